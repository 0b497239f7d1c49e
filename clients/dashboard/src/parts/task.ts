import { useState } from 'react';

/** Something that is asked of the manager on the press of a button: whether it is under way, and why it failed. */
export function useTask() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = (task: () => Promise<unknown>): void => {
    setBusy(true);
    setError(undefined);
    void task()
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return { busy, error, run };
}
