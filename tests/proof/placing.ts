/**
 * Shows that a scheduler in another process places everything once, however often it is killed: a real manager, clusters that
 * report over HTTP, and a process that gets SIGKILL while batches are on their way. Nobody else may decide (`wait`).
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createClient, type SystemManagerClient } from '@system-manager/client';
import type { Instance } from '../../src/domain/instance/instance.js';
import { noResources, addResources, type Resources } from '../../src/domain/resources.js';
import { adminToken, schedulerToken, startTestManager, type TestManager } from '../support/app.js';

export interface Size {
  readonly clusters: number;
  readonly services: number;
  readonly replicas: number;
  readonly kills: number;
  /** Largest batch. */
  readonly requestsMax: number;
}

export interface Proof {
  readonly instances: number;
  readonly placed: number;
  /** Instances that were ever bound more than once. */
  readonly twice: number;
  /** Clusters that hold more than they have. */
  readonly overcommitted: number;
  /** Clusters whose ledger differs from what their instances hold. */
  readonly wrongLedgers: number;
  readonly kills: number;
  readonly seconds: number;
  readonly clustersUsed: number;
  readonly standing: object;
}

const schedulerName = 'proof';
const atOnce = 16;
const program = fileURLToPath(new URL('./scheduler-process.ts', import.meta.url));

/** Does something for each number below `count`, a few at a time. */
async function forEachOf(count: number, work: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function addCluster(client: SystemManagerClient, url: string, n: number): Promise<void> {
  const { cluster, credential, session } = await client.post('/api/v1/clusters', {
    body: { name: `site-${n}` },
  });
  const own = createClient({ baseUrl: url, token: credential });
  await own.post('/api/v1/clusters/{clusterId}/reports', {
    params: { path: { clusterId: cluster.id } },
    body: {
      session,
      sequence: 1,
      instances: [],
      capacity: { cpuCores: 8, memoryMiB: 4_096, gpus: 0 },
    },
  });
  await own.close();
}

/** A scheduler process, from its start until it is killed. */
async function startScheduler(url: string, requestsMax: number): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', program, url, schedulerName, schedulerToken, String(requestsMax)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const failed = once(child, 'exit').then(() => {
    throw new Error('the scheduler has ended before it was connected');
  });
  await Promise.race([once(child.stdout, 'data'), failed]);
  failed.catch(() => undefined);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Resolves once at least so many instances are bound. */
async function placedAtLeast({ store }: TestManager, count: number): Promise<void> {
  for (;;) {
    const phases = await store.countBy('instances', 'phase');
    const all = [...phases.values()].reduce((sum, each) => sum + each, 0);
    if (all - (phases.get('REQUESTED') ?? 0) >= count) return;
    await delay(50);
  }
}

async function allInstances({ store }: TestManager): Promise<readonly Instance[]> {
  const all: Instance[] = [];
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await store.instances.list({}, { limit: 500, after });
    all.push(...page.items);
    after = page.next;
  }
  return all;
}

async function examine(manager: TestManager) {
  const instances = await allInstances(manager);
  const held = new Map<string, Resources>();
  for (const { halves } of instances)
    for (const { clusterId, resources } of halves)
      held.set(clusterId, addResources(held.get(clusterId) ?? noResources, resources));
  const clusters = await manager.store.clusters.all();
  const differs = (a: Resources, b: Resources): boolean => JSON.stringify(a) !== JSON.stringify(b);
  return {
    instances: instances.length,
    placed: instances.filter(({ halves }) => halves.length > 0).length,
    twice: instances.filter(({ halves, lastGeneration }) => halves.length > 1 || lastGeneration > 1)
      .length,
    overcommitted: clusters.filter(
      ({ reserved, capacity }) => reserved.memoryMiB > capacity.memoryMiB,
    ).length,
    wrongLedgers: clusters.filter(({ id, reserved }) =>
      differs(reserved, held.get(id) ?? noResources),
    ).length,
    clustersUsed: held.size,
  };
}

/** Runs the proof once. @param tell - called with each step */
export async function provePlacing(size: Size, tell: (step: string) => void): Promise<Proof> {
  const manager = await startTestManager({
    checkResponses: false,
    schedulerFallback: 'wait',
    defaultScheduler: schedulerName,
    // Clusters report once; how long they may be silent is not what is shown here.
    inactiveAfterMs: 3_600_000,
    lostAfterMs: 7_200_000,
  });
  const client = createClient({ baseUrl: manager.url, token: adminToken });
  let child: ChildProcess | undefined;
  try {
    await forEachOf(size.clusters, (n) => addCluster(client, manager.url, n));
    tell(`${size.clusters} clusters have reported`);
    child = await startScheduler(manager.url, size.requestsMax);
    const startedAt = performance.now();
    await forEachOf(size.services, (n) =>
      client.post('/api/v1/services', {
        body: {
          name: `service-${n}`,
          replicas: size.replicas,
          command: ['true'],
          resources: { cpuCores: 0.1, memoryMiB: 64 },
        },
      }),
    );
    const total = size.services * size.replicas;
    tell(`${size.services} services of ${size.replicas} are accepted`);
    for (let kills = 1; kills <= size.kills; kills += 1) {
      await placedAtLeast(manager, Math.floor((total * kills) / (size.kills + 1)));
      await kill(child);
      tell(`killed for the ${kills}. time`);
      child = await startScheduler(manager.url, size.requestsMax);
    }
    await placedAtLeast(manager, total);
    const seconds = (performance.now() - startedAt) / 1000;
    const { items } = await client.get('/api/v1/schedulers');
    const standing = items.find(({ name }) => name === schedulerName) ?? {};
    return { ...(await examine(manager)), kills: size.kills, seconds, standing };
  } finally {
    if (child) await kill(child);
    await client.close();
    await manager.close();
  }
}
