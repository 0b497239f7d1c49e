/** Writes of single documents: index entries, uniqueness and the change event go along. */
import { BSONRegExp, ObjectId } from 'bson';
import { checkStorable, encode, isDoc, type Doc, type Value } from './bson.js';
import type { Collection, Index } from './catalog.js';
import { StoreError } from './errors.js';
import { KEY_BYTES_MAX, encodeKey, encodeKeys } from './keys.js';
import type { Entry, WritableView } from './kv.js';
import { indexRows } from './paths.js';

/** Something that happened to the data, as change streams tell it. */
export interface ChangeEvent {
  readonly type: 'insert' | 'update' | 'delete' | 'drop';
  readonly db: string;
  readonly collection: string;
  readonly id?: Value;
  readonly after?: Buffer;
  /** Its `updateDescription`, if it is an update. */
  readonly update?: Doc;
}

/** Where writes go: straight into a write group, or into a transaction's private overlay. */
export interface Writer extends WritableView {
  record(event: ChangeEvent): void;
  noteMultikey(collection: Collection, index: Index): void;
}

/** A stored document, found and decoded. */
export interface Found {
  /** Its `_id` as key bytes; {@link documentKey} makes the full key. */
  readonly idPart: Buffer;
  readonly raw: Buffer;
  readonly doc: Doc;
}

/** Key of a document in the main table. */
export const documentKey = (collection: Collection, idPart: Buffer): Buffer =>
  checkedKey(collection.prefix, idPart);

interface IndexKey {
  readonly part: Buffer;
  readonly row: readonly (Value | undefined)[];
}

/** The distinct keys under which an index holds a document, and whether an array made them. */
export function indexKeys(index: Index, doc: Doc): { keys: IndexKey[]; multikey: boolean } {
  if (index.matches && !index.matches(doc)) return { keys: [], multikey: false };
  const { rows, multikey } = indexRows(doc, index.parts);
  const keys = rows.map((row) => ({ part: encodeKeys(row), row }));
  if (!multikey) return { keys, multikey };
  const distinct = new Map(keys.map((key) => [key.part.toString('latin1'), key]));
  return { keys: [...distinct.values()], multikey };
}

function checkedKey(...parts: Buffer[]): Buffer {
  const key = Buffer.concat(parts);
  if (key.length <= KEY_BYTES_MAX) return key;
  throw new StoreError(
    'KeyTooLong',
    `an indexed value is too long: ${key.length} bytes of ${KEY_BYTES_MAX} that a key may have`,
  );
}

/** The LMDB key of an index entry; entries of unique indexes do not carry the document's id. */
export const entryKey = (index: Index, part: Buffer, idPart: Buffer): Buffer =>
  index.unique ? checkedKey(index.prefix, part) : checkedKey(index.prefix, part, idPart);

/** Bytes of an entry's key that are the indexed values. */
export function entryPart(index: Index, entry: Entry): Buffer {
  const end = index.unique ? entry.key.length : entry.key.length - entry.value.length;
  return entry.key.subarray(index.prefix.length, end);
}

function duplicateKey(collection: Collection, index: Index, row: IndexKey['row']): StoreError {
  const keyValue: Doc = new Map(index.paths.map((path, i) => [path, row[i] ?? null]));
  return new StoreError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.ns} index: ${index.name} dup key: ${showValue(keyValue)}`,
    { keyPattern: index.key, keyValue },
  );
}

/** A value as MongoDB shows it in messages. */
function showValue(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Map)
    return `{ ${[...value].map(([name, field]) => `${name}: ${showValue(field)}`).join(', ')} }`;
  return Array.isArray(value) ? `[ ${value.map(showValue).join(', ')} ]` : String(value);
}

/** Keys to put and to remove: what changes in the indexes. */
interface EntryChanges {
  readonly added: readonly Buffer[];
  readonly removed: readonly Buffer[];
}

/** @throws DuplicateKey - before anything is written */
function checkUnique(
  writer: Writer,
  collection: Collection,
  index: Index,
  keys: readonly IndexKey[],
  idPart: Buffer,
): void {
  for (const { part, row } of keys) {
    const owner = writer.get(entryKey(index, part, idPart));
    if (owner && !owner.equals(idPart)) throw duplicateKey(collection, index, row);
  }
}

/** What one index has to change when a document does; refuses before anything is written. */
function planIndex(
  writer: Writer,
  collection: Collection,
  index: Index,
  idPart: Buffer,
  before: Doc | undefined,
  after: Doc | undefined,
): EntryChanges {
  const old = before ? indexKeys(index, before).keys : [];
  const next = after ? indexKeys(index, after) : { keys: [], multikey: false };
  if (next.multikey) writer.noteMultikey(collection, index);
  if (index.unique) checkUnique(writer, collection, index, next.keys, idPart);
  const without = (keys: readonly IndexKey[], others: readonly IndexKey[]): Buffer[] =>
    keys
      .filter(({ part }) => !others.some((other) => other.part.equals(part)))
      .map(({ part }) => entryKey(index, part, idPart));
  return { added: without(next.keys, old), removed: without(old, next.keys) };
}

function planEntries(
  writer: Writer,
  collection: Collection,
  idPart: Buffer,
  before: Doc | undefined,
  after: Doc | undefined,
): EntryChanges[] {
  return collection.indexes
    .filter(
      ({ primary, roots }) =>
        !primary &&
        !(before && after && roots.every((root) => before.get(root) === after.get(root))),
    )
    .map((index) => planIndex(writer, collection, index, idPart, before, after));
}

function applyEntries(writer: Writer, changes: readonly EntryChanges[], idPart: Buffer): void {
  for (const { added, removed } of changes) {
    for (const key of removed) writer.remove(key);
    for (const key of added) writer.put(key, idPart);
  }
}

/** A document with its `_id` first, made if missing; the same map if nothing had to change. */
function withId(doc: Doc): Doc {
  if (doc.keys().next().value === '_id') return doc;
  const id = doc.get('_id');
  return new Map<string, Value>([['_id', id === undefined ? new ObjectId() : id], ...doc]);
}

/** Whether a name starts with a dollar, other than those of a reference, which begins with its collection and its id. */
function hasDollarField(value: Value): boolean {
  if (Array.isArray(value)) return value.some(hasDollarField);
  if (!isDoc(value)) return false;
  let fields = [...value];
  const [ref, id, db] = fields;
  if (ref?.[0] === '$ref' && typeof ref[1] === 'string' && id?.[0] === '$id')
    fields = fields
      .slice(db?.[0] === '$db' && typeof db[1] === 'string' ? 3 : 2)
      .concat([['', id[1]]]);
  return fields.some(([name, field]) => name.startsWith('$') || hasDollarField(field));
}

/** A document that may be stored, with its `_id` and its bytes. */
export interface Storable {
  readonly doc: Doc;
  readonly bytes: Buffer;
  readonly id: Value;
}

/**
 * Checks a document that is to be inserted.
 *
 * @param raw - its bytes if they are known
 */
export function toStorable(given: Doc, raw?: Buffer): Storable {
  const doc = withId(given);
  const bytes = doc === given && raw ? raw : encode(doc);
  checkStorable(doc, bytes.length);
  const id = doc.get('_id') ?? null;
  if (Array.isArray(id) || id instanceof BSONRegExp)
    throw new StoreError('InvalidIdField', `The '_id' value cannot be of type array or regex`);
  if (hasDollarField(id))
    throw new StoreError('DollarPrefixedFieldName', `_id fields may not be named with a '$'`);
  return { doc, bytes, id };
}

/**
 * Inserts a document.
 *
 * @throws DuplicateKey - `_id` or a unique index; nothing was written
 */
export function insertDocument(
  writer: Writer,
  collection: Collection,
  { doc, bytes, id }: Storable,
): Found {
  const idPart = encodeKey(id);
  const key = documentKey(collection, idPart);
  if (writer.get(key)) throw duplicateKey(collection, collection.indexes[0] as Index, [id]);
  const changes = planEntries(writer, collection, idPart, undefined, doc);
  writer.put(key, bytes);
  applyEntries(writer, changes, idPart);
  const { db, name } = collection;
  writer.record({ type: 'insert', db, collection: name, id, after: bytes });
  return { idPart, raw: bytes, doc };
}

/**
 * Stores a new state of a document.
 *
 * @param update - what was written, as change streams tell it
 * @returns its bytes
 */
export function updateDocument(
  writer: Writer,
  collection: Collection,
  found: Found,
  after: Doc,
  update: Doc,
): Buffer {
  const bytes = encode(after);
  checkStorable(after, bytes.length);
  const changes = planEntries(writer, collection, found.idPart, found.doc, after);
  writer.put(documentKey(collection, found.idPart), bytes);
  applyEntries(writer, changes, found.idPart);
  const { db, name } = collection;
  const id = after.get('_id') ?? null;
  writer.record({ type: 'update', db, collection: name, id, after: bytes, update });
  return bytes;
}

/** Deletes a document and its index entries. */
export function deleteDocument(writer: Writer, collection: Collection, found: Found): void {
  const changes = planEntries(writer, collection, found.idPart, found.doc, undefined);
  writer.remove(documentKey(collection, found.idPart));
  applyEntries(writer, changes, found.idPart);
  const { db, name } = collection;
  writer.record({ type: 'delete', db, collection: name, id: found.doc.get('_id') ?? null });
}

/** Puts a stored document into an index that is being built. @throws DuplicateKey */
export function indexDocument(
  writer: Writer,
  collection: Collection,
  index: Index,
  { doc, idPart }: Found,
): void {
  const { added } = planIndex(writer, collection, index, idPart, undefined, doc);
  for (const key of added) writer.put(key, idPart);
}
