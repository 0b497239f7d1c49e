/**
 * Writes TypeBox schemas for schemas of an OpenAPI 3.1 document. It knows the part of JSON Schema that our contract uses, and
 * refuses the rest by name: a keyword that is silently dropped would let through what the contract forbids.
 */

/** The keywords of JSON Schema that the generator understands. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly format?: string;
  readonly discriminator?: Discriminator;
  readonly [keyword: string]: unknown;
}

interface Discriminator {
  readonly propertyName: string;
  readonly mapping?: Readonly<Record<string, string>>;
}

/** Schemas by name, as in `components.schemas`. */
export type SchemaSet = Readonly<Record<string, SchemaNode>>;

/** Keywords that go into the generated schema as they stand. */
const copiedKeywords = [
  'title',
  'description',
  'default',
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'x-sensitive',
] as const;

/** Keywords that decide which builder is used, and so need no copy. */
const structuralKeywords = [
  '$ref',
  'type',
  'const',
  'enum',
  'oneOf',
  'anyOf',
  'allOf',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'format',
  'discriminator',
  'examples',
] as const;

const knownKeywords = new Set<string>([...copiedKeywords, ...structuralKeywords]);

/** TypeBox refuses every value of a format that nobody registered, so formats become patterns, which need no registry. */
const formatPatterns: Readonly<Record<string, string>> = {
  'date-time': '^\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([Zz]|[+-]\\d{2}:\\d{2})$',
};

/** TypeBox's own pattern for any key does not match a line break, and lets the values of such keys through unchecked. */
const anyKey = `Type.String({ pattern: '^[^]*$' })`;

const schemaPointer = '#/components/schemas/';

/** The name that a reference points to. */
export const referencedName = (pointer: string): string => {
  if (!pointer.startsWith(schemaPointer)) throw new Error(`reference outside schemas: ${pointer}`);
  return pointer.slice(schemaPointer.length);
};

const literal = (value: unknown): string => `Type.Literal(${JSON.stringify(value)})`;

const call = (builder: string, argument: string, options: string): string =>
  `Type.${builder}(${[argument, options].filter((part) => part !== '').join(', ')})`;

const optionsOf = (node: SchemaNode): string => {
  const unknown = Object.keys(node).filter((keyword) => !knownKeywords.has(keyword));
  if (unknown.length > 0) throw new Error(`keyword not supported: ${unknown.join(', ')}`);
  const options: Record<string, unknown> = {};
  for (const keyword of copiedKeywords) if (keyword in node) options[keyword] = node[keyword];
  if (node.format !== undefined) {
    const pattern = formatPatterns[node.format];
    if (pattern === undefined || 'pattern' in node) {
      throw new Error(`format not supported here: ${node.format}`);
    }
    options['pattern'] = pattern;
  }
  return Object.keys(options).length === 0 ? '' : JSON.stringify(options);
};

const record = (node: SchemaNode, options: string): string => {
  const values = node.additionalProperties ?? true;
  if (values === false) return call('Object', '{}', closed(options));
  const value = values === true ? 'Type.Unknown()' : expression(values);
  return call('Record', `${anyKey}, ${value}`, options);
};

const closed = (options: string): string =>
  options === ''
    ? '{"additionalProperties":false}'
    : `{"additionalProperties":false,${options.slice(1)}`;

const objectOf = (node: SchemaNode): string => {
  const options = optionsOf(node);
  if (node.properties === undefined) return record(node, options);
  if (typeof node.additionalProperties === 'object') {
    throw new Error('properties beside a schema in additionalProperties are not supported');
  }
  const required = new Set(node.required ?? []);
  const fields = Object.entries(node.properties).map(([name, field]) => {
    const type = expression(field);
    return `${JSON.stringify(name)}: ${required.has(name) ? type : `Type.Optional(${type})`}`;
  });
  const shape = `{ ${fields.join(', ')} }`;
  return call('Object', shape, node.additionalProperties === false ? closed(options) : options);
};

const byType = (node: SchemaNode): string => {
  if (typeof node.type === 'object') {
    return call('Union', `[${node.type.map((type) => byType({ ...node, type })).join(', ')}]`, '');
  }
  switch (node.type) {
    case 'string':
      return call('String', '', optionsOf(node));
    case 'integer':
      return call('Integer', '', optionsOf(node));
    case 'number':
      return call('Number', '', optionsOf(node));
    case 'boolean':
      return call('Boolean', '', optionsOf(node));
    case 'null':
      return call('Null', '', optionsOf(node));
    case 'array':
      return call('Array', expression(node.items ?? {}), optionsOf(node));
    case 'object':
      return objectOf(node);
    case undefined:
      return call('Unknown', '', optionsOf(node));
    default:
      throw new Error(`type not supported: ${JSON.stringify(node.type)}`);
  }
};

/** The TypeScript expression that builds one schema. */
export const expression = (node: SchemaNode): string => {
  const list = (nodes: readonly SchemaNode[]): string => `[${nodes.map(expression).join(', ')}]`;
  if (node.$ref !== undefined) return referencedName(node.$ref);
  if ('const' in node) return call('Literal', JSON.stringify(node.const), optionsOf(node));
  if (node.enum) return call('Union', `[${node.enum.map(literal).join(', ')}]`, optionsOf(node));
  const union = node.oneOf ?? node.anyOf;
  if (union) return call('Union', list(union), optionsOf(node));
  if (node.allOf) return call('Intersect', list(node.allOf), optionsOf(node));
  return byType(node);
};

const referencesOf = (node: SchemaNode): string[] => {
  const found = new Set<string>();
  JSON.stringify(node, (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string') found.add(referencedName(value));
    return key === 'discriminator' ? undefined : value;
  });
  return [...found];
};

/** The names of `roots` and of all they need, each after those it refers to. */
export const inOrder = (schemas: SchemaSet, roots: readonly string[]): string[] => {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (done.has(name)) return;
    if (path.includes(name)) throw new Error(`schemas in a circle: ${[...path, name].join(', ')}`);
    const schema = schemas[name];
    if (schema === undefined) throw new Error(`no such schema: ${name}`);
    for (const next of referencesOf(schema)) visit(next, [...path, name]);
    done.add(name);
  };
  for (const root of roots) visit(root, []);
  return [...done];
};

/** For a union told apart by a property: its branches by the value of that property, so that each can be compiled alone. */
const branchMap = (name: string, node: SchemaNode): string => {
  const mapping = node.discriminator?.mapping;
  if (mapping === undefined) return '';
  const branches = Object.entries(mapping).map(
    ([value, pointer]) => `${JSON.stringify(value)}: ${referencedName(pointer)}`,
  );
  return `export const ${name}s = { ${branches.join(', ')} } as const;\n`;
};

/** The text of a module that exports `roots` and all schemas they need, each as a TypeBox schema and as a type. */
export const typeboxModule = (schemas: SchemaSet, roots: readonly string[]): string => {
  const parts = inOrder(schemas, roots).map((name) => {
    const node = schemas[name] ?? {};
    return [
      `export const ${name} = ${expression(node)};\n`,
      `export type ${name} = Static<typeof ${name}>;\n`,
      branchMap(name, node),
    ].join('');
  });
  return `import { Type, type Static } from '@sinclair/typebox';\n\n${parts.join('\n')}`;
};
