/** Change streams: every change once, in order, and again from any point. */
import type {
  ChangeStream,
  ChangeStreamDocument,
  ChangeStreamOptions,
  Collection,
  Document,
  ResumeToken,
} from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  SERVER_URI,
  at,
  codeOf,
  freshName,
  makeDirectory,
  openTestStore,
  removeDirectory,
  startStore,
  MongoClient,
  type Client,
  type TestStore,
} from './support.js';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.stop());

const fresh = (): Collection<Document> => store.client.db('streams').collection(freshName());

/** Follows one collection through a stream of everything, which is the one kind that the embedded store has. */
function watch(
  c: Collection<Document>,
  options: ChangeStreamOptions,
  pipeline: Document[] = [],
  client: Client = store.client,
): ChangeStream<Document> {
  const own = { $match: { 'ns.db': c.dbName, 'ns.coll': c.collectionName } };
  return client.watch([own, ...pipeline], options);
}

/** Opens a stream for certain: the first look establishes it. */
async function opened<T extends ChangeStream<Document>>(stream: T): Promise<T> {
  await stream.tryNext();
  return stream;
}

async function take(
  stream: ChangeStream<Document>,
  count: number,
): Promise<ChangeStreamDocument[]> {
  const events: ChangeStreamDocument[] = [];
  while (events.length < count) events.push(await stream.next());
  return events;
}

const brief = (event: Document): unknown[] => [
  event['operationType'],
  at(event, 'documentKey._id'),
];

describe('a change stream', () => {
  it('tells inserts, updates and deletes', async () => {
    const c = fresh();
    const stream = await opened(watch(c, { maxAwaitTimeMS: 50 }));
    await c.insertOne({ _id: 1 as never, a: 1, b: { c: 1, d: 2 }, l: [1, 2, 3] });
    await c.updateOne({ _id: 1 as never }, { $set: { 'b.c': 5, e: 1 }, $unset: { a: 1 } });
    await c.updateOne({ _id: 1 as never }, { $push: { l: 4 } as never });
    await c.updateOne({ _id: 1 as never }, { $set: { e: 1 } });
    await c.deleteOne({ _id: 1 as never });
    const events: Document[] = await take(stream, 4);
    expect(events.map(brief)).toEqual([
      ['insert', 1],
      ['update', 1],
      ['update', 1],
      ['delete', 1],
    ]);
    expect(events[0]?.['fullDocument']).toEqual({ _id: 1, a: 1, b: { c: 1, d: 2 }, l: [1, 2, 3] });
    expect(events[0]?.['ns']).toEqual({ db: 'streams', coll: c.collectionName });
    expect(events[1]?.['updateDescription']).toMatchObject({
      updatedFields: { 'b.c': 5, e: 1 },
      removedFields: ['a'],
    });
    expect(events[1]?.['fullDocument']).toBeUndefined();
    expect(events[2]?.['updateDescription']).toMatchObject({ updatedFields: { 'l.3': 4 } });
    await stream.close();
  });

  it('looks up the document of an update', async () => {
    const c = fresh();
    await c.insertOne({ _id: 1 as never, n: 1 });
    const stream = await opened(watch(c, { fullDocument: 'updateLookup', maxAwaitTimeMS: 50 }));
    await c.updateOne({ _id: 1 as never }, { $inc: { n: 1 } });
    const [event] = (await take(stream, 1)) as Document[];
    expect(event?.['fullDocument']).toEqual({ _id: 1, n: 2 });
    await stream.close();
  });

  it('filters by its pipeline', async () => {
    const c = fresh();
    const stream = await opened(
      watch(c, { maxAwaitTimeMS: 50 }, [
        {
          $match: {
            operationType: { $in: ['insert', 'drop'] },
            $or: [{ 'ns.coll': c.collectionName }],
          },
        },
      ]),
    );
    await c.insertOne({ n: 1 });
    await c.updateOne({ n: 1 }, { $set: { n: 2 } });
    await c.deleteMany({});
    await c.insertOne({ n: 3 });
    const events: Document[] = await take(stream, 2);
    expect(events.map((e) => at(e, 'fullDocument.n'))).toEqual([1, 3]);
    await stream.close();
  });

  it('resumes after any event without gap or duplicate', async () => {
    const c = fresh();
    const stream = await opened(watch(c, { maxAwaitTimeMS: 50 }));
    await c.insertMany(Array.from({ length: 10 }, (_, i) => ({ _id: i as never })));
    const events: Document[] = await take(stream, 10);
    await stream.close();
    for (const index of [0, 4, 8]) {
      const again = watch(c, { resumeAfter: events[index]?.['_id'], maxAwaitTimeMS: 50 });
      const rest: Document[] = await take(again, 9 - index);
      expect(rest.map((e) => at(e, 'documentKey._id'))).toEqual(
        Array.from({ length: 9 - index }, (_, i) => index + 1 + i),
      );
      await again.close();
    }
    const ids = events.map((e) => String(at(e, '_id._data')));
    expect([...ids].sort()).toEqual(ids);
  });

  it('resumes from the token of an empty batch', async () => {
    const c = fresh();
    const stream = await opened(watch(c, { maxAwaitTimeMS: 20 }));
    await fresh().insertOne({ elsewhere: true });
    await stream.tryNext();
    const token = stream.resumeToken;
    await stream.close();
    await c.insertOne({ _id: 7 as never });
    const again = watch(c, { resumeAfter: token, maxAwaitTimeMS: 50 });
    expect((await take(again, 1)).map(brief)).toEqual([['insert', 7]]);
    await again.close();
  });

  it('starts at an operation time', async () => {
    const c = fresh();
    await c.insertOne({ _id: 1 as never });
    const session = store.client.startSession();
    await c.insertOne({ _id: 2 as never }, { session });
    const startAtOperationTime = session.operationTime;
    await session.endSession();
    if (!startAtOperationTime) throw new Error('no operation time');
    await c.insertOne({ _id: 3 as never });
    const stream = watch(c, { startAtOperationTime, maxAwaitTimeMS: 50 });
    expect((await take(stream, 2)).map(brief)).toEqual([
      ['insert', 2],
      ['insert', 3],
    ]);
    await stream.close();
  });

  it('follows all databases', async () => {
    const other = store.client.db(`streams_${freshName()}`);
    // Other users of a server have changes too.
    const own = { 'ns.db': { $in: ['streams', other.databaseName] } };
    const every = await opened(store.client.watch([{ $match: own }], { maxAwaitTimeMS: 50 }));
    await fresh().insertOne({ _id: 1 as never });
    await other.collection('x').insertOne({ _id: 2 as never });
    await other.collection('x').drop();
    expect((await take(every, 3)).map(brief)).toEqual([
      ['insert', 1],
      ['insert', 2],
      ['drop', undefined],
    ]);
    await every.close();
  });

  it('tells all changes of a transaction together, at its commit', async () => {
    const c = fresh();
    await c.insertOne({ _id: 0 as never });
    const stream = await opened(watch(c, { maxAwaitTimeMS: 50 }));
    const session = store.client.startSession();
    session.startTransaction();
    await c.insertOne({ _id: 1 as never }, { session });
    await c.insertOne({ _id: 9 as never });
    await c.insertOne({ _id: 2 as never }, { session });
    await session.commitTransaction();
    await session.endSession();
    expect((await take(stream, 3)).map(brief)).toEqual([
      ['insert', 9],
      ['insert', 1],
      ['insert', 2],
    ]);
    await stream.close();
  });

  it('refuses a token that is none', async () => {
    const stream = watch(fresh(), { resumeAfter: { _data: 'zz' } });
    expect(await codeOf(stream.next())).toBeDefined();
    await stream.close();
  });

  it('shows 8 followers the same history of 16 writers', async () => {
    const c = fresh();
    const followers = await Promise.all(
      Array.from({ length: 8 }, () => opened(watch(c, { maxAwaitTimeMS: 100 }))),
    );
    const rounds = 20;
    const writers = Array.from({ length: 16 }, async (_, w) => {
      for (let i = 0; i < rounds; i++) await c.insertOne({ _id: `${w}:${i}` as never });
    });
    const [, ...histories] = await Promise.all([
      Promise.all(writers),
      ...followers.map(async (stream) =>
        (await take(stream, 16 * rounds)).map((e: Document) => String(at(e, 'documentKey._id'))),
      ),
    ]);
    for (const history of histories) expect(history).toEqual(histories[0]);
    for (let w = 0; w < 16; w++) {
      const own = histories[0]?.filter((id) => id.startsWith(`${w}:`));
      expect(own).toEqual(Array.from({ length: rounds }, (_, i) => `${w}:${i}`));
    }
    await Promise.all(followers.map((stream) => stream.close()));
  });
});

describe.skipIf(SERVER_URI !== undefined)('the history of the embedded store', () => {
  it('survives a restart', async () => {
    const directory = makeDirectory();
    const first = await startStore(directory);
    const one = await MongoClient.connect(first.uri);
    const c = one.db('x').collection<Document>('c');
    const stream = await opened(watch(c, { maxAwaitTimeMS: 20 }, [], one));
    await c.insertMany([{ _id: 1 }, { _id: 2 }] as unknown as Document[]);
    const [event] = (await take(stream, 1)) as Document[];
    await one.close();
    await first.close();
    const second = await startStore(directory);
    const two = await MongoClient.connect(second.uri);
    const resumed = { resumeAfter: event?.['_id'] as ResumeToken, maxAwaitTimeMS: 20 };
    const again = watch(c, resumed, [], two);
    expect((await take(again, 1)).map(brief)).toEqual([['insert', 2]]);
    await two.close();
    await second.close();
    removeDirectory(directory);
  });

  it('is trimmed, and says so to whoever comes too late', async () => {
    const changeLog = { maxAgeMs: 60_000, maxEntries: 10 };
    const small = await openTestStore({ changeLog, sweepIntervalMs: 20 });
    const c = small.client.db('x').collection<Document>('c');
    const stream = await opened(watch(c, { maxAwaitTimeMS: 20 }, [], small.client));
    await c.insertOne({ _id: 0 as never });
    const [event] = (await take(stream, 1)) as Document[];
    await stream.close();
    await c.insertMany(Array.from({ length: 50 }, (_, i) => ({ n: i })));
    const resume = async (): Promise<Document> => {
      const late = watch(c, { resumeAfter: event?.['_id'], maxAwaitTimeMS: 20 }, [], small.client);
      const error = (await late.next().catch((e: unknown) => e)) as Document;
      await late.close();
      return error;
    };
    let outcome = await resume();
    const until = Date.now() + 5000;
    while (outcome['code'] !== 286 && Date.now() < until) outcome = await resume();
    expect(outcome['code']).toBe(286);
    expect(
      (outcome as unknown as { hasErrorLabel(l: string): boolean }).hasErrorLabel(
        'NonResumableChangeStreamError',
      ),
    ).toBe(true);
    await small.stop();
  });
});
