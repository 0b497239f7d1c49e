import type { Operation, ServiceDescriptor } from '@system-manager/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CrashingManager, enrolmentToken } from './crashing-manager.js';
import { MemoryCluster } from './memory-cluster.js';

const descriptor = (replicas: number): ServiceDescriptor => ({
  name: 'web',
  replicas,
  command: ['web'],
});

let manager: CrashingManager;
let cluster: MemoryCluster;

beforeEach(async () => {
  manager = await CrashingManager.start();
  cluster = new MemoryCluster('munich-1');
}, 60_000);

afterEach(async () => {
  await cluster.disconnect();
  await manager.close();
}, 60_000);

const crash = async (): Promise<void> => {
  await manager.kill();
  await manager.restart();
};

const connect = (): Promise<void> => cluster.connect(manager.url, enrolmentToken);

const ends = async ({ id }: Operation): Promise<string> => {
  const { state } = await manager.client.waitForOperation(id, { timeoutMs: 20_000 });
  return state;
};

const phases = async (serviceId: string): Promise<string[]> => {
  const { items } = await manager.client.get('/api/v1/instances', {
    params: { query: { serviceId } },
  });
  return items.map(({ phase }) => phase);
};

describe('after kill -9 of the manager', () => {
  test('P1: a deployment accepted without any cluster is carried out by the first that comes', async () => {
    const { service, operation } = await manager.client.post('/api/v1/services', {
      body: descriptor(3),
    });
    await crash();
    await connect();
    expect(await ends(operation)).toBe('succeeded');
    expect(await phases(service.id)).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
    expect(new Set(cluster.started.map(({ ordinal }) => ordinal))).toEqual(new Set([0, 1, 2]));
    expect(cluster.started).toHaveLength(3);
  }, 90_000);

  test('P1: a scaling accepted while the cluster is away is carried out on its return', async () => {
    await connect();
    const { service, operation } = await manager.client.post('/api/v1/services', {
      body: descriptor(1),
    });
    expect(await ends(operation)).toBe('succeeded');
    await cluster.disconnect();
    const scaled = await manager.client.post('/api/v1/services/{serviceId}/scale', {
      params: { path: { serviceId: service.id } },
      body: { replicas: 2 },
    });
    await crash();
    await connect();
    expect(await ends(scaled.operation)).toBe('succeeded');
    expect(await phases(service.id)).toEqual(['RUNNING', 'RUNNING']);
    // The first one goes on; it is not started a second time.
    expect(cluster.started.map(({ ordinal }) => ordinal)).toEqual([0, 1]);
  }, 90_000);

  test('P4: a service terminated while its cluster is away is stopped on its return', async () => {
    await connect();
    const { service, operation } = await manager.client.post('/api/v1/services', {
      body: descriptor(2),
    });
    expect(await ends(operation)).toBe('succeeded');
    await cluster.disconnect();
    const terminated = await manager.client.delete('/api/v1/services/{serviceId}', {
      params: { path: { serviceId: service.id } },
    });
    expect(terminated.operation.state).toBe('running');
    await crash();
    expect(cluster.size).toBe(2);
    await connect();
    expect(await ends(terminated.operation)).toBe('succeeded');
    expect(cluster.size).toBe(0);
    expect(await phases(service.id)).toEqual([]);
  }, 90_000);
});
