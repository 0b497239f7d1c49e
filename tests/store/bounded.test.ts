/** Memory does not grow with what is stored, readers do not stop writers, and what is idle goes away. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ClientSession, Collection } from 'mongodb';
import { describe, expect, it } from 'vitest';
import {
  SERVER_URI,
  at,
  codeOf,
  makeDirectory,
  openTestStore,
  removeDirectory,
} from './support.js';

const CHILD = fileURLToPath(new URL('./scan-child.mjs', import.meta.url));
const DOCUMENTS = 200_000;
/** What the store may take in MiB, the process included, while everything is read. It is the same for a million documents. */
const PEAK_MIB = 200;

interface Row {
  _id: number;
  n: number;
}

interface Scan {
  readonly read: number;
  readonly writes: number;
  readonly unmatched: number;
  readonly matched: number;
  readonly peakMiB: number;
}

describe.skipIf(SERVER_URI !== undefined)('the embedded store', () => {
  it.skipIf(!existsSync('/proc/self/status'))(
    `reads ${DOCUMENTS} documents in little memory, and others write meanwhile`,
    { timeout: 180_000 },
    async () => {
      const directory = makeDirectory();
      const words = [CHILD, directory, String(DOCUMENTS)];
      const { stdout } = await promisify(execFile)(process.execPath, words);
      removeDirectory(directory);
      const scan = JSON.parse(stdout) as Scan;
      expect(scan).toMatchObject({
        read: DOCUMENTS,
        unmatched: 0,
        matched: DOCUMENTS,
      });
      expect(scan.peakMiB).toBeLessThan(PEAK_MIB);
      // A scan gives way many times; a writer that had to wait for its end would get in once.
      expect(scan.writes).toBeGreaterThan(5);
    },
  );

  it.each<[string, number, (c: Collection<Row>) => Promise<unknown>]>([
    ['an index is built', 20_000, (c) => c.createIndex({ n: 1 })],
    [
      'a write searches without an index',
      100_000,
      (c) => c.updateOne({ n: -1 }, { $set: { n: 0 } }),
    ],
    ['many documents are changed', 20_000, (c) => c.updateMany({}, { $inc: { n: 1 } })],
  ])('lets others write while %s', { timeout: 60_000 }, async (_, count, work) => {
    const store = await openTestStore();
    const db = store.client.db('b');
    const c = db.collection<Row>('c');
    await c.insertMany(Array.from({ length: count }, (_row, n) => ({ _id: n, n })));
    let working = true;
    const done = work(c).finally(() => (working = false));
    let writes = 0;
    for (; working; writes++) {
      await db.collection<Row>('other').insertOne({ _id: writes, n: writes });
      await c.updateOne({ _id: count - 1 - writes }, { $set: { n: count + writes } });
    }
    await done;
    // One that had to wait for the end would have got in once.
    expect(writes).toBeGreaterThan(2);
    await store.client.db('b').collection<Row>('c').createIndex({ n: 1 });
    expect(await c.countDocuments({ n: { $gte: -1 } })).toBe(count);
    await store.stop();
  });

  it('goes on writing while a reader holds a snapshot and another an open cursor', async () => {
    const store = await openTestStore();
    const c = store.client.db('b').collection<{ _id: number; n: number }>('c');
    await c.insertMany(Array.from({ length: 500 }, (_, _id) => ({ _id, n: 0 })));
    const session = store.client.startSession();
    session.startTransaction({ readConcern: { level: 'snapshot' } });
    expect(await c.countDocuments({ n: 0 }, { session })).toBe(500);
    const cursor = c.find({}, { batchSize: 10 });
    await cursor.next();
    for (let round = 1; round <= 20; round++) await c.updateMany({}, { $inc: { n: 1 } });
    expect(await c.countDocuments({ n: 20 })).toBe(500);
    expect(await c.countDocuments({ n: 0 }, { session })).toBe(500);
    await session.abortTransaction();
    await session.endSession();
    let rest = 0;
    while (await cursor.next()) rest++;
    expect(rest).toBe(499);
    await store.stop();
  });

  it('forgets idle sessions with what was kept for them', async () => {
    const store = await openTestStore({ sweepIntervalMs: 10, sessionIdleMs: 200 });
    const c = store.client.db('b').collection('c');
    const sessions = Array.from({ length: 5 }, () => store.client.startSession());
    const write = (session: ClientSession, n: number): Promise<unknown> =>
      c.updateOne({ n }, { $inc: { written: 1 } }, { session, upsert: true });
    await Promise.all(sessions.map(write));
    // A write that is sent again is known until its session is forgotten; then it is a new one.
    const again = (n: number): Promise<unknown> => {
      const session = sessions[n] as ClientSession;
      (session as unknown as { serverSession: { txnNumber: number } }).serverSession.txnNumber--;
      return write(session, n);
    };
    for (let n = 0; n < sessions.length; n++)
      while ((await c.countDocuments({ n, written: { $gt: 1 } })) === 0) await again(n);
    expect(await c.countDocuments()).toBe(5);
    // Somebody who comes back after that is a new session.
    await c.insertOne({ n: 5 }, { ...(sessions[0] && { session: sessions[0] }) });
    await Promise.all(sessions.map((session) => session.endSession()));
    await store.stop();
  });

  it('closes the idle cursor of a change stream too', async () => {
    const store = await openTestStore({ sweepIntervalMs: 10, cursorIdleMs: 1 });
    const db = store.client.db('admin');
    const pipeline = [{ $changeStream: { allChangesForCluster: true } }];
    const opened = await db.command({ aggregate: 1, pipeline, cursor: {} });
    // As long as it is asked it is not idle; ask for a wrong collection, which is refused with another code while it is open.
    const wrong = { getMore: at(opened, 'cursor.id'), collection: 'other' };
    while ((await codeOf(db.command(wrong))) !== 43) await delay(20);
    await store.stop();
  });
});
