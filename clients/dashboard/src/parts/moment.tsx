import { useSyncExternalStore } from 'react';
import { ago, fullTime } from '../model/time.js';

const tickMs = 1_000;
const everySecond = (listener: () => void): (() => void) => {
  const timer = setInterval(listener, tickMs);
  return () => clearInterval(timer);
};
const thisSecond = (): number => Math.floor(Date.now() / tickMs) * tickMs;

/** Now, to the second. */
export const useNow = (): number => useSyncExternalStore(everySecond, thisSecond);

/** How long ago something was; the exact time is its title. */
export function Moment({ at }: { readonly at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={fullTime(at)}>
      {ago(at, now)}
    </time>
  );
}
