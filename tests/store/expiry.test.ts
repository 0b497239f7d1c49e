/** What goes away by itself: documents by TTL index, idle cursors and transactions. */
import type { Document } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { SERVER_URI, at, codeOf, openTestStore } from './support.js';

const POLL_MS = 10;

/** Waits for a condition; the test's own timeout is the limit. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

describe.skipIf(SERVER_URI !== undefined)('the embedded store', () => {
  it('removes documents whose time is over, and tells it in change streams', async () => {
    const store = await openTestStore({ sweepIntervalMs: 20 });
    const c = store.client.db('ttl').collection<Document>('c');
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 10 });
    const wanted = { operationType: 'delete', 'ns.db': 'ttl' };
    const stream = store.client.watch([{ $match: wanted }], { maxAwaitTimeMS: 20 });
    await stream.tryNext();
    const old = new Date(Date.now() - 60_000);
    await c.insertMany([
      { _id: 'old', at: old },
      { _id: 'array', at: [new Date(), old] },
      { _id: 'new', at: new Date() },
      { _id: 'text', at: 'x' },
      { _id: 'none' },
    ] as unknown as Document[]);
    await until(async () => (await c.countDocuments()) === 3);
    expect((await c.find().sort({ _id: 1 }).toArray()).map((doc) => doc._id as unknown)).toEqual([
      'new',
      'none',
      'text',
    ]);
    const deleted = [await stream.next(), await stream.next()] as Document[];
    expect(deleted.map((event) => at(event, 'documentKey._id')).sort()).toEqual(['array', 'old']);
    await stream.close();
    await store.stop();
  });

  it('leaves what a partial index does not hold', async () => {
    const store = await openTestStore({ sweepIntervalMs: 20 });
    const c = store.client.db('ttl').collection<Document>('partial');
    const partialFilterExpression = { done: true };
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 10, partialFilterExpression });
    const at = new Date(Date.now() - 60_000);
    // They come at once and are looked at at once: when the last is gone, what was to go is gone.
    await c.insertMany([
      { _id: 1, at, done: false },
      { _id: 2, at },
      { _id: 3, at, done: true },
    ] as unknown as Document[]);
    await until(async () => (await c.countDocuments({ _id: 3 as never })) === 0);
    expect((await c.find().toArray()).map(({ _id }) => _id as unknown)).toEqual([1, 2]);
    await store.stop();
  });

  it('closes idle cursors', async () => {
    const store = await openTestStore({ sweepIntervalMs: 20, cursorIdleMs: 1 });
    const db = store.client.db('idle');
    await db.collection('c').insertMany(Array.from({ length: 10 }, (_, n) => ({ n })));
    const id = at(await db.command({ find: 'c', batchSize: 2 }), 'cursor.id');
    // A wrong collection is refused with another code for as long as the cursor is open.
    const wrong = { getMore: id, collection: 'other' };
    await until(async () => (await codeOf(db.command(wrong))) === 43);
    await store.stop();
  });

  it('aborts idle transactions', async () => {
    const store = await openTestStore({ sweepIntervalMs: 20, transactionIdleMs: 1 });
    const c = store.client.db('idle').collection<Document>('t');
    await c.insertOne({ _id: 1 as never, n: 0 });
    const [one, two] = [store.client.startSession(), store.client.startSession()];
    one.startTransaction();
    await c.updateOne({ _id: 1 as never }, { $inc: { n: 1 } }, { session: one });
    // The second one conflicts until the first one has expired.
    await until(async () => {
      two.startTransaction();
      const code = await codeOf(
        c.updateOne({ _id: 1 as never }, { $inc: { n: 5 } }, { session: two }),
      );
      await two.abortTransaction();
      return code === undefined;
    });
    expect(await codeOf(one.commitTransaction())).toBe(251);
    await one.endSession();
    await two.endSession();
    await store.stop();
  });
});
