/** aggregate: ordinary pipelines and change streams. */
import { encode, isDoc, type Doc, type Value } from '../bson.js';
import { ChangeStream, changeStreamOptions, type Scope } from '../change-stream.js';
import { RowBatches } from '../cursor.js';
import { StoreError, unsupported } from '../errors.js';
import { compileStage, stageEntry, type RowStream } from '../pipeline.js';
import { toDouble } from '../numbers.js';
import { isNumeric } from '../bson.js';
import { compileFilter } from '../query.js';
import { Params, type Command, type Reply, type Request } from '../request.js';
import { BUSY, Search, type SearchOptions } from '../search.js';
import type { Store } from '../store.js';
import { checkCollation, hintOf, viewOf } from './read.js';
import { openCursor } from './replies.js';

const FIELDS = [
  'pipeline',
  'cursor',
  'hint',
  'collation',
  'allowDiskUse',
  'bypassDocumentValidation',
];

function aggregate(store: Store, request: Request): Reply | Promise<Reply> {
  checkCollation(request);
  const pipeline = request.list('pipeline') ?? [];
  const cursor = request.doc('cursor');
  if (!cursor) throw new StoreError('FailedToParse', "The 'cursor' option is required");
  const size = new Params(cursor).count('batchSize');
  const options = changeStreamOptions(pipeline[0]);
  if (options) return watch(store, request, options, pipeline.slice(1), size);
  const { search, rest } = leadingSearch(pipeline);
  const stages = rest.map(compileStage);
  const input = source(store, request, search);
  const rows = stages.reduce((stream, stage) => stage(stream), input);
  const batches = new RowBatches({
    advance: () => {
      const row = rows.advance();
      if (row === undefined || row === BUSY) return row;
      return 'raw' in row && row.raw instanceof Buffer ? row.raw : encode(row.doc);
    },
    pause: () => rows.pause(),
  });
  return openCursor(store, request, request.ns, batches, size);
}

/** The start of a pipeline that a search can do itself, with its indexes. */
function leadingSearch(pipeline: readonly Value[]): {
  search: { filter: Doc } & SearchOptions;
  rest: Value[];
} {
  const rest = [...pipeline];
  const take = (name: string): Value | undefined => {
    const [stage] = rest;
    if (stage === undefined) return undefined;
    const [found, operand] = stageEntry(stage);
    if (found !== name) return undefined;
    compileStage(stage);
    rest.shift();
    return operand;
  };
  const match = take('$match');
  const order = take('$sort');
  const skip = take('$skip');
  const limit = take('$limit');
  const number = (value: Value | undefined): number => (isNumeric(value) ? toDouble(value) : 0);
  const sort = isDoc(order) ? new Params(new Map([['$sort', order]])).sort('$sort') : undefined;
  const filter = isDoc(match) ? match : new Map<string, Value>();
  return { search: { filter, sort, skip: number(skip), limit: number(limit) }, rest };
}

function source(
  store: Store,
  request: Request,
  search: { filter: Doc } & SearchOptions,
): RowStream {
  const collection = store.catalog.find(request.ns);
  if (!collection) {
    compileFilter(search.filter);
    return { advance: () => undefined, pause: () => undefined };
  }
  const hint = hintOf(collection, request.value('hint'));
  return new Search(viewOf(store, request), collection, search.filter, { ...search, hint });
}

function watch(
  store: Store,
  request: Request,
  options: Doc,
  pipeline: readonly Value[],
  size: number | undefined,
): Reply | Promise<Reply> {
  if (request.transaction) {
    throw new StoreError(
      'OperationNotSupportedInTransaction',
      '$changeStream cannot run in a transaction',
    );
  }
  const filters = pipeline.map((stage) => {
    const [name, operand] = stageEntry(stage);
    if (name !== '$match' || !isDoc(operand)) throw unsupported(`${name} in a change stream`);
    return compileFilter(operand);
  });
  const stream = new ChangeStream(store, scopeOf(request, options), options, filters);
  return openCursor(store, request, namespaceOf(request), stream, size);
}

/** `{aggregate: 1}` means the whole database, or all of them. */
const isCollectionless = (request: Request): boolean =>
  typeof request.fields.get('aggregate') !== 'string';

const namespaceOf = (request: Request): string =>
  isCollectionless(request) ? `${request.db}.$cmd.aggregate` : request.ns;

function scopeOf(request: Request, options: Doc): Scope {
  if (options.get('allChangesForCluster') === true) return {};
  if (isCollectionless(request)) return { db: request.db };
  return { db: request.db, collection: request.target };
}

/** Aggregation commands by name. */
export const aggregateCommands: Record<string, Command> = {
  aggregate: { fields: FIELDS, transactional: true, run: aggregate },
};
