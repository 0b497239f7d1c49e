/** Everything one data directory needs, put together; commands get this and nothing else. */
import { Catalog, checkNamespace, type Collection, type Index } from './catalog.js';
import { ChangeLog, type ChangeLogLimits } from './change-log.js';
import { Cursors } from './cursor.js';
import { deleteDocument, type ChangeEvent, type Writer } from './documents.js';
import { Kv, type View } from './kv.js';
import { Retries } from './retryable.js';
import { Search } from './search.js';
import { Transactions, type Transaction } from './transaction.js';

/** How a store is set up; the times have defaults that fit production. */
export interface StoreSettings {
  readonly path: string;
  /** Host and port, or socket path, as `hello` tells it. */
  readonly address: string;
  /** Tells the resume tokens of this store from those of another one. */
  readonly storeId: string;
  readonly changeLog: ChangeLogLimits;
  readonly sweepIntervalMs: number;
  readonly transactionIdleMs: number;
  readonly cursorIdleMs: number;
  readonly sessionIdleMs: number;
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
  noteKeys: Writer['noteKeys'] = (...note) => this.catalog.noteKeys(...note);
}

/** One open data directory. */
export class Store {
  readonly kv: Kv;
  readonly catalog = new Catalog();
  readonly log: ChangeLog;
  readonly retries: Retries;
  readonly cursors = new Cursors();
  readonly transactions: Transactions;
  /** For use inside `kv.write` only. */
  readonly writer: Writer;
  readonly startedAt = Date.now();
  private readonly timer: NodeJS.Timeout;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(readonly settings: StoreSettings) {
    this.kv = new Kv(settings.path);
    this.catalog.load(this.kv.main);
    this.log = new ChangeLog(this.kv, settings.changeLog);
    this.retries = new Retries(this.kv);
    this.transactions = new Transactions(this.kv, this.log, this.catalog, (transaction) =>
      this.closeCursors(transaction),
    );
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

  /** The collection, made if it does not exist yet. Only inside a write group. */
  ensureCollection(db: string, name: string): Collection {
    const ns = checkNamespace(db, name);
    return this.catalog.find(ns) ?? this.catalog.create(ns);
  }

  private closeCursors(transaction: Transaction): void {
    for (const id of transaction.cursors) this.cursors.kill(id);
  }

  /** Removes what has expired: idle transactions and cursors, old history, documents by TTL. */
  async sweep(now: number): Promise<void> {
    try {
      this.transactions.expire(now - this.settings.transactionIdleMs);
      this.cursors.expire(now - this.settings.cursorIdleMs);
      await this.log.trim(now);
      await this.retries.sweep(new Date(now - this.settings.sessionIdleMs));
      for (const collection of this.catalog.all()) {
        for (const index of collection.indexes) await this.expireDocuments(collection, index, now);
      }
    } catch (error) {
      this.settings.log('warn', 'the store could not clean up', { error: String(error) });
    }
  }

  private async expireDocuments(collection: Collection, index: Index, now: number): Promise<void> {
    const seconds = index.expireAfterSeconds;
    const field = index.fields[0];
    if (seconds === undefined || !field) return;
    const limit = new Map([['$lt', new Date(now - seconds * 1000)]]);
    const filter = new Map([[field.path, limit]]);
    for (let removed = SWEEP_BATCH; removed === SWEEP_BATCH;) {
      if (collection.dropped) return;
      removed = await this.kv.write(() => this.expireBatch(collection, filter));
    }
  }

  private expireBatch(collection: Collection, filter: Map<string, Map<string, Date>>): number {
    const search = new Search(this.writer, collection, filter, { limit: SWEEP_BATCH });
    const hits = [];
    for (let hit = search.next(); hit; hit = search.next()) hits.push(hit);
    search.pause();
    for (const hit of hits) deleteDocument(this.writer, collection, hit);
    return hits.length;
  }

  /** Waits for running writes and closes the files. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
    this.cursors.killAll();
    this.transactions.endAll();
    await this.kv.close();
  }
}
