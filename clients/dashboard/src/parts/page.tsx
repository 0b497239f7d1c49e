import { useEffect, useRef, type ReactNode } from 'react';

interface PageProps {
  readonly title: string;
  /** Stands beside the title: what can be done. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its title, which gets the focus when somebody comes here, so that screen readers say where they are. */
export function Page({ title, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    document.title = `${title} – System Manager`;
  }, [title]);
  return (
    <main id="main">
      <div className="title">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {children}
    </main>
  );
}

/** A part of a page under a heading of its own. */
export const Panel = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) => (
  <section className="panel" aria-label={title}>
    <h2>{title}</h2>
    {children}
  </section>
);
