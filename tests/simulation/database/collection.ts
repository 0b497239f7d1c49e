import type { Machine } from '../engine/machine.js';
import type { FindOptions, Table, Transaction } from './database.js';
import { store, type Doc } from './documents.js';
import type { Filter } from './filter.js';
import type { DatabaseServer } from './server.js';
import type { ClientSession } from './session.js';
import { applyUpdate, type Update } from './update.js';

export interface CallOptions {
  readonly session?: ClientSession | undefined;
  readonly upsert?: boolean;
  readonly returnDocument?: 'after' | 'before';
  readonly timeoutMS?: number;
}

interface UpdateResult {
  matchedCount: number;
  modifiedCount: number;
}

interface BulkUpdate {
  readonly updateOne: { readonly filter: Filter; readonly update: Update };
}

/** Equality conditions become fields of what an upsert inserts. */
const fieldsOf = (filter: Filter): Doc =>
  Object.fromEntries(
    Object.entries(filter).filter(
      ([, value]) => typeof value !== 'object' || value?.constructor !== Object,
    ),
  );

/** One collection as a client's driver shows it. */
export class Collection {
  constructor(
    private readonly server: DatabaseServer,
    private readonly table: Table,
    private readonly client: Machine,
  ) {}

  async find(
    filter: Filter,
    options: FindOptions,
    { session, timeoutMS }: CallOptions,
  ): Promise<readonly Doc[]> {
    const find = (transaction: Transaction): readonly Doc[] =>
      this.server.database.find(this.table, filter, transaction, options);
    const found = await this.#call('read', session, [find], timeoutMS);
    return found as readonly Doc[];
  }

  async insertOne(doc: Doc, options: CallOptions = {}): Promise<void> {
    await this.insertMany([doc], options);
  }

  async insertMany(docs: readonly Doc[], { session }: CallOptions = {}): Promise<void> {
    const copies = docs.map((doc) => store(doc) as Doc);
    await this.#call('write', session, [
      (transaction) => {
        for (const copy of copies) this.server.database.insert(this.table, copy, transaction);
      },
    ]);
  }

  async updateOne(
    filter: Filter,
    update: Update,
    { session, upsert = false, timeoutMS }: CallOptions = {},
  ): Promise<UpdateResult> {
    const change = (transaction: Transaction): UpdateResult =>
      this.#update(filter, update, upsert, transaction);
    const result = await this.#call('write', session, [change], timeoutMS);
    return result as UpdateResult;
  }

  async findOneAndUpdate(
    filter: Filter,
    update: Update,
    { session, upsert = false, returnDocument = 'before' }: CallOptions = {},
  ): Promise<Doc | null> {
    const found = await this.#call('write', session, [
      (transaction) => {
        const [before] = this.#first(filter, transaction);
        this.#update(filter, update, upsert, transaction);
        if (returnDocument === 'before') return before ?? null;
        const id = before?.['_id'] ?? fieldsOf(filter)['_id'];
        return this.#first({ _id: id }, transaction)[0] ?? null;
      },
    ]);
    return found as Doc | null;
  }

  /** Outside of a transaction each update takes effect by itself. */
  async bulkWrite(
    updates: readonly BulkUpdate[],
    { session }: CallOptions = {},
  ): Promise<UpdateResult> {
    const total: UpdateResult = { matchedCount: 0, modifiedCount: 0 };
    await this.#call(
      'write',
      session,
      updates.map(({ updateOne }) => (transaction) => {
        const one = this.#update(updateOne.filter, updateOne.update, false, transaction);
        total.matchedCount += one.matchedCount;
        total.modifiedCount += one.modifiedCount;
      }),
    );
    return total;
  }

  deleteOne(filter: Filter, { session }: CallOptions = {}): Promise<{ deletedCount: number }> {
    return this.#delete(filter, 1, session);
  }

  deleteMany(filter: Filter, { session }: CallOptions = {}): Promise<{ deletedCount: number }> {
    return this.#delete(filter, undefined, session);
  }

  async #delete(
    filter: Filter,
    limit: number | undefined,
    session: ClientSession | undefined,
  ): Promise<{ deletedCount: number }> {
    const count = await this.#call('write', session, [
      (transaction) => {
        const { database } = this.server;
        const found = database.find(this.table, filter, transaction, { limit });
        for (const doc of found) database.replace(this.table, doc['_id'], undefined, transaction);
        return found.length;
      },
    ]);
    return { deletedCount: count as number };
  }

  #first(filter: Filter, transaction: Transaction): readonly Doc[] {
    return this.server.database.find(this.table, filter, transaction, { limit: 1 });
  }

  #update(filter: Filter, update: Update, upsert: boolean, transaction: Transaction): UpdateResult {
    const { database } = this.server;
    const [before] = this.#first(filter, transaction);
    if (before === undefined) {
      if (upsert)
        database.insert(this.table, applyUpdate(fieldsOf(filter), update, true), transaction);
      return { matchedCount: 0, modifiedCount: 0 };
    }
    const after = applyUpdate(before, update);
    database.replace(this.table, before['_id'], after, transaction);
    return { matchedCount: 1, modifiedCount: after === before ? 0 : 1 };
  }

  #call(
    kind: 'read' | 'write',
    session: ClientSession | undefined,
    steps: readonly ((transaction: Transaction) => unknown)[],
    timeoutMS?: number,
  ): Promise<unknown> {
    return this.server.call(this.client, { kind, within: session?.open, steps }, timeoutMS);
  }
}
