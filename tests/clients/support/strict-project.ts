import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
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

/**
 * Makes an empty directory a strict TypeScript project that has the packed client, installed by npm, and the types of Node.js; nothing
 * else. Packages that the client needs come from those of this repository.
 */
export async function installPackage(root: string, project: string): Promise<void> {
  const source = join(root, 'clients/typescript');
  await execute('npm', ['pack', '--silent', '--pack-destination', project], { cwd: source });
  const [tarball = ''] = (await readdir(project)).filter((name) => name.endsWith('.tgz'));
  const needed = await dependenciesOf(root, source);
  const types = join(root, 'node_modules/@types/node');
  const local = [...needed, ...(await dependenciesOf(root, types))].map(
    ([name, place]) => [name, `file:${place}`] as const,
  );
  const manifest = {
    type: 'module',
    private: true,
    dependencies: {
      '@system-manager/client': `file:${tarball}`,
      '@types/node': `file:${types}`,
      // One of the recipes needs it by name.
      undici: `file:${needed.get('undici') ?? ''}`,
    },
    overrides: Object.fromEntries(local.filter(([name]) => name !== 'undici')),
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
