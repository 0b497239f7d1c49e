/**
 * Holds answers against the contract. More strictly than the contract itself: a field that it does not declare is a fault,
 * because nobody has decided that it may be seen.
 */
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { Contract, JsonSchema } from './contract-document.js';
import { absolute, ajvFor } from './validation.js';
import { fieldErrors } from './validation-errors.js';

/** @returns what is wrong with an answer, or nothing */
export type ResponseCheck = (
  operationId: string,
  status: number,
  body: unknown,
) => string | undefined;

const closed = (schema: Record<string, unknown>): Record<string, unknown> =>
  schema['type'] === 'object' &&
  schema['properties'] !== undefined &&
  schema['additionalProperties'] === undefined
    ? { ...schema, additionalProperties: false }
    : schema;

/** The check of every answer of every operation; each is compiled when it is first needed. */
export const responseCheck = (contract: Contract): ResponseCheck => {
  const ajv = ajvFor(contract, { allErrors: true }, closed);
  const operations = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const compiled = new Map<JsonSchema, ValidateFunction>();
  const compile = (schema: JsonSchema): ValidateFunction => {
    const known = compiled.get(schema);
    if (known) return known;
    const made = ajv.compile(absolute(schema));
    compiled.set(schema, made);
    return made;
  };
  return (operationId, status, body) => {
    const media = operations.get(operationId)?.responses.get(String(status));
    if (media === undefined) return `${operationId} does not declare the status ${status}`;
    const json = media['application/json'];
    if (json === undefined) return undefined;
    // What arrives is what counts: absent instead of undefined, texts instead of dates.
    const arrived: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
    const check = compile(json.schema);
    if (check(arrived)) return undefined;
    const faults = fieldErrors('#', check.errors ?? []);
    const text = faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
    return `${operationId} ${status} breaks the contract: ${text}`;
  };
};
