/**
 * Makes everything that follows from `openapi.yaml`. The contract is linted first; nothing is generated from a broken one.
 * With `--check` no file is changed: the run fails and names each file that is not what it would make.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { parse } from 'yaml';
import { closeEnumerations, openType } from './enumerations.js';
import { referencedName, typeboxModule, type SchemaNode } from './typebox.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const notice = 'generated from openapi.yaml, do not edit';

interface Parameter {
  readonly in: string;
  readonly schema: SchemaNode;
  required?: boolean;
}

interface Content {
  readonly content: Readonly<Record<string, { readonly schema: SchemaNode }>>;
}

interface PathItem {
  readonly parameters?: Parameter[];
  readonly [method: string]: unknown;
}

/** The part of the document that is read here; redocly has checked its form before. */
interface Contract {
  readonly paths: Record<string, PathItem>;
  readonly components: {
    readonly schemas: Record<string, SchemaNode>;
    readonly parameters: Record<string, Parameter>;
    readonly requestBodies: Record<string, Content>;
  };
}

const lint = (): void => {
  const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
  const run = spawnSync(process.execPath, [cli, 'lint', 'openapi.yaml'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' },
  });
  if (run.status === 0) return;
  // The tool frames a notice about the age of Node.js in box characters; it is not about the contract.
  const output = `${run.stdout}${run.stderr}`.split('\n').filter((line) => !/[║╔╚]/.test(line));
  throw new Error(`openapi.yaml breaks the lint rules:\n${output.join('\n').trim()}`);
};

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;

interface Operation {
  readonly operationId: string;
  readonly parameters?: Parameter[];
  readonly requestBody?: unknown;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
}

const operationsOf = (contract: Contract): Operation[] =>
  Object.values(contract.paths).flatMap((item) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [operation as Operation];
    }),
  );

const allParameters = (contract: Contract): Parameter[] => [
  ...Object.values(contract.components.parameters),
  ...Object.values(contract.paths).flatMap((item) => item.parameters ?? []),
  ...operationsOf(contract).flatMap((operation) => operation.parameters ?? []),
];

/**
 * Types for TypeScript. With `defaultsFilled` a field or parameter that has a default is always there. Enumerations that may grow, unless
 * they were closed before, take any text.
 */
const types = async (contract: Contract, defaultsFilled: boolean): Promise<string> => {
  const copy = structuredClone(contract);
  for (const schema of Object.values(copy.components.schemas)) {
    // Each branch says its own `type` as a constant; with the discriminator the tool would write it a second time.
    Reflect.deleteProperty(schema, 'discriminator');
  }
  if (defaultsFilled) {
    for (const parameter of allParameters(copy)) {
      // A reference has no schema of its own; its target is in the list too.
      if ((parameter as Partial<Parameter>).schema?.['default'] !== undefined)
        parameter.required = true;
    }
  }
  const ast = await openapiTS(copy as unknown as OpenAPI3, {
    defaultNonNullable: defaultsFilled,
    transform: openType,
  });
  return astToString(ast);
};

/** Descriptions as plain text, which editors and typedoc show without a tag: a paragraph of its own below a summary. */
const plainDescriptions = (text: string): string =>
  text
    .replaceAll(/(?<!\/\*\*)(\n *\*) @description /g, '$1$1 ')
    .replaceAll(' @description ', ' ')
    // The type says it.
    .replaceAll(/\n *\* @constant\b/g, '');

/** Who may call each operation, as a type: the names of its security schemes. */
const schemeTypes = (contract: Contract): string => {
  const lines = operationsOf(contract).map(({ operationId, security }) => {
    // The lint has checked that every operation says it.
    const names = (security ?? []).flatMap((alternative) => Object.keys(alternative));
    const type = names.length === 0 ? 'never' : names.map((name) => `"${name}"`).join(' | ');
    return `    ${operationId}: ${type};\n`;
  });
  return `/** Security schemes of which one must be satisfied. */\nexport interface OperationSchemes {\n${lines.join('')}}\n`;
};

/** Names of the schemas that arrive from outside: frames of both gateways, and request bodies. */
const incoming = (contract: Contract): string[] => {
  const names = new Set<string>();
  const add = (body: unknown): void => {
    const media = (body as Partial<Content>).content ?? {};
    for (const { schema } of Object.values(media)) {
      if (schema.$ref === undefined) throw new Error('a request body needs a schema with a name');
      names.add(referencedName(schema.$ref));
    }
  };
  Object.values(contract.components.requestBodies).forEach(add);
  for (const operation of operationsOf(contract)) {
    if (operation.requestBody !== undefined) add(operation.requestBody);
  }
  const frames = Object.keys(contract.components.schemas).filter((name) => name.endsWith('Frame'));
  return [...names, ...frames];
};

const build = async (): Promise<Map<string, string>> => {
  const source = await readFile(join(root, 'openapi.yaml'), 'utf8');
  const open = parse(source, { merge: true }) as Contract;
  const contract = closeEnumerations(open);
  const header = `// ${notice}\n`;
  const wire = `${header}${await types(contract, false)}`;
  const filled = `${header}// Types of what arrives once the defaults are filled in.\n${await types(contract, true)}${schemeTypes(contract)}`;
  const schemas = typeboxModule(contract.components.schemas, incoming(contract));
  return new Map([
    ['generated/openapi.ts', wire],
    ['generated/input.ts', filled],
    [
      'generated/openapi.json',
      `${JSON.stringify({ 'x-comment': notice, ...contract }, null, 1)}\n`,
    ],
    ['generated/schemas.ts', `${header}${schemas}`],
    [
      'clients/typescript/src/generated/openapi.ts',
      `${header}// Enumerations that may grow take any text.\n${plainDescriptions(await types(open, false))}`,
    ],
  ]);
};

const current = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(join(root, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const main = async (checkOnly: boolean): Promise<void> => {
  lint();
  const stale: string[] = [];
  for (const [file, text] of await build()) {
    if ((await current(file)) === text) continue;
    stale.push(file);
    if (checkOnly) continue;
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  if (checkOnly && stale.length > 0) {
    throw new Error(
      `stale, run \`make generate\`:\n${stale.map((file) => `  ${file}`).join('\n')}`,
    );
  }
  process.stdout.write(
    stale.length === 0
      ? 'generated files are up to date\n'
      : `${stale.map((file) => `written: ${file}`).join('\n')}\n`,
  );
};

try {
  await main(process.argv.includes('--check'));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
