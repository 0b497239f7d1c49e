/** Transactions and retryable writes: isolation, conflicts, and answers that come twice. */
import type { ClientSession, Collection, Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FaultyProxy } from '../support/faulty-proxy.js';
import {
  MongoClient,
  SERVER_URI,
  at,
  codeOf,
  freshName,
  openTestStore,
  type TestStore,
} from './support.js';

const MAX_TIME_EXPIRED = 50;
const WRITE_CONFLICT = 112;
const SNAPSHOT_UNAVAILABLE = 246;

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.stop());

async function fresh(docs: Document[] = [], db = 'transactions'): Promise<Collection<Document>> {
  const name = freshName();
  await store.client.db(db).createCollection(name);
  const collection = store.client.db(db).collection<Document>(name);
  if (docs.length > 0) await collection.insertMany(docs);
  return collection;
}

async function inSession<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
  return store.client.withSession(async (session) => work(session));
}

const labelsOf = async (
  promise: Promise<unknown>,
): Promise<{ code: unknown; transient: boolean }> => {
  const error = (await promise.catch((e: unknown) => e)) as {
    code?: unknown;
    hasErrorLabel?: (l: string) => boolean;
  };
  return {
    code: error.code,
    transient: error.hasErrorLabel?.('TransientTransactionError') ?? false,
  };
};

describe('a transaction', () => {
  it('sees its own writes, others do not until it commits', async () => {
    const c = await fresh([{ _id: 1, n: 1 }] as unknown as Document[]);
    await inSession(async (session) => {
      session.startTransaction();
      await c.updateOne({ n: 1 }, { $set: { n: 2 } }, { session });
      await c.insertOne({ n: 5 }, { session });
      await c.deleteOne({ n: 99 }, { session });
      expect(await c.countDocuments({ n: { $gte: 2 } }, { session })).toBe(2);
      expect(
        (await c.find({}, { session }).sort({ n: -1 }).toArray()).map((d) => at(d, 'n')),
      ).toEqual([5, 2]);
      expect(await c.countDocuments({ n: { $gte: 2 } })).toBe(0);
      await session.commitTransaction();
    });
    expect(await c.countDocuments({ n: { $gte: 2 } })).toBe(2);
  });

  it('reads one moment, whatever others write', async () => {
    const c = await fresh([{ _id: 1, n: 1 }] as unknown as Document[]);
    await inSession(async (session) => {
      session.startTransaction({ readConcern: { level: 'snapshot' } });
      expect(await c.countDocuments({}, { session })).toBe(1);
      await c.insertOne({ n: 2 });
      await c.updateOne({ _id: 1 as never }, { $set: { n: 7 } });
      expect(await c.countDocuments({}, { session })).toBe(1);
      expect((await c.findOne({}, { session }))?.['n']).toBe(1);
      await session.commitTransaction();
    });
  });

  it('leaves nothing behind when aborted', async () => {
    const c = await fresh();
    await inSession(async (session) => {
      session.startTransaction();
      await c.insertOne({ n: 1 }, { session });
      await session.abortTransaction();
    });
    expect(await c.countDocuments()).toBe(0);
  });

  it('leaves no collection behind when aborted, and makes one when it commits', async () => {
    const db = store.client.db('transactions');
    const name = freshName();
    const names = async (): Promise<string[]> =>
      (await db.listCollections({ name }).toArray()).map((each) => each.name);
    await inSession(async (session) => {
      session.startTransaction();
      await db.collection(name).insertOne({ n: 1 }, { session });
      expect(await db.collection(name).countDocuments({}, { session })).toBe(1);
      await session.abortTransaction();
      expect(await names()).toEqual([]);
      session.startTransaction();
      await db.collection(name).insertOne({ n: 2 }, { session });
      await session.commitTransaction();
    });
    expect(await names()).toEqual([name]);
    expect(await db.collection(name).countDocuments()).toBe(1);
  });

  it('does not read through an index that is newer than its snapshot', async () => {
    const c = await fresh([{ _id: 1, n: 1 }] as unknown as Document[]);
    await inSession(async (session) => {
      session.startTransaction({ readConcern: { level: 'snapshot' } });
      expect(await c.countDocuments({ n: 1 }, { session })).toBe(1);
      // MongoDB lets the index wait for the transaction, and gives up here.
      const built = await codeOf(c.createIndex({ n: 1 }, { maxTimeMS: 500 }));
      expect([undefined, MAX_TIME_EXPIRED]).toContain(built);
      const outcome = await c.countDocuments({ n: 1 }, { session }).catch((e: unknown) => e);
      // One document, or a refusal that has the transaction run again; never none.
      expect([1, WRITE_CONFLICT, SNAPSHOT_UNAVAILABLE]).toContain(at(outcome, 'code') ?? outcome);
      await session.abortTransaction().catch(() => undefined);
    });
  });

  it.skipIf(SERVER_URI !== undefined)('whose client was cut off is given up soon', async () => {
    const c = await fresh([{ _id: 1, n: 0 }] as unknown as Document[]);
    const proxy = await FaultyProxy.start(store.uri);
    const client = await MongoClient.connect(proxy.uri);
    const session = client.startSession();
    session.startTransaction();
    const theirs = client.db('transactions').collection(c.collectionName);
    await theirs.updateOne({ n: 0 }, { $inc: { n: 5 } }, { session });
    proxy.goAway();
    const update = (): Promise<number | undefined> =>
      inSession(async (own) => {
        own.startTransaction();
        const code = await codeOf(c.updateOne({ n: 0 }, { $inc: { n: 1 } }, { session: own }));
        await (code === undefined ? own.commitTransaction() : own.abortTransaction());
        return code;
      });
    // Long before the minute after which idle transactions end, which the test's own limit would not allow.
    while ((await update()) === 112);
    expect((await c.findOne())?.['n']).toBe(1);
    await client.close();
  });

  it('conflicts with another one on the same document at once', async () => {
    const c = await fresh([{ _id: 1, n: 0 }] as unknown as Document[]);
    await inSession((one) =>
      inSession(async (two) => {
        one.startTransaction();
        two.startTransaction();
        await c.updateOne({ _id: 1 as never }, { $inc: { n: 1 } }, { session: one });
        const lost = await labelsOf(
          c.updateOne({ _id: 1 as never }, { $inc: { n: 1 } }, { session: two }),
        );
        expect(lost).toEqual({ code: 112, transient: true });
        await one.commitTransaction();
        await two.abortTransaction();
      }),
    );
    expect((await c.findOne())?.['n']).toBe(1);
  });

  it('conflicts with a write that came after its snapshot', async () => {
    const c = await fresh([{ _id: 1, n: 0 }] as unknown as Document[]);
    await inSession(async (session) => {
      session.startTransaction();
      await c.findOne({}, { session });
      await c.updateOne({ _id: 1 as never }, { $inc: { n: 1 } });
      const lost = await labelsOf(
        c.updateOne({ _id: 1 as never }, { $inc: { n: 1 } }, { session }),
      );
      expect(lost).toEqual({ code: 112, transient: true });
      const gone = await labelsOf(c.findOne({}, { session }));
      expect(gone).toEqual({ code: 251, transient: true });
      await session.abortTransaction();
    });
  });

  it('spans databases', async () => {
    const a = await fresh([], 'transactions');
    const b = await fresh([], 'transactions2');
    await inSession((session) =>
      session.withTransaction(async () => {
        await a.insertOne({ n: 1 }, { session });
        await b.insertOne({ n: 1 }, { session });
      }),
    );
    expect([await a.countDocuments(), await b.countDocuments()]).toEqual([1, 1]);
  });

  it('ends with a duplicate key', async () => {
    const c = await fresh([{ _id: 1 }] as unknown as Document[]);
    await inSession(async (session) => {
      session.startTransaction();
      expect(await codeOf(c.insertOne({ _id: 1 as never }, { session }))).toBe(11000);
      expect((await labelsOf(c.findOne({}, { session }))).code).toBe(251);
      await session.abortTransaction();
    });
  });

  it('keeps counters exact under 16 racing writers', async () => {
    const c = await fresh([
      { _id: 1, n: 0 },
      { _id: 2, n: 0 },
    ] as unknown as Document[]);
    const add = (): Promise<unknown> =>
      inSession((session) =>
        session.withTransaction(async () => {
          await c.updateOne({ _id: 1 as never }, { $inc: { n: 1 } }, { session });
          await c.updateOne({ _id: 2 as never }, { $inc: { n: 1 } }, { session });
        }),
      );
    await Promise.all(Array.from({ length: 16 }, async () => (await add(), await add())));
    expect((await c.find().toArray()).map((d) => at(d, 'n'))).toEqual([32, 32]);
  });

  it('answers a commit that is sent again', async () => {
    const c = await fresh();
    await inSession(async (session) => {
      session.startTransaction();
      await c.insertOne({ n: 1 }, { session });
      await session.commitTransaction();
      await session.commitTransaction();
    });
    expect(await c.countDocuments()).toBe(1);
  });
});

describe('a retryable write', () => {
  /** Makes the session's next write carry the number of its last one, as a resent write does. */
  const rewind = (session: ClientSession, steps = 1): void => {
    const server = (session as unknown as { serverSession: { txnNumber: number } }).serverSession;
    server.txnNumber -= steps;
  };

  it('is done once and answered the same way twice', async () => {
    const c = await fresh([{ _id: 1, n: 0 }] as unknown as Document[]);
    await inSession(async (session) => {
      const write = (): Promise<Document> =>
        c.updateOne({ _id: 1 as never }, { $inc: { n: 1 } }, { session });
      const first = await write();
      rewind(session);
      expect(await write()).toEqual(first);
      expect((await c.findOne())?.['n']).toBe(1);
      await write();
      expect((await c.findOne())?.['n']).toBe(2);
    });
  });

  it('returns the same document from findAndModify', async () => {
    const c = await fresh([{ _id: 1, n: 0 }] as unknown as Document[]);
    await inSession(async (session) => {
      const write = (): Promise<unknown> =>
        c.findOneAndUpdate(
          { _id: 1 as never },
          { $inc: { n: 1 } },
          { session, returnDocument: 'after' },
        );
      expect(await write()).toEqual({ _id: 1, n: 1 });
      await c.updateOne({ _id: 1 as never }, { $set: { n: 50 } });
      rewind(session);
      expect(await write()).toEqual({ _id: 1, n: 1 });
      expect((await c.findOne())?.['n']).toBe(50);
    });
  });

  it('does not insert twice', async () => {
    const c = await fresh();
    await inSession(async (session) => {
      const write = (): Promise<Document> =>
        c.insertMany([{ _id: 1 }, { _id: 2 }] as unknown as Document[], { session });
      expect((await write())['insertedCount']).toBe(2);
      rewind(session);
      expect((await write())['insertedCount']).toBe(2);
    });
  });

  it('is refused when the session has moved on', async () => {
    const c = await fresh();
    await inSession(async (session) => {
      await c.insertOne({ n: 1 }, { session });
      await c.insertOne({ n: 2 }, { session });
      rewind(session, 2);
      expect(await codeOf(c.insertOne({ n: 3 }, { session }))).toBe(225);
    });
  });
});
