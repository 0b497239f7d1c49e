/** What generators of clients rely on, beyond what the lint rules of the document hold. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ownContract } from '../../../src/http/compat.js';
import { loadContract } from '../../../src/http/contract-document.js';
import { operationIds } from './operation-ids.js';

interface Node {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: boolean | Node;
  readonly oneOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly allOf?: readonly Node[];
}

const contract = loadContract();
const { document, operations, text } = contract;
/** Compatibility surfaces refuse in the words of their peers. */
const own = new Set<string>(ownContract(contract).operations.map(({ id }) => id));
const written = parse(text, { merge: true }) as typeof document;
const schemas = document.components['schemas'] as Record<string, Node>;

const answers = operations.flatMap(({ id, responses }) =>
  [...responses].flatMap(([status, media]) =>
    Object.entries(media).map(([type, content]) => ({
      id,
      name: `${id} ${status} ${type}`,
      type,
      schema: (content as { schema: Node }).schema,
    })),
  ),
);

/** Objects with fields of their own below a schema, which a generator would have to make up a name for. */
function anonymous(node: Node, path: string): string[] {
  const below = [
    ...Object.entries(node.properties ?? {}),
    ...(node.items ? [['items', node.items] as const] : []),
    ...(typeof node.additionalProperties === 'object'
      ? [['values', node.additionalProperties] as const]
      : []),
    ...[...(node.oneOf ?? []), ...(node.anyOf ?? []), ...(node.allOf ?? [])].map(
      (each, index) => [String(index), each] as const,
    ),
  ];
  return below.flatMap(([name, each]) => [
    ...(each.properties ? [`${path}/${name}`] : []),
    ...anonymous(each, `${path}/${name}`),
  ]);
}

/** Names of the schemas that a part of the document leads to. */
function schemasUnder(part: unknown): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    const references = JSON.stringify(node ?? {}).matchAll(/"#\/components\/(\w+)\/(\w+)"/g);
    for (const [, section = '', name = ''] of references) {
      const target = (document.components[section] as Record<string, unknown> | undefined)?.[name];
      if (section === 'schemas' && found.has(name)) continue;
      if (section === 'schemas') found.add(name);
      visit(target);
    }
  };
  visit(part);
  return found;
}

/** Schemas with an enumeration that has no room for more, as the document is written. */
const closed = Object.entries(written.components['schemas'] ?? {})
  .filter(([, node]) => JSON.stringify(node).includes('"enum":'))
  .map(([name]) => name);

describe('the contract', () => {
  it('has room for more values in enumerations of what only the manager says', () => {
    const bodies = operations.map(({ body }) => body ?? {});
    const frames = ['AgentFrame', 'SchedulerFrame'].map((name) => schemas[name]);
    const saidByOthers = schemasUnder([...bodies, ...frames]);
    expect(closed.length).toBeGreaterThan(0);
    expect(closed.filter((name) => !saidByOthers.has(name))).toEqual([]);
    expect(text).toContain('x-extensible-enum');
  });

  it('has no such room in what the manager itself checks and sends', () => {
    expect(JSON.stringify(document)).not.toContain('x-extensible-enum');
    expect(schemas['Phase']?.enum).toContain('RUNNING');
  });

  it('keeps the names of its operations', () => {
    expect(operations.map(({ id }) => id).sort()).toEqual([...operationIds].sort());
  });

  it('answers with named schemas, or with texts', () => {
    const unnamed = answers.filter(
      ({ schema }) => schema.$ref === undefined && schema.type !== 'string',
    );
    expect(unnamed.map(({ name }) => name)).toEqual([]);
  });

  it('has a name for every object with fields', () => {
    expect(Object.entries(schemas).flatMap(([name, node]) => anonymous(node, name))).toEqual([]);
  });

  it('has one schema for everything that is refused', () => {
    const problems = answers.filter(({ type }) => type === 'application/problem+json');
    expect(problems.length).toBeGreaterThan(own.size);
    expect(new Set(problems.map(({ schema }) => schema.$ref))).toEqual(
      new Set(['#/components/schemas/Problem']),
    );
    const refused = answers.filter(
      ({ id, name }) => own.has(id) && / ([45]\d\d|[45]XX|default) /.test(name),
    );
    expect(refused.filter(({ type }) => type !== 'application/problem+json')).toEqual([]);
  });
});
