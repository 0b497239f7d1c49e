/** Open cursors: a result that is read batch by batch. */
import { Long } from 'bson';
import { StoreError } from './errors.js';
import { BUSY, Breather } from './search.js';

/** Rows ready to be spliced into replies, as raw documents. */
export interface Rows {
  /** The next row, BUSY when it took long without one, undefined at the end. */
  advance(): Buffer | typeof BUSY | undefined;
  pause(): void;
}

/** One batch and what goes along with it. */
export interface Batch {
  readonly rows: readonly Buffer[];
  /** Nothing will follow. */
  readonly done: boolean;
  readonly extra?: Record<string, unknown>;
}

/** How much of a batch is wanted. */
export interface BatchRequest {
  /** Rows at most; undefined: as many as fit. */
  readonly size: number | undefined;
  /** How long a cursor that follows changes may wait for one; 0 for the first batch. */
  readonly waitMs: number;
  readonly deadline: number;
}

/** Something batches come from. */
export interface BatchSource {
  /** Waits for changes. */
  readonly follows?: boolean;
  nextBatch(request: BatchRequest): Batch | Promise<Batch>;
  close(): void;
}

const REPLY_BYTES_MAX = 16 * 1024 * 1024;
/** Of a batch whose size nobody named: small documents take many times their size in the client. */
const UNSIZED_BATCH_BYTES_MAX = 1024 * 1024;

/** Batches of ordinary results. The first one is made without a promise if it is quick. */
export class RowBatches implements BatchSource {
  private held: Buffer | undefined;
  private done = false;

  constructor(private readonly rows: Rows) {}

  nextBatch({ size: wanted, deadline }: BatchRequest): Batch | Promise<Batch> {
    const size = wanted ?? Infinity;
    const bytesMax = wanted === undefined ? UNSIZED_BATCH_BYTES_MAX : REPLY_BYTES_MAX;
    const batch: Buffer[] = [];
    let bytes = 0;
    const breather = new Breather(deadline);
    const fill = (): boolean => {
      while (batch.length < size && !this.done) {
        const row = this.held ?? this.rows.advance();
        this.held = undefined;
        if (row === undefined) this.done = true;
        else if (row !== BUSY) {
          if (bytes + row.length > bytesMax && batch.length > 0) {
            this.held = row;
            return true;
          }
          bytes += row.length + 12;
          batch.push(row);
        }
        if (breather.due()) return false;
      }
      return true;
    };
    const finish = (): Batch => {
      this.rows.pause();
      return { rows: batch, done: this.done };
    };
    if (fill()) return finish();
    return this.continueBatch(fill, finish, breather);
  }

  private async continueBatch(
    fill: () => boolean,
    finish: () => Batch,
    breather: Breather,
  ): Promise<Batch> {
    do await breather.pause(this.rows);
    while (!fill());
    return finish();
  }

  close(): void {
    this.rows.pause();
  }
}

/** Who may read on: the session and the transaction that a cursor was opened in. */
export interface CursorOwner {
  readonly session: string | undefined;
  readonly transaction: { readonly number: number } | undefined;
}

/** A registered cursor. */
export interface Cursor {
  readonly id: bigint;
  readonly ns: string;
  readonly owner: CursorOwner;
  readonly source: BatchSource;
  lastUse: number;
  busy: boolean;
}

/** All open cursors. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private nextId = BigInt(Date.now()) << 16n;

  add(ns: string, source: BatchSource, { session, transaction }: CursorOwner): Cursor {
    const id = this.nextId++;
    const owner = { session, transaction };
    const cursor: Cursor = { id, ns, owner, source, lastUse: Date.now(), busy: false };
    this.open.set(id, cursor);
    return cursor;
  }

  /** @throws CursorNotFound */
  get(id: bigint): Cursor {
    const cursor = this.open.get(id);
    if (!cursor) throw new StoreError('CursorNotFound', `cursor id ${id} not found`);
    cursor.lastUse = Date.now();
    return cursor;
  }

  has(id: bigint): boolean {
    return this.open.has(id);
  }

  /** Closes a cursor; whether it was open. */
  kill(id: bigint): boolean {
    const cursor = this.open.get(id);
    cursor?.source.close();
    return this.open.delete(id);
  }

  /** Closes cursors nobody asked since `before` (epoch ms). */
  expire(before: number): void {
    for (const cursor of [...this.open.values()]) {
      if (cursor.lastUse < before && !cursor.busy) this.kill(cursor.id);
    }
  }

  killAll(): void {
    for (const id of [...this.open.keys()]) this.kill(id);
  }
}

/** @throws Location50738, Location50741 - the cursor is another session's, or another transaction's */
export function checkOwner({ id, owner }: Cursor, { session, transaction }: CursorOwner): void {
  if (owner.session !== session) {
    throw new StoreError(
      owner.session === undefined
        ? 'Location50736'
        : session === undefined
          ? 'Location50737'
          : 'Location50738',
      `cursor id ${id} was not created in this session`,
    );
  }
  if (owner.transaction !== transaction) {
    throw new StoreError(
      !owner.transaction ? 'Location50739' : !transaction ? 'Location50740' : 'Location50741',
      `cursor id ${id} was not created in this transaction`,
    );
  }
}

/** Cursor ids travel as int64. */
export const toLong = (id: bigint): Long => Long.fromBigInt(id);
