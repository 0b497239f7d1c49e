/**
 * Shows that a scheduler in another process places everything once, however often it is killed: a manager in a process of its own,
 * clusters that report over HTTP, and a scheduler that gets SIGKILL while batches are on their way. Nobody else may decide (`wait`).
 * What came of it is read through the API.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  createClient,
  type Cluster,
  type Instance,
  type SystemManagerClient,
} from '@system-manager/client';
import { cleanEnvironment, freePort, startManager, type Manager } from '../../scripts/plant.js';

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
const tokens = { admin: 'proof-admin-token', scheduler: 'proof-scheduler-token' };
/** What each instance takes. */
const each = { cpuCores: 0.1, memoryMiB: 64 };
const capacity = { cpuCores: 8, memoryMiB: 4_096, gpus: 0 };
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
      capacity,
    },
  });
  await own.close();
}

/** A scheduler process, from its start until it is killed. */
async function startScheduler(url: string, requestsMax: number): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', program, url, schedulerName, tokens.scheduler, String(requestsMax)],
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
async function placedAtLeast(client: SystemManagerClient, count: number): Promise<void> {
  for (;;) {
    let placed = 0;
    for await (const { instances } of client.paginate('/api/v1/services', all))
      for (const [phase, number] of Object.entries(instances))
        if (phase !== 'REQUESTED') placed += number;
    if (placed >= count) return;
    await delay(50);
  }
}

const all = { params: { query: { limit: 500 } } };

async function toArray<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Whether the ledger of a cluster says what so many instances take. */
const isRight = ({ reserved }: Cluster, instances: number): boolean =>
  reserved.memoryMiB === instances * each.memoryMiB &&
  Math.round(Number(reserved.cpuCores) * 1_000) === Math.round(instances * each.cpuCores * 1_000);

/** Whether it was ever bound more than once. */
const isTwice = ({ halves }: Instance): boolean =>
  halves.length > 1 || halves.some(({ generation }) => generation > 1);

async function examine(client: SystemManagerClient) {
  const instances = await toArray(client.paginate('/api/v1/instances', all));
  const clusters = await toArray(client.paginate('/api/v1/clusters', all));
  const held = new Map<string, number>();
  for (const { halves } of instances)
    for (const { clusterId } of halves) held.set(clusterId, (held.get(clusterId) ?? 0) + 1);
  return {
    instances: instances.length,
    placed: instances.filter(({ halves }) => halves.length > 0).length,
    twice: instances.filter(isTwice).length,
    overcommitted: clusters.filter(({ id }) => {
      const number = held.get(id) ?? 0;
      return (
        number * each.memoryMiB > capacity.memoryMiB || number * each.cpuCores > capacity.cpuCores
      );
    }).length,
    wrongLedgers: clusters.filter((cluster) => !isRight(cluster, held.get(cluster.id) ?? 0)).length,
    clustersUsed: held.size,
  };
}

const startOwnManager = async (dataDir: string): Promise<Manager> =>
  startManager({
    port: await freePort(),
    environment: cleanEnvironment({
      SM_DATA_DIR: dataDir,
      SM_ADMIN_TOKEN: tokens.admin,
      SM_SCHEDULER_TOKEN: tokens.scheduler,
      SM_SCHEDULER: schedulerName,
      SM_SCHEDULER_FALLBACK: 'wait',
      SM_LOG_LEVEL: 'warn',
      // Clusters report once; how long they may be silent is not what is shown here.
      SM_INACTIVE_AFTER_SECONDS: '3600',
      SM_LOST_AFTER_SECONDS: '7200',
    }),
    limitMs: 120_000,
  });

/** Runs the proof once. @param tell - called with each step */
export async function provePlacing(size: Size, tell: (step: string) => void): Promise<Proof> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sm-proof-'));
  const manager = await startOwnManager(dataDir);
  const client = createClient({ baseUrl: manager.url, token: tokens.admin });
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
          resources: each,
        },
      }),
    );
    const total = size.services * size.replicas;
    tell(`${size.services} services of ${size.replicas} are accepted`);
    for (let kills = 1; kills <= size.kills; kills += 1) {
      await placedAtLeast(client, Math.floor((total * kills) / (size.kills + 1)));
      await kill(child);
      tell(`killed for the ${kills}. time`);
      child = await startScheduler(manager.url, size.requestsMax);
    }
    await placedAtLeast(client, total);
    const seconds = (performance.now() - startedAt) / 1000;
    const { items } = await client.get('/api/v1/schedulers');
    const standing = items.find(({ name }) => name === schedulerName) ?? {};
    return { ...(await examine(client)), kills: size.kills, seconds, standing };
  } finally {
    if (child) await kill(child);
    await client.close();
    await manager.child.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
