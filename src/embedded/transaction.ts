/** Multi-document transactions: a snapshot to read, a private overlay to write, one commit. */
import sortedBtree from 'sorted-btree';
import type { Catalog, Collection, Index } from './catalog.js';
import type { ChangeLog, TransactionName } from './change-log.js';
import type { ChangeEvent, Writer } from './documents.js';
import { writeConflict } from './errors.js';
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
  apply(kv: Kv, log: ChangeLog, origin: TransactionName): number {
    for (const { key, base } of this.writes.values()) {
      if (!same(base, kv.main.get(key))) throw writeConflict();
    }
    for (const { key, value } of this.writes.values()) {
      if (value) kv.main.put(key, value);
      else kv.main.remove(key);
    }
    for (const note of this.notes) this.catalog.noteMultikey(...note);
    const first = log.nextSequence();
    for (const event of this.events) log.append(event, { ...origin, first });
    return this.events.length > 0 ? first : log.pending;
  }
}

/** Which transaction has written a key that is not committed yet. */
export type Claims = Map<string, Transaction>;

/** One open transaction of a session. */
export class Transaction {
  readonly writer: Writer;
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
    readonly session: string,
    readonly number: number,
    private readonly parts: { kv: Kv; log: ChangeLog; catalog: Catalog },
    private readonly claims: Claims,
  ) {
    const { kv, catalog } = parts;
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

  /** A collection as this transaction sees it. @throws WriteConflict - it came, went or got indexes after the snapshot */
  find(ns: string): Collection | undefined {
    const { catalog } = this.parts;
    const collection = this.created.get(ns) ?? catalog.find(ns);
    const changedAt = collection?.changedAt ?? catalog.lastDrop;
    if (changedAt > this.generation) throw writeConflict();
    if (!collection) return undefined;
    this.touched.add(collection);
    return collection;
  }

  /** Makes a collection that others see when the transaction commits. */
  create(db: string, name: string): Collection {
    const collection = this.parts.catalog.make(db, name);
    this.created.set(collection.ns, collection);
    return collection;
  }

  /** Applies everything. Only inside a write group. @returns the time of its events @throws WriteConflict - nothing was applied */
  commit(): number {
    const { kv, log, catalog } = this.parts;
    for (const { dropped, changedAt } of this.touched)
      if (dropped || changedAt > this.generation) throw writeConflict();
    for (const ns of this.created.keys()) if (catalog.find(ns)) throw writeConflict();
    const time = this.overlay.apply(kv, log, { session: this.session, number: this.number });
    for (const collection of this.created.values()) catalog.add(collection);
    return time;
  }

  /** Gives up the snapshot and all claims; the last thing that happens to a transaction. */
  end(): void {
    for (const key of this.claimed) this.claims.delete(key);
    this.handle.done();
  }
}
