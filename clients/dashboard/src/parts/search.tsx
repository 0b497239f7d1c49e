import { useState, type ReactNode } from 'react';

interface SearchProps {
  readonly label: string;
  readonly onSearch: (fields: Readonly<Record<string, string>>) => void;
  readonly children: ReactNode;
}

/** Fields that narrow a list, taken over when they are submitted or a choice changes. */
export function Search({ label, onSearch, children }: SearchProps) {
  const [searched, setSearched] = useState('');
  const search = (form: HTMLFormElement): void => {
    const fields = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [
        name,
        typeof value === 'string' ? value.trim() : '',
      ]),
    );
    const text = JSON.stringify(fields);
    if (text === searched) return;
    setSearched(text);
    onSearch(fields);
  };
  return (
    <form
      role="search"
      aria-label={label}
      className="search"
      onSubmit={(event) => {
        event.preventDefault();
        search(event.currentTarget);
      }}
      onChange={({ currentTarget, target }) => {
        if (target instanceof HTMLSelectElement) search(currentTarget);
      }}
    >
      {children}
      <button type="submit">Search</button>
    </form>
  );
}
