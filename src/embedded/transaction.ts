/** Multi-document transactions: a snapshot to read, a private overlay to write, one commit. */
import type { Catalog, Collection, Index } from './catalog.js';
import type { ChangeLog } from './change-log.js';
import type { ChangeEvent, Writer } from './documents.js';
import { StoreError, writeConflict } from './errors.js';
import type { Entry, Kv, Snapshot, TableView, View, Walk } from './kv.js';

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
  readonly events: ChangeEvent[] = [];
  readonly notes: [Collection, Index, boolean, boolean][] = [];
  private readonly writes = new Map<string, Write>();
  /** Keys of own writes in order; latin1 text sorts like the bytes. */
  private readonly order: string[] = [];

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
      const name = this.neighbour(position, reverse, started);
      const own = name === undefined ? undefined : this.writes.get(name);
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

  private neighbour(position: string, reverse: boolean, exclusive: boolean): string | undefined {
    const at = this.rank(position);
    if (reverse) return this.order[at - 1];
    return this.order[at] === position && exclusive ? this.order[at + 1] : this.order[at];
  }

  /** Index of the first own key not below `position`. */
  private rank(position: string): number {
    let [low, high] = [0, this.order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.order[middle] ?? '') < position) low = middle + 1;
      else high = middle;
    }
    return low;
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
    this.writes.set(name, { key, value, base });
    this.order.splice(this.rank(name), 0, name);
  }

  record(event: ChangeEvent): void {
    this.events.push(event);
  }

  noteKeys(collection: Collection, index: Index, multikey: boolean, oversized: boolean): void {
    if (!multikey && !oversized) return;
    this.notes.push([collection, index, multikey, oversized]);
    this.catalog.noteKeys(collection, index, multikey, oversized);
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
    for (const note of this.notes) this.catalog.noteKeys(...note);
    for (const event of this.events) log.append(event);
  }
}

/** One open transaction of a session. */
export class Transaction {
  readonly writer: Writer;
  lastUse = Date.now();
  readonly cursors = new Set<bigint>();
  private readonly overlay: Overlay;
  private readonly handle: Snapshot;
  /** Collections written to, with the indexes they had then. */
  private readonly touched = new Map<Collection, readonly Index[]>();

  constructor(
    readonly session: string,
    readonly number: number,
    private readonly kv: Kv,
    private readonly log: ChangeLog,
    catalog: Catalog,
    private readonly claims: Map<string, Transaction>,
  ) {
    const { view, handle } = kv.snapshot();
    this.handle = handle;
    const claim = (key: string): void => {
      const holder = claims.get(key);
      if (holder && holder !== this) throw writeConflict();
      claims.set(key, this);
      this.claimed.push(key);
    };
    this.overlay = new Overlay(view, kv.main, claim, catalog);
    this.writer = this.overlay;
  }

  private readonly claimed: string[] = [];

  /** Notes a collection that is about to be written. */
  touch(collection: Collection): void {
    if (!this.touched.has(collection)) this.touched.set(collection, collection.indexes);
  }

  /** Applies everything. Only inside a write group. @throws WriteConflict - nothing was applied */
  commit(): void {
    for (const [collection, indexes] of this.touched) {
      if (collection.dropped || collection.indexes !== indexes) throw writeConflict();
    }
    this.overlay.apply(this.kv, this.log);
  }

  /** Gives up the snapshot and all claims; the last thing that happens to a transaction. */
  end(): void {
    for (const key of this.claimed) if (this.claims.get(key) === this) this.claims.delete(key);
    this.handle.done();
  }
}

const transient = (message: string): StoreError =>
  new StoreError('NoSuchTransaction', message, { labels: ['TransientTransactionError'] });

/** All open transactions, at most one per session. */
export class Transactions {
  private readonly open = new Map<string, Transaction>();
  private readonly claims = new Map<string, Transaction>();

  constructor(
    private readonly kv: Kv,
    private readonly log: ChangeLog,
    private readonly catalog: Catalog,
    private readonly onEnd: (transaction: Transaction) => void,
  ) {}

  /** Starts a transaction; an older one of the session is given up, as MongoDB does. */
  start(session: string, number: number): Transaction {
    const previous = this.open.get(session);
    if (previous && previous.number >= number) {
      throw transient(`transaction ${number} was already started on this session`);
    }
    if (previous) this.end(previous);
    const transaction = new Transaction(
      session,
      number,
      this.kv,
      this.log,
      this.catalog,
      this.claims,
    );
    this.open.set(session, transaction);
    return transaction;
  }

  /** @throws NoSuchTransaction - never started, expired, or ended by an error */
  get(session: string, number: number): Transaction {
    const transaction = this.find(session, number);
    if (!transaction) {
      throw transient(
        `Given transaction number ${number} does not match any in-progress transactions.`,
      );
    }
    transaction.lastUse = Date.now();
    return transaction;
  }

  find(session: string, number: number): Transaction | undefined {
    const transaction = this.open.get(session);
    return transaction?.number === number ? transaction : undefined;
  }

  end(transaction: Transaction): void {
    if (this.open.get(transaction.session) !== transaction) return;
    this.open.delete(transaction.session);
    transaction.end();
    this.onEnd(transaction);
  }

  /** Ends what a session left open. */
  endSession(session: string): void {
    const transaction = this.open.get(session);
    if (transaction) this.end(transaction);
  }

  /** Ends transactions nobody used since `before` (epoch ms). */
  expire(before: number): void {
    for (const transaction of [...this.open.values()]) {
      if (transaction.lastUse < before) this.end(transaction);
    }
  }

  endAll(): void {
    this.expire(Infinity);
  }
}
