/** What the tests of `verify`, `backup` and `restore` share: a place, a filled store, and a way to break it. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from 'mongodb';
import { Catalog, type Collection, type Index } from '../../src/embedded/catalog.js';
import { afterPrefix } from '../../src/embedded/keys.js';
import type { Entry } from '../../src/embedded/kv.js';
import { openOffline, type OfflineStore } from '../../src/maintenance/offline.js';
import { readCommand, storeDirectory } from '../../src/maintenance/command-line.js';
import { runMaintenance } from '../../src/maintenance/commands.js';
import { MongoClient, makeDirectory, removeDirectory, startStore, type Client } from './support.js';

/** Runs a command in this process. @returns whether all was well, and what it printed */
export async function run(
  words: readonly string[],
  dataDir: string,
): Promise<[well: boolean, said: string]> {
  const command = readCommand(words, dataDir);
  if (command === undefined) throw new Error('no command');
  const lines: string[] = [];
  const well = await runMaintenance(command, (line) => lines.push(line));
  return [well, lines.join('\n')];
}

/** The message a command fails with. */
export const failureOf = async (words: readonly string[], dataDir: string): Promise<string> => {
  const outcome: unknown = await run(words, dataDir).catch((error: unknown) => error);
  return outcome instanceof Error ? outcome.message : 'done';
};

/** Runs the store of a data directory for as long as some work takes. */
export async function withStore<T>(
  dataDir: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  mkdirSync(dataDir, { recursive: true });
  const store = await startStore(storeDirectory(dataDir));
  const client = await MongoClient.connect(store.uri);
  try {
    return await work(client);
  } finally {
    await client.close();
    await store.close();
  }
}

/** Opens the files of a data directory for as long as some work takes. */
export async function offline<T>(
  dataDir: string,
  work: (store: OfflineStore) => Promise<T>,
): Promise<T> {
  const store = await openOffline(storeDirectory(dataDir));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function insertAll(client: Client): Promise<void> {
  const c = client.db('b').collection<Document>('c');
  await c.createIndexes([
    { key: { n: 1 }, unique: true, name: 'unique' },
    { key: { tags: 1, n: 1 }, name: 'multikey' },
    { key: { n: 1, live: 1 }, partialFilterExpression: { live: true }, name: 'partial' },
    { key: { text: 1 }, name: 'long' },
  ]);
  await c.insertMany(
    Array.from({ length: 50 }, (_, n) => ({
      n,
      tags: ['a', `t${n % 3}`],
      live: n % 2 === 0,
      text: 'x'.repeat(n * 35),
    })),
  );
  await c.updateMany({ n: { $lt: 20 } }, { $push: { tags: 'more' as never } });
  await c.deleteMany({ n: { $gte: 45 } });
}

/** A place for a test file, with copies of one filled store: starting one for each test takes long. */
export class Workshop {
  readonly #template = join(makeDirectory(), 'template');

  /** Makes the store that `fill` copies. */
  async prepare(): Promise<void> {
    await withStore(this.#template, insertAll);
  }

  /** Fills a data directory: 45 documents in `b.c` with indexes of every kind. */
  fill(dataDir: string): void {
    cpSync(this.#template, dataDir, { recursive: true });
  }

  remove(): void {
    removeDirectory(join(this.#template, '..'));
  }
}

/** An entry of an index, and where it belongs. */
export interface Place {
  readonly collection: Collection;
  readonly index: Index;
  readonly entry: Entry;
}

/** Some entry of an index, neither the first nor the last. */
export function someEntry({ kv }: Pick<OfflineStore, 'kv'>, name: string): Place {
  const catalog = new Catalog();
  catalog.load(kv.main);
  const collection = catalog.find('b.c');
  const index = collection?.indexes.find((each) => each.name === name);
  if (!collection || !index) throw new Error(`no index ${name}`);
  const walk = kv.main.walk(index.prefix, afterPrefix(index.prefix), false);
  for (let n = 0; n < 2; n++) walk.next();
  const entry = walk.next();
  walk.pause();
  if (!entry) throw new Error('no entry');
  return { collection, index, entry };
}

/** Removes an index entry behind the store's back. */
export const breakEntry = (dataDir: string): Promise<void> =>
  offline(dataDir, async (store) => {
    await store.kv.write(() => store.kv.main.remove(someEntry(store, 'unique').entry.key));
  });
