/** Multi-document transactions: a snapshot to read, a private overlay to write, one commit. */
import sortedBtree from 'sorted-btree';
import type { Catalog, Collection, Index } from './catalog.js';
import type { ChangeLog } from './change-log.js';
import type { ChangeEvent, Writer } from './documents.js';
import { StoreError, writeConflict } from './errors.js';
import type { Entry, Kv, Snapshot, TableView, View, Walk } from './kv.js';

const SortedMap = sortedBtree.default;

interface Write {
  readonly key: Buffer;
  /** Undefined: removed. */
  value: Buffer | undefined;
  /** What the snapshot held; the commit refuses if it is no longer so. */
  readonly base: Buffer | undefined;
}

const text = (key: Buffer): string => key.toString('latin1');
const same = (a: Buffer | undefined, b: Buffer | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.equals(b));

/** Own writes over a snapshot. */
class Overlay implements Writer {
  private readonly events: ChangeEvent[] = [];
  private readonly notes: [Collection, Index][] = [];
  private readonly writes = new Map<string, Write>();
  /** The same in the order of their keys; latin1 text sorts like the bytes. */
  private readonly order = new SortedMap<string, Write>(undefined, sortedBtree.simpleComparator);

  constructor(
    private readonly snapshot: TableView,
    private readonly latest: View,
    private readonly claim: (key: string) => void,
    private readonly catalog: Catalog,
  ) {}

  get(key: Buffer): Buffer | undefined {
    const own = this.writes.size > 0 ? this.writes.get(text(key)) : undefined;
    return own ? own.value : this.snapshot.get(key);
  }

  walk(low: Buffer, high: Buffer, reverse: boolean): Walk {
    const base = this.snapshot.walk(low, high, reverse);
    let peeked: Entry | undefined;
    let position = text(reverse ? high : low);
    let started = false;
    const nextOwn = (): Write | undefined => {
      const own = this.neighbour(position, reverse, started);
      const inside = own && Buffer.compare(own.key, low) >= 0 && Buffer.compare(own.key, high) < 0;
      return inside ? own : undefined;
    };
    const next = (): Entry | undefined => {
      for (;;) {
        peeked ??= base.next();
        const own = nextOwn();
        const order = own && peeked ? Buffer.compare(own.key, peeked.key) * (reverse ? -1 : 1) : 0;
        const useOwn = own && (!peeked || order <= 0);
        const entry: { key: Buffer; value: Buffer | undefined } | undefined = useOwn ? own : peeked;
        if (!entry) return undefined;
        if (!useOwn || order === 0) peeked = undefined;
        position = text(entry.key);
        started = true;
        if (entry.value) return { key: entry.key, value: entry.value };
      }
    };
    return { next, pause: () => base.pause() };
  }

  /** The own write that comes next. */
  private neighbour(position: string, reverse: boolean, exclusive: boolean): Write | undefined {
    if (reverse) return this.order.nextLowerPair(position)?.[1];
    const next = exclusive
      ? this.order.nextHigherPair(position)
      : this.order.getPairOrNextHigher(position);
    return next?.[1];
  }

  put(key: Buffer, value: Buffer): void {
    this.write(key, value);
  }

  remove(key: Buffer): void {
    this.write(key, undefined);
  }

  private write(key: Buffer, value: Buffer | undefined): void {
    const name = text(key);
    const known = this.writes.get(name);
    if (known) {
      known.value = value;
      return;
    }
    const base = this.snapshot.get(key);
    if (!same(base, this.latest.get(key))) throw writeConflict();
    this.claim(name);
    const write = { key, value, base };
    this.writes.set(name, write);
    this.order.set(name, write);
  }

  record(event: ChangeEvent): void {
    this.events.push(event);
  }

  noteMultikey(collection: Collection, index: Index): void {
    this.notes.push([collection, index]);
    this.catalog.noteMultikey(collection, index);
  }

  /** Makes the writes real. Only inside a write group; checks everything before it writes. */
  apply(kv: Kv, log: ChangeLog): void {
    for (const { key, base } of this.writes.values()) {
      if (!same(base, kv.main.get(key))) throw writeConflict();
    }
    for (const { key, value } of this.writes.values()) {
      if (value) kv.main.put(key, value);
      else kv.main.remove(key);
    }
    for (const note of this.notes) this.catalog.noteMultikey(...note);
    for (const event of this.events) log.append(event);
  }
}

/** Names a transaction. */
export interface TransactionId {
  /** The session's id in hexadecimal. */
  readonly session: string;
  readonly number: number;
}

/** One open transaction of a session. */
export class Transaction {
  readonly writer: Writer;
  lastUse = Date.now();
  readonly cursors = new Set<bigint>();
  /** Connections that statements came over and that are still there. */
  readonly connections = new Set<number>();
  private readonly overlay: Overlay;
  private readonly handle: Snapshot;
  private readonly claimed: string[] = [];
  private readonly generation: number;
  private readonly touched = new Set<Collection>();
  /** Collections that exist in this transaction only. */
  private readonly created = new Map<string, Collection>();

  constructor(
    readonly id: TransactionId,
    private readonly kv: Kv,
    private readonly log: ChangeLog,
    private readonly catalog: Catalog,
    private readonly claims: Map<string, Transaction>,
  ) {
    const { view, handle } = kv.snapshot();
    this.handle = handle;
    this.generation = catalog.generation;
    const claim = (key: string): void => {
      const holder = claims.get(key);
      if (holder && holder !== this) throw writeConflict();
      claims.set(key, this);
      this.claimed.push(key);
    };
    this.overlay = new Overlay(view, kv.main, claim, catalog);
    this.writer = this.overlay;
  }

  usedBy(connection: number): void {
    this.lastUse = Date.now();
    this.connections.add(connection);
  }

  /** A collection as this transaction sees it. @throws WriteConflict - its indexes are newer than the snapshot */
  find(ns: string): Collection | undefined {
    const collection = this.created.get(ns) ?? this.catalog.find(ns);
    if (!collection) return undefined;
    if (collection.changedAt > this.generation) throw writeConflict();
    this.touched.add(collection);
    return collection;
  }

  /** Makes a collection that others see when the transaction commits. */
  create(db: string, name: string): Collection {
    const collection = this.catalog.make(db, name);
    this.created.set(collection.ns, collection);
    return collection;
  }

  /** Applies everything. Only inside a write group. @throws WriteConflict - nothing was applied */
  commit(): void {
    for (const { dropped, changedAt } of this.touched)
      if (dropped || changedAt > this.generation) throw writeConflict();
    for (const ns of this.created.keys()) if (this.catalog.find(ns)) throw writeConflict();
    this.overlay.apply(this.kv, this.log);
    for (const collection of this.created.values()) this.catalog.add(collection);
  }

  /** Gives up the snapshot and all claims; the last thing that happens to a transaction. */
  end(): void {
    for (const key of this.claimed) this.claims.delete(key);
    this.handle.done();
  }
}

const transient = (message: string): StoreError =>
  new StoreError('NoSuchTransaction', message, { labels: ['TransientTransactionError'] });

/** All open transactions, at most one per session. */
export class Transactions {
  private readonly open = new Map<string, Transaction>();
  private readonly claims = new Map<string, Transaction>();
  private readonly orphans = new Set<NodeJS.Timeout>();

  constructor(
    private readonly kv: Kv,
    private readonly log: ChangeLog,
    private readonly catalog: Catalog,
    private readonly orphanMs: number,
    private readonly onEnd: (transaction: Transaction) => void,
  ) {}

  /** Starts a transaction; an older one of the session is given up, as MongoDB does. */
  start(id: TransactionId): Transaction {
    const previous = this.open.get(id.session);
    if (previous && previous.id.number >= id.number)
      throw transient(`transaction ${id.number} was already started on this session`);
    if (previous) this.end(previous);
    const transaction = new Transaction(id, this.kv, this.log, this.catalog, this.claims);
    this.open.set(id.session, transaction);
    return transaction;
  }

  /** @throws NoSuchTransaction - never started, expired, or ended by an error */
  get(id: TransactionId): Transaction {
    const transaction = this.find(id);
    if (transaction) return transaction;
    throw transient(
      `Given transaction number ${id.number} does not match any in-progress transactions.`,
    );
  }

  find({ session, number }: TransactionId): Transaction | undefined {
    const transaction = this.open.get(session);
    return transaction?.id.number === number ? transaction : undefined;
  }

  end(transaction: Transaction): void {
    if (this.open.get(transaction.id.session) !== transaction) return;
    this.open.delete(transaction.id.session);
    transaction.end();
    this.onEnd(transaction);
  }

  /** Ends what a session left open. */
  endSession(session: string): void {
    const transaction = this.open.get(session);
    if (transaction) this.end(transaction);
  }

  /**
   * A connection is gone. A transaction whose connections are all gone has lost its client, unless that comes back over another one
   * of its pool: it is given a moment for that.
   */
  connectionClosed(connection: number): void {
    for (const transaction of this.open.values()) {
      if (!transaction.connections.delete(connection) || transaction.connections.size > 0) continue;
      const timer = setTimeout(() => {
        this.orphans.delete(timer);
        if (transaction.connections.size === 0) this.end(transaction);
      }, this.orphanMs);
      this.orphans.add(timer);
    }
  }

  /** Ends transactions nobody used since `before` (epoch ms). */
  expire(before: number): void {
    for (const transaction of [...this.open.values()])
      if (transaction.lastUse < before) this.end(transaction);
  }

  endAll(): void {
    for (const timer of this.orphans) clearTimeout(timer);
    this.expire(Infinity);
  }
}
