/** Writes to the letter: what is stored, and the whole answer in the order of its fields. */
import type { Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UpdateCase, WriteCase } from './cases/types.js';
import { BAD_NAMES, WRITE_CASES, WRITE_UPDATE_CASES } from './cases/write.js';
import { at, codeOf, exact, freshName, openTestStore, type TestStore } from './support.js';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.stop());

const raw = { promoteValues: false, promoteLongs: false } as const;
const run = (command: Document): Promise<Document> =>
  store.client.db('writes').command(command, raw);

async function documentsOf(c: string): Promise<string[]> {
  const found = store.client.db('writes').collection(c).find({}, raw).sort({ _id: 1 });
  return (await found.toArray()).map(exact);
}

async function checkUpdate({ before, filter, update, ...test }: UpdateCase): Promise<void> {
  const c = freshName();
  if (before) await run({ insert: c, documents: [{ _id: 1, ...before }] });
  const upsert = test.upsert ? { upsert: true } : {};
  const reply = await run({
    update: c,
    updates: [{ q: filter ?? { _id: 1 }, u: update, ...upsert }],
  });
  const code: unknown = at(reply, 'writeErrors.0.code');
  expect(code === undefined ? undefined : Number(code)).toBe(test.error);
  if (test.error === undefined)
    expect(await documentsOf(c)).toEqual([exact({ _id: 1, ...test.after })]);
}

describe('an update', () => {
  for (const [topic, cases] of Object.entries(WRITE_UPDATE_CASES)) {
    describe(topic, () => {
      it.each([...cases])('$name', checkUpdate);
    });
  }
});

/** What a replica set adds to any answer. */
const ADDED = new Set(['operationTime', '$clusterTime', 'opTime', 'electionId']);

/** An answer without what says nothing about the write; messages may differ. */
function bare(reply: Document): Document {
  const errors = (reply['writeErrors'] ?? []) as Document[];
  for (const error of errors)
    expect(Object.keys(error).slice(0, 3)).toEqual(['index', 'code', 'errmsg']);
  const writeErrors = errors.map(({ errmsg: _errmsg, ...rest }) => rest);
  const fields = Object.entries(reply).filter(([name]) => !ADDED.has(name));
  return Object.fromEntries(
    fields.map(([name, value]) => {
      if (name === 'ok') return [name, Number(value)];
      return [name, name === 'writeErrors' ? writeErrors : value];
    }),
  );
}

async function checkWrite({ command, fields, ...test }: WriteCase): Promise<void> {
  const c = freshName();
  const { docs, unique: key } = test;
  if (key) await run({ createIndexes: c, indexes: [{ key, name: 'u', unique: true }] });
  if (docs) await run({ insert: c, documents: docs });
  const answer = run({ [command]: c, ...fields });
  expect(await codeOf(answer)).toBe(test.error);
  if (test.reply)
    expect(exact(bare(await answer))).toBe(exact({ ...test.reply, ok: Number(test.reply['ok']) }));
  if (test.after) expect(await documentsOf(c)).toEqual(test.after.map(exact));
  if (test.exists === undefined) return;
  const listed = await store.client.db('writes').listCollections({ name: c }).toArray();
  expect(listed.length > 0).toBe(test.exists);
}

describe('a command', () => {
  it.each([...WRITE_CASES])('$name', checkWrite);
});

describe('a collection is not made', () => {
  it.each([...BAD_NAMES])('by the name %j', async (name, code) => {
    expect(await codeOf(run({ insert: name, documents: [{ _id: 1 }] }))).toBe(code);
  });
});
