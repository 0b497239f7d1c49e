/** Reads the contract at boot and brings its operations into the shape that the binder works with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../project-folder.js';

/** A JSON Schema; only Ajv looks inside. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Where a parameter stands. */
export type ParameterPlace = 'path' | 'query' | 'header';

interface Reference {
  readonly $ref: string;
}

interface ParameterObject {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

type MediaObject = Readonly<Record<string, { readonly schema: JsonSchema }>>;

interface OperationObject {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly (ParameterObject | Reference)[];
  readonly requestBody?: { readonly required?: boolean; readonly content: MediaObject } | Reference;
  readonly responses: Readonly<Record<string, { readonly content?: MediaObject } | Reference>>;
}

type PathItem = Readonly<Record<string, unknown>> & {
  readonly parameters?: readonly (ParameterObject | Reference)[];
};

/** The part of an OpenAPI document that is read at boot. Its form is checked by the lint when files are generated. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly security?: OperationObject['security'];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly [section: string]: unknown;
  };
}

/** One operation, with every reference but those inside schemas followed. */
export interface Operation {
  readonly id: string;
  readonly tag: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';
  /** Path in the router's notation: `/clusters/:clusterId`. */
  readonly url: string;
  readonly parameters: readonly ParameterObject[];
  /** Schema of the body by media type. */
  readonly body: { readonly required: boolean; readonly media: MediaObject } | undefined;
  /** By status (`200`, `4XX`, `default`): schema by media type; none for an answer without content. */
  readonly responses: ReadonlyMap<string, MediaObject>;
  /** Security schemes of which one must be satisfied, each with the permissions that it needs; empty for open operations. */
  readonly schemes: ReadonlyMap<string, readonly string[]>;
}

/** The contract as the server uses it. */
export interface Contract {
  /** `openapi.yaml` as it was written. */
  readonly text: string;
  readonly document: OpenApiDocument;
  readonly operations: readonly Operation[];
}

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;

const follow = <T>(document: OpenApiDocument, node: T | Reference): T => {
  if (typeof node !== 'object' || node === null || !('$ref' in node)) return node;
  let target: unknown = document;
  for (const part of node.$ref.slice(2).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    target = (target as Readonly<Record<string, unknown>> | undefined)?.[key];
  }
  if (target === undefined) throw new Error(`the contract refers to nothing: ${node.$ref}`);
  return follow(document, target as T | Reference);
};

const schemesOf = (
  document: OpenApiDocument,
  operation: OperationObject,
): ReadonlyMap<string, readonly string[]> =>
  new Map(
    (operation.security ?? document.security ?? []).map((alternative) => {
      const [scheme, ...more] = Object.entries(alternative);
      if (scheme === undefined || more.length > 0) {
        throw new Error(`${operation.operationId}: each alternative of security needs one scheme`);
      }
      return scheme;
    }),
  );

const operationOf = (
  document: OpenApiDocument,
  path: string,
  item: PathItem,
  method: (typeof methods)[number],
): Operation => {
  const source = item[method] as OperationObject;
  const parameters = [...(item.parameters ?? []), ...(source.parameters ?? [])];
  const body = source.requestBody && follow(document, source.requestBody);
  const responses = Object.entries(source.responses).map(
    ([status, response]) => [status, follow(document, response).content ?? {}] as const,
  );
  return {
    id: source.operationId,
    tag: source.tags[0] ?? '',
    method: method.toUpperCase() as Operation['method'],
    url: path.replace(/\{([^}]+)\}/g, ':$1'),
    parameters: parameters.map((parameter) => follow(document, parameter)),
    body: body && { required: body.required ?? false, media: body.content },
    responses: new Map(responses),
    schemes: schemesOf(document, source),
  };
};

/** The contract that a document makes. */
export const contractOf = (document: OpenApiDocument, text: string): Contract => ({
  text,
  document,
  operations: Object.entries(document.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method] !== undefined)
      .map((method) => operationOf(document, path, item, method)),
  ),
});

/** Reads the contract of this project, in the form that `make generate` left: JSON is read far faster than YAML. */
export const loadContract = (folder: string = projectFolder()): Contract => {
  const text = readFileSync(join(folder, 'openapi.yaml'), 'utf8');
  const json = readFileSync(join(folder, 'generated', 'openapi.json'), 'utf8');
  return contractOf(JSON.parse(json) as OpenApiDocument, text);
};

/** Names of the fields that carry secrets (`x-sensitive` in the contract), for redaction in logs. */
export const sensitiveFields = (contract: Contract): string[] => {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, child] of Object.entries(node)) {
      if ((child as { 'x-sensitive'?: boolean } | null)?.['x-sensitive'] === true) names.add(name);
      visit(child);
    }
  };
  visit(contract.document.components.schemas);
  return [...names];
};
