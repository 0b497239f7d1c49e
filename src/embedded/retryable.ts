/**
 * What was answered to retryable writes, kept with the data: a write that is sent again after a
 * lost answer gets the same answer and is not done twice. One record per session, the newest.
 */
import { Double } from 'bson';
import { decode, encode, isDoc, isNumeric } from './bson.js';
import { StoreError } from './errors.js';
import type { Kv } from './kv.js';
import { toDouble } from './numbers.js';

/** Which write of which session. */
export interface WriteId {
  /** The session's id bytes. */
  readonly session: Buffer;
  readonly number: number;
  readonly statement: number;
}

const SWEEP_MAX = 2000;

/** Durable memory of answers; only the newest transaction number of a session is kept. */
export class Retries {
  constructor(private readonly kv: Kv) {}

  /**
   * The answer already given to a write, or undefined if it is new.
   *
   * @throws TransactionTooOld - the session has moved on
   */
  find({ session, number, statement }: WriteId): Buffer | undefined {
    const record = this.kv.retries.get(session);
    if (!record) return undefined;
    const head = decode(record);
    const known = head.get('n');
    const last = isNumeric(known) ? toDouble(known) : 0;
    if (last > number) {
      throw new StoreError(
        'TransactionTooOld',
        `Retryable write with txnNumber ${number} is prohibited on session because a newer one with txnNumber ${last} has already started.`,
      );
    }
    const answers = head.get('a');
    const answer = last === number && isDoc(answers) ? answers.get(String(statement)) : undefined;
    return isDoc(answer) ? encode(answer) : undefined;
  }

  /** Keeps an answer. Only inside the write group that did the write. */
  remember({ session, number, statement }: WriteId, answer: Buffer): void {
    const record = statement > 0 ? this.kv.retries.get(session) : undefined;
    const head = record && decode(record);
    const known = head?.get('n');
    const answers = head?.get('a');
    const kept =
      isNumeric(known) && toDouble(known) === number && isDoc(answers) ? [...answers] : [];
    const value = encode({
      t: new Date(),
      n: new Double(number),
      a: new Map<string, unknown>([...kept, [String(statement), answer]]),
    });
    this.kv.retries.put(session, value);
  }

  /** Forgets sessions not seen since `before`; some thousands per call. */
  async sweep(before: Date): Promise<void> {
    const old: Buffer[] = [];
    const walk = this.kv.retries.walk(Buffer.alloc(1), Buffer.alloc(64, 0xff), false);
    for (let entry = walk.next(); entry && old.length < SWEEP_MAX; entry = walk.next()) {
      const time = decode(entry.value).get('t');
      if (time instanceof Date && time < before) old.push(entry.key);
    }
    walk.pause();
    if (old.length > 0)
      await this.kv.write(() => old.forEach((key) => this.kv.retries.remove(key)));
  }
}
