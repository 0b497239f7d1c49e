/** What happens to files, with something failing on the way. Each story ends well, or throws. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Store } from '../../src/embedded/store.js';
import { keepToken } from '../../src/secrets.js';
import { Workshop, failureOf, run } from '../store/maintenance-support.js';

const insist = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch {
    return work();
  }
};

export class FileStories {
  readonly #directory: string;
  readonly #workshop = new Workshop();
  #count = 0;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async start(): Promise<FileStories> {
    const stories = new FileStories(await mkdtemp(join(tmpdir(), 'sm-failpoints-')));
    await stories.#workshop.prepare();
    return stories;
  }

  end(): Promise<void> {
    return rm(this.#directory, { recursive: true, force: true });
  }

  /** A token is there whole, or not at all. */
  async token(): Promise<void> {
    const place = this.#place();
    const { token } = await insist(() => keepToken(place, 'admin-token', undefined));
    expect((await keepToken(place, 'admin-token', undefined)).token).toBe(token);
    expect(await readdir(place)).toEqual(['admin-token']);
  }

  /** A backup is there whole, or not at all, and can be restored. */
  async backup(): Promise<void> {
    const place = this.#place();
    this.#workshop.fill(place);
    const file = join(this.#directory, `backup-${this.#count}`);
    const said = await failureOf(['backup', file], place);
    if (said !== 'done') await failureOf(['backup', file], place);
    const again = this.#place();
    expect(await failureOf(['restore', file], again)).toBe('done');
    expect((await run(['verify'], again))[0]).toBe(true);
  }

  /** A directory is restored whole, or not at all. */
  async restore(): Promise<void> {
    const place = this.#place();
    this.#workshop.fill(place);
    const file = join(this.#directory, `backup-${this.#count}`);
    expect(await failureOf(['backup', file], place)).toBe('done');
    const again = this.#place();
    const said = await failureOf(['restore', file], again);
    if (said !== 'done') await failureOf(['restore', file], again);
    expect((await run(['verify'], again))[0]).toBe(true);
  }

  /** A group of writes is stored whole, or refused. */
  async write(): Promise<void> {
    const store = this.#open();
    const key = Buffer.from('key');
    const put = () =>
      store.kv.write(() => {
        store.kv.main.put(key, Buffer.from('value'));
      });
    await insist(async () => {
      await put().catch((error: unknown) => {
        expect(store.kv.main.get(key)).toBeUndefined();
        throw error;
      });
    });
    expect(store.kv.main.get(key)?.toString()).toBe('value');
    await store.close();
  }

  /** What is too old is removed by the next sweep. */
  async trimLog(): Promise<void> {
    const store = this.#open();
    for (let count = 0; count < 3; count += 1)
      await store.kv.write(() => {
        store.log.append({ type: 'insert', db: 'a', collection: 'b' });
      });
    await store.sweep(Date.now());
    await store.sweep(Date.now());
    expect(store.kv.logCount()).toBeLessThanOrEqual(2);
    await store.close();
  }

  #open(): Store {
    const hour = 3_600_000;
    return new Store({
      dataDir: this.#place(),
      address: 'nowhere',
      storeId: 'story',
      changeLog: { maxAgeMs: hour, maxEntries: 1 },
      sweepIntervalMs: hour,
      transactionIdleMs: hour,
      transactionOrphanMs: hour,
      cursorIdleMs: hour,
      sessionIdleMs: hour,
      log: () => undefined,
    });
  }

  #place(): string {
    this.#count += 1;
    return join(this.#directory, `place-${this.#count}`);
  }
}
