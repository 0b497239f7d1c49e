/**
 * What was answered to retryable writes, kept with the data: a write that is sent again after a
 * lost answer gets the same answer and is not done twice. One record per session, the newest.
 */
import { Double } from 'bson';
import { decode, encode, isDoc } from './bson.js';
import { StoreError } from './errors.js';
import type { Kv } from './kv.js';

/** Which command of which session. */
export interface WriteId {
  /** The session's id in hexadecimal. */
  readonly session: string;
  readonly number: number;
  /** Of the command. */
  readonly name: string;
}

const SWEEP_MAX = 2000;

/** A record is `{ c: command, a: answer, t: date, n: double }`; what stands at its end is read without decoding the answer. */
const numberOf = (record: Buffer): number => record.readDoubleLE(record.length - 9);
const seenAt = (record: Buffer): number => Number(record.readBigInt64LE(record.length - 20));

/** Durable memory of answers; only the newest number of a session is kept. */
export class Retries {
  constructor(private readonly kv: Kv) {}

  /** The newest command of a session that was carried out. */
  last(session: string): WriteId | undefined {
    const record = this.record(session);
    return record && { session, number: numberOf(record), name: String(decode(record).get('c')) };
  }

  /**
   * The answer already given to a write, or undefined if it is new.
   *
   * @throws InvalidOptions - the number is that of another command
   */
  find({ session, number, name }: WriteId): Buffer | undefined {
    const record = this.record(session);
    if (!record || numberOf(record) !== number) return undefined;
    const stored = decode(record);
    const [known, answer] = [stored.get('c'), stored.get('a')];
    if (known === name && isDoc(answer)) return encode(answer);
    throw new StoreError('InvalidOptions', `the number ${number} is that of a ${String(known)}`);
  }

  /** Keeps an answer. Only inside the write group that did the write. */
  remember({ session, number, name }: WriteId, answer: Buffer): void {
    const record = { c: name, a: answer, t: new Date(), n: new Double(number) };
    this.kv.retries.put(Buffer.from(session, 'hex'), encode(record));
  }

  private record(session: string): Buffer | undefined {
    return this.kv.retries.get(Buffer.from(session, 'hex'));
  }

  /** Forgets sessions not seen since `before`; some thousands per call. */
  async sweep(before: Date): Promise<void> {
    const old: Buffer[] = [];
    const walk = this.kv.retries.walk(Buffer.alloc(1), Buffer.alloc(64, 0xff), false);
    for (let entry = walk.next(); entry && old.length < SWEEP_MAX; entry = walk.next())
      if (seenAt(entry.value) < before.getTime()) old.push(entry.key);
    walk.pause();
    if (old.length > 0)
      await this.kv.write(() => old.forEach((key) => this.kv.retries.remove(key)));
  }
}
