/** find, getMore, killCursors, explain, and the replies of all commands that return documents. */
import { Long } from 'bson';
import { encode, type Value } from '../bson.js';
import {
  RowBatches,
  checkOwner,
  toLong,
  type Batch,
  type BatchSource,
  type Rows,
} from '../cursor.js';
import { StoreError, unsupported } from '../errors.js';
import { compileProjection } from '../projection.js';
import { Params, type Command, type Reply, type Request } from '../request.js';
import { BUSY, Search, visitAll } from '../search.js';
import type { Store } from '../store.js';

const FIRST_BATCH_SIZE = 101;
/** How long a change stream waits if the client does not say, as in MongoDB. */
const AWAIT_MS = 1000;

/** Opens a cursor over a source and answers with its first batch; it stays open if there is more. */
export function openCursor(
  store: Store,
  request: Request,
  ns: string,
  source: BatchSource,
  size: number | undefined,
  single = false,
): Reply | Promise<Reply> {
  const answer = ({ rows, done, extra }: Batch): Reply => {
    const finished = done || single;
    if (finished) source.close();
    const cursor = finished ? undefined : store.cursors.add(ns, source, request);
    if (cursor) request.transaction?.cursors.add(cursor.id);
    return { cursor: { firstBatch: rows, id: toLong(cursor?.id ?? 0n), ns, ...extra }, ok: 1 };
  };
  const wanted = { size: size ?? FIRST_BATCH_SIZE, waitMs: 0, deadline: request.deadline };
  const batch = source.nextBatch(wanted);
  return batch instanceof Promise ? batch.then(answer) : answer(batch);
}

/** Rows that are there already. */
export function listRows(rows: readonly object[]): Rows {
  const rest = rows.values();
  return {
    advance: () => {
      const { done, value } = rest.next();
      return done ? undefined : encode(value);
    },
    pause: () => undefined,
  };
}

function find(store: Store, request: Request): Reply | Promise<Reply> {
  const project = compileProjection(request.doc('projection'));
  const single = request.flag('singleBatch');
  const search = searchOf(store, request, request.ns, request);
  const rows: Rows = search
    ? {
        advance: () => {
          const hit = search.advance();
          if (hit === undefined || hit === BUSY) return hit;
          return project ? encode(project(hit.doc)) : hit.raw;
        },
        pause: () => search.pause(),
      }
    : listRows([]);
  const size = request.count('batchSize');
  return openCursor(store, request, request.ns, new RowBatches(rows), size, single);
}

/** The search that a find is; undefined when there is no such collection. */
function searchOf(store: Store, request: Request, ns: string, params: Params): Search | undefined {
  const collection = store.collectionOf(request, ns);
  const limit = params.count('limit') ?? 0;
  const options = { sort: params.sort('sort'), skip: params.count('skip') ?? 0, limit };
  const filter = params.filter('filter');
  return collection && new Search(store.viewOf(request), collection, filter, options);
}

async function getMore(store: Store, request: Request): Promise<Reply> {
  const id = cursorId(request.value('getMore'));
  const cursor = store.cursors.get(id);
  if (cursor.ns !== `${request.db}.${request.text('collection') ?? ''}`)
    throw new StoreError('Unauthorized', `cursor id ${id} belongs to ${cursor.ns}`);
  checkOwner(cursor, request);
  if (cursor.busy) throw new StoreError('CursorInUse', `cursor id ${id} is already in use`);
  if (request.value('maxTimeMS') !== undefined && !cursor.source.follows)
    throw new StoreError('BadValue', 'only a cursor that follows changes takes maxTimeMS here');
  const wanted = {
    size: request.count('batchSize') || undefined,
    waitMs: request.count('maxTimeMS') || AWAIT_MS,
    deadline: Infinity,
  };
  cursor.busy = true;
  try {
    const batch = await cursor.source.nextBatch(wanted);
    if (!store.cursors.has(id)) throw new StoreError('CursorKilled', `cursor id ${id} was killed`);
    if (batch.done) store.cursors.kill(id);
    return {
      cursor: {
        nextBatch: batch.rows,
        id: toLong(batch.done ? 0n : id),
        ns: cursor.ns,
        ...batch.extra,
      },
      ok: 1,
    };
  } catch (error) {
    store.cursors.kill(id);
    throw error;
  } finally {
    cursor.busy = false;
    cursor.lastUse = Date.now();
  }
}

function cursorId(value: Value | undefined): bigint {
  if (value instanceof Long) return value.toBigInt();
  throw new StoreError('TypeMismatch', 'a cursor id is a long');
}

function killCursors(store: Store, request: Request): Reply {
  const killed: Value[] = [];
  const notFound: Value[] = [];
  for (const id of request.list('cursors') ?? [])
    (store.cursors.kill(cursorId(id)) ? killed : notFound).push(id);
  return {
    cursorsKilled: killed,
    cursorsNotFound: notFound,
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  };
}

const FIND_FIELDS = ['filter', 'sort', 'projection', 'skip', 'limit', 'batchSize', 'singleBatch'];

/** How a find is answered: the stages of the plan, and what they cost. */
async function explain(store: Store, request: Request): Promise<Reply> {
  const inner = request.doc('explain') ?? new Map<string, Value>();
  const name = inner.keys().next().value;
  if (name !== 'find') throw unsupported(`explain of ${String(name)}`);
  const params = new Params(inner);
  params.only(['find', '$db', 'readConcern', ...FIND_FIELDS], 'explain');
  const namespace = `${request.db}.${params.text('find') ?? ''}`;
  const search = searchOf(store, request, namespace, params);
  let nReturned = 0;
  if (search) await visitAll(search, request.deadline, () => void nReturned++);
  return {
    queryPlanner: {
      namespace,
      parsedQuery: params.doc('filter') ?? {},
      winningPlan: search ? stages(search) : {},
    },
    executionStats: {
      nReturned,
      totalKeysExamined: search?.scan.keysExamined ?? 0,
      totalDocsExamined: search?.scan.docsExamined ?? 0,
    },
    ok: 1,
  };
}

function stages({ plan }: Search): object {
  const { index, bound } = plan;
  const scan = { stage: 'IXSCAN', indexName: index.name, keyPattern: index.key };
  const source =
    index.primary && bound === 0 ? { stage: 'COLLSCAN' } : { stage: 'FETCH', inputStage: scan };
  return plan.sorted ? source : { stage: 'SORT', inputStage: source };
}

/** Read commands by name. */
export const readCommands: Record<string, Command> = {
  find: { fields: FIND_FIELDS, transactional: true, run: find },
  getMore: { fields: ['collection', 'batchSize'], transactional: true, run: getMore },
  killCursors: { fields: ['cursors'], transactional: true, run: killCursors },
  explain: { fields: ['verbosity'], run: explain },
};
