/** What the embedded store does not have: the code it refuses each with, and the name it says. */
import type { Document } from './types.js';

/** A command, or a statement of one, that is refused. */
export interface RefusalCase {
  readonly name: string;
  readonly command: Document;
  readonly code: number;
  /** What the message names. */
  readonly says: string;
}

const find = (filter: Document): Document => ({ find: 'c', filter });
const aggregate = (...pipeline: Document[]): Document => ({
  aggregate: 'c',
  pipeline,
  cursor: {},
});
const grouped = (fields: Document): Document => aggregate({ $group: { _id: null, ...fields } });
const index = (options: Document): Document => ({
  createIndexes: 'c',
  indexes: [{ key: { a: 1 }, name: 'a', ...options }],
});
const change = (options: Document, ...stages: Document[]): Document => ({
  aggregate: 1,
  pipeline: [{ $changeStream: { allChangesForCluster: true, ...options } }, ...stages],
  cursor: {},
  $db: 'admin',
});

const operand = (name: string): unknown =>
  ({ $all: [1], $not: { $gt: 1 }, $elemMatch: { $gt: 1 } })[name] ?? 1;

// prettier-ignore
const queries: RefusalCase[] = [
  ...['$type', '$size', '$all', '$elemMatch', '$not', '$regex', '$options', '$mod', '$geoWithin', '$geoIntersects', '$near', '$nearSphere', '$bitsAllSet', '$bitsAnySet', '$bitsAllClear', '$bitsAnyClear']
    .map((says) => ({ name: says, command: find({ a: { [says]: operand(says) } }), code: 115, says })),
  ...['$nor', '$expr', '$where', '$text', '$jsonSchema', '$comment', '$alwaysTrue', '$alwaysFalse', '$sampleRate']
    .map((says) => ({ name: `${says} at the top`, command: find({ [says]: 1 }), code: 115, says })),
  { name: 'a regular expression', command: find({ a: /x/ }), code: 115, says: 'regular expression' },
  { name: 'a regular expression in $in', command: find({ a: { $in: [/x/] } }), code: 115, says: 'regular expression' },
  { name: '$slice in a projection', command: { ...find({}), projection: { a: { $slice: 1 } } }, code: 115, says: '$slice' },
  { name: '$elemMatch in a projection', command: { ...find({}), projection: { a: { $elemMatch: { b: 1 } } } }, code: 115, says: '$elemMatch' },
  { name: 'a positional projection', command: { ...find({ a: 1 }), projection: { 'a.$': 1 } }, code: 115, says: 'a.$' },
  { name: 'a sort by $meta', command: { ...find({}), sort: { a: { $meta: 'textScore' } } }, code: 115, says: 'sort' },
  ...['collation', 'hint', 'tailable', 'min', 'max', 'returnKey', 'showRecordId', 'allowDiskUse', 'let', 'foo']
    .map((says) => ({ name: `the option ${says}`, command: { ...find({}), [says]: {} }, code: 115, says: `'${says}'` })),
  { name: 'readConcern linearizable', command: { ...find({}), readConcern: { level: 'linearizable' } }, code: 115, says: 'linearizable' },
];

// prettier-ignore
const commands: RefusalCase[] = [
  ...['foo', 'mapReduce', 'count', 'distinct', 'dropIndexes', 'dropDatabase', 'renameCollection', 'collMod', 'validate', 'listDatabases', 'serverStatus', 'bulkWrite']
    .map((says) => ({ name: `the command ${says}`, command: { [says]: 'c' }, code: 59, says })),
  { name: 'a capped collection', command: { create: 'c2', capped: true }, code: 115, says: 'capped' },
  { name: 'writeConcern w:2', command: { insert: 'c', documents: [{}], writeConcern: { w: 2 } }, code: 115, says: 'w:2' },
  { name: 'a bad collection name', command: { insert: 'a$b', documents: [{}] }, code: 73, says: 'a$b' },
  { name: 'explain of a count', command: { explain: { count: 'c' } }, code: 115, says: 'count' },
];

// prettier-ignore
const pipelines: RefusalCase[] = [
  ...['$sort', '$skip', '$limit', '$project', '$unwind', '$count', '$lookup', '$out', '$merge', '$facet', '$addFields', '$replaceRoot', '$sample', '$unionWith']
    .map((says) => ({ name: `the stage ${says}`, command: aggregate({ [says]: {} }), code: 40324, says })),
  ...['$avg', '$min', '$max', '$first', '$last', '$push', '$addToSet', '$count']
    .map((says) => ({ name: `the accumulator ${says}`, command: grouped({ x: { [says]: 1 } }), code: 115, says })),
  { name: '$sum of a field', command: grouped({ x: { $sum: '$a' } }), code: 115, says: '$sum' },
  { name: '$sum of 2', command: grouped({ x: { $sum: 2 } }), code: 115, says: '$sum' },
  { name: '$group by a field', command: aggregate({ $group: { _id: '$a' } }), code: 115, says: '$group' },
  { name: 'an expression in $group', command: aggregate({ $group: { _id: { $add: [1, 2] } } }), code: 115, says: '$group' },
  { name: '$match after $group', command: aggregate({ $group: { _id: null } }, { $match: {} }), code: 115, says: '$match' },
  { name: 'a stage after a change stream', command: change({}, { $group: { _id: 1 } }), code: 115, says: '$group' },
  { name: 'a change stream narrowed by documents', command: change({}, { $match: { 'fullDocument.n': 1 } }), code: 115, says: 'fullDocument.n' },
  { name: 'a change stream of one collection', command: aggregate({ $changeStream: {} }), code: 115, says: '$changeStream' },
  { name: 'pre-images', command: change({ fullDocumentBeforeChange: 'required' }), code: 115, says: 'fullDocumentBeforeChange' },
  { name: 'fullDocument required', command: change({ fullDocument: 'required' }), code: 115, says: 'required' },
];

// prettier-ignore
const indexes: RefusalCase[] = [
  ...['text', 'hashed', '2dsphere', -1].map((type) => ({ name: `the index type ${type}`, command: index({ key: { a: type } }), code: 115, says: String(type) })),
  ...['hidden', 'sparse', 'collation', 'weights', 'wildcardProjection'].map((says) => ({ name: `the index option ${says}`, command: index({ [says]: true }), code: 115, says })),
  ...['$ne', '$gt', '$exists', '$type', '$in'].map((says) => ({ name: `a partial filter with ${says}`, command: index({ partialFilterExpression: { b: { [says]: 1 } } }), code: 115, says })),
  { name: 'a partial filter with $and', command: index({ partialFilterExpression: { $and: [{ b: 1 }] } }), code: 115, says: '$and' },
  { name: 'a compound TTL index', command: index({ key: { a: 1, b: 1 }, expireAfterSeconds: 1 }), code: 67, says: 'TTL' },
  { name: 'an index on an array position', command: index({ key: { 'a.0': 1 } }), code: 115, says: 'a.0' },
];

const updated = (u: unknown, options: Document = {}): Document => ({
  update: 'c',
  updates: [{ q: {}, u, ...options }],
});

// prettier-ignore
const updates: RefusalCase[] = [
  ...['$mul', '$min', '$rename', '$currentDate', '$bit', '$addToSet', '$pull', '$pullAll', '$pop']
    .map((says) => ({ name: `the update operator ${says}`, command: updated({ [says]: { n: 1 } }), code: 115, says })),
  { name: '$push with $each', command: updated({ $push: { a: { $each: [1] } } }), code: 115, says: '$each' },
  ...['a.$', 'a.$[]', 'a.$[x]'].map((says) => ({ name: `the path ${says}`, command: updated({ $set: { [says]: 1 } }), code: 115, says })),
  ...['hint', 'collation', 'arrayFilters', 'c'].map((says) => ({ name: `the statement option ${says}`, command: updated({ $set: { a: 1 } }, { [says]: {} }), code: 115, says: `'${says}'` })),
  { name: 'a pipeline as an update', command: updated([{ $set: { a: 1 } }]), code: 115, says: 'pipeline' },
  { name: 'a replacement document', command: updated({ a: 1 }), code: 115, says: 'replacement' },
  { name: 'findAndModify with remove', command: { findAndModify: 'c', query: {}, remove: true }, code: 115, says: 'remove' },
  { name: 'findAndModify with fields', command: { findAndModify: 'c', query: {}, update: { $set: { a: 1 } }, fields: { a: 1 } }, code: 115, says: 'fields' },
];

/** Refusals by topic. */
export const REFUSAL_CASES = { queries, commands, pipelines, indexes, updates };
