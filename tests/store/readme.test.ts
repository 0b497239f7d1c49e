/** The table in the store's README is the truth: every row works, and nothing else is there. */
import { readFileSync } from 'node:fs';
import type { Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GROUP_ACCUMULATORS, PIPELINE_STAGES } from '../../src/embedded/commands/aggregate.js';
import { COMMANDS } from '../../src/embedded/dispatch.js';
import { QUERY_OPERATORS } from '../../src/embedded/query.js';
import { UPDATE_OPERATORS } from '../../src/embedded/update.js';
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
  $and: [{ a: 1 }],
  $or: [{ a: 1 }],
};
const UPDATE_OPERANDS: Record<string, Document> = {
  $inc: { n: 1 },
  $push: { l: 1 },
};
const STAGE_OPERANDS: Record<string, unknown> = {
  $match: {},
  $group: { _id: null },
  $changeStream: { allChangesForCluster: true },
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
    const logical = ['$and', '$or'].includes(operator);
    const filter = logical ? { [operator]: operand } : { l: { [operator]: operand } };
    expect((await run({ find: name, filter }))['ok']).toBe(1);
  });

  it.each(listed('update operator'))('update operator %s works', async (operator) => {
    const u = { [operator]: UPDATE_OPERANDS[operator] ?? { z: 1 } };
    const reply = await run({ update: name, updates: [{ q: { s: 'x' }, u, upsert: false }] });
    expect([reply['n'], reply['writeErrors']]).toEqual([1, undefined]);
  });

  it.each(listed('stage'))('stage %s works', async (stage) => {
    const wide = stage === '$changeStream';
    const reply = await store.client.db(wide ? 'admin' : 'readme').command({
      aggregate: wide ? 1 : name,
      pipeline: [{ [stage]: STAGE_OPERANDS[stage] }],
      cursor: {},
    });
    expect(reply['ok']).toBe(1);
  });

  it.each(listed('accumulator'))('accumulator %s works', async (operator) => {
    const pipeline = [{ $group: { _id: 1, x: { [operator]: 1 } } }];
    expect(
      at(await run({ aggregate: name, pipeline, cursor: {} }), 'cursor.firstBatch'),
    ).toHaveLength(1);
  });
});
