import { readFile } from 'node:fs/promises';
import { createTestManager, type TestManager } from '@system-manager/client/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MinimalAgent, exampleFile } from './support/minimal-agent.js';
import { eventually } from './support/waiting.js';

const program = new URL('../../dist/src/main.js', import.meta.url).pathname;
const startTimeoutMs = 60_000;
const limitMs = 120_000;

let manager: TestManager;
let agent: MinimalAgent;

beforeAll(async () => {
  manager = await createTestManager({ program, startTimeoutMs });
}, limitMs);

afterAll(() => manager.close(), limitMs);

let number = 0;

beforeEach(async () => {
  number += 1;
  agent = await MinimalAgent.create(`garage-${number}`, manager);
  await agent.start();
}, limitMs);

afterEach(() => agent.destroy(), limitMs);

async function deploy(replicas: number) {
  return manager.client.post('/api/v1/services', { body: agent.descriptor(replicas) });
}

async function ended(operationId: string): Promise<string> {
  return (await manager.client.waitForOperation(operationId, { timeoutMs: limitMs })).state;
}

async function instancesOf(serviceId: string) {
  const instances = [];
  const query = { serviceId, limit: 500 };
  for await (const instance of manager.client.paginate('/api/v1/instances', { params: { query } }))
    instances.push(instance);
  return instances;
}

const terminate = async (serviceId: string): Promise<string> => {
  const path = { serviceId };
  const { operation } = await manager.client.delete('/api/v1/services/{serviceId}', {
    params: { path },
  });
  return operation.id;
};

describe('the minimal agent', () => {
  it(
    'runs the main job in less than 60 lines: deployed, running, terminated, nothing left',
    async () => {
      const lines = (await readFile(exampleFile, 'utf8')).trimEnd().split('\n');
      expect(lines.length).toBeLessThan(60);

      const { service, operation } = await deploy(3);
      expect(await ended(operation.id)).toBe('succeeded');
      const instances = await instancesOf(service.id);
      expect(instances.map(({ phase }) => phase)).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
      expect(await agent.running()).toHaveLength(3);

      expect(await ended(await terminate(service.id))).toBe('succeeded');
      await eventually('nothing runs', async () => (await agent.running()).length === 0);
      expect(await instancesOf(service.id)).toEqual([]);
      expect(await agent.stop()).toBe(0);
    },
    limitMs,
  );

  it(
    'loses and doubles nothing when it is killed with orders in flight, again and again',
    async () => {
      const replicas = 60;
      const { service } = await deploy(0);
      const path = { serviceId: service.id };
      let inFlight = 0;
      for (const wanted of [20, 40, replicas]) {
        const before = (await agent.effects()).length;
        const { operation } = await manager.client.post('/api/v1/services/{serviceId}/scale', {
          params: { path },
          body: { replicas: wanted },
        });
        await eventually(
          'the first is started',
          async () => (await agent.effects()).length > before,
          limitMs,
        );
        await agent.kill();
        const known = await instancesOf(service.id);
        inFlight += wanted - known.filter(({ phase }) => phase === 'RUNNING').length;
        await agent.start();
        expect(await ended(operation.id)).toBe('succeeded');
      }
      expect(inFlight).toBeGreaterThan(0);

      const bound = (await instancesOf(service.id)).map(({ id, phase, halves }) => ({
        instance: `${id}-${halves[0]?.generation}`,
        phase,
      }));
      expect(bound.map(({ phase }) => phase)).toEqual(bound.map(() => 'RUNNING'));
      const started = (await agent.effects()).map(({ instance }) => instance);
      expect([...started].sort()).toEqual(bound.map(({ instance }) => instance).sort());
      expect(await agent.running()).toHaveLength(replicas);

      const operationId = await terminate(service.id);
      await eventually(
        'the first are stopped',
        async () => (await agent.running()).length < replicas,
        limitMs,
      );
      await agent.kill();
      await agent.start();
      expect(await ended(operationId)).toBe('succeeded');
      await eventually('nothing runs', async () => (await agent.running()).length === 0);
      expect(await agent.effects()).toHaveLength(replicas);
    },
    2 * limitMs,
  );
});
