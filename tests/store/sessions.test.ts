/** What a session's numbers stand for, and that its commands run one after the other. */
import { Int32, Long } from 'bson';
import type { ClientSession, Collection, Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOW, SESSIONS_DB, inSession as sessionOf, send, type Outcome } from './numbered.js';
import { SERVER_URI, at, codeOf, freshName, openTestStore, type TestStore } from './support.js';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.stop());

const name = SESSIONS_DB;
const inSession = <T>(work: (session: ClientSession) => Promise<T>): Promise<T> =>
  sessionOf(store.client, work);

async function fresh(docs: Document[] = []): Promise<Collection<Document>> {
  const collection = store.client.db(name).collection<Document>(freshName());
  await store.client.db(name).createCollection(collection.collectionName);
  if (docs.length > 0) await collection.insertMany(docs);
  return collection;
}

const idsOf = async (c: Collection<Document>): Promise<unknown[]> =>
  (await c.find().sort({ _id: 1 }).toArray()).map((doc) => at(doc, '_id'));

/** A step is `start 1`, `go 1` or `plain 1`, which insert a document with the step's place as its `_id`, or `commit 1` or `abort 1`. */
function stepOf(
  c: Collection<Document>,
  step: string,
  place: number,
): [Document, Document, string] {
  const [how = '', number] = step.split(' ');
  const txnNumber = Long.fromNumber(Number(number));
  const fields = HOW[how];
  if (fields) {
    const insert = { insert: c.collectionName, documents: [{ _id: new Int32(place) }] };
    return [insert, { txnNumber, ...fields }, name];
  }
  return [{ [`${how}Transaction`]: 1 }, { txnNumber, autocommit: false }, 'admin'];
}

describe('a number', () => {
  it.each<[string, string, number[], number[]]>([
    ['of an open transaction is taken', 'start 1, start 1, commit 1', [0, 117, 0], [0]],
    ['of an aborted transaction is taken', 'start 1, abort 1, start 1', [0, 0, 117], []],
    ['of a committed transaction is taken', 'start 1, commit 1, start 1', [0, 0, 117], [0]],
    ['of a retryable write is taken', 'plain 1, start 1, commit 1', [0, 117, 251], [0]],
    ['of an open transaction is no write', 'start 1, plain 1, commit 1', [0, 217, 0], [0]],
    ['of a committed transaction is no write', 'start 1, commit 1, plain 1', [0, 0, 217], [0]],
    ['of an aborted transaction is no write', 'start 1, abort 1, plain 1', [0, 0, 217], []],
    ['of a committed transaction takes no more', 'start 1, commit 1, go 1', [0, 0, 256], [0]],
    ['of an aborted transaction takes no more', 'start 1, abort 1, go 1', [0, 0, 251], []],
    ['that never began takes nothing', 'go 1, commit 1, abort 1', [251, 251, 251], []],
    ['is committed twice', 'start 1, go 1, commit 1, commit 1', [0, 0, 0, 0], [0, 1]],
    ['is not aborted after its commit', 'start 1, commit 1, abort 1', [0, 0, 256], [0]],
    ['is not committed after its abort', 'start 1, abort 1, commit 1', [0, 0, 251], []],
    ['ends the transaction before it', 'start 1, start 2, commit 1, commit 2', [0, 0, 225, 0], [1]],
    ['of a write ends the transaction before it', 'start 1, plain 2, abort 1', [0, 0, 225], [1]],
    ['that is over is no write', 'plain 2, plain 1', [0, 225], [0]],
    ['that is over begins nothing', 'start 2, start 1, commit 2', [0, 225, 0], [0]],
    ['of a write is answered twice and done once', 'plain 1, plain 1', [0, 0], [0]],
  ])('%s', async (_name, history, codes, ids) => {
    const c = await fresh();
    await inSession(async (session) => {
      const outcomes: Outcome[] = [];
      for (const [place, step] of history.split(', ').entries())
        outcomes.push(await send(session, ...stepOf(c, step, place)));
      expect(outcomes.map(({ code }) => code)).toEqual(codes);
      // Only what may be tried again from its start says so.
      for (const { code, labels } of outcomes)
        expect(labels.includes('TransientTransactionError')).toBe(code === 251);
    });
    expect(await idsOf(c)).toEqual(ids);
  });

  const one = Long.ONE;
  it.each<[string, Document, number]>([
    ['autocommit without a number', { autocommit: false }, 72],
    ['autocommit: true', { txnNumber: one, autocommit: true }, 72],
    ['a start without autocommit', { txnNumber: one, startTransaction: true }, 72],
    ['startTransaction: false', { txnNumber: one, autocommit: false, startTransaction: false }, 72],
    ['a negative number', { txnNumber: Long.fromNumber(-1) }, 72],
    ['a number that is no long', { txnNumber: new Int32(1) }, 14],
    ['autocommit that is no boolean', { txnNumber: one, autocommit: 0 }, 14],
  ])('%s is refused, and nothing is written', async (_name, fields, code) => {
    const c = await fresh();
    await inSession(async (session) => {
      const insert = { insert: c.collectionName, documents: [{ _id: 1 }] };
      expect((await send(session, insert, fields)).code).toBe(code);
    });
    expect(await idsOf(c)).toEqual([]);
  });

  it('belongs to writes and transactions only, and not to changes of many', async () => {
    const c = await fresh([{ _id: 1 }]);
    const ns = c.collectionName;
    await inSession(async (session) => {
      const fields = { txnNumber: one };
      expect((await send(session, { find: ns }, fields)).code).toBe(50768);
      expect((await send(session, { listIndexes: ns }, fields)).code).toBe(50768);
      const updates = [{ q: {}, u: { $set: { a: 1 } }, multi: true }];
      expect((await send(session, { update: ns, updates }, fields)).code).toBe(72);
      expect(
        (await send(session, { delete: ns, deletes: [{ q: {}, limit: 0 }] }, fields)).code,
      ).toBe(72);
    });
    expect(await c.find().toArray()).toEqual([{ _id: 1 }]);
  });

  it.skipIf(SERVER_URI !== undefined)('is not answered to another command', async () => {
    const c = await fresh([{ _id: 1 }]);
    await inSession(async (session) => {
      const fields = { txnNumber: one };
      await send(session, { insert: c.collectionName, documents: [{ _id: 2 }] }, fields);
      const change = { findAndModify: c.collectionName, query: {}, update: { $set: { a: 1 } } };
      expect((await send(session, change, fields)).code).toBe(72);
    });
  });

  it('lets go of what its transaction has claimed when the next one comes', async () => {
    const c = await fresh([{ _id: 1, n: 0 }]);
    const ns = c.collectionName;
    const change = { update: ns, updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] };
    await inSession(async (session) => {
      await send(session, change, { txnNumber: one, ...HOW['start'] });
      await send(
        session,
        { insert: ns, documents: [{ _id: 2 }] },
        { txnNumber: Long.fromNumber(2) },
      );
      await inSession((other) =>
        other.withTransaction(async () =>
          c.updateOne({ _id: 1 as never }, { $inc: { n: 10 } }, { session: other }),
        ),
      );
    });
    expect((await c.findOne())?.['n']).toBe(10);
  });

  it('takes its concerns at the ends of the transaction only', async () => {
    const c = await fresh();
    const ns = c.collectionName;
    await inSession(async (session) => {
      const insert = { insert: ns, documents: [{ _id: 1 }] };
      const refused = async (number: number, how: string, command: Document): Promise<void> => {
        const fields = { txnNumber: Long.fromNumber(number), ...HOW[how] };
        expect((await send(session, command, fields)).code).toBe(72);
      };
      await refused(1, 'start', { ...insert, writeConcern: { w: 1 } });
      await refused(2, 'start', { ...insert, readConcern: { level: 'available' } });
      await send(session, insert, { txnNumber: Long.fromNumber(3), ...HOW['start'] });
      await refused(3, 'go', { find: ns, readConcern: { level: 'snapshot' } });
      await refused(3, 'go', { insert: ns, documents: [{ _id: 2 }], writeConcern: { w: 1 } });
      const [commit, fields, db] = stepOf(c, 'commit 3', 0);
      const writeConcern = { w: 'majority' };
      expect((await send(session, { ...commit, writeConcern }, fields, db)).code).toBe(0);
    });
    expect(await idsOf(c)).toEqual([1]);
  });
});

describe('commands of one session', () => {
  it('that are one write, sent twice at once, do it once', { timeout: 60_000 }, async () => {
    const c = await fresh();
    const ns = c.collectionName;
    await c.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ _id: n as never, n: 0 })));
    // At the end, where a search that begins at the front takes a while to come.
    for (const [n, mark] of ['u', 'f', 'd', 'd'].entries())
      await c.updateOne({ _id: (19_999 - n) as never }, { $set: { mark } });
    const u = { $inc: { n: 1 } };
    const commands: Document[] = [
      { update: ns, updates: [{ q: { mark: 'u' }, u }] },
      { findAndModify: ns, query: { mark: 'f' }, update: u, new: true },
      { update: ns, updates: [{ q: { mark: 'new' }, u, upsert: true }] },
      { delete: ns, deletes: [{ q: { mark: 'd' }, limit: 1 }] },
    ];
    for (const command of commands)
      await inSession(async (session) => {
        const twice = [1, 2].map(() => send(session, command, { txnNumber: Long.ONE }));
        const [first, second] = await Promise.all(twice);
        expect(first?.code).toBe(0);
        const { operationTime: _1, $clusterTime: _2, ...answer } = first?.reply ?? {};
        expect(second?.reply).toMatchObject(answer);
      });
    const marked = await c.find({ mark: { $exists: true } }).toArray();
    const told = marked.map(({ mark, n }) => `${String(mark)} ${String(n)}`);
    expect(told.sort()).toEqual(['d 0', 'f 1', 'new 1', 'u 1']);
  });

  it('that commit and abort at once: one of them does it', async () => {
    for (let round = 0; round < 20; round++) {
      const c = await fresh();
      await inSession(async (session) => {
        await send(session, ...stepOf(c, 'start 1', 0));
        const ends = ['commit 1', 'abort 1'].map((step) => send(session, ...stepOf(c, step, 0)));
        const [commit, abort] = await Promise.all(ends);
        expect([commit?.code, abort?.code]).toEqual(commit?.code === 0 ? [0, 256] : [251, 0]);
        expect(await idsOf(c)).toEqual(commit?.code === 0 ? [0] : []);
      });
    }
  });

  it('that commit while a statement searches wait for it', async () => {
    const c = await fresh();
    await c.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ _id: n as never })));
    await inSession(async (session) => {
      const updates = [{ q: { no: 'such' }, u: { $set: { a: 1 } }, upsert: true }];
      const fields = { txnNumber: Long.ONE, ...HOW['start'] };
      const statement = send(session, { update: c.collectionName, updates }, fields);
      await new Promise((resolve) => setTimeout(resolve, 2));
      const commit = send(session, ...stepOf(c, 'commit 1', 0));
      expect([(await statement).code, (await commit).code]).toEqual([0, 0]);
    });
    expect(await c.countDocuments({ a: 1 })).toBe(1);
  });
});

it('a write that wants no answer is done', async () => {
  const c = await fresh();
  await c.insertOne({ _id: 1 as never }, { writeConcern: { w: 0 } });
  await expect.poll(() => idsOf(c)).toEqual([1]);
});

it.skipIf(SERVER_URI !== undefined)(
  'a snapshot outside of a transaction is refused, not given falsely',
  async () => {
    const c = await fresh();
    const options = { readConcern: { level: 'snapshot' as const } };
    expect(await codeOf(c.find({}, options).toArray())).toBe(115);
    const atClusterTime = {
      find: c.collectionName,
      readConcern: { level: 'local', atClusterTime: 1 },
    };
    expect(await codeOf(store.client.db(name).command(atClusterTime))).toBe(115);
  },
);

describe.skipIf(SERVER_URI !== undefined)('a transaction of the embedded store', () => {
  // MongoDB lets a drop wait for the transaction.
  it.each<
    [string, (c: Collection<Document>, other: Collection<Document>) => Promise<unknown>, boolean]
  >([
    ['dropped', (c) => c.drop(), true],
    ['made', (_c, other) => other.insertOne({}), false],
  ])(
    'is to be run again when a collection that it wants was %s meanwhile',
    async (_name, change, first) => {
      const c = await fresh([{ _id: 1 }]);
      const other = store.client.db(name).collection<Document>(freshName());
      const wanted = first ? c : other;
      await inSession(async (session) => {
        const start = { txnNumber: Long.ONE, ...HOW['start'] };
        const find = { find: freshName() };
        expect((await send(session, find, start)).code).toBe(0);
        await change(c, other);
        const go = { txnNumber: Long.ONE, ...HOW['go'] };
        expect(await send(session, { find: wanted.collectionName }, go)).toMatchObject({
          code: 112,
          labels: ['TransientTransactionError'],
        });
      });
    },
  );
});
