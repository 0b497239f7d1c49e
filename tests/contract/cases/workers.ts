import { expect } from 'vitest';
import { parsed, type Schemas } from '../../support/calls.js';
import type { HttpCluster } from '../../support/world.js';
import type { Case } from '../context.js';

const workersOf = ({ id }: HttpCluster): string => `/api/v1/clusters/${id}/workers`;

const counts =
  (count: number): NonNullable<Case['check']> =>
  async (answer, { world }) => {
    const counted = parsed<Schemas['WorkerCount']>(answer);
    expect(counted.count).toBe(count);
    expect((await world.cluster(counted.clusterId)).workerCount).toBe(count);
  };

export const workerCases: readonly Case[] = [
  {
    operationId: 'listWorkers',
    status: 200,
    name: 'those with a name by name, and the number of all',
    request: async ({ world }) => {
      const cluster = await world.register();
      const path = workersOf(cluster);
      await world.ask(200, { method: 'POST', path, json: { name: 'worker-2' } });
      await world.ask(200, { method: 'POST', path, json: {} });
      const capacity = { cpuCores: 4, memoryMiB: 8192, gpus: 0 };
      await world.report(cluster, [], { workers: [{ name: 'worker-1', capacity }] });
      return { path };
    },
    check: (answer) => {
      const { count, items } = parsed<Schemas['WorkerPage']>(answer);
      expect([count, items.map(({ name }) => name)]).toEqual([3, ['worker-1', 'worker-2']]);
      expect(items[0]?.capacity?.cpuCores).toBe(4);
    },
  },
  {
    operationId: 'addWorker',
    status: 200,
    name: 'without a name counts one up',
    request: async ({ world }) => ({
      ...{ method: 'POST', path: workersOf(await world.register()), json: {} },
    }),
    check: counts(1),
  },
  {
    operationId: 'addWorker',
    status: 200,
    name: 'P5 with a name counts once, however often it is added',
    request: async ({ world }) => {
      const path = workersOf(await world.register());
      await world.ask(200, { method: 'POST', path, json: { name: 'worker-1' } });
      return { method: 'POST', path, json: { name: 'worker-1' } };
    },
    check: counts(1),
  },
  {
    operationId: 'removeWorker',
    status: 200,
    name: 'without a name counts one down',
    request: async ({ world }) => {
      const path = workersOf(await world.register());
      await world.ask(200, { method: 'PUT', path: `${path}/count`, json: { count: 3 } });
      return { method: 'DELETE', path };
    },
    check: counts(2),
  },
  {
    operationId: 'removeWorker',
    status: 200,
    name: 'P5 with a name twice counts once',
    request: async ({ world }) => {
      const path = workersOf(await world.register());
      await world.ask(200, { method: 'PUT', path: `${path}/count`, json: { count: 3 } });
      await world.ask(200, { method: 'POST', path, json: { name: 'worker-1' } });
      await world.ask(200, { method: 'DELETE', path: `${path}?name=worker-1` });
      return { method: 'DELETE', path: `${path}?name=worker-1` };
    },
    check: counts(3),
  },
  {
    operationId: 'removeWorker',
    status: 409,
    name: 'P5 below zero',
    problem: { code: 'worker-count-zero' },
    request: async ({ world }) => ({ method: 'DELETE', path: workersOf(await world.register()) }),
  },
  {
    operationId: 'setWorkerCount',
    status: 200,
    name: 'to a number that holds those with a name',
    request: async ({ world }) => {
      const path = workersOf(await world.register());
      await world.ask(200, { method: 'POST', path, json: { name: 'worker-1' } });
      return { method: 'PUT', path: `${path}/count`, json: { count: 5 } };
    },
    check: counts(5),
  },
  {
    operationId: 'setWorkerCount',
    status: 400,
    name: 'to a negative number',
    problem: { code: 'validation-failed', pointers: ['#/count'] },
    request: ({ resident }) => ({
      ...{ method: 'PUT', path: `${workersOf(resident.cluster)}/count`, json: { count: -1 } },
    }),
  },
  {
    operationId: 'setWorkerCount',
    status: 409,
    name: 'below those with a name',
    problem: { code: 'worker-count-below-known' },
    request: ({ resident }) => ({
      ...{ method: 'PUT', path: `${workersOf(resident.cluster)}/count`, json: { count: 0 } },
    }),
  },
];
