/** What each update operator does to the value at the end of its path. */
import { Double, Int32, Timestamp } from 'bson';
import { isDoc, isNumeric, typeName, type Doc, type Numeric, type Value } from './bson.js';
import { compareValues, equalValues } from './compare.js';
import { StoreError } from './errors.js';
import { add, multiply, toDouble, toInteger } from './numbers.js';
import { compileElement, isOperators } from './query.js';
import { encodeKeys } from './keys.js';

/** Says that the field goes away. */
export const REMOVE = Symbol('remove');

/** What a change may know of its surroundings. */
export interface ChangeContext {
  readonly original: Doc;
  readonly inserting: boolean;
  readonly path: string;
}

/** A compiled operator with its operand. */
export interface Change {
  /** The new value, REMOVE, or undefined to leave things as they are. */
  apply(old: Value | undefined, context: ChangeContext): Value | typeof REMOVE | undefined;
  /** A path that does not exist is left alone instead of made. */
  readonly optional?: boolean;
}

const badValue = (message: string): StoreError => new StoreError('BadValue', message);
const mismatch = (message: string): StoreError => new StoreError('TypeMismatch', message);

function numeric(operator: string, operand: Value, path: string): Numeric {
  if (isNumeric(operand)) return operand;
  throw mismatch(
    `Cannot ${operator === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${path}: ${typeName(operand)}}`,
  );
}

function arithmetic(
  operator: '$inc' | '$mul',
  operand: Numeric,
  combine: (a: Numeric, b: Numeric) => Numeric,
  initial: Numeric,
): Change {
  return {
    apply: (old, { path }) => {
      if (old === undefined) return combine(initial, operand);
      if (isNumeric(old)) return combine(old, operand);
      throw mismatch(
        `Cannot apply ${operator} to a value of non-numeric type. The field '${path}' has non-numeric type ${typeName(old)}`,
      );
    },
  };
}

function arrayOf(operator: string, old: Value, path: string, context: ChangeContext): Value[] {
  if (Array.isArray(old)) return old;
  const id = String(context.original.get('_id'));
  throw badValue(
    operator === '$push'
      ? `The field '${path}' must be an array but is of type ${typeName(old)} in document {_id: ${id}}`
      : `Cannot apply ${operator} to a non-array value. The field '${path}' has type ${typeName(old)} in document {_id: ${id}}`,
  );
}

const PUSH_MODIFIERS = new Set(['$each', '$slice', '$sort', '$position']);

function wholeNumber(name: string, value: Value): number {
  const number = isNumeric(value) ? toInteger(value) : undefined;
  if (number === undefined)
    throw badValue(
      `The value for ${name} must be an integer value but was given type: ${typeName(value)}`,
    );
  return number;
}

/** Array elements in the order of a `$sort` modifier. */
function sorter(spec: Value): (items: Value[]) => Value[] {
  if (isNumeric(spec)) {
    const direction = toDouble(spec);
    if (Math.abs(direction) !== 1) throw badValue('The $sort element value must be either 1 or -1');
    return (items) => [...items].sort((a, b) => compareValues(a, b) * direction);
  }
  if (!isDoc(spec) || spec.size === 0)
    throw badValue(
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  const fields = [...spec].map(([path, direction]) => {
    if (!isNumeric(direction) || Math.abs(toDouble(direction)) !== 1)
      throw badValue('The $sort element value must be either 1 or -1');
    return { parts: path.split('.'), descending: toDouble(direction) < 0 };
  });
  const keyOf = (item: Value): Buffer =>
    encodeKeys(
      fields.map(({ parts }) =>
        parts.reduce<Value>(
          (value, part) => (isDoc(value) ? (value.get(part) ?? null) : null),
          item,
        ),
      ),
      fields.map(({ descending }) => descending),
    );
  return (items) => [...items].sort((a, b) => Buffer.compare(keyOf(a), keyOf(b)));
}

function push(operand: Value): Change {
  const modifiers = isDoc(operand) && operand.has('$each') ? operand : undefined;
  if (isOperators(operand) && !modifiers)
    throw badValue(
      `The dollar ($) prefixed field '${String(operand.keys().next().value)}' is not valid for storage; $push needs $each`,
    );
  const unknown = modifiers && [...modifiers.keys()].find((name) => !PUSH_MODIFIERS.has(name));
  if (unknown !== undefined) throw badValue(`Unrecognized clause in $push: ${unknown}`);
  const items = modifiers ? modifiers.get('$each') : [operand];
  if (!Array.isArray(items)) throw badValue('The argument to $each in $push must be an array');
  const [slice, position, sort] = ['$slice', '$position', '$sort'].map((name) =>
    modifiers?.get(name),
  );
  const at = position === undefined ? undefined : wholeNumber('$position', position);
  const size = slice === undefined ? undefined : wholeNumber('$slice', slice);
  const arrange = sort === undefined ? undefined : sorter(sort);
  return {
    apply: (old, context) => {
      const next = old === undefined ? [] : [...arrayOf('$push', old, context.path, context)];
      if (at === undefined) next.push(...items);
      else next.splice(at < 0 ? Math.max(next.length + at, 0) : at, 0, ...items);
      const sorted = arrange ? arrange(next) : next;
      if (size === undefined) return sorted;
      return size < 0 ? sorted.slice(size) : sorted.slice(0, size);
    },
  };
}

function addToSet(operand: Value): Change {
  const each = isDoc(operand) && operand.has('$each') ? operand : undefined;
  const items = each ? each.get('$each') : [operand];
  if (!Array.isArray(items)) throw mismatch('The argument to $each in $addToSet must be an array');
  const extra = each && [...each.keys()].find((name) => name !== '$each');
  if (extra !== undefined)
    throw badValue(`Found unexpected fields after $each in $addToSet: ${extra}`);
  return {
    apply: (old, context) => {
      const current = old === undefined ? [] : arrayOf('$addToSet', old, context.path, context);
      const next = [...current];
      for (const item of items)
        if (!next.some((known) => equalValues(known, item))) next.push(item);
      return next.length === current.length && old !== undefined ? undefined : next;
    },
  };
}

function removeFrom(operator: string, unwanted: (element: Value) => boolean): Change {
  return {
    optional: true,
    apply: (old, context) => {
      if (old === undefined) return undefined;
      const current = arrayOf(operator, old, context.path, context);
      const next = current.filter((element) => !unwanted(element));
      return next.length === current.length ? undefined : next;
    },
  };
}

function pullAll(operand: Value): Change {
  if (!Array.isArray(operand)) throw badValue('$pullAll requires an array argument');
  return removeFrom('$pullAll', (element) => operand.some((item) => equalValues(item, element)));
}

function pop(operand: Value): Change {
  const end = isNumeric(operand) ? toDouble(operand) : undefined;
  if (end !== 1 && end !== -1)
    throw new StoreError('FailedToParse', `$pop expects 1 or -1, found: ${String(operand)}`);
  return {
    optional: true,
    apply: (old, { path }) => {
      if (old === undefined) return undefined;
      if (!Array.isArray(old))
        throw mismatch(`Path '${path}' contains an element of non-array type '${typeName(old)}'`);
      return end === 1 ? old.slice(0, -1) : old.slice(1);
    },
  };
}

function currentDate(operand: Value): Change {
  const type = isDoc(operand)
    ? operand.get('$type')
    : operand === false || operand === true
      ? 'date'
      : undefined;
  if (type !== 'date' && type !== 'timestamp')
    throw badValue(`$currentDate takes true, {$type: 'date'} or {$type: 'timestamp'}`);
  return {
    apply: () => {
      const now = new Date();
      if (type === 'date') return now;
      return new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
    },
  };
}

function extreme(operand: Value, sign: 1 | -1): Change {
  return {
    apply: (old) =>
      old === undefined || compareValues(operand, old) * sign > 0 ? operand : undefined,
  };
}

/** `0` of the operand's own type, which is what `$mul` leaves in a missing field. */
function zeroLike(operand: Numeric): Numeric {
  return operand instanceof Double ? new Double(0) : new Int32(0);
}

/** Every update operator accepted. `$rename` is taken apart before it gets here. */
export const OPERATORS: Readonly<Record<string, (operand: Value, path: string) => Change>> = {
  $set: (operand) => ({ apply: () => operand }),
  $setOnInsert: (operand) => ({ apply: () => operand }),
  $unset: () => ({ apply: (old) => (old === undefined ? undefined : REMOVE), optional: true }),
  $inc: (operand, path) => arithmetic('$inc', numeric('$inc', operand, path), add, new Int32(0)),
  $mul: (operand, path) => {
    const factor = numeric('$mul', operand, path);
    return arithmetic('$mul', factor, multiply, zeroLike(factor));
  },
  $min: (operand) => extreme(operand, -1),
  $max: (operand) => extreme(operand, 1),
  $push: push,
  $addToSet: addToSet,
  $pull: (operand) => removeFrom('$pull', compileElement(operand)),
  $pullAll: pullAll,
  $pop: pop,
  $currentDate: currentDate,
  $rename: () => ({ apply: () => REMOVE }),
};

/** Update operators this store accepts, for its documentation test. */
export const UPDATE_OPERATORS: readonly string[] = Object.keys(OPERATORS);
