/** Cursors: who may read on, and what is said when that cannot be. */
import { Long } from 'bson';
import type { ClientSession, Collection, Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOW, SESSIONS_DB, inSession as sessionOf, send } from './numbered.js';
import { at, freshName, openTestStore, type TestStore } from './support.js';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.stop());

const inSession = <T>(work: (session: ClientSession) => Promise<T>): Promise<T> =>
  sessionOf(store.client, work);

async function fresh(docs: object[]): Promise<Collection<Document>> {
  const collection = store.client.db(SESSIONS_DB).collection<Document>(freshName());
  await collection.insertMany(docs as Document[]);
  return collection;
}

describe('a cursor', () => {
  const rows = Array.from({ length: 10 }, (_, n) => ({ _id: n }));
  const open = async (
    session: ClientSession,
    c: Collection<Document>,
    fields: Document = {},
  ): Promise<Document> => {
    const { reply } = await send(session, { find: c.collectionName, batchSize: 2 }, fields);
    return { getMore: at(reply, 'cursor.id'), collection: c.collectionName };
  };

  it('is read on in its own session and transaction only', async () => {
    const c = await fresh(rows);
    await inSession(async (session) =>
      inSession(async (other) => {
        const [start, go] = ['start', 'go'].map((how) => ({ txnNumber: Long.ONE, ...HOW[how] }));
        const outside = await open(session, c);
        expect((await send(other, outside)).code).toBe(50738);
        const inside = await open(session, c, start);
        expect((await send(session, inside)).code).toBe(50740);
        expect((await send(session, inside, go)).code).toBe(0);
        expect((await send(session, outside, go)).code).toBe(50739);
        expect((await send(session, outside)).code).toBe(0);
      }),
    );
  });

  it('says what is wrong with a getMore, and stays', async () => {
    const c = await fresh(rows);
    await inSession(async (session) => {
      const more = await open(session, c);
      expect((await send(session, { ...more, collection: 'other' })).code).toBe(13);
      expect((await send(session, { ...more, batchSize: -1 })).code).toBe(51024);
      expect((await send(session, { ...more, maxTimeMS: 100 })).code).toBe(2);
      const { reply } = await send(session, more);
      expect(at(reply, 'cursor.nextBatch')).toHaveLength(8);
    });
  });

  it('does not end as if that were all when its collection is dropped', async () => {
    const c = await fresh(rows);
    await inSession(async (session) => {
      const more = await open(session, c);
      await c.drop();
      expect((await send(session, more)).code).toBe(175);
    });
  });

  it('that waits for changes says that it was killed', async () => {
    await inSession(async (session) => {
      const pipeline = [
        { $changeStream: { allChangesForCluster: true } },
        { $match: { 'ns.coll': 'none' } },
      ];
      const { reply } = await send(session, { aggregate: 1, pipeline, cursor: {} }, {}, 'admin');
      const id = at(reply, 'cursor.id') as Long;
      const [db = '', ...rest] = String(at(reply, 'cursor.ns')).split('.');
      const collection = rest.join('.');
      const waiting = send(
        session,
        { getMore: Long.fromValue(id), collection, maxTimeMS: 10_000 },
        {},
        db,
      );
      await new Promise((resolve) => setTimeout(resolve, 20));
      await store.client.db(db).command({ killCursors: collection, cursors: [Long.fromValue(id)] });
      expect((await waiting).code).toBe(237);
    });
  });
});
