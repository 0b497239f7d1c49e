/** Reads what peers send: JSON without a schema of its own, and ids in any form. */
import { refuse } from './refuse.js';

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a cluster may be called. */
export const clusterName = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$/;

const idForm = /^[0-9a-f]{24}$/i;

/** An id of 24 hexadecimal digits, as a text or as an ObjectId in Extended JSON; nothing for anything else. */
export function idOf(value: unknown): string | undefined {
  const text = isFields(value) ? (value['$oid'] ?? value['_id']) : value;
  if (isFields(text)) return idOf(text);
  return typeof text === 'string' && idForm.test(text) ? text.toLowerCase() : undefined;
}

/** @throws DomainError `validation-failed` */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return refuse('the body is not JSON');
  }
}

/** @throws DomainError `validation-failed` */
export function parseFields(body: Buffer): Fields {
  const value = parseJson(body);
  return isFields(value) ? value : refuse('the body is not a JSON object');
}

/** @throws DomainError `validation-failed` - it is absent or no text */
export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' && value !== '' && value.length <= 200
    ? value
    : refuse(`${name} must be a text`);
}

/** A number that may be written as a text. @throws DomainError `validation-failed` - it is no whole number from 0 to `max` */
export function countOf(value: unknown, name: string, max: number): number {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= max
    ? number
    : refuse(`${name} must be a whole number from 0 to ${max}`);
}

const depthMax = 40;

/**
 * Finds what cannot be kept in the database and passed on: keys that a database takes for an operator, and nesting without end.
 * Goes without recursion, since the value may be nested deeper than the stack.
 *
 * @returns what is wrong, or nothing
 */
export function findUnusable(value: unknown): string | undefined {
  const pending = [{ node: value, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, depth } = next;
    if (typeof node !== 'object' || node === null) continue;
    if (depth > depthMax) return `it is nested deeper than ${depthMax} levels`;
    for (const [key, child] of Object.entries(node)) {
      if (key.startsWith('$') || key.includes('\0') || key === '__proto__')
        return `the key ${JSON.stringify(key)} is not taken`;
      pending.push({ node: child, depth: depth + 1 });
    }
  }
  return undefined;
}
