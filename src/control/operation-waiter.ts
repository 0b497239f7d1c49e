import type { ChangeFeed } from '../domain/change.js';
import { getOperation } from '../domain/operation/get-operation.js';
import { hasEnded, type Operation } from '../domain/operation/operation.js';
import type { OperationStore } from '../domain/ports.js';

/** Lets callers wait for the end of an operation, by the change feed. */
export class OperationWaiter {
  readonly #operations: OperationStore;
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #unsubscribe: readonly (() => void)[];
  #closed = false;

  constructor(operations: OperationStore, feed: ChangeFeed) {
    this.#operations = operations;
    this.#unsubscribe = [
      feed.onChange((change) => {
        if (change.subject === 'operation' && change.after && hasEnded(change.after))
          this.#release(change.id);
      }),
      feed.onGap(() => {
        this.#releaseAll();
      }),
    ];
  }

  close(): void {
    this.#closed = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#releaseAll();
  }

  /**
   * The operation once it has ended, or as it is when the time is up or the caller has gone.
   *
   * @throws DomainError `operation-not-found`
   */
  async wait(id: string, waitMs: number, signal: AbortSignal): Promise<Operation> {
    const until = performance.now() + waitMs;
    for (let left = waitMs; left > 0; left = until - performance.now()) {
      const ended = this.#ended(id, left, signal);
      try {
        // Read after listening has begun: an end in between is not missed.
        const operation = await getOperation(this.#operations, id);
        if (hasEnded(operation)) return operation;
        await ended.promise;
      } finally {
        ended.cancel();
      }
      // After a gap in the feed it may have ended or not: it is read and, if need be, waited for again.
      if (signal.aborted || this.#closed) break;
    }
    return getOperation(this.#operations, id);
  }

  #ended(id: string, waitMs: number, signal: AbortSignal) {
    let release: () => void = () => undefined;
    const promise = new Promise<void>((resolve) => {
      release = resolve;
    });
    const timer = setTimeout(release, waitMs);
    signal.addEventListener('abort', release, { once: true });
    const waiting = this.#waiting.get(id) ?? new Set();
    this.#waiting.set(id, waiting.add(release));
    const cancel = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', release);
      waiting.delete(release);
      if (waiting.size === 0) this.#waiting.delete(id);
      release();
    };
    return { promise, cancel };
  }

  #releaseAll(): void {
    for (const id of [...this.#waiting.keys()]) this.#release(id);
  }

  #release(id: string): void {
    for (const release of this.#waiting.get(id) ?? []) release();
  }
}
