/** Compiles an update document: one step for each path, checked against each other, applied in MongoDB's order. */
import { Decimal128, type Double, Int32, Long } from 'bson';
import { encode, isDoc, isNumeric, typeName, type Doc, type Numeric, type Value } from './bson.js';
import { compareStrings, compareValues } from './compare.js';
import { StoreError, unsupported } from './errors.js';
import { add } from './numbers.js';
import { equalitiesOf, isOperators } from './query.js';

/** The next state of a document, and what was written, as change streams tell it. */
export interface Updated {
  readonly doc: Doc;
  /** Whether anything was written at all. */
  readonly changed: boolean;
  readonly written: Doc;
}

/** Turns a state of a document into the next one; what it does not touch is shared. */
export type Update = (doc: Doc, inserting: boolean) => Updated;

const REMOVE = Symbol('remove');
/** What an operator does to the value at the end of its path; undefined leaves it as it is. */
type Change = (old: Value | undefined, doc: Doc) => Value | typeof REMOVE | undefined;

interface Step {
  readonly operator: string;
  readonly path: string;
  readonly parts: readonly string[];
  readonly change: Change;
}

const failed = (message: string): StoreError => new StoreError('FailedToParse', message);
const badValue = (message: string): StoreError => new StoreError('BadValue', message);

function increment(by: Value, path: string): Change {
  if (!isNumeric(by)) {
    throw new StoreError(
      'TypeMismatch',
      `Cannot increment with non-numeric argument: {${path}: ${typeName(by)}}`,
    );
  }
  return (old) => {
    if (old === undefined) return by instanceof Decimal128 ? add(new Int32(0), by) : by;
    if (isNumeric(old)) return unlessEqual(old, add(old, by));
    throw new StoreError(
      'TypeMismatch',
      `Cannot apply $inc to a value of non-numeric type. The field '${path}' has non-numeric type ${typeName(old)}`,
    );
  };
}

/** A sum that is the old number, of the same type, is no change; minus zero is zero here, and NaN is never the same. */
function unlessEqual(old: Numeric, sum: Numeric): Numeric | undefined {
  if (typeName(old) !== typeName(sum)) return sum;
  if (old instanceof Long) return old.equals(sum as Long) ? undefined : sum;
  return (old as Double).value === (sum as Double).value ? undefined : sum;
}

/** A value is written unless it is there already, to the last byte. */
const setTo =
  (operand: Value): Change =>
  (old) =>
    isSame(old, operand) ? undefined : operand;

function push(operand: Value, path: string): Change {
  if (isDoc(operand) && operand.has('$each')) throw unsupported('$push with $each');
  return (old, doc) => {
    if (old === undefined || Array.isArray(old)) return [...(old ?? []), operand];
    throw badValue(
      `The field '${path}' must be an array but is of type ${typeName(old)} in document {_id: ${String(doc.get('_id'))}}`,
    );
  };
}

/** Every update operator accepted. */
const OPERATORS: Readonly<Record<string, (operand: Value, path: string) => Change>> = {
  $set: setTo,
  $setOnInsert: setTo,
  $unset: () => (old) => (old === undefined ? undefined : REMOVE),
  $inc: increment,
  $max: (operand) => (old) =>
    old === undefined || compareValues(operand, old) > 0 ? operand : undefined,
  $push: push,
};

/** Update operators this store accepts, for its documentation test. */
export const UPDATE_OPERATORS: readonly string[] = Object.keys(OPERATORS);

/** MongoDB's operators that this store does not have. */
const REFUSED = new Set(
  '$mul $min $rename $currentDate $bit $addToSet $pull $pullAll $pop'.split(' '),
);

function checkPath(path: string, parts: readonly string[]): void {
  if (parts.includes('')) {
    throw new StoreError(
      'EmptyFieldName',
      path === ''
        ? 'An empty update path is not valid.'
        : `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  if (parts.some((part) => /^\$(\[.*\])?$/.test(part)))
    throw unsupported(`the positional path '${path}'`);
}

/** Neither the same path twice nor a path and one below it. */
function checkConflicts(steps: readonly Step[]): void {
  const paths = new Set<string>();
  for (const { path } of steps) {
    if (paths.has(path)) throw conflict(path);
    paths.add(path);
  }
  for (const { parts } of steps) {
    for (let size = 1; size < parts.length; size++) {
      const above = parts.slice(0, size).join('.');
      if (paths.has(above)) throw conflict(above);
    }
  }
}

const conflict = (path: string): StoreError =>
  new StoreError(
    'ConflictingUpdateOperators',
    `Updating the path '${path}' would create a conflict at '${path}'`,
  );

/** Names in byte order, but those that start with a digit (and not with a needless zero) by length first, so that numbers go by value. */
function compareNames(a: string, b: string): number {
  const counts = (name: string): boolean => /^(0$|[1-9])/.test(name);
  if (counts(a) && counts(b) && a.length !== b.length) return a.length - b.length;
  return compareStrings(a, b);
}

/** The order in which MongoDB adds new fields. */
function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareNames(a[i] ?? '', b[i] ?? '');
    if (order) return order;
  }
  return a.length - b.length;
}

function compileSteps(update: Doc): Step[] {
  const steps: Step[] = [];
  for (const [operator, fields] of update) {
    const build = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
    if (REFUSED.has(operator)) throw unsupported(`update operator ${operator}`);
    if (!build) throw failed(`Unknown modifier: ${operator}. Expected a valid update modifier`);
    if (!isDoc(fields)) {
      throw failed(
        `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$set: {field: value}}`,
      );
    }
    for (const [path, operand] of fields) {
      const parts = path.split('.');
      checkPath(path, parts);
      steps.push({ operator, path, parts, change: build(operand, path) });
    }
  }
  checkConflicts(steps);
  return steps.sort((a, b) => compareParts(a.parts, b.parts));
}

/** Whether writing a value over another one changes nothing: not even the type, the order of fields or the sign of zero. */
function isSame(a: Value | undefined, b: Value): boolean {
  if (a === b) return true;
  if (a instanceof Int32 && b instanceof Int32) return a.value === b.value;
  if (a === undefined || typeof a === 'string' || typeof a === 'boolean') return false;
  if (typeName(a) !== typeName(b)) return false;
  return encode({ '': a }).equals(encode({ '': b }));
}

/** One application of the steps to one document. */
class Run {
  /** Parts of the new state that are no longer shared with the old one. */
  private owned: Set<Value> | undefined;
  /** Those that were not there before: what is written below them is told with them. */
  private created: Set<Value> | undefined;
  private readonly updatedFields: Doc = new Map();
  private readonly removedFields: string[] = [];
  /** Paths are dotted; array elements go by number. Operators never truncate an array. */
  readonly written: Doc = new Map<string, Value>([
    ['updatedFields', this.updatedFields],
    ['removedFields', this.removedFields],
    ['truncatedArrays', []],
  ]);

  /** Whether anything was written, be it what was there before. */
  changed = false;

  constructor(
    private readonly original: Doc,
    private readonly inserting: boolean,
  ) {}

  apply(container: Doc | Value[], step: Step, depth: number): void {
    const part = step.parts[depth] ?? '';
    const creates = step.operator !== '$unset';
    const at = Array.isArray(container) ? elementIndex(part) : part;
    if (at === -1) {
      if (creates) throw notViable(step, depth, 'an array');
      return;
    }
    const old = Array.isArray(container) ? container[at as number] : container.get(part);
    if (depth === step.parts.length - 1) {
      const next = step.change(old, this.original);
      if (next !== undefined) this.write(container, at, step, old, next);
      return;
    }
    if (old !== undefined && !isDoc(old) && !Array.isArray(old)) {
      if (creates) throw notViable(step, depth + 1, part);
      return;
    }
    if (old === undefined && !creates) return;
    const child = this.ownCopy(old);
    if (old === undefined) this.create(container, step.parts.slice(0, depth + 1).join('.'), child);
    this.apply(child, step, depth + 1);
    if (child !== old) assign(container, at, child);
  }

  private create(container: Doc | Value[], path: string, child: Doc | Value[]): void {
    if (!this.created?.has(container)) this.updatedFields.set(path, child);
    (this.created ??= new Set()).add(child);
  }

  private write(
    container: Doc | Value[],
    at: string | number,
    { path, operator }: Step,
    old: Value | undefined,
    change: Value | typeof REMOVE,
  ): void {
    if (!this.inserting && operator !== '$unset' && path.startsWith('$')) throw dollarAtTop(path);
    const next = change === REMOVE && Array.isArray(container) ? null : change;
    this.changed = true;
    assign(container, at, next);
    if (this.created?.has(container)) return;
    if (next === REMOVE) this.removedFields.push(path);
    else if (operator === '$push' && Array.isArray(old) && old.length > 0)
      this.updatedFields.set(`${path}.${old.length}`, (next as Value[])[old.length] ?? null);
    else this.updatedFields.set(path, next);
  }

  /** Copies a shared part once, so that the old state stays as it was. */
  private ownCopy(old: Doc | Value[] | undefined): Doc | Value[] {
    if (old !== undefined && this.owned?.has(old)) return old;
    const copy: Doc | Value[] = Array.isArray(old) ? [...old] : new Map(old);
    (this.owned ??= new Set()).add(copy);
    return copy;
  }
}

/** The element a path names when it writes: leading zeros do not matter. */
const elementIndex = (part: string): number =>
  /^\d+$/.test(part) && Number(part) < 2 ** 32 ? Number(part) : -1;

const dollarAtTop = (path: string): StoreError =>
  new StoreError(
    'DollarPrefixedFieldName',
    `The dollar ($) prefixed field '${path.split('.')[0] ?? ''}' in '${path}' is not allowed in the context of an update's replacement document.`,
  );

const notViable = (step: Step, depth: number, element: string): StoreError =>
  new StoreError(
    'PathNotViable',
    `Cannot create field '${step.parts[depth] ?? ''}' in element {${element}} for path '${step.path}'`,
  );

const ARRAY_PADDING_MAX = 1_500_000;

function assign(container: Doc | Value[], at: string | number, next: Value | typeof REMOVE): void {
  if (container instanceof Map) {
    if (next === REMOVE) container.delete(at as string);
    else container.set(at as string, next);
    return;
  }
  const index = at as number;
  if (index - container.length > ARRAY_PADDING_MAX)
    throw new StoreError('CannotBackfillArray', `cannot extend an array to index ${index}`);
  while (container.length < index) container.push(null);
  container[index] = next as Value;
}

/**
 * Compiles an update.
 *
 * @throws FailedToParse, ConflictingUpdateOperators, … - as MongoDB does for the same update
 */
export function compileUpdate(update: Value | undefined): Update {
  if (Array.isArray(update)) throw unsupported('an aggregation pipeline as an update');
  if (!isDoc(update)) throw failed('an update must be a document');
  if (!isOperators(update)) throw unsupported('a replacement document as an update');
  const steps = compileSteps(update);
  return (doc, inserting) => {
    const next: Doc = new Map(doc);
    const run = new Run(doc, inserting);
    for (const step of steps)
      if (inserting || step.operator !== '$setOnInsert') run.apply(next, step, 0);
    const [before, after] = [doc.get('_id'), next.get('_id')];
    if (before !== undefined && (after === undefined || !isSame(before, after))) {
      throw new StoreError(
        'ImmutableField',
        `Performing an update on the path '_id' would modify the immutable field '_id'`,
      );
    }
    return { doc: next, changed: run.changed, written: run.written };
  };
}

/** Puts a value at a path of a document, with documents on the way. */
function plant(base: Doc, path: string, value: Value): void {
  const parts = path.split('.');
  const name = parts.pop() ?? path;
  let at = base;
  for (const part of parts) {
    const child = at.get(part);
    const next: Doc = isDoc(child) ? child : new Map<string, Value>();
    at.set(part, next);
    at = next;
  }
  at.set(name, value);
}

/** The document an upsert starts from: the equalities its filter demands, in order of their paths. */
export function upsertBase(filter: Doc): Doc {
  const found = new Map<string, Value>();
  const note = (path: string, value: Value): void => {
    const other = [...found.keys()].find(
      (known) => known === path || known.startsWith(`${path}.`) || path.startsWith(`${known}.`),
    );
    if (other !== undefined) {
      throw new StoreError(
        'NotSingleValueField',
        `cannot infer query fields to set, both paths '${other}' and '${path}' are matched`,
      );
    }
    found.set(path, value);
  };
  const collect = (part: Doc): void => {
    for (const [name, value] of part) {
      if (name === '$and' || (name === '$or' && Array.isArray(value) && value.length === 1)) {
        for (const clause of value as Doc[]) collect(clause);
      } else if (!name.startsWith('$')) {
        for (const equal of isOperators(value) ? equalitiesOf(value) : [value]) note(name, equal);
      }
    }
  };
  collect(filter);
  const base: Doc = new Map();
  for (const [path, value] of [...found].sort(([a], [b]) => compareStrings(a, b)))
    plant(base, path, value);
  return base;
}
