/** Exact arithmetic and order over the four BSON number types. */
import { Decimal128, Double, Int32, Long } from 'bson';
import type { Numeric } from './bson.js';
import { StoreError } from './errors.js';

/** A finite decimal: `coefficient * 10^exponent`. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

const DIGITS_MAX = 34;
const EXPONENT_MAX = 6111;

/** The nearest double; exact for int32 and double. */
export function toDouble(value: Numeric): number {
  if (value instanceof Decimal128) return decimalToDouble(value);
  return value instanceof Long ? value.toNumber() : value.value;
}

function decimalToDouble(value: Decimal128): number {
  return Number(value.toString());
}

/** The exact finite value of a Decimal128, or undefined for NaN and the infinities. */
export function parseDecimal(value: Decimal128): Decimal | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(value.toString());
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction);
  return {
    coefficient: sign ? -digits : digits,
    exponent: Number(exponent) - fraction.length,
  };
}

/** The exact value of any finite number type as a decimal; undefined for NaN and infinities. */
export function exactDecimal(value: Numeric): Decimal | undefined {
  if (value instanceof Decimal128) return parseDecimal(value);
  if (value instanceof Long) return { coefficient: value.toBigInt(), exponent: 0 };
  const number = value.value;
  if (!Number.isFinite(number)) return undefined;
  if (Number.isInteger(number)) return { coefficient: BigInt(number), exponent: 0 };
  const { mantissa, power } = splitDouble(number);
  // m / 2^k  =  m * 5^k / 10^k
  return { coefficient: mantissa * 5n ** BigInt(-power), exponent: power };
}

function splitDouble(number: number): { mantissa: bigint; power: number } {
  let power = 0;
  let mantissa = number;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    power--;
  }
  return { mantissa: BigInt(mantissa), power };
}

const compareBig = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** Orders two finite decimals exactly. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const shift = a.exponent - b.exponent;
  if (shift >= 0) return compareBig(a.coefficient * 10n ** BigInt(shift), b.coefficient);
  return compareBig(a.coefficient, b.coefficient * 10n ** BigInt(-shift));
}

const isSafe = (value: Numeric): boolean =>
  value instanceof Int32 ||
  value instanceof Double ||
  (value instanceof Long && Number.isSafeInteger(value.toNumber()));

/** Orders two numbers of any types exactly, NaN first as MongoDB does. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const x = toDouble(a);
  const y = toDouble(b);
  if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : -1;
  if (Number.isNaN(y)) return 1;
  if ((isSafe(a) && isSafe(b)) || !Number.isFinite(x) || !Number.isFinite(y)) {
    if (x !== y) return x < y ? -1 : 1;
    if (Number.isFinite(x) || (isSafe(a) && isSafe(b))) return 0;
  }
  const exactA = exactDecimal(a);
  const exactB = exactDecimal(b);
  if (exactA && exactB) return compareDecimals(exactA, exactB);
  // An infinity against a decimal too large for a double.
  return (exactA ? 0 : Math.sign(x)) - (exactB ? 0 : Math.sign(y));
}

/** A number that is whole and fits, or undefined: for limits, sizes and positions. */
export function toInteger(value: Numeric): number | undefined {
  const number = toDouble(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

function roundedDecimal(coefficient: bigint, exponent: number): Decimal128 {
  const negative = coefficient < 0n;
  let digits = negative ? -coefficient : coefficient;
  let power = exponent;
  const excess = digits.toString().length - DIGITS_MAX;
  if (excess > 0) {
    const unit = 10n ** BigInt(excess);
    const rest = (digits % unit) * 2n;
    digits /= unit;
    power += excess;
    if (rest > unit || (rest === unit && digits % 2n === 1n)) digits += 1n;
  }
  if (power > EXPONENT_MAX + DIGITS_MAX) {
    return Decimal128.fromString(negative ? '-Infinity' : 'Infinity');
  }
  return Decimal128.fromString(`${negative ? '-' : ''}${digits}E${power}`);
}

const toDecimal128 = (value: Numeric): Decimal128 => {
  if (value instanceof Decimal128) return value;
  // A double joins decimal arithmetic with its 15 significant digits, as in MongoDB.
  if (value instanceof Double) {
    if (!Number.isFinite(value.value)) return Decimal128.fromString(String(value.value));
    return Decimal128.fromString(String(Number(value.value.toPrecision(15))));
  }
  return Decimal128.fromString(value.toString());
};

function decimalArithmetic(a: Numeric, b: Numeric, multiply: boolean): Decimal128 {
  const x = parseDecimal(toDecimal128(a));
  const y = parseDecimal(toDecimal128(b));
  if (!x || !y) {
    const result = multiply ? toDouble(a) * toDouble(b) : toDouble(a) + toDouble(b);
    return Decimal128.fromString(String(result));
  }
  if (multiply) return roundedDecimal(x.coefficient * y.coefficient, x.exponent + y.exponent);
  const exponent = Math.min(x.exponent, y.exponent);
  const scale = (d: Decimal): bigint => d.coefficient * 10n ** BigInt(d.exponent - exponent);
  return roundedDecimal(scale(x) + scale(y), exponent);
}

function arithmetic(a: Numeric, b: Numeric, multiply: boolean): Numeric | undefined {
  if (a instanceof Decimal128 || b instanceof Decimal128) return decimalArithmetic(a, b, multiply);
  if (a instanceof Double || b instanceof Double) {
    const [x, y] = [toDouble(a), toDouble(b)];
    return new Double(multiply ? x * y : x + y);
  }
  const [x, y] = [BigInt(a.toString()), BigInt(b.toString())];
  const result = multiply ? x * y : x + y;
  if (a instanceof Int32 && b instanceof Int32 && BigInt.asIntN(32, result) === result) {
    return new Int32(Number(result));
  }
  return BigInt.asIntN(64, result) === result ? Long.fromBigInt(result) : undefined;
}

function smallSum(a: Numeric, b: Numeric): Numeric | undefined {
  if (!(a instanceof Int32 && b instanceof Int32)) return undefined;
  const sum = a.value + b.value;
  return (sum | 0) === sum ? new Int32(sum) : undefined;
}

const overflow = (operator: string): StoreError =>
  new StoreError(
    'BadValue',
    `Failed to apply ${operator}: the result does not fit a 64-bit integer`,
  );

/** `a + b` in the wider type; int32 grows to int64, int64 overflow is an error (as `$inc`). */
export function add(a: Numeric, b: Numeric): Numeric {
  const result = smallSum(a, b) ?? arithmetic(a, b, false);
  if (!result) throw overflow('$inc operations');
  return result;
}

/** `a * b` in the wider type (as `$mul`). */
export function multiply(a: Numeric, b: Numeric): Numeric {
  const result = arithmetic(a, b, true);
  if (!result) throw overflow('$mul operations');
  return result;
}

/** `a + b` that turns to double instead of overflowing (as `$sum`). */
export const addWide = (a: Numeric, b: Numeric): Numeric =>
  smallSum(a, b) ?? arithmetic(a, b, false) ?? new Double(toDouble(a) + toDouble(b));
