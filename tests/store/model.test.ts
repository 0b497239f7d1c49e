/** Random documents, writes and queries under random indexes, against a naive model in memory. */
import fc from 'fast-check';
import type { Collection, CreateIndexesOptions, Document, IndexSpecification } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshName, openTestStore, type TestStore } from './support.js';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.stop());

type Scalar = number | string | null;
type Field = Scalar | Scalar[];
type Row = { _id: number; a?: Field; b?: Scalar };
type Condition =
  { $eq: Scalar } | { $gt: number } | { $lte: number } | { $in: Scalar[] } | { $ne: Scalar };
type Filter = { a?: Condition; b?: Condition };
type Step =
  | { op: 'insert'; row: Row }
  | { op: 'set'; filter: Filter; a: Field }
  | { op: 'unset'; filter: Filter }
  | { op: 'inc'; filter: Filter; by: number }
  | { op: 'delete'; filter: Filter }
  | { op: 'deleteOne'; id: number };

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.5, -1.5),
  fc.constantFrom('', 'x', 'y', 'xy'),
  fc.constant(null),
);
const field: fc.Arbitrary<Field> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  fc.array(scalar, { maxLength: 3 }),
);
const row: fc.Arbitrary<Row> = fc.record(
  { _id: fc.integer({ min: 0, max: 30 }), a: field, b: scalar },
  { requiredKeys: ['_id'] },
);
const number = fc.integer({ min: -3, max: 3 });
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ $eq: scalar }),
  fc.record({ $gt: number }),
  fc.record({ $lte: number }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $ne: scalar }),
);
const filter: fc.Arbitrary<Filter> = fc.record(
  { a: condition, b: condition },
  { requiredKeys: [] },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ op: fc.constant('insert' as const), row }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('set' as const), filter, a: field }) },
  fc.record({ op: fc.constant('unset' as const), filter }),
  fc.record({ op: fc.constant('inc' as const), filter, by: number }),
  fc.record({ op: fc.constant('delete' as const), filter }),
  fc.record({ op: fc.constant('deleteOne' as const), id: fc.integer({ min: 0, max: 30 }) }),
);
const INDEXES: (CreateIndexesOptions & { key: IndexSpecification })[] = [
  { key: { a: 1 } },
  { key: { a: 1, b: 1 } },
  { key: { b: 1, a: 1 } },
  { key: { b: 1 } },
  { key: { a: 1, _id: 1 }, name: 'partial', partialFilterExpression: { b: 1 } },
];

const elements = (value: Field | undefined): (Scalar | undefined)[] =>
  Array.isArray(value) ? value : [value];
const same = (value: Scalar | undefined, wanted: Scalar): boolean => (value ?? null) === wanted;
const equals = (value: Field | undefined, wanted: Scalar): boolean =>
  elements(value).some((item) => same(item, wanted));

function holds(value: Field | undefined, wanted: Condition): boolean {
  if ('$eq' in wanted) return equals(value, wanted.$eq);
  if ('$ne' in wanted) return !equals(value, wanted.$ne);
  if ('$in' in wanted) return wanted.$in.some((item) => equals(value, item));
  return elements(value).some((item) => {
    if (typeof item !== 'number') return false;
    return '$gt' in wanted ? item > wanted.$gt : item <= wanted.$lte;
  });
}

const matches = (doc: Row, { a, b }: Filter): boolean =>
  (!a || holds(doc.a, a)) && (!b || holds(doc.b, b));

/** What the step does to the model; undefined when the whole step fails. */
function applyToModel(rows: Map<number, Row>, action: Step): Map<number, Row> {
  const next = new Map(rows);
  if (action.op === 'insert') {
    if (!next.has(action.row._id)) next.set(action.row._id, action.row);
    return next;
  }
  if (action.op === 'deleteOne') {
    next.delete(action.id);
    return next;
  }
  for (const [id, doc] of rows) {
    if (!matches(doc, action.filter)) continue;
    if (action.op === 'delete') next.delete(id);
    if (action.op === 'set') next.set(id, { ...doc, a: action.a });
    if (action.op === 'unset') {
      const { a: _a, ...rest } = doc;
      next.set(id, rest);
    }
    if (action.op === 'inc') next.set(id, { ...doc, b: ((doc.b ?? 0) as number) + action.by });
  }
  return next;
}

async function applyToStore(c: Collection<Row>, action: Step): Promise<void> {
  if (action.op === 'insert') await c.insertOne(action.row).catch(() => undefined);
  if (action.op === 'deleteOne') await c.deleteOne({ _id: action.id });
  if (action.op === 'delete') await c.deleteMany(action.filter as Document);
  if (action.op === 'set')
    await c.updateMany(action.filter as Document, { $set: { a: action.a } as never });
  if (action.op === 'unset')
    await c.updateMany(action.filter as Document, { $unset: { a: 1 } as never });
  if (action.op === 'inc') {
    // Only where the model can add: numbers and missing fields.
    const numbers = { $or: [{ b: { $gte: -Infinity } }, { b: { $exists: false } }] };
    await c.updateMany({ $and: [action.filter, numbers] } as Document, {
      $inc: { b: action.by } as never,
    });
  }
}

const canIncrement = (doc: Row): boolean => doc.b === undefined || typeof doc.b === 'number';

function stepModel(rows: Map<number, Row>, action: Step): Map<number, Row> {
  if (action.op !== 'inc') return applyToModel(rows, action);
  const able = new Map([...rows].filter(([, doc]) => canIncrement(doc)));
  return new Map([...rows, ...applyToModel(able, action)]);
}

describe('random histories', () => {
  it(
    'end in the state of the model, and every query finds what the model finds',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.subarray(INDEXES),
          fc.array(step, { minLength: 5, maxLength: 40 }),
          fc.array(filter, { minLength: 3, maxLength: 10 }),
          async (indexes, steps, filters) => {
            const db = store.client.db('model');
            const [c, plain] = [freshName(), freshName()].map((name) => db.collection<Row>(name));
            if (!c || !plain) throw new Error('two collections');
            for (const { key, ...options } of indexes) await c.createIndex(key, options);
            let model = new Map<number, Row>();
            for (const action of steps) {
              model = stepModel(model, action);
              await applyToStore(c, action);
            }
            const stored = await c.find().sort({ _id: 1 }).toArray();
            const expected = [...model.values()].sort((x, y) => x._id - y._id);
            expect(stored).toEqual(expected);
            if (stored.length > 0) await plain.insertMany(stored);
            for (const wanted of filters) {
              const ids = (
                await c.find(wanted as Document, { projection: { _id: 1 } }).toArray()
              ).map((doc) => doc._id);
              const own = expected.filter((doc) => matches(doc, wanted)).map((doc) => doc._id);
              expect([...ids].sort((x, y) => x - y)).toEqual(own);
              expect(await c.countDocuments(wanted as Document)).toBe(own.length);
              for (const sort of [
                { a: 1, _id: 1 },
                { b: -1, _id: 1 },
                { b: 1, a: 1, _id: 1 },
              ] as Document[]) {
                const byPlan = await c
                  .find(wanted as Document)
                  .sort(sort as Record<string, 1 | -1>)
                  .limit(5)
                  .toArray();
                const byScan = await plain
                  .find(wanted as Document)
                  .sort(sort as Record<string, 1 | -1>)
                  .limit(5)
                  .toArray();
                expect(byPlan).toEqual(byScan);
              }
            }
            await c.drop().catch(() => undefined);
            await plain.drop().catch(() => undefined);
          },
        ),
        { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 40) },
      );
    },
  );
});
