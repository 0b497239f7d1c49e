/** Chooses how to read a collection: which index, which ranges of it, and whether it is in order. */
import { BSONRegExp, Double } from 'bson';
import type { Doc, Value } from './bson.js';
import type { Collection, Index } from './catalog.js';
import { TypeRank, equalValues, rankOf } from './compare.js';
import { KEY_BYTES_MAX, afterPrefix, encodeKey, type Interval } from './keys.js';
import { equalityOf, isNaNValue, isOperators } from './query.js';

/** One pass over one index. */
export interface Plan {
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

/** A wanted order. */
export type SortSpec = readonly {
  readonly path: string;
  readonly parts: readonly string[];
  readonly descending: boolean;
}[];

type Operators = ReadonlyMap<string, Value>;
/** Conditions on a path that must all hold; several of one operator are kept apart. */
type Conditions = Map<string, Operators[]>;

const EXPLODE_MAX = 1000;
/** Longer values are not looked up, since no key can hold them. */
const BOUND_BYTES_MAX = KEY_BYTES_MAX - 100;

/** The conditions a filter puts on single paths by conjunction, and whether that is all of it. */
interface Wanted {
  readonly conditions: Conditions;
  readonly complete: boolean;
}

function conditionsOf(filter: Doc): Wanted {
  const conditions: Conditions = new Map();
  let complete = true;
  const collect = (part: Doc): void => {
    for (const [name, value] of part) {
      if (name === '$and') for (const clause of value as Doc[]) collect(clause);
      else if (name.startsWith('$')) complete = false;
      else {
        const operators: Operators = isOperators(value) ? value : new Map([['$eq', value]]);
        conditions.set(name, [...(conditions.get(name) ?? []), operators]);
      }
    }
  };
  collect(filter);
  return { conditions, complete };
}

interface Bounds {
  readonly intervals: readonly Interval[];
  readonly points: boolean;
  readonly exact: boolean;
}

function point(value: Value): Interval[] {
  const values: (Value | undefined)[] = [value];
  // An array as a whole equals, but an index holds its elements: look where its first one is.
  if (Array.isArray(value)) values.push(value[0]);
  return values.map((item) => {
    const low = encodeKey(item);
    return { low, high: afterPrefix(low) };
  });
}

/** Equality is just the key, but null also means missing, and an array its elements. */
const pointBounds = (values: readonly Value[], alone: boolean): Bounds => ({
  intervals: values.flatMap(point),
  points: true,
  exact: alone && values.every((value) => value !== null && !Array.isArray(value)),
});

/** Values whose type group is one stretch of keys that `$gt` and friends stay in. */
const isPlainBound = (value: Value): boolean =>
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof BSONRegExp) &&
  !isNaNValue(value) &&
  rankOf(value) !== TypeRank.MinKey &&
  rankOf(value) !== TypeRank.MaxKey;

function rangeBounds(operators: Operators, multikey: boolean): Bounds | undefined {
  const lower = ['$gt', '$gte'].filter((name) => operators.has(name));
  const upper = ['$lt', '$lte'].filter((name) => operators.has(name));
  const exact =
    lower.length < 2 && upper.length < 2 && operators.size === lower.length + upper.length;
  // In an array different elements may satisfy the two ends, so only one end may be used.
  const half = multikey && lower.length > 0;
  const [from, to] = [lower[0], half ? undefined : upper[0]];
  const start = from === undefined ? undefined : (operators.get(from) ?? null);
  const end = to === undefined ? undefined : (operators.get(to) ?? null);
  const known = start ?? end;
  if (known === undefined || known === null) return undefined;
  if (![start ?? known, end ?? known].every(isPlainBound)) return undefined;
  if (start !== undefined && end !== undefined && rankOf(start ?? known) !== rankOf(end ?? known))
    return { intervals: [], points: false, exact };
  const rank = rankOf(known);
  // NaN is the least number and in no range.
  const least = rank === TypeRank.Number ? encodeKey(new Double(-Infinity)) : Buffer.from([rank]);
  const edge = (value: Value, after: boolean): Buffer =>
    after ? afterPrefix(encodeKey(value)) : encodeKey(value);
  const low = start === undefined ? least : edge(start, from === '$gt');
  const high = end === undefined ? Buffer.from([rank + 1]) : edge(end, to === '$lte');
  const intervals = Buffer.compare(low, high) < 0 ? [{ low, high }] : [];
  return { intervals, points: false, exact: exact && !(half && upper.length > 0) };
}

function operatorBounds(operators: Operators, multikey: boolean): Bounds | undefined {
  const equal = operators.get('$eq');
  if (equal !== undefined) return pointBounds([equal], operators.size === 1);
  const list = operators.get('$in');
  if (Array.isArray(list)) return pointBounds(list, operators.size === 1);
  return rangeBounds(operators, multikey);
}

/** What the conditions on one path allow an index to skip; undefined: nothing. */
function fieldBounds(all: readonly Operators[], multikey: boolean): Bounds | undefined {
  const found = all
    .map((operators) => operatorBounds(operators, multikey))
    .filter((bounds) => bounds !== undefined);
  const best = found.find((bounds) => bounds.points) ?? found[0];
  const fits = best?.intervals.every(
    ({ low, high }) => Math.max(low.length, high.length) <= BOUND_BYTES_MAX,
  );
  return best && fits ? { ...best, exact: best.exact && all.length === 1 } : undefined;
}

/** Sorts intervals and joins those that overlap, so that no key is read twice. */
function tidy(intervals: readonly Interval[]): readonly Interval[] {
  if (intervals.length < 2) return intervals;
  const result: Interval[] = [];
  for (const { low, high } of [...intervals].sort((a, b) => Buffer.compare(a.low, b.low))) {
    const last = result.at(-1);
    if (!last || Buffer.compare(low, last.high) >= 0) result.push({ low, high });
    else if (Buffer.compare(high, last.high) > 0)
      result[result.length - 1] = { low: last.low, high };
  }
  return result;
}

const rootOf = (path: string): string => path.split('.', 1)[0] ?? path;

const EVERYTHING: Interval = { low: Buffer.alloc(0), high: Buffer.from([0xff, 0xff]) };

interface Binding extends Bounds {
  readonly bound: number;
  /** How many of the first fields have one value only. */
  readonly pinned: number;
}

/** Each of the points followed by each of the intervals of the next field. */
const crossed = (points: readonly Interval[], next: readonly Interval[]): Interval[] =>
  points.flatMap(({ low: point }) =>
    next.map(({ low, high }) => ({
      low: Buffer.concat([point, low]),
      high: Buffer.concat([point, high]),
    })),
  );

/** How far the conditions bind the fields of an index, from the first one on. */
function bind(index: Index, conditions: Conditions): Binding {
  let binding: Binding = {
    intervals: [EVERYTHING],
    points: true,
    exact: true,
    bound: 0,
    pinned: 0,
  };
  for (const path of index.paths) {
    const { intervals, bound, pinned, exact } = binding;
    const all = conditions.get(path);
    // Elements of one array are separate keys: a second path into the same array binds nothing.
    const tangled =
      index.multikey && index.paths.slice(0, bound).some((other) => rootOf(other) === rootOf(path));
    const bounds = all && !tangled ? fieldBounds(all, index.multikey) : undefined;
    if (!bounds || intervals.length * bounds.intervals.length > EXPLODE_MAX) break;
    const next = bound === 0 ? bounds.intervals : crossed(intervals, bounds.intervals);
    binding = {
      intervals: next,
      points: bounds.points,
      exact: exact && bounds.exact,
      bound: bound + 1,
      pinned: bounds.points && next.length === 1 ? bound + 1 : pinned,
    };
    if (!bounds.points) break;
  }
  return binding;
}

/** Whether an index, its first `pinned` fields being constant, delivers the wanted order. */
function orderOf(index: Index, sort: SortSpec, pinned: number): 'forward' | 'backward' | undefined {
  const constant = index.paths.slice(0, pinned);
  const wanted = sort.filter(({ path }) => !constant.includes(path));
  const descending = wanted[0]?.descending ?? false;
  const fits = wanted.every(
    (field, i) => index.paths[pinned + i] === field.path && field.descending === descending,
  );
  if (!fits) return undefined;
  return descending ? 'backward' : 'forward';
}

/** Whether every document that the query can find is in a partial index. */
const holdsAll = (index: Index, conditions: Conditions): boolean =>
  [...(index.partial ?? [])].every(([path, wanted]) =>
    conditions.get(path)?.some((operators) => {
      const equal = equalityOf(operators);
      return equal !== undefined && equalValues(equal, wanted);
    }),
  );

function planIndex(index: Index, wanted: Wanted, sort: SortSpec | undefined): Plan | undefined {
  const { conditions, complete } = wanted;
  const useful = index.primary || sort || conditions.has(index.paths[0] ?? '');
  if (!useful) return undefined;
  if (index.building || !holdsAll(index, conditions)) return undefined;
  const { intervals, points, exact, bound, pinned } = bind(index, conditions);
  const order = sort && !index.multikey ? orderOf(index, sort, pinned) : undefined;
  if (bound === 0 && order === undefined && !index.primary) return undefined;
  const whole = bound === index.paths.length;
  return {
    index,
    intervals: tidy(intervals),
    points: points && whole && index.unique,
    reverse: order === 'backward',
    sorted: !sort || order !== undefined,
    exact: exact && complete && !index.multikey && bound >= conditions.size,
    bound,
  };
}

function score({ index, bound, intervals, sorted, exact }: Plan): number {
  const pointed = bound === index.paths.length && index.unique ? 1000 : 0;
  const cheap = bound > 0 && intervals.length < 50 ? 1 : 0;
  const scan = index.primary && bound === 0 ? -1 : 0;
  return pointed + bound * 20 + (sorted ? 15 : 0) + cheap + (exact ? 2 : 0) + scan;
}

/**
 * Plans a query. The collection itself, by `_id`, can always answer.
 *
 * @param sort - the wanted order; `sorted` says whether the plan delivers it
 */
export function planQuery(collection: Collection, filter: Doc, sort: SortSpec | undefined): Plan {
  const wanted = conditionsOf(filter);
  return collection.indexes
    .map((index) => planIndex(index, wanted, sort))
    .filter((plan) => plan !== undefined)
    .reduce((best, plan) => (score(plan) > score(best) ? plan : best));
}
