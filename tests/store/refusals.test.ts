/** What the embedded store does not have it refuses by name, never silently. */
import type { Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SERVER_URI, at, openTestStore, type TestStore } from './support.js';

const REFUSED: [string, Document, number, RegExp][] = [
  ['an unknown command', { foo: 1 }, 59, /foo/],
  ['mapReduce', { mapReduce: 'c' }, 59, /mapReduce/],
  ['an unknown option', { find: 'c', filter: {}, foo: 1 }, 115, /foo/],
  ['a tailable cursor', { find: 'c', tailable: true }, 115, /tailable/],
  ['$expr', { find: 'c', filter: { $expr: { $eq: [1, 1] } } }, 115, /\$expr/],
  ['$where', { find: 'c', filter: { $where: 'true' } }, 115, /\$where/],
  ['$mod', { find: 'c', filter: { a: { $mod: [2, 0] } } }, 115, /\$mod/],
  ['$text', { find: 'c', filter: { $text: { $search: 'x' } } }, 115, /\$text/],
  ['$near', { find: 'c', filter: { a: { $near: [0, 0] } } }, 115, /\$near/],
  ['a collation', { find: 'c', collation: { locale: 'de' } }, 115, /de/],
  ['$slice in a projection', { find: 'c', projection: { a: { $slice: 1 } } }, 115, /\$slice/],
  [
    '$elemMatch in a projection',
    { find: 'c', projection: { a: { $elemMatch: { b: 1 } } } },
    115,
    /\$elemMatch/,
  ],
  [
    'a positional projection',
    { find: 'c', filter: { a: 1 }, projection: { 'a.$': 1 } },
    115,
    /a\.\$/,
  ],
  ['a sort by $meta', { find: 'c', sort: { a: { $meta: 'textScore' } } }, 115, /sort/],
  ['$lookup', { aggregate: 'c', pipeline: [{ $lookup: {} }], cursor: {} }, 40324, /\$lookup/],
  ['$out', { aggregate: 'c', pipeline: [{ $out: 'x' }], cursor: {} }, 40324, /\$out/],
  [
    'an expression in $group',
    { aggregate: 'c', pipeline: [{ $group: { _id: { $add: [1, 2] } } }], cursor: {} },
    115,
    /\$add/,
  ],
  [
    'an unknown accumulator',
    { aggregate: 'c', pipeline: [{ $group: { _id: null, x: { $addToSet: '$a' } } }], cursor: {} },
    115,
    /\$addToSet/,
  ],
  [
    'a computed $project',
    { aggregate: 'c', pipeline: [{ $project: { x: { $add: [1, 2] } } }], cursor: {} },
    115,
    /\$add/,
  ],
  [
    '$project after a change stream',
    { aggregate: 'c', pipeline: [{ $changeStream: {} }, { $project: { a: 1 } }], cursor: {} },
    115,
    /\$project/,
  ],
  [
    'pre-images',
    {
      aggregate: 'c',
      pipeline: [{ $changeStream: { fullDocumentBeforeChange: 'required' } }],
      cursor: {},
    },
    115,
    /fullDocumentBeforeChange/,
  ],
  [
    'a text index',
    { createIndexes: 'c', indexes: [{ key: { a: 'text' }, name: 'a' }] },
    115,
    /text/,
  ],
  [
    'a hashed index',
    { createIndexes: 'c', indexes: [{ key: { a: 'hashed' }, name: 'a' }] },
    115,
    /hashed/,
  ],
  [
    'an index option',
    { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a', hidden: true }] },
    115,
    /hidden/,
  ],
  [
    'a partial filter with $ne',
    {
      createIndexes: 'c',
      indexes: [{ key: { a: 1 }, name: 'a', partialFilterExpression: { a: { $ne: 1 } } }],
    },
    67,
    /\$ne/,
  ],
  [
    'a compound TTL index',
    { createIndexes: 'c', indexes: [{ key: { a: 1, b: 1 }, name: 'a', expireAfterSeconds: 1 }] },
    67,
    /TTL/,
  ],
  ['a capped collection', { create: 'c2', capped: true }, 115, /capped/],
  ['writeConcern w:2', { insert: 'c', documents: [{}], writeConcern: { w: 2 } }, 115, /w:2/],
  [
    'readConcern linearizable',
    { find: 'c', readConcern: { level: 'linearizable' } },
    115,
    /linearizable/,
  ],
  ['a bad collection name', { insert: 'a$b', documents: [{}] }, 73, /a\$b/],
];

const REFUSED_UPDATES: [string, Document, number, RegExp][] = [
  ['a pipeline', { q: {}, u: [{ $set: { a: 1 } }] }, 115, /pipeline/],
  ['$bit', { q: {}, u: { $bit: { a: { and: 1 } } } }, 115, /\$bit/],
  ['a statement option', { q: {}, u: { $set: { a: 1 } }, c: {} }, 115, /'c'/],
];

describe.skipIf(SERVER_URI !== undefined)('the embedded store refuses', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openTestStore();
    await store.client
      .db('refusals')
      .collection('c')
      .insertOne({ a: [1] });
  });
  afterAll(() => store.stop());

  const refusal = async (command: Document): Promise<Document> => {
    const error: unknown = await store.client
      .db('refusals')
      .command(command)
      .catch((e: unknown) => e);
    return error as Document;
  };

  it.each(REFUSED)('%s', async (_name, command, code, names) => {
    const error = await refusal(command);
    expect([error['code'], String(error['message'])]).toEqual([code, expect.stringMatching(names)]);
  });

  it.each(REFUSED_UPDATES)('an update with %s', async (_name, statement, code, names) => {
    const error = await refusal({ update: 'c', updates: [statement] });
    const [failure] = (error['writeErrors'] ?? [error]) as Document[];
    const message = String(failure?.['errmsg'] ?? failure?.['message']);
    expect([failure?.['code'], message]).toEqual([code, expect.stringMatching(names)]);
  });

  it('a document over 16 MiB', async () => {
    const error = await refusal({
      update: 'c',
      updates: [{ q: {}, u: { $push: { a: 'x'.repeat(9_000_000) } } }],
    });
    expect(error['ok']).toBe(1);
    const big = await refusal({
      update: 'c',
      updates: [{ q: {}, u: { $push: { a: 'x'.repeat(9_000_000) } } }],
    });
    expect(at(big, 'writeErrors.0.code')).toBe(10334);
  });

  it('a document nested too deeply', async () => {
    let deep: Document = {};
    for (let i = 0; i < 120; i++) deep = { d: deep };
    const error = await refusal({ insert: 'c', documents: [deep] });
    expect(at(error, 'writeErrors.0.code')).toBe(15);
  });

  it('a cursor that is gone', async () => {
    const db = store.client.db('refusals');
    await db.collection('many').insertMany(Array.from({ length: 10 }, (_, n) => ({ n })));
    const reply = await db.command({ find: 'many', batchSize: 2 });
    const id = at(reply, 'cursor.id');
    await db.command({ killCursors: 'many', cursors: [id] });
    expect((await refusal({ getMore: id, collection: 'many' }))['code']).toBe(43);
  });
});
