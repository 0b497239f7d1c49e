/** `$group`: keys from constants, fields or objects of fields, and the plain accumulators. */
import { Decimal128, Double, Int32, Long } from 'bson';
import { isDoc, isNumeric, type Doc, type Numeric, type Value } from './bson.js';
import { compareValues } from './compare.js';
import { StoreError, unsupported } from './errors.js';
import { encodeKey } from './keys.js';
import { addWide, parseDecimal, toDouble } from './numbers.js';
import type { Row } from './pipeline.js';

/** Reads a value from a document; undefined when the field is missing. */
type Expression = (row: Row) => Value | undefined;

interface Accumulator {
  add(value: Value | undefined): void;
  result(): Value;
}

function fieldValue(
  value: Value | undefined,
  parts: readonly string[],
  depth: number,
): Value | undefined {
  if (depth === parts.length) return value;
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const inner = fieldValue(item, parts, depth);
      return inner === undefined ? [] : [inner];
    });
  }
  return isDoc(value) ? fieldValue(value.get(parts[depth] ?? ''), parts, depth + 1) : undefined;
}

function compileExpression(operand: Value): Expression {
  if (typeof operand === 'string' && operand.startsWith('$')) {
    if (operand.startsWith('$$')) throw unsupported(`the variable ${operand}`);
    const parts = operand.slice(1).split('.');
    return (row) => fieldValue(row.doc, parts, 0);
  }
  if (Array.isArray(operand)) throw unsupported('an array expression');
  if (!isDoc(operand)) return () => operand;
  const [first] = operand.keys();
  if (first?.startsWith('$')) throw unsupported(`expression operator ${first}`);
  const fields = [...operand].map(([name, value]) => [name, compileExpression(value)] as const);
  return (row) => {
    const result: Doc = new Map();
    for (const [name, read] of fields) {
      const value = read(row);
      if (value !== undefined) result.set(name, value);
    }
    return result;
  };
}

function sum(): Accumulator {
  let total: Numeric = new Int32(0);
  return {
    add: (value) => {
      if (isNumeric(value)) total = addWide(total, value);
    },
    result: () => total,
  };
}

function average(): Accumulator {
  let total: Numeric = new Int32(0);
  let count = 0;
  return {
    add: (value) => {
      if (!isNumeric(value)) return;
      total = addWide(total, value);
      count++;
    },
    result: () => {
      if (count === 0) return null;
      return total instanceof Decimal128
        ? divideDecimal(total, count)
        : new Double(toDouble(total) / count);
    },
  };
}

function divideDecimal(total: Decimal128, count: number): Decimal128 {
  const exact = parseDecimal(total);
  if (!exact) return total;
  const digits = 34;
  const scaled = (exact.coefficient * 10n ** BigInt(digits)) / BigInt(count);
  const text = scaled.toString();
  const excess = Math.max(text.replace('-', '').length - digits, 0);
  const kept = (scaled / 10n ** BigInt(excess)).toString().replace(/(\d)0+$/, '$1');
  const dropped = (scaled / 10n ** BigInt(excess)).toString().length - kept.length;
  return Decimal128.fromString(`${kept}E${exact.exponent - digits + excess + dropped}`);
}

function extreme(sign: 1 | -1): Accumulator {
  let best: Value | undefined;
  return {
    add: (value) => {
      if (value === undefined || value === null) return;
      if (best === undefined || compareValues(value, best) * sign > 0) best = value;
    },
    result: () => best ?? null,
  };
}

function first(): Accumulator {
  let kept: { value: Value } | undefined;
  return {
    add: (value) => void (kept ??= { value: value ?? null }),
    result: () => kept?.value ?? null,
  };
}

function last(): Accumulator {
  let kept: Value = null;
  return { add: (value) => void (kept = value ?? null), result: () => kept };
}

function push(): Accumulator {
  const values: Value[] = [];
  return {
    add: (value) => {
      if (value !== undefined) values.push(value);
    },
    result: () => values,
  };
}

function counter(): Accumulator {
  let n = 0;
  return {
    add: () => void n++,
    result: () => (n < 2 ** 31 ? new Int32(n) : Long.fromNumber(n)),
  };
}

const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: sum,
  $avg: average,
  $min: () => extreme(-1),
  $max: () => extreme(1),
  $first: first,
  $last: last,
  $push: push,
  $count: counter,
};

/** Accumulators this store accepts, for its documentation test. */
export const GROUP_ACCUMULATORS: readonly string[] = Object.keys(ACCUMULATORS);

interface Field {
  readonly name: string;
  readonly create: () => Accumulator;
  readonly read: Expression;
}

function compileField(name: string, spec: Value): Field {
  const entries = isDoc(spec) ? [...spec] : [];
  const [entry] = entries;
  if (!entry || entries.length !== 1) {
    throw new StoreError('Location40234', `The field '${name}' must be an accumulator object`);
  }
  const [operator, operand] = entry;
  const create = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined;
  if (!create) throw unsupported(`accumulator ${operator}`);
  return { name, create, read: operator === '$count' ? () => null : compileExpression(operand) };
}

const GROUPS_MAX = 1_000_000;

/** Compiles a `$group` stage into its state, to be started for each run. */
export function compileGroup(operand: Value): () => { add(row: Row): void; finish(): Row[] } {
  if (!isDoc(operand))
    throw new StoreError('Location15947', "a group's fields must be specified in an object");
  const idSpec = operand.get('_id');
  if (idSpec === undefined)
    throw new StoreError('Location15955', 'a group specification must include an _id');
  const constant = !isDoc(idSpec) && !(typeof idSpec === 'string' && idSpec.startsWith('$'));
  const readId = compileExpression(idSpec);
  const fields = [...operand]
    .filter(([name]) => name !== '_id')
    .map(([name, spec]) => compileField(name, spec));
  return () => {
    const groups = new Map<string, { id: Value; cells: Accumulator[] }>();
    return {
      add: (row) => {
        const id = readId(row) ?? null;
        const key = constant ? '' : encodeKey(id).toString('latin1');
        let group = groups.get(key);
        if (!group) {
          group = { id, cells: fields.map((field) => field.create()) };
          groups.set(key, group);
          if (groups.size > GROUPS_MAX) {
            throw new StoreError(
              'QueryExceededMemoryLimitNoDiskUseAllowed',
              '$group has too many groups',
            );
          }
        }
        for (const [i, field] of fields.entries()) group.cells[i]?.add(field.read(row));
      },
      finish: () =>
        [...groups.values()].map(({ id, cells }) => ({
          doc: new Map<string, Value>([
            ['_id', id],
            ...fields.map(({ name }, i): [string, Value] => [name, cells[i]?.result() ?? null]),
          ]),
        })),
    };
  };
}
