import type { ServerResponse } from 'node:http';
import { DomainError } from '../domain/errors.js';

/** How many requests may be under way at once: those that wait or stream, and all others. */
export interface LoadLimits {
  readonly requestsMax: number;
  readonly waitersMax: number;
}

/** Operations whose answer may take long without costing anything. */
const waiting: ReadonlySet<string> = new Set(['streamEvents', 'getOperation']);

/** Refuses requests early when too many are under way, so that those that were let in are answered in time. */
export class Load {
  readonly #limits: LoadLimits;
  #requests = 0;
  #waiters = 0;

  constructor(limits: LoadLimits) {
    this.#limits = limits;
  }

  /** Counts the request until its answer is over. @throws DomainError `overloaded` */
  enter(operationId: string, response: ServerResponse): void {
    const waits = waiting.has(operationId);
    const full = waits
      ? this.#waiters >= this.#limits.waitersMax
      : this.#requests >= this.#limits.requestsMax;
    if (full)
      throw new DomainError('overloaded', 'Too many requests are under way; try again soon.', {
        retryAfterSeconds: 1,
      });
    const change = (by: number): void => {
      if (waits) this.#waiters += by;
      else this.#requests += by;
    };
    change(1);
    response.once('close', () => {
      change(-1);
    });
  }
}
