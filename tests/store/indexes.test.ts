/** Unique, partial, multikey and TTL indexes, and what the planner makes of them. */
import { Double } from 'bson';
import type { Collection, Document, FindCursor, IndexDescription } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SERVER_URI, at, codeOf, freshName, openTestStore, type TestStore } from './support.js';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.stop());

const fresh = (): Collection<Document> => store.client.db('indexes').collection(freshName());

/** The stages of the winning plan from the outside in, with the index. */
async function planOf(
  collection: Collection<Document>,
  filter: Document,
  sort?: Document,
): Promise<string> {
  const cursor = collection.find(filter);
  if (sort) cursor.sort(sort as Record<string, 1 | -1>);
  const winning = at(await cursor.explain(), 'queryPlanner.winningPlan');
  // MongoDB's slot-based engine puts its own stages beside the plan.
  let stage = (at(winning, 'queryPlan') ?? winning) as Document | undefined;
  const names: string[] = [];
  for (; stage; stage = stage['inputStage'] as Document | undefined) {
    names.push(
      stage['indexName'] ? `${stage['stage']}(${stage['indexName']})` : String(stage['stage']),
    );
  }
  return names.join(' ');
}

interface Stats {
  readonly nReturned: number;
  readonly totalKeysExamined: number;
  readonly totalDocsExamined: number;
}

const statsOf = async (cursor: FindCursor): Promise<Stats> =>
  at(await cursor.explain(), 'executionStats') as Stats;

describe('unique indexes', () => {
  it('refuse a second document with the same key and say which', async () => {
    const c = fresh();
    await c.createIndex({ app: 1, name: 1 }, { unique: true });
    await c.insertOne({ app: 'x', name: 'a' });
    const error = (await c.insertOne({ app: 'x', name: 'a' }).catch((e: unknown) => e)) as Document;
    expect(error['code']).toBe(11000);
    expect(error['keyPattern']).toEqual({ app: 1, name: 1 });
    expect(error['keyValue']).toEqual({ app: 'x', name: 'a' });
    expect(String(error['message'])).toMatch(/^E11000 duplicate key error collection: indexes\./);
  });

  it('count a missing field as null', async () => {
    const c = fresh();
    await c.createIndex({ a: 1 }, { unique: true });
    await c.insertOne({ a: null });
    expect(await codeOf(c.insertOne({}))).toBe(11000);
  });

  it('take 1 and 1.0 for the same key', async () => {
    const c = fresh();
    await c.createIndex({ a: 1 }, { unique: true });
    await c.insertOne({ a: 1 });
    expect(await codeOf(c.insertOne({ a: new Double(1) }))).toBe(11000);
  });

  it('hold across the elements of different documents, not within one', async () => {
    const c = fresh();
    await c.createIndex({ a: 1 }, { unique: true });
    await c.insertOne({ a: [1, 1, 2] });
    expect(await codeOf(c.insertOne({ a: [3, 2] }))).toBe(11000);
    expect(await codeOf(c.insertOne({ a: [3, 4] }))).toBeUndefined();
  });

  it('are kept by updates, and free the old key', async () => {
    const c = fresh();
    await c.createIndex({ a: 1 }, { unique: true });
    await c.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ] as Document[]);
    expect(await codeOf(c.updateOne({ a: 2 }, { $set: { a: 1 } }))).toBe(11000);
    await c.updateOne({ a: 1 }, { $set: { a: 3 } });
    expect(await codeOf(c.updateOne({ a: 2 }, { $set: { a: 1 } }))).toBeUndefined();
  });

  it('cannot be built over duplicates, and leave nothing behind', async () => {
    const c = fresh();
    await c.insertMany([{ a: 1 }, { a: 1 }]);
    expect(await codeOf(c.createIndex({ a: 1 }, { unique: true }))).toBe(11000);
    expect((await c.listIndexes().toArray()).map((index) => at(index, 'name'))).toEqual(['_id_']);
  });

  it('refuse a second _id', async () => {
    const c = fresh();
    await c.insertOne({ _id: 1 as never });
    expect(await codeOf(c.insertOne({ _id: 1 as never }))).toBe(11000);
  });

  it('find nothing for values that are longer than a key may be', async () => {
    const c = fresh();
    await c.createIndex({ a: 1 });
    const long = 'x'.repeat(3000);
    await c.insertOne({ a: 'y' });
    expect(await c.countDocuments({ a: long })).toBe(0);
    expect(await c.countDocuments({ a: { $gte: long } })).toBe(1);
  });

  it('an ordered insert stops at a duplicate, an unordered one goes on', async () => {
    const c = fresh();
    const docs = [{ _id: 1 }, { _id: 1 }, { _id: 2 }] as unknown as Document[];
    expect(await codeOf(c.insertMany(docs))).toBe(11000);
    expect(await c.countDocuments()).toBe(1);
    expect(await codeOf(c.insertMany(docs, { ordered: false }))).toBe(11000);
    expect(await c.countDocuments()).toBe(2);
  });
});

describe('partial indexes', () => {
  it('a partial unique index holds only where its filter does', async () => {
    const c = fresh();
    await c.createIndex({ name: 1 }, { unique: true, partialFilterExpression: { live: true } });
    await c.insertMany([
      { name: 'a', live: false },
      { name: 'a', live: false },
      { name: 'a', live: true },
    ]);
    expect(await codeOf(c.insertOne({ name: 'a', live: true }))).toBe(11000);
    expect(await codeOf(c.updateOne({ live: false }, { $set: { live: true } }))).toBe(11000);
    await c.updateOne({ live: true }, { $set: { live: false } });
    expect(await codeOf(c.updateOne({ live: false }, { $set: { live: true } }))).toBeUndefined();
  });

  it.each([
    [{ state: 'LIVE' }, { n: 1, state: 'LIVE' }, true],
    [{ state: 'LIVE' }, { n: 1, $and: [{ state: 'LIVE' }] }, true],
    [{ state: 'LIVE' }, { n: 1, state: 'DEAD' }, false],
    [{ state: 'LIVE' }, { n: 1, state: { $in: ['LIVE'] } }, true],
    [{ state: 'LIVE' }, { n: 1, state: { $in: ['DEAD'] } }, false],
    [{ state: 'LIVE' }, { n: 1, state: { $in: ['LIVE', 'DEAD'] } }, false],
    [{ state: 'LIVE' }, { n: 1 }, false],
    [{ state: 'LIVE', m: 9 }, { n: 1, m: 9, state: 'LIVE' }, true],
    [{ state: 'LIVE', m: 9 }, { n: 1, state: 'LIVE' }, false],
  ])('partial filter %j, query %j: used %j', async (partialFilterExpression, filter, used) => {
    const c = fresh();
    await c.createIndex({ n: 1 }, { name: 'p', partialFilterExpression });
    await c.insertMany([
      { n: 1 },
      { n: 1, state: 'LIVE', m: 9 },
      { n: 1, state: 'LIVE' },
      { n: 1, state: 'DEAD', m: 9 },
    ]);
    expect(await planOf(c, filter)).toBe(used ? 'FETCH IXSCAN(p)' : 'COLLSCAN');
  });
});

describe('the planner', () => {
  it('chooses by equality, range and order', async () => {
    const c = fresh();
    await c.createIndexes([
      { key: { a: 1, b: 1 }, name: 'ab' },
      { key: { c: 1 }, name: 'c' },
    ]);
    await c.insertMany(Array.from({ length: 50 }, (_, i) => ({ a: i % 5, b: i, c: i })));
    expect(await planOf(c, { a: 1 })).toBe('FETCH IXSCAN(ab)');
    expect(await planOf(c, { a: 1 }, { b: -1 })).toBe('FETCH IXSCAN(ab)');
    expect(await planOf(c, { a: 1 }, { b: 1 })).toBe('FETCH IXSCAN(ab)');
    expect(await planOf(c, {}, { a: -1, b: -1 })).toBe('FETCH IXSCAN(ab)');
    expect(await planOf(c, {}, { a: 1, b: -1 })).toBe('SORT COLLSCAN');
    expect(await planOf(c, { c: { $gt: 3, $lt: 9 } })).toBe('FETCH IXSCAN(c)');
    expect(await planOf(c, { b: 3 })).toBe('COLLSCAN');
    expect(await planOf(c, { a: { $in: [1, 2] } }, { a: 1 })).toBe('FETCH IXSCAN(ab)');
  });

  // MongoDB merges the sorted scans of such a query.
  it.skipIf(SERVER_URI !== undefined)('sorts what it finds under several keys', async () => {
    const c = fresh();
    await c.createIndex({ a: 1, b: 1 }, { name: 'ab' });
    expect(await planOf(c, { a: { $in: [1, 2] } }, { b: 1 })).toBe('SORT FETCH IXSCAN(ab)');
  });

  it('reads no more than it returns', async () => {
    const c = fresh();
    await c.createIndex({ a: 1, b: 1 });
    await c.insertMany(Array.from({ length: 200 }, (_, i) => ({ a: i % 4, b: i })));
    const stats = await statsOf(c.find({ a: 1, b: { $gte: 50, $lt: 90 } }));
    expect([stats.nReturned, stats.totalKeysExamined, stats.totalDocsExamined]).toEqual([
      10, 10, 10,
    ]);
    const page = await statsOf(c.find({ a: 1 }).sort({ b: 1 }).limit(20));
    expect(page.totalKeysExamined).toBe(20);
  });

  it('finds a document once through several keys', async () => {
    const c = fresh();
    await c.createIndex({ tags: 1 });
    await c.insertOne({ tags: ['a', 'b', 'c'] });
    expect((await c.find({ tags: { $in: ['a', 'c'] } }).toArray()).length).toBe(1);
    expect((await c.find({ tags: { $gte: 'a' } }).toArray()).length).toBe(1);
    expect((await c.find({}).sort({ tags: -1 }).toArray()).length).toBe(1);
  });

  it('refuses keys in parallel arrays', async () => {
    const c = fresh();
    await c.createIndex({ a: 1, b: 1 });
    expect(await codeOf(c.insertOne({ a: [1], b: [2] }))).toBe(171);
  });
});

describe('creating an index that is there', () => {
  const spec = { key: { a: 1 }, name: 'a', unique: true, expireAfterSeconds: 60 } as const;
  const partialFilterExpression = { live: true };

  // The key, `unique` and the filter tell two indexes apart (SERVER-25023, SERVER-47657), the name and the time do not.
  it.each([
    ['the same again', {}, undefined, 1],
    ['by another name', { name: 'b' }, 85, 1],
    ['with another time', { expireAfterSeconds: 61 }, 85, 1],
    ['by another name, with another time', { name: 'b', expireAfterSeconds: 61 }, 85, 1],
    ['not unique', { unique: false }, 86, 1],
    ['only for some documents', { partialFilterExpression }, 86, 1],
    ['over another field', { key: { b: 1 } }, 86, 1],
    ['by another name, not unique', { name: 'b', unique: false }, undefined, 2],
    ['by another name, for some documents', { name: 'b', partialFilterExpression }, undefined, 2],
    ['by another name, over another field', { name: 'b', key: { b: 1 } }, undefined, 2],
  ])('%s', async (_, change, code, count) => {
    const c = fresh();
    await c.createIndexes([{ ...spec }]);
    const wanted = { ...spec, ...change };
    expect(await codeOf(c.createIndexes([wanted as unknown as IndexDescription]))).toBe(code);
    const names = (await c.listIndexes().toArray()).map((index) => at(index, 'name'));
    expect(names).toEqual(['_id_', 'a', 'b'].slice(0, 1 + count));
  });

  it('two on the same key both hold', async () => {
    const c = fresh();
    await c.createIndexes([{ key: { a: 1 }, unique: true }]);
    await c.createIndexes([{ key: { a: 1 }, name: 'plain' }]);
    await c.insertMany([{ a: 1 }, { a: 2 }]);
    expect(await codeOf(c.insertOne({ a: 1 }))).toBe(11000);
    await c.updateOne({ a: 2 }, { $set: { a: 3 } });
    const sorted = await c
      .find({ a: { $gte: 1 } })
      .sort({ a: -1 })
      .toArray();
    expect(sorted.map((doc) => at(doc, 'a'))).toEqual([3, 1]);
    await c.deleteOne({ a: 3 });
    expect(await codeOf(c.insertOne({ a: 3 }))).toBeUndefined();
  });
});
