/** The client as users get it: packed, unpacked in a strict project that has nothing else, compiled, run. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTestManager } from '@system-manager/client/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MinimalAgent } from './support/minimal-agent.js';
import { eventually } from './support/waiting.js';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const program = join(root, 'dist/src/main.js');
const limitMs = 180_000;

let project: string;

/** Where a package lies that a part of this repository uses. */
function packageDir(name: string, user: string): string {
  const places = [join(root, user), root].map((folder) => join(folder, 'node_modules', name));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`${name} is not installed`);
  return found;
}

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'sm-packed-'));
  await execute('npm', ['pack', '--silent', '--pack-destination', project], {
    cwd: join(root, 'clients/typescript'),
  });
  const [tarball = ''] = (await readdir(project)).filter((name) => name.endsWith('.tgz'));
  const target = join(project, 'node_modules/@system-manager/client');
  await mkdir(target, { recursive: true });
  await execute('tar', ['-xzf', join(project, tarball), '--strip-components=1', '-C', target]);

  const manifest = await readFile(join(target, 'package.json'), 'utf8');
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  for (const name of Object.keys(dependencies))
    await link(name, packageDir(name, 'clients/typescript'));
  await link('@types/node', packageDir('@types/node', '.'));

  await cp(join(root, 'examples'), project, {
    recursive: true,
    filter: (path) => !/\.[a-z]+$/.test(path) || path.endsWith('.ts'),
  });
  await writeFile(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    ...{ target: 'ES2022', module: 'NodeNext', types: ['node'], outDir: 'built' },
  };
  await writeFile(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['*.ts'] }),
  );
}, limitMs);

afterAll(() => rm(project, { recursive: true, force: true }));

async function link(name: string, directory: string): Promise<void> {
  const path = join(project, 'node_modules', name);
  await mkdir(dirname(path), { recursive: true });
  await symlink(directory, path);
}

describe('the packed client', () => {
  it('has its doors and nothing but what was built', async () => {
    const target = join(project, 'node_modules/@system-manager/client');
    expect((await readdir(target)).sort()).toEqual(['README.md', 'dist', 'package.json']);
    const { exports } = JSON.parse(await readFile(join(target, 'package.json'), 'utf8')) as {
      exports: Record<string, { types: string; default: string }>;
    };
    const doors = ['.', './agent', './scheduler', './testing'];
    expect(Object.keys(exports)).toEqual(expect.arrayContaining(doors));
    for (const door of Object.values(exports))
      for (const file of [door.types, door.default])
        expect(await readFile(join(target, file), 'utf8')).not.toBe('');
  });

  it(
    'compiles the examples under strict, and the agent among them runs an instance',
    async () => {
      const compiler = packageDir('typescript', '.');
      await execute(process.execPath, [join(compiler, 'bin/tsc'), '-p', project]).catch(
        (error: unknown) => {
          throw new Error((error as { stdout: string }).stdout);
        },
      );
      const manager = await createTestManager({ program, startTimeoutMs: limitMs });
      const file = join(project, 'built/minimal-agent.js');
      const agent = await MinimalAgent.create('packed', manager, file);
      try {
        await agent.start();
        const { client } = manager;
        const { service, operation } = await client.post('/api/v1/services', {
          body: agent.descriptor(1),
        });
        expect((await client.waitForOperation(operation.id)).state).toBe('succeeded');
        expect(await agent.running()).toHaveLength(1);
        const path = { serviceId: service.id };
        const ended = await client.delete('/api/v1/services/{serviceId}', { params: { path } });
        expect((await client.waitForOperation(ended.operation.id)).state).toBe('succeeded');
        await eventually('nothing runs', async () => (await agent.running()).length === 0);
      } finally {
        await agent.destroy();
        await manager.close();
      }
    },
    limitMs,
  );
});
