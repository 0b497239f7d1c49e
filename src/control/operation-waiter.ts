import type { ChangeFeed } from '../domain/change.js';
import { getOperation } from '../domain/operation/get-operation.js';
import { hasEnded, type Operation } from '../domain/operation/operation.js';
import type { OperationStore } from '../domain/ports.js';

/** Lets callers wait for the end of an operation, by the change feed. */
export class OperationWaiter {
  readonly #operations: OperationStore;
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #unsubscribe: () => void;

  constructor(operations: OperationStore, feed: ChangeFeed) {
    this.#operations = operations;
    this.#unsubscribe = feed.onChange((change) => {
      if (change.subject === 'operation' && change.after && hasEnded(change.after))
        this.#release(change.id);
    });
  }

  close(): void {
    this.#unsubscribe();
    for (const id of [...this.#waiting.keys()]) this.#release(id);
  }

  /**
   * The operation once it has ended, or as it is when the time is up or the caller has gone.
   *
   * @throws DomainError `operation-not-found`
   */
  async wait(id: string, waitMs: number, signal: AbortSignal): Promise<Operation> {
    if (waitMs === 0) return getOperation(this.#operations, id);
    const ended = this.#ended(id, waitMs, signal);
    try {
      // Read after listening has begun: an end in between is not missed.
      const operation = await getOperation(this.#operations, id);
      if (hasEnded(operation)) return operation;
      await ended.promise;
    } finally {
      ended.cancel();
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

  #release(id: string): void {
    for (const release of this.#waiting.get(id) ?? []) release();
  }
}
