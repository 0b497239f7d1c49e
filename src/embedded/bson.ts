/**
 * Documents as the store sees them: ordered maps whose values keep their BSON type. The `bson` package reads objects, which lose the
 * order of names that look like numbers, so what it walks over is put into maps here.
 */
import {
  BSONRegExp,
  Binary,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  onDemand,
  serialize,
} from 'bson';
import { StoreError, unsupported } from './errors.js';

/** A document: field order is kept, as BSON demands. */
export type Doc = Map<string, Value>;
/** Any value a stored document may hold. Numbers keep their BSON type. */
export type Value =
  | null
  | string
  | boolean
  | Int32
  | Double
  | Long
  | Decimal128
  | ObjectId
  | Date
  | Binary
  | BSONRegExp
  | Timestamp
  | MinKey
  | MaxKey
  | Value[]
  | Doc;
/** The four number types. */
export type Numeric = Int32 | Double | Long | Decimal128;

/** Largest document a user may store, as in MongoDB. */
export const DOCUMENT_BYTES_MAX = 16 * 1024 * 1024;
const DEPTH_MAX = 200;
const STORED_DEPTH_MAX = 100;

/** Whether a value is one of the four number types. */
export function isNumeric(value: Value | undefined): value is Numeric {
  return (
    value instanceof Int32 ||
    value instanceof Double ||
    value instanceof Long ||
    value instanceof Decimal128
  );
}

/** Whether a value is a document. */
export const isDoc = (value: Value | undefined): value is Doc => value instanceof Map;

const TYPE_NAMES = new Map<unknown, string>([
  [Double, 'double'],
  [String, 'string'],
  [Map, 'object'],
  [Array, 'array'],
  [Binary, 'binData'],
  [ObjectId, 'objectId'],
  [Boolean, 'bool'],
  [Date, 'date'],
  [BSONRegExp, 'regex'],
  [Int32, 'int'],
  [Timestamp, 'timestamp'],
  [Long, 'long'],
  [Decimal128, 'decimal'],
  [MinKey, 'minKey'],
  [MaxKey, 'maxKey'],
]);

/** What MongoDB calls a value's type in messages. */
export const typeName = (value: Value): string =>
  value === null ? 'null' : (TYPE_NAMES.get(value.constructor) ?? 'unknown');

const malformed = (why: string): StoreError =>
  new StoreError('FailedToParse', `malformed BSON: ${why}`);

/** Bytes of the document that starts at `at`, checked against the buffer's end. */
export function documentSize(bytes: Buffer, at: number, end: number): number {
  if (at + 5 > end) throw malformed('truncated document');
  const size = bytes.readInt32LE(at);
  if (size < 5 || at + size > end || bytes[at + size - 1] !== 0) throw malformed('bad size');
  return size;
}

function decodeDate(bytes: Buffer, at: number): Date {
  const date = new Date(Number(bytes.readBigInt64LE(at)));
  if (!Number.isNaN(date.getTime())) return date;
  throw new StoreError('BadValue', 'a date is outside the range this store can hold');
}

/** Subtype 2, the old form of a byte string, repeats its length. */
function decodeBinary(bytes: Buffer, at: number, size: number): Binary {
  const subtype = bytes[at + 4] ?? 0;
  return new Binary(Buffer.from(bytes.subarray(at + (subtype === 2 ? 9 : 5), at + size)), subtype);
}

function decodeRegExp(bytes: Buffer, at: number, size: number): BSONRegExp {
  const [pattern = '', options = ''] = bytes.toString('utf8', at, at + size).split('\0');
  return new BSONRegExp(pattern, options);
}

function decodeValue(bytes: Buffer, type: number, at: number, size: number, depth: number): Value {
  switch (type) {
    case 0x01:
      return new Double(bytes.readDoubleLE(at));
    case 0x02:
      return bytes.toString('utf8', at + 4, at + size - 1);
    case 0x03:
      return decodeFields(bytes, at, depth + 1);
    case 0x04:
      return [...decodeFields(bytes, at, depth + 1).values()];
    case 0x05:
      return decodeBinary(bytes, at, size);
    case 0x07:
      return new ObjectId(Buffer.from(bytes.subarray(at, at + 12)));
    case 0x08:
      return bytes[at] !== 0;
    case 0x09:
      return decodeDate(bytes, at);
    case 0x0a:
      return null;
    case 0x0b:
      return decodeRegExp(bytes, at, size);
    case 0x10:
      return new Int32(bytes.readInt32LE(at));
    case 0x11:
      return new Timestamp({ t: bytes.readUInt32LE(at + 4), i: bytes.readUInt32LE(at) });
    case 0x12:
      return new Long(bytes.readInt32LE(at), bytes.readInt32LE(at + 4));
    case 0x13:
      return new Decimal128(Buffer.from(bytes.subarray(at, at + 16)));
    case 0x7f:
      return new MaxKey();
    case 0xff:
      return new MinKey();
    default:
      throw unsupported(`BSON type 0x${type.toString(16).padStart(2, '0')}`);
  }
}

function decodeFields(bytes: Buffer, at: number, depth: number): Doc {
  if (depth > DEPTH_MAX)
    throw new StoreError('Overflow', 'document exceeds the maximum nesting depth');
  const end = at + documentSize(bytes, at, bytes.length);
  const doc: Doc = new Map();
  for (const [type, name, nameSize, value, size] of onDemand.parseToElements(bytes, at)) {
    if (value + size >= end) throw malformed('element overruns its document');
    const text = bytes.toString('utf8', name, name + nameSize);
    doc.set(text, decodeValue(bytes, type, value, size, depth));
  }
  return doc;
}

/** Decodes the document at the start (or at `at`) of a buffer. Refuses malformed bytes. */
export function decode(bytes: Buffer, at = 0): Doc {
  try {
    return decodeFields(bytes, at, 0);
  } catch (error) {
    throw error instanceof StoreError ? error : malformed(String(error));
  }
}

const buffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A plain object or a list in which raw documents are to be spliced in. */
function holdsRaw(value: unknown): value is object {
  if (value instanceof Uint8Array) return true;
  if (Array.isArray(value)) return value.length > 0 && holdsRaw(value[0]);
  return (
    value?.constructor === Object && Object.values(value).some((inner: unknown) => holdsRaw(inner))
  );
}

/** The elements of a document with raw parts, and those between them in one go each. */
function splice(document: object): Buffer[] {
  const parts: Buffer[] = [];
  let plain: Record<string, unknown> | undefined;
  const flush = (): void => {
    if (plain) parts.push(buffer(serialize(plain, { ignoreUndefined: true })).subarray(4, -1));
    plain = undefined;
  };
  for (const [name, value] of Object.entries(document) as [string, unknown][]) {
    if (!holdsRaw(value)) (plain ??= {})[name] = value;
    else {
      flush();
      parts.push(Buffer.from(`${Array.isArray(value) ? '\x04' : '\x03'}${name}\0`));
      parts.push(...(value instanceof Uint8Array ? [buffer(value)] : framed(splice(value))));
    }
  }
  flush();
  return parts;
}

function framed(parts: readonly Buffer[]): Buffer[] {
  const size = Buffer.alloc(4);
  size.writeInt32LE(parts.reduce((sum, part) => sum + part.length, 5));
  return [size, ...parts, Buffer.alloc(1)];
}

/**
 * Encodes a document, or a plain object of values. In plain objects a JavaScript number becomes an int32 if it fits, else a double, and
 * a `Uint8Array` is a raw document that is spliced in as it is.
 */
export function encode(document: Doc | object): Buffer {
  if (!(document instanceof Map) && holdsRaw(document))
    return Buffer.concat(framed(splice(document)));
  return buffer(serialize(document, { ignoreUndefined: true }));
}

/** An encoded document with more fields at its end. */
export function extend(document: Buffer, fields: object): Buffer {
  const bytes = Buffer.concat([document.subarray(0, -1), encode(fields).subarray(4)]);
  bytes.writeInt32LE(bytes.length, 0);
  return bytes;
}

/** Refuses what may not be stored: a document too large or nested too deeply. */
export function checkStorable(doc: Doc, size: number): void {
  if (size > DOCUMENT_BYTES_MAX) {
    throw new StoreError(
      'BSONObjectTooLarge',
      `object to insert too large. size in bytes: ${size}, max size: ${DOCUMENT_BYTES_MAX}`,
    );
  }
  if (depthOf(doc) > STORED_DEPTH_MAX)
    throw new StoreError('Overflow', `document exceeds maximum nesting of ${STORED_DEPTH_MAX}`);
}

function depthOf(value: Value): number {
  if (!(value instanceof Map || Array.isArray(value))) return 0;
  let deepest = 0;
  for (const child of value.values()) deepest = Math.max(deepest, depthOf(child));
  return deepest + 1;
}
