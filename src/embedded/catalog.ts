/** Which collections and indexes exist; kept in memory, stored under a prefix of the main table. */
import { decode, encode, isNumeric, type Doc, type Value } from './bson.js';
import { Int32 } from 'bson';
import { StoreError } from './errors.js';
import { afterPrefix, encodeKey, fitKey } from './keys.js';
import type { View, WritableView } from './kv.js';
import { compileFilter, type Matcher } from './query.js';
import { toDouble } from './numbers.js';

const CATALOG = 0x01;
const DOCUMENTS = 0x10;
const ENTRIES = 0x20;

/** One part of an index key. */
export interface IndexField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly descending: boolean;
}

/** What a user asked for in `createIndexes`. */
export interface IndexSpec {
  readonly name: string;
  readonly key: Doc;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial?: Doc | undefined;
  readonly expireAfterSeconds?: number | undefined;
}

/** An index as the planner and the writers use it. The `_id` index is the collection itself. */
export interface Index extends IndexSpec {
  readonly id: number;
  readonly fields: readonly IndexField[];
  readonly descending: readonly boolean[];
  readonly paths: readonly (readonly string[])[];
  /** Top-level fields its entries depend on; if none of them changed, no entry did. */
  readonly roots: readonly string[];
  /** Where its entries start in the main table. */
  readonly prefix: Buffer;
  readonly primary: boolean;
  readonly matches?: Matcher | undefined;
  /** Some document has an array on an indexed path. Never goes back to false. */
  multikey: boolean;
  /** Some key was too long and is stored hashed: order and bounds are only approximate. */
  oversized: boolean;
}

/** A collection with its indexes, `_id` first. */
export interface Collection {
  readonly ns: string;
  readonly db: string;
  readonly name: string;
  readonly id: number;
  readonly prefix: Buffer;
  indexes: readonly Index[];
  dropped: boolean;
}

const u32 = (number: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
};

const ID_KEY: Doc = new Map([['_id', new Int32(1)]]);

/** The fields of an index key pattern. */
export function indexFields(key: Doc): IndexField[] {
  return [...key].map(([path, direction]) => ({
    path,
    parts: path.split('.'),
    descending: isNumeric(direction) && toDouble(direction) < 0,
  }));
}

const rootOf = (path: string): string => path.split('.', 1)[0] ?? path;

/** Every path a filter speaks of, also below `$and` and `$or`. */
export function filterPaths(filter: Doc | undefined): string[] {
  if (!filter) return [];
  return [...filter].flatMap(([name, value]) => {
    if (!name.startsWith('$')) return [name];
    return (Array.isArray(value) ? value : []).flatMap((clause) => filterPaths(clause as Doc));
  });
}

function mountIndex(collectionId: number, id: number, spec: IndexSpec, flags: Doc): Index {
  const fields = indexFields(spec.key);
  const primary = id === 0;
  return {
    ...spec,
    id,
    fields,
    descending: fields.map((field) => field.descending),
    paths: fields.map((field) => field.parts),
    roots: [...new Set([...spec.key.keys(), ...filterPaths(spec.partial)].map(rootOf))],
    primary,
    prefix: primary
      ? Buffer.concat([Buffer.from([DOCUMENTS]), u32(collectionId)])
      : Buffer.concat([Buffer.from([ENTRIES]), u32(collectionId), u32(id)]),
    matches: spec.partial && compileFilter(spec.partial),
    multikey: flags.get('multikey') === true,
    oversized: flags.get('oversized') === true,
  };
}

const integer = (value: Value | undefined): number => (isNumeric(value) ? toDouble(value) : 0);

function fromRecord(record: Doc): Collection {
  const ns = String(record.get('ns'));
  const id = integer(record.get('id'));
  const stored = record.get('indexes');
  const indexes = (Array.isArray(stored) ? stored : []).map((entry) => {
    const spec = entry as Doc;
    const expire = spec.get('expireAfterSeconds');
    return mountIndex(
      id,
      integer(spec.get('id')),
      {
        name: String(spec.get('name')),
        key: spec.get('key') as Doc,
        unique: spec.get('unique') === true,
        sparse: spec.get('sparse') === true,
        partial: spec.get('partial') as Doc | undefined,
        expireAfterSeconds: expire === undefined ? undefined : integer(expire),
      },
      spec,
    );
  });
  return mountCollection(ns, id, indexes);
}

function mountCollection(ns: string, id: number, indexes: readonly Index[]): Collection {
  const dot = ns.indexOf('.');
  const prefix = Buffer.concat([Buffer.from([DOCUMENTS]), u32(id)]);
  return { ns, db: ns.slice(0, dot), name: ns.slice(dot + 1), id, prefix, indexes, dropped: false };
}

function toRecord({ ns, id, indexes }: Collection): Buffer {
  return encode({
    ns,
    id,
    indexes: indexes.map((index) => ({
      id: index.id,
      name: index.name,
      key: index.key,
      unique: index.unique,
      sparse: index.sparse,
      partial: index.partial,
      expireAfterSeconds: index.expireAfterSeconds,
      multikey: index.multikey,
      oversized: index.oversized,
    })),
  });
}

const recordKey = (id: number): Buffer => Buffer.concat([Buffer.from([CATALOG]), u32(id)]);

/** A collection name MongoDB would refuse is refused here too. */
export function checkNamespace(db: string, name: string): string {
  const bad = name === '' || name.includes('$') || name.includes('\0') || name.startsWith('.');
  if (bad || db === '' || /[/\\. "$*<>:|?\0]/.test(db)) {
    throw new StoreError('InvalidNamespace', `Invalid namespace specified '${db}.${name}'`);
  }
  return `${db}.${name}`;
}

/** The key under which a document's `_id` (or an entry's reference to it) is stored. */
export const idPart = (id: Value): Buffer => fitKey(encodeKey(id));

/** All collections of the store. Changes happen inside a write group and are undone if it fails. */
export class Catalog {
  private readonly byNamespace = new Map<string, Collection>();
  private readonly changed = new Set<Collection>();
  private nextId = 1;

  /** Reads everything again from a committed state. @returns how many records there are */
  load(view: View): number {
    this.byNamespace.clear();
    this.changed.clear();
    const low = Buffer.from([CATALOG]);
    const walk = view.walk(low, afterPrefix(low), false);
    let records = 0;
    for (let entry = walk.next(); entry; entry = walk.next()) {
      records++;
      const collection = fromRecord(decode(entry.value));
      this.byNamespace.set(collection.ns, collection);
      this.nextId = Math.max(this.nextId, collection.id + 1);
    }
    return records;
  }

  find(ns: string): Collection | undefined {
    return this.byNamespace.get(ns);
  }

  all(db?: string): Collection[] {
    const all = [...this.byNamespace.values()];
    return db === undefined ? all : all.filter((collection) => collection.db === db);
  }

  /** Makes a collection with its `_id` index. */
  create(ns: string): Collection {
    const id = this.nextId++;
    const spec = { name: '_id_', key: ID_KEY, unique: true, sparse: false };
    const collection = mountCollection(ns, id, [mountIndex(id, 0, spec, new Map())]);
    this.byNamespace.set(ns, collection);
    this.changed.add(collection);
    return collection;
  }

  addIndex(collection: Collection, spec: IndexSpec): Index {
    const id = Math.max(...collection.indexes.map((index) => index.id)) + 1;
    const index = mountIndex(collection.id, id, spec, new Map());
    collection.indexes = [...collection.indexes, index];
    this.changed.add(collection);
    return index;
  }

  removeIndex(view: WritableView, collection: Collection, index: Index): void {
    collection.indexes = collection.indexes.filter((other) => other !== index);
    this.changed.add(collection);
    removeAll(view, index.prefix);
  }

  drop(view: WritableView, collection: Collection): void {
    for (const index of collection.indexes) removeAll(view, index.prefix);
    view.remove(recordKey(collection.id));
    this.byNamespace.delete(collection.ns);
    this.changed.delete(collection);
    collection.dropped = true;
  }

  /** Notes what keys of an index look like; planning relies on it, so it is never taken back. */
  noteKeys(collection: Collection, index: Index, multikey: boolean, oversized: boolean): void {
    if ((!multikey || index.multikey) && (!oversized || index.oversized)) return;
    index.multikey ||= multikey;
    index.oversized ||= oversized;
    this.changed.add(collection);
  }

  /** Writes changed records; called in every group before it commits. */
  save(view: WritableView): void {
    for (const collection of this.changed) {
      if (!collection.dropped) view.put(recordKey(collection.id), toRecord(collection));
    }
  }

  /** The group with the changes is durable. */
  saved(): void {
    this.changed.clear();
  }
}

function removeAll(view: WritableView, prefix: Buffer): void {
  const walk = view.walk(prefix, afterPrefix(prefix), false);
  const keys: Buffer[] = [];
  for (let entry = walk.next(); entry; entry = walk.next()) keys.push(entry.key);
  for (const key of keys) view.remove(key);
}

/** Types an index key pattern may not use here: everything but 1 and -1. */
export function isPlainDirection(value: Value): boolean {
  return isNumeric(value) && toDouble(value) !== 0 && !Number.isNaN(toDouble(value));
}
