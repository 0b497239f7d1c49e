/**
 * The part of the contract that generators of other languages make a client from. Left out is what they cannot use, or would write
 * down a dozen times: the WebSocket doors and their frames, operations that do not answer in JSON, bodies in YAML, and the failures
 * one by one, since all of them are a problem; and the addresses of the 2021 system, whose peers have clients of their own.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { closeEnumerations } from './enumerations.js';

type Node = Record<string, unknown>;

interface Operation {
  readonly tags?: readonly string[];
  requestBody?: Node;
  responses: Record<string, Node>;
}

interface Contract {
  paths: Record<string, Record<string, unknown>>;
  readonly components: Record<string, Record<string, Node>>;
  tags?: readonly { readonly name: string }[];
}

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;
const json = 'application/json';
/** Tags of operations that are for others. */
const foreignTags = new Set(['gateway', 'edgeio']);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Visits every object of the document, the inner ones first. */
const visit = (value: unknown, act: (node: Node) => void): void => {
  if (Array.isArray(value)) for (const item of value) visit(item, act);
  if (!isNode(value)) return;
  for (const inner of Object.values(value)) visit(inner, act);
  act(value);
};

const target = (contract: Contract, node: Node): Node => {
  const reference = node['$ref'];
  if (typeof reference !== 'string') return node;
  const [, , section = '', name = ''] = reference.split('/');
  return contract.components[section]?.[name] ?? {};
};

const answersInJson = (contract: Contract, { responses }: Operation): boolean =>
  Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .every(([, response]) => {
      const { content } = target(contract, response);
      return content === undefined || (isNode(content) && json in content);
    });

const withoutYaml = (contract: Contract, body: Node): void => {
  const { content } = target(contract, body);
  if (!isNode(content)) return;
  for (const type of Object.keys(content)) if (type !== json) Reflect.deleteProperty(content, type);
};

/** Successes, and one entry for all failures. */
const withoutFailures = (operation: Operation): void => {
  for (const status of Object.keys(operation.responses))
    if (/^[45]/.test(status)) Reflect.deleteProperty(operation.responses, status);
};

const trimOperations = (contract: Contract): void => {
  for (const [path, item] of Object.entries(contract.paths)) {
    for (const method of methods) {
      const operation = item[method] as Operation | undefined;
      if (operation === undefined) continue;
      const foreign = operation.tags?.some((tag) => foreignTags.has(tag)) === true;
      if (foreign || !answersInJson(contract, operation)) {
        Reflect.deleteProperty(item, method);
        continue;
      }
      withoutFailures(operation);
      if (operation.requestBody !== undefined) withoutYaml(contract, operation.requestBody);
    }
    if (!methods.some((method) => method in item)) Reflect.deleteProperty(contract.paths, path);
  }
};

/** Examples are for readers of the contract; here they would keep what nothing else needs. */
const withoutExamples = (contract: Contract): void => {
  visit(contract, (node) => {
    if (isNode(node['schema'])) Reflect.deleteProperty(node, 'examples');
  });
  Reflect.deleteProperty(contract.components, 'examples');
};

const openEnums = (contract: Contract): void => {
  visit(contract, (node) => {
    if (node['type'] !== 'string' || !Array.isArray(node['enum'])) return;
    const description = typeof node['description'] === 'string' ? `${node['description']} ` : '';
    node['description'] =
      `${description.trimEnd()} Known values: ${node['enum'].join(', ')}.`.trim();
    Reflect.deleteProperty(node, 'enum');
  });
};

const referencesIn = (value: unknown): Set<string> => {
  const found = new Set<string>();
  visit(value, (node) => {
    if (typeof node['$ref'] === 'string') found.add(node['$ref']);
  });
  return found;
};

/** Keeps only what the operations lead to. */
const prune = (contract: Contract): void => {
  const reached = referencesIn(contract.paths);
  for (const reference of reached)
    for (const inner of referencesIn(target(contract, { $ref: reference }))) reached.add(inner);
  for (const [section, entries] of Object.entries(contract.components)) {
    if (section === 'securitySchemes') continue;
    for (const name of Object.keys(entries))
      if (!reached.has(`#/components/${section}/${name}`)) Reflect.deleteProperty(entries, name);
  }
};

/**
 * That part as JSON. Generators that know `enum` alone get the values that are known today as one.
 *
 * @param options - `openEnums` turns enumerations into texts: for languages in which a value of a later version would be an error
 */
export async function portableContract(options: { readonly openEnums: boolean }): Promise<string> {
  const source = parse(await readFile(new URL('../openapi.yaml', import.meta.url), 'utf8'), {
    merge: true,
  }) as unknown;
  // What YAML shares by reference is copied, so that each place can be changed by itself.
  const contract = closeEnumerations(source) as Contract;
  // Receivers of webhooks are no clients.
  Reflect.deleteProperty(contract, 'webhooks');
  trimOperations(contract);
  withoutExamples(contract);
  if (options.openEnums) openEnums(contract);
  prune(contract);
  return `${JSON.stringify(contract, null, 2)}\n`;
}

/** Tells whether clients were made from this contract; `make clients` writes it beside them. */
export async function contractFingerprint(): Promise<string> {
  const text = await portableContract({ openEnums: false });
  return `${createHash('sha256').update(text).digest('hex')}\n`;
}
