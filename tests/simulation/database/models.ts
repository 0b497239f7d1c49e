/** The models of the data layer and its connection, played by the simulated database: what `src/store` is given instead of Mongoose. */
import type mongoose from 'mongoose';
import type { Models } from '../../../src/store/models.js';
import type { Machine } from '../engine/machine.js';
import { SimulatedChangeStream } from './change-stream.js';
import { Collection, type CallOptions } from './collection.js';
import { Table } from './database.js';
import type { Doc } from './documents.js';
import type { Filter } from './filter.js';
import type { DatabaseServer } from './server.js';
import { ClientSession } from './session.js';
import type { Update } from './update.js';

const live = { live: true };

/** The collections, with the unique indexes of `src/store/models.ts`. */
export const createTables = () => ({
  clusters: new Table('clusters', 'clusters', [{ fields: ['cluster_name'], where: live }]),
  services: new Table('jobs', 'jobs', [{ fields: ['job_name'], where: live }]),
  instances: new Table('jobs', 'instances', [{ fields: ['serviceId', 'ordinal'], where: live }]),
  operations: new Table('jobs', 'operations'),
  events: new Table('jobs', 'events'),
  feed: new Table('jobs', 'feed'),
  leases: new Table('jobs', 'leases'),
  idempotency: new Table('jobs', 'idempotency'),
});

export type Tables = ReturnType<typeof createTables>;

/** A query that is being put together. */
class Query {
  #sort: Record<string, 1 | -1> | undefined;
  #limit: number | undefined;

  constructor(
    private readonly collection: Collection,
    private readonly filter: Filter,
    private readonly options: CallOptions,
    private readonly one: boolean,
  ) {}

  sort(by: Record<string, 1 | -1>): this {
    this.#sort = by;
    return this;
  }

  limit(count: number): this {
    this.#limit = count;
    return this;
  }

  async lean(): Promise<unknown> {
    const found = await this.collection.find(
      this.filter,
      { sort: this.#sort, limit: this.one ? 1 : this.#limit },
      this.options,
    );
    return this.one ? (found[0] ?? null) : found;
  }
}

class Model {
  readonly collection: Collection;

  constructor(collection: Collection) {
    this.collection = collection;
  }

  find(filter: Filter, _projection?: unknown, options: CallOptions = {}): Query {
    return new Query(this.collection, filter, options, false);
  }

  findOne(filter: Filter, _projection?: unknown, options: CallOptions = {}): Query {
    return new Query(this.collection, filter, options, true);
  }

  updateOne(filter: Filter, update: Update, options: CallOptions = {}): Promise<unknown> {
    return this.collection.updateOne(filter, update, options);
  }

  deleteMany(filter: Filter): Promise<unknown> {
    return this.collection.deleteMany(filter);
  }
}

export const createSimulatedModels = (
  server: DatabaseServer,
  tables: Tables,
  client: Machine,
  onCollection: (name: string, collection: Collection) => void,
): Models =>
  Object.fromEntries(
    Object.entries(tables).map(([name, table]) => {
      const collection = new Collection(server, table, client);
      onCollection(name, collection);
      return [name, new Model(collection)];
    }),
  ) as unknown as Models;

/** What of a connection the data layer uses: sessions, and the change stream of everything. */
export const createSimulatedConnection = (
  server: DatabaseServer,
  client: Machine,
): mongoose.Connection =>
  ({
    startSession: () => Promise.resolve(new ClientSession(server, client)),
    getClient: () => ({
      db: () => ({
        command: (
          { killSessions }: { killSessions: readonly { id: number }[] },
          { timeoutMS }: { timeoutMS?: number } = {},
        ) =>
          server.endSessions(
            client,
            killSessions.map(({ id }) => id),
            timeoutMS,
          ),
      }),
      watch: (pipeline: readonly Doc[], options: { resumeAfter?: number }) =>
        new SimulatedChangeStream(server, client, pipeline, options.resumeAfter),
    }),
  }) as unknown as mongoose.Connection;
