/**
 * The client as users get it: packed, installed in a strict project that has nothing else, with the examples and the recipes beside it,
 * compiled, and run against what `make start` starts.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient, type SystemManagerClient } from '@system-manager/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Child } from '../../scripts/child.js';
import { MinimalAgent } from './support/minimal-agent.js';
import { readRecipes, type Recipe } from './support/recipes.js';
import { StartedSystem } from './support/started-system.js';
import { installPackages } from './support/strict-project.js';
import { eventually } from './support/waiting.js';

// Packing, installing and compiling take their time on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const recipes = await readRecipes(join(root, 'docs/recipes.md'));

let project: string;
let system: StartedSystem;
let client: SystemManagerClient;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'sm-packed-'));
  await installPackages(root, project);
  await cp(join(root, 'examples'), project, { recursive: true });
  for (const { name, text } of recipes) await writeFile(join(project, `recipe-${name}.ts`), text);
  system = await StartedSystem.start();
  client = createClient({ baseUrl: system.url, token: system.adminToken });
});

afterAll(async () => {
  await client.close();
  await system.stop();
  await rm(project, { recursive: true, force: true });
});

const compiled = (name: string): string => join(project, 'built', `${name}.js`);

/** Runs a compiled program to its end. @returns what it printed */
async function run(name: string): Promise<readonly string[]> {
  const child = new Child({
    name,
    args: [compiled(name)],
    cwd: project,
    environment: {
      ...process.env,
      SM_URL: system.url,
      SM_ADMIN_TOKEN: system.adminToken,
      SYSTEM_MANAGER_BIN: join(root, 'dist/src/main.js'),
    },
  });
  const { code } = await child.exited;
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}: ${child.tail().join('\n')}`);
  return child.tail();
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

  it('compiles the examples and the recipes under strict', async () => {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    await execute(process.execPath, [compiler, '-p', project]).catch((error: unknown) => {
      throw new Error((error as { stdout: string }).stdout);
    });
    const built = (await readdir(join(project, 'built'))).filter((name) => name.endsWith('.js'));
    const names = recipes.map(({ name }) => `recipe-${name}.js`);
    expect(built.sort()).toEqual(['minimal-agent.js', 'scheduler.js', ...names].sort());
  });
});

/** Without it nobody would know for a while that its agent has gone. */
async function removeCluster(name: string): Promise<void> {
  for await (const cluster of client.paginate('/api/v1/clusters')) {
    if (cluster.name !== name) continue;
    const params = { path: { clusterId: cluster.id }, query: { force: true } };
    const { operation } = await client.delete('/api/v1/clusters/{clusterId}', { params });
    await client.waitForOperation(operation.id);
  }
}

describe('the examples, compiled', () => {
  it('the service runs on the clusters that are there', async () => {
    const body = await readFile(join(project, 'hello.yaml'), 'utf8');
    const answer = await fetch(`${system.url}/api/v1/services`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${system.adminToken}`,
        'content-type': 'application/yaml',
      },
      body,
    });
    const { service, operation } = (await answer.json()) as {
      service: { id: string };
      operation: { id: string };
    };
    expect((await client.waitForOperation(operation.id)).state).toBe('succeeded');
    const path = { serviceId: service.id };
    await client.delete('/api/v1/services/{serviceId}', { params: { path } });
  });

  it('the agent runs an instance, and stops it', async () => {
    const agent = await MinimalAgent.create('packed', system, compiled('minimal-agent'));
    try {
      await agent.start();
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
      await removeCluster('packed');
    }
  });

  it('the scheduler decides where an instance goes', async () => {
    const scheduler = new Child({
      name: 'scheduler',
      args: [compiled('scheduler')],
      environment: {
        ...process.env,
        SM_URL: system.url,
        SM_SCHEDULER_TOKEN: system.schedulerToken,
      },
    });
    try {
      const params = { path: { schedulerName: 'roomiest' } };
      await eventually('it answers', async () => {
        const { items } = await client.get('/api/v1/schedulers');
        return items.some(({ name, available }) => name === 'roomiest' && available);
      });
      const asked = await client.post('/api/v1/schedulers/{schedulerName}/test', { params });
      expect(asked).toMatchObject({ answered: true, verdict: 'PLACED' });
    } finally {
      await scheduler.stop();
    }
  });
});

/** What each recipe prints; one for each, in the order of the page. */
const printed: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  deploy: ['recipe-deploy runs, 2 of 2'],
  change: ['scale: succeeded', 'terminate: succeeded'],
  failures: [
    'a body that breaks the contract: 400 validation-failed',
    /#\/replicas must be >= 0/,
    'an id that nobody has: 404 service-not-found',
  ],
  once: ['the same operation: true'],
  'if-match': ['gold blue'],
  pages: [/\blocal-a local-b\b/],
  plan: ['0 PLACED local-b', 'local-b fits', /^local-a location: /],
  follow: ['no gap: true'],
  cancel: ['taken back: cancelled'],
  transport: [/^contract \d/],
  'test-kit': ['succeeded told'],
};

describe('the recipes, compiled', () => {
  it('are all known here', () => {
    expect(recipes.map(({ name }) => name)).toEqual(Object.keys(printed));
  });

  it.each(recipes)('$name does what the page says', async ({ name }: Recipe) => {
    const lines = await run(`recipe-${name}`);
    for (const expected of printed[name] ?? [])
      expect(lines).toContainEqual(
        typeof expected === 'string' ? expected : expect.stringMatching(expected),
      );
  });
});
