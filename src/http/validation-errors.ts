/** Turns what Ajv says into what a caller can act on: a pointer to the field, and what is allowed there. */
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { FieldError } from '../domain/errors.js';

const errorsMax = 20;
const textMax = 300;

const cut = (text: string): string =>
  text.length > textMax ? `${text.slice(0, textMax - 1)}…` : text;

/** One segment of a JSON pointer, inside a URI fragment. */
const segment = (name: string): string => {
  // Half a surrogate pair has no encoding; the round trip replaces it.
  const text = Buffer.from(cut(name)).toString();
  return encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
};

const names = (schema: unknown): string => {
  const { properties } = (schema ?? {}) as { properties?: Record<string, unknown> };
  const known = Object.keys(properties ?? {});
  return known.length === 0 ? 'there are none' : known.join(', ');
};

const texts = (values: unknown): string =>
  Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : '';

const detailOf = (error: ErrorObject): string => {
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
      return `is not known here; known: ${names(error.parentSchema)}`;
    case 'enum':
      return `must be one of ${texts(params['allowedValues'])}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`;
    case 'type':
      return `must be of type ${String(params['type']).replaceAll(',', ' or ')}`;
    case 'pattern':
      return `must match ${String(params['pattern'])}`;
    case 'minProperties':
    case 'maxProperties':
      return `${error.message ?? ''}; known: ${names(error.parentSchema)}`;
    default:
      return error.message ?? 'is not valid';
  }
};

const pointerOf = (base: string, error: ErrorObject): string => {
  const params = error.params as Readonly<Record<string, unknown>>;
  const field = params['missingProperty'] ?? params['additionalProperty'];
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (typeof field === 'string') path.push(field);
  return [base, ...path.map(segment)].join('/');
};

/**
 * The faults of one value, at most 20.
 *
 * @param base - pointer to the value: `#`, `#/query`, …
 */
export const fieldErrors = (base: string, errors: readonly ErrorObject[]): FieldError[] =>
  errors
    .slice(0, errorsMax)
    .map((error) => ({ pointer: pointerOf(base, error), detail: cut(detailOf(error)) }));
