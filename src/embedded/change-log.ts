/**
 * The durable history of changes. Sequence numbers are taken while the write group commits, so
 * a follower that has seen number n has seen everything before it. A number is also a time:
 * seconds in the upper part, a counter below, never going back even if the clock does.
 */
import { Double, Timestamp } from 'bson';
import { decode, documentSize, encode, type Doc, type Value } from './bson.js';
import type { ChangeEvent } from './documents.js';
import type { Entry, Kv, Walk } from './kv.js';
import { failpoint } from '../failpoints.js';

const COUNTER = 2 ** 20;
const TRIM_MAX = 2000;
const TRIMMED_KEY = Buffer.from([0x00]);
const EVENT = 0x01;

/** One event as it is stored. */
export interface LoggedEvent {
  readonly sequence: number;
  readonly wallTime: Date;
  readonly type: ChangeEvent['type'];
  readonly db: string;
  readonly collection: string;
  readonly id: Value;
  readonly update?: Doc;
  readonly origin?: Origin;
  /** The document as the change left it. */
  readonly after?: Buffer;
}

/** Which transaction of which session; the session's id is in hexadecimal. */
export interface TransactionName {
  readonly session: string;
  readonly number: number;
}

/** The transaction of an event, and the number of that transaction's first event. */
export interface Origin extends TransactionName {
  readonly first: number;
}

/** How much history is kept. */
export interface ChangeLogLimits {
  readonly maxAgeMs: number;
  readonly maxEntries: number;
}

/** The cluster time of a sequence number. */
export const toTimestamp = (sequence: number): Timestamp =>
  new Timestamp({ t: Math.floor(sequence / COUNTER), i: sequence % COUNTER });

/** The first sequence number at or after a cluster time. */
export const fromTimestamp = (time: Timestamp): number =>
  (time.high >>> 0) * COUNTER + Math.min(time.low >>> 0, COUNTER - 1);

function eventKey(sequence: number): Buffer {
  const key = Buffer.alloc(9);
  key[0] = EVENT;
  key.writeBigUInt64BE(BigInt(sequence), 1);
  return key;
}

const sequenceOf = (key: Buffer): number => Number(key.readBigUInt64BE(1));

/** Walks the stored events from a number on, or from the last one down to it. */
export const walkEvents = (kv: Kv, from = 0, reverse = false): Walk =>
  kv.log.walk(eventKey(from), Buffer.from([EVENT + 1]), reverse);

/** Events up to this number are gone. */
export function trimmedUpTo(kv: Kv): number {
  const mark = kv.log.get(TRIMMED_KEY);
  return mark ? Number(mark.readBigUInt64BE(0)) : 0;
}

/** Appends, reads and trims events, and wakes those who wait for more. */
export class ChangeLog {
  /** Number of the last durable event. */
  last = 0;
  /** Events up to here are gone. */
  trimmed = 0;
  /** Number of the last event of the write group that is under way. */
  pending = 0;
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly kv: Kv,
    private readonly limits: ChangeLogLimits,
  ) {
    const walk = walkEvents(kv, 0, true);
    const newest = walk.next();
    walk.pause();
    this.trimmed = trimmedUpTo(kv);
    // Not zero even if nothing has ever happened: drivers take a zero time for none.
    const newestSequence = newest ? sequenceOf(newest.key) : COUNTER;
    this.last = this.pending = Math.max(newestSequence, this.trimmed);
  }

  /** The number that the next event gets. Only inside a write group. */
  nextSequence(now = Date.now()): number {
    return Math.max(this.pending + 1, Math.floor(now / 1000) * COUNTER);
  }

  /** Adds an event. Only inside a write group. */
  append(event: ChangeEvent, origin?: Origin): void {
    const now = Date.now();
    this.pending = this.nextSequence(now);
    const { type, db, collection, id, update, after } = event;
    const head: Doc = new Map<string, Value>([
      ['w', new Date(now)],
      ['t', type],
      ['d', db],
      ['c', collection],
    ]);
    if (id !== undefined) head.set('i', id);
    if (update) head.set('u', update);
    if (origin) head.set('o', originDoc(origin));
    const bytes = encode(head);
    this.kv.log.put(eventKey(this.pending), after ? Buffer.concat([bytes, after]) : bytes);
  }

  /** The group with the appended events is durable, or never happened. */
  settled(durable: boolean): void {
    if (!durable) this.pending = this.last;
    if (this.pending === this.last) return;
    this.last = this.pending;
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Calls `wake` once after the next durable event; the result takes it back. */
  onNext(wake: () => void): () => void {
    this.waiting.add(wake);
    return () => this.waiting.delete(wake);
  }

  /** Visits events after a number, oldest first, until `visit` returns false. */
  read(after: number, visit: (event: LoggedEvent) => boolean): void {
    const walk = walkEvents(this.kv, after + 1);
    for (let entry = walk.next(); entry; entry = walk.next()) {
      if (!visit(parseEvent(entry))) break;
    }
    walk.pause();
  }

  /** Removes the oldest events that are too old or too many, some thousands per write group. */
  async trim(now: number): Promise<void> {
    while (this.excess(now) > 0) {
      await failpoint?.('changeLog.trimming');
      this.trimmed = await this.kv.write(() =>
        this.removeOldest(Math.min(this.excess(now), TRIM_MAX)),
      );
    }
  }

  private removeOldest(count: number): number {
    const walk = walkEvents(this.kv);
    const keys: Buffer[] = [];
    for (let entry = walk.next(); entry && keys.length < count; entry = walk.next())
      keys.push(entry.key);
    walk.pause();
    for (const key of keys) this.kv.log.remove(key);
    const newest = keys.at(-1);
    if (!newest) return this.trimmed;
    const mark = Buffer.alloc(8);
    mark.writeBigUInt64BE(BigInt(sequenceOf(newest)));
    this.kv.log.put(TRIMMED_KEY, mark);
    return sequenceOf(newest);
  }

  private excess(now: number): number {
    const count = this.kv.logCount() - (this.trimmed > 0 ? 1 : 0);
    if (count > this.limits.maxEntries) return count - this.limits.maxEntries;
    const limit = Math.floor((now - this.limits.maxAgeMs) / 1000) * COUNTER;
    const walk = this.kv.log.walk(eventKey(0), eventKey(Math.max(limit, 0)), false);
    let old = 0;
    while (old < TRIM_MAX && walk.next()) old++;
    walk.pause();
    return old;
  }
}

const originDoc = ({ session, number, first }: Origin): Doc =>
  new Map<string, Value>([
    ['s', session],
    ['n', new Double(number)],
    ['f', new Double(first)],
  ]);

const parseOrigin = (stored: Doc): Origin => ({
  session: String(stored.get('s')),
  number: Number(stored.get('n')),
  first: Number(stored.get('f')),
});

/** @throws StoreError - it cannot be read */
export function parseEvent({ key, value }: Entry): LoggedEvent {
  const head = decode(value);
  const size = documentSize(value, 0, value.length);
  const [update, origin] = [head.get('u'), head.get('o')];
  return {
    sequence: sequenceOf(key),
    wallTime: head.get('w') as Date,
    type: head.get('t') as ChangeEvent['type'],
    db: String(head.get('d')),
    collection: String(head.get('c')),
    id: head.get('i') ?? null,
    ...(update instanceof Map && { update }),
    ...(origin instanceof Map && { origin: parseOrigin(origin) }),
    ...(size < value.length && { after: value.subarray(size) }),
  };
}
