/** insert, update, delete, findAndModify: outside of transactions each is a job of a write group, or several if it takes long. */
import { encode, isDoc, isNumeric, type Value } from '../bson.js';
import { checkNamespace, type Collection } from '../catalog.js';
import {
  deleteDocument,
  insertDocument,
  toStorable,
  updateDocument,
  type Found,
  type Writer,
} from '../documents.js';
import { StoreError, asStoreError, errorReply, unsupported } from '../errors.js';
import { toDouble } from '../numbers.js';
import { Params, type Command, type Reply, type Request } from '../request.js';
import type { Store } from '../store.js';
import { compileUpdate, upsertBase } from '../update.js';
import { ChangeStatement, type Change, type Statement } from '../writes.js';

/** A write command under way. */
interface Work {
  readonly statements: readonly (() => Statement)[];
  /** The answer, once all statements have run. */
  reply(): Record<string, unknown>;
  /** Otherwise errors of statements are collected, as bulk writes report them. */
  readonly throws?: boolean;
  /** Whether statements after a failed one are run. */
  readonly unordered?: boolean;
}

/** Runs the statements of one command one after the other, in as few write groups as possible. */
class Runner {
  private at = 0;
  private current: Statement | undefined;
  private searching = false;
  private readonly errors: object[] = [];

  constructor(
    private readonly store: Store,
    private readonly request: Request,
    private readonly work: Work,
  ) {}

  async run(): Promise<Reply> {
    const { store, request } = this;
    const { transaction } = request;
    for (;;) {
      const reply = transaction
        ? this.advance(transaction.writer)
        : await store.write(request, () => this.remembered() ?? this.advance(store.writer));
      if (reply) {
        if (transaction && this.errors.length > 0) store.abort(request);
        return reply;
      }
      if (this.searching) await this.current?.search(store.viewOf(request), request.deadline);
    }
  }

  /** What a write that is sent again was answered the first time. */
  private remembered(): Reply | undefined {
    const id = this.request.writeId;
    return id && this.store.retries.find(id);
  }

  /** Goes on until a statement has to search, or to the end. */
  private advance(writer: Writer): Reply | undefined {
    const { statements } = this.work;
    for (; this.at < statements.length; this.at++) {
      try {
        this.current ??= statements[this.at]?.();
        const next = this.current?.run(writer);
        this.searching = next === 'search';
        if (next !== 'done') return undefined;
      } catch (error) {
        if (!this.noteError(error)) this.at = statements.length;
      }
      this.current = undefined;
    }
    const { errors, request } = this;
    const { n, ...rest } = this.work.reply();
    const reply = {
      ...(n !== undefined && { n }),
      ...(errors.length > 0 && { writeErrors: errors }),
      ...rest,
      ok: 1,
    };
    if (!request.writeId) return reply;
    const bytes = encode(reply);
    this.store.retries.remember(request.writeId, bytes);
    return bytes;
  }

  /** Notes a failed statement; true if the ones after it may still run. */
  private noteError(error: unknown): boolean {
    const known = asStoreError(error);
    const { request, work, at } = this;
    if (work.throws || known.codeName === 'WriteConflict' || known.codeName === 'OutOfDiskSpace')
      throw error;
    const { ok: _ok, codeName: _codeName, code, ...entry } = errorReply(known);
    this.errors.push({ index: at, code, ...entry });
    return work.unordered === true && !request.transaction;
  }
}

function perform(store: Store, request: Request, work: Work): Promise<Reply> {
  if (!store.collectionOf(request)) checkNamespace(request.db, request.target);
  return new Runner(store, request, work).run();
}

/** A statement that never has to search. */
const immediate = (run: (writer: Writer) => void): Statement => ({
  run: (writer) => {
    run(writer);
    return 'done';
  },
  search: () => Promise.resolve(),
});

/** A statement that counts only if it comes to its end. */
const counted = (statement: Statement, done: () => void): Statement => ({
  run: (writer) => {
    const next = statement.run(writer);
    if (next === 'done') done();
    return next;
  },
  search: (view, deadline) => statement.search(view, deadline),
});

const isUnordered = (request: Request): boolean => request.strictFlag('ordered') === false;

function insert(store: Store, request: Request): Promise<Reply> {
  let n = 0;
  let collection: Collection | undefined;
  return perform(store, request, {
    unordered: isUnordered(request),
    statements: request.statements('documents').map(
      ({ doc, raw }) =>
        () =>
          immediate((writer) => {
            const storable = toStorable(doc, raw);
            collection ??= store.ensureCollection(request);
            insertDocument(writer, collection, storable);
            n++;
          }),
    ),
    reply: () => ({ n }),
  });
}

/** What the updates of a command did so far. */
interface Outcome {
  n: number;
  nModified: number;
  readonly upserted: { index: number; _id: Value }[];
  /** The document itself, which findAndModify tells of; those of a bulk would be too many to keep. */
  readonly told?: { before?: Found; after?: Found };
}

/** Prepares an update: what is wrong with it is said before any document is looked at. */
function updateStatement(
  store: Store,
  request: Request,
  options: Pick<Change, 'filter' | 'many' | 'sort' | 'atOnce'> & { upsert: boolean },
  change: Value | undefined,
  outcome: Outcome,
  index = 0,
): Statement {
  const update = compileUpdate(change);
  const { filter, many, sort, atOnce, upsert } = options;
  const { told } = outcome;
  let [n, nModified] = [0, 0];
  const statement = new ChangeStatement({
    filter,
    many,
    sort,
    atOnce,
    collection: store.collectionOf(request),
    apply: (writer, collection, hit) => {
      const { doc, changed, written } = update(hit.doc, false);
      const raw = changed && updateDocument(writer, collection, hit, doc, written);
      n++;
      if (raw) nModified++;
      if (!told) return;
      told.before = hit;
      told.after = raw ? { idPart: hit.idPart, raw, doc } : hit;
    },
    none: (writer) => {
      if (!upsert) return;
      const { doc } = update(upsertBase(options.filter.doc), true);
      const collection = store.ensureCollection(request);
      const after = insertDocument(writer, collection, toStorable(doc));
      n++;
      outcome.upserted.push({ index, _id: after.doc.get('_id') ?? null });
      if (told) told.after = after;
    },
  });
  return counted(statement, () => {
    outcome.n += n;
    outcome.nModified += nModified;
  });
}

const noUpdate = (): StoreError =>
  new StoreError('FailedToParse', 'Update argument must be either an object or an array');

/** A change of many is not done in one piece, so it cannot be known to be done once. */
const notRepeatable = (what: string): StoreError =>
  new StoreError('InvalidOptions', `Cannot use retryable writes with ${what}`);

function update(store: Store, request: Request): Promise<Reply> {
  const specs = request.statements('updates').map(({ doc }) => new Params(doc));
  for (const params of specs) {
    params.only(['q', 'u', 'multi', 'upsert'], 'update');
    params.needs(['q', 'u'], 'update.updates');
    params.doc('q');
    params.strictFlag('upsert');
    const change = params.value('u');
    if (!isDoc(change) && !Array.isArray(change)) throw noUpdate();
    if (params.strictFlag('multi') && request.writeId) throw notRepeatable('multi=true');
  }
  const outcome: Outcome = { n: 0, nModified: 0, upserted: [] };
  const atOnce = request.writeId !== undefined && specs.length > 1;
  return perform(store, request, {
    unordered: isUnordered(request),
    statements: specs.map((params, index) => () => {
      const [filter, many] = [params.filter('q'), params.flag('multi')];
      const options = { filter, many, atOnce, upsert: params.flag('upsert') };
      return updateStatement(store, request, options, params.value('u'), outcome, index);
    }),
    reply: () => {
      const { n, nModified, upserted } = outcome;
      return { n, ...(upserted.length > 0 && { upserted }), nModified };
    },
  });
}

function remove(store: Store, request: Request): Promise<Reply> {
  const specs = request.statements('deletes').map(({ doc }) => new Params(doc));
  for (const params of specs) {
    params.only(['q', 'limit'], 'delete');
    params.needs(['q', 'limit'], 'delete.deletes');
    params.doc('q');
    const limit = params.value('limit');
    if (isNumeric(limit) && ![0, 1].includes(toDouble(limit)))
      throw new StoreError('FailedToParse', 'The limit field in delete objects must be 0 or 1');
    if (params.count('limit') === 0 && request.writeId) throw notRepeatable('limit=0');
  }
  let n = 0;
  return perform(store, request, {
    unordered: isUnordered(request),
    statements: specs.map((params) => () => {
      let removed = 0;
      const statement = new ChangeStatement({
        collection: store.collectionOf(request),
        filter: params.filter('q'),
        many: params.count('limit') === 0,
        atOnce: request.writeId !== undefined && specs.length > 1,
        apply: (writer, collection, hit) => {
          deleteDocument(writer, collection, hit);
          removed++;
        },
        none: () => undefined,
      });
      return counted(statement, () => (n += removed));
    }),
    reply: () => ({ n }),
  });
}

function findAndModify(store: Store, request: Request): Promise<Reply> {
  if (request.flag('remove')) throw unsupported('findAndModify with remove');
  const told: Outcome['told'] = {};
  const outcome: Outcome = { n: 0, nModified: 0, upserted: [], told };
  const [upsert, isNew] = [request.flag('upsert'), request.flag('new')];
  const filter = request.filter('query');
  const options = { filter, many: false, atOnce: false, sort: request.sort('sort'), upsert };
  return perform(store, request, {
    throws: true,
    statements: [() => updateStatement(store, request, options, request.value('update'), outcome)],
    reply: () => {
      const { before, after } = told;
      const [upserted] = outcome.upserted;
      return {
        lastErrorObject: {
          n: outcome.n,
          updatedExisting: before !== undefined,
          ...(upserted && { upserted: upserted._id }),
        },
        value: (isNew ? after : before)?.raw ?? null,
      };
    },
  });
}

/** Write commands by name. */
export const writeCommands: Record<string, Command> = {
  insert: { fields: ['documents', 'ordered'], transactional: true, run: insert },
  update: { fields: ['updates', 'ordered'], transactional: true, run: update },
  delete: { fields: ['deletes', 'ordered'], transactional: true, run: remove },
  findAndModify: {
    fields: ['query', 'sort', 'remove', 'update', 'new', 'upsert'],
    transactional: true,
    run: findAndModify,
  },
};
