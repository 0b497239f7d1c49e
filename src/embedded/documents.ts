/** Writes of single documents: index entries, uniqueness and the change event go along. */
import { ObjectId } from 'bson';
import { checkStorable, encode, type Doc, type Value } from './bson.js';
import { idPart, type Collection, type Index } from './catalog.js';
import { diffDocuments, type DocumentDiff } from './diff.js';
import { StoreError } from './errors.js';
import { encodeKeys, fitKey, isOversized } from './keys.js';
import type { Entry, WritableView } from './kv.js';
import { indexRows } from './paths.js';

/** Something that happened to the data, as change streams tell it. */
export interface ChangeEvent {
  readonly type: 'insert' | 'update' | 'replace' | 'delete' | 'drop' | 'dropDatabase';
  readonly db: string;
  readonly collection: string;
  readonly id?: Value;
  readonly after?: Buffer;
  readonly diff?: DocumentDiff;
}

/** Where writes go: straight into a write group, or into a transaction's private overlay. */
export interface Writer extends WritableView {
  record(event: ChangeEvent): void;
  noteKeys(collection: Collection, index: Index, multikey: boolean, oversized: boolean): void;
}

/** A stored document, found and decoded. */
export interface Found {
  /** Its `_id` as key bytes; {@link documentKey} makes the full key. */
  readonly idPart: Buffer;
  readonly raw: Buffer;
  readonly doc: Doc;
}

/** Key of a document in the main table. */
export const documentKey = (collection: Collection, part: Buffer): Buffer =>
  Buffer.concat([collection.prefix, part]);

interface IndexKey {
  readonly part: Buffer;
  readonly row: readonly (Value | undefined)[];
}

/** The distinct keys under which an index holds a document. */
export function indexKeys(
  index: Index,
  doc: Doc,
  note?: (multikey: boolean, oversized: boolean) => void,
): IndexKey[] {
  if (index.matches && !index.matches(doc)) return [];
  let exists = false;
  const { rows, multikey } = indexRows(doc, index.paths, () => (exists = true));
  if (index.sparse && !exists) return [];
  let oversized = false;
  const keys = rows.map((row) => {
    const full = encodeKeys(row, index.descending);
    if (isOversized(full)) oversized = true;
    return { part: fitKey(full), row };
  });
  note?.(multikey, oversized);
  if (keys.length < 2) return keys;
  const distinct = new Map(keys.map((key) => [key.part.toString('latin1'), key]));
  return [...distinct.values()];
}

/** The LMDB key of an index entry; entries of unique indexes do not carry the document's id. */
export const entryKey = (index: Index, part: Buffer, id: Buffer): Buffer =>
  Buffer.concat(index.unique ? [index.prefix, part] : [index.prefix, part, id]);

/** Bytes of an entry's key that are the indexed values. */
export function entryPart(index: Index, entry: Entry): Buffer {
  const end = index.unique ? entry.key.length : entry.key.length - entry.value.length;
  return entry.key.subarray(index.prefix.length, end);
}

function duplicateKey(collection: Collection, index: Index, row: IndexKey['row']): StoreError {
  const keyValue: Doc = new Map(index.fields.map(({ path }, i) => [path, row[i] ?? null]));
  const shown = [...keyValue].map(([path, value]) => `${path}: ${showValue(value)}`).join(', ');
  return new StoreError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.ns} index: ${index.name} dup key: { ${shown} }`,
    { keyPattern: index.key, keyValue },
  );
}

/** A value as MongoDB shows it in messages. */
export function showValue(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Map) {
    return `{ ${[...value].map(([name, field]) => `${name}: ${showValue(field)}`).join(', ')} }`;
  }
  if (Array.isArray(value)) return `[ ${value.map(showValue).join(', ')} ]`;
  return String(value);
}

interface Plan {
  readonly index: Index;
  readonly added: readonly IndexKey[];
  readonly removed: readonly IndexKey[];
}

/** What changes in the indexes; refuses before anything is written. */
function planEntries(
  writer: Writer,
  collection: Collection,
  id: Buffer,
  before: Doc | undefined,
  after: Doc | undefined,
): Plan[] {
  const plans: Plan[] = [];
  for (const index of collection.indexes) {
    if (index.primary) continue;
    if (before && after && index.roots.every((root) => before.get(root) === after.get(root))) {
      continue;
    }
    const removed = before ? indexKeys(index, before) : [];
    const added = after
      ? indexKeys(index, after, (multikey, oversized) =>
          writer.noteKeys(collection, index, multikey, oversized),
        )
      : [];
    if (index.unique) checkUnique(writer, collection, index, added, id);
    plans.push({ index, added, removed });
  }
  return plans;
}

function checkUnique(
  writer: Writer,
  collection: Collection,
  index: Index,
  keys: readonly IndexKey[],
  id: Buffer,
): void {
  for (const { part, row } of keys) {
    const owner = writer.get(entryKey(index, part, id));
    if (owner && !owner.equals(id)) throw duplicateKey(collection, index, row);
  }
}

function applyEntries(writer: Writer, plans: readonly Plan[], id: Buffer): void {
  for (const { index, added, removed } of plans) {
    for (const old of removed) {
      if (!added.some(({ part }) => part.equals(old.part))) {
        writer.remove(entryKey(index, old.part, id));
      }
    }
    for (const key of added) {
      if (!removed.some(({ part }) => part.equals(key.part))) {
        writer.put(entryKey(index, key.part, id), id);
      }
    }
  }
}

function checkId(id: Value): void {
  if (Array.isArray(id) || (typeof id === 'object' && id?.constructor.name === 'BSONRegExp')) {
    throw new StoreError('InvalidIdField', `The '_id' value cannot be of type array or regex`);
  }
}

/** A document with its `_id` first, made if missing; the same map if nothing had to change. */
export function withId(doc: Doc): Doc {
  if (doc.keys().next().value === '_id') return doc;
  const id = doc.get('_id') ?? new ObjectId();
  return new Map<string, Value>([['_id', doc.has('_id') ? (doc.get('_id') ?? null) : id], ...doc]);
}

/**
 * Inserts a document.
 *
 * @param raw - its bytes if they are known and begin with `_id`
 * @throws DuplicateKey - `_id` or a unique index; nothing was written
 */
export function insertDocument(
  writer: Writer,
  collection: Collection,
  given: Doc,
  raw?: Buffer,
): Found {
  const doc = withId(given);
  const bytes = doc === given && raw ? raw : encode(doc);
  checkStorable(doc, bytes.length);
  const id = doc.get('_id') ?? null;
  checkId(id);
  const part = idPart(id);
  const key = documentKey(collection, part);
  const primary = collection.indexes[0] as Index;
  if (writer.get(key)) throw duplicateKey(collection, primary, [id]);
  const plans = planEntries(writer, collection, part, undefined, doc);
  if (isOversized(part)) writer.noteKeys(collection, primary, false, true);
  writer.put(key, bytes);
  applyEntries(writer, plans, part);
  const { db, name } = collection;
  writer.record({ type: 'insert', db, collection: name, id, after: bytes });
  return { idPart: part, raw: bytes, doc };
}

/**
 * Stores a new state of a document.
 *
 * @returns the new bytes, or undefined when they equal the old ones and nothing was written
 */
export function replaceDocument(
  writer: Writer,
  collection: Collection,
  found: Found,
  after: Doc,
  type: 'update' | 'replace',
): Buffer | undefined {
  const bytes = encode(after);
  if (bytes.equals(found.raw)) return undefined;
  checkStorable(after, bytes.length);
  const plans = planEntries(writer, collection, found.idPart, found.doc, after);
  writer.put(documentKey(collection, found.idPart), bytes);
  applyEntries(writer, plans, found.idPart);
  const diff = type === 'update' ? { diff: diffDocuments(found.doc, after) } : {};
  const { db, name } = collection;
  const id = after.get('_id') ?? null;
  writer.record({ type, db, collection: name, id, after: bytes, ...diff });
  return bytes;
}

/** Deletes a document and its index entries. */
export function deleteDocument(writer: Writer, collection: Collection, found: Found): void {
  const plans = planEntries(writer, collection, found.idPart, found.doc, undefined);
  writer.remove(documentKey(collection, found.idPart));
  applyEntries(writer, plans, found.idPart);
  const { db, name } = collection;
  writer.record({ type: 'delete', db, collection: name, id: found.doc.get('_id') ?? null });
}

/** Fills a new index from what is stored; nothing stays behind if a key is not unique. */
export function buildIndex(
  writer: Writer,
  collection: Collection,
  index: Index,
  documents: Iterable<Found>,
): void {
  const written: Buffer[] = [];
  try {
    for (const { doc, idPart: id } of documents) {
      const keys = indexKeys(index, doc, (multikey, oversized) =>
        writer.noteKeys(collection, index, multikey, oversized),
      );
      if (index.unique) checkUnique(writer, collection, index, keys, id);
      for (const { part } of keys) {
        const key = entryKey(index, part, id);
        writer.put(key, id);
        written.push(key);
      }
    }
  } catch (error) {
    for (const key of written) writer.remove(key);
    throw error;
  }
}
