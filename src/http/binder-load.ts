import type { ServerResponse } from 'node:http';
import { DomainError } from '../domain/errors.js';

/** How much may be under way at once. */
export interface LoadLimits {
  /** Requests that wait or stream, and all others. */
  readonly requestsMax: number;
  readonly waitersMax: number;
  /** Bytes of bodies that are being read or were read. @defaultValue 64 MiB */
  readonly bodyBytesMax?: number;
  /** What part of each a single caller may have. @defaultValue one half */
  readonly callerShare?: number;
}

/** What is counted of a request. */
export interface LoadOf {
  readonly operationId: string;
  /** Who asks. */
  readonly caller: string;
  /** Size of the body as it was announced, or the largest that is taken. */
  readonly bodyBytes: number;
}

/** Operations whose answer may take long without costing anything. */
const waiting: ReadonlySet<string> = new Set(['streamEvents', 'getOperation']);

const bodyBytesMaxDefault = 64 * 1024 * 1024;
const callerShareDefault = 0.5;

/** An amount that is used by many, each of whom gets only a part of it. */
class Pool {
  readonly #max: number;
  readonly #callerMax: number;
  readonly #byCaller = new Map<string, number>();
  #used = 0;

  constructor(max: number, share: number) {
    this.#max = max;
    this.#callerMax = Math.max(1, max * share);
  }

  /** @throws DomainError `overloaded`, `rate-limited` */
  require(caller: string, amount: number): void {
    if (amount === 0) return;
    if (this.#used + amount > this.#max)
      throw new DomainError('overloaded', 'Too many requests are under way; try again soon.', {
        retryAfterSeconds: 1,
      });
    if ((this.#byCaller.get(caller) ?? 0) + amount > this.#callerMax)
      throw new DomainError(
        'rate-limited',
        'Too many requests of yours are under way; wait for their answers.',
        { retryAfterSeconds: 1 },
      );
  }

  change(caller: string, by: number): void {
    if (by === 0) return;
    this.#used += by;
    const left = (this.#byCaller.get(caller) ?? 0) + by;
    if (left === 0) this.#byCaller.delete(caller);
    else this.#byCaller.set(caller, left);
  }
}

/** Refuses requests early when too much is under way, so that what was let in is answered in time. */
export class Load {
  readonly #requests: Pool;
  readonly #waiters: Pool;
  readonly #bytes: Pool;

  constructor(limits: LoadLimits) {
    const share = limits.callerShare ?? callerShareDefault;
    this.#requests = new Pool(limits.requestsMax, share);
    this.#waiters = new Pool(limits.waitersMax, share);
    this.#bytes = new Pool(limits.bodyBytesMax ?? bodyBytesMaxDefault, share);
  }

  /**
   * Counts the request until its answer is over.
   *
   * @throws DomainError `overloaded` - too much is under way
   * @throws DomainError `rate-limited` - too much of this caller is
   */
  enter({ operationId, caller, bodyBytes }: LoadOf, response: ServerResponse): void {
    const pool = waiting.has(operationId) ? this.#waiters : this.#requests;
    pool.require(caller, 1);
    this.#bytes.require(caller, bodyBytes);
    pool.change(caller, 1);
    this.#bytes.change(caller, bodyBytes);
    response.once('close', () => {
      pool.change(caller, -1);
      this.#bytes.change(caller, -bodyBytes);
    });
  }
}
