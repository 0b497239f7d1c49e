/** Compiles a MongoDB filter into a function over documents. Unknown operators are refused. */
import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { TYPE_BY_NAME, isDoc, isNumeric, typeOf, type Doc, type Value } from './bson.js';
import { compareValues, equalValues, rankOf } from './compare.js';
import { StoreError, unsupported } from './errors.js';
import { toDouble, toInteger } from './numbers.js';
import { anyAtPath, type MatchDetails } from './paths.js';

/** Whether a document matches; fills in the array position for positional updates. */
export type Matcher = (doc: Doc, details?: MatchDetails) => boolean;

/** A test on one value; `undefined` is a missing field. */
type Test = (value: Value | undefined) => boolean;
/** A test on what a path leads to. */
type PathTest = (doc: Value, parts: readonly string[], details?: MatchDetails) => boolean;

const bad = (message: string): StoreError => new StoreError('BadValue', message);

/** MongoDB's operators that this store does not have; everything else unknown is a BadValue. */
const REFUSED = new Set(
  (
    '$expr $where $text $mod $jsonSchema $geoWithin $geoIntersects $near $nearSphere $comment ' +
    '$bitsAllClear $bitsAllSet $bitsAnyClear $bitsAnySet $alwaysTrue $alwaysFalse $sampleRate'
  ).split(' '),
);

const unknownOperator = (name: string, where: string): StoreError =>
  REFUSED.has(name) ? unsupported(`query operator ${name}`) : bad(`unknown ${where}: ${name}`);

/** Whether a value in a filter is a set of operators rather than a document to equal. */
export function isOperators(value: Value | undefined): value is Doc {
  if (!isDoc(value)) return false;
  const first = value.keys().next();
  return !first.done && first.value.startsWith('$');
}

/** Tests each element of an array at the end of a path, then the array itself. */
function onLeaf(test: Test): PathTest {
  return (doc, parts, details) =>
    anyAtPath(
      doc,
      parts,
      0,
      (value) => {
        if (Array.isArray(value)) {
          const at = value.findIndex((element) => test(element));
          if (at >= 0) {
            if (details) details.position = at;
            return true;
          }
        }
        return test(value);
      },
      details,
    );
}

/** Tests what stands at the end of a path without entering arrays there. */
const onWhole =
  (test: (value: Value | undefined, details?: MatchDetails) => boolean): PathTest =>
  (doc, parts, details) =>
    anyAtPath(doc, parts, 0, (value) => test(value, details), details);

const negate =
  (inner: PathTest): PathTest =>
  (doc, parts) =>
    !inner(doc, parts);

const all =
  (tests: readonly PathTest[]): PathTest =>
  (doc, parts, details) =>
    tests.every((test) => test(doc, parts, details));

function equalTo(operand: Value): Test {
  if (operand === null) return (value) => value === undefined || value === null;
  return (value) => value !== undefined && equalValues(value, operand);
}

function isNaNValue(value: Value): boolean {
  return isNumeric(value) && Number.isNaN(toDouble(value));
}

function ordered(operator: string, operand: Value): Test {
  const inclusive = operator.endsWith('e');
  const sign = operator.startsWith('$g') ? 1 : -1;
  const rank = rankOf(operand);
  const extreme = operand instanceof MinKey || operand instanceof MaxKey;
  if (operand instanceof BSONRegExp) throw bad(`Can't have RegEx as arg to predicate over field.`);
  return (value) => {
    if (value === undefined) return operand === null && inclusive;
    if (!extreme && rankOf(value) !== rank) return false;
    // NaN is neither above nor below anything; it only equals itself.
    if (isNaNValue(value) || isNaNValue(operand)) return inclusive && equalValues(value, operand);
    const order = compareValues(value, operand);
    return order === 0 ? inclusive : order * sign > 0;
  };
}

function regexTest(pattern: string, options: string): Test {
  if (/[^imsx]/.test(options)) throw bad(`invalid flag in regex options: ${options}`);
  if (options.includes('x')) throw unsupported('the regular expression option x');
  let regex: RegExp;
  try {
    regex = new RegExp(pattern, options);
  } catch (error) {
    throw new StoreError(
      'Location51091',
      `Regular expression is invalid: ${error instanceof Error ? error.message : pattern}`,
    );
  }
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    return value instanceof BSONRegExp && value.pattern === pattern && value.options === options;
  };
}

const asTest = (operand: Value): Test =>
  operand instanceof BSONRegExp ? regexTest(operand.pattern, operand.options) : equalTo(operand);

function list(operator: string, operand: Value): Value[] {
  if (!Array.isArray(operand)) throw bad(`${operator} needs an array`);
  return operand;
}

/** `$in`: a set for plain strings and ids would be faster; lists here are short. */
function inList(operator: string, operand: Value): PathTest {
  const tests = list(operator, operand).map((item) => {
    if (isOperators(item)) throw bad(`cannot nest $ under ${operator}`);
    return asTest(item);
  });
  return onLeaf((value) => tests.some((test) => test(value)));
}

function typeTest(operand: Value): PathTest {
  const wanted = (Array.isArray(operand) ? operand : [operand]).map((item) => {
    if (item === 'number') return 'number' as const;
    const type = typeof item === 'string' ? TYPE_BY_NAME.get(item) : undefined;
    if (type !== undefined) return type;
    if (typeof item === 'string') throw bad(`Unknown type name alias: ${item}`);
    const number = isNumeric(item) ? toInteger(item) : undefined;
    if (number === undefined || ![...TYPE_BY_NAME.values()].some((known) => known === number)) {
      throw bad('Invalid numerical type code or type operand');
    }
    return number;
  });
  if (wanted.length === 0)
    throw new StoreError('FailedToParse', '$type must match at least one type');
  return onLeaf(
    (value) =>
      value !== undefined &&
      wanted.some((type) => (type === 'number' ? isNumeric(value) : typeOf(value) === type)),
  );
}

function sizeTest(operand: Value): PathTest {
  const size = isNumeric(operand) ? toInteger(operand) : undefined;
  if (size === undefined) throw bad('$size needs a whole number');
  if (size < 0) throw bad('$size may not be negative');
  return onWhole((value) => Array.isArray(value) && value.length === size);
}

function elemMatch(operand: Value): PathTest {
  if (!isDoc(operand)) throw bad('$elemMatch needs an Object');
  const logical = ['$and', '$or', '$nor'].includes(operand.keys().next().value ?? '');
  const test = isOperators(operand) && !logical ? elementTest(operand) : documentTest(operand);
  return onWhole((value, details) => {
    if (!Array.isArray(value)) return false;
    const at = value.findIndex(test);
    if (at >= 0 && details) details.position = at;
    return at >= 0;
  });
}

function elementTest(operators: Doc): (value: Value) => boolean {
  const test = compileOperators(operators);
  return (value) => test(value, []);
}

function documentTest(filter: Doc): (value: Value) => boolean {
  const matches = compileFilter(filter);
  return (value) => {
    if (isDoc(value)) return matches(value);
    return Array.isArray(value) && matches(new Map(value.map((item, i) => [String(i), item])));
  };
}

function allOf(operand: Value): PathTest {
  const tests = list('$all', operand).map((item) => {
    const match = isDoc(item) ? item.get('$elemMatch') : undefined;
    if (match !== undefined) return elemMatch(match);
    if (isOperators(item)) throw bad('no $ expressions in $all');
    return onLeaf(asTest(item));
  });
  return tests.length === 0 ? () => false : all(tests);
}

function not(operand: Value): PathTest {
  if (operand instanceof BSONRegExp) return negate(onLeaf(asTest(operand)));
  if (!isDoc(operand)) throw bad('$not needs a regex or a document');
  if (operand.size === 0) throw bad('$not cannot be empty');
  const [first = ''] = operand.keys();
  if (!first.startsWith('$')) throw bad(`unknown operator: ${first}`);
  return negate(compileOperators(operand));
}

function regexOperator(operand: Value, operators: Doc): PathTest {
  const options = operators.get('$options') ?? '';
  if (typeof options !== 'string') throw bad('$options has to be a string');
  if (typeof operand === 'string') return onLeaf(regexTest(operand, options));
  if (!(operand instanceof BSONRegExp)) throw bad('$regex has to be a string');
  if (options && operand.options)
    throw new StoreError('Location51074', 'options set in both $regex and $options');
  return onLeaf(regexTest(operand.pattern, options || operand.options));
}

function truthy(value: Value): boolean {
  return isNumeric(value) ? toDouble(value) !== 0 : value !== false && value !== null;
}

/** Every operator accepted on a field; `$options` only rides along with `$regex`. */
const OPERATORS: Readonly<Record<string, (operand: Value, operators: Doc) => PathTest>> = {
  $eq: (operand) => onLeaf(equalTo(operand)),
  $ne: (operand) => {
    if (operand instanceof BSONRegExp) throw bad(`Can't have regex as arg to $ne.`);
    return negate(onLeaf(equalTo(operand)));
  },
  $gt: (operand) => onLeaf(ordered('$gt', operand)),
  $gte: (operand) => onLeaf(ordered('$gte', operand)),
  $lt: (operand) => onLeaf(ordered('$lt', operand)),
  $lte: (operand) => onLeaf(ordered('$lte', operand)),
  $in: (operand) => inList('$in', operand),
  $nin: (operand) => negate(inList('$nin', operand)),
  $exists: (operand) => {
    const exists = onWhole((value) => value !== undefined);
    return truthy(operand) ? exists : negate(exists);
  },
  $type: typeTest,
  $size: sizeTest,
  $all: allOf,
  $elemMatch: elemMatch,
  $not: not,
  $regex: regexOperator,
  $options: (_operand, operators) => {
    if (!operators.has('$regex')) throw bad('$options needs a $regex');
    return () => true;
  },
};

/** Field operators this store accepts, for its documentation test. */
export const QUERY_OPERATORS: readonly string[] = [
  ...Object.keys(OPERATORS),
  '$and',
  '$or',
  '$nor',
];

function compileOperators(operators: Doc): PathTest {
  const tests = [...operators].map(([name, operand]) => {
    const build = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (!build) throw unknownOperator(name, 'operator');
    return build(operand, operators);
  });
  return tests.length === 1 && tests[0] ? tests[0] : all(tests);
}

function compileLogical(name: string, operand: Value): Matcher {
  if (!['$and', '$or', '$nor'].includes(name)) throw unknownOperator(name, 'top level operator');
  const clauses = list(name, operand).map((clause) => {
    if (!isDoc(clause)) throw bad(`${name} argument's entries must be objects`);
    return compileFilter(clause);
  });
  if (clauses.length === 0) throw bad(`${name} argument must be a non-empty array`);
  if (name === '$and') return (doc, details) => clauses.every((clause) => clause(doc, details));
  if (name === '$or') return (doc, details) => clauses.some((clause) => clause(doc, details));
  return (doc) => !clauses.some((clause) => clause(doc));
}

function compileField(path: string, condition: Value): Matcher {
  const parts = path.split('.');
  const test = isOperators(condition) ? compileOperators(condition) : onLeaf(asTest(condition));
  return (doc, details) => test(doc, parts, details);
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
  if (tests.length === 1 && tests[0]) return tests[0];
  return (doc, details) => tests.every((test) => test(doc, details));
}

/** Compiles the condition of a `$pull`: operators or a value for elements, or a filter for objects. */
export function compileElement(condition: Value): (element: Value) => boolean {
  if (isOperators(condition)) return elementTest(condition);
  if (isDoc(condition)) {
    const matches = compileFilter(condition);
    return (element) => isDoc(element) && matches(element);
  }
  const test = asTest(condition);
  return (element) => test(element);
}
