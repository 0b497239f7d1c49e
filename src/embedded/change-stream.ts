/** Change streams: a position in the change log, followed with resume tokens. They tell of all databases. */
import { createHash } from 'node:crypto';
import { Binary, Long, Timestamp } from 'bson';
import { encode, type Doc, type Value } from './bson.js';
import { fromTimestamp, toTimestamp, type LoggedEvent } from './change-log.js';
import type { Batch, BatchRequest, BatchSource } from './cursor.js';
import { StoreError, unsupported } from './errors.js';
import { compileFilter, type Matcher } from './query.js';
import { Params } from './request.js';
import type { Store } from './store.js';

const OPTIONS = 'fullDocument resumeAfter startAfter startAtOperationTime allChangesForCluster';
const BATCH_MAX = 1000;
const BATCH_BYTES_MAX = 8 * 1024 * 1024;
const SCAN_MAX = 5000;

const nonResumable = (
  codeName: 'ChangeStreamHistoryLost' | 'ChangeStreamFatalError',
  message: string,
): StoreError => new StoreError(codeName, message, { labels: ['NonResumableChangeStreamError'] });

const tokenAt = (store: Store, sequence: number): { _data: string } => ({
  _data: `${store.settings.storeId}${sequence.toString(16).padStart(16, '0')}`,
});

function positionOf(store: Store, token: Doc): number {
  const data = token.get('_data');
  if (typeof data !== 'string')
    throw new StoreError('Location40647', 'a resume token has its _data as a string');
  const match = /^([0-9a-f]{12})([0-9a-f]{16})$/.exec(data);
  if (!match) throw new StoreError('FailedToParse', 'the resume token is malformed');
  const [, storeId, position = '0'] = match;
  const sequence = Number.parseInt(position, 16);
  if (storeId !== store.settings.storeId || sequence > store.log.last) {
    throw nonResumable(
      'ChangeStreamFatalError',
      'cannot resume stream; the resume token was not found',
    );
  }
  return sequence;
}

function startPosition(store: Store, params: Params): number {
  const after = params.doc('resumeAfter');
  const start = params.doc('startAfter');
  const time = params.value('startAtOperationTime');
  if (time !== undefined && (after ?? start)) {
    throw new StoreError(
      'Location40674',
      'Only one type of resume option is allowed, but multiple were found.',
    );
  }
  if (after && start) {
    throw new StoreError(
      'Location50865',
      'Do not specify both resumeAfter and startAfter in a $changeStream stage.',
    );
  }
  const token = after ?? start;
  if (token) return positionOf(store, token);
  if (time === undefined) return store.log.last;
  if (!(time instanceof Timestamp))
    throw new StoreError('TypeMismatch', 'startAtOperationTime must be a timestamp');
  return fromTimestamp(time) - 1;
}

/** What a session without a user is called. */
const NOBODY = new Binary(createHash('sha256').digest());

const lsidOf = (session: string): object => ({
  id: new Binary(Buffer.from(session, 'hex'), Binary.SUBTYPE_UUID),
  uid: NOBODY,
});

/** A filter on what and where a change is; nothing else has to be looked at for it. */
function compileNarrowing(filter: Doc): Matcher {
  const matches = compileFilter(filter);
  const check = (part: Doc): void => {
    for (const [name, operand] of part) {
      if (name.startsWith('$')) for (const clause of operand as Doc[]) check(clause);
      else if (!/^(operationType|ns\.db|ns\.coll)$/.test(name))
        throw unsupported(`$match on '${name}' in a change stream`);
    }
  };
  check(filter);
  return matches;
}

/** Follows the log; each batch starts where the last one ended. */
export class ChangeStream implements BatchSource {
  readonly follows = true;
  private position: number;
  private readonly lookup: boolean;
  private closed = false;
  private wake: () => void = () => undefined;
  private readonly matchers: readonly Matcher[];
  /** Whether changes of a kind in a collection are wanted. */
  private readonly verdicts = new Map<string, boolean>();

  constructor(
    private readonly store: Store,
    options: Doc,
    filters: readonly Doc[],
  ) {
    this.matchers = filters.map(compileNarrowing);
    const params = new Params(options);
    params.only(OPTIONS.split(' '), '$changeStream');
    const full = params.text('fullDocument') ?? 'default';
    if (full !== 'default' && full !== 'updateLookup')
      throw unsupported(`$changeStream fullDocument '${full}'`);
    this.lookup = full === 'updateLookup';
    this.position = startPosition(store, params);
    this.checkHistory();
  }

  async nextBatch({ size = BATCH_MAX, waitMs }: BatchRequest): Promise<Batch> {
    const until = performance.now() + waitMs;
    const most = Math.min(size, BATCH_MAX);
    for (;;) {
      const rows = most === 0 ? [] : this.read(most);
      const behind = this.position < this.store.log.last;
      const wait = until - performance.now();
      const idle = rows.length === 0 && !behind && !this.closed;
      if (!idle || wait <= 0 || most === 0) {
        if (rows.length > 0 || !behind || most === 0) return this.batch(rows);
        await new Promise<void>((resolve) => setImmediate(resolve));
      } else await this.nextEvent(wait);
    }
  }

  close(): void {
    this.closed = true;
    this.wake();
  }

  private batch(rows: Buffer[]): Batch {
    const postBatchResumeToken = tokenAt(this.store, this.position);
    return { rows, done: this.closed, extra: { postBatchResumeToken } };
  }

  private nextEvent(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      const stop = this.store.log.onNext(done);
      this.wake = done;
    });
  }

  private checkHistory(): void {
    if (this.position < this.store.log.trimmed) {
      throw nonResumable(
        'ChangeStreamHistoryLost',
        'Resume of change stream was not possible, as the resume point may no longer be in the change log.',
      );
    }
  }

  /** Reads on from the position; stops at the batch's limits or after a while of finding nothing. */
  private read(most: number): Buffer[] {
    this.checkHistory();
    const rows: Buffer[] = [];
    let [bytes, scanned] = [0, 0];
    const end = this.store.log.last;
    let reached = end;
    this.store.log.read(this.position, (event) => {
      if (event.sequence > end) return false;
      this.position = reached = event.sequence;
      if (this.wants(event)) {
        const row = this.eventRow(event);
        rows.push(row);
        bytes += row.length;
      }
      const full = rows.length >= most || bytes >= BATCH_BYTES_MAX || ++scanned >= SCAN_MAX;
      if (!full) reached = end;
      return !full;
    });
    this.position = Math.max(this.position, reached);
    return rows;
  }

  private wants({ type, db, collection }: LoggedEvent): boolean {
    if (/^(admin|config|local)$/.test(db) || collection.startsWith('system.')) return false;
    const key = `${type} ${db}.${collection}`;
    const known = this.verdicts.get(key);
    if (known !== undefined) return known;
    const ns = new Map([
      ['db', db],
      ['coll', collection],
    ]);
    const change = new Map<string, Value>([
      ['operationType', type],
      ['ns', ns],
    ]);
    const wanted = this.matchers.every((matches) => matches(change));
    this.verdicts.set(key, wanted);
    return wanted;
  }

  private eventRow(event: LoggedEvent): Buffer {
    const { type, db, collection, sequence, wallTime, id, after, update, origin } = event;
    const withDocument = type === 'insert' || (type === 'update' && this.lookup);
    return encode({
      ...(origin && { txnNumber: Long.fromNumber(origin.number), lsid: lsidOf(origin.session) }),
      _id: tokenAt(this.store, sequence),
      operationType: type,
      clusterTime: toTimestamp(origin?.first ?? sequence),
      wallTime,
      ...(withDocument && { fullDocument: after }),
      ns: { db, coll: collection },
      ...(type !== 'drop' && { documentKey: { _id: id } }),
      ...(type === 'update' && { updateDescription: update }),
    });
  }
}
