/** Exact order and addition over the four BSON number types. */
import { Decimal128, Double, Int32, Long } from 'bson';
import type { Numeric } from './bson.js';
import { StoreError, unsupported } from './errors.js';

/** A finite decimal: `coefficient * 10^exponent`. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** The nearest double; exact for int32 and double. */
export function toDouble(value: Numeric): number {
  if (value instanceof Decimal128) return Number(value.toString());
  return value instanceof Long ? value.toNumber() : value.value;
}

/** The exact finite value of a Decimal128, or undefined for NaN and the infinities. */
function parseDecimal(value: Decimal128): Decimal | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(value.toString());
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction);
  return { coefficient: sign ? -digits : digits, exponent: Number(exponent) - fraction.length };
}

/** The exact value of any finite number as a decimal; undefined for NaN and infinities. */
export function exactDecimal(value: Numeric): Decimal | undefined {
  if (value instanceof Decimal128) return parseDecimal(value);
  if (value instanceof Long) return { coefficient: value.toBigInt(), exponent: 0 };
  let mantissa = value.value;
  if (!Number.isFinite(mantissa)) return undefined;
  let power = 0;
  for (; !Number.isInteger(mantissa); power++) mantissa *= 2;
  // m / 2^k  =  m * 5^k / 10^k
  return { coefficient: BigInt(mantissa) * 5n ** BigInt(power), exponent: -power };
}

/** Orders two finite decimals exactly. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const shift = a.exponent - b.exponent;
  const x = a.coefficient * 10n ** BigInt(Math.max(shift, 0));
  const y = b.coefficient * 10n ** BigInt(Math.max(-shift, 0));
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Whether the nearest double is the number itself. */
export const isDouble = (value: Numeric): boolean =>
  value instanceof Int32 ||
  value instanceof Double ||
  (value instanceof Long && Number.isSafeInteger(value.toNumber()));

/** Orders two numbers of any types exactly, NaN first as MongoDB does. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const [x, y] = [toDouble(a), toDouble(b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
  if (isDouble(a) && isDouble(b)) return x < y ? -1 : x > y ? 1 : 0;
  const [exactA, exactB] = [exactDecimal(a), exactDecimal(b)];
  if (exactA && exactB) return compareDecimals(exactA, exactB);
  // An infinity against anything finite, even a decimal too large for a double, or another one.
  return (exactA ? 0 : Math.sign(x)) - (exactB ? 0 : Math.sign(y));
}

/** A number that is whole and fits, or undefined: for limits and sizes. */
export function toInteger(value: Numeric): number | undefined {
  const number = toDouble(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** `a + b` in the wider type; int32 grows to int64, and int64 overflow is an error (as `$inc`). */
export function add(a: Numeric, b: Numeric): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) throw unsupported('$inc with a decimal');
  if (a instanceof Double || b instanceof Double) return new Double(toDouble(a) + toDouble(b));
  if (a instanceof Int32 && b instanceof Int32) {
    const sum = a.value + b.value;
    return (sum | 0) === sum ? new Int32(sum) : Long.fromNumber(sum);
  }
  const sum = BigInt(a.toString()) + BigInt(b.toString());
  if (BigInt.asIntN(64, sum) === sum) return Long.fromBigInt(sum);
  throw new StoreError(
    'BadValue',
    'Failed to apply $inc operations: the result does not fit a 64-bit integer',
  );
}
