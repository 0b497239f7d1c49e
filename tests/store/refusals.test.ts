/** What the embedded store does not have it refuses by name, never silently. */
import type { Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REFUSAL_CASES, type RefusalCase } from './cases/refusals.js';
import { SERVER_URI, at, openTestStore, type TestStore } from './support.js';

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

  const refusal = async ({ $db = 'refusals', ...command }: Document): Promise<Document> => {
    const error: unknown = await store.client
      .db(String($db))
      .command(command)
      .catch((e: unknown) => e);
    return error as Document;
  };

  const check = async ({ command, code, says }: RefusalCase): Promise<void> => {
    const answer = await refusal(command);
    const [failure] = (answer['writeErrors'] ?? [answer]) as Document[];
    const message = String(failure?.['errmsg'] ?? failure?.['message']);
    expect([failure?.['code'], message]).toEqual([code, expect.stringContaining(says)]);
  };
  for (const [topic, cases] of Object.entries(REFUSAL_CASES)) {
    describe(topic, () => {
      it.each([...cases])('$name', check);
    });
  }

  it('an _id that is too long for a key', async () => {
    const error = await refusal({ insert: 'c', documents: [{ _id: 'x'.repeat(3000) }] });
    expect(at(error, 'writeErrors.0.code')).toBe(17280);
  });

  it('an indexed value that is too long for a key', async () => {
    await store.client.db('refusals').collection('indexed').createIndex({ a: 1 });
    const error = await refusal({ insert: 'indexed', documents: [{ a: 'x'.repeat(3000) }] });
    expect(at(error, 'writeErrors.0.code')).toBe(17280);
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
