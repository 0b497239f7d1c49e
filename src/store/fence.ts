import type mongoose from 'mongoose';
import { DomainError } from '../domain/errors.js';
import type { LeadHolder } from '../domain/leadership.js';
import { FencedOffError } from './errors.js';
import type { Models } from './models.js';
import { Transactions } from './unit-of-work.js';

type Session = mongoose.mongo.ClientSession;

/** Throws when the lease has lapsed by the holder's own clock: others may have taken over already. */
export function requireLease(holder: LeadHolder): void {
  if (!holder.mayAct())
    throw new DomainError('write-conflict', 'The lease has lapsed; it has to be renewed first.');
}

/**
 * Transactions of one manager while it leads. They use one session, one after another: its id stands in the lease, so that whoever
 * takes over can end what a manager left open that was killed or paused.
 */
export class LeadTransactions extends Transactions {
  readonly #session: Session;
  readonly #holder: LeadHolder;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(connection: mongoose.Connection, session: Session, holder: LeadHolder) {
    super(connection);
    this.#session = session;
    this.#holder = holder;
  }

  protected override withSession<T>(use: (session: Session) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => use(this.#session));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  protected override onBegin(): Promise<void> {
    requireLease(this.#holder);
    return Promise.resolve();
  }
}

/**
 * Transactions that begin by writing to the fence, under the condition that it still has their number. A read would not do: under
 * snapshot isolation, one that read the fence before a take-over could still commit after it.
 */
export class FencedTransactions extends LeadTransactions {
  readonly #models: Models;
  readonly #fence: number;
  readonly #refused: () => void;

  constructor(
    connection: mongoose.Connection,
    session: Session,
    holder: LeadHolder,
    { models, fence }: { models: Models; fence: number },
  ) {
    super(connection, session, holder);
    this.#models = models;
    this.#fence = fence;
    this.#refused = () => {
      holder.onRefused();
    };
  }

  protected override async onBegin(): Promise<void> {
    await super.onBegin();
    // The counter makes it a change: a write that changes nothing is no write, and conflicts with none.
    const { matchedCount } = await this.#models.leases.collection.updateOne(
      { _id: 'fence' as never, fence: this.#fence },
      { $inc: { touches: 1 } },
      this.options(),
    );
    if (matchedCount === 1) return;
    this.#refused();
    throw new FencedOffError(this.#fence);
  }
}
