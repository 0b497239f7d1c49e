/** A command as it arrived, with checked access to its fields. */
import { Binary } from 'bson';
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

/** Fields any command may carry. */
const COMMON_FIELDS = new Set(
  (
    '$db lsid txnNumber autocommit startTransaction $clusterTime $readPreference readConcern ' +
    'writeConcern comment maxTimeMS apiVersion apiStrict apiDeprecationErrors stmtId stmtIds'
  ).split(' '),
);

const wrongType = (name: string, value: Value, wanted: string): StoreError =>
  new StoreError(
    'TypeMismatch',
    `BSON field '${name}' is the wrong type '${typeName(value)}', expected type '${wanted}'`,
  );

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
        'BadValue',
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

  constructor(
    readonly name: string,
    body: Doc,
    /** Who sent it. */
    readonly connection: { readonly id: number; readonly local: boolean },
    private readonly sequences: ReadonlyMap<string, readonly Buffer[]>,
  ) {
    super(body);
    this.db = this.text('$db') ?? 'admin';
    const id = this.doc('lsid')?.get('id');
    if (id !== undefined && !(id instanceof Binary)) throw wrongType('lsid.id', id, 'binData');
    this.session = id?.toString('hex');
    this.txnNumber = this.integer('txnNumber');
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
  documents(name: string): { doc: Doc; raw?: Buffer }[] {
    const sequence = this.sequences.get(name);
    if (sequence) return sequence.map((raw) => ({ doc: decode(raw), raw }));
    return this.docs(name).map((doc) => ({ doc }));
  }

  /** Names the write for retries; undefined outside of retryable writes. */
  get writeId(): WriteId | undefined {
    const { session, txnNumber: number, transaction } = this;
    if (session === undefined || number === undefined || transaction) return undefined;
    return { session, number, statement: this.integer('stmtId') ?? 0 };
  }

  /** Refuses fields the command does not have, and concerns that promise something else. */
  check(command: Command): void {
    for (const name of this.fields.keys()) {
      if (name !== this.name && !COMMON_FIELDS.has(name) && !command.fields.includes(name)) {
        throw unsupported(`option '${name}' of command ${this.name}`);
      }
    }
    const level = this.doc('readConcern')?.get('level') ?? 'local';
    if (!['local', 'majority', 'snapshot', 'available'].includes(String(level))) {
      throw unsupported(`readConcern level '${String(level)}'`);
    }
    const w = this.doc('writeConcern')?.get('w') ?? 'majority';
    if (w !== 'majority' && !(isNumeric(w) && toDouble(w) === 1)) {
      throw unsupported(`writeConcern w:${String(w)}`);
    }
  }
}
