/** LMDB underneath: ordered bytes, one writer, group commit; readers see committed states only. */
import { statSync, statfsSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { open, type Database, type RangeOptions, type RootDatabase } from 'lmdb';
import { StoreError, asStoreError } from './errors.js';
import { failpoint } from '../failpoints.js';

/** One key and its value, both copies that stay valid. */
export interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** An ordered walk that can be paused: a paused walk holds no LMDB reader and finds its place again. */
export interface Walk {
  next(): Entry | undefined;
  pause(): void;
}

/** A consistent state to read from. */
export interface View {
  get(key: Buffer): Buffer | undefined;
  /** Walks keys from `low` up to but not including `high`, or down if `reverse`. */
  walk(low: Buffer, high: Buffer, reverse: boolean): Walk;
  /** How many keys there are from `low` up to `high`: 20 ms for a million. Absent where own writes lie over the state. */
  count?(low: Buffer, high: Buffer): number;
}

/** A view one may also write to. */
export interface WritableView extends View {
  put(key: Buffer, value: Buffer): void;
  remove(key: Buffer): void;
}

/** An LMDB read transaction held open: everything read through it is of one moment. */
export type Snapshot = ReturnType<Database<Buffer, Buffer>['useReadTransaction']>;

type Table = Database<Buffer, Buffer>;

class TableWalk implements Walk {
  private iterator: Iterator<{ key: Buffer; value: Buffer }> | undefined;
  private last: Buffer | undefined;
  private done = false;

  constructor(
    private readonly table: Table,
    private readonly low: Buffer,
    private readonly high: Buffer,
    private readonly reverse: boolean,
    private readonly snapshot: Snapshot | undefined,
  ) {}

  next(): Entry | undefined {
    if (this.done) return undefined;
    this.iterator ??= this.seek();
    const step = this.iterator.next();
    if (step.done) {
      this.done = true;
      this.iterator = undefined;
      return undefined;
    }
    this.last = step.value.key;
    return step.value;
  }

  pause(): void {
    this.iterator?.return?.();
    this.iterator = undefined;
  }

  private seek(): Iterator<Entry> {
    const { last, low, high, reverse, snapshot } = this;
    const range: RangeOptions = {
      start: last ?? (reverse ? high : low),
      end: reverse ? low : high,
      exclusiveStart: reverse || last !== undefined,
      inclusiveEnd: reverse,
      reverse,
    };
    if (snapshot) range.transaction = snapshot;
    return this.table.getRange(range)[Symbol.iterator]();
  }
}

/** A view of one LMDB table: the latest committed state, or that of a snapshot. */
export class TableView implements WritableView {
  constructor(
    private readonly table: Table,
    private readonly snapshot?: Snapshot,
  ) {}

  get(key: Buffer): Buffer | undefined {
    return this.table.get(key, this.snapshot && { transaction: this.snapshot });
  }

  walk(low: Buffer, high: Buffer, reverse: boolean): Walk {
    return new TableWalk(this.table, low, high, reverse, this.snapshot);
  }

  count(start: Buffer, end: Buffer): number {
    const range: RangeOptions = { start, end };
    if (this.snapshot) range.transaction = this.snapshot;
    return this.table.getKeysCount(range);
  }

  /** Only inside {@link Kv.write}. */
  put(key: Buffer, value: Buffer): void {
    this.table.putSync(key, value);
  }

  /** Only inside {@link Kv.write}. */
  remove(key: Buffer): void {
    this.table.removeSync(key);
  }
}

const entryCount = (table: Table): number =>
  (table.getStats() as { entryCount: number }).entryCount;

interface Job {
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  outcome?: { value: unknown } | { error: unknown };
}

const MAP_BYTES = 1024 ** 4;
const GROUP_JOBS_MAX = 1000;
/** If the files cannot grow by so much, an I/O error is taken for a full disk. */
const FREE_BYTES_MIN = 4 * 1024 * 1024;

/** The files of one store. Writers queue; one LMDB transaction and one fsync serve a whole group. */
export class Kv {
  /** Catalog, documents and index entries. */
  readonly main: TableView;
  /** Change events by sequence number. */
  readonly log: TableView;
  /** What was answered to retryable writes, by session. */
  readonly retries: TableView;
  /** Called inside the LMDB transaction before a group commits. */
  beforeCommit: () => void = () => undefined;
  /** Called after a group is durable, or was given up; `true` when durable. */
  afterCommit: (durable: boolean) => void = () => undefined;

  private readonly root: RootDatabase<Buffer, Buffer>;
  private readonly mainTable: Table;
  private readonly logTable: Table;
  private readonly retriesTable: Table;
  private queue: Job[] = [];
  private scheduled = false;
  private closed = false;
  private length = 0;
  private readonly copies = new Set<Promise<void>>();

  constructor(private readonly path: string) {
    this.root = open({
      path,
      mapSize: MAP_BYTES,
      maxDbs: 4,
      // Otherwise a directory whose name has a dot would be taken for a file.
      noSubdir: false,
      maxReaders: 2048,
      overlappingSync: false,
      keyEncoding: 'binary',
      encoding: 'binary',
    });
    this.mainTable = this.openTable('main');
    this.logTable = this.openTable('log');
    this.main = new TableView(this.mainTable);
    this.log = new TableView(this.logTable);
    this.retriesTable = this.openTable('retries');
    this.retries = new TableView(this.retriesTable);
  }

  private openTable(name: string): Table {
    return this.root.openDB<Buffer, Buffer>({
      name,
      keyEncoding: 'binary',
      encoding: 'binary',
    });
  }

  /** The latest committed state, held until `done()` is called on it. */
  snapshot(): { view: TableView; handle: Snapshot } {
    this.root.resetReadTxn();
    const handle = this.mainTable.useReadTransaction();
    return { view: new TableView(this.mainTable, handle), handle };
  }

  /** Entries in the change log. */
  logCount(): number {
    return entryCount(this.logTable);
  }

  /** Keys of the main table. */
  mainCount(): number {
    return entryCount(this.mainTable);
  }

  /**
   * Copies all tables as they are at one moment, on a thread of its own; writers go on. What they
   * replace meanwhile is not reused before the end, so the files grow a little.
   *
   * @param directory - an empty one; gets `data.mdb`
   */
  async copyTo(directory: string): Promise<void> {
    if (this.closed) throw new Error('the store is closed');
    const copy = this.root.backup(directory, true);
    this.copies.add(copy);
    try {
      await copy;
    } finally {
      this.copies.delete(copy);
    }
  }

  /**
   * Runs `work` in the next group. What it throws is its own failure and undoes nothing, so it
   * must check before it writes. Resolves after the fsync.
   */
  write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.closed) return reject(new Error('the store is closed'));
      this.queue.push({ run: work, resolve: resolve as (value: unknown) => void, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.commitGroup();
    });
  }

  private commitGroup(): void {
    const jobs = this.queue.splice(0, GROUP_JOBS_MAX);
    if (this.queue.length > 0) this.schedule();
    if (jobs.length === 0) return;
    try {
      this.root.transactionSync(() => {
        for (const job of jobs) {
          try {
            job.outcome = { value: job.run() };
          } catch (error) {
            // A failing put leaves LMDB's transaction unusable: nothing of the group may stand.
            if (isLmdbError(error)) throw error;
            job.outcome = { error };
          }
        }
        this.beforeCommit();
        void failpoint?.('group.filled');
      });
    } catch (error) {
      this.afterCommit(false);
      const refusal = this.explainFailure(error);
      for (const job of jobs) job.reject(refusal);
      return;
    }
    void failpoint?.('group.durable');
    this.root.resetReadTxn();
    this.keepLength();
    this.afterCommit(true);
    for (const { outcome, resolve, reject } of jobs) {
      if (outcome && 'value' in outcome) resolve(outcome.value);
      else reject(outcome?.error);
    }
  }

  /**
   * Pages that a transaction has taken and given back are never written, so the file may end before the last page that it counts. It
   * is made as long as that, so that a file which was cut short can be told from it.
   */
  private keepLength(): void {
    const { pageSize, lastPageNumber } = this.root.getStats() as Record<string, number>;
    const wanted = ((lastPageNumber ?? 0) + 1) * (pageSize ?? 0);
    if (wanted <= this.length) return;
    this.length = wanted;
    const file = join(this.path, 'data.mdb');
    if (statSync(file).size < wanted) truncateSync(file, wanted);
  }

  /** LMDB reports a write cut short as an I/O error, whether the disk is full or the file may not grow; the file system tells more. */
  private explainFailure(error: unknown): StoreError {
    const known = asStoreError(error);
    const full = known.codeName === 'OutOfDiskSpace' || !this.mayGrow();
    return new StoreError(
      full ? 'OutOfDiskSpace' : 'InternalError',
      `the write was refused and nothing of it is stored: ${full ? 'the disk is full' : known.message}`,
    );
  }

  private mayGrow(): boolean {
    const { bavail, bsize } = statfsSync(this.path);
    const file = join(this.path, 'data.mdb');
    try {
      truncateSync(file, statSync(file).size + FREE_BYTES_MIN);
      return bavail * bsize >= FREE_BYTES_MIN;
    } catch {
      // A limit of the file's size, whose error is the answer.
      return false;
    }
  }

  /** Waits for queued writes and closes the files. */
  async close(): Promise<void> {
    while (this.queue.length > 0) this.commitGroup();
    this.closed = true;
    // A copy reads the files on another thread: they must not be closed under it.
    await Promise.allSettled(this.copies);
    await this.root.close();
  }
}

/** Errors of LMDB itself carry its negative or errno code as a number and no MongoDB name. */
function isLmdbError(error: unknown): boolean {
  return (
    error instanceof Error &&
    !('codeName' in error) &&
    /MDB_|ENOSPC|No space|EDQUOT|too large|I\/O/.test(error.message)
  );
}
