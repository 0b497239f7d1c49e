import { Fragment, type ReactNode } from 'react';

/** Names and what they stand for; what there is nothing to say of is left out. */
export const Facts = ({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="facts">
    {facts
      .filter(([, fact]) => fact !== undefined && fact !== '')
      .map(([name, fact]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </Fragment>
      ))}
  </dl>
);
