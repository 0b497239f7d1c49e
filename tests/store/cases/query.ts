import {
  Binary,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'bson';
import type { Document, QueryCase } from './types.js';

const oid = new ObjectId('65a000000000000000000001');
const uuid = new UUID('00112233-4455-6677-8899-aabbccddeeff');
const d = (text: string): Decimal128 => Decimal128.fromString(text);
/** Documents numbered from 1 that hold one value each under `a`. */
const values = (...list: unknown[]): Document[] => list.map((a, i) => ({ _id: i + 1, a }));

// prettier-ignore
const equality: QueryCase[] = [
  { name: 'a string equals itself', docs: values('x', 'y'), filter: { a: 'x' }, ids: [1] },
  { name: 'strings are case sensitive', docs: values('x', 'X'), filter: { a: 'X' }, ids: [2] },
  { name: '$eq is the same as the short form', docs: values('x', 'y'), filter: { a: { $eq: 'y' } }, ids: [2] },
  { name: 'int32, double, long and decimal are equal across types', docs: values(new Int32(5), new Double(5), Long.fromNumber(5), d('5')), filter: { a: 5 }, ids: [1, 2, 3, 4] },
  { name: 'a decimal with trailing zeros equals an int', docs: values(7, d('7.00')), filter: { a: d('7.0') }, ids: [1, 2] },
  { name: 'a long beyond 2^53 differs from its neighbour', docs: values(Long.fromString('9007199254740993'), Long.fromString('9007199254740992')), filter: { a: Long.fromString('9007199254740993') }, ids: [1] },
  { name: 'a long beyond 2^53 is not its rounded double', docs: values(Long.fromString('9007199254740993')), filter: { a: new Double(9007199254740992) }, ids: [] },
  { name: 'decimal 0.1 is not double 0.1', docs: values(d('0.1'), new Double(0.1)), filter: { a: d('0.1') }, ids: [1] },
  { name: 'decimal 0.5 is double 0.5', docs: values(d('0.5'), new Double(0.5)), filter: { a: 0.5 }, ids: [1, 2] },
  { name: 'minus zero equals zero', docs: values(new Double(-0), 0), filter: { a: 0 }, ids: [1, 2] },
  { name: 'NaN equals NaN', docs: values(NaN, 1), filter: { a: NaN }, ids: [1] },
  { name: 'decimal NaN equals double NaN', docs: values(d('NaN'), 1), filter: { a: NaN }, ids: [1] },
  { name: 'a number is not a string', docs: values(1, '1'), filter: { a: '1' }, ids: [2] },
  { name: 'true is not 1', docs: values(true, 1), filter: { a: true }, ids: [1] },
  { name: 'an ObjectId is not its hex string', docs: values(oid, oid.toHexString()), filter: { a: oid }, ids: [1] },
  { name: 'dates are equal by time', docs: values(new Date(5), new Date(6)), filter: { a: new Date(5) }, ids: [1] },
  { name: 'a date is not a timestamp', docs: values(new Date(5000), new Timestamp({ t: 5, i: 0 })), filter: { a: new Timestamp({ t: 5, i: 0 }) }, ids: [2] },
  { name: 'binaries are equal by subtype and bytes', docs: values(new Binary(Buffer.from('ab'), 0), new Binary(Buffer.from('ab'), 5), new Binary(Buffer.from('ac'), 0)), filter: { a: new Binary(Buffer.from('ab'), 0) }, ids: [1] },
  { name: 'a UUID equals the same UUID only', docs: values(uuid, new UUID('00112233-4455-6677-8899-aabbccddeef0')), filter: { a: uuid }, ids: [1] },
  { name: 'an embedded document equals with the same field order', docs: values({ x: 1, y: 2 }, { y: 2, x: 1 }), filter: { a: { x: 1, y: 2 } }, ids: [1] },
  { name: 'an embedded document equals exactly, not partially', docs: values({ x: 1, y: 2 }, { x: 1 }), filter: { a: { x: 1 } }, ids: [2] },
  { name: 'an embedded document equals across number types', docs: values({ x: new Double(1) }), filter: { a: { x: new Int32(1) } }, ids: [1] },
  { name: 'an empty document equals an empty document', docs: values({}, { x: 1 }), filter: { a: {} }, ids: [1] },
  { name: 'an empty filter finds everything', docs: values(1, 2), filter: {}, ids: [1, 2] },
  { name: 'several fields must all match', docs: [{ _id: 1, a: 1, b: 1 }, { _id: 2, a: 1, b: 2 }], filter: { a: 1, b: 2 }, ids: [2] },
  { name: 'a dotted path reaches into documents', docs: values({ b: { c: 1 } }, { b: { c: 2 } }), filter: { 'a.b.c': 2 }, ids: [2] },
  { name: 'the empty string is a value', docs: values('', null), filter: { a: '' }, ids: [1] },
  { name: 'MinKey and MaxKey equal themselves', docs: values(new MinKey(), new MaxKey()), filter: { a: new MaxKey() }, ids: [2] },
];

// prettier-ignore
const nulls: QueryCase[] = [
  { name: 'null finds null and missing', docs: [{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 0 }], filter: { a: null }, ids: [1, 2] },
  { name: '$ne null finds what has a value', docs: [{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 0 }], filter: { a: { $ne: null } }, ids: [3] },
  { name: '$exists true finds null', docs: [{ _id: 1, a: null }, { _id: 2 }], filter: { a: { $exists: true } }, ids: [1] },
  { name: '$exists false finds missing only', docs: [{ _id: 1, a: null }, { _id: 2 }], filter: { a: { $exists: false } }, ids: [2] },
  { name: '$exists takes numbers as truth values', docs: [{ _id: 1, a: 1 }, { _id: 2 }], filter: { a: { $exists: 0 } }, ids: [2] },
  { name: '$in with null finds missing too', docs: [{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 3 }], filter: { a: { $in: [null, 3] } }, ids: [1, 2, 3] },
  { name: '$nin with null leaves missing out', docs: [{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 3 }], filter: { a: { $nin: [null] } }, ids: [3] },
  { name: '$gte null finds null and missing', docs: [{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 3 }], filter: { a: { $gte: null } }, ids: [1, 2] },
  { name: '$lte null finds null and missing', docs: [{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 3 }], filter: { a: { $lte: null } }, ids: [1, 2] },
  { name: '$gt null finds nothing', docs: [{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 3 }], filter: { a: { $gt: null } }, ids: [] },
  { name: 'a dotted path through a scalar is missing', docs: values(5, { b: 1 }), filter: { 'a.b': null }, ids: [1] },
  { name: 'null finds an array that holds null', docs: values([1, null], [1]), filter: { a: null }, ids: [1] },
  { name: 'null does not find an empty array', docs: values([]), filter: { a: null }, ids: [] },
  { name: 'a path into array elements finds an element without the field', docs: values([{ b: 1 }, { c: 1 }], [{ b: 1 }]), filter: { 'a.b': null }, ids: [1] },
];

// prettier-ignore
const ranges: QueryCase[] = [
  { name: '$gt compares numbers across types', docs: values(new Int32(1), new Double(2.5), Long.fromNumber(3), d('4')), filter: { a: { $gt: 2 } }, ids: [2, 3, 4] },
  { name: '$gte includes the bound', docs: values(1, 2, 3), filter: { a: { $gte: 2 } }, ids: [2, 3] },
  { name: '$lt excludes the bound', docs: values(1, 2, 3), filter: { a: { $lt: 2 } }, ids: [1] },
  { name: '$lte includes the bound', docs: values(1, 2, 3), filter: { a: { $lte: 2 } }, ids: [1, 2] },
  { name: 'two bounds', docs: values(1, 2, 3, 4), filter: { a: { $gt: 1, $lt: 4 } }, ids: [2, 3] },
  { name: 'a range of numbers leaves strings out', docs: values(1, '5', true, null), filter: { a: { $gt: 0 } }, ids: [1] },
  { name: 'a range of strings leaves numbers out', docs: values(1, 'b', 'a'), filter: { a: { $gte: 'a' } }, ids: [2, 3] },
  { name: 'strings compare by bytes', docs: values('Z', 'a', 'é'), filter: { a: { $gt: 'Z' } }, ids: [2, 3] },
  { name: 'strings beyond the basic plane compare by bytes', docs: values('\uffee', '\u{1F600}'), filter: { a: { $gt: '\uffee' } }, ids: [2] },
  { name: 'dates compare by time', docs: values(new Date(1), new Date(10)), filter: { a: { $gt: new Date(5) } }, ids: [2] },
  { name: 'a range of dates leaves numbers out', docs: values(10, new Date(10)), filter: { a: { $gt: new Date(5) } }, ids: [2] },
  { name: 'ObjectIds compare by bytes', docs: values(oid, new ObjectId('65a000000000000000000002')), filter: { a: { $gt: oid } }, ids: [2] },
  { name: 'false is below true', docs: values(false, true), filter: { a: { $lt: true } }, ids: [1] },
  { name: 'binaries compare by length first', docs: values(new Binary(Buffer.from('b')), new Binary(Buffer.from('aa'))), filter: { a: { $gt: new Binary(Buffer.from('b')) } }, ids: [2] },
  { name: 'embedded documents compare field by field', docs: values({ x: 1 }, { x: 2 }, { x: 1, y: 0 }), filter: { a: { $gt: { x: 1 } } }, ids: [2, 3] },
  { name: 'NaN is not below a number', docs: values(NaN, 1), filter: { a: { $lt: 5 } }, ids: [2] },
  { name: 'NaN is found by $gte NaN', docs: values(NaN, 1), filter: { a: { $gte: NaN } }, ids: [1] },
  { name: 'NaN is not found by $gt NaN', docs: values(NaN, 1), filter: { a: { $gt: NaN } }, ids: [] },
  { name: 'infinities are at the ends', docs: values(-Infinity, 0, Infinity), filter: { a: { $gt: 0 } }, ids: [3] },
  { name: 'longs beyond 2^53 compare exactly', docs: values(Long.fromString('9007199254740993'), Long.fromString('9007199254740992')), filter: { a: { $gt: Long.fromString('9007199254740992') } }, ids: [1] },
  { name: 'decimals compare exactly with doubles', docs: values(d('0.1'), d('0.2')), filter: { a: { $gt: new Double(0.1) } }, ids: [2] },
  { name: 'a huge decimal is above every double', docs: values(d('1E+400'), 5), filter: { a: { $gt: Number.MAX_VALUE } }, ids: [1] },
  { name: 'a tiny decimal is above zero', docs: values(d('1E-400'), 0), filter: { a: { $gt: 0 } }, ids: [1] },
  { name: '$gt MinKey finds every type', docs: values(1, 'x', null, [1]), filter: { a: { $gt: new MinKey() } }, ids: [1, 2, 3, 4] },
  { name: 'timestamps compare by time and counter', docs: values(new Timestamp({ t: 1, i: 2 }), new Timestamp({ t: 1, i: 3 })), filter: { a: { $gt: new Timestamp({ t: 1, i: 2 }) } }, ids: [2] },
];

// prettier-ignore
const arrays: QueryCase[] = [
  { name: 'a value finds an array that holds it', docs: values([1, 2], [3]), filter: { a: 2 }, ids: [1] },
  { name: 'an array equals a whole array in order', docs: values([1, 2], [2, 1], [1, 2, 3]), filter: { a: [1, 2] }, ids: [1] },
  { name: 'an array also equals an element that is that array', docs: values([[1, 2], 3], [1, 2]), filter: { a: [1, 2] }, ids: [1, 2] },
  { name: 'an empty array equals an empty array', docs: values([], [[]], [1]), filter: { a: [] }, ids: [1, 2] },
  { name: 'a range finds an array with an element in it', docs: values([1, 9], [1, 2]), filter: { a: { $gt: 5 } }, ids: [1] },
  { name: 'two bounds may be met by different elements', docs: values([0, 10], [2]), filter: { a: { $gt: 1, $lt: 5 } }, ids: [1, 2] },
  { name: 'dotted paths may be met by different elements', docs: values([{ x: 1, y: 2 }, { x: 2, y: 1 }], [{ x: 2, y: 2 }]), filter: { 'a.x': 2, 'a.y': 2 }, ids: [1, 2] },
  { name: '$in finds any of the values', docs: values(1, 2, [3, 4]), filter: { a: { $in: [1, 4] } }, ids: [1, 3] },
  { name: '$in of nothing finds nothing', docs: values(1), filter: { a: { $in: [] } }, ids: [] },
  { name: '$in compares across number types', docs: values(new Double(1), d('2')), filter: { a: { $in: [1, 2] } }, ids: [1, 2] },
  { name: '$nin leaves out arrays that hold a value', docs: values([1, 2], [3], 4), filter: { a: { $nin: [1] } }, ids: [2, 3] },
  { name: '$nin finds missing', docs: [{ _id: 1 }, { _id: 2, a: 1 }], filter: { a: { $nin: [1] } }, ids: [1] },
  { name: '$ne leaves out arrays that hold the value', docs: values([1, 2], [3], 4), filter: { a: { $ne: 1 } }, ids: [2, 3] },
  { name: '$ne finds missing', docs: [{ _id: 1 }, { _id: 2, a: 1 }], filter: { a: { $ne: 1 } }, ids: [1] },
  { name: 'a path goes into every element', docs: values([{ b: 1 }, { b: 2 }], [{ b: 3 }]), filter: { 'a.b': 2 }, ids: [1] },
  { name: 'a path names an element by number', docs: values([5, 6], [6, 5]), filter: { 'a.0': 6 }, ids: [2] },
  { name: 'a path goes on below a numbered element', docs: values([{ b: 1 }, { b: 2 }], [{ b: 2 }]), filter: { 'a.1.b': 2 }, ids: [1] },
  { name: 'a number in a path may also be a field name', docs: values({ 0: 'x' }, ['x']), filter: { 'a.0': 'x' }, ids: [1, 2] },
  { name: 'nested arrays are not entered implicitly', docs: values([[{ b: 1 }]], [{ b: 1 }]), filter: { 'a.b': 1 }, ids: [2] },
  { name: '$gt with an array compares whole arrays', docs: values([1, 3], [1, 1]), filter: { a: { $gt: [1, 2] } }, ids: [1] },
  { name: '$exists looks into elements', docs: values([{ b: 1 }], [{ c: 1 }], []), filter: { 'a.b': { $exists: true } }, ids: [1] },
  { name: '$exists by array position', docs: values([1, 2], [1]), filter: { 'a.1': { $exists: true } }, ids: [1] },
];

// prettier-ignore
const logic: QueryCase[] = [
  { name: '$and wants all', docs: values(1, 5, 9), filter: { $and: [{ a: { $gt: 1 } }, { a: { $lt: 9 } }] }, ids: [2] },
  { name: '$or wants one', docs: values(1, 5, 9), filter: { $or: [{ a: 1 }, { a: 9 }] }, ids: [1, 3] },
  { name: '$or together with a field', docs: [{ _id: 1, a: 1, b: 1 }, { _id: 2, a: 2, b: 1 }, { _id: 3, a: 1, b: 2 }], filter: { b: 1, $or: [{ a: 1 }, { a: 2 }] }, ids: [1, 2] },
  { name: 'nested $or and $and', docs: values(1, 2, 3), filter: { $or: [{ $and: [{ a: { $gt: 2 } }] }, { a: 1 }] }, ids: [1, 3] },
  { name: 'two clauses of $or find a document once', docs: values(1), filter: { $or: [{ a: 1 }, { a: { $gt: 0 } }] }, ids: [1] },
  { name: '$and needs an array', docs: [], filter: { $and: { a: 1 } }, error: 2 },
  { name: '$or may not be empty', docs: [], filter: { $or: [] }, error: 2 },
  { name: '$in needs an array', docs: [], filter: { a: { $in: 5 } }, error: 2 },
  { name: 'an unknown operator is refused', docs: [], filter: { a: { $foo: 1 } }, error: 2 },
  { name: 'an unknown top level operator is refused', docs: [], filter: { $foo: 1 }, error: 2 },
];

/** All query cases by topic. */
export const QUERY_CASES = { equality, nulls, ranges, arrays, logic };
