/** insert, update, delete, findAndModify: outside of transactions each is one job of a write group. */
import { decode, encode, type Doc, type Value } from '../bson.js';
import { writeMany } from '../bulk.js';
import { checkNamespace, type Collection, type Index } from '../catalog.js';
import { deleteDocument, insertDocument, type Found, type Writer } from '../documents.js';
import { StoreError, asStoreError, errorReply } from '../errors.js';
import { compileProjection } from '../projection.js';
import { compileFilter } from '../query.js';
import { Params, type Command, type Reply, type Request } from '../request.js';
import {
  deleteMatching,
  parseUpdate,
  updateMatching,
  updateOne,
  type UpdateResult,
  type UpdateStatement,
} from '../statements.js';
import type { Store } from '../store.js';
import { checkCollation, hintOf } from './read.js';

type Work = (writer: Writer) => Reply;

/**
 * Runs a write where it belongs: in the request's transaction, or in the next write group, where
 * a retried one gets the answer it had before.
 */
async function runWrite(
  store: Store,
  request: Request,
  creates: boolean,
  work: Work,
): Promise<Reply> {
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

/** Notes a failed statement; true if the ones after it may still run. */
function noteError(request: Request, errors: Reply[], index: number, error: unknown): boolean {
  const known = asStoreError(error);
  if (known.codeName === 'WriteConflict' || known.codeName === 'OutOfDiskSpace') throw error;
  const { ok: _ok, ...entry } = errorReply(known);
  errors.push({ index, ...entry });
  return request.value('ordered') === false && !request.transaction;
}

/** Runs statements one after the other and collects their errors, as bulk writes report them. */
function runStatements<T>(
  request: Request,
  statements: readonly T[],
  run: (statement: T, index: number) => void,
): Reply[] {
  const errors: Reply[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!noteError(request, errors, index, error)) break;
    }
  }
  return errors;
}

/** The same with statements that take several write groups each. */
async function runLongStatements<T>(
  request: Request,
  statements: readonly T[],
  run: (statement: T, index: number) => Promise<void>,
): Promise<Reply[]> {
  const errors: Reply[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      await run(statement, index);
    } catch (error) {
      if (!noteError(request, errors, index, error)) break;
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

function parseStatement(store: Store, request: Request, params: Params): UpdateStatement {
  const collection = collectionOf(store, request);
  return parseUpdate(params.doc('q'), params.value('u'), {
    multi: params.flag('multi'),
    upsert: params.flag('upsert'),
    arrayFilters: params.docs('arrayFilters'),
    sort: params.sort('sort'),
    hint: collection && hintOf(collection, params.value('hint')),
  });
}

/** Adds up what statements did. */
class UpdateTotals {
  n = 0;
  nModified = 0;
  readonly upserted: Reply[] = [];

  add(index: number, { n, nModified, upserted }: UpdateResult): void {
    this.n += n;
    this.nModified += nModified;
    if (upserted !== undefined) this.upserted.push({ index, _id: upserted });
  }

  reply(errors: Reply[]): Reply {
    const { n, nModified, upserted } = this;
    return withErrors({ n, nModified, ...(upserted.length > 0 && { upserted }) }, errors);
  }
}

function update(store: Store, request: Request): Promise<Reply> {
  const statements = request.documents('updates').map(({ doc }) => new Params(doc));
  for (const params of statements) {
    params.only(UPDATE_FIELDS, 'update');
    checkCollation(params);
  }
  const multi = statements.some((params) => params.flag('multi'));
  if (multi && !request.transaction) return updateLong(store, request, statements);
  const creates = statements.some((params) => params.flag('upsert'));
  return runWrite(store, request, creates, (writer) => {
    const totals = new UpdateTotals();
    const errors = runStatements(request, statements, (params, index) => {
      const statement = parseStatement(store, request, params);
      const collection = collectionOf(store, request);
      if (collection) totals.add(index, updateMatching(writer, collection, statement));
    });
    return totals.reply(errors);
  });
}

/** Updates of many documents; drivers do not retry these, so no answer is remembered. */
async function updateLong(
  store: Store,
  request: Request,
  statements: readonly Params[],
): Promise<Reply> {
  const totals = new UpdateTotals();
  const errors = await runLongStatements(request, statements, async (params, index) => {
    const statement = parseStatement(store, request, params);
    const { filter, hint, multi, upsert } = statement;
    const collection = collectionOf(store, request);
    let [n, nModified] = [0, 0];
    if (multi && collection) {
      await writeMany(store, collection, filter, { hint, deadline: request.deadline }, (hit) => {
        n++;
        if (updateOne(store.writer, collection, statement, hit)) nModified++;
      });
    }
    if (n > 0 || (multi && !upsert)) return totals.add(index, { n, nModified });
    const result = await store.kv.write(() => {
      const target = upsert ? store.ensureCollection(request.db, request.target) : collection;
      return target && updateMatching(store.writer, target, statement);
    });
    if (result) totals.add(index, result);
  });
  return totals.reply(errors);
}

function remove(store: Store, request: Request): Promise<Reply> {
  const statements = request.documents('deletes').map(({ doc }) => new Params(doc));
  for (const params of statements) {
    params.only(['q', 'limit', 'hint', 'collation'], 'delete');
    checkCollation(params);
  }
  const many = statements.some((params) => params.integer('limit') === 0);
  if (many && !request.transaction) return removeLong(store, request, statements);
  return runWrite(store, request, false, (writer) => {
    let n = 0;
    const errors = runStatements(request, statements, (params) => {
      const { filter, limit, hint, collection } = parseDelete(store, request, params);
      if (collection) n += deleteMatching(writer, collection, filter, { limit, hint }).length;
    });
    return withErrors({ n }, errors);
  });
}

async function removeLong(
  store: Store,
  request: Request,
  statements: readonly Params[],
): Promise<Reply> {
  let n = 0;
  const errors = await runLongStatements(request, statements, async (params) => {
    const { filter, limit, hint, collection } = parseDelete(store, request, params);
    if (!collection) return;
    if (limit === 1) {
      n += await store.kv.write(
        () => deleteMatching(store.writer, collection, filter, { limit, hint }).length,
      );
      return;
    }
    await writeMany(store, collection, filter, { hint, deadline: request.deadline }, (hit) => {
      deleteDocument(store.writer, collection, hit);
      n++;
    });
  });
  return withErrors({ n }, errors);
}

function parseDelete(
  store: Store,
  request: Request,
  params: Params,
): { filter: Doc; limit: number; hint: Index | undefined; collection: Collection | undefined } {
  const collection = collectionOf(store, request);
  const filter = params.doc('q') ?? new Map<string, Value>();
  const limit = params.count('limit') ?? 0;
  if (limit > 1)
    throw new StoreError('FailedToParse', 'The limit field in delete objects must be 0 or 1');
  compileFilter(filter);
  return {
    filter,
    limit,
    hint: collection && hintOf(collection, params.value('hint')),
    collection,
  };
}

function findAndModify(store: Store, request: Request): Promise<Reply> {
  checkCollation(request);
  const project = compileProjection(request.doc('fields'));
  const show = (hit: Found | undefined): Doc | Buffer | null => {
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
    const statement = parseUpdate(request.doc('query'), request.value('update'), {
      multi: false,
      upsert,
      arrayFilters: request.docs('arrayFilters'),
      sort: request.sort('sort'),
      hint: collection && hintOf(collection, request.value('hint')),
    });
    if (!collection)
      return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
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

function removeOne(
  store: Store,
  request: Request,
  writer: Writer,
  show: (hit: Found | undefined) => Doc | Buffer | null,
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
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'arrayFilters',
    'hint',
    'collation',
    'bypassDocumentValidation',
  ],
  transactional: true,
  run: findAndModify,
};

/** Write commands by name. */
export const writeCommands: Record<string, Command> = {
  insert: {
    fields: ['documents', 'ordered', 'bypassDocumentValidation'],
    transactional: true,
    run: insert,
  },
  update: {
    fields: ['updates', 'ordered', 'bypassDocumentValidation'],
    transactional: true,
    run: update,
  },
  delete: { fields: ['deletes', 'ordered'], transactional: true, run: remove },
  findAndModify: FIND_AND_MODIFY,
  findandmodify: FIND_AND_MODIFY,
};
