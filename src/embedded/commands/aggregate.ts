/** aggregate: counts, and change streams. */
import { Int32, Long } from 'bson';
import { isDoc, type Doc, type Value } from '../bson.js';
import { ChangeStream } from '../change-stream.js';
import { RowBatches } from '../cursor.js';
import { StoreError, unsupported } from '../errors.js';
import { parseFilter } from '../query.js';
import { Params, type Command, type Reply, type Request } from '../request.js';
import { BUSY, Search, visitAll } from '../search.js';
import type { Store } from '../store.js';
import { listRows, openCursor } from './read.js';

/** Stages this store accepts, for its documentation test. */
export const PIPELINE_STAGES = ['$match', '$group', '$changeStream'] as const;
/** What `$group` can work out, for the same. */
export const GROUP_ACCUMULATORS = ['$sum'] as const;

/** Name and operand of a stage. @throws UnrecognizedPipelineStage */
function stageEntry(stage: Value): [string, Doc] {
  const [entry, ...more] = isDoc(stage) ? stage : [];
  if (!entry || more.length > 0) {
    throw new StoreError(
      'Location40323',
      'A pipeline stage specification object must contain exactly one field.',
    );
  }
  const [name, operand] = entry;
  if (!PIPELINE_STAGES.some((known) => known === name))
    throw new StoreError(
      'UnrecognizedPipelineStage',
      `Unrecognized pipeline stage name: '${name}'`,
    );
  if (isDoc(operand)) return [name, operand];
  throw new StoreError('Location15959', `the argument of ${name} must be an object`);
}

/** A `$group` of everything that counts: all that drivers ask for. */
class Counting {
  private readonly id: Value;
  private readonly names: readonly string[];

  constructor(operand: Doc) {
    const id = operand.get('_id');
    if (id === undefined)
      throw new StoreError('Location15955', 'a group specification must include an _id');
    if (isDoc(id) || Array.isArray(id) || (typeof id === 'string' && id.startsWith('$')))
      throw unsupported('an expression as the _id of $group');
    this.id = id;
    this.names = [...operand].filter(([name]) => name !== '_id').map(checkSum);
  }

  /** The one group there is, or none. */
  rows(count: number): object[] {
    const total = (count | 0) === count ? new Int32(count) : Long.fromNumber(count);
    const sums = this.names.map((name): [string, Value] => [name, total]);
    return count > 0 ? [new Map([['_id', this.id], ...sums])] : [];
  }
}

/** @returns the name under which the count is told */
function checkSum([name, spec]: [string, Value]): string {
  const [entry] = isDoc(spec) ? spec : [];
  if (!entry)
    throw new StoreError('Location40234', `The field '${name}' must be an accumulator object`);
  const [operator, operand] = entry;
  if (operator !== '$sum') throw unsupported(`accumulator ${operator}`);
  if (operand instanceof Int32 && operand.value === 1) return name;
  throw unsupported('$sum of anything but 1');
}

/** How many a search finds: by the keys of an index alone if they can tell. */
async function countHits(search: Search, deadline: number): Promise<number> {
  const known = search.countKeys();
  if (known !== undefined) return known;
  let count = 0;
  await visitAll(search, deadline, () => void count++);
  return count;
}

async function aggregate(store: Store, request: Request): Promise<Reply> {
  request.needs(['pipeline'], 'aggregate');
  const stages = (request.list('pipeline') ?? []).map(stageEntry);
  const cursor = request.doc('cursor');
  if (!cursor) throw new StoreError('FailedToParse', "The 'cursor' option is required");
  const size = new Params(cursor).count('batchSize');
  const [first, ...rest] = stages;
  if (first?.[0] === '$changeStream') return watch(store, request, first[1], rest, size);
  const grouped = first?.[0] === '$group' ? stages : rest;
  const filter = parseFilter(first?.[0] === '$match' ? first[1] : undefined);
  const [group, ...more] = grouped;
  const unexpected = group?.[0] === '$group' ? more[0] : group;
  if (unexpected) throw unsupported(`${unexpected[0]} at this place of a pipeline`);
  const counting = group && new Counting(group[1]);
  const collection = store.collectionOf(request);
  if (!collection)
    return openCursor(store, request, request.ns, new RowBatches(listRows([])), size);
  const search = new Search(store.viewOf(request), collection, filter);
  const rows = counting
    ? listRows(counting.rows(await countHits(search, request.deadline)))
    : {
        advance: () => {
          const hit = search.advance();
          return hit === undefined || hit === BUSY ? hit : hit.raw;
        },
        pause: () => search.pause(),
      };
  return openCursor(store, request, request.ns, new RowBatches(rows), size);
}

/** A stream of the changes of all databases, which `$match` may narrow. */
function watch(
  store: Store,
  request: Request,
  options: Doc,
  stages: readonly [string, Doc][],
  size: number | undefined,
): Reply | Promise<Reply> {
  if (request.transaction) {
    throw new StoreError(
      'OperationNotSupportedInTransaction',
      '$changeStream cannot run in a transaction',
    );
  }
  if (options.get('allChangesForCluster') !== true)
    throw unsupported('$changeStream of a single database or collection');
  if (request.db !== 'admin' || typeof request.fields.get('aggregate') === 'string') {
    throw new StoreError(
      'InvalidOptions',
      'a stream of all changes is opened on the database admin, with aggregate: 1',
    );
  }
  const level = request.doc('readConcern')?.get('level') ?? 'majority';
  if (level !== 'majority')
    throw new StoreError('InvalidOptions', `$changeStream cannot read with '${String(level)}'`);
  const filters = stages.map(([name, operand]) => {
    if (name !== '$match') throw unsupported(`${name} in a change stream`);
    return operand;
  });
  const stream = new ChangeStream(store, options, filters);
  return openCursor(store, request, `${request.db}.$cmd.aggregate`, stream, size);
}

/** Aggregation commands by name. */
export const aggregateCommands: Record<string, Command> = {
  aggregate: { fields: ['pipeline', 'cursor'], transactional: true, run: aggregate },
};
