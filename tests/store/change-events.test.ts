/** What change events say: what an update wrote, which transaction it was, and when. */
import { Double, Long, type Timestamp } from 'bson';
import type { ChangeStream, ChangeStreamOptions, Collection, Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, codeOf, exact, freshName, openTestStore, type TestStore } from './support.js';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.stop());

const db = 'events';
const fresh = (): Collection<Document> => store.client.db(db).collection(freshName());

function watch(c: Collection<Document>, options: ChangeStreamOptions = {}): ChangeStream<Document> {
  const own = { $match: { 'ns.db': c.dbName, 'ns.coll': c.collectionName } };
  return store.client.watch([own], { maxAwaitTimeMS: 50, promoteValues: false, ...options });
}

/** Follows from now on: the first look establishes the stream. */
async function follow(c: Collection<Document>): Promise<ChangeStream<Document>> {
  const stream = watch(c);
  await stream.tryNext();
  return stream;
}

const timeOf = (event: Document): Timestamp => event['clusterTime'] as Timestamp;

describe('an update event tells what was written', () => {
  it.each<[string, Document, Document, Document, string[]]>([
    ['a field', { a: 1, b: 2 }, { $set: { a: 5 } }, { a: 5 }, []],
    [
      'a document as a whole',
      { b: { c: 1, d: 2 } },
      { $set: { b: { c: 5, d: 2 } } },
      { b: { c: 5, d: 2 } },
      [],
    ],
    [
      'a document with less in it',
      { b: { c: 1, d: 2 } },
      { $set: { b: { c: 1 } } },
      { b: { c: 1 } },
      [],
    ],
    ['an empty document', { b: { c: 1 } }, { $set: { b: {} } }, { b: {} }, []],
    [
      'another order of fields',
      { b: { c: 1, d: 2 } },
      { $set: { b: { d: 2, c: 1 } } },
      { b: { d: 2, c: 1 } },
      [],
    ],
    ['another type', { a: 1 }, { $set: { a: new Double(1) } }, { a: new Double(1) }, []],
    [
      'another sign of zero',
      { a: new Double(0) },
      { $set: { a: new Double(-0) } },
      { a: new Double(-0) },
      [],
    ],
    ['a field below', { b: { c: 1, d: 2 } }, { $set: { 'b.c': 5 } }, { 'b.c': 5 }, []],
    [
      'a document that is made on the way',
      {},
      { $set: { 'b.c.d': 1 } },
      { b: { c: { d: 1 } } },
      [],
    ],
    [
      'two fields of a document that is made',
      {},
      { $set: { 'b.c': 1, 'b.d': 2 } },
      { b: { c: 1, d: 2 } },
      [],
    ],
    ['an array as a whole', { l: [1, 2, 3] }, { $set: { l: [1, 9, 3] } }, { l: [1, 9, 3] }, []],
    ['a shorter array', { l: [1, 2, 3] }, { $set: { l: [1] } }, { l: [1] }, []],
    ['an element', { l: [1, 2, 3] }, { $set: { 'l.1': 9 } }, { 'l.1': 9 }, []],
    ['an element beyond the end', { l: [1] }, { $set: { 'l.3': 9 } }, { 'l.3': 9 }, []],
    ['an element that is appended', { l: [1] }, { $push: { l: 2 } }, { 'l.1': 2 }, []],
    ['the first element', { l: [] }, { $push: { l: 2 } }, { l: [2] }, []],
    ['an array that is made', {}, { $push: { l: 2 } }, { l: [2] }, []],
    ['an element that is taken away', { l: [1, 2] }, { $unset: { 'l.0': 1 } }, { 'l.0': null }, []],
    [
      'fields that go',
      { a: 1, b: { c: 1, d: 2 } },
      { $unset: { a: 1, 'b.c': 1, z: 1 } },
      {},
      ['a', 'b.c'],
    ],
    [
      'only what has changed',
      { a: 1, b: 1, c: 1 },
      { $set: { a: 1, b: 2 }, $max: { c: 0 }, $inc: { n: 1 } },
      { b: 2, n: 1 },
      [],
    ],
  ])('%s', async (_name, before, update, updatedFields, removedFields) => {
    const c = fresh();
    await c.insertOne({ _id: 1 as never, ...before });
    const stream = await follow(c);
    await c.updateOne({ _id: 1 as never }, update);
    const description = at(await stream.next(), 'updateDescription');
    expect(exact(description)).toBe(exact({ updatedFields, removedFields, truncatedArrays: [] }));
    await stream.close();
  });
});

describe('the events of a transaction', () => {
  it('have one time and its name, and a stream resumes between them', async () => {
    const c = fresh();
    await c.insertOne({ _id: 0 as never });
    const stream = await follow(c);
    const session = store.client.startSession();
    await session.withTransaction(async () => {
      await c.insertOne({ _id: 1 as never }, { session });
      await c.updateOne({ _id: 1 as never }, { $set: { a: 1 } }, { session });
      await c.deleteOne({ _id: 1 as never }, { session });
    });
    const committed = session.operationTime;
    const { txnNumber } = (session as unknown as { serverSession: { txnNumber: number } })
      .serverSession;
    await session.endSession();
    const events: Document[] = [await stream.next(), await stream.next(), await stream.next()];
    await stream.close();
    const [first, , last] = events as [Document, Document, Document];
    for (const event of events) {
      expect(timeOf(event).equals(timeOf(first))).toBe(true);
      expect(exact(event['lsid'])).toBe(exact(first['lsid']));
      expect(exact(at(event, 'lsid.id'))).toBe(exact(session.id?.id));
      expect(event['txnNumber']).toEqual(Long.fromNumber(txnNumber));
    }
    const tokens = events.map((event) => String(at(event, '_id._data')));
    expect([...new Set(tokens)].sort()).toEqual(tokens);
    const again = watch(c, { resumeAfter: first['_id'] });
    expect((await again.next())['operationType']).toBe('update');
    expect((await again.next())['_id']).toEqual(last['_id']);
    await again.close();
    // Who starts at the time of the commit sees all of it.
    if (!committed) throw new Error('no operation time');
    const from = watch(c, { startAtOperationTime: committed });
    expect((await from.next())['_id']).toEqual(first['_id']);
    await from.close();
  });

  it('are the only ones with a transaction', async () => {
    const c = fresh();
    const stream = await follow(c);
    await c.insertOne({ _id: 1 as never });
    expect(Object.keys(await stream.next())).toEqual([
      ...['_id', 'operationType', 'clusterTime', 'wallTime', 'fullDocument', 'ns', 'documentKey'],
    ]);
    await stream.close();
  });
});

it('the time of a write is that of its event, whoever writes beside it', async () => {
  const c = fresh();
  const stream = await follow(c);
  const told = new Map<string, Timestamp | undefined>();
  const writers = Array.from({ length: 16 }, (_, w) =>
    store.client.withSession(async (session) => {
      for (let i = 0; i < 10; i++) {
        await c.insertOne({ _id: `${w}:${i}` as never }, { session });
        told.set(`${w}:${i}`, session.operationTime);
      }
    }),
  );
  await Promise.all(writers);
  for (let n = 0; n < 160; n++) {
    const event: Document = await stream.next();
    expect(told.get(String(at(event, 'documentKey._id')))?.equals(timeOf(event))).toBe(true);
  }
  await stream.close();
});

it('a stream starts at the time that an empty store tells', async () => {
  const empty = await openTestStore();
  await empty.client.withSession(async (session) => {
    await empty.client.db(db).command({ ping: 1 }, { session });
    const startAtOperationTime = session.operationTime;
    if (!startAtOperationTime) throw new Error('no operation time');
    expect(startAtOperationTime.isZero()).toBe(false);
    const stream = empty.client.watch([], { startAtOperationTime, maxAwaitTimeMS: 50 });
    expect(await codeOf(stream.tryNext())).toBeUndefined();
    await stream.close();
  });
  await empty.stop();
});

it('a stream of all databases tells nothing of those that are the server\u2019s own', async () => {
  const c = fresh();
  const stream = store.client.watch([], { maxAwaitTimeMS: 50 });
  await stream.tryNext();
  const hidden = store.client.db('admin').collection<Document>(freshName());
  await hidden.insertOne({});
  await c.insertOne({ _id: 1 as never });
  const seen: Document[] = [];
  while (at(seen.at(-1), 'ns.coll') !== c.collectionName) seen.push(await stream.next());
  expect(seen.filter((event) => at(event, 'ns.db') === 'admin')).toEqual([]);
  await stream.close();
});

describe('a stream is not opened', () => {
  const open = (
    options: Document,
    where: Document = { aggregate: 1, db: 'admin' },
  ): Promise<number | undefined> => {
    const { db: name, ...target } = where;
    const pipeline = [{ $changeStream: { allChangesForCluster: true, ...options } }];
    return codeOf(store.client.db(String(name)).command({ ...target, pipeline, cursor: {} }));
  };

  it.each<[string, Document, number]>([
    ['with a token that is no text', { resumeAfter: { _data: 1 } }, 40647],
    ['with an empty token', { resumeAfter: {} }, 40647],
    ['with a token that is none', { resumeAfter: { _data: 'zz' } }, 9],
  ])('%s', async (_name, options, code) => {
    expect(await open(options)).toBe(code);
  });

  it('with two places to start from', async () => {
    const stream = await follow(fresh());
    const token = stream.resumeToken as Document;
    await stream.close();
    expect(await open({ resumeAfter: token, startAfter: token })).toBe(50865);
    expect(await open({ resumeAfter: { _data: `${String(token['_data'])}00` } })).toBeDefined();
  });

  it('for everything from another place than the database admin', async () => {
    expect(await open({}, { aggregate: 1, db: 'streams' })).toBe(72);
    expect(await open({}, { aggregate: 'c', db: 'admin' })).toBe(72);
  });
});
