/** Compiles an update document; {@link ./update-operators.ts} says what each operator does. */
import { isDoc, type Doc, type Value } from './bson.js';
import { equalValues } from './compare.js';
import { StoreError, unsupported } from './errors.js';
import { arrayIndex, type MatchDetails } from './paths.js';
import { compileFilter, isOperators, type Matcher } from './query.js';
import { OPERATORS, REMOVE, type Change } from './update-operators.js';

/** Turns a state of a document into the next one; what it does not touch is shared. */
export interface Update {
  readonly replacement: boolean;
  /** Whether the position of the match in an array is needed (`$`). */
  readonly positional: boolean;
  apply(doc: Doc, details: MatchDetails, inserting: boolean): Doc;
}

interface Step {
  readonly operator: string;
  readonly path: string;
  readonly parts: readonly string[];
  readonly change: Change;
}

const failed = (message: string): StoreError => new StoreError('FailedToParse', message);
const immutableId = (): StoreError =>
  new StoreError(
    'ImmutableField',
    `Performing an update on the path '_id' would modify the immutable field '_id'`,
  );

/** Array filters by the identifier they bind. */
export function compileArrayFilters(filters: readonly Doc[]): Map<string, (e: Value) => boolean> {
  const byName = new Map<string, (element: Value) => boolean>();
  for (const filter of filters) {
    const roots = new Set(rootsOf(filter));
    const [name] = roots;
    if (name === undefined || roots.size !== 1) {
      throw failed('Expected a single top-level field name in each array filter');
    }
    if (byName.has(name))
      throw failed(`Found multiple array filters with the same identifier ${name}`);
    const matches: Matcher = compileFilter(filter);
    byName.set(name, (element) => matches(new Map([[name, element]])));
  }
  return byName;
}

function rootsOf(filter: Doc): string[] {
  return [...filter].flatMap(([name, value]) => {
    if (!name.startsWith('$')) return [name.split('.', 1)[0] ?? name];
    return (Array.isArray(value) ? value : []).flatMap((clause) =>
      isDoc(clause) ? rootsOf(clause) : [],
    );
  });
}

function checkPath(path: string, parts: readonly string[]): void {
  if (parts.some((part) => part === '')) {
    throw new StoreError(
      'EmptyFieldName',
      path === ''
        ? 'An empty update path is not valid.'
        : `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  const [first = ''] = parts;
  if (first === '$' || first.startsWith('$[')) {
    throw new StoreError(
      'BadValue',
      `Cannot have array filter or positional at the start of '${path}'`,
    );
  }
  const bad = parts.find((part) => part.startsWith('$') && !/^\$(\[[^\]]*\])?$/.test(part));
  if (bad !== undefined) {
    throw new StoreError(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${bad}' in '${path}' is not allowed in the context of an update's replacement document.`,
    );
  }
}

const isPrefix = (a: readonly string[], b: readonly string[]): boolean =>
  a.length <= b.length && a.every((part, i) => part === b[i]);

function checkConflicts(steps: readonly Step[]): void {
  const seen = new Map<string, Step>();
  const prefixes = new Set<string>();
  for (const step of steps) {
    const clash =
      prefixes.has(step.path) ||
      step.parts.some((_, i) => seen.has(step.parts.slice(0, i + 1).join('.')));
    if (clash) {
      const other = [...seen.values()].find(
        ({ parts }) => isPrefix(parts, step.parts) || isPrefix(step.parts, parts),
      );
      const at = other && other.path.length < step.path.length ? other.path : step.path;
      throw new StoreError(
        'ConflictingUpdateOperators',
        `Updating the path '${step.path}' would create a conflict at '${at}'`,
      );
    }
    seen.set(step.path, step);
    step.parts.forEach((_, i) => prefixes.add(step.parts.slice(0, i + 1).join('.')));
  }
}

/** Fields with names in byte order, numbers by value: the order in which MongoDB adds new fields. */
function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x = '', y = ''] = [a[i], b[i]];
    if (x === y) continue;
    const [m, n] = [arrayIndex(x), arrayIndex(y)];
    return m >= 0 && n >= 0 ? m - n : x < y ? -1 : 1;
  }
  return a.length - b.length;
}

function compileSteps(update: Doc): Step[] {
  const steps: Step[] = [];
  for (const [operator, fields] of update) {
    const build = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
    if (operator === '$bit') throw unsupported('update operator $bit');
    if (!build) {
      throw failed(
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDoc(fields)) {
      throw failed(
        `Modifiers operate on fields but we found type ${fields === null ? 'null' : typeof fields} instead.`,
      );
    }
    for (const [path, operand] of fields) {
      const parts = path.split('.');
      checkPath(path, parts);
      if (operator === '$rename') steps.push(...renameSteps(path, parts, operand));
      else steps.push({ operator, path, parts, change: build(operand, path) });
    }
  }
  checkConflicts(steps);
  return steps.sort((a, b) => compareParts(a.parts, b.parts));
}

/** A rename is a read of one path, a removal there and a set elsewhere; see {@link moveFields}. */
function renameSteps(path: string, parts: readonly string[], operand: Value): Step[] {
  if (typeof operand !== 'string') {
    throw new StoreError('BadValue', `The 'to' field for $rename must be a string: ${path}`);
  }
  const target = operand.split('.');
  checkPath(operand, target);
  if (isPrefix(parts, target) || isPrefix(target, parts)) {
    throw new StoreError(
      'BadValue',
      `The source and target field for $rename must not be on the same path: ${path}: "${operand}"`,
    );
  }
  if ([...parts, ...target].some((part) => part.startsWith('$'))) {
    throw new StoreError(
      'BadValue',
      `The source and target field for $rename may not be dynamic: ${path}`,
    );
  }
  const from = (doc: Doc): Value | undefined => readField(doc, parts);
  return [
    { operator: '$rename', path, parts, change: { apply: () => REMOVE, optional: true } },
    {
      operator: '$rename',
      path: operand,
      parts: target,
      change: { apply: (old, context) => from(context.original) ?? old ?? REMOVE },
    },
  ];
}

function readField(doc: Doc, parts: readonly string[]): Value | undefined {
  let value: Value | undefined = doc;
  for (const part of parts) {
    if (Array.isArray(value)) {
      throw new StoreError(
        'BadValue',
        `The source field cannot be an array element: '${parts.join('.')}'`,
      );
    }
    value = isDoc(value) ? value.get(part) : undefined;
  }
  return value;
}

interface Run {
  readonly original: Doc;
  readonly details: MatchDetails;
  readonly inserting: boolean;
  readonly filters: ReadonlyMap<string, (element: Value) => boolean>;
  readonly owned: Set<Value>;
}

/** Applies one step below `container`, which the run may change in place. */
function applyStep(container: Doc | Value[], step: Step, depth: number, run: Run): void {
  const part = step.parts[depth] ?? '';
  if (part.startsWith('$')) return applyToElements(container, step, depth, run);
  if (Array.isArray(container)) {
    const at = arrayIndex(part);
    if (at < 0) {
      if (step.change.optional) return;
      throw notViable(step, depth, container);
    }
    return applyAt(container, at, step, depth, run);
  }
  applyAt(container, part, step, depth, run);
}

function applyToElements(container: Doc | Value[], step: Step, depth: number, run: Run): void {
  const part = step.parts[depth] ?? '';
  if (!Array.isArray(container)) {
    throw notArray(step, depth);
  }
  if (part === '$') {
    if (run.details.position === undefined) {
      throw new StoreError(
        'BadValue',
        'The positional operator did not find the match needed from the query.',
      );
    }
    return applyAt(container, run.details.position, step, depth, run);
  }
  const name = part.slice(2, -1);
  const wanted = name === '' ? () => true : run.filters.get(name);
  for (let i = 0; i < container.length; i++) {
    if (wanted?.(container[i] ?? null)) applyAt(container, i, step, depth, run);
  }
}

const ARRAY_PADDING_MAX = 1_500_000;

function applyAt(
  container: Doc | Value[],
  at: string | number,
  step: Step,
  depth: number,
  run: Run,
): void {
  const old = Array.isArray(container) ? container[at as number] : container.get(at as string);
  const last = depth === step.parts.length - 1;
  if (!last && old === undefined && step.change.optional) return;
  if (last) {
    const context = { original: run.original, inserting: run.inserting, path: step.path };
    const next = step.change.apply(old, context);
    if (next !== undefined) store(container, at, next);
    return;
  }
  if (old !== undefined && !isDoc(old) && !Array.isArray(old)) {
    if (step.change.optional) return;
    if (step.parts[depth + 1]?.startsWith('$')) throw notArray(step, depth + 1);
    throw notViable(step, depth + 1, new Map([[step.parts[depth] ?? '', old]]));
  }
  const child = ownedCopy(old, run);
  applyStep(child, step, depth + 1, run);
  // A path that turned out to set nothing (a rename without a source) makes no empty documents.
  const made = old !== undefined || !(child instanceof Map) || child.size > 0;
  if (child !== old && made) store(container, at, child);
}

/** Copies a shared part once, so that the old state stays as it was. */
function ownedCopy(old: Value | undefined, run: Run): Doc | Value[] {
  if (old !== undefined && run.owned.has(old)) return old as Doc | Value[];
  const copy: Doc | Value[] = Array.isArray(old) ? [...old] : new Map(isDoc(old) ? old : []);
  run.owned.add(copy);
  return copy;
}

function store(container: Doc | Value[], at: string | number, next: Value | typeof REMOVE): void {
  if (container instanceof Map) {
    if (next === REMOVE) container.delete(at as string);
    else container.set(at as string, next);
    return;
  }
  const index = at as number;
  if (next === REMOVE) {
    if (index < container.length) container[index] = null;
    return;
  }
  if (index - container.length > ARRAY_PADDING_MAX) {
    throw new StoreError('BadValue', `cannot extend an array to index ${index}`);
  }
  while (container.length < index) container.push(null);
  container[index] = next;
}

const notArray = (step: Step, depth: number): StoreError =>
  new StoreError(
    'BadValue',
    `Cannot apply array updates to non-array element ${step.parts.slice(0, depth).join('.')}`,
  );

function notViable(step: Step, depth: number, element: Value): StoreError {
  const shown = Array.isArray(element) ? 'an array' : [...(element as Doc).keys()].join('.');
  return new StoreError(
    'PathNotViable',
    `Cannot create field '${step.parts[depth] ?? ''}' in element {${shown}} for path '${step.path}'`,
  );
}

function sameId(before: Doc, after: Doc): boolean {
  const [a, b] = [before.get('_id'), after.get('_id')];
  return a === b || (a !== undefined && b !== undefined && equalValues(a, b));
}

function replacement(update: Doc): Update {
  const operator = [...update.keys()].find((name) => name.startsWith('$'));
  if (operator !== undefined) {
    throw new StoreError(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${operator}' in '${operator}' is not valid for storage.`,
    );
  }
  return {
    replacement: true,
    positional: false,
    apply: (doc) => {
      const id = doc.get('_id');
      if (id === undefined) return update;
      const given = update.get('_id');
      if (given !== undefined && !equalValues(given, id)) throw immutableId();
      const next: Doc = new Map([['_id', id]]);
      for (const [name, value] of update) if (name !== '_id') next.set(name, value);
      return next;
    },
  };
}

/**
 * Compiles an update: operators, or a whole document to take the place of the old one.
 *
 * @throws FailedToParse, ConflictingUpdateOperators, … - as MongoDB does for the same update
 */
export function compileUpdate(update: Value | undefined, arrayFilters: readonly Doc[]): Update {
  if (Array.isArray(update)) throw unsupported('an aggregation pipeline as an update');
  if (!isDoc(update)) throw failed('an update must be a document');
  if (!isOperators(update)) return replacement(update);
  const steps = compileSteps(update);
  const filters = compileArrayFilters(arrayFilters);
  checkFilters(steps, filters);
  return {
    replacement: false,
    positional: steps.some(({ parts }) => parts.includes('$')),
    apply: (doc, details, inserting) => {
      const next: Doc = new Map(doc);
      const run: Run = {
        original: doc,
        details,
        inserting,
        filters,
        owned: new Set<Value>([next]),
      };
      for (const step of steps) {
        if (step.operator === '$setOnInsert' && !inserting) continue;
        applyStep(next, step, 0, run);
      }
      if (doc.has('_id') && !sameId(doc, next)) throw immutableId();
      return next;
    },
  };
}

function checkFilters(steps: readonly Step[], filters: ReadonlyMap<string, unknown>): void {
  const used = new Set(
    steps
      .flatMap(({ parts }) => parts.filter((part) => part.startsWith('$[') && part !== '$[]'))
      .map((part) => part.slice(2, -1)),
  );
  for (const name of used) {
    if (!filters.has(name))
      throw new StoreError('BadValue', `No array filter found for identifier '${name}'`);
  }
  for (const name of filters.keys()) {
    if (!used.has(name))
      throw failed(`The array filter for identifier '${name}' was not used in the update`);
  }
}

/** The document an upsert starts from: the equalities its filter demands. */
export function upsertBase(filter: Doc): Doc {
  const base: Doc = new Map();
  const set = (path: string, value: Value): void => {
    const parts = path.split('.');
    let at = base;
    for (const part of parts.slice(0, -1)) {
      const child = at.get(part) ?? new Map<string, Value>();
      if (!isDoc(child))
        throw new StoreError(
          'NotSingleValueField',
          `cannot infer query fields to set, path '${path}' is matched twice`,
        );
      at.set(part, child);
      at = child;
    }
    const name = parts.at(-1) ?? path;
    if (at.has(name)) {
      throw new StoreError(
        'NotSingleValueField',
        `cannot infer query fields to set, path '${path}' is matched twice`,
      );
    }
    at.set(name, value);
  };
  const collect = (part: Doc): void => {
    for (const [name, value] of part) {
      if (name === '$and' || (name === '$or' && Array.isArray(value) && value.length === 1)) {
        for (const clause of value as Value[]) if (isDoc(clause)) collect(clause);
      } else if (!name.startsWith('$')) {
        const equal = equalityOf(value);
        if (equal !== undefined) set(name, equal);
      }
    }
  };
  collect(filter);
  return base;
}

function equalityOf(condition: Value): Value | undefined {
  if (!isOperators(condition)) {
    const isRegex = typeof condition === 'object' && condition?.constructor.name === 'BSONRegExp';
    return isRegex ? undefined : condition;
  }
  const all = condition.get('$all');
  if (Array.isArray(all) && all.length === 1 && !isOperators(all[0])) return all[0];
  return condition.get('$eq');
}
