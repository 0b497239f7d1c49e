/** Chooses how to read a collection: which index, which ranges of it, and whether it is in order. */
import { BSONRegExp, Double } from 'bson';
import { isDoc, isNumeric, type Doc, type Value } from './bson.js';
import type { Collection, Index, IndexField } from './catalog.js';
import { TypeRank, rankOf } from './compare.js';
import { StoreError } from './errors.js';
import { impliesFilter } from './implication.js';
import { afterPrefix, clipBounds, encodeKey, type Interval } from './keys.js';
import { toDouble } from './numbers.js';
import { isOperators } from './query.js';

/** One pass over one index. */
export interface IndexPlan {
  readonly index: Index;
  readonly intervals: readonly Interval[];
  readonly reverse: boolean;
  /** Results come in the order of the wanted sort. */
  readonly sorted: boolean;
  /** Every key inside the intervals matches, so the filter need not be looked at again. */
  readonly exact: boolean;
  /** Each interval is one whole key of a unique index: a lookup, not a walk. */
  readonly points: boolean;
  /** How many fields the intervals bind; zero is a scan of everything. */
  readonly bound: number;
}

/** What to read: one index, or one plan for each branch of an `$or`. */
export interface Plan {
  readonly branches: readonly { readonly plan: IndexPlan; readonly filter: Doc }[];
  readonly sorted: boolean;
}

/** A wanted order: paths with their direction. */
export type SortSpec = readonly IndexField[];

type Operators = ReadonlyMap<string, Value>;
/** Conditions on a path that must all hold; several of one operator are kept apart. */
type Conditions = Map<string, Operators[]>;

const EXPLODE_MAX = 1000;

/** The conditions a filter puts on single paths by conjunction. */
export function conditionsOf(filter: Doc): { conditions: Conditions; complete: boolean } {
  const conditions: Conditions = new Map();
  let complete = true;
  const collect = (part: Doc): void => {
    for (const [name, value] of part) {
      if (name === '$and' && Array.isArray(value)) {
        for (const clause of value) if (isDoc(clause)) collect(clause);
      } else if (name.startsWith('$')) complete = false;
      else {
        const operators: Operators = isOperators(value) ? value : new Map([['$eq', value]]);
        conditions.set(name, [...(conditions.get(name) ?? []), operators]);
      }
    }
  };
  collect(filter);
  return { conditions, complete };
}

interface FieldBounds {
  readonly intervals: Interval[];
  readonly points: boolean;
  readonly exact: boolean;
}

const indexable = (value: Value): boolean => !(value instanceof BSONRegExp);

/** Values whose equality is just their key: no null (also means missing), no array. */
const exactPoint = (value: Value): boolean => value !== null && !Array.isArray(value);

function point(value: Value, descending: boolean): Interval[] {
  const values: (Value | undefined)[] = [value];
  // An array as a whole equals, but an index holds its elements: look where its first one is.
  if (Array.isArray(value)) values.push(value.length > 0 ? value[0] : undefined);
  return values.map((item) => {
    const low = encodeKey(item, descending);
    return { low, high: afterPrefix(low) };
  });
}

function rangeOf(
  operators: Operators,
  descending: boolean,
  multikey: boolean,
): FieldBounds | undefined {
  const lower = operators.has('$gt') ? '$gt' : operators.has('$gte') ? '$gte' : undefined;
  const upper = operators.has('$lt') ? '$lt' : operators.has('$lte') ? '$lte' : undefined;
  if (!lower && !upper) return undefined;
  const both = lower !== undefined && upper !== undefined;
  // In an array different elements may satisfy the two ends, so only one end may be used.
  const [from, to] = both && multikey ? [lower, undefined] : [lower, upper];
  const operand = operators.get(from ?? to ?? '') ?? null;
  const other = from && to ? (operators.get(to) ?? null) : operand;
  const plain = [operand, other].every(
    (value) =>
      value !== null &&
      !Array.isArray(value) &&
      indexable(value) &&
      !isExtreme(value) &&
      !isNaNValue(value),
  );
  if (!plain) return undefined;
  if (rankOf(operand) !== rankOf(other)) return { intervals: [], points: false, exact: true };
  const edge = (value: Value, after: boolean): Buffer => {
    const bound = encodeKey(value, descending);
    return after ? afterPrefix(bound) : bound;
  };
  const [start, end] = bracket(rankOf(operand), descending);
  const first = descending ? to : from;
  const last = descending ? from : to;
  const low = first ? edge(operators.get(first) ?? null, isStrict(first)) : start;
  const high = last ? edge(operators.get(last) ?? null, !isStrict(last)) : end;
  const exact = (!both || !multikey) && onlyRange(operators);
  return { intervals: Buffer.compare(low, high) < 0 ? [{ low, high }] : [], points: false, exact };
}

const isStrict = (operator: string): boolean => operator === '$gt' || operator === '$lt';
const isNaNValue = (value: Value): boolean => isNumeric(value) && Number.isNaN(toDouble(value));
const isExtreme = (value: Value): boolean =>
  rankOf(value) === TypeRank.MinKey || rankOf(value) === TypeRank.MaxKey;
const onlyRange = (operators: Operators): boolean =>
  operators.size === ['$gt', '$gte', '$lt', '$lte'].filter((name) => operators.has(name)).length &&
  !(operators.has('$gt') && operators.has('$gte')) &&
  !(operators.has('$lt') && operators.has('$lte'));

/** All keys of one type group; NaN is left out of the numbers because no range holds it. */
function bracket(rank: number, descending: boolean): [Buffer, Buffer] {
  const byte = descending ? ~rank & 0xff : rank;
  const [low, high] = [Buffer.from([byte]), Buffer.from([byte + 1])];
  if (rank !== TypeRank.Number) return [low, high];
  const infinity = encodeKey(new Double(-Infinity), descending);
  return descending ? [low, afterPrefix(infinity)] : [infinity, high];
}

/** What the conditions on one path allow an index to skip; undefined: nothing. */
function fieldBounds(
  all: readonly Operators[],
  descending: boolean,
  multikey: boolean,
): FieldBounds | undefined {
  let best: FieldBounds | undefined;
  for (const operators of all) {
    const bounds = operatorBounds(operators, descending, multikey);
    if (bounds && (!best || (bounds.points && !best.points))) best = bounds;
  }
  return best && all.length > 1 ? { ...best, exact: false } : best;
}

function operatorBounds(
  operators: Operators,
  descending: boolean,
  multikey: boolean,
): FieldBounds | undefined {
  const equal = operators.get('$eq');
  const alone = operators.size === 1;
  if (equal !== undefined && indexable(equal)) {
    return pointBounds([equal], descending, alone);
  }
  const list = operators.get('$in');
  if (Array.isArray(list) && list.every(indexable)) return pointBounds(list, descending, alone);
  const all = operators.get('$all');
  if (
    Array.isArray(all) &&
    all.length > 0 &&
    all.every((item) => indexable(item) && !isOperators(item))
  ) {
    return pointBounds(all.slice(0, 1), descending, false);
  }
  return rangeOf(operators, descending, multikey);
}

function pointBounds(values: readonly Value[], descending: boolean, alone: boolean): FieldBounds {
  const exact = alone && values.every(exactPoint);
  return { intervals: values.flatMap((value) => point(value, descending)), points: true, exact };
}

const crossed = (prefixes: readonly Buffer[], intervals: readonly Interval[]): Interval[] =>
  prefixes.flatMap((prefix) =>
    intervals.map(({ low, high }) => ({
      low: Buffer.concat([prefix, low]),
      high: Buffer.concat([prefix, high]),
    })),
  );

/**
 * Sorts intervals and joins those that overlap, so that no key is read twice. Those that only touch stay apart: two neighbouring
 * points are two look-ups.
 */
function tidy(intervals: readonly Interval[]): Interval[] {
  const sorted = [...intervals].sort((a, b) => Buffer.compare(a.low, b.low));
  const result: Interval[] = [];
  for (const interval of sorted) {
    const last = result.at(-1);
    if (last && Buffer.compare(interval.low, last.high) < 0) {
      if (Buffer.compare(interval.high, last.high) > 0)
        result[result.length - 1] = { low: last.low, high: interval.high };
    } else result.push(interval);
  }
  return result;
}

const EVERYTHING: Interval = { low: Buffer.alloc(0), high: Buffer.from([0xff, 0xff]) };

function rootOf(field: IndexField): string {
  return field.parts[0] ?? field.path;
}

function planIndex(
  index: Index,
  filter: Doc,
  sort: SortSpec | undefined,
  forced: boolean,
): IndexPlan | undefined {
  const { conditions, complete } = conditionsOf(filter);
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let intervals: readonly Interval[] | undefined;
  let exact = complete && !index.multikey && !index.oversized;
  let pinned = 0;
  let bound = 0;
  for (const field of index.fields) {
    const all = conditions.get(field.path);
    // Elements of one array are separate keys: a second path into the same array binds nothing.
    const tangled =
      index.multikey &&
      index.fields.slice(0, bound).some((other) => rootOf(other) === rootOf(field));
    const bounds = all && !tangled ? fieldBounds(all, field.descending, index.multikey) : undefined;
    if (!bounds) break;
    bound++;
    exact &&= bounds.exact;
    if (!bounds.points || prefixes.length * bounds.intervals.length > EXPLODE_MAX) {
      if (bounds.points) exact = false;
      intervals = bounds.points ? undefined : crossed(prefixes, bounds.intervals);
      if (bounds.points) bound--;
      break;
    }
    prefixes = prefixes.flatMap((prefix) =>
      bounds.intervals.map(({ low }) => Buffer.concat([prefix, low])),
    );
    if (prefixes.length === 1 && pinned === bound - 1) pinned = bound;
  }
  const usable =
    !index.sparse || (bound > 0 && !admitsNull(conditions.get(index.fields[0]?.path ?? '')));
  if (!usable || (index.partial && !impliesFilter(filter, index.partial))) return undefined;
  if (bound < conditions.size) exact = false;
  const order =
    sort && !index.multikey && !index.oversized
      ? orderOf(index, sort, pinned, prefixes.length === 1)
      : undefined;
  if (bound === 0 && order === undefined && !forced && !index.primary) return undefined;
  const whole = bound === index.fields.length && !intervals;
  intervals ??=
    bound === 0 ? [EVERYTHING] : prefixes.map((low) => ({ low, high: afterPrefix(low) }));
  const clipped = intervals.map(clipBounds);
  const asIs = clipped.every((interval, i) => interval === intervals[i]);
  exact &&= asIs;
  return {
    index,
    intervals: tidy(clipped),
    points: whole && asIs && index.unique,
    reverse: order === 'backward',
    sorted: !sort || order !== undefined,
    exact: exact || filter.size === 0,
    bound,
  };
}

/** Whether an equality or range on a field also finds documents without it. */
function admitsNull(all: readonly Operators[] | undefined): boolean {
  return !all?.some((operators) => {
    const equal = operators.get('$eq');
    if (equal !== undefined) return equal !== null;
    const list = operators.get('$in');
    if (Array.isArray(list)) return !list.includes(null);
    return ['$gt', '$gte', '$lt', '$lte'].some((name) => (operators.get(name) ?? null) !== null);
  });
}

/** Whether an index, its first `pinned` fields being constant, delivers the wanted order. */
function orderOf(
  index: Index,
  sort: SortSpec,
  pinned: number,
  single: boolean,
): 'forward' | 'backward' | undefined {
  const constant = new Set(index.fields.slice(0, pinned).map((field) => field.path));
  const wanted = sort.filter((field) => !constant.has(field.path));
  const first = wanted[0];
  if (!first) return single ? 'forward' : undefined;
  // With several ranges of the first free field the walk is in its order too, but not beyond them.
  const start = index.fields.findIndex((field) => field.path === first.path);
  if (start < 0 || start > pinned || (start < pinned && !single)) return undefined;
  const backward = index.fields[start]?.descending !== first.descending;
  const fits = wanted.every((field, i) => {
    const own = index.fields[start + i];
    return own?.path === field.path && (own.descending !== field.descending) === backward;
  });
  if (!fits) return undefined;
  return backward ? 'backward' : 'forward';
}

function score(plan: IndexPlan): number {
  const { index, bound, intervals } = plan;
  const whole = bound === index.fields.length && bound > 0;
  const pointed = whole && index.unique ? 1000 : 0;
  const cheap = bound > 0 && intervals.length < 50 ? 1 : 0;
  return (
    pointed +
    bound * 20 +
    (plan.sorted ? 15 : 0) +
    cheap +
    (plan.exact ? 2 : 0) +
    (index.primary && bound === 0 ? -1 : 0)
  );
}

function planConjunction(
  collection: Collection,
  filter: Doc,
  sort: SortSpec | undefined,
  hint: Index | undefined,
): IndexPlan {
  let best: IndexPlan | undefined;
  for (const index of hint ? [hint] : collection.indexes) {
    const plan = planIndex(index, filter, sort, hint !== undefined);
    if (plan && (!best || score(plan) > score(best))) best = plan;
  }
  if (!best)
    throw new StoreError('BadValue', `the index ${hint?.name ?? ''} cannot answer this query`);
  return best;
}

/**
 * Plans a query.
 *
 * @param sort - the wanted order; `plan.sorted` says whether the plan delivers it
 * @param hint - the index to use, whatever it costs
 */
export function planQuery(
  collection: Collection,
  filter: Doc,
  sort: SortSpec | undefined,
  hint?: Index,
): Plan {
  const single = planConjunction(collection, filter, sort, hint);
  const clauses = filter.get('$or');
  if (single.bound > 0 || hint || (single.sorted && sort) || !Array.isArray(clauses)) {
    return { branches: [{ plan: single, filter }], sorted: single.sorted };
  }
  const rest = [...filter].filter(([name]) => name !== '$or');
  const branches = clauses.map((clause) => {
    const both: Value[] = [clause, new Map(rest)];
    const branch: Doc = rest.length > 0 ? new Map([['$and', both]]) : (clause as Doc);
    return { plan: planConjunction(collection, branch, undefined, undefined), filter: branch };
  });
  if (branches.some(({ plan }) => plan.bound === 0)) {
    return { branches: [{ plan: single, filter }], sorted: single.sorted };
  }
  return { branches, sorted: !sort };
}
