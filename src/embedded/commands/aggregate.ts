/** aggregate: counts by group, and change streams. */
import { Int32, Long } from 'bson';
import { isDoc, isNumeric, typeName, type Doc, type Numeric, type Value } from '../bson.js';
import { ChangeStream } from '../change-stream.js';
import { RowBatches } from '../cursor.js';
import { StoreError, unsupported } from '../errors.js';
import { encodeKey } from '../keys.js';
import { add } from '../numbers.js';
import { parseFilter } from '../query.js';
import { Params, type Command, type Reply, type Request } from '../request.js';
import { BUSY, Search, visitAll } from '../search.js';
import type { Store } from '../store.js';
import { listRows, openCursor } from './read.js';

/** Stages this store accepts, for its documentation test. */
export const PIPELINE_STAGES = ['$match', '$group', '$changeStream'] as const;
/** What `$group` can work out, for the same. */
export const GROUP_ACCUMULATORS = ['$sum'] as const;

const GROUPS_MAX = 1_000_000;

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

interface Group {
  readonly id: Value;
  readonly totals: Numeric[];
}

/** A `$group` by one field, or of everything, that adds constants up. */
class Grouping {
  private readonly path: readonly string[] | undefined;
  private readonly id: Value;
  private readonly sums: readonly (readonly [string, Numeric])[];
  private readonly groups = new Map<string, Group>();

  constructor(operand: Doc) {
    const id = operand.get('_id');
    if (id === undefined)
      throw new StoreError('Location15955', 'a group specification must include an _id');
    if (isDoc(id) || Array.isArray(id) || (typeof id === 'string' && id.startsWith('$$')))
      throw unsupported('an expression as the _id of $group');
    this.path = typeof id === 'string' && id.startsWith('$') ? id.slice(1).split('.') : undefined;
    this.id = id;
    this.sums = [...operand].filter(([name]) => name !== '_id').map(compileSum);
  }

  add(doc: Doc): void {
    const id = this.path ? (valueAt(doc, this.path) ?? null) : this.id;
    const key = this.path ? encodeKey(id).toString('latin1') : '';
    const group = this.groups.get(key);
    if (!group) {
      this.groups.set(key, { id, totals: this.sums.map(([, by]) => by) });
      if (this.groups.size <= GROUPS_MAX) return;
      throw new StoreError(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        '$group has too many groups',
      );
    }
    this.sums.forEach(([, by], i) => (group.totals[i] = add(group.totals[i] ?? by, by)));
  }

  /** Whether it only counts, so that no document has to be read. */
  get counts(): boolean {
    const isOne = (by: Numeric): boolean => by instanceof Int32 && by.value === 1;
    return !this.path && this.sums.every(([, by]) => isOne(by));
  }

  addCount(count: number): void {
    const total = (count | 0) === count ? new Int32(count) : Long.fromNumber(count);
    if (count > 0) this.groups.set('', { id: this.id, totals: this.sums.map(() => total) });
  }

  rows(): Doc[] {
    return [...this.groups.values()].map(({ id, totals }) => {
      const fields = this.sums.map(([name], i): [string, Value] => [name, totals[i] ?? null]);
      return new Map([['_id', id], ...fields]);
    });
  }
}

function compileSum([name, spec]: [string, Value]): [string, Numeric] {
  const [entry] = isDoc(spec) ? spec : [];
  if (!entry)
    throw new StoreError('Location40234', `The field '${name}' must be an accumulator object`);
  const [operator, operand] = entry;
  if (operator !== '$sum') throw unsupported(`accumulator ${operator}`);
  if (!isNumeric(operand)) throw unsupported(`$sum of a ${typeName(operand)}`);
  return [name, operand];
}

/** What a field path leads to; arrays on the way give an array. */
function valueAt(value: Value | undefined, parts: readonly string[]): Value | undefined {
  if (parts.length === 0) return value;
  if (Array.isArray(value))
    return value.map((item) => valueAt(item, parts)).filter((item) => item !== undefined);
  return isDoc(value) ? valueAt(value.get(parts[0] ?? ''), parts.slice(1)) : undefined;
}

async function aggregate(store: Store, request: Request): Promise<Reply> {
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
  const grouping = group && new Grouping(group[1]);
  const collection = store.collectionOf(request);
  if (!collection)
    return openCursor(store, request, request.ns, new RowBatches(listRows([])), size);
  const search = new Search(store.viewOf(request), collection, filter);
  const count = grouping?.counts ? search.countKeys() : undefined;
  if (count !== undefined) grouping?.addCount(count);
  else if (grouping) await visitAll(search, request.deadline, ({ doc }) => grouping.add(doc));
  const rows = grouping
    ? listRows(grouping.rows())
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
