/**
 * Order-preserving bytes: comparing two encodings with memcmp gives BSON order, across number
 * types too, so `1` and `1.0` are one key. No encoding is a prefix of another one, so parts can
 * follow each other and a descending part is simply inverted.
 */
import { BSONRegExp, Binary, Double, ObjectId, Timestamp } from 'bson';
import { isNumeric, type Numeric, type Value } from './bson.js';
import { TypeRank, rankOf } from './compare.js';
import { compareDecimals, exactDecimal, isDouble, toDouble, type Decimal } from './numbers.js';

/** The longest key that LMDB takes. */
export const KEY_BYTES_MAX = 1978;

let out = Buffer.allocUnsafe(4096);
let pos = 0;

function reserve(size: number): void {
  if (pos + size <= out.length) return;
  const grown = Buffer.allocUnsafe(Math.max(out.length * 2, pos + size));
  out.copy(grown, 0, 0, pos);
  out = grown;
}

const putByte = (byte: number): void => {
  reserve(1);
  out[pos++] = byte;
};

function putDouble(number: number): void {
  reserve(8);
  if (Number.isNaN(number)) out.fill(0, pos, pos + 8);
  else {
    out.writeDoubleBE(number === 0 ? 0 : number, pos);
    if (number < 0) for (let i = 0; i < 8; i++) out[pos + i] = ~(out[pos + i] ?? 0);
    else out[pos] = (out[pos] ?? 0) | 0x80;
  }
  pos += 8;
}

function nextDouble(number: number): number {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, number === 0 ? -0 : number);
  const bits = bytes.getBigInt64(0);
  // One step towards minus infinity: magnitude shrinks above zero, grows below.
  bytes.setBigUint64(0, BigInt.asUintN(64, number > 0 ? bits - 1n : bits + 1n));
  return bytes.getFloat64(0);
}

/** The digits of a decimal as bytes that sort like it, for what no double holds exactly. */
function putDigits({ coefficient, exponent }: Decimal): void {
  const start = pos;
  const text = (coefficient < 0n ? -coefficient : coefficient).toString();
  const digits = text.replace(/0+$/, '');
  reserve(digits.length + 3);
  pos = out.writeUInt16BE(exponent + text.length + 20_000, pos);
  for (let i = 0; i < digits.length; i++) out[pos++] = digits.charCodeAt(i) - 47;
  out[pos++] = 0;
  if (coefficient < 0n) invert(start);
}

function putNumeric(value: Numeric): void {
  const number = toDouble(value);
  const exact = isDouble(value) ? undefined : exactDecimal(value);
  if (!exact) {
    putDouble(number);
    return putByte(0);
  }
  // The largest double not above the value, then the exact digits if anything is left over.
  const nearest = Number.isFinite(number) ? exactDecimal(new Double(number)) : undefined;
  const order = nearest ? compareDecimals(exact, nearest) : number > 0 ? -1 : 1;
  putDouble(order < 0 ? nextDouble(number) : number);
  putByte(order === 0 ? 0 : 1);
  if (order !== 0) putDigits(exact);
}

function putText(text: string): void {
  const safe = text.includes('\0') ? text.replaceAll('\0', '\0\u{10FFFF}') : text;
  reserve(safe.length * 3 + 2);
  // A zero byte inside is followed by 0xF4 (the escape above), the end by 0x00: still in order.
  pos += out.write(safe, pos, 'utf8');
  out[pos++] = 0;
  out[pos++] = 0;
}

function putBody(value: Value): void {
  if (typeof value === 'string') return putText(value);
  if (typeof value === 'boolean') return putByte(value ? 1 : 0);
  if (value === null || typeof value !== 'object') return;
  if (value instanceof ObjectId) return putRaw(value.id);
  if (isNumeric(value)) return putNumeric(value);
  if (value instanceof Date) {
    reserve(8);
    pos = out.writeBigUInt64BE(BigInt.asUintN(64, BigInt(value.getTime()) + (1n << 63n)), pos);
  } else if (value instanceof Timestamp) {
    reserve(8);
    pos = out.writeUInt32BE(value.high >>> 0, pos);
    pos = out.writeUInt32BE(value.low >>> 0, pos);
  } else if (value instanceof Map) {
    for (const [name, field] of value) {
      putByte(rankOf(field));
      putText(name);
      putBody(field);
    }
    putByte(0);
  } else if (Array.isArray(value)) {
    for (const item of value) putValue(item);
    putByte(0);
  } else if (value instanceof Binary) {
    reserve(5);
    pos = out.writeUInt32BE(value.position, pos);
    out[pos++] = value.sub_type;
    putRaw(value.buffer.subarray(0, value.position));
  } else if (value instanceof BSONRegExp) {
    putText(value.pattern);
    putText(value.options);
  }
}

function putRaw(bytes: Uint8Array): void {
  reserve(bytes.length);
  out.set(bytes, pos);
  pos += bytes.length;
}

function putValue(value: Value | undefined): void {
  putByte(value === undefined ? TypeRank.Undefined : rankOf(value));
  if (value !== undefined) putBody(value);
}

function invert(start: number): void {
  for (let i = start; i < pos; i++) out[i] = ~(out[i] ?? 0);
}

/** Key bytes of several values in a row; those that shall sort downwards are inverted. */
export function encodeKeys(
  values: readonly (Value | undefined)[],
  descending: readonly boolean[] = [],
): Buffer {
  pos = 0;
  for (let i = 0; i < values.length; i++) {
    const start = pos;
    putValue(values[i]);
    if (descending[i]) invert(start);
  }
  return Buffer.from(out.subarray(0, pos));
}

/** Key bytes of one value; `undefined` is what an empty array leaves in an index. */
export const encodeKey = (value: Value | undefined): Buffer => encodeKeys([value]);

/** Keys from `low` up to but not including `high`. */
export interface Interval {
  readonly low: Buffer;
  readonly high: Buffer;
}

/** The first key after all keys that start with `prefix`. */
export function afterPrefix(prefix: Buffer): Buffer {
  for (let i = prefix.length - 1; i >= 0; i--) {
    const byte = prefix[i] ?? 0xff;
    if (byte !== 0xff) {
      const bound = Buffer.from(prefix.subarray(0, i + 1));
      bound[i] = byte + 1;
      return bound;
    }
  }
  return Buffer.alloc(KEY_BYTES_MAX, 0xff);
}
