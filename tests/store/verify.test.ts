/** `verify` compares documents and indexes, and finds whatever does not hold together. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { entryKey } from '../../src/embedded/documents.js';
import type { OfflineStore } from '../../src/maintenance/offline.js';
import { Workshop, failureOf, offline, run, someEntry, withStore } from './maintenance-support.js';
import { SERVER_URI, makeDirectory, removeDirectory } from './support.js';

const workshop = new Workshop();
let dataDir = '';

describe.skipIf(SERVER_URI !== undefined)('verify', () => {
  beforeAll(() => workshop.prepare());
  afterAll(() => workshop.remove());
  beforeEach(() => {
    dataDir = makeDirectory();
    workshop.fill(dataDir);
  });
  afterEach(() => removeDirectory(dataDir));

  it('finds nothing wrong with a store that was used', async () => {
    const [well, said] = await run(['verify'], dataDir);
    expect([well, said]).toEqual([true, expect.stringMatching(/b\.c +45 +5 +\d+ +0/)]);
    expect(said).toMatch(/no faults$/);
  });

  it.each<[string, (store: OfflineStore) => void, RegExp]>([
    [
      'a missing entry of a unique index',
      ({ kv }) => kv.main.remove(someEntry({ kv }, 'unique').entry.key),
      /index unique: the entry of document \w+ is missing/,
    ],
    [
      'a missing entry of a multikey index',
      ({ kv }) => kv.main.remove(someEntry({ kv }, 'multikey').entry.key),
      /index multikey: the entry of document \w+ is missing/,
    ],
    [
      'an entry that points to another document',
      ({ kv }) => {
        const { entry } = someEntry({ kv }, 'unique');
        const other = Buffer.from(entry.value);
        other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
        kv.main.put(entry.key, other);
      },
      /index unique: the entry of document \w+ belongs to another document/,
    ],
    [
      'an entry too many',
      ({ kv }) => {
        const { index, entry } = someEntry({ kv }, 'partial');
        const key = Buffer.concat([index.prefix, Buffer.from([0x01, 0x02]), entry.value]);
        kv.main.put(key, entry.value);
      },
      /index partial: 24 entries where a rebuild makes 23/,
    ],
    [
      'an entry of a document that is gone',
      ({ kv }) => {
        const { collection, index, entry } = someEntry({ kv }, 'unique');
        kv.main.remove(Buffer.concat([collection.prefix, entry.value]));
        expect(entryKey(index, entry.key.subarray(index.prefix.length), entry.value)).toEqual(
          entry.key,
        );
      },
      /index unique: entry \w+ points to no document/,
    ],
    [
      'a document that cannot be read',
      ({ kv }) => {
        const { collection, entry } = someEntry({ kv }, 'unique');
        kv.main.put(Buffer.concat([collection.prefix, entry.value]), Buffer.alloc(3));
      },
      /b\.c: document \w+ cannot be read/,
    ],
    [
      'a key of no collection',
      ({ kv }) => kv.main.put(Buffer.from([0x77]), Buffer.alloc(1)),
      /store: 1 keys belong to no collection/,
    ],
  ])('finds %s', async (_, damage, fault) => {
    await offline(dataDir, (store) => store.kv.write(() => damage(store)));
    const [well, said] = await run(['verify'], dataDir);
    expect([well, said]).toEqual([false, expect.stringMatching(fault)]);
  });

  it('does not look at a store in use', async () => {
    await withStore(dataDir, async () => {
      expect(await failureOf(['verify'], dataDir)).toMatch(/in use by another process/);
    });
  });
});
