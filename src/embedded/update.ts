/** Compiles an update document; {@link ./update-operators.ts} says what each operator does. */
import { isDoc, type Doc, type Value } from './bson.js';
import { equalValues } from './compare.js';
import { StoreError, unsupported } from './errors.js';
import { arrayIndex, type MatchDetails } from './paths.js';
import { compileFilter, isOperators, type Matcher } from './query.js';
import { REMOVE } from './update-operators.js';
import { compileSteps, type Step } from './update-steps.js';

/** Turns a state of a document into the next one; what it does not touch is shared. */
export interface Update {
  readonly replacement: boolean;
  /** Whether the position of the match in an array is needed (`$`). */
  readonly positional: boolean;
  apply(doc: Doc, details: MatchDetails, inserting: boolean): Doc;
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
