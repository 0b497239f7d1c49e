import { failureText } from '../model/failure-text.js';

/** What went wrong, said at once to screen readers; nothing when nothing did. */
export const Failure = ({ error }: { readonly error: unknown }) =>
  error === undefined ? null : (
    <p className="failure" role="alert">
      {failureText(error)}
    </p>
  );
