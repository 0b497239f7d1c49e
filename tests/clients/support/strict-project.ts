import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

const readManifest = async (directory: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as Manifest;

/** Where the packages lie that one needs, and those that they need, by name; the registry is not asked. */
async function dependenciesOf(root: string, directory: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const visit = async (user: string): Promise<void> => {
    const { dependencies = {} } = await readManifest(user);
    for (const name of Object.keys(dependencies)) {
      if (found.has(name)) continue;
      const places = [user, directory, root].map((place) => join(place, 'node_modules', name));
      const place = places.find((each) => existsSync(each));
      if (place === undefined) throw new Error(`${name} is not installed`);
      found.set(name, place);
      await visit(place);
    }
  };
  await visit(directory);
  return found;
}

/** Where the packages lie that one needs. */
interface Needed {
  readonly tarball: string;
  readonly dependencies: ReadonlyMap<string, string>;
}

async function pack(root: string, project: string, folder: string): Promise<Needed> {
  const source = join(root, folder);
  const args = ['pack', '--silent', '--pack-destination', project];
  const { stdout } = await execute('npm', args, { cwd: source });
  return { tarball: stdout.trim(), dependencies: await dependenciesOf(root, source) };
}

const client = '@system-manager/client';

/**
 * Makes an empty directory a strict TypeScript project that has packages of this repository, packed and installed by npm, and the types
 * of Node.js; nothing else. What they need comes from the packages of this repository.
 *
 * @param folders - of packages that use the client, which is installed in any case
 */
export async function installPackages(
  root: string,
  project: string,
  folders: Readonly<Record<string, string>> = {},
): Promise<void> {
  const all = { [client]: 'clients/typescript', ...folders };
  const types = join(root, 'node_modules/@types/node');
  const needed = new Map([...(await dependenciesOf(root, types)), ['@types/node', types] as const]);
  const packed: Record<string, string> = {};
  for (const [name, folder] of Object.entries(all)) {
    const { tarball, dependencies } = await pack(root, project, folder);
    packed[name] = `file:${tarball}`;
    for (const [each, place] of dependencies) if (each !== client) needed.set(each, place);
  }
  // One of the recipes needs undici by name.
  const direct = ['undici', '@types/node'];
  const place = (name: string): readonly [string, string] => [
    name,
    `file:${needed.get(name) ?? ''}`,
  ];
  const manifest = {
    type: 'module',
    private: true,
    dependencies: { ...packed, ...Object.fromEntries(direct.map(place)) },
    overrides: Object.fromEntries(
      [...needed.keys()].filter((name) => !direct.includes(name)).map(place),
    ),
  };
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest, null, 2));
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    ...{ target: 'ES2022', module: 'NodeNext', types: ['node'], outDir: 'built' },
  };
  await writeFile(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['*.ts'] }),
  );
  const quiet = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await execute('npm', ['install', ...quiet], { cwd: project });
}
