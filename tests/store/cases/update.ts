import { Decimal128, Double, Int32, Long } from 'bson';
import type { UpdateCase } from './types.js';

const d = (text: string): Decimal128 => Decimal128.fromString(text);

// prettier-ignore
const fields: UpdateCase[] = [
  { name: '$set changes a field', before: { a: 1 }, update: { $set: { a: 2 } }, after: { a: 2 } },
  { name: '$set adds a field at the end', before: { a: 1 }, update: { $set: { b: 2 } }, after: { a: 1, b: 2 } },
  { name: '$set adds fields in order of their names', before: {}, update: { $set: { c: 1, a: 2, b: 3 } }, after: { a: 2, b: 3, c: 1 } },
  { name: '$set makes documents on the way', before: {}, update: { $set: { 'a.b.c': 1 } }, after: { a: { b: { c: 1 } } } },
  { name: '$set changes the type', before: { a: 1 }, update: { $set: { a: 'x' } }, after: { a: 'x' } },
  { name: '$set of 1.0 over 1 changes the type', before: { a: new Int32(1) }, update: { $set: { a: new Double(1) } }, after: { a: new Double(1) } },
  { name: '$set into an array by number', before: { a: [1, 2] }, update: { $set: { 'a.1': 9 } }, after: { a: [1, 9] } },
  { name: '$set beyond the end of an array pads with null', before: { a: [1] }, update: { $set: { 'a.3': 9 } }, after: { a: [1, null, null, 9] } },
  { name: '$set below a numbered element', before: { a: [{ b: 1 }] }, update: { $set: { 'a.0.b': 2 } }, after: { a: [{ b: 2 }] } },
  { name: '$set with a number where nothing is makes a document', before: {}, update: { $set: { 'a.0': 1 } }, after: { a: { 0: 1 } } },
  { name: '$set through a scalar fails', before: { a: 5 }, update: { $set: { 'a.b': 1 } }, error: 28 },
  { name: '$set through null fails', before: { a: null }, update: { $set: { 'a.b': 1 } }, error: 28 },
  { name: '$set of a name into an array fails', before: { a: [1] }, update: { $set: { 'a.b': 1 } }, error: 28 },
  { name: '$set of nothing changes nothing', before: { a: 1 }, update: { $set: {} }, after: { a: 1 } },
  { name: '$set keeps the types of other fields', before: { a: new Double(1), b: Long.ONE, c: d('1.0') }, update: { $set: { z: 1 } }, after: { a: new Double(1), b: Long.ONE, c: d('1.0'), z: 1 } },
  { name: '$unset removes a field', before: { a: 1, b: 2 }, update: { $unset: { a: '' } }, after: { b: 2 } },
  { name: '$unset of a missing field does nothing', before: { a: 1 }, update: { $unset: { x: '' } }, after: { a: 1 } },
  { name: '$unset below', before: { a: { b: 1, c: 2 } }, update: { $unset: { 'a.b': 1 } }, after: { a: { c: 2 } } },
  { name: '$unset of an array element leaves null', before: { a: [1, 2] }, update: { $unset: { 'a.0': 1 } }, after: { a: [null, 2] } },
  { name: '$unset below a missing field does nothing', before: {}, update: { $unset: { 'a.b': 1 } }, after: {} },
  { name: '$setOnInsert does nothing on an update', before: { a: 1 }, update: { $setOnInsert: { b: 1 }, $set: { a: 2 } }, after: { a: 2 } },
  { name: '$set of a document replaces it', before: { a: { b: 1 } }, update: { $set: { a: { c: 2 } } }, after: { a: { c: 2 } } },
  { name: '$set of null is a value', before: { a: 1 }, update: { $set: { a: null } }, after: { a: null } },
  { name: '$set of an array', before: { a: 1 }, update: { $set: { a: [1, 2] } }, after: { a: [1, 2] } },
  { name: '$unset of several fields', before: { a: 1, b: 2, c: 3 }, update: { $unset: { a: 1, c: 1 } }, after: { b: 2 } },
];

// prettier-ignore
const numbers: UpdateCase[] = [
  { name: '$max takes the greater', before: { a: 2 }, update: { $max: { a: 3 } }, after: { a: 3 } },
  { name: '$max keeps the greater', before: { a: 4 }, update: { $max: { a: 3 } }, after: { a: 4 } },
  { name: '$max sets a missing field', before: {}, update: { $max: { a: 3 } }, after: { a: 3 } },
  { name: '$max compares types in BSON order', before: { a: 5 }, update: { $max: { a: 'x' } }, after: { a: 'x' } },
  { name: '$max with an equal number keeps the old type', before: { a: new Int32(5) }, update: { $max: { a: new Double(5) } }, after: { a: new Int32(5) } },
  { name: '$inc adds', before: { a: 1 }, update: { $inc: { a: 2 } }, after: { a: 3 } },
  { name: '$inc sets a missing field', before: {}, update: { $inc: { a: 2 } }, after: { a: 2 } },
  { name: '$inc below', before: { a: { b: 1 } }, update: { $inc: { 'a.b': -4 } }, after: { a: { b: -3 } } },
  { name: '$inc keeps int32', before: { a: new Int32(1) }, update: { $inc: { a: new Int32(1) } }, after: { a: new Int32(2) } },
  { name: '$inc of int32 by double gives double', before: { a: new Int32(1) }, update: { $inc: { a: new Double(1) } }, after: { a: new Double(2) } },
  { name: '$inc of int32 over its end gives long', before: { a: new Int32(2147483647) }, update: { $inc: { a: new Int32(1) } }, after: { a: Long.fromNumber(2147483648) } },
  { name: '$inc of long stays long', before: { a: Long.fromNumber(5) }, update: { $inc: { a: new Int32(1) } }, after: { a: Long.fromNumber(6) } },
  { name: '$inc of long over its end fails', before: { a: Long.MAX_VALUE }, update: { $inc: { a: 1 } }, error: 2 },
  { name: '$inc of a string fails', before: { a: 'x' }, update: { $inc: { a: 1 } }, error: 14 },
  { name: '$inc of null fails', before: { a: null }, update: { $inc: { a: 1 } }, error: 14 },
  { name: '$inc by a string fails', before: { a: 1 }, update: { $inc: { a: 'x' } }, error: 14 },
  { name: '$inc by zero changes nothing', before: { a: 1 }, update: { $inc: { a: 0 } }, after: { a: 1 } },
  { name: '$inc of double by int32 stays double', before: { a: new Double(1.5) }, update: { $inc: { a: new Int32(1) } }, after: { a: new Double(2.5) } },
  { name: '$inc makes documents on the way', before: {}, update: { $inc: { 'a.b': 1 } }, after: { a: { b: 1 } } },
  { name: '$inc of several fields', before: { a: 1, b: 2 }, update: { $inc: { a: 1, b: 2 } }, after: { a: 2, b: 4 } },
  { name: '$inc of int32 below its end gives long', before: { a: new Int32(-2147483648) }, update: { $inc: { a: new Int32(-1) } }, after: { a: Long.fromNumber(-2147483649) } },
  { name: '$inc through a scalar fails', before: { a: 5 }, update: { $inc: { 'a.b': 1 } }, error: 28 },
  { name: '$max of dates', before: { a: new Date(5) }, update: { $max: { a: new Date(9) } }, after: { a: new Date(9) } },
  { name: '$max below', before: { a: { b: 1 } }, update: { $max: { 'a.b': 5 } }, after: { a: { b: 5 } } },
];

// prettier-ignore
const arrays: UpdateCase[] = [
  { name: '$push appends', before: { a: [1] }, update: { $push: { a: 2 } }, after: { a: [1, 2] } },
  { name: '$push makes an array', before: {}, update: { $push: { a: 1 } }, after: { a: [1] } },
  { name: '$push of an array appends it as one element', before: { a: [1] }, update: { $push: { a: [2, 3] } }, after: { a: [1, [2, 3]] } },
  { name: '$push on a non-array fails', before: { a: 5 }, update: { $push: { a: 1 } }, error: 2 },
  { name: '$push on null fails', before: { a: null }, update: { $push: { a: 1 } }, error: 2 },
  { name: '$push below', before: { a: { b: [1] } }, update: { $push: { 'a.b': 2 } }, after: { a: { b: [1, 2] } } },
];

// prettier-ignore
const errors: UpdateCase[] = [
  { name: '_id may not be changed', before: { a: 1 }, update: { $set: { _id: 99 } }, error: 66 },
  { name: '_id may be set to itself', before: { a: 1 }, update: { $set: { _id: 1, a: 2 } }, after: { a: 2 } },
  { name: '_id may not be removed', before: { a: 1 }, update: { $unset: { _id: 1 } }, error: 66 },
  { name: 'two operators on one path conflict', before: { a: 1 }, update: { $set: { a: 1 }, $inc: { a: 1 } }, error: 40 },
  { name: 'a path and its parent conflict', before: { a: {} }, update: { $set: { a: {}, 'a.b': 1 } }, error: 40 },
  { name: 'an unknown operator is refused', before: { a: 1 }, update: { $foo: { a: 1 } }, error: 9 },
  { name: 'an operator needs a document', before: { a: 1 }, update: { $set: 5 }, error: 9 },
  { name: 'an empty path is refused', before: { a: 1 }, update: { $set: { '': 1 } }, error: 56 },
  { name: 'an empty part of a path is refused', before: { a: 1 }, update: { $set: { 'a..b': 1 } }, error: 56 },
  { name: 'a path and its parent conflict across operators', before: { a: {} }, update: { $set: { 'a.b': 1 }, $unset: { a: 1 } }, error: 40 },
];

// prettier-ignore
const upserts: UpdateCase[] = [
  { name: 'an upsert takes the equalities of its filter', filter: { _id: 1, k: 'x', 'n.m': 2 }, update: { $set: { v: 1 } }, upsert: true, after: { k: 'x', n: { m: 2 }, v: 1 } },
  { name: 'an upsert leaves ranges out', filter: { _id: 1, k: { $gt: 5 } }, update: { $set: { v: 1 } }, upsert: true, after: { v: 1 } },
  { name: 'an upsert takes $eq', filter: { _id: 1, k: { $eq: 5 } }, update: { $set: { v: 1 } }, upsert: true, after: { k: 5, v: 1 } },
  { name: 'an upsert looks into $and', filter: { $and: [{ _id: 1 }, { k: 2 }] }, update: { $set: { v: 1 } }, upsert: true, after: { k: 2, v: 1 } },
  { name: 'an upsert applies $setOnInsert', filter: { _id: 1 }, update: { $setOnInsert: { c: 1 }, $set: { v: 1 } }, upsert: true, after: { c: 1, v: 1 } },
  { name: 'an upsert applies $inc to a filter value', filter: { _id: 1, n: 5 }, update: { $inc: { n: 1 } }, upsert: true, after: { n: 6 } },
  { name: 'an upsert of an existing document updates it', before: { k: 1 }, filter: { _id: 1 }, update: { $set: { k: 2 } }, upsert: true, after: { k: 2 } },
  { name: 'an upsert with one field twice fails', filter: { $and: [{ k: 1 }, { k: 2 }] }, update: { $set: { v: 1 } }, upsert: true, error: 54 },
  { name: 'an upsert leaves lists out', filter: { _id: 1, k: { $in: [1, 2] } }, update: { $set: { v: 1 } }, upsert: true, after: { v: 1 } },
  { name: 'an upsert takes the only value of a list', filter: { _id: 1, k: { $in: [1] } }, update: { $set: { v: 1 } }, upsert: true, after: { k: 1, v: 1 } },
  { name: 'an upsert takes null', filter: { _id: 1, k: { $eq: null } }, update: { $set: { v: 1 } }, upsert: true, after: { k: null, v: 1 } },
  { name: 'an upsert with a field and one below it fails', filter: { x: { x: 1 }, 'x.y': 1 }, update: { $set: { v: 1 } }, upsert: true, error: 54 },
  { name: 'an upsert with a field below another one fails', filter: { 'x.y': 1, x: { z: 1 } }, update: { $set: { v: 1 } }, upsert: true, error: 54 },
  { name: 'an upsert with fields side by side joins them', filter: { _id: 1, 'x.y': 1, 'x.z': 2 }, update: { $set: { v: 1 } }, upsert: true, after: { x: { y: 1, z: 2 }, v: 1 } },
  { name: 'an upsert with a dollar in its _id fails', filter: { _id: { a: { $b: 1 } } }, update: { $set: { v: 1 } }, upsert: true, error: 52 },
  { name: 'an upsert applies $push', filter: { _id: 1 }, update: { $push: { l: 1 } }, upsert: true, after: { l: [1] } },
  { name: 'an upsert applies $max', filter: { _id: 1 }, update: { $max: { m: 4 } }, upsert: true, after: { m: 4 } },
  { name: 'an upsert has nothing to unset', filter: { _id: 1 }, update: { $unset: { x: 1 }, $set: { v: 1 } }, upsert: true, after: { v: 1 } },
];

/** All update cases by topic. `_id` is 1 and left out of `before` and `after`. */
export const UPDATE_CASES = { fields, numbers, arrays, errors, upserts };
