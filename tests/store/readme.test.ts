/** The table in the store's README is the truth: every row works, and nothing else is there. */
import { readFileSync } from 'node:fs';
import type { Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/embedded/dispatch.js';
import { GROUP_ACCUMULATORS } from '../../src/embedded/group.js';
import { PIPELINE_STAGES } from '../../src/embedded/pipeline.js';
import { QUERY_OPERATORS } from '../../src/embedded/query.js';
import { UPDATE_OPERATORS } from '../../src/embedded/update-operators.js';
import { SERVER_URI, at, freshName, openTestStore, type TestStore } from './support.js';

const README = readFileSync(new URL('../../src/embedded/README.md', import.meta.url), 'utf8');

/** The names in the table's rows of one kind. */
const listed = (kind: string): string[] =>
  [...README.matchAll(new RegExp(`^\\| ${kind} +\\| (.*) \\|$`, 'gm'))].flatMap(([, names = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );

const OPERANDS: Record<string, unknown> = {
  $in: [1],
  $nin: [1],
  $exists: true,
  $type: 'int',
  $size: 1,
  $all: [1],
  $elemMatch: { $gt: 0 },
  $not: { $gt: 5 },
  $regex: 'x',
  $and: [{ a: 1 }],
  $or: [{ a: 1 }],
  $nor: [{ a: 1 }],
};
const UPDATE_OPERANDS: Record<string, Document> = {
  $inc: { n: 1 },
  $mul: { n: 2 },
  $rename: { n: 'm' },
  $currentDate: { d: true },
  $push: { l: 1 },
  $addToSet: { l: 1 },
  $pull: { l: 1 },
  $pullAll: { l: [1] },
  $pop: { l: 1 },
};
const STAGE_OPERANDS: Record<string, unknown> = {
  $match: {},
  $group: { _id: null },
  $sort: { n: 1 },
  $limit: 1,
  $skip: 1,
  $project: { n: 1 },
  $count: 'c',
  $unwind: '$l',
  $changeStream: {},
};

describe('the README', () => {
  it.each([
    ['command', [...COMMANDS.keys()]],
    ['query operator', QUERY_OPERATORS],
    ['update operator', UPDATE_OPERATORS],
    ['stage', PIPELINE_STAGES],
    ['accumulator', GROUP_ACCUMULATORS],
  ])('lists every %s, and no other', (kind, known) => {
    expect(listed(kind).sort()).toEqual([...known].sort());
  });
});

describe.skipIf(SERVER_URI !== undefined)('what the README lists', () => {
  let store: TestStore;
  const name = freshName();
  beforeAll(async () => {
    store = await openTestStore();
    await store.client
      .db('readme')
      .collection(name)
      .insertOne({ n: 1, l: [1, 2], s: 'x' });
  });
  afterAll(() => store.stop());
  const run = (command: Document): Promise<Document> => store.client.db('readme').command(command);

  it.each(listed('query operator'))('query operator %s works', async (operator) => {
    const operand = OPERANDS[operator] ?? 1;
    const logical = ['$and', '$or', '$nor'].includes(operator);
    const options =
      operator === '$options' ? { $regex: 'x', $options: 'i' } : { [operator]: operand };
    const filter = logical ? { [operator]: operand } : { l: options };
    expect((await run({ find: name, filter }))['ok']).toBe(1);
  });

  it.each(listed('update operator'))('update operator %s works', async (operator) => {
    const u = { [operator]: UPDATE_OPERANDS[operator] ?? { z: 1 } };
    const reply = await run({ update: name, updates: [{ q: { s: 'x' }, u, upsert: false }] });
    expect([reply['n'], reply['writeErrors']]).toEqual([1, undefined]);
  });

  it.each(listed('stage'))('stage %s works', async (stage) => {
    const reply = await run({
      aggregate: name,
      pipeline: [{ [stage]: STAGE_OPERANDS[stage] }],
      cursor: {},
    });
    expect(reply['ok']).toBe(1);
  });

  it.each(listed('accumulator'))('accumulator %s works', async (operator) => {
    const x = { [operator]: operator === '$count' ? {} : '$n' };
    const pipeline = [{ $group: { _id: '$s', x } }];
    expect(
      at(await run({ aggregate: name, pipeline, cursor: {} }), 'cursor.firstBatch'),
    ).toHaveLength(1);
  });
});
