import { Decimal128, Double, Int32, Long } from 'bson';
import type { UpdateCase } from './types.js';

const d = (text: string): Decimal128 => Decimal128.fromString(text);

const fields: UpdateCase[] = [
  { name: '$set changes a field', before: { a: 1 }, update: { $set: { a: 2 } }, after: { a: 2 } },
  {
    name: '$set adds a field at the end',
    before: { a: 1 },
    update: { $set: { b: 2 } },
    after: { a: 1, b: 2 },
  },
  {
    name: '$set adds fields in order of their names',
    before: {},
    update: { $set: { c: 1, a: 2, b: 3 } },
    after: { a: 2, b: 3, c: 1 },
  },
  {
    name: '$set makes documents on the way',
    before: {},
    update: { $set: { 'a.b.c': 1 } },
    after: { a: { b: { c: 1 } } },
  },
  {
    name: '$set changes the type',
    before: { a: 1 },
    update: { $set: { a: 'x' } },
    after: { a: 'x' },
  },
  {
    name: '$set of 1.0 over 1 changes the type',
    before: { a: new Int32(1) },
    update: { $set: { a: new Double(1) } },
    after: { a: new Double(1) },
  },
  {
    name: '$set into an array by number',
    before: { a: [1, 2] },
    update: { $set: { 'a.1': 9 } },
    after: { a: [1, 9] },
  },
  {
    name: '$set beyond the end of an array pads with null',
    before: { a: [1] },
    update: { $set: { 'a.3': 9 } },
    after: { a: [1, null, null, 9] },
  },
  {
    name: '$set below a numbered element',
    before: { a: [{ b: 1 }] },
    update: { $set: { 'a.0.b': 2 } },
    after: { a: [{ b: 2 }] },
  },
  {
    name: '$set with a number where nothing is makes a document',
    before: {},
    update: { $set: { 'a.0': 1 } },
    after: { a: { 0: 1 } },
  },
  {
    name: '$set through a scalar fails',
    before: { a: 5 },
    update: { $set: { 'a.b': 1 } },
    error: 28,
  },
  {
    name: '$set through null fails',
    before: { a: null },
    update: { $set: { 'a.b': 1 } },
    error: 28,
  },
  {
    name: '$set of a name into an array fails',
    before: { a: [1] },
    update: { $set: { 'a.b': 1 } },
    error: 28,
  },
  {
    name: '$set of nothing changes nothing',
    before: { a: 1 },
    update: { $set: {} },
    after: { a: 1 },
  },
  {
    name: '$set keeps the types of other fields',
    before: { a: new Double(1), b: Long.ONE, c: d('1.0') },
    update: { $set: { z: 1 } },
    after: { a: new Double(1), b: Long.ONE, c: d('1.0'), z: 1 },
  },
  {
    name: '$unset removes a field',
    before: { a: 1, b: 2 },
    update: { $unset: { a: '' } },
    after: { b: 2 },
  },
  {
    name: '$unset of a missing field does nothing',
    before: { a: 1 },
    update: { $unset: { x: '' } },
    after: { a: 1 },
  },
  {
    name: '$unset below',
    before: { a: { b: 1, c: 2 } },
    update: { $unset: { 'a.b': 1 } },
    after: { a: { c: 2 } },
  },
  {
    name: '$unset of an array element leaves null',
    before: { a: [1, 2] },
    update: { $unset: { 'a.0': 1 } },
    after: { a: [null, 2] },
  },
  {
    name: '$unset below a missing field does nothing',
    before: {},
    update: { $unset: { 'a.b': 1 } },
    after: {},
  },
  {
    name: '$rename moves a value',
    before: { a: 1 },
    update: { $rename: { a: 'b' } },
    after: { b: 1 },
  },
  {
    name: '$rename replaces the target',
    before: { a: 1, b: 2 },
    update: { $rename: { a: 'b' } },
    after: { b: 1 },
  },
  {
    name: '$rename of a missing field does nothing',
    before: { b: 2 },
    update: { $rename: { a: 'b' } },
    after: { b: 2 },
  },
  {
    name: '$rename into a document',
    before: { a: 1 },
    update: { $rename: { a: 'x.y' } },
    after: { x: { y: 1 } },
  },
  {
    name: '$rename onto its own path fails',
    before: { a: 1 },
    update: { $rename: { a: 'a.b' } },
    error: 2,
  },
  {
    name: '$setOnInsert does nothing on an update',
    before: { a: 1 },
    update: { $setOnInsert: { b: 1 }, $set: { a: 2 } },
    after: { a: 2 },
  },
  { name: '$min takes the smaller', before: { a: 5 }, update: { $min: { a: 3 } }, after: { a: 3 } },
  { name: '$min keeps the smaller', before: { a: 2 }, update: { $min: { a: 3 } }, after: { a: 2 } },
  { name: '$min sets a missing field', before: {}, update: { $min: { a: 3 } }, after: { a: 3 } },
  { name: '$max takes the greater', before: { a: 2 }, update: { $max: { a: 3 } }, after: { a: 3 } },
  {
    name: '$max compares types in BSON order',
    before: { a: 5 },
    update: { $max: { a: 'x' } },
    after: { a: 'x' },
  },
  {
    name: '$min with an equal number keeps the old type',
    before: { a: new Int32(5) },
    update: { $min: { a: new Double(5) } },
    after: { a: new Int32(5) },
  },
  {
    name: 'a replacement keeps _id and nothing else',
    before: { a: 1, b: 2 },
    update: { c: 3 },
    after: { c: 3 },
  },
];

const numbers: UpdateCase[] = [
  { name: '$inc adds', before: { a: 1 }, update: { $inc: { a: 2 } }, after: { a: 3 } },
  { name: '$inc sets a missing field', before: {}, update: { $inc: { a: 2 } }, after: { a: 2 } },
  {
    name: '$inc below',
    before: { a: { b: 1 } },
    update: { $inc: { 'a.b': -4 } },
    after: { a: { b: -3 } },
  },
  {
    name: '$inc keeps int32',
    before: { a: new Int32(1) },
    update: { $inc: { a: new Int32(1) } },
    after: { a: new Int32(2) },
  },
  {
    name: '$inc of int32 by double gives double',
    before: { a: new Int32(1) },
    update: { $inc: { a: new Double(1) } },
    after: { a: new Double(2) },
  },
  {
    name: '$inc of int32 over its end gives long',
    before: { a: new Int32(2147483647) },
    update: { $inc: { a: new Int32(1) } },
    after: { a: Long.fromNumber(2147483648) },
  },
  {
    name: '$inc of long stays long',
    before: { a: Long.fromNumber(5) },
    update: { $inc: { a: new Int32(1) } },
    after: { a: Long.fromNumber(6) },
  },
  {
    name: '$inc of long over its end fails',
    before: { a: Long.MAX_VALUE },
    update: { $inc: { a: 1 } },
    error: 2,
  },
  {
    name: '$inc with decimals is exact',
    before: { a: d('0.1') },
    update: { $inc: { a: d('0.2') } },
    after: { a: d('0.3') },
  },
  {
    name: '$inc of int by decimal gives decimal',
    before: { a: 1 },
    update: { $inc: { a: d('0.5') } },
    after: { a: d('1.5') },
  },
  { name: '$inc of a string fails', before: { a: 'x' }, update: { $inc: { a: 1 } }, error: 14 },
  { name: '$inc of null fails', before: { a: null }, update: { $inc: { a: 1 } }, error: 14 },
  { name: '$inc by a string fails', before: { a: 1 }, update: { $inc: { a: 'x' } }, error: 14 },
  { name: '$mul multiplies', before: { a: 3 }, update: { $mul: { a: 4 } }, after: { a: 12 } },
  {
    name: '$mul of a missing field gives zero',
    before: {},
    update: { $mul: { a: 4 } },
    after: { a: 0 },
  },
  {
    name: '$mul of int32 over its end gives long',
    before: { a: new Int32(2147483647) },
    update: { $mul: { a: new Int32(2) } },
    after: { a: Long.fromNumber(4294967294) },
  },
  {
    name: '$mul by a fraction gives double',
    before: { a: 3 },
    update: { $mul: { a: 0.5 } },
    after: { a: 1.5 },
  },
  {
    name: '$mul with decimals is exact',
    before: { a: d('1.1') },
    update: { $mul: { a: d('1.1') } },
    after: { a: d('1.21') },
  },
  { name: '$mul of a string fails', before: { a: 'x' }, update: { $mul: { a: 2 } }, error: 14 },
];

const arrays: UpdateCase[] = [
  { name: '$push appends', before: { a: [1] }, update: { $push: { a: 2 } }, after: { a: [1, 2] } },
  { name: '$push makes an array', before: {}, update: { $push: { a: 1 } }, after: { a: [1] } },
  {
    name: '$push of an array appends it as one element',
    before: { a: [1] },
    update: { $push: { a: [2, 3] } },
    after: { a: [1, [2, 3]] },
  },
  { name: '$push on a non-array fails', before: { a: 5 }, update: { $push: { a: 1 } }, error: 2 },
  { name: '$push on null fails', before: { a: null }, update: { $push: { a: 1 } }, error: 2 },
  {
    name: '$push $each appends all',
    before: { a: [1] },
    update: { $push: { a: { $each: [2, 3] } } },
    after: { a: [1, 2, 3] },
  },
  {
    name: '$push $each of nothing makes an empty array',
    before: {},
    update: { $push: { a: { $each: [] } } },
    after: { a: [] },
  },
  {
    name: '$push $position inserts',
    before: { a: [1, 4] },
    update: { $push: { a: { $each: [2, 3], $position: 1 } } },
    after: { a: [1, 2, 3, 4] },
  },
  {
    name: '$push $position counts from the end',
    before: { a: [1, 4] },
    update: { $push: { a: { $each: [2], $position: -1 } } },
    after: { a: [1, 2, 4] },
  },
  {
    name: '$push $slice keeps the first',
    before: { a: [1, 2] },
    update: { $push: { a: { $each: [3], $slice: 2 } } },
    after: { a: [1, 2] },
  },
  {
    name: '$push $slice keeps the last',
    before: { a: [1, 2] },
    update: { $push: { a: { $each: [3], $slice: -2 } } },
    after: { a: [2, 3] },
  },
  {
    name: '$push $slice 0 empties',
    before: { a: [1] },
    update: { $push: { a: { $each: [2], $slice: 0 } } },
    after: { a: [] },
  },
  {
    name: '$push $sort sorts values',
    before: { a: [3, 1] },
    update: { $push: { a: { $each: [2], $sort: 1 } } },
    after: { a: [1, 2, 3] },
  },
  {
    name: '$push $sort by a field, then $slice',
    before: { a: [{ s: 3 }, { s: 1 }] },
    update: { $push: { a: { $each: [{ s: 2 }], $sort: { s: -1 }, $slice: 2 } } },
    after: { a: [{ s: 3 }, { s: 2 }] },
  },
  {
    name: '$push with an unknown modifier fails',
    before: { a: [] },
    update: { $push: { a: { $each: [1], $foo: 1 } } },
    error: 2,
  },
  {
    name: '$addToSet adds once',
    before: { a: [1] },
    update: { $addToSet: { a: 2 } },
    after: { a: [1, 2] },
  },
  {
    name: '$addToSet keeps what is there',
    before: { a: [1] },
    update: { $addToSet: { a: new Double(1) } },
    after: { a: [1] },
  },
  {
    name: '$addToSet $each',
    before: { a: [1] },
    update: { $addToSet: { a: { $each: [1, 2, 2] } } },
    after: { a: [1, 2] },
  },
  {
    name: '$addToSet compares documents with field order',
    before: { a: [{ x: 1, y: 2 }] },
    update: { $addToSet: { a: { y: 2, x: 1 } } },
    after: {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  },
  {
    name: '$addToSet on a non-array fails',
    before: { a: 1 },
    update: { $addToSet: { a: 1 } },
    error: 2,
  },
  {
    name: '$pull removes equal values',
    before: { a: [1, 2, 1] },
    update: { $pull: { a: 1 } },
    after: { a: [2] },
  },
  {
    name: '$pull by operator',
    before: { a: [1, 5, 9] },
    update: { $pull: { a: { $gte: 5 } } },
    after: { a: [1] },
  },
  {
    name: '$pull by fields of documents',
    before: { a: [{ x: 1, y: 1 }, { x: 2 }] },
    update: { $pull: { a: { x: 1 } } },
    after: { a: [{ x: 2 }] },
  },
  {
    name: '$pull with $in',
    before: { a: ['x', 'y', 'z'] },
    update: { $pull: { a: { $in: ['x', 'z'] } } },
    after: { a: ['y'] },
  },
  {
    name: '$pull on a missing field does nothing',
    before: {},
    update: { $pull: { a: 1 } },
    after: {},
  },
  { name: '$pull on a non-array fails', before: { a: 1 }, update: { $pull: { a: 1 } }, error: 2 },
  {
    name: '$pullAll removes each value',
    before: { a: [1, 2, 3, 1] },
    update: { $pullAll: { a: [1, 3] } },
    after: { a: [2] },
  },
  {
    name: '$pop 1 removes the last',
    before: { a: [1, 2] },
    update: { $pop: { a: 1 } },
    after: { a: [1] },
  },
  {
    name: '$pop -1 removes the first',
    before: { a: [1, 2] },
    update: { $pop: { a: -1 } },
    after: { a: [2] },
  },
  {
    name: '$pop of something else fails',
    before: { a: [1] },
    update: { $pop: { a: 2 } },
    error: 9,
  },
  { name: '$pop on a non-array fails', before: { a: 1 }, update: { $pop: { a: 1 } }, error: 14 },
  {
    name: '$ updates the element the query found',
    before: { a: [1, 2, 3] },
    filter: { a: 2 },
    update: { $set: { 'a.$': 9 } },
    after: { a: [1, 9, 3] },
  },
  {
    name: '$ below documents',
    before: {
      a: [
        { k: 1, v: 1 },
        { k: 2, v: 1 },
      ],
    },
    filter: { 'a.k': 2 },
    update: { $inc: { 'a.$.v': 5 } },
    after: {
      a: [
        { k: 1, v: 1 },
        { k: 2, v: 6 },
      ],
    },
  },
  {
    name: '$ with $elemMatch',
    before: {
      a: [
        { k: 1, v: 1 },
        { k: 2, v: 7 },
      ],
    },
    filter: { a: { $elemMatch: { k: 2, v: { $gt: 5 } } } },
    update: { $set: { 'a.$.v': 0 } },
    after: {
      a: [
        { k: 1, v: 1 },
        { k: 2, v: 0 },
      ],
    },
  },
  {
    name: '$ without an array in the query fails',
    before: { a: [1] },
    update: { $set: { 'a.$': 9 } },
    error: 2,
  },
  {
    name: '$[] updates every element',
    before: { a: [1, 2] },
    update: { $inc: { 'a.$[]': 1 } },
    after: { a: [2, 3] },
  },
  {
    name: '$[] below documents',
    before: { a: [{ v: 1 }, { v: 2 }] },
    update: { $set: { 'a.$[].v': 0 } },
    after: { a: [{ v: 0 }, { v: 0 }] },
  },
  {
    name: '$[] on a non-array fails',
    before: { a: 1 },
    update: { $set: { 'a.$[]': 0 } },
    error: 2,
  },
  {
    name: '$[id] updates what its filter chooses',
    before: { a: [1, 5, 9] },
    update: { $set: { 'a.$[big]': 0 } },
    arrayFilters: [{ big: { $gte: 5 } }],
    after: { a: [1, 0, 0] },
  },
  {
    name: '$[id] by fields of documents',
    before: {
      a: [
        { k: 1, v: 1 },
        { k: 2, v: 1 },
      ],
    },
    update: { $set: { 'a.$[e].v': 9 } },
    arrayFilters: [{ 'e.k': 2 }],
    after: {
      a: [
        { k: 1, v: 1 },
        { k: 2, v: 9 },
      ],
    },
  },
  {
    name: '$[id] in two levels',
    before: {
      a: [
        { k: 1, b: [1, 2] },
        { k: 2, b: [1, 2] },
      ],
    },
    update: { $set: { 'a.$[x].b.$[y]': 0 } },
    arrayFilters: [{ 'x.k': 2 }, { y: 1 }],
    after: {
      a: [
        { k: 1, b: [1, 2] },
        { k: 2, b: [0, 2] },
      ],
    },
  },
  {
    name: '$[id] without a filter fails',
    before: { a: [1] },
    update: { $set: { 'a.$[x]': 0 } },
    error: 2,
  },
  {
    name: 'an array filter nobody uses fails',
    before: { a: [1] },
    update: { $set: { a: 0 } },
    arrayFilters: [{ x: 1 }],
    error: 9,
  },
];

const errors: UpdateCase[] = [
  { name: '_id may not be changed', before: { a: 1 }, update: { $set: { _id: 99 } }, error: 66 },
  {
    name: '_id may be set to itself',
    before: { a: 1 },
    update: { $set: { _id: 1, a: 2 } },
    after: { a: 2 },
  },
  { name: '_id may not be removed', before: { a: 1 }, update: { $unset: { _id: 1 } }, error: 66 },
  {
    name: 'a replacement may not change _id',
    before: { a: 1 },
    update: { _id: 99, b: 1 },
    error: 66,
  },
  {
    name: 'two operators on one path conflict',
    before: { a: 1 },
    update: { $set: { a: 1 }, $inc: { a: 1 } },
    error: 40,
  },
  {
    name: 'a path and its parent conflict',
    before: { a: {} },
    update: { $set: { a: {}, 'a.b': 1 } },
    error: 40,
  },
  {
    name: 'a rename target conflicts',
    before: { a: 1 },
    update: { $rename: { a: 'b' }, $set: { b: 1 } },
    error: 40,
  },
  {
    name: 'an unknown operator is refused',
    before: { a: 1 },
    update: { $foo: { a: 1 } },
    error: 9,
  },
  { name: 'an operator needs a document', before: { a: 1 }, update: { $set: 5 }, error: 9 },
  { name: 'an empty path is refused', before: { a: 1 }, update: { $set: { '': 1 } }, error: 56 },
  {
    name: 'an empty part of a path is refused',
    before: { a: 1 },
    update: { $set: { 'a..b': 1 } },
    error: 56,
  },
];

const upserts: UpdateCase[] = [
  {
    name: 'an upsert takes the equalities of its filter',
    filter: { _id: 1, k: 'x', 'n.m': 2 },
    update: { $set: { v: 1 } },
    upsert: true,
    after: { k: 'x', n: { m: 2 }, v: 1 },
  },
  {
    name: 'an upsert leaves ranges out',
    filter: { _id: 1, k: { $gt: 5 } },
    update: { $set: { v: 1 } },
    upsert: true,
    after: { v: 1 },
  },
  {
    name: 'an upsert takes $eq',
    filter: { _id: 1, k: { $eq: 5 } },
    update: { $set: { v: 1 } },
    upsert: true,
    after: { k: 5, v: 1 },
  },
  {
    name: 'an upsert looks into $and',
    filter: { $and: [{ _id: 1 }, { k: 2 }] },
    update: { $set: { v: 1 } },
    upsert: true,
    after: { k: 2, v: 1 },
  },
  {
    name: 'an upsert applies $setOnInsert',
    filter: { _id: 1 },
    update: { $setOnInsert: { c: 1 }, $set: { v: 1 } },
    upsert: true,
    after: { c: 1, v: 1 },
  },
  {
    name: 'an upsert applies $inc to a filter value',
    filter: { _id: 1, n: 5 },
    update: { $inc: { n: 1 } },
    upsert: true,
    after: { n: 6 },
  },
  {
    name: 'an upsert with a replacement',
    filter: { _id: 1, k: 2 },
    update: { v: 3 },
    upsert: true,
    after: { v: 3 },
  },
  {
    name: 'an upsert of an existing document updates it',
    before: { k: 1 },
    filter: { _id: 1 },
    update: { $set: { k: 2 } },
    upsert: true,
    after: { k: 2 },
  },
  {
    name: 'an upsert with one field twice fails',
    filter: { $and: [{ k: 1 }, { k: 2 }] },
    update: { $set: { v: 1 } },
    upsert: true,
    error: 54,
  },
];

/** All update cases by topic. `_id` is 1 and left out of `before` and `after`. */
export const UPDATE_CASES = { fields, numbers, arrays, errors, upserts };
