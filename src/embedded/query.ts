/** Compiles a MongoDB filter into a function over documents. Operators outside of the list are refused by name. */
import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { isDoc, isNumeric, type Doc, type Value } from './bson.js';
import { compareValues, equalValues, rankOf } from './compare.js';
import { StoreError, unsupported } from './errors.js';
import { toDouble } from './numbers.js';
import { anyAtPath } from './paths.js';

/** Whether a document matches. */
export type Matcher = (doc: Doc) => boolean;
/** A filter as it came, and ready to be held against documents. */
export interface Filter {
  readonly doc: Doc;
  readonly matches: Matcher;
}
/** A test on one value; `undefined` is a missing field. */
type Test = (value: Value | undefined) => boolean;
/** A test on what a path leads to. */
type PathTest = (doc: Doc, parts: readonly string[]) => boolean;

const bad = (message: string): StoreError => new StoreError('BadValue', message);

/** MongoDB's operators that this store does not have; everything else unknown is a BadValue. */
const REFUSED = new Set(
  (
    '$type $size $all $elemMatch $not $regex $options $nor $expr $where $text $mod $jsonSchema $geoWithin $geoIntersects ' +
    '$near $nearSphere $comment $bitsAllClear $bitsAllSet $bitsAnyClear $bitsAnySet $alwaysTrue $alwaysFalse $sampleRate'
  ).split(' '),
);

const unknownOperator = (name: string, where: string): StoreError =>
  REFUSED.has(name) ? unsupported(`query operator ${name}`) : bad(`unknown ${where}: ${name}`);

/** Whether a value in a filter is a set of operators rather than a document to equal. */
export const isOperators = (value: Value | undefined): value is Doc =>
  isDoc(value) && (value.keys().next().value?.startsWith('$') ?? false);

/** The values that operators demand: MongoDB takes `$in` with one value, even if it is repeated, for `$eq`. */
export function equalitiesOf(operators: ReadonlyMap<string, Value>): Value[] {
  const list = operators.get('$in');
  const first = Array.isArray(list) ? list[0] : undefined;
  const single = first !== undefined && (list as Value[]).every((item) => equalValues(item, first));
  const equal = operators.get('$eq');
  return [...(single ? [first] : []), ...(equal === undefined ? [] : [equal])];
}

/** One of them, for plans. */
export const equalityOf = (operators: ReadonlyMap<string, Value>): Value | undefined =>
  equalitiesOf(operators)[0];

/** Tests each element of an array at the end of a path, and the array itself. */
const onLeaf =
  (test: Test): PathTest =>
  (doc, parts) =>
    anyAtPath(
      doc,
      parts,
      0,
      (value) => (Array.isArray(value) && value.some((element) => test(element))) || test(value),
      test,
    );

const negate =
  (inner: PathTest): PathTest =>
  (doc, parts) =>
    !inner(doc, parts);

function equalTo(operand: Value): Test {
  if (operand instanceof BSONRegExp) throw unsupported('a regular expression in a query');
  if (operand === null) return (value) => value === undefined || value === null;
  return (value) => value !== undefined && equalValues(value, operand);
}

/** NaN is neither above nor below anything; it only equals itself. */
export const isNaNValue = (value: Value): boolean =>
  isNumeric(value) && Number.isNaN(toDouble(value));

function ordered(operator: string, operand: Value): Test {
  const inclusive = operator.endsWith('e');
  const sign = operator.startsWith('$g') ? 1 : -1;
  const rank = rankOf(operand);
  if (operand instanceof BSONRegExp) throw bad(`Can't have RegEx as arg to predicate over field.`);
  // Everything but itself, even a missing field, is above MinKey and below MaxKey.
  const beyond = sign > 0 ? operand instanceof MinKey : operand instanceof MaxKey;
  return (value) => {
    if (value === undefined) return beyond || (operand === null && inclusive);
    if (rankOf(value) !== rank) return beyond;
    if (isNaNValue(value) || isNaNValue(operand)) return inclusive && equalValues(value, operand);
    const order = compareValues(value, operand);
    return order === 0 ? inclusive : order * sign > 0;
  };
}

/** Halves the list until the value is found: a list of ids may be long, and each document is held against it. */
function isAmong(value: Value, sorted: readonly Value[]): boolean {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const order = compareValues(value, sorted[middle] as Value);
    if (order === 0) return true;
    if (order < 0) to = middle;
    else from = middle + 1;
  }
  return false;
}

function inList(operator: string, operand: Value): PathTest {
  if (!Array.isArray(operand)) throw bad(`${operator} needs an array`);
  for (const item of operand) {
    if (isOperators(item)) throw bad(`cannot nest $ under ${operator}`);
    if (item instanceof BSONRegExp) throw unsupported('a regular expression in a query');
  }
  const withNull = operand.includes(null);
  const items = operand.filter((item) => item !== null).sort(compareValues);
  return onLeaf((value) =>
    value === undefined || value === null ? withNull : isAmong(value, items),
  );
}

function exists(operand: Value): PathTest {
  const found: PathTest = (doc, parts) => anyAtPath(doc, parts, 0, (value) => value !== undefined);
  const wanted = isNumeric(operand)
    ? toDouble(operand) !== 0
    : operand !== false && operand !== null;
  return wanted ? found : negate(found);
}

/** Every operator accepted on a field. */
const OPERATORS: Readonly<Record<string, (operand: Value) => PathTest>> = {
  $eq: (operand) => onLeaf(equalTo(operand)),
  $ne: (operand) => negate(onLeaf(equalTo(operand))),
  $gt: (operand) => onLeaf(ordered('$gt', operand)),
  $gte: (operand) => onLeaf(ordered('$gte', operand)),
  $lt: (operand) => onLeaf(ordered('$lt', operand)),
  $lte: (operand) => onLeaf(ordered('$lte', operand)),
  $in: (operand) => inList('$in', operand),
  $nin: (operand) => negate(inList('$nin', operand)),
  $exists: exists,
};

/** Operators this store accepts in filters, for its documentation test. */
export const QUERY_OPERATORS: readonly string[] = [...Object.keys(OPERATORS), '$and', '$or'];

function compileOperators(operators: Doc): PathTest {
  const tests = [...operators].map(([name, operand]) => {
    const build = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (!build) throw unknownOperator(name, 'operator');
    return build(operand);
  });
  return (doc, parts) => tests.every((test) => test(doc, parts));
}

function compileLogical(name: string, operand: Value): Matcher {
  if (name !== '$and' && name !== '$or') throw unknownOperator(name, 'top level operator');
  if (!Array.isArray(operand) || operand.length === 0)
    throw bad(`${name} argument must be a non-empty array`);
  const clauses = operand.map((clause) => {
    if (!isDoc(clause)) throw bad(`${name} argument's entries must be objects`);
    return compileFilter(clause);
  });
  if (name === '$and') return (doc) => clauses.every((clause) => clause(doc));
  return (doc) => clauses.some((clause) => clause(doc));
}

function compileField(path: string, condition: Value): Matcher {
  const parts = path.split('.');
  const test = isOperators(condition) ? compileOperators(condition) : onLeaf(equalTo(condition));
  return (doc) => test(doc, parts);
}

/**
 * Compiles a filter.
 *
 * @throws BadValue, CommandNotSupported - an operator is malformed, unknown or not supported
 */
export function compileFilter(filter: Doc): Matcher {
  const tests = [...filter].map(([name, condition]) =>
    name.startsWith('$') ? compileLogical(name, condition) : compileField(name, condition),
  );
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return (doc) => tests.every((test) => test(doc));
}

/** The same with the filter itself; without one, everything matches. */
export const parseFilter = (doc: Doc = new Map()): Filter => ({
  doc,
  matches: compileFilter(doc),
});
