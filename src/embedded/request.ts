/** A command as it arrived, with checked access to its fields. */
import { Binary, Long } from 'bson';
import { decode, isDoc, isNumeric, typeName, type Doc, type Value } from './bson.js';
import { StoreError, unsupported } from './errors.js';
import { toDouble, toInteger } from './numbers.js';
import type { SortSpec } from './planner.js';
import { parseFilter, type Filter } from './query.js';
import type { Store } from './store.js';
import type { Transaction } from './transaction.js';
import type { WriteId } from './retryable.js';

/** A reply: fields to encode, or a document that is encoded already. */
export type Reply = Record<string, unknown> | Buffer;

/** A command this store has. */
export interface Command {
  /** Fields it takes beyond its own name and those every command takes. */
  readonly fields: readonly string[];
  /** Whether it may run inside a transaction. */
  readonly transactional?: boolean;
  run(store: Store, request: Request): Reply | Promise<Reply>;
}

/** Statements of one write command, as `hello` tells them. */
export const STATEMENTS_MAX = 100_000;

/** Fields any command may carry. */
const COMMON_FIELDS = new Set(
  (
    '$db lsid txnNumber autocommit startTransaction $clusterTime $readPreference readConcern ' +
    'writeConcern comment maxTimeMS apiVersion apiStrict apiDeprecationErrors'
  ).split(' '),
);

const wrongType = (name: string, value: Value, wanted: string): StoreError =>
  new StoreError(
    'TypeMismatch',
    `BSON field '${name}' is the wrong type '${typeName(value)}', expected type '${wanted}'`,
  );

/** A session's id in hexadecimal. */
export function sessionId(lsid: Doc | undefined): string | undefined {
  if (!lsid) return undefined;
  const id = lsid.get('id');
  if (id instanceof Binary && id.sub_type === Binary.SUBTYPE_UUID && id.position === 16)
    return id.toString('hex');
  throw new StoreError('InvalidUUID', 'the id of a session must be a UUID');
}

/** Typed reading of a command's (or a sub-document's) fields. Absent and null read as undefined. */
export class Params {
  constructor(readonly fields: Doc) {}

  value(name: string): Value | undefined {
    return this.fields.get(name) ?? undefined;
  }

  doc(name: string): Doc | undefined {
    const value = this.value(name);
    if (value === undefined || isDoc(value)) return value;
    throw wrongType(name, value, 'object');
  }

  list(name: string): Value[] | undefined {
    const value = this.value(name);
    if (value === undefined || Array.isArray(value)) return value;
    throw wrongType(name, value, 'array');
  }

  docs(name: string): Doc[] {
    return (this.list(name) ?? []).map((item) => {
      if (isDoc(item)) return item;
      throw wrongType(name, item, 'object');
    });
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string') return value;
    throw wrongType(name, value, 'string');
  }

  /** Numbers count as booleans, as in MongoDB. */
  flag(name: string): boolean {
    const value = this.value(name);
    if (value === undefined) return false;
    if (typeof value === 'boolean') return value;
    if (isNumeric(value)) return toDouble(value) !== 0;
    throw wrongType(name, value, 'bool');
  }

  /** Here numbers do not count. */
  strictFlag(name: string): boolean | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'boolean') return value;
    throw wrongType(name, value, 'bool');
  }

  integer(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    const number = isNumeric(value) ? toInteger(value) : undefined;
    if (number === undefined) throw wrongType(name, value, 'long');
    return number;
  }

  /** A whole number that may not be negative. */
  count(name: string): number | undefined {
    const number = this.integer(name);
    if (number !== undefined && number < 0) {
      throw new StoreError(
        'Location51024',
        `BSON field '${name}' value must be >= 0, actual value '${number}'`,
      );
    }
    return number;
  }

  /** A filter; without one everything matches. */
  filter(name: string): Filter {
    return parseFilter(this.doc(name));
  }

  /** A sort pattern; undefined if there is none. */
  sort(name: string): SortSpec | undefined {
    const spec = this.doc(name);
    if (!spec || spec.size === 0) return undefined;
    return [...spec].map(([path, direction]) => {
      if (path.startsWith('$') || !isNumeric(direction)) throw unsupported(`sort by '${path}'`);
      if (Math.abs(toDouble(direction)) !== 1) {
        throw new StoreError(
          'Location15975',
          '$sort key ordering must be 1 (for ascending) or -1 (for descending)',
        );
      }
      return { path, parts: path.split('.'), descending: toDouble(direction) < 0 };
    });
  }

  /** Refuses a document that lacks a field. */
  needs(names: readonly string[], where: string): void {
    for (const name of names)
      if (this.value(name) === undefined) {
        throw new StoreError(
          'Location40414',
          `BSON field '${where}.${name}' is missing but a required field`,
        );
      }
  }

  /** Refuses every field that is not listed. */
  only(allowed: readonly string[], where: string): void {
    for (const name of this.fields.keys()) {
      if (!allowed.includes(name)) throw unsupported(`${where} option '${name}'`);
    }
  }
}

/** One command with its documents, session and transaction. */
export class Request extends Params {
  readonly db: string;
  /** The session's id as text, undefined without one. */
  readonly session: string | undefined;
  readonly txnNumber: number | undefined;
  /** Set by the dispatcher when the command runs in a transaction. */
  transaction: Transaction | undefined;
  /** Number of the last event when what it wrote was written; undefined if it wrote nothing. */
  time: number | undefined;

  constructor(
    readonly name: string,
    body: Doc,
    /** Who sent it. */
    readonly connection: { readonly id: number; readonly local: boolean },
    private readonly sequences: ReadonlyMap<string, readonly Buffer[]>,
  ) {
    super(body);
    const db = this.text('$db');
    if (!db) throw new StoreError('Location40571', 'a command names its database in $db');
    this.db = db;
    for (const part of sequences.keys()) {
      if (body.has(part))
        throw new StoreError('Location40433', `'${part}' is in the body and beside it`);
    }
    this.session = sessionId(this.doc('lsid'));
    this.txnNumber = this.checkedNumber();
  }

  /** Whether the command belongs to a transaction. */
  get inTransaction(): boolean {
    return this.fields.get('autocommit') === false;
  }

  /** The number of a transaction or a retryable write, if the fields about it fit each other. */
  private checkedNumber(): number | undefined {
    const [number, autocommit, starts] = ['txnNumber', 'autocommit', 'startTransaction'].map(
      (name) => this.value(name),
    );
    if (number === undefined && autocommit === undefined && starts === undefined) return undefined;
    if (number !== undefined && !(number instanceof Long))
      throw wrongType('txnNumber', number, 'long');
    for (const [name, value] of Object.entries({ autocommit, startTransaction: starts }))
      if (value !== undefined && typeof value !== 'boolean') throw wrongType(name, value, 'bool');
    const wrong =
      (number === undefined && 'autocommit and startTransaction need a txnNumber') ||
      (this.session === undefined && 'a txnNumber needs an lsid') ||
      (autocommit === true && 'autocommit can only be false') ||
      (starts === false && 'startTransaction can only be true') ||
      (starts && autocommit === undefined && 'startTransaction needs autocommit: false') ||
      (number?.isNegative() && 'txnNumber cannot be negative');
    if (wrong) throw new StoreError('InvalidOptions', wrong);
    return number?.toNumber();
  }

  /** The collection the command names. */
  get target(): string {
    const value = this.fields.get(this.name);
    if (typeof value === 'string') return value;
    throw new StoreError(
      'InvalidNamespace',
      `collection name has invalid type ${typeName(value ?? null)}`,
    );
  }

  get ns(): string {
    return `${this.db}.${this.target}`;
  }

  /** Epoch of `performance.now()` at which the command's time is up. */
  get deadline(): number {
    const limit = this.count('maxTimeMS') ?? 0;
    return limit > 0 && this.name !== 'getMore' ? performance.now() + limit : Infinity;
  }

  /** Documents sent along, decoded and, if they came as they are, with their bytes. */
  private documents(name: string): { doc: Doc; raw?: Buffer }[] {
    const sequence = this.sequences.get(name);
    if (sequence) return sequence.map((raw) => ({ doc: decode(raw), raw }));
    return this.docs(name).map((doc) => ({ doc }));
  }

  /** The statements of a write. */
  statements(name: string): { doc: Doc; raw?: Buffer }[] {
    if (!this.sequences.has(name)) this.needs([name], this.name);
    const statements = this.documents(name);
    if (statements.length >= 1 && statements.length <= STATEMENTS_MAX) return statements;
    throw new StoreError(
      'InvalidLength',
      `Write batch sizes must be between 1 and ${STATEMENTS_MAX}. Got ${statements.length} operations.`,
    );
  }

  /** Names the write for retries; undefined outside of retryable writes. */
  get writeId(): WriteId | undefined {
    const { session, txnNumber: number, name } = this;
    if (session === undefined || number === undefined || this.inTransaction) return undefined;
    return { session, number, name };
  }

  /** Refuses fields the command does not have, and concerns that promise something else. */
  check(command: Command): void {
    for (const name of [...this.fields.keys(), ...this.sequences.keys()]) {
      if (name !== this.name && !COMMON_FIELDS.has(name) && !command.fields.includes(name)) {
        throw unsupported(`option '${name}' of command ${this.name}`);
      }
    }
    const version = this.text('apiVersion') ?? '1';
    if (version !== '1')
      throw new StoreError('APIVersionError', `there is no version '${version}' of the API`);
    const read = new Params(this.doc('readConcern') ?? new Map<string, Value>());
    read.only(['level', 'afterClusterTime', 'provenance'], 'readConcern');
    const level = read.text('level') ?? 'local';
    if (!['local', 'majority', 'snapshot', 'available'].includes(level))
      throw unsupported(`readConcern level '${level}'`);
    if (level === 'snapshot' && !this.inTransaction)
      throw unsupported("readConcern level 'snapshot' outside of a transaction");
    const write = new Params(this.doc('writeConcern') ?? new Map<string, Value>());
    write.only(['w', 'j', 'wtimeout', 'provenance'], 'writeConcern');
    const w = write.value('w') ?? 'majority';
    // Zero asks for no answer; what it writes is as durable as the rest.
    if (w !== 'majority' && !(isNumeric(w) && [0, 1].includes(toDouble(w))))
      throw unsupported(`writeConcern w:${String(w)}`);
  }
}
