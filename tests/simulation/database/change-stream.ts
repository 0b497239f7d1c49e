import { EventEmitter } from 'node:events';
import mongoose from 'mongoose';
import type { Machine } from '../engine/machine.js';
import type { Cancellable, VirtualTime } from '../engine/virtual-time.js';
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
  #fail: ((error: Error) => void) | undefined;

  constructor(
    private readonly server: DatabaseServer,
    private readonly time: VirtualTime,
    private readonly client: Machine,
    pipeline: readonly Doc[],
    resumeAfter: number | undefined,
  ) {
    super();
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
    this.#fail?.(new MongoNetworkError('the change stream is closed'));
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

  async #fetch(): Promise<readonly unknown[]> {
    const first = this.#after === undefined;
    const read = await this.#read();
    if (!first && read.length === 0 && !this.#closed) {
      await this.#awaitCommit();
      return this.#read();
    }
    return read;
  }

  async #read(): Promise<readonly unknown[]> {
    const before = this.#after;
    const found = (await this.server.call(this.client, {
      kind: 'read',
      steps: [() => this.#readLog()],
    })) as { token: number; changes: readonly unknown[] };
    this.#after = found.token;
    if (before !== found.token) this.emit('resumeTokenChanged', found.token);
    return found.changes;
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

  /** Resolves soon after the next commit, or when the server has waited long enough. */
  async #awaitCommit(): Promise<void> {
    let stop: (() => void) | undefined;
    let timer: Cancellable | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#fail = reject;
        const wake = (): void => {
          this.time.at(this.client, 0, resolve);
        };
        stop = this.server.onCommit(wake);
        timer = this.time.at(this.client, awaitMs, resolve);
      });
    } finally {
      stop?.();
      if (timer) timer.cancelled = true;
      this.#fail = undefined;
    }
  }
}
