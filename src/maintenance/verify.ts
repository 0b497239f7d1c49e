/** Compares documents and indexes: each index must hold exactly what a rebuild would put into it. */
import { Catalog, type Collection, type Index } from '../embedded/catalog.js';
import { decode, type Doc } from '../embedded/bson.js';
import { entryKey, entryPart, documentKey, indexKeys } from '../embedded/documents.js';
import { afterPrefix, encodeKey } from '../embedded/keys.js';
import type { Kv } from '../embedded/kv.js';
import { parseEvent, trimmedUpTo, walkEvents } from '../embedded/change-log.js';

/** How many faults are told in words; the rest is counted. */
const FAULTS_TOLD_MAX = 50;

/** What was found in one collection. */
export interface CollectionVerdict {
  readonly ns: string;
  readonly documents: number;
  readonly indexes: readonly { readonly name: string; readonly entries: number }[];
  readonly faultCount: number;
}

/** What was found in a store. */
export interface Verdict {
  readonly collections: readonly CollectionVerdict[];
  /** Entries of the change log. */
  readonly events: number;
  readonly faultCount: number;
  /** The first faults, in words. */
  readonly faults: readonly string[];
}

class Faults {
  readonly told: string[] = [];
  count = 0;

  add(where: string, what: string): void {
    this.count++;
    if (this.told.length < FAULTS_TOLD_MAX) this.told.push(`${where}: ${what}`);
  }
}

const shown = (key: Buffer): string => key.toString('hex');
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One collection: forward from its documents, and back from its entries. */
class CollectionCheck {
  /** Entries that the documents call for, by index. */
  private readonly expected = new Map<Index, number>();
  private readonly counted = new Map<Index, number>();
  private documents = 0;

  constructor(
    private readonly kv: Kv,
    private readonly collection: Collection,
    private readonly faults: Faults,
  ) {}

  run(): CollectionVerdict {
    const { collection, faults, kv } = this;
    const before = faults.count;
    const { prefix } = collection;
    const walk = kv.main.walk(prefix, afterPrefix(prefix), false);
    for (let entry = walk.next(); entry; entry = walk.next()) {
      this.documents++;
      this.checkDocument(entry.key, entry.value);
    }
    for (const index of collection.indexes) if (!index.primary) this.checkEntries(index);
    return {
      ns: collection.ns,
      documents: this.documents,
      indexes: collection.indexes.map((index) => ({
        name: index.name,
        entries: index.primary ? this.documents : (this.counted.get(index) ?? 0),
      })),
      faultCount: faults.count - before,
    };
  }

  /** Keys in the main table that belong to it. */
  get keys(): number {
    return [...this.counted.values()].reduce((sum, count) => sum + count, this.documents);
  }

  private checkDocument(key: Buffer, raw: Buffer): void {
    const { collection, faults } = this;
    const id = key.subarray(collection.prefix.length);
    let doc: Doc;
    try {
      doc = decode(raw);
    } catch (error) {
      return faults.add(collection.ns, `document ${shown(id)} cannot be read: ${reason(error)}`);
    }
    if (!encodeKey(doc.get('_id') ?? null).equals(id))
      faults.add(collection.ns, `document ${shown(id)} stands under another _id than its own`);
    for (const index of collection.indexes)
      if (!index.primary && !index.building) this.checkKeys(index, id, doc);
  }

  /** Every entry that a rebuild would make for a document is there. */
  private checkKeys(index: Index, id: Buffer, doc: Doc): void {
    const where = `${this.collection.ns} index ${index.name}`;
    try {
      const { keys, multikey } = indexKeys(index, doc);
      if (multikey && !index.multikey)
        this.faults.add(where, `the array in document ${shown(id)} is not noted`);
      for (const { part } of keys) {
        const found = this.kv.main.get(entryKey(index, part, id));
        if (!found?.equals(id)) {
          const what = found ? 'belongs to another document' : 'is missing';
          this.faults.add(where, `the entry of document ${shown(id)} ${what}`);
        }
      }
      this.expected.set(index, (this.expected.get(index) ?? 0) + keys.length);
    } catch (error) {
      this.faults.add(where, `document ${shown(id)} cannot be indexed: ${reason(error)}`);
    }
  }

  /** Every entry is one that its document calls for. */
  private checkEntries(index: Index): void {
    const where = `${this.collection.ns} index ${index.name}`;
    const { main } = this.kv;
    const walk = main.walk(index.prefix, afterPrefix(index.prefix), false);
    let entries = 0;
    for (let entry = walk.next(); entry; entry = walk.next()) {
      entries++;
      const { key, value } = entry;
      if (!main.get(documentKey(this.collection, value)))
        this.faults.add(where, `entry ${shown(key)} points to no document`);
      else if (!entryKey(index, entryPart(index, entry), value).equals(key))
        this.faults.add(where, `entry ${shown(key)} does not fit the document it points to`);
    }
    this.counted.set(index, entries);
    const expected = this.expected.get(index) ?? 0;
    // All that are called for were looked up: as many means the same. A half-built index goes at the next start.
    if (entries !== expected && !index.building)
      this.faults.add(where, `${entries} entries where a rebuild makes ${expected}`);
  }
}

function checkCatalog(collections: readonly Collection[], faults: Faults): void {
  const ids = new Set<number>();
  for (const { ns, id, indexes } of collections) {
    if (ids.has(id)) faults.add(ns, `shares its number ${id} with another collection`);
    ids.add(id);
    if (indexes[0]?.primary !== true) faults.add(ns, 'has no index on _id');
    for (const what of ['id', 'name'] as const) {
      if (new Set(indexes.map((index) => index[what])).size !== indexes.length)
        faults.add(ns, `two indexes have the same ${what}`);
    }
  }
}

function loadCatalog(kv: Kv, faults: Faults): Collection[] {
  const catalog = new Catalog();
  try {
    const records = catalog.load(kv.main);
    const collections = catalog.all();
    if (records !== collections.length)
      faults.add('catalog', `${records} records for ${collections.length} collections`);
    return collections;
  } catch (error) {
    faults.add('catalog', `cannot be read: ${reason(error)}`);
    return [];
  }
}

/** @returns how many events the change log holds */
function checkLog(kv: Kv, faults: Faults): number {
  const trimmed = trimmedUpTo(kv);
  const walk = walkEvents(kv);
  let events = 0;
  for (let entry = walk.next(); entry; entry = walk.next()) {
    events++;
    try {
      const { sequence } = parseEvent(entry);
      if (sequence <= trimmed)
        faults.add('change log', `event ${sequence} is older than what was trimmed`);
    } catch (error) {
      faults.add('change log', `event ${shown(entry.key)} cannot be read: ${reason(error)}`);
    }
  }
  return events;
}

/** Checks a store that nobody writes to. Memory stays the same however large it is. */
export function verifyStore(kv: Kv): Verdict {
  const faults = new Faults();
  const all = loadCatalog(kv, faults).sort((a, b) => (a.ns < b.ns ? -1 : 1));
  checkCatalog(all, faults);
  let keys = all.length;
  const collections = all.map((collection) => {
    const check = new CollectionCheck(kv, collection, faults);
    const verdict = check.run();
    keys += check.keys;
    return verdict;
  });
  const strays = kv.mainCount() - keys;
  if (strays !== 0) faults.add('store', `${strays} keys belong to no collection`);
  const events = checkLog(kv, faults);
  return { collections, events, faultCount: faults.count, faults: faults.told };
}
