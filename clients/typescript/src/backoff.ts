/** How long to wait between attempts. */
export interface BackoffOptions {
  /** Bound of the first delay. */
  readonly delayMsMin: number;
  /** No delay is longer. */
  readonly delayMsMax: number;
  /** Uniform in [0, 1). Injected by tests. @default Math.random */
  readonly random?: () => number;
}

/**
 * Exponential backoff with full jitter: uniform between zero and a bound that doubles with each attempt. Full jitter keeps
 * many clients that lost the same manager from coming back in step.
 *
 * @param attempt - 0 for the first retry
 */
export function backoffDelayMs(attempt: number, options: BackoffOptions): number {
  const bound = Math.min(options.delayMsMax, options.delayMsMin * 2 ** Math.min(attempt, 30));
  return Math.floor((options.random ?? Math.random)() * bound);
}

/** Waits, or rejects with the signal's reason as soon as it aborts. */
export async function sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, delayMs);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
