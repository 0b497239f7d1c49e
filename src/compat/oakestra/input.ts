/** Reads what peers send. */
import { DomainError } from '../../domain/errors.js';
import { err, Refusal } from './http/encodings.js';

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const idForm = /^[0-9a-f]{24}$/i;

/** An id of 24 hexadecimal digits; nothing for any other text. */
export const idOf = (text: string | undefined): string | undefined =>
  text !== undefined && idForm.test(text) ? text.toLowerCase() : undefined;

/** @throws Refusal 400 naming the field */
export function requiredText(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string') return value;
  throw new Refusal(err(400, { message: `${name} must be a text.` }));
}

/** The work, or nothing where what it is about is not there. */
export async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DomainError && error.code.endsWith('-not-found')) return undefined;
    throw error;
  }
}

const depthMax = 40;

/**
 * Finds what cannot be kept in the database and passed on: keys that a database takes for an operator, and nesting without end.
 * Ids in Extended JSON, which clients send back as they got them, are none of it unless they would be stored (`strict`).
 *
 * @returns what is wrong, or nothing
 */
export function findUnusable(
  value: unknown,
  ids: 'strict' | 'taken' = 'taken',
): string | undefined {
  const pending = [{ node: value, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, depth } = next;
    if (typeof node !== 'object' || node === null) continue;
    if (depth > depthMax) return `it is nested deeper than ${depthMax} levels`;
    for (const [key, child] of Object.entries(node)) {
      const isId = ids === 'taken' && key === '$oid' && typeof child === 'string';
      if ((key.startsWith('$') && !isId) || key.includes('\0') || key === '__proto__')
        return `the key ${JSON.stringify(key)} is not taken`;
      pending.push({ node: child, depth: depth + 1 });
    }
  }
  return undefined;
}
