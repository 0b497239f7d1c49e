import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type mongoose from 'mongoose';
import { DomainError } from '../domain/errors.js';
import type { UnitOfWork } from '../domain/ports.js';
import { isConnectionLoss, isTransient, isUnknownCommit } from './errors.js';
import { durably } from '../failpoints.js';

type Session = mongoose.mongo.ClientSession;

const attemptsMax = 40;
const retryDelayMsMax = 100;
/** From then on colliding writers take turns: of many that only wait at random, some would be beaten every time. */
const freeAttempts = 4;
/** While the store is gone an attempt takes seconds: nobody waits for forty of them. */
const retriedMsMax = 10_000;

/** Full jitter: writers that collided must not collide again. */
const retryDelayMs = (attempt: number): number =>
  Math.random() * Math.min(retryDelayMsMax, 2 ** attempt);

/** The transaction that the running code is in. One for the whole process: each of them makes every promise a little dearer. */
const running = new AsyncLocalStorage<{ readonly of: Transactions; readonly session: Session }>();

/** Transactions. Store methods that are called inside one join it through `options()`. */
export class Transactions implements UnitOfWork {
  readonly #connection: mongoose.Connection;
  #lastTurn: Promise<void> = Promise.resolve();

  constructor(connection: mongoose.Connection) {
    this.#connection = connection;
  }

  /** What every store call passes on: the session of the transaction that it is in, if any. */
  options(): { session?: Session } {
    const transaction = running.getStore();
    return transaction?.of === this ? { session: transaction.session } : {};
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.options().session) return work();
    return this.withSession((session) => this.#withRetries(session, work));
  }

  /** Like `transaction`, tried once: for a decision that has to be made anew when it was beaten. @throws DomainError `write-conflict` */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    if (this.options().session) return work();
    try {
      return await this.withSession((session) => this.#once(session, work));
    } catch (error) {
      if (!isTransient(error) || error instanceof DomainError) throw error;
      throw new DomainError('write-conflict', 'Others have written meanwhile.', { cause: error });
    }
  }

  /** Lends a session in which no other transaction runs. */
  protected async withSession<T>(use: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.#connection.startSession();
    try {
      return await use(session);
    } finally {
      await session.endSession();
    }
  }

  /** Is done first in every transaction, inside it. */
  protected onBegin(): Promise<void> {
    return Promise.resolve();
  }

  /** Runs the work when all that asked before are done. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(work);
    const done = (): void => undefined;
    this.#lastTurn = turn.then(done, done);
    return turn;
  }

  async #withRetries<T>(session: Session, work: () => Promise<T>): Promise<T> {
    const until = performance.now() + retriedMsMax;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const once = (): Promise<T> => this.#once(session, work);
        return await (attempt <= freeAttempts ? once() : this.#inTurn(once));
      } catch (error) {
        if (!isTransient(error)) throw error;
        const last = attempt === attemptsMax || performance.now() > until;
        if (last && isConnectionLoss(error)) throw error;
        if (last)
          throw new DomainError('write-conflict', 'Too many writers at once; try again.', {
            cause: error,
            retryAfterSeconds: 1,
          });
        await delay(retryDelayMs(attempt));
      }
    }
  }

  async #once<T>(session: Session, work: () => Promise<T>): Promise<T> {
    session.startTransaction({
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority' },
    });
    try {
      const result = await running.run({ of: this, session }, async () => {
        await this.onBegin();
        return work();
      });
      await durably('transaction.commit', () => commit(session));
      return result;
    } catch (error) {
      if (session.inTransaction()) await session.abortTransaction();
      throw error;
    }
  }
}

/** @throws DomainError `unavailable` - it was never said whether the commit took effect */
async function commit(session: Session): Promise<void> {
  const until = performance.now() + retriedMsMax;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      if (!isUnknownCommit(error)) throw error;
      if (attempt === attemptsMax || performance.now() > until)
        throw new DomainError(
          'unavailable',
          'The store did not say whether the change was made. Look before you try again, or repeat the request with its Idempotency-Key.',
          { cause: error, retryAfterSeconds: 2 },
        );
      await delay(retryDelayMs(attempt));
    }
  }
}
