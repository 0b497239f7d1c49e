import { Decimal128, Double, Long, MaxKey, MinKey, ObjectId } from 'bson';
import type { Document, FindCase, PipelineCase } from './types.js';

const d = (text: string): Decimal128 => Decimal128.fromString(text);
const values = (...list: unknown[]): Document[] => list.map((a, i) => ({ _id: i + 1, a }));

// prettier-ignore
const sorting: FindCase[] = [
  { name: 'numbers ascend', docs: values(3, 1, 2), sort: { a: 1 }, ids: [2, 3, 1] },
  { name: 'numbers descend', docs: values(3, 1, 2), sort: { a: -1 }, ids: [1, 3, 2] },
  { name: 'types come in BSON order', docs: values(true, 'x', 1, null, new MaxKey(), new MinKey(), { b: 1 }, new Date(0), new ObjectId()), sort: { a: 1 }, ids: [6, 4, 3, 2, 7, 9, 1, 8, 5] },
  { name: 'missing sorts with null', docs: [{ _id: 1, a: 1 }, { _id: 2 }, { _id: 3, a: 'x' }], sort: { a: 1 }, ids: [2, 1, 3] },
  { name: 'number types sort by value', docs: values(new Double(2.5), Long.fromNumber(2), d('2.25'), 3), sort: { a: 1 }, ids: [2, 3, 1, 4] },
  { name: 'NaN sorts before all numbers', docs: values(-5, NaN, -Infinity), sort: { a: 1 }, ids: [2, 3, 1] },
  { name: 'an array ascends by its least element', docs: values([5, 1], 2, [3]), sort: { a: 1 }, ids: [1, 2, 3] },
  { name: 'an array descends by its greatest element', docs: values([5, 1], 4, [3]), sort: { a: -1 }, ids: [1, 2, 3] },
  { name: 'an empty array sorts before null', docs: values(null, [], 1), sort: { a: 1 }, ids: [2, 1, 3] },
  { name: 'several keys', docs: [{ _id: 1, a: 1, b: 1 }, { _id: 2, a: 1, b: 2 }, { _id: 3, a: 0, b: 9 }], sort: { a: 1, b: -1 }, ids: [3, 2, 1] },
  { name: 'a dotted key', docs: values({ b: 2 }, { b: 1 }), sort: { 'a.b': 1 }, ids: [2, 1] },
  { name: 'a dotted key in arrays', docs: values([{ b: 5 }, { b: 2 }], { b: 3 }), sort: { 'a.b': 1 }, ids: [1, 2] },
  { name: 'documents sort field by field', docs: values({ x: 2 }, { x: 1, y: 1 }, { x: 1 }), sort: { a: 1 }, ids: [3, 2, 1] },
  { name: 'strings sort by bytes', docs: values('b', 'B', 'a', 'ä'), sort: { a: 1 }, ids: [2, 3, 1, 4] },
  { name: 'skip and limit count after sorting', docs: values(5, 4, 3, 2, 1), sort: { a: 1 }, skip: 1, limit: 2, ids: [4, 3] },
  { name: 'skip beyond the end', docs: values(1), sort: { a: 1 }, skip: 5, ids: [] },
  { name: 'limit 0 is no limit', docs: values(1, 2), sort: { a: 1 }, limit: 0, ids: [1, 2] },
  { name: '_id descends', docs: values(1, 2, 3), sort: { _id: -1 }, ids: [3, 2, 1] },
  { name: 'filter, sort and limit together', docs: values(9, 1, 8, 2), filter: { a: { $gt: 1 } }, sort: { a: -1 }, limit: 2, ids: [1, 3] },
  { name: '$in, sorted by the same field', docs: values(3, 1, 2), filter: { a: { $in: [3, 1] } }, sort: { a: 1 }, ids: [2, 1] },
  { name: 'a sort direction must be 1 or -1', docs: values(1), sort: { a: 5 }, error: 15975 },
  { name: 'ObjectIds come before booleans, and these before dates', docs: values(new Date(0), true, new ObjectId()), sort: { a: 1 }, ids: [3, 2, 1] },
  { name: 'the second key decides between equals', docs: [{ _id: 1, a: 1, b: 2 }, { _id: 2, a: 1, b: 1 }], sort: { a: 1, b: 1 }, ids: [2, 1] },
  { name: 'missing descends to the end', docs: [{ _id: 1 }, { _id: 2, a: 1 }], sort: { a: -1 }, ids: [2, 1] },
  { name: 'dates before 1970 sort first', docs: values(new Date(0), new Date(-1), new Date(1)), sort: { a: 1 }, ids: [2, 1, 3] },
];

const base = { _id: 1, a: 1, b: { c: 2, d: 3 }, e: [{ f: 1, g: 2 }, { f: 3 }] };
// prettier-ignore
const projections: FindCase[] = [
  { name: 'inclusion keeps _id', docs: [base], projection: { a: 1 }, expect: [{ _id: 1, a: 1 }] },
  { name: 'inclusion without _id', docs: [base], projection: { a: 1, _id: 0 }, expect: [{ a: 1 }] },
  { name: 'exclusion', docs: [base], projection: { b: 0, e: 0 }, expect: [{ _id: 1, a: 1 }] },
  { name: 'exclusion of _id only', docs: [{ _id: 1, a: 1 }], projection: { _id: 0 }, expect: [{ a: 1 }] },
  { name: 'inclusion of _id only', docs: [base], projection: { _id: 1 }, expect: [{ _id: 1 }] },
  { name: 'a dotted path', docs: [base], projection: { 'b.c': 1, _id: 0 }, expect: [{ b: { c: 2 } }] },
  { name: 'a dotted path excluded', docs: [base], projection: { 'b.c': 0, e: 0 }, expect: [{ _id: 1, a: 1, b: { d: 3 } }] },
  { name: 'a dotted path in arrays', docs: [base], projection: { 'e.f': 1, _id: 0 }, expect: [{ e: [{ f: 1 }, { f: 3 }] }] },
  { name: 'a dotted path excluded in arrays', docs: [base], projection: { 'e.f': 0, b: 0 }, expect: [{ _id: 1, a: 1, e: [{ g: 2 }, {}] }] },
  { name: 'a missing field is left out', docs: [base], projection: { x: 1 }, expect: [{ _id: 1 }] },
  { name: 'scalars in an array are left out of a dotted inclusion', docs: [{ _id: 1, a: [1, { b: 2 }] }], projection: { 'a.b': 1 }, expect: [{ _id: 1, a: [{ b: 2 }] }] },
  { name: 'fields keep the order of the document', docs: [{ _id: 1, z: 1, y: 2 }], projection: { y: 1, z: 1 }, expect: [{ _id: 1, z: 1, y: 2 }] },
  { name: 'true is 1', docs: [base], projection: { a: true }, expect: [{ _id: 1, a: 1 }] },
  { name: 'exclusion in an inclusion fails', docs: [base], projection: { a: 1, b: 0 }, error: 31254 },
  { name: 'inclusion in an exclusion fails', docs: [base], projection: { a: 0, b: 1 }, error: 31253 },
  { name: 'a path and its parent collide', docs: [base], projection: { b: 1, 'b.c': 1 }, error: 31249 },
  { name: 'an empty projection keeps everything', docs: [{ _id: 1, a: 1 }], projection: {}, expect: [{ _id: 1, a: 1 }] },
  { name: 'two dotted paths of one document', docs: [base], projection: { 'b.c': 1, 'b.d': 1, _id: 0 }, expect: [{ b: { c: 2, d: 3 } }] },
  { name: 'an array is kept whole', docs: [base], projection: { e: 1, _id: 0 }, expect: [{ e: base.e }] },
  { name: 'exclusion of a missing field keeps everything', docs: [{ _id: 1, a: 1 }], projection: { x: 0 }, expect: [{ _id: 1, a: 1 }] },
  { name: 'exclusion of _id among others', docs: [base], projection: { b: 0, e: 0, _id: 0 }, expect: [{ a: 1 }] },
];

/** find cases by topic. */
export const FIND_CASES = { sorting, projections };

const rows: Document[] = [
  { _id: 1, k: 'a', n: 1, t: [1, 2] },
  { _id: 2, k: 'b', n: 2, t: [] },
  { _id: 3, k: 'a', n: 3 },
  { _id: 4, k: 'b', n: 4, t: [3] },
];

/** Aggregation cases. */
// prettier-ignore
export const PIPELINE_CASES: PipelineCase[] = [
  { name: '$group with a constant counts', docs: rows, pipeline: [{ $group: { _id: null, n: { $sum: 1 } } }], expect: [{ _id: null, n: 4 }] },
  { name: '$group of nothing gives nothing', docs: [], pipeline: [{ $group: { _id: null, n: { $sum: 1 } } }], expect: [] },
  { name: 'an unknown stage is refused', docs: [], pipeline: [{ $foo: {} }], error: 40324 },
  { name: 'a stage has one name', docs: [], pipeline: [{ $match: {}, $limit: 1 }], error: 40323 },
  { name: '$group needs an _id', docs: [], pipeline: [{ $group: { n: { $sum: 1 } } }], error: 15955 },
  { name: '$match narrows what is counted', docs: rows, pipeline: [{ $match: { k: 'a' } }, { $group: { _id: null, n: { $sum: 1 } } }], expect: [{ _id: null, n: 2 }] },
  { name: '$match that finds nothing gives no group', docs: rows, pipeline: [{ $match: { k: 'z' } }, { $group: { _id: 1, n: { $sum: 1 } } }], expect: [] },
  { name: '$group counts under any names', docs: rows, pipeline: [{ $group: { _id: 'all', n: { $sum: 1 }, m: { $sum: 1 } } }], expect: [{ _id: 'all', n: 4, m: 4 }] },
  { name: '$group without sums tells that there is something', docs: rows, pipeline: [{ $group: { _id: 1 } }], expect: [{ _id: 1 }] },
  { name: 'a field of $group is an accumulator', docs: [], pipeline: [{ $group: { _id: null, n: 1 } }], error: 40234 },
  { name: '$match alone gives documents', docs: rows, pipeline: [{ $match: { n: 3 } }], expect: [{ _id: 3, k: 'a', n: 3 }] },
];
