/** What writes do beyond the plain cases: as MongoDB's own tests and sources have it. */
import { Decimal128, Double, Int32, Long, MaxKey, MinKey, Timestamp } from 'bson';
import type { Document, UpdateCase, WriteCase } from './types.js';

const d = (text: string): Decimal128 => Decimal128.fromString(text);
const int = (value: number): Int32 => new Int32(value);
const double = (value: number): Double => new Double(value);

// prettier-ignore
const fields: UpdateCase[] = [
  { name: '$set below a name with a dollar', before: {}, update: { $set: { 'a.$b': 1 } }, after: { a: { $b: 1 } } },
  { name: '$set through a name with a dollar', before: {}, update: { $set: { 'a.$b.c': 1 } }, after: { a: { $b: { c: 1 } } } },
  { name: '$inc of a nested name with a dollar', before: { a: { $b: 1 } }, update: { $inc: { 'a.$b': 1 } }, after: { a: { $b: 2 } } },
  { name: '$set of a name with a dollar at the top fails', before: {}, update: { $set: { $b: 1 } }, error: 52 },
  { name: '$set below a name with a dollar at the top fails', before: {}, update: { $set: { '$b.c': 1 } }, error: 52 },
  { name: '$inc of a name with a dollar at the top fails', before: {}, update: { $inc: { $b: 1 } }, error: 52 },
  { name: '$set of a top name with a dollar that finds nothing is no error', before: { a: 1 }, filter: { _id: 2 }, update: { $set: { $b: 1 } }, after: { a: 1 } },
  { name: '$set of the same value under a top name with a dollar is no error', before: { $b: 1 }, update: { $set: { $b: 1 } }, after: { $b: 1 } },
  { name: '$unset of a top name with a dollar', before: { $b: 1, a: 1 }, update: { $unset: { $b: 1 } }, after: { a: 1 } },
  { name: '$unset of a nested name with a dollar', before: { a: { $b: 1, c: 1 } }, update: { $unset: { 'a.$b': 1 } }, after: { a: { c: 1 } } },
  { name: '$set of a document with dollars and dots in its names', before: {}, update: { $set: { a: { $b: 1, 'c.d': 2 } } }, after: { a: { $b: 1, 'c.d': 2 } } },
  { name: '$set of a dollar in the middle of a name', before: {}, update: { $set: { 'a$b': 1 } }, after: { a$b: 1 } },
  { name: 'names that start with digits come by length', before: {}, update: { $set: { '10a': 1, '9a': 2 } }, after: { '9a': 2, '10a': 1 } },
  { name: 'names with leading zeros come as text', before: {}, update: { $set: { '02': 1, '010': 2 } }, after: { '010': 2, '02': 1 } },
  { name: 'nested names that start with digits come by length', before: {}, update: { $set: { 'a.100x': 1, 'a.20x': 2 } }, after: { a: { '20x': 2, '100x': 1 } } },
  { name: 'a name before the dot decides the order', before: {}, update: { $set: { 'b.c': 1, 'b-c': 2 } }, after: { b: { c: 1 }, 'b-c': 2 } },
  { name: 'upper case comes before lower case', before: {}, update: { $set: { a: 1, B: 2 } }, after: { B: 2, a: 1 } },
  { name: 'a field that was there keeps its place', before: { z: 1, a: 1 }, update: { $set: { a: 2, m: 1 }, $inc: { z: 1 } }, after: { z: 2, a: 2, m: 1 } },
  { name: 'new elements of an array come by number', before: { a: [] }, update: { $set: { 'a.3': 'c', 'a.1': 'b' } }, after: { a: [null, 'b', null, 'c'] } },
  { name: '$set below a new element makes a document', before: { a: [] }, update: { $set: { 'a.1.b': 2 } }, after: { a: [null, { b: 2 }] } },
  { name: '$set of too far an element fails', before: { a: [] }, update: { $set: { 'a.1500001': 1 } }, error: 34 },
  { name: '$set by a number with a leading zero', before: { a: [1, 2] }, update: { $set: { 'a.01': 9 } }, after: { a: [1, 9] } },
  { name: '$set by a negative number into an array fails', before: { a: [1] }, update: { $set: { 'a.-1': 1 } }, error: 28 },
  { name: '$unset by a name in an array does nothing', before: { a: [{ b: 1 }] }, update: { $unset: { 'a.b': 1 } }, after: { a: [{ b: 1 }] } },
  { name: '$unset through a scalar does nothing', before: { a: 5 }, update: { $unset: { 'a.b': 1 } }, after: { a: 5 } },
  { name: '$unset below an element of an array', before: { a: [{ b: 1 }] }, update: { $unset: { 'a.0.b': 1 } }, after: { a: [{}] } },
  { name: '$unset beyond the end of an array does nothing', before: { a: [1] }, update: { $unset: { 'a.4': 1 } }, after: { a: [1] } },
  { name: '$set changes the order of fields in a document', before: { a: { x: 1, y: 2 } }, update: { $set: { a: { y: 2, x: 1 } } }, after: { a: { y: 2, x: 1 } } },
  { name: '$set changes the digits of a decimal', before: { a: d('1.0') }, update: { $set: { a: d('1.00') } }, after: { a: d('1.00') } },
  { name: '$set changes the sign of zero', before: { a: double(0) }, update: { $set: { a: double(-0) } }, after: { a: double(-0) } },
  { name: '$setOnInsert is checked on an update too', before: {}, update: { $setOnInsert: { a: 1 }, $set: { 'a.b': 1 } }, error: 40 },
  { name: '$setOnInsert along a path that cannot be is no error on an update', before: { a: 1 }, update: { $setOnInsert: { 'a.b': 1 } }, after: { a: 1 } },
  { name: 'empty operators change nothing', before: { a: 1 }, update: { $inc: {}, $push: {}, $unset: {}, $max: {} }, after: { a: 1 } },
  { name: '$set of an empty timestamp keeps it', before: {}, update: { $set: { a: new Timestamp({ t: 0, i: 0 }) } }, after: { a: new Timestamp({ t: 0, i: 0 }) } },
];

// prettier-ignore
const numbers: UpdateCase[] = [
  { name: '$inc by minus zero sets a missing field to minus zero', before: {}, update: { $inc: { a: double(-0) } }, after: { a: double(-0) } },
  { name: '$inc of minus zero by zero leaves it', before: { a: double(-0) }, update: { $inc: { a: int(0) } }, after: { a: double(-0) } },
  { name: '$inc by a long zero gives long', before: { a: int(2) }, update: { $inc: { a: Long.ZERO } }, after: { a: Long.fromNumber(2) } },
  { name: '$inc sets a missing field with its own type', before: {}, update: { $inc: { a: Long.fromNumber(5) } }, after: { a: Long.fromNumber(5) } },
  { name: '$inc of long by double gives double', before: { a: Long.ONE }, update: { $inc: { a: double(0.5) } }, after: { a: double(1.5) } },
  { name: '$inc of a large long by double loses digits', before: { a: Long.fromString('9007199254740993') }, update: { $inc: { a: double(0) } }, after: { a: double(9007199254740992) } },
  { name: '$inc of long below its end fails', before: { a: Long.MIN_VALUE }, update: { $inc: { a: int(-1) } }, error: 2 },
  { name: '$inc of double over its end gives infinity', before: { a: double(Number.MAX_VALUE) }, update: { $inc: { a: double(Number.MAX_VALUE) } }, after: { a: double(Infinity) } },
  { name: '$inc of infinity by minus infinity gives NaN', before: { a: double(Infinity) }, update: { $inc: { a: double(-Infinity) } }, after: { a: double(NaN) } },
  { name: '$inc of NaN stays NaN', before: { a: double(NaN) }, update: { $inc: { a: int(5) } }, after: { a: double(NaN) } },
  { name: '$inc of a boolean fails', before: { a: true }, update: { $inc: { a: 1 } }, error: 14 },
  { name: '$inc of an array fails', before: { a: [] }, update: { $inc: { a: 1 } }, error: 14 },
  { name: '$inc by null fails even if nothing is found', before: {}, filter: { _id: 2 }, update: { $inc: { a: null } }, error: 14 },
  { name: '$inc of an element', before: { a: [1, 2] }, update: { $inc: { 'a.1': 1 } }, after: { a: [1, 3] } },
  { name: '$max over NaN takes any number', before: { a: double(NaN) }, update: { $max: { a: double(-Infinity) } }, after: { a: double(-Infinity) } },
  { name: '$max with NaN keeps any number', before: { a: double(-Infinity) }, update: { $max: { a: double(NaN) } }, after: { a: double(-Infinity) } },
  { name: '$max with minus zero keeps zero', before: { a: double(0) }, update: { $max: { a: double(-0) } }, after: { a: double(0) } },
  { name: '$max over null takes a number', before: { a: null }, update: { $max: { a: -5 } }, after: { a: -5 } },
  { name: '$max with null keeps a number', before: { a: -5 }, update: { $max: { a: null } }, after: { a: -5 } },
  { name: '$max with null sets a missing field', before: {}, update: { $max: { a: null } }, after: { a: null } },
  { name: '$max keeps MaxKey', before: { a: new MaxKey() }, update: { $max: { a: 1 } }, after: { a: new MaxKey() } },
  { name: '$max over MinKey takes null', before: { a: new MinKey() }, update: { $max: { a: null } }, after: { a: null } },
  { name: '$max puts an array above a document', before: { a: { z: 9 } }, update: { $max: { a: [] } }, after: { a: [] } },
  { name: '$max puts a timestamp above a date', before: { a: new Date(1) }, update: { $max: { a: new Timestamp({ t: 0, i: 1 }) } }, after: { a: new Timestamp({ t: 0, i: 1 }) } },
  { name: '$max compares arrays from the front', before: { a: [1, 9] }, update: { $max: { a: [2] } }, after: { a: [2] } },
  { name: '$max of a long and an equal double keeps the long', before: { a: Long.fromNumber(7) }, update: { $max: { a: double(7) } }, after: { a: Long.fromNumber(7) } },
  { name: '$max through a scalar fails', before: { a: 1 }, update: { $max: { 'a.b': 1 } }, error: 28 },
];

// prettier-ignore
const arrays: UpdateCase[] = [
  { name: '$push makes documents on the way', before: {}, update: { $push: { 'a.b': 1 } }, after: { a: { b: [1] } } },
  { name: '$push to an element', before: { a: [[1]] }, update: { $push: { 'a.0': 2 } }, after: { a: [[1, 2]] } },
  { name: '$push beyond the end of an array', before: { a: [1] }, update: { $push: { 'a.2': 9 } }, after: { a: [1, null, [9]] } },
  { name: '$push of null', before: { a: [] }, update: { $push: { a: null } }, after: { a: [null] } },
  { name: '$push of a document with a dollar', before: { a: [] }, update: { $push: { a: { $slice: 1 } } }, after: { a: [{ $slice: 1 }] } },
  { name: '$push to a document fails', before: { a: {} }, update: { $push: { a: 1 } }, error: 2 },
  { name: '$push by a name into an array fails', before: { a: [{ b: [1] }] }, update: { $push: { 'a.b': 1 } }, error: 28 },
  { name: '$push twice on one path conflicts with itself', before: { a: [] }, update: { $push: { a: 1 }, $set: { 'a.0': 1 } }, error: 40 },
  { name: '$push to several arrays', before: { a: [1], b: [] }, update: { $push: { b: 2, a: 3 } }, after: { a: [1, 3], b: [2] } },
];

// prettier-ignore
const ids: UpdateCase[] = [
  { name: '_id may not change its type', before: {}, update: { $set: { _id: double(1) } }, error: 66 },
  { name: '_id may not become long', before: {}, update: { $set: { _id: Long.ONE } }, error: 66 },
  { name: '_id plus nothing stays', before: { a: 1 }, update: { $inc: { _id: int(0) } }, after: { a: 1 } },
  { name: '_id plus nothing of another type fails', before: {}, update: { $inc: { _id: double(0) } }, error: 66 },
  { name: '$max of _id with a lesser value stays', before: { a: 1 }, update: { $max: { _id: 0 } }, after: { a: 1 } },
  { name: '$max of _id with a greater value fails', before: {}, update: { $max: { _id: 5 } }, error: 66 },
  { name: '_id may not change its type on an upsert', filter: { _id: int(1) }, update: { $set: { _id: double(1) } }, upsert: true, error: 66 },
  { name: '$setOnInsert may repeat the _id of the filter', filter: { _id: 1 }, update: { $setOnInsert: { _id: 1, a: 1 } }, upsert: true, after: { a: 1 } },
  { name: '$setOnInsert may not give another _id than the filter', filter: { _id: 1 }, update: { $setOnInsert: { _id: 2 } }, upsert: true, error: 66 },
  { name: '$setOnInsert may give the _id', filter: { k: 1 }, update: { $setOnInsert: { _id: 1 } }, upsert: true, after: { k: 1 } },
  { name: 'an upsert puts _id first', filter: { k: 1 }, update: { $set: { a: 1, _id: 1 } }, upsert: true, after: { k: 1, a: 1 } },
  { name: 'an upsert takes _id from $eq', filter: { _id: { $eq: 1 } }, update: { $set: { a: 1 } }, upsert: true, after: { a: 1 } },
  { name: 'an upsert takes _id from a list of one', filter: { _id: { $in: [1] } }, update: { $set: { a: 1 } }, upsert: true, after: { a: 1 } },
  { name: 'an upsert takes _id from $or of one', filter: { $or: [{ _id: 1 }] }, update: { $set: { a: 1 } }, upsert: true, after: { a: 1 } },
  { name: 'an upsert refuses a list as _id', filter: { _id: [1] }, update: { $set: { a: 1 } }, upsert: true, error: 53 },
  { name: 'an upsert refuses a list as _id in $set', filter: {}, update: { $set: { _id: [1] } }, upsert: true, error: 53 },
  { name: 'an upsert refuses dollars in _id', filter: {}, update: { $set: { _id: { $a: 1 } } }, upsert: true, error: 52 },
  { name: 'an upsert refuses _id and a path below it', filter: { _id: 1, '_id.x': 1 }, update: { $set: { a: 1 } }, upsert: true, error: 54 },
  { name: 'an upsert may not add to the _id of the filter', filter: { '_id.x': 1 }, update: { $set: { '_id.y': 2 } }, upsert: true, error: 66 },
];

// prettier-ignore
const upserts: UpdateCase[] = [
  { name: 'an upsert takes the value that a list repeats', filter: { _id: 1, k: { $in: [2, 2] } }, update: { $set: { v: 1 } }, upsert: true, after: { k: 2, v: 1 } },
  { name: 'an upsert takes a list of one null', filter: { _id: 1, k: { $in: [null] } }, update: { $set: { v: 1 } }, upsert: true, after: { k: null, v: 1 } },
  { name: 'an upsert takes a list of one list', filter: { _id: 1, k: { $in: [[1, 2]] } }, update: { $set: { v: 1 } }, upsert: true, after: { k: [1, 2], v: 1 } },
  { name: 'an upsert takes a whole array', filter: { _id: 1, k: [1, 2] }, update: { $set: { v: 1 } }, upsert: true, after: { k: [1, 2], v: 1 } },
  { name: 'an upsert appends to an array of the filter', filter: { _id: 1, k: [1] }, update: { $push: { k: 2 } }, upsert: true, after: { k: [1, 2] } },
  { name: 'an upsert takes a whole document', filter: { _id: 1, k: { 'x.x': 1 } }, update: { $set: { v: 1 } }, upsert: true, after: { k: { 'x.x': 1 }, v: 1 } },
  { name: 'an upsert takes $eq beside other operators', filter: { _id: 1, k: { $gt: 0, $eq: 5 } }, update: { $set: { v: 1 } }, upsert: true, after: { k: 5, v: 1 } },
  { name: 'an upsert leaves $ne, $nin and $exists out', filter: { _id: 1, a: { $ne: 1 }, b: { $nin: [1] }, c: { $exists: true } }, update: { $set: { v: 1 } }, upsert: true, after: { v: 1 } },
  { name: 'an upsert leaves $or of several out', filter: { _id: 1, $or: [{ k: 1 }, { k: 2 }] }, update: { $set: { v: 1 } }, upsert: true, after: { v: 1 } },
  { name: 'an upsert looks into $or of one with several fields', filter: { _id: 1, $or: [{ a: 1, b: 2 }] }, update: { $set: { v: 1 } }, upsert: true, after: { a: 1, b: 2, v: 1 } },
  { name: 'an upsert looks into $or within $and', filter: { _id: 1, $and: [{ a: 1 }, { $or: [{ b: 2 }] }] }, update: { $set: { v: 1 } }, upsert: true, after: { a: 1, b: 2, v: 1 } },
  { name: 'an upsert makes a document for a number in a path', filter: { _id: 1, 'k.0': 5 }, update: { $set: { v: 1 } }, upsert: true, after: { k: { 0: 5 }, v: 1 } },
  { name: 'an upsert refuses a field and a path below it', filter: { _id: 1, k: {}, 'k.x': 1 }, update: { $set: { v: 1 } }, upsert: true, error: 54 },
  { name: 'an upsert refuses a path and then its field', filter: { _id: 1, 'k.x': 1, k: { y: 1 } }, update: { $set: { v: 1 } }, upsert: true, error: 54 },
  { name: 'an upsert refuses a field inside and outside of $and', filter: { _id: 1, k: 2, $and: [{ k: 1 }] }, update: { $set: { v: 1 } }, upsert: true, error: 54 },
  { name: 'an upsert refuses $eq and a list of one together', filter: { _id: 1, k: { $eq: 2, $in: [1] } }, update: { $set: { v: 1 } }, upsert: true, error: 54 },
  { name: 'an upsert may overwrite what the filter gave', filter: { _id: 1, 'k.x': 1 }, update: { $set: { k: 5 } }, upsert: true, after: { k: 5 } },
  { name: 'an upsert cannot go below a scalar of the filter', filter: { _id: 1, k: 1 }, update: { $set: { 'k.x': 1 } }, upsert: true, error: 28 },
  { name: 'an upsert adds beside a path of the filter', filter: { _id: 1, 'k.x': 1 }, update: { $set: { 'k.a': 2 } }, upsert: true, after: { k: { x: 1, a: 2 } } },
  { name: 'an upsert removes what the filter gave', filter: { _id: 1, k: 1 }, update: { $unset: { k: 1 }, $set: { v: 1 } }, upsert: true, after: { v: 1 } },
  { name: 'an upsert with empty operators takes the filter', filter: { _id: 1, k: 1 }, update: { $set: {} }, upsert: true, after: { k: 1 } },
  { name: 'an upsert may make a name with a dollar at the top', filter: { _id: 1 }, update: { $set: { $b: 1 } }, upsert: true, after: { $b: 1 } },
  { name: 'an upsert keeps an empty timestamp', filter: { _id: 1 }, update: { $set: { a: new Timestamp({ t: 0, i: 0 }) } }, upsert: true, after: { a: new Timestamp({ t: 0, i: 0 }) } },
  { name: 'an upsert of several makes one', filter: { _id: 1, k: 1 }, update: { $inc: { n: 1 } }, upsert: true, after: { k: 1, n: 1 } },
];

/** Update cases by topic. */
export const WRITE_UPDATE_CASES = { fields, numbers, arrays, ids, upserts };

const dup = (index: number, keyPattern: Document, keyValue: Document): Document => ({
  index: int(index),
  code: int(11000),
  keyPattern,
  keyValue,
});
const failed = (index: number, code: number): Document => ({ index: int(index), code: int(code) });
const update = (...updates: Document[]): Document => ({ updates });
const one = { n: int(1), nModified: int(1), ok: int(1) };
const same = { n: int(1), nModified: int(0), ok: int(1) };

/** Whole commands and what they answer. */
// prettier-ignore
export const WRITE_CASES: WriteCase[] = [
  { name: 'an update of many that fails on the way counts nothing', docs: [{ _id: 1, a: [] }, { _id: 2, a: 1 }, { _id: 3, a: [] }], command: 'update', fields: update({ q: {}, u: { $push: { a: 2 } }, multi: true }), reply: { n: int(0), writeErrors: [failed(0, 2)], nModified: int(0), ok: int(1) }, after: [{ _id: 1, a: [2] }, { _id: 2, a: 1 }, { _id: 3, a: [] }] },
  { name: 'counts come first, then errors, then what was made', docs: [{ _id: 1 }], command: 'update', fields: { ...update({ q: { _id: 1 }, u: { $set: { a: 1 } } }, { q: { _id: 2 }, u: { $set: { a: 1 } }, upsert: true }, { q: { _id: 1 }, u: { $inc: { a: 'x' } } }), ordered: false }, reply: { n: int(2), writeErrors: [failed(2, 14)], upserted: [{ index: int(1), _id: int(2) }], nModified: int(1), ok: int(1) } },
  { name: 'an upsert answers its _id before what was modified', command: 'update', fields: update({ q: { _id: 'x' }, u: { $set: { a: 1 } }, upsert: true }), reply: { n: int(1), upserted: [{ index: int(0), _id: 'x' }], nModified: int(0), ok: int(1) } },
  { name: 'ordered updates stop at the first error', docs: [{ _id: 1, a: 'x' }], command: 'update', fields: update({ q: {}, u: { $inc: { a: 1 } } }, { q: {}, u: { $set: { b: 1 } } }), reply: { n: int(0), writeErrors: [failed(0, 14)], nModified: int(0), ok: int(1) }, after: [{ _id: 1, a: 'x' }] },
  { name: 'an error tells index and code, then what clashed', docs: [{ _id: 1 }], command: 'insert', fields: { documents: [{ _id: 1 }] }, reply: { n: int(0), writeErrors: [dup(0, { _id: int(1) }, { _id: int(1) })], ok: int(1) } },
  { name: 'unordered inserts go on after errors', docs: [{ _id: 1 }], command: 'insert', fields: { documents: [{ _id: 1 }, { _id: 2 }, { _id: [3] }, { _id: 4 }], ordered: false }, reply: { n: int(2), writeErrors: [dup(0, { _id: int(1) }, { _id: int(1) }), failed(2, 53)], ok: int(1) } },
  { name: 'a clash tells the value as it came', docs: [{ _id: 1, a: { b: int(1) } }], unique: { 'a.b': 1 }, command: 'insert', fields: { documents: [{ _id: 2, a: { b: double(1) } }] }, reply: { n: int(0), writeErrors: [dup(0, { 'a.b': int(1) }, { 'a.b': double(1) })], ok: int(1) } },
  { name: 'a clash of missing values tells null', docs: [{ _id: 1 }], unique: { a: 1 }, command: 'insert', fields: { documents: [{ _id: 2 }] }, reply: { n: int(0), writeErrors: [dup(0, { a: int(1) }, { a: null })], ok: int(1) } },
  { name: 'an update may clash', docs: [{ _id: 1, a: 1 }, { _id: 2, a: 2 }], unique: { a: 1 }, command: 'update', fields: update({ q: { _id: 2 }, u: { $inc: { a: -1 } } }), reply: { n: int(0), writeErrors: [dup(0, { a: int(1) }, { a: int(1) })], nModified: int(0), ok: int(1) } },
  { name: 'an upsert may clash', docs: [{ _id: 1, a: 1 }], unique: { a: 1 }, command: 'update', fields: update({ q: { b: 1 }, u: { $set: { a: 1 } }, upsert: true }), reply: { n: int(0), writeErrors: [dup(0, { a: int(1) }, { a: int(1) })], nModified: int(0), ok: int(1) } },
  { name: 'findAndModify that clashes is an error', docs: [{ _id: 1, a: 1 }, { _id: 2, a: 2 }], unique: { a: 1 }, command: 'findAndModify', fields: { query: { _id: 2 }, update: { $set: { a: 1 } } }, error: 11000 },

  { name: '$set of the same value modifies nothing', docs: [{ _id: 1, a: { b: [1] } }], command: 'update', fields: update({ q: {}, u: { $set: { a: { b: [int(1)] } } } }), reply: same },
  { name: '$set of another number type modifies', docs: [{ _id: 1, a: int(1) }], command: 'update', fields: update({ q: {}, u: { $set: { a: Long.ONE } } }), reply: one },
  { name: '$inc of minus zero by zero modifies nothing', docs: [{ _id: 1, a: double(-0) }], command: 'update', fields: update({ q: {}, u: { $inc: { a: int(0) } } }), reply: same },
  { name: '$inc of NaN modifies', docs: [{ _id: 1, a: double(NaN) }], command: 'update', fields: update({ q: {}, u: { $inc: { a: int(1) } } }), reply: one },
  { name: '$unset of an element that is null modifies', docs: [{ _id: 1, a: [null] }], command: 'update', fields: update({ q: {}, u: { $unset: { 'a.0': 1 } } }), reply: one },
  { name: '$max with an equal number modifies nothing', docs: [{ _id: 1, a: int(1) }], command: 'update', fields: update({ q: {}, u: { $max: { a: double(1) } } }), reply: same },
  { name: 'some of many are modified', docs: [{ _id: 1, a: 1 }, { _id: 2 }], command: 'update', fields: update({ q: {}, u: { $set: { a: 1 } }, multi: true }), reply: { n: int(2), nModified: int(1), ok: int(1) } },

  { name: 'what is wrong with an option of findAndModify is said before it writes', command: 'findAndModify', fields: { query: { _id: 1 }, update: { $set: { a: 1 } }, upsert: true, new: 'x' }, error: 14, after: [] },
  { name: 'a filter that is none fails the command', docs: [{ _id: 1 }], command: 'update', fields: update({ q: {}, u: { $set: { a: 1 } } }, { q: 5, u: { $set: { a: 2 } } }), error: 14, after: [{ _id: 1 }] },
  { name: 'an update that is none fails the command', docs: [{ _id: 1 }], command: 'update', fields: update({ q: {}, u: { $set: { a: 1 } } }, { q: {}, u: 5 }), error: 9, after: [{ _id: 1 }] },
  { name: 'multi is a boolean', docs: [{ _id: 1 }], command: 'update', fields: update({ q: {}, u: { $set: { a: 1 } }, multi: 1 }), error: 14, after: [{ _id: 1 }] },
  { name: 'upsert is a boolean', command: 'update', fields: update({ q: {}, u: { $set: { a: 1 } }, upsert: 1 }), error: 14, after: [] },
  { name: 'ordered is a boolean', command: 'insert', fields: { documents: [{ _id: 1 }], ordered: 0 }, error: 14, after: [] },
  { name: 'upsert and new of findAndModify may be numbers', command: 'findAndModify', fields: { query: { _id: 1 }, update: { $set: { a: 1 } }, upsert: 1, new: double(1) }, reply: { lastErrorObject: { n: int(1), updatedExisting: false, upserted: int(1) }, value: { _id: int(1), a: int(1) }, ok: int(1) } },
  { name: 'a filter that is none fails the command of delete', docs: [{ _id: 1 }], command: 'delete', fields: { deletes: [{ q: {}, limit: 1 }, { q: 5, limit: 1 }] }, error: 14, after: [{ _id: 1 }] },
  { name: 'a limit below 0 is refused', docs: [{ _id: 1 }], command: 'delete', fields: { deletes: [{ q: {}, limit: -1 }] }, error: 9, after: [{ _id: 1 }] },
  { name: 'a limit of a half is refused', docs: [{ _id: 1 }], command: 'delete', fields: { deletes: [{ q: {}, limit: 0.5 }] }, error: 9, after: [{ _id: 1 }] },
  { name: 'a limit of 2 is refused', docs: [{ _id: 1 }], command: 'delete', fields: { deletes: [{ q: {}, limit: 2 }] }, error: 9, after: [{ _id: 1 }] },
  { name: 'a limit may be a long', docs: [{ _id: 1 }, { _id: 2 }], command: 'delete', fields: { deletes: [{ q: {}, limit: Long.ONE }] }, reply: { n: int(1), ok: int(1) } },
  { name: 'no documents are too few', command: 'insert', fields: { documents: [] }, error: 16, exists: false },
  { name: 'no updates are too few', command: 'update', fields: update(), error: 16 },
  { name: 'a wrong filter fails its statement only', docs: [{ _id: 1 }], command: 'delete', fields: { deletes: [{ q: { $foo: 1 }, limit: 0 }, { q: {}, limit: 0 }], ordered: false }, reply: { n: int(1), writeErrors: [failed(0, 2)], ok: int(1) }, after: [] },

  { name: 'a refused insert does not make the collection', command: 'insert', fields: { documents: [{ _id: [1] }] }, reply: { n: int(0), writeErrors: [failed(0, 53)], ok: int(1) }, exists: false },
  { name: 'an update that finds nothing does not make the collection', command: 'update', fields: update({ q: {}, u: { $set: { a: 1 } } }), reply: { n: int(0), nModified: int(0), ok: int(1) }, exists: false },
  { name: 'insert puts _id first', command: 'insert', fields: { documents: [{ a: 1, _id: 1, b: 2 }] }, after: [{ _id: 1, a: 1, b: 2 }] },
  { name: 'insert takes dollars and dots in names', command: 'insert', fields: { documents: [{ _id: 1, $a: 1, 'b.c': 2, e: { $f: { $g: 1 } } }] }, after: [{ _id: 1, $a: 1, 'b.c': 2, e: { $f: { $g: 1 } } }] },
  { name: 'insert takes an _id of null, once', command: 'insert', fields: { documents: [{ _id: null }, { _id: null }] }, reply: { n: int(1), writeErrors: [dup(1, { _id: int(1) }, { _id: null })], ok: int(1) } },
  { name: 'insert refuses dollars in _id', command: 'insert', fields: { documents: [{ _id: { a: 1, $b: 1 } }] }, reply: { n: int(0), writeErrors: [failed(0, 52)], ok: int(1) } },
  { name: 'insert takes a reference as _id', command: 'insert', fields: { documents: [{ _id: { $ref: 'c', $id: 1 } }] }, after: [{ _id: { $ref: 'c', $id: 1 } }] },

  { name: 'findAndModify that finds nothing', command: 'findAndModify', fields: { query: { _id: 1 }, update: { $set: { a: 1 } }, new: true }, reply: { lastErrorObject: { n: int(0), updatedExisting: false }, value: null, ok: int(1) } },
  { name: 'findAndModify that makes a document gives none before it', command: 'findAndModify', fields: { query: { _id: 1 }, sort: { a: 1 }, update: { $set: { a: 1 } }, upsert: true }, reply: { lastErrorObject: { n: int(1), updatedExisting: false, upserted: int(1) }, value: null, ok: int(1) } },
  { name: 'findAndModify takes null for what may be left out', docs: [{ _id: 1 }], command: 'findAndModify', fields: { query: null, sort: null, update: { $set: { a: 1 } }, new: true, remove: false }, reply: { lastErrorObject: { n: int(1), updatedExisting: true }, value: { _id: int(1), a: int(1) }, ok: int(1) } },
  { name: 'findAndModify changes the first by its sort', docs: [{ _id: 1, a: 2 }, { _id: 2, a: 1 }], command: 'findAndModify', fields: { query: {}, sort: { a: 1 }, update: { $inc: { a: 10 } } }, reply: { lastErrorObject: { n: int(1), updatedExisting: true }, value: { _id: int(2), a: int(1) }, ok: int(1) } },
  { name: 'findAndModify without an update is refused', docs: [{ _id: 1 }], command: 'findAndModify', fields: { query: {} }, error: 9 },
  { name: 'findAndModify wants a document as filter', command: 'findAndModify', fields: { query: 'x', update: { $set: { a: 1 } } }, error: 14 },
  { name: 'findAndModify may not change _id', docs: [{ _id: 1 }], command: 'findAndModify', fields: { query: {}, update: { $set: { _id: 2 } } }, error: 66, after: [{ _id: 1 }] },
];

/** Names of collections that are refused with 73; one of them with 2. */
export const BAD_NAMES: readonly (readonly [name: string, code: number])[] = [
  ['', 73],
  ['.a', 73],
  ['a$b', 73],
  ['system.foo', 73],
  ['system.profile', 73],
  ['system.views', 73],
  ['a.system.b', 2],
  ['x'.repeat(255), 73],
];
