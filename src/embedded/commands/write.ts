/** insert, update, delete, findAndModify: outside of transactions each is one job of a write group. */
import { encode, decode, type Doc, type Value } from '../bson.js';
import type { Collection } from '../catalog.js';
import { checkNamespace } from '../catalog.js';
import { insertDocument, type Writer } from '../documents.js';
import { StoreError, asStoreError, errorReply } from '../errors.js';
import { Params, type Command, type Reply, type Request } from '../request.js';
import type { Hit } from '../search.js';
import type { Store } from '../store.js';
import { deleteMatching, parseUpdate, updateMatching, type UpdateStatement } from '../statements.js';
import { checkCollation, hintOf } from './read.js';
import { compileProjection } from '../projection.js';

type Work = (writer: Writer) => Reply;

/**
 * Runs a write where it belongs: in the request's transaction, or in the next write group, where
 * a retried one gets the answer it had before.
 */
async function runWrite(store: Store, request: Request, creates: boolean, work: Work): Promise<Reply> {
  const { transaction } = request;
  if (!transaction) {
    const id = request.writeId;
    const raw = await store.kv.write(() => {
      const known = id && store.retries.find(id);
      if (known) return known;
      if (creates) store.ensureCollection(request.db, request.target);
      const reply = encode(work(store.writer));
      if (id) store.retries.remember(id, reply);
      return reply;
    });
    return rawReply(raw);
  }
  if (creates && !store.catalog.find(checkNamespace(request.db, request.target))) {
    await store.kv.write(() => store.ensureCollection(request.db, request.target));
  }
  const collection = store.catalog.find(request.ns);
  if (collection) transaction.touch(collection);
  const reply = work(transaction.writer);
  if (reply['writeErrors']) store.transactions.end(transaction);
  return reply;
}

/** An encoded reply back as fields; only its top level is taken apart. */
const rawReply = (raw: Buffer): Reply => Object.fromEntries(decode(raw));

/** Runs statements one after the other and collects their errors, as bulk writes report them. */
function runStatements<T>(
  request: Request,
  statements: readonly T[],
  run: (statement: T, index: number) => void,
): Reply[] {
  const errors: Reply[] = [];
  const ordered = request.value('ordered') !== false;
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      const known = asStoreError(error);
      if (known.codeName === 'WriteConflict' || known.codeName === 'OutOfDiskSpace') throw error;
      const { ok: _ok, ...entry } = errorReply(known);
      errors.push({ index, ...entry });
      if (ordered || request.transaction) break;
    }
  }
  return errors;
}

const withErrors = (reply: Reply, errors: Reply[]): Reply => ({
  ...reply,
  ...(errors.length > 0 && { writeErrors: errors }),
  ok: 1,
});

function collectionOf(store: Store, request: Request): Collection | undefined {
  return store.catalog.find(request.ns);
}

function insert(store: Store, request: Request): Promise<Reply> {
  const documents = request.documents('documents');
  return runWrite(store, request, true, (writer) => {
    const collection = collectionOf(store, request) as Collection;
    let n = 0;
    const errors = runStatements(request, documents, ({ doc, raw }) => {
      insertDocument(writer, collection, doc, raw);
      n++;
    });
    return withErrors({ n }, errors);
  });
}

const UPDATE_FIELDS = ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation', 'sort'];

function update(store: Store, request: Request): Promise<Reply> {
  const statements = request.documents('updates').map(({ doc }) => new Params(doc));
  for (const params of statements) {
    params.only(UPDATE_FIELDS, 'update');
    checkCollation(params);
  }
  const creates = statements.some((params) => params.flag('upsert'));
  return runWrite(store, request, creates, (writer) => {
    let [n, nModified] = [0, 0];
    const upserted: Reply[] = [];
    const errors = runStatements(request, statements, (params, index) => {
      const collection = collectionOf(store, request);
      const statement = parseUpdate(params.doc('q'), params.value('u'), {
        multi: params.flag('multi'),
        upsert: params.flag('upsert'),
        arrayFilters: params.docs('arrayFilters'),
        sort: params.sort('sort'),
        hint: collection && hintOf(collection, params.value('hint')),
      });
      if (!collection) return;
      const result = updateMatching(writer, collection, statement);
      n += result.n;
      nModified += result.nModified;
      if (result.upserted !== undefined) upserted.push({ index, _id: result.upserted });
    });
    return withErrors({ n, nModified, ...(upserted.length > 0 && { upserted }) }, errors);
  });
}

function remove(store: Store, request: Request): Promise<Reply> {
  const statements = request.documents('deletes').map(({ doc }) => new Params(doc));
  for (const params of statements) {
    params.only(['q', 'limit', 'hint', 'collation'], 'delete');
    checkCollation(params);
  }
  return runWrite(store, request, false, (writer) => {
    let n = 0;
    const errors = runStatements(request, statements, (params) => {
      const collection = collectionOf(store, request);
      const filter = params.doc('q') ?? new Map<string, Value>();
      const limit = params.count('limit') ?? 0;
      if (limit > 1) throw new StoreError('FailedToParse', 'The limit field in delete objects must be 0 or 1');
      if (!collection) return;
      const hint = hintOf(collection, params.value('hint'));
      n += deleteMatching(writer, collection, filter, { limit, hint }).length;
    });
    return withErrors({ n }, errors);
  });
}

function findAndModify(store: Store, request: Request): Promise<Reply> {
  checkCollation(request);
  const project = compileProjection(request.doc('fields'));
  const show = (hit: Pick<Hit, 'raw' | 'doc'> | undefined): Doc | Buffer | null => {
    if (!hit) return null;
    return project ? project(hit.doc) : hit.raw;
  };
  if (request.flag('remove')) {
    if (request.value('update') !== undefined || request.flag('new')) {
      throw new StoreError('FailedToParse', 'Cannot specify both an update and remove=true');
    }
    return runWrite(store, request, false, (writer) => removeOne(store, request, writer, show));
  }
  if (request.value('update') === undefined) {
    throw new StoreError('FailedToParse', 'Either an update or remove=true must be specified');
  }
  const upsert = request.flag('upsert');
  return runWrite(store, request, upsert, (writer) => {
    const collection = collectionOf(store, request);
    const statement = findAndModifyStatement(request, collection, upsert);
    if (!collection) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
    const { n, upserted, before, after } = updateMatching(writer, collection, statement);
    return {
      lastErrorObject: {
        n,
        updatedExisting: upserted === undefined && n > 0,
        ...(upserted !== undefined && { upserted }),
      },
      value: show(request.flag('new') ? after : before),
      ok: 1,
    };
  });
}

function findAndModifyStatement(request: Request, collection: Collection | undefined, upsert: boolean): UpdateStatement {
  return parseUpdate(request.doc('query'), request.value('update'), {
    multi: false,
    upsert,
    arrayFilters: request.docs('arrayFilters'),
    sort: request.sort('sort'),
    hint: collection && hintOf(collection, request.value('hint')),
  });
}

function removeOne(
  store: Store,
  request: Request,
  writer: Writer,
  show: (hit: Hit | undefined) => Doc | Buffer | null,
): Reply {
  const collection = collectionOf(store, request);
  const filter = request.doc('query') ?? new Map<string, Value>();
  const [hit] = collection
    ? deleteMatching(writer, collection, filter, {
        limit: 1,
        sort: request.sort('sort'),
        hint: hintOf(collection, request.value('hint')),
      })
    : [];
  return { lastErrorObject: { n: hit ? 1 : 0 }, value: show(hit), ok: 1 };
}

const FIND_AND_MODIFY: Command = {
  fields: ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'arrayFilters', 'hint', 'collation', 'bypassDocumentValidation'],
  transactional: true,
  run: findAndModify,
};

/** Write commands by name. */
export const writeCommands: Record<string, Command> = {
  insert: { fields: ['documents', 'ordered', 'bypassDocumentValidation'], transactional: true, run: insert },
  update: { fields: ['updates', 'ordered', 'bypassDocumentValidation'], transactional: true, run: update },
  delete: { fields: ['deletes', 'ordered'], transactional: true, run: remove },
  findAndModify: FIND_AND_MODIFY,
  findandmodify: FIND_AND_MODIFY,
};

