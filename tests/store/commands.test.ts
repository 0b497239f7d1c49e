/** Commands that lack something, or say what does not fit: they are refused as a whole, and the connection stays. */
import { createConnection, type Socket } from 'node:net';
import { Code, deserialize, serialize } from 'bson';
import type { Document } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SERVER_URI, codeOf, freshName, openTestStore, type TestStore } from './support.js';

let store: TestStore;
let c: string;
const run = (command: Document): Promise<Document> => store.client.db('commands').command(command);

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  c = freshName();
  await run({ insert: c, documents: [{ _id: 1 }, { _id: 2 }] });
});
afterAll(() => store.stop());

describe('a command is refused', () => {
  it.each<[string, (c: string) => Document, number]>([
    ['a delete without a limit', (delete_) => ({ delete: delete_, deletes: [{ q: {} }] }), 40414],
    [
      'a delete without a filter',
      (delete_) => ({ delete: delete_, deletes: [{ limit: 1 }] }),
      40414,
    ],
    ['a delete of two', (delete_) => ({ delete: delete_, deletes: [{ q: {}, limit: 2 }] }), 9],
    [
      'an update without a filter',
      (update) => ({ update, updates: [{ u: { $set: { a: 1 } } }] }),
      40414,
    ],
    ['an update without a change', (update) => ({ update, updates: [{ q: {} }] }), 40414],
    ['an insert without documents', (insert) => ({ insert }), 40414],
    ['an insert of nothing', (insert) => ({ insert, documents: [] }), 16],
    ['an update of nothing', (update) => ({ update, updates: [] }), 16],
    ['a delete of nothing', (delete_) => ({ delete: delete_, deletes: [] }), 16],
    ['an insert into a bad name', () => ({ insert: 'a$b', documents: [{}] }), 73],
    ['an aggregate without a pipeline', (aggregate) => ({ aggregate, cursor: {} }), 40414],
    ['createIndexes without indexes', (createIndexes) => ({ createIndexes }), 40414],
    ['createIndexes of none', (createIndexes) => ({ createIndexes, indexes: [] }), 2],
    [
      'an index with an empty name',
      (createIndexes) => ({ createIndexes, indexes: [{ key: { a: 1 }, name: '' }] }),
      67,
    ],
    ['a negative limit', (find) => ({ find, limit: -1 }), 51024],
    ['a negative skip', (find) => ({ find, skip: -1 }), 51024],
    ['a negative batchSize', (find) => ({ find, batchSize: -1 }), 51024],
    ['an unknown version of the API', (find) => ({ find, apiVersion: '2' }), 322],
  ])('%s', async (_name, command, code) => {
    expect(await codeOf(run(command(c)))).toBe(code);
    expect((await run({ find: c }))['cursor']).toMatchObject({
      firstBatch: [{ _id: 1 }, { _id: 2 }],
    });
  });
});

it('creating what is there says so', async () => {
  const reply = await run({ createIndexes: c, indexes: [{ key: { _id: 1 }, name: '_id_' }] });
  expect(reply).toMatchObject({
    numIndexesBefore: 1,
    numIndexesAfter: 1,
    note: 'all indexes already exist',
  });
});

it('collections are listed by name only where that is wanted', async () => {
  const { cursor } = await run({ listCollections: 1, filter: { name: c }, nameOnly: true });
  expect(cursor).toMatchObject({ firstBatch: [{ name: c, type: 'collection' }] });
  const [first] = (cursor as { firstBatch: Document[] }).firstBatch;
  expect(Object.keys(first ?? {})).toEqual(['name', 'type']);
});

/** A connection without a driver. */
class Wire {
  private readonly waiting: ((answer: Document | 'closed') => void)[] = [];
  private received = Buffer.alloc(0);

  private constructor(private readonly socket: Socket) {
    socket.on('data', (bytes) => {
      this.received = Buffer.concat([this.received, bytes]);
      while (this.received.length >= 16 && this.received.length >= this.received.readInt32LE(0)) {
        const size = this.received.readInt32LE(0);
        const header = this.received.readInt32LE(12) === 1 ? 36 : 21;
        this.waiting.shift()?.(deserialize(this.received.subarray(header, size)));
        this.received = this.received.subarray(size);
      }
    });
    socket.on('close', () => this.waiting.splice(0).forEach((answer) => answer('closed')));
  }

  static open(uri: string): Wire {
    return new Wire(
      createConnection(decodeURIComponent(/^mongodb:\/\/([^/]+)/.exec(uri)?.[1] ?? '')),
    );
  }

  /** Sends a frame of a kind; what comes back, or that the connection was closed. */
  ask(opcode: number, ...parts: Uint8Array[]): Promise<Document | 'closed'> {
    const body = Buffer.concat(parts);
    const header = Buffer.alloc(16);
    header.writeInt32LE(16 + body.length, 0);
    header.writeInt32LE(opcode, 12);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.socket.write(Buffer.concat([header, body]));
    });
  }

  close(): void {
    this.socket.destroy();
  }
}

const OP_QUERY = 2004;
const OP_MSG = 2013;
const flags = Buffer.alloc(4);
const section = (body: Document): Buffer => Buffer.concat([Buffer.from([0]), serialize(body)]);

function sequence(name: string, ...documents: Document[]): Buffer {
  const rest = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((doc) => serialize(doc))]);
  const head = Buffer.alloc(5, 1);
  head.writeInt32LE(rest.length + 4, 1);
  return Buffer.concat([head, rest]);
}

describe.skipIf(SERVER_URI !== undefined)('a frame', () => {
  const insert = (): Document => ({ insert: c, $db: 'commands' });
  const docs = sequence('documents', { _id: 3 });

  it.each<[string, () => Uint8Array[], number | 'closed']>([
    ['with a sequence is taken', () => [section(insert()), docs], 0],
    [
      'with documents twice is refused',
      () => [section({ ...insert(), documents: [{ _id: 4 }] }), docs],
      40433,
    ],
    [
      'with an unknown sequence is refused',
      () => [section(insert()), docs, sequence('more', {})],
      115,
    ],
    ['without a database is refused', () => [section({ insert: c }), docs], 40571],
    [
      'with one sequence twice ends the connection',
      () => [section(insert()), docs, docs],
      'closed',
    ],
    [
      'with two bodies ends the connection',
      () => [section(insert()), section(insert()), docs],
      'closed',
    ],
  ])('%s', async (_name, parts, outcome) => {
    const wire = Wire.open(store.uri);
    const answer = await wire.ask(OP_MSG, flags, ...parts());
    expect(answer === 'closed' ? answer : (answer['code'] ?? 0)).toBe(outcome);
    const { cursor } = await run({ find: c });
    expect((cursor as { firstBatch: unknown[] }).firstBatch).toHaveLength(outcome === 0 ? 3 : 2);
    wire.close();
  });

  it('of the old kind carries nothing but the first hello', async () => {
    const wire = Wire.open(store.uri);
    const query = (db: string, command: Document): Promise<Document | 'closed'> =>
      wire.ask(
        OP_QUERY,
        flags,
        Buffer.from(`${db}.$cmd\0`),
        Buffer.alloc(8, 1),
        serialize(command),
      );
    expect(await query('admin', { isMaster: 1 })).toMatchObject({ ok: 1 });
    expect(await query('commands', { insert: c, documents: [{ _id: 3 }] })).toMatchObject({
      code: 352,
    });
    wire.close();
  });

  it('with a value that the store does not hold is answered, and the connection stays', async () => {
    const wire = Wire.open(store.uri);
    const find = { find: c, filter: { a: new Code('x') }, $db: 'commands' };
    expect(await wire.ask(OP_MSG, flags, section(find))).toMatchObject({ code: 115 });
    expect(await wire.ask(OP_MSG, flags, section({ ping: 1, $db: 'admin' }))).toMatchObject({
      ok: 1,
    });
    wire.close();
  });
});
