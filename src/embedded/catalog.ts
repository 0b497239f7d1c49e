/** Which collections and indexes exist; kept in memory, stored under a prefix of the main table. */
import { Int32 } from 'bson';
import { decode, encode, isDoc, isNumeric, type Doc, type Value } from './bson.js';
import { StoreError } from './errors.js';
import { afterPrefix } from './keys.js';
import type { View, WritableView } from './kv.js';
import { toDouble } from './numbers.js';
import { compileFilter, type Matcher } from './query.js';

const CATALOG = 0x01;
const DOCUMENTS = 0x10;
const ENTRIES = 0x20;

/** What a user asked for in `createIndexes`. */
export interface IndexSpec {
  readonly name: string;
  readonly key: Doc;
  readonly unique: boolean;
  /** Equalities that a document must meet to be in the index. */
  readonly partial: Doc | undefined;
  readonly expireAfterSeconds: number | undefined;
}

/** An index as the planner and the writers use it. The `_id` index is the collection itself. */
export interface Index extends IndexSpec {
  readonly id: number;
  readonly paths: readonly string[];
  readonly parts: readonly (readonly string[])[];
  /** Top-level fields its entries depend on; if none of them changed, no entry did. */
  readonly roots: readonly string[];
  /** Where its entries start in the main table. */
  readonly prefix: Buffer;
  readonly primary: boolean;
  readonly matches: Matcher | undefined;
  /** Some document has an array on an indexed path. Never goes back to false. */
  multikey: boolean;
  /** Writers keep it up to date, but not all documents are in it yet: nobody may read it. */
  building: boolean;
}

/** A collection with its indexes, `_id` first. */
export interface Collection {
  readonly ns: string;
  readonly db: string;
  readonly name: string;
  readonly id: number;
  readonly prefix: Buffer;
  indexes: readonly Index[];
  /** {@link Catalog.generation} when it came or its indexes last changed. */
  changedAt: number;
  dropped: boolean;
}

function prefixOf(kind: number, ...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(1 + 4 * numbers.length, kind);
  numbers.forEach((number, i) => bytes.writeUInt32BE(number, 1 + 4 * i));
  return bytes;
}

const ID_SPEC: IndexSpec = {
  name: '_id_',
  key: new Map([['_id', new Int32(1)]]),
  unique: true,
  partial: undefined,
  expireAfterSeconds: undefined,
};

function mountIndex(
  collectionId: number,
  id: number,
  spec: IndexSpec,
  state: { multikey: boolean; building: boolean },
): Index {
  const paths = [...spec.key.keys()];
  const watched = [...paths, ...(spec.partial?.keys() ?? [])];
  const primary = id === 0;
  return {
    ...spec,
    ...state,
    id,
    paths,
    parts: paths.map((path) => path.split('.')),
    roots: [...new Set(watched.map((path) => path.split('.', 1)[0] ?? path))],
    primary,
    prefix: primary ? prefixOf(DOCUMENTS, collectionId) : prefixOf(ENTRIES, collectionId, id),
    matches: spec.partial && compileFilter(spec.partial),
  };
}

function mountCollection(ns: string, id: number, indexes: readonly Index[]): Collection {
  const dot = ns.indexOf('.');
  return {
    ns,
    db: ns.slice(0, dot),
    name: ns.slice(dot + 1),
    id,
    prefix: prefixOf(DOCUMENTS, id),
    indexes,
    changedAt: 0,
    dropped: false,
  };
}

const integer = (value: Value | undefined): number => (isNumeric(value) ? toDouble(value) : 0);

function fromRecord(record: Doc): Collection {
  const id = integer(record.get('id'));
  const indexes = (record.get('indexes') as Doc[]).map((stored) => {
    const expire = stored.get('expireAfterSeconds');
    const partial = stored.get('partial');
    const spec: IndexSpec = {
      name: String(stored.get('name')),
      key: stored.get('key') as Doc,
      unique: stored.get('unique') === true,
      partial: isDoc(partial) ? partial : undefined,
      expireAfterSeconds: expire === undefined ? undefined : integer(expire),
    };
    const multikey = stored.get('multikey') === true;
    return mountIndex(id, integer(stored.get('id')), spec, {
      multikey,
      building: stored.get('building') === true,
    });
  });
  return mountCollection(String(record.get('ns')), id, indexes);
}

const toRecord = ({ ns, id, indexes }: Collection): Buffer =>
  encode({
    ns,
    id,
    indexes: indexes.map(
      ({ id: indexId, name, key, unique, partial, expireAfterSeconds, multikey, building }) => ({
        ...{ id: indexId, name, key, unique, partial, expireAfterSeconds, multikey, building },
      }),
    ),
  });

const NAMESPACE_BYTES_MAX = 255;
const DATABASE_BYTES_MAX = 63;
/** What clients may write to of MongoDB's own. */
const SYSTEM_COLLECTIONS = /^system\.(users|js)$/;

/** A collection name MongoDB would refuse is refused here too. */
export function checkNamespace(db: string, name: string): string {
  const ns = `${db}.${name}`;
  const bad = name === '' || name.includes('$') || name.includes('\0') || name.startsWith('.');
  const long =
    Buffer.byteLength(ns) > NAMESPACE_BYTES_MAX || Buffer.byteLength(db) > DATABASE_BYTES_MAX;
  const system = name.startsWith('system.') && !SYSTEM_COLLECTIONS.test(name);
  if (bad || long || system || db === '' || /[/\\. "$*<>:|?\0]/.test(db))
    throw new StoreError('InvalidNamespace', `Invalid namespace specified '${ns}'`);
  if (name.includes('.system.')) throw new StoreError('BadValue', `Invalid namespace: ${ns}`);
  return ns;
}

/** All collections of the store. Changes happen inside a write group and are undone if it fails. */
export class Catalog {
  /** Rises whenever a collection, or an index of an existing one, comes, is complete, or goes. */
  generation = 0;
  /** The generation of the newest drop. */
  lastDrop = 0;
  private readonly byNamespace = new Map<string, Collection>();
  private readonly changed = new Set<Collection>();
  private nextId = 1;

  /**
   * Reads everything again from a committed state. Collections stay the same objects, so that what is under way goes on with them.
   *
   * @returns how many records there are
   */
  load(view: View): number {
    const known = new Map(this.byNamespace);
    this.byNamespace.clear();
    this.changed.clear();
    const low = prefixOf(CATALOG);
    const walk = view.walk(low, afterPrefix(low), false);
    let records = 0;
    for (let entry = walk.next(); entry; entry = walk.next()) {
      records++;
      const stored = fromRecord(decode(entry.value));
      const collection = known.get(stored.ns)?.id === stored.id ? known.get(stored.ns) : stored;
      known.delete(stored.ns);
      this.byNamespace.set(stored.ns, collection ?? stored);
      if (collection) collection.indexes = stored.indexes;
      this.nextId = Math.max(this.nextId, stored.id + 1);
    }
    for (const collection of known.values()) collection.dropped = true;
    this.generation++;
    for (const collection of this.byNamespace.values()) collection.changedAt = this.generation;
    return records;
  }

  find(ns: string): Collection | undefined {
    return this.byNamespace.get(ns);
  }

  all(db?: string): Collection[] {
    const all = [...this.byNamespace.values()];
    return db === undefined ? all : all.filter((collection) => collection.db === db);
  }

  /** A collection with its `_id` index that nobody else knows until it is added. */
  make(db: string, name: string): Collection {
    const id = this.nextId++;
    const primary = mountIndex(id, 0, ID_SPEC, { multikey: false, building: false });
    return mountCollection(checkNamespace(db, name), id, [primary]);
  }

  add(collection: Collection): Collection {
    this.byNamespace.set(collection.ns, collection);
    this.changed.add(collection);
    collection.changedAt = ++this.generation;
    return collection;
  }

  addIndex(collection: Collection, spec: IndexSpec): Index {
    const id = Math.max(...collection.indexes.map((index) => index.id)) + 1;
    const index = mountIndex(collection.id, id, spec, { multikey: false, building: true });
    this.setIndexes(collection, [...collection.indexes, index]);
    return index;
  }

  /** All documents are in the index now. */
  completeIndex(collection: Collection, index: Index): void {
    index.building = false;
    this.setIndexes(collection, collection.indexes);
  }

  removeIndex(collection: Collection, index: Index): void {
    const rest = collection.indexes.filter((other) => other !== index);
    this.setIndexes(collection, rest);
  }

  private setIndexes(collection: Collection, indexes: readonly Index[]): void {
    collection.indexes = indexes;
    collection.changedAt = ++this.generation;
    this.changed.add(collection);
  }

  drop(view: WritableView, collection: Collection): void {
    for (const index of collection.indexes) while (removeSome(view, index.prefix, 10_000));
    view.remove(prefixOf(CATALOG, collection.id));
    this.byNamespace.delete(collection.ns);
    this.changed.delete(collection);
    collection.changedAt = this.lastDrop = ++this.generation;
    collection.dropped = true;
  }

  /** Notes that an index has keys of arrays; planning relies on it, so it is never taken back. */
  noteMultikey(collection: Collection, index: Index): void {
    if (index.multikey) return;
    index.multikey = true;
    this.changed.add(collection);
  }

  /** Writes changed records; called in every group before it commits. */
  save(view: WritableView): void {
    for (const collection of this.changed)
      if (!collection.dropped) view.put(prefixOf(CATALOG, collection.id), toRecord(collection));
  }

  /** The group with the changes is durable. */
  saved(): void {
    this.changed.clear();
  }
}

/** Removes keys that start with a prefix. @returns whether there may be more */
export function removeSome(view: WritableView, prefix: Buffer, most: number): boolean {
  const walk = view.walk(prefix, afterPrefix(prefix), false);
  const keys: Buffer[] = [];
  for (let entry = walk.next(); entry && keys.length < most; entry = walk.next())
    keys.push(entry.key);
  walk.pause();
  for (const key of keys) view.remove(key);
  return keys.length === most;
}
