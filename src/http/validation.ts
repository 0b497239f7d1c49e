/**
 * Validates requests against the contract. Bodies are never coerced and lose nothing; only path, query and headers, which are
 * texts by nature, become numbers and booleans.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { FastifyRequest } from 'fastify';
import { DomainError, type FieldError } from '../domain/errors.js';
import type { Contract, JsonSchema, Operation, ParameterPlace } from './contract-document.js';
import { fieldErrors } from './validation-errors.js';

const contractId = 'contract';

/** A deep copy with `change` applied to each object of it, the innermost first. */
export const mapSchema = (
  node: unknown,
  change: (schema: Record<string, unknown>) => Record<string, unknown>,
): unknown => {
  if (Array.isArray(node)) return node.map((child) => mapSchema(child, change));
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, child]) => [key, mapSchema(child, change)]);
  return change(Object.fromEntries(entries) as Record<string, unknown>);
};

/** References of a schema outside the components have to name the document. */
export const absolute = (schema: JsonSchema): JsonSchema =>
  mapSchema(schema, (node) =>
    typeof node['$ref'] === 'string' && node['$ref'].startsWith('#')
      ? { ...node, $ref: `${contractId}${node['$ref']}` }
      : node,
  ) as JsonSchema;

/** How one validator differs from another. */
interface AjvMode {
  readonly coerceTypes?: boolean;
  readonly useDefaults?: boolean;
  readonly allErrors?: boolean;
  readonly strictNumbers?: boolean;
}

/** A validator that knows the schemas of the contract, each passed through `change` first. */
export const ajvFor = (
  contract: Contract,
  mode: AjvMode,
  change: (schema: Record<string, unknown>) => Record<string, unknown> = (schema) => schema,
): Ajv2020 => {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    removeAdditional: false,
    verbose: true,
    // The contract is held against the rules of its language when it is generated; here that took a start 200 ms.
    validateSchema: false,
    ...mode,
  });
  formats.default(ajv);
  // The branches of a union exclude each other by a constant; the OpenAPI keyword that says so adds nothing here.
  for (const keyword of ['components', 'x-sensitive', 'discriminator']) ajv.addKeyword(keyword);
  const schemas = mapSchema(contract.document.components.schemas, change);
  ajv.addSchema({ $id: contractId, components: { schemas } }, contractId);
  return ajv;
};

type Parameters = Readonly<Record<ParameterPlace, Readonly<Record<string, unknown>>>>;

/** The checks of one operation. Both throw `validation-failed` and name each field. */
export interface RequestValidator {
  /** @returns the declared parameters, coerced, with defaults filled in */
  parameters(request: FastifyRequest): Parameters;
  /**
   * Fills defaults into the body, in place.
   *
   * @param bytes - size of the body as it arrived
   */
  body(value: unknown, bytes: number): void;
}

const refuse = (errors: readonly FieldError[]): never => {
  const count = errors.length === 1 ? '1 field is' : `${errors.length} fields are`;
  throw new DomainError('validation-failed', `${count} wrong; see errors.`, { errors });
};

const parameterSchema = (operation: Operation, place: ParameterPlace): JsonSchema => {
  const declared = operation.parameters.filter((parameter) => parameter.in === place);
  return {
    type: 'object',
    properties: Object.fromEntries(declared.map(({ name, schema }) => [name, absolute(schema)])),
    required: declared.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
};

const given = (
  operation: Operation,
  request: FastifyRequest,
): Record<ParameterPlace, Record<string, unknown>> => {
  const header: Record<string, unknown> = {};
  for (const parameter of operation.parameters) {
    if (parameter.in !== 'header') continue;
    const value = request.headers[parameter.name.toLowerCase()];
    if (value !== undefined) header[parameter.name] = value;
  }
  return {
    path: { ...(request.params as Record<string, unknown>) },
    query: { ...(request.query as Record<string, unknown>) },
    header,
  };
};

const places = ['path', 'query', 'header'] as const;

/** Compiles when it is first asked: all schemas at once would take half of the time until the manager is ready. */
const lazily = (ajv: Ajv2020, schema: JsonSchema): (() => ValidateFunction) => {
  let compiled: ValidateFunction | undefined;
  return () => (compiled ??= ajv.compile(schema));
};

const parameterCheck = (ajv: Ajv2020, operation: Operation): RequestValidator['parameters'] => {
  const checks = places.map(
    (place) => [place, lazily(ajv, parameterSchema(operation, place))] as const,
  );
  return (request) => {
    const values = given(operation, request);
    const errors = checks.flatMap(([place, compiled]) => {
      const check = compiled();
      return check(values[place]) ? [] : fieldErrors(`#/${place}`, check.errors ?? []);
    });
    if (errors.length > 0) refuse(errors);
    return values;
  };
};

/** Up to this size all faults of a body are named. Of a larger one only the first, so that no body is walked for its faults. */
const thoroughBytesMax = 16 * 1024;

interface BodyCompilers {
  readonly fast: Ajv2020;
  readonly thorough: Ajv2020;
}

const bodyCheck = (compilers: BodyCompilers, operation: Operation): RequestValidator['body'] => {
  const { body } = operation;
  if (body === undefined) return () => undefined;
  const [schema, ...others] = Object.values(body.media).map((media) => absolute(media.schema));
  if (
    schema === undefined ||
    others.some((other) => JSON.stringify(other) !== JSON.stringify(schema))
  ) {
    throw new Error(`${operation.id}: all media types of a body need the same schema`);
  }
  const [fast, thorough] = [lazily(compilers.fast, schema), lazily(compilers.thorough, schema)];
  return (value, bytes) => {
    if (value === undefined) {
      if (body.required) refuse([{ pointer: '#', detail: 'a body is required' }]);
      return;
    }
    const check = fast();
    if (check(value)) return;
    const failed = bytes <= thoroughBytesMax ? thorough() : check;
    if (failed !== check) void failed(value);
    refuse(fieldErrors('#', failed.errors ?? []));
  };
};

/** The checks of every operation, by its id. */
export const requestValidators = (contract: Contract): Map<string, RequestValidator> => {
  const parameters = ajvFor(contract, {
    coerceTypes: true,
    useDefaults: true,
    allErrors: true,
    // Otherwise bounds are not held against a text that reads as infinity.
    strictNumbers: false,
  });
  const bodies: BodyCompilers = {
    fast: ajvFor(contract, { useDefaults: true }),
    thorough: ajvFor(contract, { allErrors: true }),
  };
  return new Map(
    contract.operations.map((operation) => [
      operation.id,
      { parameters: parameterCheck(parameters, operation), body: bodyCheck(bodies, operation) },
    ]),
  );
};
