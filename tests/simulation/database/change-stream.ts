import { EventEmitter } from 'node:events';
import mongoose from 'mongoose';
import type { Machine } from '../engine/machine.js';
import type { LoggedChange } from './database.js';
import type { Doc } from './documents.js';
import { matches, type Filter } from './filter.js';
import type { DatabaseServer } from './server.js';

const { MongoServerError, MongoNetworkError } = mongoose.mongo;

const batchMax = 100;
const awaitMs = 1_000;
const historyLostCode = 286;

/**
 * The change stream of everything that the pipeline's first stage lets through. It begins with its first read, goes on after the
 * token that it was given, and looks updated documents up when they are read, as MongoDB does.
 */
export class SimulatedChangeStream extends EventEmitter {
  readonly #filter: Filter;
  #after: number | undefined;
  #buffer: readonly unknown[] = [];
  #closed = false;
  #end: (error: Error) => void = () => undefined;
  readonly #ended = new Promise<never>((_resolve, reject) => {
    this.#end = reject;
  });

  constructor(
    private readonly server: DatabaseServer,
    private readonly client: Machine,
    pipeline: readonly Doc[],
    resumeAfter: number | undefined,
  ) {
    super();
    this.#ended.catch(() => undefined);
    this.#after = resumeAfter;
    this.#filter = (pipeline[0]?.['$match'] ?? {}) as Filter;
  }

  get resumeToken(): number | undefined {
    return this.#after;
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#end(new MongoNetworkError('the change stream is closed'));
    return Promise.resolve();
  }

  /** The next change; nothing when none has come within a second. */
  async tryNext(): Promise<unknown> {
    if (this.#closed) throw new MongoNetworkError('the change stream is closed');
    if (this.#buffer.length === 0) this.#buffer = await this.#fetch();
    const [next, ...rest] = this.#buffer;
    this.#buffer = rest;
    return next ?? null;
  }

  /** The first read only finds out where the stream begins, if nobody has said that. */
  async #fetch(): Promise<readonly unknown[]> {
    const before = this.#after;
    const { database } = this.server;
    const read = (): { token: number; changes: readonly unknown[] } => this.#readLog();
    const reading =
      before === undefined || before < database.end
        ? this.server.call(this.client, { kind: 'read', steps: [read] })
        : this.server.callAfterCommit(this.client, awaitMs, read);
    const { token, changes } = (await Promise.race([reading, this.#ended])) as ReturnType<
      typeof read
    >;
    this.#after = token;
    if (before !== token) this.emit('resumeTokenChanged', token);
    return changes;
  }

  #readLog(): { token: number; changes: readonly unknown[] } {
    const { database } = this.server;
    const after = this.#after ?? database.end;
    if (after < database.forgottenTo)
      throw new MongoServerError({
        message: 'the resume point may no longer be in the oplog',
        code: historyLostCode,
      });
    const logged = database.log.slice(after - database.forgottenTo).slice(0, batchMax);
    const token = logged.at(-1)?.position ?? after;
    const changes = logged
      .filter(({ table }) => matches({ ns: { db: table.db, coll: table.name } }, this.#filter))
      .map((change) => this.#toRaw(change));
    return { token, changes };
  }

  #toRaw(change: LoggedChange): unknown {
    const { operationType, table, id, updatedFields, removedFields } = change;
    const fullDocument =
      operationType === 'insert' ? change.doc : this.server.database.lookUp(table, id);
    return {
      _id: change.position,
      operationType,
      ns: { db: table.db, coll: table.name },
      documentKey: { _id: id },
      wallTime: new Date(Math.floor(change.at)),
      ...(operationType === 'delete' ? {} : { fullDocument: fullDocument ?? null }),
      ...(operationType === 'update'
        ? { updateDescription: { updatedFields, removedFields } }
        : {}),
    };
  }
}
