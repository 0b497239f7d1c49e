/** Everything one data directory needs, put together; commands get this and nothing else. */
import type { Value } from './bson.js';
import { Catalog, type Collection, type Index } from './catalog.js';
import { ChangeLog, type ChangeLogLimits } from './change-log.js';
import { Cursors } from './cursor.js';
import { deleteDocument, type ChangeEvent, type Writer } from './documents.js';
import { Kv, type View } from './kv.js';
import { parseFilter, type Filter } from './query.js';
import type { Request } from './request.js';
import { Retries } from './retryable.js';
import { BUSY, Search, type Hit } from './search.js';
import { Sessions } from './sessions.js';
import type { Transaction } from './transaction.js';

/** How much is kept, and how long. */
export interface StoreLimits {
  readonly changeLog: ChangeLogLimits;
  readonly sweepIntervalMs: number;
  readonly transactionIdleMs: number;
  readonly transactionOrphanMs: number;
  readonly cursorIdleMs: number;
  readonly sessionIdleMs: number;
}

/** How a store is set up. */
export interface StoreSettings extends StoreLimits {
  readonly dataDir: string;
  /** Host and port, or socket path, as `hello` tells it. */
  readonly address: string;
  /** Tells the resume tokens of this store from those of another one. */
  readonly storeId: string;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fields?: object) => void;
}

const SWEEP_BATCH = 500;

/** Writes straight into the current write group. */
class GroupWriter implements Writer {
  constructor(
    private readonly kv: Kv,
    private readonly catalog: Catalog,
    private readonly log: ChangeLog,
  ) {}

  get = (key: Buffer): Buffer | undefined => this.kv.main.get(key);
  walk: View['walk'] = (low, high, reverse) => this.kv.main.walk(low, high, reverse);
  put = (key: Buffer, value: Buffer): void => this.kv.main.put(key, value);
  remove = (key: Buffer): void => this.kv.main.remove(key);
  record = (event: ChangeEvent): void => this.log.append(event);
  noteMultikey: Writer['noteMultikey'] = (...note) => this.catalog.noteMultikey(...note);
}

/** One open data directory. */
export class Store {
  readonly kv: Kv;
  readonly catalog = new Catalog();
  readonly log: ChangeLog;
  readonly retries: Retries;
  readonly cursors = new Cursors();
  readonly sessions: Sessions;
  /** For use inside `kv.write` only. */
  readonly writer: Writer;
  /** Settles when the last index asked for is built. */
  indexBuilds: Promise<unknown> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(readonly settings: StoreSettings) {
    this.kv = new Kv(settings.dataDir);
    this.catalog.load(this.kv.main);
    this.log = new ChangeLog(this.kv, settings.changeLog);
    this.retries = new Retries(this.kv);
    const { kv, log, catalog, retries } = this;
    this.sessions = new Sessions({
      ...{ kv, log, catalog, retries, orphanMs: settings.transactionOrphanMs },
      onEnd: (transaction) => this.closeCursors(transaction),
    });
    this.writer = new GroupWriter(this.kv, this.catalog, this.log);
    this.kv.beforeCommit = () => this.catalog.save(this.kv.main);
    this.kv.afterCommit = (durable) => {
      if (durable) this.catalog.saved();
      else this.catalog.load(this.kv.main);
      this.log.settled(durable);
    };
    this.timer = setInterval(() => {
      this.sweeping = this.sweeping.then(() => this.sweep(Date.now()));
    }, settings.sweepIntervalMs);
  }

  /** The state a request reads: its transaction's, or the latest committed one. */
  viewOf(request: Request): View {
    return request.transaction?.writer ?? this.kv.main;
  }

  /** The collection that a request names, if it exists. */
  collectionOf(request: Request, ns = request.ns): Collection | undefined {
    return request.transaction ? request.transaction.find(ns) : this.catalog.find(ns);
  }

  /** The same, made if it does not exist yet. Only inside a write group or a transaction. */
  ensureCollection(request: Request): Collection {
    const { db, target, transaction } = request;
    const { catalog } = this;
    const known = this.collectionOf(request);
    if (known) return known;
    return transaction ? transaction.create(db, target) : catalog.add(catalog.make(db, target));
  }

  /** Runs work in the next write group; the request's time becomes that of what it has written. */
  write<T>(request: Request, work: () => T): Promise<T> {
    return this.kv.write(() => {
      const result = work();
      request.time = this.log.pending;
      return result;
    });
  }

  /** Ends the transaction of a request that went wrong. */
  abort({ transaction }: Request): void {
    if (transaction) this.sessions.end(this.sessions.of(transaction.session), 'aborted');
  }

  private closeCursors(transaction: Transaction): void {
    for (const id of transaction.cursors) this.cursors.kill(id);
  }

  /** Removes what has expired: idle transactions and cursors, old history, documents by TTL. */
  async sweep(now: number): Promise<void> {
    try {
      const { transactionIdleMs, sessionIdleMs } = this.settings;
      this.sessions.expire(now - transactionIdleMs, now - sessionIdleMs);
      this.cursors.expire(now - this.settings.cursorIdleMs);
      await this.log.trim(now);
      await this.retries.sweep(new Date(now - sessionIdleMs));
      for (const collection of this.catalog.all()) {
        for (const index of collection.indexes) await this.expireDocuments(collection, index, now);
      }
    } catch (error) {
      this.settings.log('warn', 'the store could not clean up', { error: String(error) });
    }
  }

  private async expireDocuments(collection: Collection, index: Index, now: number): Promise<void> {
    const seconds = index.expireAfterSeconds;
    const field = index.paths[0];
    if (seconds === undefined || field === undefined || index.building) return;
    const limit = new Map([['$lt', new Date(now - seconds * 1000)]]);
    // Of a partial index only what is in it.
    const clauses = [new Map([[field, limit]]), index.partial ?? new Map<string, Value>()];
    const filter = parseFilter(new Map([['$and', clauses]]));
    for (let removed = SWEEP_BATCH; removed === SWEEP_BATCH;) {
      if (collection.dropped) return;
      removed = await this.kv.write(() => this.expireBatch(collection, filter));
    }
  }

  private expireBatch(collection: Collection, filter: Filter): number {
    const search = new Search(this.writer, collection, filter, { limit: SWEEP_BATCH });
    const hits: Hit[] = [];
    for (let hit = search.advance(); hit; hit = search.advance()) if (hit !== BUSY) hits.push(hit);
    search.pause();
    for (const hit of hits) deleteDocument(this.writer, collection, hit);
    return hits.length;
  }

  /** Waits for running writes and closes the files. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
    this.cursors.killAll();
    this.sessions.endAll();
    await this.kv.close();
  }
}
