import { uptime } from 'node:os';

/** Time as a session sees it. Injected by tests; otherwise the system's. */
export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Calls back once after the delay, unless the returned function is called before. */
  after(delayMs: number, callback: () => void): () => void;
}

const after: Clock['after'] = (delayMs, callback) => {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
};

export const systemClock: Clock = { now: () => performance.now(), after };

/**
 * A clock for leases: milliseconds since the machine was booted, the time in which it slept included. Where the system tells the
 * uptime badly it never runs slower than the monotonic clock.
 */
export function createBootClock(): Clock {
  const bootedMs = (): number => uptime() * 1000;
  const offsetMs = bootedMs() - performance.now();
  let last = 0;
  return {
    now: () => {
      last = Math.max(last, bootedMs(), offsetMs + performance.now());
      return last;
    },
    after,
  };
}
