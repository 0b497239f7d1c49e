/**
 * The state of the simulated database, with MongoDB's rules for who may write: transactions read the snapshot of their beginning
 * and their own writes; the first to write a document wins, and whoever comes upon a document that was written since its snapshot,
 * or is being written by another, gets a write conflict. What is committed is never lost.
 */
import mongoose from 'mongoose';
import { changedFields } from './update.js';
import { compare, equal, keyOf, valuesAt, type Doc, type Fields } from './documents.js';
import { matches, type Filter } from './filter.js';

const { ObjectId } = mongoose.mongo;

interface Version {
  readonly revision: number;
  /** Absent once deleted. */
  readonly doc: Doc | undefined;
}

interface Row {
  readonly key: string;
  /** Oldest first; more than one only while a transaction may still read the older. */
  versions: Version[];
  lockedBy: Transaction | undefined;
}

export interface UniqueIndex {
  readonly fields: readonly string[];
  readonly where: Filter;
}

export class Table {
  readonly rows = new Map<string, Row>();
  /** Highest id, where ids are numbers. */
  lastNumber = 0;
  constructor(
    readonly db: string,
    readonly name: string,
    readonly unique: readonly UniqueIndex[] = [],
  ) {}
}

/** One entry of the log that change streams follow. */
export interface LoggedChange {
  readonly position: number;
  readonly table: Table;
  readonly operationType: 'insert' | 'update' | 'delete';
  readonly id: unknown;
  readonly doc: Doc | undefined;
  readonly updatedFields: Fields;
  readonly removedFields: readonly string[];
  readonly at: number;
}

export class WriteConflict extends Error {}
export class DuplicateKey extends Error {}

export interface FindOptions {
  readonly sort?: Readonly<Record<string, 1 | -1>> | undefined;
  readonly limit?: number | undefined;
}

const latest = (row: Row): Version => {
  const version = row.versions.at(-1);
  if (version === undefined) throw new Error('a row without a version');
  return version;
};

/** One transaction; a write outside of one is a transaction of its own. */
export class Transaction {
  readonly writes = new Map<Row, { readonly table: Table; readonly doc: Doc | undefined }>();
  constructor(readonly snapshot: number) {}

  read(row: Row): Doc | undefined {
    const own = this.writes.get(row);
    if (own) return own.doc;
    for (let at = row.versions.length - 1; at >= 0; at -= 1) {
      const version = row.versions[at];
      if (version && version.revision <= this.snapshot) return version.doc;
    }
    return undefined;
  }
}

export class Database {
  readonly #now: () => number;
  readonly #open = new Set<Transaction>();
  #revision = 0;
  /** What change streams can still be told. */
  log: LoggedChange[] = [];
  /** Position of the last change that the log has forgotten. Never 0: positions are tokens, and a token is something. */
  forgottenTo = 1;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Position of the last change. */
  get end(): number {
    return this.forgottenTo + this.log.length;
  }

  begin(): Transaction {
    const transaction = new Transaction(this.#revision);
    this.#open.add(transaction);
    return transaction;
  }

  /** What a transaction sees, or what is committed. */
  find(
    table: Table,
    filter: Filter,
    transaction: Transaction | undefined,
    { sort, limit = Number.POSITIVE_INFINITY }: FindOptions = {},
  ): readonly Doc[] {
    const found: Doc[] = [];
    const unsorted = sort === undefined || table.name === 'events';
    for (const row of this.#candidates(table, filter)) {
      const doc = transaction ? transaction.read(row) : latest(row).doc;
      if (doc === undefined || !matches(doc, filter)) continue;
      found.push(doc);
      if (unsorted && found.length >= limit) break;
    }
    const [by] = Object.entries(sort ?? {});
    if (by && !unsorted) {
      const [path, direction] = by;
      found.sort((a, b) => direction * (compare(valuesAt(a, path)[0], valuesAt(b, path)[0]) ?? 0));
    }
    return found.length > limit ? found.slice(0, limit) : found;
  }

  insert(table: Table, doc: Doc, transaction: Transaction): void {
    const key = keyOf(doc['_id']);
    const row = table.rows.get(key) ?? { key, versions: [], lockedBy: undefined };
    const there = row.versions.length > 0 ? transaction.read(row) : undefined;
    if (there !== undefined) throw new DuplicateKey(`${table.name} has ${key} already`);
    if (row.versions.length === 0) row.versions.push({ revision: 0, doc: undefined });
    table.rows.set(key, row);
    if (typeof doc['_id'] === 'number') table.lastNumber = Math.max(table.lastNumber, doc['_id']);
    this.#write(table, row, doc, transaction);
  }

  /** @param doc - nothing deletes it */
  replace(table: Table, id: unknown, doc: Doc | undefined, transaction: Transaction): void {
    const row = table.rows.get(keyOf(id));
    if (row === undefined) throw new Error('a document that is not there cannot be written');
    this.#write(table, row, doc, transaction);
  }

  commit(transaction: Transaction): void {
    this.#open.delete(transaction);
    if (transaction.writes.size === 0) return;
    this.#revision += 1;
    for (const [row, { table, doc }] of transaction.writes) {
      const before = latest(row).doc;
      this.#log(table, before, doc);
      row.lockedBy = undefined;
      const version = { revision: this.#revision, doc };
      if (this.#open.size > 0) row.versions.push(version);
      else row.versions = [version];
      if (doc === undefined && this.#open.size === 0) table.rows.delete(row.key);
    }
  }

  abort(transaction: Transaction): void {
    this.#open.delete(transaction);
    for (const row of transaction.writes.keys()) row.lockedBy = undefined;
    transaction.writes.clear();
  }

  /** Forgets the changes so far: whoever resumes from before has missed some. */
  forgetLog(): void {
    this.forgottenTo = this.end;
    this.log = [];
  }

  /** The committed document. */
  lookUp(table: Table, id: unknown): Doc | undefined {
    const row = table.rows.get(keyOf(id));
    return row && latest(row).doc;
  }

  #write(table: Table, row: Row, doc: Doc | undefined, transaction: Transaction): void {
    if (row.lockedBy !== undefined && row.lockedBy !== transaction)
      throw new WriteConflict('another transaction is writing this document');
    if (latest(row).revision > transaction.snapshot)
      throw new WriteConflict('the document was written since the snapshot');
    if (doc) this.#checkUnique(table, row, doc, transaction);
    row.lockedBy = transaction;
    transaction.writes.set(row, { table, doc });
  }

  #checkUnique(table: Table, row: Row, doc: Doc, transaction: Transaction): void {
    for (const { fields, where } of table.unique) {
      if (!matches(doc, where)) continue;
      for (const other of table.rows.values()) {
        if (other === row) continue;
        const owner = other.lockedBy ?? transaction;
        const pending = owner.writes.get(other);
        const rival = pending ? pending.doc : latest(other).doc;
        if (rival === undefined || !matches(rival, where)) continue;
        if (!fields.every((field) => equal(rival[field], doc[field]))) continue;
        const unseen = owner !== transaction || latest(other).revision > transaction.snapshot;
        if (unseen) throw new WriteConflict('another transaction has written this key');
        throw new DuplicateKey(`${table.name}: ${fields.join(', ')} is taken`);
      }
    }
  }

  #log(table: Table, before: Doc | undefined, after: Doc | undefined): void {
    const base = { position: this.end + 1, table, at: this.#now(), doc: after };
    const none = { updatedFields: {}, removedFields: [] };
    if (before === undefined) {
      if (after) this.log.push({ ...base, operationType: 'insert', id: after['_id'], ...none });
    } else if (after === undefined) {
      this.log.push({ ...base, operationType: 'delete', id: before['_id'], ...none });
    } else {
      const changed = changedFields(before, after);
      if (Object.keys(changed.updatedFields).length + changed.removedFields.length > 0)
        this.log.push({ ...base, operationType: 'update', id: after['_id'], ...changed });
    }
  }

  /** The rows that can match, from the id where the filter names it. */
  *#candidates(table: Table, filter: Filter): Generator<Row> {
    const id = filter['_id'];
    const { $in: within, $gt: above } = (id ?? {}) as { $in?: readonly unknown[]; $gt?: unknown };
    if (within !== undefined || typeof id === 'string' || id instanceof ObjectId) {
      for (const each of within ?? [id]) {
        const row = table.rows.get(keyOf(each));
        if (row) yield row;
      }
    } else if (typeof above === 'number' && table.rows.has(keyOf(above + 1))) {
      for (let next = above + 1; next <= table.lastNumber; next += 1) {
        const row = table.rows.get(keyOf(next));
        if (row) yield row;
      }
    } else if (typeof above !== 'number' || above < table.lastNumber) yield* table.rows.values();
  }
}
