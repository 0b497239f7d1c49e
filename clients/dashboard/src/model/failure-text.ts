import { ConnectionError, ProblemError } from '@system-manager/client';

/** What went wrong, in words for people, with what to do next where the manager says so. */
export function failureText(error: unknown): string {
  if (error instanceof ConnectionError)
    return 'The manager does not answer. What is shown may be out of date; it is tried again.';
  if (!(error instanceof ProblemError))
    return error instanceof Error ? error.message : String(error);
  const { title, detail, errors = [] } = error.problem;
  const fields = errors.map(
    ({ pointer, detail: what }) => `${pointer.replace(/^#\/?/, '')} ${what}`,
  );
  return [`${title}.`, detail, ...fields].filter((each) => each !== undefined).join(' ');
}
