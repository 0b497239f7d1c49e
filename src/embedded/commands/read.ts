/** find, getMore, killCursors, count, distinct, explain. */
import { Long } from 'bson';
import { encode, type Doc, type Value } from '../bson.js';
import type { Collection, Index } from '../catalog.js';
import { compareValues } from '../compare.js';
import { RowBatches, toLong, type Rows } from '../cursor.js';
import { StoreError, unsupported } from '../errors.js';
import { encodeKey } from '../keys.js';
import type { View } from '../kv.js';
import { anyAtPath } from '../paths.js';
import { compileProjection, type Projection } from '../projection.js';
import { compileFilter } from '../query.js';
import { Params, type Command, type Reply, type Request } from '../request.js';
import { BUSY, Breather, Search, visitAll, type SearchOptions } from '../search.js';
import type { Store } from '../store.js';
import { explainSearch } from './explain.js';
import { openCursor } from './replies.js';

/** The state a request reads: its transaction's, or the latest committed one. */
export const viewOf = (store: Store, request: Request): View =>
  request.transaction?.writer ?? store.kv.main;

/** The index a hint names. @throws BadValue - there is none */
export function hintOf(collection: Collection, hint: Value | undefined): Index | undefined {
  if (hint === undefined) return undefined;
  if (hint instanceof Map && hint.has('$natural')) return collection.indexes[0];
  const found = collection.indexes.find((index) =>
    hint instanceof Map ? compareValues(index.key, hint) === 0 : index.name === hint,
  );
  if (!found) {
    throw new StoreError('BadValue', 'hint provided does not correspond to an existing index');
  }
  return found;
}

/** Rows of a search, projected if asked for. */
export function searchRows(search: Search, project: Projection | undefined): Rows {
  return {
    advance: () => {
      const hit = search.advance();
      if (hit === undefined || hit === BUSY) return hit;
      return project ? encode(project(hit.doc)) : hit.raw;
    },
    pause: () => search.pause(),
  };
}

const NO_ROWS: Rows = { advance: () => undefined, pause: () => undefined };

/** A collation other than the simple one would change the order. */
export function checkCollation(params: Params): void {
  const locale = params.doc('collation')?.get('locale');
  if (locale !== undefined && locale !== 'simple')
    throw unsupported(`collation '${String(locale)}'`);
}

function searchOptions(params: Params, collection: Collection): SearchOptions {
  const limit = params.integer('limit') ?? 0;
  return {
    sort: params.sort('sort'),
    skip: params.count('skip') ?? 0,
    limit: Math.abs(limit),
    hint: hintOf(collection, params.value('hint')),
  };
}

function find(store: Store, request: Request): Reply | Promise<Reply> {
  checkCollation(request);
  const filter = request.doc('filter') ?? new Map<string, Value>();
  const project = compileProjection(request.doc('projection'));
  const limit = request.integer('limit') ?? 0;
  const single = request.flag('singleBatch') || limit < 0;
  const size = request.count('batchSize');
  const collection = store.catalog.find(request.ns);
  if (!collection) {
    compileFilter(filter);
    request.sort('sort');
    return openCursor(store, request, request.ns, new RowBatches(NO_ROWS), size, single);
  }
  const search = new Search(
    viewOf(store, request),
    collection,
    filter,
    searchOptions(request, collection),
  );
  const source = new RowBatches(searchRows(search, project));
  return openCursor(store, request, request.ns, source, size, single);
}

async function getMore(store: Store, request: Request): Promise<Reply> {
  const id = cursorId(request.value('getMore'));
  const cursor = store.cursors.get(id);
  if (cursor.ns !== `${request.db}.${request.text('collection') ?? ''}`) {
    throw new StoreError('BadValue', `cursor id ${id} belongs to ${cursor.ns}`);
  }
  if (cursor.busy) throw new StoreError('BadValue', `cursor id ${id} is already in use`);
  cursor.busy = true;
  try {
    const size = request.count('batchSize');
    const batch = await cursor.source.nextBatch({
      size: size === 0 ? undefined : size,
      waitMs: request.count('maxTimeMS') || AWAIT_MS,
      deadline: Infinity,
    });
    if (batch.done) store.cursors.kill(id);
    const left = store.cursors.has(id) ? id : 0n;
    return {
      cursor: { nextBatch: batch.rows, id: toLong(left), ns: cursor.ns, ...batch.extra },
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

/** How long a change stream waits if the client does not say, as in MongoDB. */
const AWAIT_MS = 1000;

function cursorId(value: Value | undefined): bigint {
  if (value instanceof Long) return value.toBigInt();
  throw new StoreError('TypeMismatch', 'a cursor id is a long');
}

function killCursors(store: Store, request: Request): Reply {
  const killed: Value[] = [];
  const notFound: Value[] = [];
  for (const id of request.list('cursors') ?? []) {
    (store.cursors.kill(cursorId(id)) ? killed : notFound).push(id);
  }
  return {
    cursorsKilled: killed,
    cursorsNotFound: notFound,
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  };
}

async function count(store: Store, request: Request): Promise<Reply> {
  checkCollation(request);
  const filter = request.doc('query') ?? new Map<string, Value>();
  const collection = store.catalog.find(request.ns);
  if (!collection) {
    compileFilter(filter);
    return { n: 0, ok: 1 };
  }
  let n = 0;
  const search = new Search(
    viewOf(store, request),
    collection,
    filter,
    searchOptions(request, collection),
  );
  await visitAll(search, new Breather(request.deadline), () => void n++);
  return { n, ok: 1 };
}

async function distinct(store: Store, request: Request): Promise<Reply> {
  checkCollation(request);
  const filter = request.doc('query') ?? new Map<string, Value>();
  const path = request.text('key');
  if (path === undefined) throw new StoreError('BadValue', 'distinct needs a key');
  const parts = path.split('.');
  const collection = store.catalog.find(request.ns);
  if (!collection) {
    compileFilter(filter);
    return { values: [], ok: 1 };
  }
  const values = new Map<string, Value>();
  const add = (value: Value): void => {
    const key = encodeKey(value).toString('latin1');
    if (!values.has(key)) values.set(key, value);
  };
  const search = new Search(viewOf(store, request), collection, filter);
  await visitAll(search, new Breather(request.deadline), ({ doc }) => {
    eachLeaf(doc, parts, add);
  });
  return { values: [...values.values()].sort(compareValues), ok: 1 };
}

function eachLeaf(doc: Doc, parts: readonly string[], visit: (value: Value) => void): void {
  const leaf = (value: Value | undefined): boolean => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (value !== undefined) visit(value);
    return false;
  };
  anyAtPath(doc, parts, 0, leaf, undefined);
}

async function explain(store: Store, request: Request): Promise<Reply> {
  const inner = request.doc('explain') ?? new Map<string, Value>();
  const name = inner.keys().next().value;
  if (name !== 'find') throw unsupported(`explain of ${String(name)}`);
  const params = new Params(inner);
  params.only(['find', '$db', ...FIND_FIELDS, 'lsid', 'comment', 'maxTimeMS'], 'explain');
  const ns = `${request.db}.${params.text('find') ?? ''}`;
  const collection = store.catalog.find(ns);
  const filter = params.doc('filter') ?? new Map<string, Value>();
  if (!collection) return { ...explainSearch(ns, filter, undefined, 0, undefined), ok: 1 };
  const search = new Search(
    viewOf(store, request),
    collection,
    filter,
    searchOptions(params, collection),
  );
  let returned = 0;
  await visitAll(search, new Breather(request.deadline), () => void returned++);
  return { ...explainSearch(ns, filter, search, returned, params.sort('sort')), ok: 1 };
}

const FIND_FIELDS = [
  'filter',
  'sort',
  'projection',
  'hint',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'collation',
];

/** Read commands by name. */
export const readCommands: Record<string, Command> = {
  find: { fields: FIND_FIELDS, transactional: true, run: find },
  getMore: { fields: ['collection', 'batchSize'], transactional: true, run: getMore },
  killCursors: { fields: ['cursors'], transactional: true, run: killCursors },
  count: { fields: ['query', 'limit', 'skip', 'hint', 'collation'], run: count },
  distinct: { fields: ['key', 'query', 'collation'], transactional: true, run: distinct },
  explain: { fields: ['verbosity'], run: explain },
};
