/** Bare LMDB, set up as the store sets it up: what the store's files allow at the most. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open, type Database } from 'lmdb';

const value = Buffer.alloc(450, 'x');

function keyOf(n: number): Buffer {
  const key = Buffer.alloc(20);
  key.writeUInt32BE(n, 16);
  return key;
}

/** Rates per second of bare operations on one table. */
export class RawLmdb {
  readonly #table: Database<Buffer, Buffer>;
  readonly #documents: number;
  #next: number;

  constructor(table: Database<Buffer, Buffer>, documents: number) {
    this.#table = table;
    this.#documents = documents;
    this.#next = documents;
  }

  gets(seconds: number): Promise<number> {
    return this.#rate(seconds, () => {
      for (let n = 0; n < 100; n += 1) this.#table.get(this.#anyKey());
      return 100;
    });
  }

  ranges(seconds: number, size: number): Promise<number> {
    return this.#rate(seconds, () => {
      for (const { value: bytes } of this.#table.getRange({ start: this.#anyKey(), limit: size }))
        if (bytes.length === 0) throw new Error('an empty value');
      return 1;
    });
  }

  /** Each group is one transaction and one fsync. */
  puts(seconds: number, group: number): Promise<number> {
    return this.#rate(seconds, () => {
      this.#table.transactionSync(() => {
        for (let n = 0; n < group; n += 1) this.#table.putSync(keyOf((this.#next += 1)), value);
      });
      return group;
    });
  }

  #anyKey(): Buffer {
    return keyOf(Math.floor(Math.random() * this.#documents));
  }

  async #rate(seconds: number, work: () => number): Promise<number> {
    const startedAt = performance.now();
    let count = 0;
    while (performance.now() < startedAt + seconds * 1000) {
      count += work();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return (count * 1000) / (performance.now() - startedAt);
  }
}

/** Runs some work on a fresh table with some documents. */
export async function withLmdb<T>(
  documents: number,
  work: (lmdb: RawLmdb) => Promise<T>,
): Promise<T> {
  const path = await mkdtemp(join(tmpdir(), 'sm-bench-lmdb-'));
  const root = open({ path, noSubdir: false, overlappingSync: false, encoding: 'binary' });
  const table = root.openDB<Buffer, Buffer>({
    name: 'main',
    keyEncoding: 'binary',
    encoding: 'binary',
  });
  try {
    table.transactionSync(() => {
      for (let n = 0; n < documents; n += 1) table.putSync(keyOf(n), value);
    });
    return await work(new RawLmdb(table, documents));
  } finally {
    await root.close();
    await rm(path, { recursive: true, force: true });
  }
}
