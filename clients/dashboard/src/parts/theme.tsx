import { useState } from 'react';

const keptAs = 'system-manager.theme';
type Theme = 'system' | 'light' | 'dark';
const themes: readonly Theme[] = ['system', 'light', 'dark'];

function keptTheme(): Theme {
  const kept = localStorage.getItem(keptAs);
  return themes.find((theme) => theme === kept) ?? 'system';
}

/** Before anything is drawn, so that nothing flashes. */
export const applyTheme = (theme: Theme = keptTheme()): void => {
  document.documentElement.dataset['theme'] = theme;
};

/** Light, dark, or as the system has it. */
export function ThemeChoice() {
  const [theme, setTheme] = useState(keptTheme);
  const choose = (chosen: Theme): void => {
    localStorage.setItem(keptAs, chosen);
    applyTheme(chosen);
    setTheme(chosen);
  };
  return (
    <select
      aria-label="Colours"
      value={theme}
      onChange={({ target }) => choose(themes.find((each) => each === target.value) ?? 'system')}
    >
      {themes.map((each) => (
        <option key={each}>{each}</option>
      ))}
    </select>
  );
}
