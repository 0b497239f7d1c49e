/** Cursor replies, shared by all commands that return documents. */
import { encode } from '../bson.js';
import { toLong, type Batch, type BatchSource } from '../cursor.js';
import type { Reply, Request } from '../request.js';
import type { Store } from '../store.js';

const FIRST_BATCH_SIZE = 101;

/** Opens a cursor over a source and answers with its first batch; it stays open if there is more. */
export function openCursor(
  store: Store,
  request: Request,
  ns: string,
  source: BatchSource,
  size: number | undefined,
  single = false,
): Reply | Promise<Reply> {
  const answer = ({ rows, done, extra }: Batch): Reply => {
    const finished = done || single;
    if (finished) source.close();
    const cursor = finished ? undefined : store.cursors.add(ns, source, request.session);
    if (cursor) request.transaction?.cursors.add(cursor.id);
    return { cursor: { firstBatch: rows, id: toLong(cursor?.id ?? 0n), ns, ...extra }, ok: 1 };
  };
  const wanted = { size: size ?? FIRST_BATCH_SIZE, waitMs: 0, deadline: request.deadline };
  const batch = source.nextBatch(wanted);
  return batch instanceof Promise ? batch.then(answer) : answer(batch);
}

/** A complete result in one reply. */
export const wholeResult = (ns: string, rows: readonly object[]): Reply => ({
  cursor: { firstBatch: rows.map((row) => encode(row)), id: toLong(0n), ns },
  ok: 1,
});
