/**
 * The lease of the leader, in `jobs.leases`. Beside it lies the fence, which every transaction of the leader writes to: renewals
 * would collide with these, were both one document.
 */
import type mongoose from 'mongoose';
import { DomainError } from '../domain/errors.js';
import type { LeadHolder, Lease, LeaseStore } from '../domain/leadership.js';
import type { LeaseDocument } from './documents.js';
import { isDuplicateKey } from './errors.js';
import { createLead, type StoreLead } from './lead.js';
import type { LedgerGate } from './ledger-gate.js';
import type { Models } from './models.js';
import type { Transactions } from './unit-of-work.js';
import { durably, failpoint } from '../failpoints.js';

export interface LeaseOptions {
  readonly connection: mongoose.Connection;
  readonly models: Models;
  readonly transactions: Transactions;
  readonly gate: LedgerGate;
  readonly now: () => number;
  readonly onError: (error: unknown, message: string) => void;
  /** Names this manager in the lease; no two processes have the same. */
  readonly holder: string;
  /** How long one question about the lease may take: while it hangs, the lease runs out. */
  readonly timeoutMs: number;
  /** Announces that the history has grown. */
  readonly onAppend: (last: number) => void;
}

export class Leases implements LeaseStore<StoreLead> {
  readonly #options: LeaseOptions;

  constructor(options: LeaseOptions) {
    this.#options = options;
  }

  async read(): Promise<Lease | undefined> {
    return (await this.#document()) ?? undefined;
  }

  async take(seen: Lease | undefined, holder: LeadHolder): Promise<StoreLead | undefined> {
    const { connection } = this.#options;
    const former = seen?.holder === undefined ? undefined : await this.#document();
    await this.#endSessions(former?.sessions ?? []);
    await failpoint?.('lease.take.formerEnded');
    const sessions = [await connection.startSession(), await connection.startSession()] as const;
    const fence = (seen?.fence ?? 0) + 1;
    try {
      if (await durably('lease.take', () => this.#write(seen, fence, sessions)))
        return createLead(this.#options, { fence, sessions, holder });
    } catch (error) {
      await Promise.all(sessions.map((session) => session.endSession()));
      throw error;
    }
    await Promise.all(sessions.map((session) => session.endSession()));
    return undefined;
  }

  #document(): Promise<LeaseDocument | null> {
    const { models, timeoutMs: timeoutMS } = this.#options;
    return models.leases.findOne({ _id: 'lease' }, null, { timeoutMS }).lean<LeaseDocument>();
  }

  /**
   * Ends the transactions that the former holder may have left open, and which hold the fence or the history: a server gives them up
   * by itself after a minute only. If the former holder is alive and has renewed its lease, it does that one again.
   */
  async #endSessions(ids: readonly mongoose.mongo.Binary[]): Promise<void> {
    if (ids.length === 0) return;
    const { connection, onError, timeoutMs: timeoutMS } = this.#options;
    try {
      const admin = connection.getClient().db('admin');
      await admin.command({ killSessions: ids.map((id) => ({ id })) }, { timeoutMS });
    } catch (error) {
      onError(
        error,
        'the sessions of the former leader cannot be ended; what it left open may hold up the take-over',
      );
    }
  }

  /** Lease, fence and history change hands in one transaction. @returns false when somebody was faster, or holds one of them */
  async #write(
    seen: Lease | undefined,
    fence: number,
    sessions: readonly mongoose.mongo.ClientSession[],
  ): Promise<boolean> {
    const { models, transactions, holder } = this.#options;
    const ids = sessions.flatMap(({ id }) => id?.id ?? []);
    const lease = { holder, fence, renewals: 0, sessions: ids };
    try {
      return await transactions.attempt(async () => {
        const options = transactions.options();
        const { leases, feed } = models;
        if (seen === undefined)
          await leases.collection.insertOne({ _id: 'lease' as never, ...lease }, options);
        else {
          const { matchedCount } = await leases.collection.updateOne(
            { _id: 'lease' as never, fence: seen.fence, renewals: seen.renewals },
            { $set: lease },
            options,
          );
          if (matchedCount === 0) return false;
        }
        const upsert = { upsert: true, ...options };
        const fenced = { $set: { fence }, $inc: { touches: 1 } };
        await leases.collection.updateOne({ _id: 'fence' as never }, fenced, upsert);
        const history = { $set: { fence }, $setOnInsert: { sequence: 0, trimmedTo: 0 } };
        await feed.collection.updateOne({ _id: 'history' as never }, history, upsert);
        return true;
      });
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      if (error instanceof DomainError && error.code === 'write-conflict') return false;
      throw error;
    }
  }
}
