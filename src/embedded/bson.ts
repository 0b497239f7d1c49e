/**
 * Documents as the store sees them: ordered maps whose values keep their BSON type. The `bson`
 * package's deserializer loses field order for integer-like names, so both directions are ours.
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

/** BSON type numbers, as `$type` uses them. */
export const BsonType = {
  Double: 1,
  String: 2,
  Object: 3,
  Array: 4,
  Binary: 5,
  ObjectId: 7,
  Boolean: 8,
  Date: 9,
  Null: 10,
  RegExp: 11,
  Int32: 16,
  Timestamp: 17,
  Long: 18,
  Decimal128: 19,
  MinKey: -1,
  MaxKey: 127,
} as const;
/** One of the BSON type numbers. */
export type BsonType = (typeof BsonType)[keyof typeof BsonType];

const TYPE_BY_CLASS = new Map<unknown, BsonType>([
  [Map, BsonType.Object],
  [Array, BsonType.Array],
  [ObjectId, BsonType.ObjectId],
  [Date, BsonType.Date],
  [Int32, BsonType.Int32],
  [Double, BsonType.Double],
  [Long, BsonType.Long],
  [Decimal128, BsonType.Decimal128],
  [Binary, BsonType.Binary],
  [BSONRegExp, BsonType.RegExp],
  [Timestamp, BsonType.Timestamp],
  [MinKey, BsonType.MinKey],
  [MaxKey, BsonType.MaxKey],
]);

/** The BSON type of a value. */
export function typeOf(value: Value): BsonType {
  if (typeof value === 'string') return BsonType.String;
  if (typeof value === 'boolean') return BsonType.Boolean;
  if (value === null) return BsonType.Null;
  const type = TYPE_BY_CLASS.get(value.constructor);
  if (type === undefined) throw new TypeError(`no BSON type for ${value.constructor.name}`);
  return type;
}

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

const TYPE_NAMES = new Map<BsonType, string>([
  [BsonType.Double, 'double'],
  [BsonType.String, 'string'],
  [BsonType.Object, 'object'],
  [BsonType.Array, 'array'],
  [BsonType.Binary, 'binData'],
  [BsonType.ObjectId, 'objectId'],
  [BsonType.Boolean, 'bool'],
  [BsonType.Date, 'date'],
  [BsonType.Null, 'null'],
  [BsonType.RegExp, 'regex'],
  [BsonType.Int32, 'int'],
  [BsonType.Timestamp, 'timestamp'],
  [BsonType.Long, 'long'],
  [BsonType.Decimal128, 'decimal'],
  [BsonType.MinKey, 'minKey'],
  [BsonType.MaxKey, 'maxKey'],
]);

/** The alias MongoDB uses for a value's type in `$type` and in messages. */
export const typeName = (value: Value): string => TYPE_NAMES.get(typeOf(value)) ?? 'unknown';
/** Types by their alias. */
export const TYPE_BY_NAME: ReadonlyMap<string, BsonType> = new Map(
  [...TYPE_NAMES].map(([type, name]) => [name, type]),
);

const malformed = (why: string): StoreError =>
  new StoreError('FailedToParse', `malformed BSON: ${why}`);

/** Bytes of the document that starts at `at`, checked against the buffer's end. */
export function documentSize(bytes: Buffer, at: number, end: number): number {
  if (at + 5 > end) throw malformed('truncated document');
  const size = bytes.readInt32LE(at);
  if (size < 5 || at + size > end || bytes[at + size - 1] !== 0) throw malformed('bad size');
  return size;
}

/** One decode pass over a buffer: a position that only moves forward, within checked bounds. */
class Decoder {
  constructor(
    private readonly bytes: Buffer,
    private at: number,
  ) {}

  document(end: number, depth: number, array: false): Doc;
  document(end: number, depth: number, array: true): Value[];
  document(end: number, depth: number, array: boolean): Doc | Value[] {
    if (depth > DEPTH_MAX) {
      throw new StoreError('Overflow', 'document exceeds the maximum nesting depth');
    }
    const stop = this.at + documentSize(this.bytes, this.at, end) - 1;
    this.at += 4;
    const map: Doc = new Map();
    const list: Value[] = [];
    while (this.at < stop) {
      const type = this.bytes[this.at++];
      const name = this.name(stop);
      const value = this.value(type ?? 0, stop, depth);
      if (array) list.push(value);
      else map.set(name, value);
    }
    if (this.at !== stop) throw malformed('element overruns its document');
    this.at++;
    return array ? list : map;
  }

  private name(stop: number): string {
    const start = this.at;
    let end = start;
    let ascii = true;
    for (let byte = this.bytes[end]; byte !== 0; byte = this.bytes[++end]) {
      if (byte === undefined || end >= stop) throw malformed('unterminated name');
      if (byte > 127) ascii = false;
    }
    this.at = end + 1;
    return this.bytes.toString(ascii ? 'latin1' : 'utf8', start, end);
  }

  private take(size: number, stop: number): number {
    const start = this.at;
    if (size < 0 || start + size > stop) throw malformed('truncated value');
    this.at += size;
    return start;
  }

  private value(type: number, stop: number, depth: number): Value {
    const { bytes } = this;
    switch (type) {
      case 0x01:
        return new Double(bytes.readDoubleLE(this.take(8, stop)));
      case 0x02:
        return this.string(stop);
      case 0x03:
        return this.document(stop, depth + 1, false);
      case 0x04:
        return this.document(stop, depth + 1, true);
      case 0x05:
        return this.binary(stop);
      case 0x07:
        return new ObjectId(Buffer.from(bytes.subarray(this.take(12, stop), this.at)));
      case 0x08:
        return bytes[this.take(1, stop)] !== 0;
      case 0x09: {
        const date = new Date(Number(bytes.readBigInt64LE(this.take(8, stop))));
        if (Number.isNaN(date.getTime())) {
          throw new StoreError('BadValue', 'a date is outside the range this store can hold');
        }
        return date;
      }
      case 0x0a:
        return null;
      case 0x0b: {
        const pattern = this.name(stop);
        return new BSONRegExp(pattern, this.name(stop));
      }
      case 0x10:
        return new Int32(bytes.readInt32LE(this.take(4, stop)));
      case 0x11: {
        const at = this.take(8, stop);
        return new Timestamp({ t: bytes.readUInt32LE(at + 4), i: bytes.readUInt32LE(at) });
      }
      case 0x12: {
        const at = this.take(8, stop);
        return new Long(bytes.readInt32LE(at), bytes.readInt32LE(at + 4));
      }
      case 0x13:
        return new Decimal128(Buffer.from(bytes.subarray(this.take(16, stop), this.at)));
      case 0xff:
        return new MinKey();
      case 0x7f:
        return new MaxKey();
      default:
        throw unsupported(`BSON type 0x${type.toString(16).padStart(2, '0')}`);
    }
  }

  private string(stop: number): string {
    const size = this.bytes.readInt32LE(this.take(4, stop));
    const start = this.take(size, stop);
    if (size < 1 || this.bytes[this.at - 1] !== 0) throw malformed('bad string');
    return this.bytes.toString('utf8', start, this.at - 1);
  }

  private binary(stop: number): Binary {
    const size = this.bytes.readInt32LE(this.take(4, stop));
    const subtype = this.bytes[this.take(1, stop)] ?? 0;
    const start = this.take(size, stop);
    return new Binary(Buffer.from(this.bytes.subarray(start, this.at)), subtype);
  }
}

/** Decodes the document at the start (or at `at`) of a buffer. Refuses malformed bytes. */
export const decode = (bytes: Buffer, at = 0): Doc =>
  new Decoder(bytes, at).document(bytes.length, 0, false);

let out = Buffer.allocUnsafe(1 << 16);
let pos = 0;

function reserve(size: number): void {
  if (pos + size <= out.length) return;
  const grown = Buffer.allocUnsafe(Math.max(out.length * 2, pos + size));
  out.copy(grown, 0, 0, pos);
  out = grown;
}

function putName(type: number, name: string): void {
  reserve(name.length * 3 + 2);
  out[pos++] = type;
  const start = pos;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code > 127) {
      pos = start + out.write(name, start, 'utf8');
      break;
    }
    out[pos++] = code;
  }
  out[pos++] = 0;
}

function putString(text: string): void {
  reserve(text.length * 3 + 5);
  const size = out.write(text, pos + 4, 'utf8');
  out.writeInt32LE(size + 1, pos);
  pos += size + 4;
  out[pos++] = 0;
}

function putBytes(bytes: Uint8Array): void {
  reserve(bytes.length);
  out.set(bytes, pos);
  pos += bytes.length;
}

function putInt64(low: number, high: number): void {
  reserve(8);
  out.writeInt32LE(low, pos);
  out.writeInt32LE(high, pos + 4);
  pos += 8;
}

function putNumber(name: string, value: number): void {
  const whole = Number.isInteger(value) && Math.abs(value) < 2 ** 31;
  putName(whole ? 0x10 : 0x01, name);
  reserve(8);
  pos = whole ? out.writeInt32LE(value, pos) : out.writeDoubleLE(value, pos);
}

/** What {@link encode} accepts: values, plain objects of them, and raw documents to splice in. */
function putElement(name: string, value: unknown): void {
  if (value === undefined) return;
  if (typeof value === 'number') return putNumber(name, value);
  if (value instanceof Uint8Array) {
    putName(0x03, name);
    return putBytes(value);
  }
  if (typeof value === 'object' && value !== null && !TYPE_BY_CLASS.has(value.constructor)) {
    putName(0x03, name);
    return putContainer(value);
  }
  const known = value as Value;
  const type = typeOf(known);
  putName(type & 0xff, name);
  if (typeof known === 'string') return putString(known);
  if (typeof known === 'boolean') {
    reserve(1);
    out[pos++] = known ? 1 : 0;
  } else if (known instanceof Map || Array.isArray(known)) putContainer(known);
  else if (known instanceof ObjectId) putBytes(known.id);
  else if (known instanceof Date) {
    reserve(8);
    pos = out.writeBigInt64LE(BigInt(known.getTime()), pos);
  } else if (known instanceof Int32) {
    reserve(4);
    pos = out.writeInt32LE(known.value, pos);
  } else if (known instanceof Double) {
    reserve(8);
    pos = out.writeDoubleLE(known.value, pos);
  } else if (known instanceof Timestamp || known instanceof Long) putInt64(known.low, known.high);
  else if (known instanceof Decimal128) putBytes(known.bytes);
  else if (known instanceof Binary) {
    reserve(5);
    pos = out.writeInt32LE(known.position, pos);
    out[pos++] = known.sub_type;
    putBytes(known.buffer.subarray(0, known.position));
  } else if (known instanceof BSONRegExp) {
    putBytes(Buffer.from(`${known.pattern}\0${known.options}\0`, 'utf8'));
  }
}

function putContainer(value: object): void {
  reserve(4);
  const start = pos;
  pos += 4;
  if (value instanceof Map) for (const [name, field] of value) putElement(name as string, field);
  else if (Array.isArray(value)) value.forEach((item, i) => putElement(String(i), item));
  else for (const [name, field] of Object.entries(value)) putElement(name, field);
  reserve(1);
  out[pos++] = 0;
  out.writeInt32LE(pos - start, start);
}

/**
 * Encodes a document. In plain objects a JavaScript number becomes an int32 if it fits, else a
 * double; a `Uint8Array` is a raw document and is spliced in as it is.
 *
 * @param headerBytes - room left free at the front, for a frame header
 */
export function encode(document: object, headerBytes = 0): Buffer {
  pos = headerBytes;
  reserve(0);
  putContainer(document);
  return Buffer.from(out.subarray(0, pos));
}

/** Refuses what may not be stored: a document too large or nested too deeply. */
export function checkStorable(doc: Doc, size: number): void {
  if (size > DOCUMENT_BYTES_MAX) {
    throw new StoreError(
      'BSONObjectTooLarge',
      `object to insert too large. size in bytes: ${size}, max size: ${DOCUMENT_BYTES_MAX}`,
    );
  }
  if (depthOf(doc) > STORED_DEPTH_MAX) {
    throw new StoreError('Overflow', `document exceeds maximum nesting of ${STORED_DEPTH_MAX}`);
  }
}

function depthOf(value: Value): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (!(value instanceof Map || Array.isArray(value))) return 0;
  let deepest = 0;
  for (const child of value.values()) {
    if (typeof child === 'object') deepest = Math.max(deepest, depthOf(child));
  }
  return deepest + 1;
}
