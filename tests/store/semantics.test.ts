/** MongoDB's documented behaviour, case by case; the same for any server named by MONGODB_URI. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyBulkWriteOperation, Collection, Document } from 'mongodb';
import { FIND_CASES, PIPELINE_CASES } from './cases/find.js';
import { QUERY_CASES } from './cases/query.js';
import { READ_FIND_CASES, READ_QUERY_CASES } from './cases/read.js';
import type { FindCase, PipelineCase, QueryCase, UpdateCase } from './cases/types.js';
import { UPDATE_CASES } from './cases/update.js';
import { at, codeOf, exact, freshName, openTestStore, type TestStore } from './support.js';

type Anything = Collection<Document>;
type IndexKey = Record<string, 1>;

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.stop());

async function collectionWith(docs: readonly object[], index?: IndexKey): Promise<Anything> {
  const collection: Anything = store.client.db('semantics').collection(freshName());
  if (index) await collection.createIndex(index);
  if (docs.length > 0) {
    const inserts = docs.map((document) => ({
      insertOne: { document },
    })) as AnyBulkWriteOperation[];
    await collection.bulkWrite(inserts);
  }
  return collection;
}

const sorted = (items: readonly unknown[]): string[] => items.map(exact).sort();

async function runQuery(test: QueryCase, index?: IndexKey): Promise<void> {
  const collection = await collectionWith(test.docs, index);
  const found = collection.find(test.filter, { promoteValues: false }).toArray();
  if (test.error !== undefined) return expect(await codeOf(found)).toBe(test.error);
  const ids = (await found).map((doc) => Number(doc['_id']));
  expect([...ids].sort((a, b) => a - b)).toEqual(test.ids);
  // An index alone may tell how many there are.
  expect(await collection.countDocuments(test.filter)).toBe(ids.length);
}

const INDEXES: [string, IndexKey | undefined][] = [
  ['by a scan', undefined],
  ['by an index', { a: 1 }],
  ['by a compound index', { a: 1, b: 1 }],
  ['by an index on another field first', { b: 1, a: 1 }],
];

describe.each(INDEXES)('query %s', (_name, index) => {
  for (const [topic, cases] of [
    ...Object.entries(QUERY_CASES),
    ...Object.entries(READ_QUERY_CASES),
  ]) {
    describe(topic, () => {
      it.each([...cases])('$name', (test) => runQuery(test, index));
    });
  }
});

async function runUpdate(test: UpdateCase): Promise<void> {
  const collection = await collectionWith(test.before ? [{ _id: 1, ...test.before }] : []);
  const filter = test.filter ?? { _id: 1 };
  const done = store.client.db('semantics').command({
    update: collection.collectionName,
    updates: [{ q: filter, u: test.update, ...(test.upsert && { upsert: true }) }],
  });
  const reply = await done;
  const [failure] = (reply['writeErrors'] ?? []) as { code: number }[];
  expect(failure?.code).toBe(test.error);
  if (test.error !== undefined) return;
  const after = await collection.findOne({}, { promoteValues: false });
  expect(exact(after)).toBe(exact({ _id: 1, ...test.after }));
}

describe('update', () => {
  for (const [topic, cases] of Object.entries(UPDATE_CASES)) {
    describe(topic, () => {
      it.each([...cases])('$name', runUpdate);
    });
  }
});

async function runFind(test: FindCase, index?: IndexKey): Promise<void> {
  const collection = await collectionWith(test.docs, index);
  const { filter = {}, sort, skip, limit, projection } = test;
  const reply = store.client.db('semantics').command(
    {
      find: collection.collectionName,
      filter,
      ...(sort && { sort }),
      ...(skip !== undefined && { skip }),
      ...(limit !== undefined && { limit }),
      ...(projection && { projection }),
    },
    { promoteValues: false },
  );
  if (test.error !== undefined) return expect(await codeOf(reply)).toBe(test.error);
  const batch = at(await reply, 'cursor.firstBatch') as Document[];
  if (test.ids) expect(batch.map((doc) => Number(doc['_id']))).toEqual(test.ids);
  else expect(batch.map(exact)).toEqual((test.expect ?? []).map(exact));
}

describe.each(INDEXES)('sort %s', (_name, index) => {
  it.each([...FIND_CASES.sorting, ...READ_FIND_CASES.sorting])('$name', (test) =>
    runFind(test, index),
  );
});

describe('projection', () => {
  it.each([...FIND_CASES.projections, ...READ_FIND_CASES.projections])('$name', (test) =>
    runFind(test),
  );
});

async function runPipeline(test: PipelineCase): Promise<void> {
  const collection = await collectionWith(test.docs);
  const result = collection.aggregate([...test.pipeline], { promoteValues: false }).toArray();
  if (test.error !== undefined) return expect(await codeOf(result)).toBe(test.error);
  const expected = test.expect ?? [];
  if (test.anyOrder) expect(sorted(await result)).toEqual(sorted(expected));
  else expect((await result).map(exact)).toEqual(expected.map(exact));
}

describe('aggregate', () => {
  it.each(PIPELINE_CASES)('$name', runPipeline);
});
