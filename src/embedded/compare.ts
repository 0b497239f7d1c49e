/** BSON comparison order, exactly as MongoDB documents it. */
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
import { isNumeric, type Value } from './bson.js';
import { compareNumbers } from './numbers.js';

/** Rank of each type group; also the first byte of a value in a key. `Undefined` stands for an empty array. */
export const TypeRank = {
  MinKey: 0x05,
  Undefined: 0x08,
  Null: 0x0a,
  Number: 0x14,
  String: 0x1e,
  Object: 0x28,
  Array: 0x2d,
  Binary: 0x32,
  ObjectId: 0x37,
  Boolean: 0x3c,
  Date: 0x41,
  Timestamp: 0x46,
  RegExp: 0x4b,
  MaxKey: 0xf0,
} as const;

const RANKS = new Map<unknown, number>([
  [MinKey, TypeRank.MinKey],
  [Int32, TypeRank.Number],
  [Long, TypeRank.Number],
  [Double, TypeRank.Number],
  [Decimal128, TypeRank.Number],
  [String, TypeRank.String],
  [Map, TypeRank.Object],
  [Array, TypeRank.Array],
  [Binary, TypeRank.Binary],
  [ObjectId, TypeRank.ObjectId],
  [Boolean, TypeRank.Boolean],
  [Date, TypeRank.Date],
  [Timestamp, TypeRank.Timestamp],
  [BSONRegExp, TypeRank.RegExp],
  [MaxKey, TypeRank.MaxKey],
]);

/** Rank of a value's type group; only values of one group are compared by `$gt` and friends. */
export const rankOf = (value: Value): number =>
  value === null ? TypeRank.Null : (RANKS.get(value.constructor) ?? 0);

/** Orders strings by their UTF-8 bytes; JavaScript's own order differs for surrogates. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) return Buffer.compare(Buffer.from(a), Buffer.from(b));
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

/** Pairs of name and value, in order; arrays are compared like documents without names. */
function compareFields(a: readonly [unknown, Value][], b: readonly [unknown, Value][]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [nameA, valueA] = a[i] as [unknown, Value];
    const [nameB, valueB] = b[i] as [unknown, Value];
    const order =
      rankOf(valueA) - rankOf(valueB) ||
      (typeof nameA === 'string' && typeof nameB === 'string' && compareStrings(nameA, nameB)) ||
      compareValues(valueA, valueB);
    if (order) return order;
  }
  return a.length - b.length;
}

function compareBinary(a: Binary, b: Binary): number {
  return a.position - b.position || a.sub_type - b.sub_type || Buffer.compare(a.value(), b.value());
}

/** Orders two values; zero means equal for every purpose of the store (1 equals 1.0). */
export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  const rank = rankOf(a) - rankOf(b);
  if (rank) return rank;
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (a instanceof Map && b instanceof Map) return compareFields([...a], [...b]);
  if (Array.isArray(a) && Array.isArray(b))
    return compareFields([...a.entries()], [...b.entries()]);
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.id, b.id);
  if (a instanceof Binary && b instanceof Binary) return compareBinary(a, b);
  if (a instanceof Timestamp && b instanceof Timestamp) return a.compare(b);
  if (a instanceof BSONRegExp && b instanceof BSONRegExp)
    return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options);
  // What is left are dates and booleans, which are numbers to JavaScript, and the two extremes.
  return a instanceof Date || typeof a === 'boolean' ? Number(a) - Number(b) : 0;
}

/** Whether two values are equal; for documents the order of fields counts. */
export const equalValues = (a: Value, b: Value): boolean => compareValues(a, b) === 0;
