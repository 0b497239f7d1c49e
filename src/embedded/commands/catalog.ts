/** Collections and indexes. */
import { Int32 } from 'bson';
import { isNumeric, typeName, type Doc, type Value } from '../bson.js';
import { removeSome, type Collection, type Index, type IndexSpec } from '../catalog.js';
import { compareValues } from '../compare.js';
import { RowBatches } from '../cursor.js';
import { indexDocument } from '../documents.js';
import { StoreError, unsupported } from '../errors.js';
import { afterPrefix } from '../keys.js';
import { toDouble } from '../numbers.js';
import { isOperators } from '../query.js';
import { Params, type Command, type Reply, type Request } from '../request.js';
import { Hit } from '../search.js';
import type { Store } from '../store.js';
import { listRows, openCursor } from './read.js';

const INDEXES_MAX = 64;
const SPEC_FIELDS = 'key name unique partialFilterExpression expireAfterSeconds v background ns';
/** How many documents are put into an index, or entries taken out, while other writers wait. */
const SLICE = 500;

const cannotIndex = (message: string): StoreError => new StoreError('CannotCreateIndex', message);

function checkKey(key: Doc | undefined): Doc {
  if (!key || key.size === 0) throw cannotIndex('index keys cannot be empty');
  for (const [path, direction] of key) {
    if (!isNumeric(direction) || toDouble(direction) !== 1)
      throw unsupported(`index type ${JSON.stringify(direction)} on '${path}'`);
    const parts = path.split('.');
    if (parts.some((part) => part === '' || part.startsWith('$')))
      throw cannotIndex(`index key '${path}' is not valid`);
    if (parts.some((part) => /^\d+$/.test(part)))
      throw unsupported(`an index on the array position '${path}'`);
  }
  return key;
}

function checkPartial(filter: Doc | undefined): Doc | undefined {
  for (const [path, value] of filter ?? []) {
    const operator = path.startsWith('$') ? path : isOperators(value) && value.keys().next().value;
    if (operator) throw unsupported(`partialFilterExpression with ${operator}`);
  }
  return filter;
}

function checkExpire(expire: Value | undefined, key: Doc): number | undefined {
  if (expire === undefined) return undefined;
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
  return toDouble(expire);
}

function parseSpec(spec: Doc): IndexSpec {
  const params = new Params(spec);
  params.only(SPEC_FIELDS.split(' '), 'index');
  const key = checkKey(params.doc('key'));
  if (params.text('name') === '') throw cannotIndex('index names cannot be empty');
  return {
    name: params.text('name') ?? [...key.keys()].map((path) => `${path}_1`).join('_'),
    key,
    unique: params.flag('unique'),
    partial: checkPartial(params.doc('partialFilterExpression')),
    expireAfterSeconds: checkExpire(params.value('expireAfterSeconds'), key),
  };
}

/** What makes two indexes the same, whatever their names: the key, `unique` and the partial filter. */
const isAlike = (index: Index, spec: IndexSpec): boolean =>
  compareValues(index.key, spec.key) === 0 &&
  (index.primary ||
    (index.unique === spec.unique &&
      compareValues(index.partial ?? null, spec.partial ?? null) === 0));

/** The same index that is there already, or undefined if it is new. @throws on a clash */
function existing(collection: Collection, spec: IndexSpec): Index | undefined {
  const byName = collection.indexes.find(({ name }) => name === spec.name);
  const alike = byName ?? collection.indexes.find((index) => isAlike(index, spec));
  if (!alike) return undefined;
  if (!isAlike(alike, spec)) {
    throw new StoreError(
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index: ${spec.name}`,
    );
  }
  const sameOptions = byName && byName.expireAfterSeconds === spec.expireAfterSeconds;
  if (sameOptions || alike.primary) return alike;
  throw new StoreError(
    'IndexOptionsConflict',
    `Index already exists with a different name or options: ${alike.name}`,
  );
}

/** Takes a failed or half-built index away, entries first, so that none is left behind by a crash. */
async function removeIndex(store: Store, collection: Collection, id: number): Promise<void> {
  const removeSlice = (): boolean => {
    const index = indexOf(collection, id);
    if (!index) return false;
    const more = removeSome(store.writer, index.prefix, SLICE);
    if (!more) store.catalog.removeIndex(collection, index);
    return more;
  };
  while (await store.kv.write(removeSlice));
}

const indexOf = (collection: Collection, id: number): Index | undefined =>
  collection.dropped ? undefined : collection.indexes.find((index) => index.id === id);

/** Removes what an earlier process has begun to build. */
export async function removeHalfBuilt(store: Store): Promise<void> {
  for (const collection of store.catalog.all())
    for (const { id, building } of collection.indexes)
      if (building) await removeIndex(store, collection, id);
}

/** Fills an index slice by slice. Writers keep it up to date meanwhile, readers do not see it before its end. */
class Build {
  private low: Buffer;
  private done = false;
  private failure: StoreError | undefined;

  constructor(
    private readonly store: Store,
    private readonly collection: Collection,
    private readonly id: number,
  ) {
    this.low = collection.prefix;
  }

  /** The next slice. Only inside a write group. */
  step(): void {
    const { collection, id } = this;
    const index = indexOf(collection, id);
    try {
      this.done = !index || !this.addSlice(index);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.failure = error;
    }
  }

  /** What is left after the first slice. @throws DuplicateKey, … - the index is gone again */
  async finish(): Promise<void> {
    const { store, collection, id } = this;
    while (!this.done && !this.failure) await store.kv.write(() => this.step());
    if (!this.failure) return;
    await removeIndex(store, collection, id);
    throw this.failure;
  }

  /** @returns whether there is more */
  private addSlice(index: Index): boolean {
    const { store, collection } = this;
    const walk = store.writer.walk(this.low, afterPrefix(collection.prefix), false);
    let entry = walk.next();
    for (let count = 0; entry && count < SLICE; count++, entry = walk.next()) {
      const idPart = entry.key.subarray(collection.prefix.length);
      indexDocument(store.writer, collection, index, new Hit(idPart, entry.value));
    }
    walk.pause();
    if (entry) this.low = entry.key;
    else store.catalog.completeIndex(collection, index);
    return entry !== undefined;
  }
}

/** A small collection has all its new indexes after one write group. */
async function addIndexes(
  store: Store,
  request: Request,
  specs: readonly IndexSpec[],
): Promise<Reply> {
  const builds: Build[] = [];
  const reply = await store.kv.write(() => {
    const createdCollectionAutomatically = !store.catalog.find(request.ns);
    const collection = store.ensureCollection(request);
    const numIndexesBefore = collection.indexes.length;
    const missing = specs.filter((spec) => !existing(collection, spec));
    if (numIndexesBefore + missing.length > INDEXES_MAX)
      throw cannotIndex(`add index fails, too many indexes for ${request.ns}`);
    for (const spec of missing) {
      const build = new Build(store, collection, store.catalog.addIndex(collection, spec).id);
      build.step();
      builds.push(build);
    }
    const numIndexesAfter = numIndexesBefore + missing.length;
    return {
      numIndexesBefore,
      numIndexesAfter,
      createdCollectionAutomatically,
      ...(missing.length === 0 && { note: 'all indexes already exist' }),
      ok: 1,
    };
  });
  for (const build of builds) await build.finish();
  return reply;
}

/** One build at a time: whoever asks for an index that is being built has to wait for its end. */
function createIndexes(store: Store, request: Request): Promise<Reply> {
  request.needs(['indexes'], 'createIndexes');
  const specs = request.docs('indexes').map(parseSpec);
  if (specs.length === 0)
    throw new StoreError('BadValue', 'Must specify at least one index to create');
  if (new Set(specs.map(({ name }) => name)).size < specs.length)
    throw new StoreError('IndexKeySpecsConflict', 'two of the indexes have the same name');
  const done = store.indexBuilds.then(() => addIndexes(store, request, specs));
  store.indexBuilds = done.catch(() => undefined);
  return done;
}

function existingCollection(store: Store, request: Request): Collection {
  const collection = store.catalog.find(request.ns);
  if (!collection) throw new StoreError('NamespaceNotFound', `ns not found ${request.ns}`);
  return collection;
}

function describeIndex({ key, name, unique, primary, partial, expireAfterSeconds }: Index): object {
  return {
    v: 2,
    key,
    name,
    ...(unique && !primary && { unique }),
    ...(partial && { partialFilterExpression: partial }),
    ...(expireAfterSeconds !== undefined && { expireAfterSeconds }),
  };
}

function listIndexes(store: Store, request: Request): Reply | Promise<Reply> {
  const { indexes } = existingCollection(store, request);
  const built = indexes.filter(({ building }) => !building).map(describeIndex);
  return openCursor(store, request, request.ns, new RowBatches(listRows(built)), INDEXES_MAX);
}

function listCollections(store: Store, request: Request): Reply | Promise<Reply> {
  const { matches } = request.filter('filter');
  const rows = store.catalog
    .all(request.db)
    .map(({ name }) => ({ name, type: 'collection' }))
    .filter((row) => matches(new Map(Object.entries(row))))
    .map((row) => ({
      ...row,
      ...(!request.flag('nameOnly') && {
        options: {},
        info: { readOnly: false },
        idIndex: { v: 2, key: { _id: new Int32(1) }, name: '_id_' },
      }),
    }));
  const ns = `${request.db}.$cmd.listCollections`;
  return openCursor(store, request, ns, new RowBatches(listRows(rows)), undefined);
}

function create(store: Store, request: Request): Promise<Reply> {
  return store.kv.write(() => {
    if (store.catalog.find(request.ns))
      throw new StoreError('NamespaceExists', `Collection ${request.ns} already exists.`);
    store.ensureCollection(request);
    return { ok: 1 };
  });
}

function drop(store: Store, request: Request): Promise<Reply> {
  return store.write(request, () => {
    const collection = existingCollection(store, request);
    store.catalog.drop(store.writer, collection);
    store.log.append({ type: 'drop', db: collection.db, collection: collection.name });
    return { nIndexesWas: collection.indexes.length, ns: collection.ns, ok: 1 };
  });
}

/** Catalog commands by name. */
export const catalogCommands: Record<string, Command> = {
  create: { fields: [], run: create },
  createIndexes: { fields: ['indexes'], run: createIndexes },
  listIndexes: { fields: ['cursor'], run: listIndexes },
  listCollections: {
    fields: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
    run: listCollections,
  },
  drop: { fields: [], run: drop },
};
