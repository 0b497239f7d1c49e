/**
 * What was answered to retryable writes, kept with the data: a write that is sent again after a
 * lost answer gets the same answer and is not done twice. One record per session, the newest.
 */
import { Double } from 'bson';
import { decode, encode, isDoc, isNumeric, type Doc, type Value } from './bson.js';
import { StoreError } from './errors.js';
import type { Kv } from './kv.js';
import { toDouble } from './numbers.js';

/** Which write of which session. */
export interface WriteId {
  /** The session's id in hexadecimal. */
  readonly session: string;
  readonly number: number;
  readonly statement: number;
}

const SWEEP_MAX = 2000;

interface Kept {
  readonly number: number;
  readonly seen: Date;
  /** Answers by statement. */
  readonly answers: Doc;
}

function parse(record: Buffer): Kept {
  const head = decode(record);
  const [number, seen, answers] = [head.get('n'), head.get('t'), head.get('a')];
  return {
    number: isNumeric(number) ? toDouble(number) : 0,
    seen: seen instanceof Date ? seen : new Date(0),
    answers: isDoc(answers) ? answers : new Map<string, Value>(),
  };
}

/** Durable memory of answers; only the newest transaction number of a session is kept. */
export class Retries {
  constructor(private readonly kv: Kv) {}

  /**
   * The answer already given to a write, or undefined if it is new.
   *
   * @throws TransactionTooOld - the session has moved on
   */
  find({ session, number, statement }: WriteId): Doc | undefined {
    const record = this.kv.retries.get(Buffer.from(session, 'hex'));
    const kept = record && parse(record);
    if (kept && kept.number > number) {
      throw new StoreError(
        'TransactionTooOld',
        `Retryable write with txnNumber ${number} is prohibited on session because a newer one with txnNumber ${kept.number} has already started.`,
      );
    }
    const answer = kept?.number === number ? kept.answers.get(String(statement)) : undefined;
    return isDoc(answer) ? answer : undefined;
  }

  /** Keeps an answer. Only inside the write group that did the write. */
  remember({ session, number, statement }: WriteId, answer: Buffer): void {
    const key = Buffer.from(session, 'hex');
    const record = statement > 0 ? this.kv.retries.get(key) : undefined;
    const before = record && parse(record);
    const answers: Record<string, Buffer> = { [statement]: answer };
    if (before?.number === number)
      for (const [name, known] of before.answers) answers[name] ??= encode(known as Doc);
    this.kv.retries.put(key, encode({ t: new Date(), n: new Double(number), a: answers }));
  }

  /** Forgets sessions not seen since `before`; some thousands per call. */
  async sweep(before: Date): Promise<void> {
    const old: Buffer[] = [];
    const walk = this.kv.retries.walk(Buffer.alloc(1), Buffer.alloc(64, 0xff), false);
    for (let entry = walk.next(); entry && old.length < SWEEP_MAX; entry = walk.next())
      if (parse(entry.value).seen < before) old.push(entry.key);
    walk.pause();
    if (old.length > 0)
      await this.kv.write(() => old.forEach((key) => this.kv.retries.remove(key)));
  }
}
