import { randomUUID } from 'node:crypto';
import type { SystemManagerClient } from '@system-manager/client';
import { must } from './table.js';

async function findCluster(client: SystemManagerClient, name: string) {
  const { items } = await client.get('/api/v1/clusters', { params: { query: { name } } });
  const [cluster] = items;
  must(cluster !== undefined, `there is no cluster ${name}`);
  return cluster;
}

/** Counts the workers of local-a up and down, partly at once and partly twice with one key: each wish counts once. */
export async function countWorkers(client: SystemManagerClient): Promise<string> {
  const { id: clusterId, workerCount } = await findCluster(client, 'local-a');
  const path = { clusterId };
  const up = (key: string) =>
    client.post('/api/v1/clusters/{clusterId}/workers', {
      params: { path, header: { 'Idempotency-Key': key } },
      body: {},
    });
  const down = (key: string) =>
    client.delete('/api/v1/clusters/{clusterId}/workers', {
      params: { path, header: { 'Idempotency-Key': key } },
    });
  const keys = Array.from({ length: 8 }, () => randomUUID());
  await Promise.all(keys.map(up));
  const first = await up(keys[0] ?? '');
  await expectWorkers(client, workerCount + 8);
  must(first.count <= workerCount + 8, `a repeated wish counted again: ${first.count}`);
  await Promise.all(Array.from({ length: 5 }, () => down(randomUUID())));
  await expectWorkers(client, workerCount + 3);
  return `${workerCount} +8 -5 = ${workerCount + 3}, at once; a repeated wish counts once`;
}

export async function expectWorkers(client: SystemManagerClient, expected: number): Promise<void> {
  const { workerCount } = await findCluster(client, 'local-a');
  must(workerCount === expected, `local-a has ${workerCount} workers instead of ${expected}`);
}
