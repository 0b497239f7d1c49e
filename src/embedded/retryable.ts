/**
 * What was answered to retryable writes, kept with the data: a write that is sent again after a
 * lost answer gets the same answer and is not done twice. One record per session, the newest.
 */
import { Double } from 'bson';
import { decode, encode, isDoc, type Doc, type Value } from './bson.js';
import { StoreError } from './errors.js';
import type { Kv } from './kv.js';

/** Which write of which session. */
export interface WriteId {
  /** The session's id in hexadecimal. */
  readonly session: string;
  readonly number: number;
  readonly statement: number;
}

const SWEEP_MAX = 2000;

/** A record is `{ a: answers by statement, t: date, n: double }`; what stands at its end is read without decoding the answers. */
const numberOf = (record: Buffer): number => record.readDoubleLE(record.length - 9);
const seenAt = (record: Buffer): number => Number(record.readBigInt64LE(record.length - 20));

function answersOf(record: Buffer): Doc {
  const answers = decode(record).get('a');
  return isDoc(answers) ? answers : new Map<string, Value>();
}

/** Durable memory of answers; only the newest transaction number of a session is kept. */
export class Retries {
  constructor(private readonly kv: Kv) {}

  /**
   * The answer already given to a write, or undefined if it is new.
   *
   * @throws TransactionTooOld - the session has moved on
   */
  find({ session, number, statement }: WriteId): Buffer | undefined {
    const record = this.kv.retries.get(Buffer.from(session, 'hex'));
    if (!record || numberOf(record) < number) return undefined;
    if (numberOf(record) > number) {
      throw new StoreError(
        'TransactionTooOld',
        `Retryable write with txnNumber ${number} is prohibited on session because a newer one with txnNumber ${numberOf(record)} has already started.`,
      );
    }
    const answer = answersOf(record).get(String(statement));
    return isDoc(answer) ? encode(answer) : undefined;
  }

  /** Keeps an answer. Only inside the write group that did the write. */
  remember({ session, number, statement }: WriteId, answer: Buffer): void {
    const key = Buffer.from(session, 'hex');
    const record = statement > 0 ? this.kv.retries.get(key) : undefined;
    const answers: Record<string, Buffer> = { [statement]: answer };
    if (record && numberOf(record) === number)
      for (const [name, known] of answersOf(record)) answers[name] ??= encode(known as Doc);
    this.kv.retries.put(key, encode({ t: new Date(), n: new Double(number), a: answers }));
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
