/** BSON comparison order, exactly as MongoDB documents it. */
import { BSONRegExp, Binary, ObjectId, Timestamp } from 'bson';
import { BsonType, isNumeric, typeOf, type Value } from './bson.js';
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

const RANKS = new Map<BsonType, number>([
  [BsonType.MinKey, TypeRank.MinKey],
  [BsonType.Null, TypeRank.Null],
  [BsonType.Int32, TypeRank.Number],
  [BsonType.Long, TypeRank.Number],
  [BsonType.Double, TypeRank.Number],
  [BsonType.Decimal128, TypeRank.Number],
  [BsonType.String, TypeRank.String],
  [BsonType.Object, TypeRank.Object],
  [BsonType.Array, TypeRank.Array],
  [BsonType.Binary, TypeRank.Binary],
  [BsonType.ObjectId, TypeRank.ObjectId],
  [BsonType.Boolean, TypeRank.Boolean],
  [BsonType.Date, TypeRank.Date],
  [BsonType.Timestamp, TypeRank.Timestamp],
  [BsonType.RegExp, TypeRank.RegExp],
  [BsonType.MaxKey, TypeRank.MaxKey],
]);

/** Rank of a value's type group; only values of one group are compared by `$gt` and friends. */
export const rankOf = (value: Value): number => RANKS.get(typeOf(value)) ?? 0;

/** Orders strings by their UTF-8 bytes; JavaScript's own order differs for surrogates. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const bothHigh = x >= 0xd800 && y >= 0xd800;
    if (bothHigh) return Buffer.compare(Buffer.from(a), Buffer.from(b));
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

function compareFields(a: [string, Value][], b: [string, Value][], names: boolean): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [nameA, valueA] = a[i] as [string, Value];
    const [nameB, valueB] = b[i] as [string, Value];
    const order =
      rankOf(valueA) - rankOf(valueB) ||
      (names ? compareStrings(nameA, nameB) : 0) ||
      compareValues(valueA, valueB);
    if (order) return order;
  }
  return a.length - b.length;
}

function compareBinary(a: Binary, b: Binary): number {
  return (
    a.position - b.position ||
    a.sub_type - b.sub_type ||
    Buffer.compare(a.buffer.subarray(0, a.position), b.buffer.subarray(0, b.position))
  );
}

/** Orders two values; zero means equal for every purpose of the store (1 equals 1.0). */
export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  const rank = rankOf(a) - rankOf(b);
  if (rank) return rank;
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (a instanceof Map && b instanceof Map) return compareFields([...a], [...b], true);
  if (Array.isArray(a) && Array.isArray(b)) {
    return compareFields(
      a.map((value) => ['', value]),
      b.map((value) => ['', value]),
      false,
    );
  }
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.id, b.id);
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Binary && b instanceof Binary) return compareBinary(a, b);
  if (a instanceof Timestamp && b instanceof Timestamp) return a.compare(b);
  if (a instanceof BSONRegExp && b instanceof BSONRegExp) {
    return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options);
  }
  return 0;
}

/** Whether two values are equal; for documents the order of fields counts. */
export const equalValues = (a: Value, b: Value): boolean => compareValues(a, b) === 0;
