/** Collections, indexes and databases. */
import { Int32 } from 'bson';
import { isDoc, isNumeric, typeName, type Doc, type Value } from '../bson.js';
import {
  checkNamespace,
  isPlainDirection,
  type Collection,
  type Index,
  type IndexSpec,
} from '../catalog.js';
import { compareValues } from '../compare.js';
import { buildIndex, type Found } from '../documents.js';
import { StoreError, unsupported } from '../errors.js';
import { toDouble } from '../numbers.js';
import { compileFilter, isOperators } from '../query.js';
import { Params, type Command, type Reply, type Request } from '../request.js';
import { Search } from '../search.js';
import type { Store } from '../store.js';
import { wholeResult } from './replies.js';

const INDEXES_MAX = 64;
const SPEC_FIELDS = [
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'v',
  'background',
  'ns',
];
const PARTIAL_OPERATORS = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in']);

const cannotIndex = (message: string): StoreError => new StoreError('CannotCreateIndex', message);

function checkKey(key: Doc | undefined): Doc {
  if (!key || key.size === 0) throw cannotIndex('index keys cannot be empty');
  for (const [path, direction] of key) {
    if (!isPlainDirection(direction))
      throw unsupported(`index type ${JSON.stringify(direction)} on '${path}'`);
    if (path === '' || path.split('.').some((part) => part === '' || part.startsWith('$'))) {
      throw cannotIndex(`index key '${path}' is not valid`);
    }
    if (path.split('.').some((part) => /^\d+$/.test(part)))
      throw unsupported(`an index on the array position '${path}'`);
  }
  return key;
}

function checkPartial(filter: Doc): void {
  for (const [name, value] of filter) {
    if (name === '$and' || name === '$or') {
      for (const clause of Array.isArray(value) ? value : [])
        if (isDoc(clause)) checkPartial(clause);
    } else if (name.startsWith('$'))
      throw cannotIndex(`unsupported expression in partial index: ${name}`);
    else if (isOperators(value)) {
      for (const [operator, operand] of value) {
        const fits =
          PARTIAL_OPERATORS.has(operator) && !(operator === '$exists' && operand === false);
        if (!fits) throw cannotIndex(`unsupported expression in partial index: ${operator}`);
      }
    }
  }
  compileFilter(filter);
}

function parseSpec(spec: Doc): IndexSpec {
  const params = new Params(spec);
  params.only(SPEC_FIELDS, 'index');
  const key = checkKey(params.doc('key'));
  const partial = params.doc('partialFilterExpression');
  if (partial) checkPartial(partial);
  const sparse = params.flag('sparse');
  if (partial && sparse)
    throw cannotIndex('cannot mix "partialFilterExpression" and "sparse" options');
  const expire = params.value('expireAfterSeconds');
  if (expire !== undefined) checkExpire(expire, key);
  const generated = [...key].map(([path, direction]) => `${path}_${String(direction)}`).join('_');
  return {
    name: params.text('name') ?? generated,
    key,
    unique: params.flag('unique'),
    sparse,
    partial,
    expireAfterSeconds: isNumeric(expire) ? toDouble(expire) : undefined,
  };
}

function checkExpire(expire: Value, key: Doc): void {
  if (!isNumeric(expire) || !(toDouble(expire) >= 0 && toDouble(expire) < 2 ** 31)) {
    throw cannotIndex(
      `TTL index 'expireAfterSeconds' option must be a number from 0 on, not ${typeName(expire)}`,
    );
  }
  if (key.size !== 1 || key.has('_id')) {
    throw cannotIndex(
      'TTL indexes are single-field indexes, compound indexes and _id do not support TTL.',
    );
  }
}

const sameOptions = (a: IndexSpec, b: IndexSpec): boolean =>
  a.unique === b.unique &&
  a.sparse === b.sparse &&
  a.expireAfterSeconds === b.expireAfterSeconds &&
  compareValues(a.partial ?? null, b.partial ?? null) === 0;

/** The same index that is there already, or undefined if it is new. @throws on a clash */
function existing(collection: Collection, spec: IndexSpec): Index | undefined {
  const sameKey = (index: Index): boolean => compareValues(index.key, spec.key) === 0;
  const byName = collection.indexes.find((index) => index.name === spec.name);
  if (byName) {
    if (sameKey(byName) && (byName.primary || sameOptions(byName, spec))) return byName;
    throw new StoreError(
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index: ${spec.name}`,
    );
  }
  const byKey = collection.indexes.find(
    (index) => sameKey(index) && compareValues(index.partial ?? null, spec.partial ?? null) === 0,
  );
  if (!byKey || byKey.primary) return byKey;
  throw new StoreError(
    'IndexOptionsConflict',
    `Index already exists with a different name or options: ${byKey.name}`,
  );
}

function* everyDocument(store: Store, collection: Collection): Iterable<Found> {
  const search = new Search(store.writer, collection, new Map());
  for (let hit = search.next(); hit; hit = search.next()) {
    search.pause();
    yield hit;
  }
}

/** Builds one index within the current write group. */
function addIndex(store: Store, collection: Collection, spec: IndexSpec): void {
  const index = store.catalog.addIndex(collection, spec);
  try {
    buildIndex(store.writer, collection, index, everyDocument(store, collection));
  } catch (error) {
    store.catalog.removeIndex(store.writer, collection, index);
    throw error;
  }
}

function createIndexes(store: Store, request: Request): Promise<Reply> {
  const specs = request.docs('indexes').map(parseSpec);
  return store.kv.write(() => {
    const createdCollectionAutomatically = !store.catalog.find(request.ns);
    const collection = store.ensureCollection(request.db, request.target);
    const numIndexesBefore = collection.indexes.length;
    for (const spec of specs) {
      if (existing(collection, spec)) continue;
      if (collection.indexes.length >= INDEXES_MAX)
        throw cannotIndex(`add index fails, too many indexes for ${request.ns}`);
      addIndex(store, collection, spec);
    }
    const numIndexesAfter = collection.indexes.length;
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ok: 1 };
  });
}

function existingCollection(store: Store, request: Request): Collection {
  const collection = store.catalog.find(request.ns);
  if (!collection) throw new StoreError('NamespaceNotFound', `ns not found ${request.ns}`);
  return collection;
}

/** The indexes `dropIndexes` names: all, by name, by names, or by key. */
function chosen(collection: Collection, wanted: Value | undefined): Index[] {
  if (wanted === '*') return collection.indexes.filter((index) => !index.primary);
  return (Array.isArray(wanted) ? wanted : [wanted]).map((item) => {
    const found = collection.indexes.find((index) =>
      isDoc(item) ? compareValues(index.key, item) === 0 : index.name === item,
    );
    if (!found)
      throw new StoreError('IndexNotFound', `index not found with name [${String(item)}]`);
    if (found.primary) throw new StoreError('InvalidOptions', 'cannot drop _id index');
    return found;
  });
}

function dropIndexes(store: Store, request: Request): Promise<Reply> {
  return store.kv.write(() => {
    const collection = existingCollection(store, request);
    const nIndexesWas = collection.indexes.length;
    for (const index of chosen(collection, request.value('index'))) {
      store.catalog.removeIndex(store.writer, collection, index);
    }
    return { nIndexesWas, ok: 1 };
  });
}

function describeIndex(index: Index): object {
  return {
    v: 2,
    key: index.key,
    name: index.name,
    ...(index.unique && !index.primary && { unique: true }),
    ...(index.sparse && { sparse: true }),
    ...(index.partial && { partialFilterExpression: index.partial }),
    ...(index.expireAfterSeconds !== undefined && { expireAfterSeconds: index.expireAfterSeconds }),
  };
}

function listIndexes(store: Store, request: Request): Reply {
  return wholeResult(request.ns, existingCollection(store, request).indexes.map(describeIndex));
}

function listCollections(store: Store, request: Request): Reply {
  const matches = compileFilter(request.doc('filter') ?? new Map<string, Value>());
  const nameOnly = request.flag('nameOnly');
  const rows = store.catalog
    .all(request.db)
    .filter(({ name }) =>
      matches(
        new Map<string, Value>([
          ['name', name],
          ['type', 'collection'],
        ]),
      ),
    )
    .map(({ name }) => ({
      name,
      type: 'collection',
      ...(!nameOnly && {
        options: {},
        info: { readOnly: false },
        idIndex: { v: 2, key: new Map([['_id', new Int32(1)]]), name: '_id_' },
      }),
    }));
  return wholeResult(`${request.db}.$cmd.listCollections`, rows);
}

function listDatabases(store: Store, request: Request): Reply {
  const names = [...new Set(store.catalog.all().map(({ db }) => db))].sort();
  const matches = compileFilter(request.doc('filter') ?? new Map<string, Value>());
  const found = names.filter((name) => matches(new Map([['name', name]])));
  if (request.flag('nameOnly')) return { databases: found.map((name) => ({ name })), ok: 1 };
  return {
    databases: found.map((name) => ({ name, sizeOnDisk: 0, empty: false })),
    totalSize: store.kv.usedBytes(),
    ok: 1,
  };
}

function create(store: Store, request: Request): Promise<Reply> {
  const ns = checkNamespace(request.db, request.target);
  return store.kv.write(() => {
    if (store.catalog.find(ns))
      throw new StoreError('NamespaceExists', `Collection ${ns} already exists.`);
    store.catalog.create(ns);
    return { ok: 1 };
  });
}

function dropCollection(store: Store, collection: Collection): void {
  store.catalog.drop(store.writer, collection);
  store.log.append({ type: 'drop', db: collection.db, collection: collection.name });
}

function drop(store: Store, request: Request): Promise<Reply> {
  return store.kv.write(() => {
    const collection = existingCollection(store, request);
    dropCollection(store, collection);
    return { nIndexesWas: collection.indexes.length, ns: collection.ns, ok: 1 };
  });
}

function dropDatabase(store: Store, request: Request): Promise<Reply> {
  return store.kv.write(() => {
    const collections = store.catalog.all(request.db);
    for (const collection of collections) dropCollection(store, collection);
    if (collections.length > 0)
      store.log.append({ type: 'dropDatabase', db: request.db, collection: '' });
    return { ok: 1, ...(collections.length > 0 && { dropped: request.db }) };
  });
}

/** Catalog commands by name. */
export const catalogCommands: Record<string, Command> = {
  create: { fields: [], run: create },
  createIndexes: { fields: ['indexes', 'commitQuorum'], run: createIndexes },
  dropIndexes: { fields: ['index'], run: dropIndexes },
  listIndexes: { fields: ['cursor'], run: listIndexes },
  listCollections: {
    fields: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
    run: listCollections,
  },
  listDatabases: { fields: ['filter', 'nameOnly', 'authorizedDatabases'], run: listDatabases },
  drop: { fields: [], run: drop },
  dropDatabase: { fields: [], run: dropDatabase },
};
