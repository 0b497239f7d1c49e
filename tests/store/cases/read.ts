/** What reads do beyond the plain cases: as MongoDB's own tests and sources have it. */
import { Decimal128, MaxKey, MinKey, Timestamp } from 'bson';
import type { Document, FindCase, QueryCase } from './types.js';

const d = (text: string): Decimal128 => Decimal128.fromString(text);
const values = (...list: unknown[]): Document[] => list.map((a, i) => ({ _id: i + 1, a }));

/** At a position that ends the path, an array is one value and is not entered. */
// prettier-ignore
const positions: QueryCase[] = [
  { name: 'an array at a position is not entered', docs: values([[1, 2]], [1]), filter: { 'a.0': 1 }, ids: [2] },
  { name: 'an array at two positions is not entered', docs: values([[[1]]], [[1]]), filter: { 'a.0.0': 1 }, ids: [2] },
  { name: 'an array at a position below a field is not entered', docs: values({ b: [[1]] }, { b: [1] }), filter: { 'a.b.0': 1 }, ids: [2] },
  { name: 'a range does not enter an array at a position', docs: values([[5]], [5]), filter: { 'a.0': { $gt: 1 } }, ids: [2] },
  { name: '$in does not enter an array at a position', docs: values([[5]], [5]), filter: { 'a.0': { $in: [5] } }, ids: [2] },
  { name: '$ne finds an array at a position that holds the value', docs: values([[5]], [5]), filter: { 'a.0': { $ne: 5 } }, ids: [1] },
  { name: '$nin finds an array at a position that holds the value', docs: values([[5]], [5]), filter: { 'a.0': { $nin: [5] } }, ids: [1] },
  { name: 'a whole array at a position does not equal one inside of it', docs: values([[5]], [[[5]]]), filter: { 'a.0': [5] }, ids: [1] },
  { name: 'null does not find what is below a scalar at a position', docs: values([5], [{ c: 1 }]), filter: { 'a.0.b': null }, ids: [2] },
  { name: '$ne null finds a scalar at a position', docs: values([5], [{ c: 1 }]), filter: { 'a.0.b': { $ne: null } }, ids: [1] },
  { name: 'a position is also a name within elements', docs: values([{ 0: 'x' }], ['x'], ['y']), filter: { 'a.0': 'x' }, ids: [1, 2] },
  { name: 'a path enters an array below a position', docs: values([[{ b: 1 }]], [{ b: [1] }]), filter: { 'a.0.b': 1 }, ids: [1, 2] },
  { name: 'an array under a name that is a number is entered', docs: values({ 0: [1] }), filter: { 'a.0': 1 }, ids: [1] },
  { name: 'a position has no leading zero', docs: values([5]), filter: { 'a.00': 5 }, ids: [] },
];

/** Those about arrays of scalars change in MongoDB 9.0 (SERVER-36681). */
// prettier-ignore
const nulls: QueryCase[] = [
  { name: 'null below documents, null, scalars and nothing', docs: [...values({}, { b: null }, { b: 'x' }, null, 4), { _id: 6 }], filter: { 'a.b': null }, ids: [1, 2, 4, 5, 6] },
  { name: '$ne null below documents, null and scalars', docs: values({}, { b: null }, { b: 'x' }, null, 4), filter: { 'a.b': { $ne: null } }, ids: [3] },
  { name: 'null below an array wants a document in it', docs: values([], [[]], [1, 'x'], [null], [{ b: 1 }, {}]), filter: { 'a.b': null }, ids: [5] },
  { name: '$ne null below arrays without documents', docs: values([], [[]], [1, 'x'], [null], [{ b: 1 }, {}]), filter: { 'a.b': { $ne: null } }, ids: [1, 2, 3, 4] },
  { name: '$in with null below arrays', docs: values([{ b: null }, { b: 3 }], [{ b: 3 }, {}], [{ b: 1 }], []), filter: { 'a.b': { $in: [null, 75] } }, ids: [1, 2] },
  { name: '$nin with null below arrays', docs: values([{ b: null }, { b: 3 }], [{ b: 3 }, {}], [{ b: 1 }], []), filter: { 'a.b': { $nin: [null, 75] } }, ids: [3, 4] },
  { name: '$nin with null and an empty array', docs: [...values({}, null, [[]], [], [1], [1, null]), { _id: 7 }], filter: { a: { $nin: [null, []] } }, ids: [1, 5] },
  { name: '$in with null and an empty array', docs: [...values({}, null, [[]], [], [1], [1, null]), { _id: 7 }], filter: { a: { $in: [null, []] } }, ids: [2, 3, 4, 6, 7] },
  { name: '$exists false below arrays', docs: values([], [1], [{ b: 1 }], [{ c: 1 }], [[{ b: 1 }]]), filter: { 'a.b': { $exists: false } }, ids: [1, 2, 4, 5] },
  { name: '$exists takes null for false', docs: [...values(1), { _id: 2 }], filter: { a: { $exists: null } }, ids: [2] },
  { name: '$exists takes text and documents for true', docs: [...values(1), { _id: 2 }], filter: { $and: [{ a: { $exists: '' } }, { a: { $exists: {} } }] }, ids: [1] },
  { name: '$or with null', docs: [...values(null, 4, 5), { _id: 4 }], filter: { $or: [{ a: null }, { a: 4 }] }, ids: [1, 2, 4] },
];

// prettier-ignore
const brackets: QueryCase[] = [
  { name: '$gt of a document finds documents only', docs: values({}, { x: 1 }, [], 5, 'x'), filter: { a: { $gt: {} } }, ids: [2] },
  { name: '$gte of an array finds arrays only', docs: values([], [1], [[]], {}, 1), filter: { a: { $gte: [] } }, ids: [1, 2, 3] },
  { name: '$lt of an array looks at elements that are arrays', docs: values([], [5], [[0]], 0), filter: { a: { $lt: [1] } }, ids: [1, 3] },
  { name: '$lte MinKey finds MinKey, in arrays too', docs: values(new MinKey(), [new MinKey()], null), filter: { a: { $lte: new MinKey() } }, ids: [1, 2] },
  { name: '$gte MaxKey finds MaxKey only', docs: values(new MaxKey(), 'x', [new MaxKey()]), filter: { a: { $gte: new MaxKey() } }, ids: [1, 3] },
  { name: 'a zero inside of a string counts', docs: values('a\0b', 'a', 'a\0', 'ab'), filter: { a: { $gt: 'a' } }, ids: [1, 3, 4] },
  { name: '$lt NaN finds nothing', docs: values(NaN, -Infinity, 1), filter: { a: { $lt: NaN } }, ids: [] },
  { name: '$lte NaN finds NaN', docs: values(NaN, -Infinity, 1, d('NaN')), filter: { a: { $lte: NaN } }, ids: [1, 4] },
];

/** More query cases by topic. */
export const READ_QUERY_CASES = { positions, nulls, brackets };

// prettier-ignore
const sorting: FindCase[] = [
  { name: 'a position in an array', docs: values([5, 1], [3], [4, 0]), sort: { 'a.0': 1 }, ids: [2, 3, 1] },
  { name: 'a position in an array, descending', docs: values([5, 1], [3], [4, 0]), sort: { 'a.0': -1 }, ids: [1, 3, 2] },
  { name: 'a position sorts what has none as null, and an array there as a whole', docs: [...values(1, null, {}, [], [1], [[1]]), { _id: 7 }], sort: { 'a.0': 1, _id: 1 }, ids: [1, 2, 3, 4, 7, 5, 6] },
  { name: 'the same, descending', docs: [...values(1, null, {}, [], [1], [[1]]), { _id: 7 }], sort: { 'a.0': -1, _id: 1 }, ids: [6, 5, 1, 2, 3, 4, 7] },
  { name: 'a path below a position enters arrays', docs: values([{ b: [4, 1] }, { b: 0 }], [{ b: 2 }], [{ b: [] }]), sort: { 'a.0.b': 1 }, ids: [3, 1, 2] },
  { name: 'an empty array comes before null and missing, an array in an array after numbers', docs: [...values([], null, [null], [[]], 1), { _id: 6 }], sort: { a: 1, _id: 1 }, ids: [1, 2, 3, 6, 5, 4] },
  { name: 'below an array: empty arrays, then what is missing, then values', docs: [...values([], { b: [] }, [{ b: [] }], [{}], { b: null }, { b: 1 }, 5, [5]), { _id: 9 }], sort: { 'a.b': 1, _id: 1 }, ids: [2, 3, 1, 4, 5, 7, 8, 9, 6] },
  { name: 'two paths into one array are taken together', docs: values([{ b: 1, c: 9 }, { b: 1, c: 2 }], [{ b: 1, c: 5 }]), sort: { 'a.b': 1, 'a.c': 1 }, ids: [1, 2] },
  { name: 'timestamps sort as unsigned numbers', docs: values(new Timestamp({ t: 0xffffffff, i: 1 }), new Timestamp({ t: 1, i: 1 })), sort: { a: 1 }, ids: [2, 1] },
];

const base = { _id: { x: 1, y: 2 }, a: 1, b: { c: 2, d: 3 } };

// prettier-ignore
const projections: FindCase[] = [
  { name: 'a part of _id', docs: [base], projection: { '_id.x': 1 }, expect: [{ _id: { x: 1 } }] },
  { name: 'a part of _id and a field', docs: [base], projection: { '_id.x': 1, a: 1 }, expect: [{ _id: { x: 1 }, a: 1 }] },
  { name: 'a part of an _id that has none', docs: [{ _id: 3, a: 1 }], projection: { '_id.x': 1 }, expect: [{}] },
  { name: '_id and a part of it collide', docs: [base], projection: { _id: 1, '_id.x': 1 }, error: 31249 },
  { name: 'a part of _id and then _id collide', docs: [base], projection: { '_id.x': 1, _id: 1 }, error: 31250 },
  { name: 'a part of _id without _id collide', docs: [base], projection: { '_id.x': 1, _id: 0 }, error: 31250 },
  { name: 'a part of _id excluded with _id collide', docs: [base], projection: { '_id.x': 0, _id: 1 }, error: 31250 },
  { name: 'a path and then its parent collide', docs: [base], projection: { 'b.c': 1, b: 1 }, error: 31250 },
  { name: 'an excluded path and then its parent collide', docs: [base], projection: { 'b.c': 0, b: 0 }, error: 31250 },
  { name: 'a part of _id excluded', docs: [base], projection: { '_id.x': 0 }, expect: [{ _id: { y: 2 }, a: 1, b: { c: 2, d: 3 } }] },
  { name: '_id may be included in an exclusion', docs: [{ _id: 1, a: 1, b: 1 }], projection: { a: 0, _id: 1 }, expect: [{ _id: 1, b: 1 }] },
  { name: 'arrays in arrays are entered', docs: [{ _id: 1, a: [[{ b: 1, c: 2 }, 3], 4, []] }], projection: { 'a.b': 1 }, expect: [{ _id: 1, a: [[{ b: 1 }], []] }] },
  { name: 'arrays in arrays are entered by an exclusion', docs: [{ _id: 1, a: [[{ b: 1, c: 2 }, 3], 4] }], projection: { 'a.b': 0 }, expect: [{ _id: 1, a: [[{ c: 2 }, 3], 4] }] },
  { name: 'a path below a scalar leaves it out', docs: [{ _id: 1, a: 5 }], projection: { 'a.b': 1 }, expect: [{ _id: 1 }] },
  { name: 'a path below a document without the field leaves an empty one', docs: [{ _id: 1, a: { c: 1 } }], projection: { 'a.b': 1 }, expect: [{ _id: 1, a: {} }] },
  { name: 'a number in a path is a name, not a position', docs: [{ _id: 1, a: [{ 0: 'x', b: 1 }, 5] }], projection: { 'a.0': 1 }, expect: [{ _id: 1, a: [{ 0: 'x' }] }] },
  { name: 'NaN includes', docs: [{ _id: 1, a: 1, b: 1 }], projection: { a: NaN }, expect: [{ _id: 1, a: 1 }] },
];

/** More find cases by topic. */
export const READ_FIND_CASES = { sorting, projections };
