import type { Event } from '@system-manager/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CrashingManager } from './crashing-manager.js';
import { WriteLedger, type Acknowledged } from './write-ledger.js';

const kills = 20;
const hands = 8;
/** Acknowledgements until the kill: from 4 on, another number each time. */
const writesBeforeKill = (round: number): number => 4 + ((round * 7) % 13);
const sharedServices = ['shared-a', 'shared-b', 'shared-c'];

let manager: CrashingManager;
let ledger: WriteLedger;
let clusterId: string;
const services = new Map<string, string>();

beforeAll(async () => {
  manager = await CrashingManager.start();
  const { client } = manager;
  const { cluster } = await client.post('/api/v1/clusters', { body: { name: 'counted' } });
  clusterId = cluster.id;
  for (const name of sharedServices) {
    const body = { name, replicas: 0, command: [name] };
    services.set(name, (await client.post('/api/v1/services', { body })).service.id);
  }
  ledger = new WriteLedger(client, { clusterId, services });
}, 60_000);

afterAll(async () => {
  await manager.close();
}, 60_000);

/** Counts whatever is listed under a path by name; a name that is there twice is a wish with two effects. */
async function namesIn(path: '/api/v1/clusters' | '/api/v1/services'): Promise<string[]> {
  const names: string[] = [];
  const init = { params: { query: { limit: 500 } } };
  for await (const { name } of manager.client.paginate(path, init)) names.push(name);
  return names.sort();
}

const namesOf = (wishes: readonly Acknowledged[]): string[] => wishes.map(({ name }) => name);

/** Everything that was acknowledged is there, once. What is still open may be there or not. */
async function expectAcknowledged(): Promise<void> {
  const { client } = manager;
  const cluster = await client.get('/api/v1/clusters/{clusterId}', {
    params: { path: { clusterId } },
  });
  const counted = ledger.of('addWorker').length;
  expect(cluster.workerCount).toBeGreaterThanOrEqual(counted);
  expect(cluster.workerCount).toBeLessThanOrEqual(counted + ledger.openCount);
  for (const [name, serviceId] of services) {
    const { replicas } = await client.get('/api/v1/services/{serviceId}', {
      params: { path: { serviceId } },
    });
    const scaled = ledger.of('scale', name).length;
    expect(replicas).toBeGreaterThanOrEqual(scaled);
    expect(replicas).toBeLessThanOrEqual(scaled + ledger.openCount);
  }
  expect(await namesIn('/api/v1/services')).toEqual(
    expect.arrayContaining(namesOf(ledger.of('deploy'))),
  );
  expect(await namesIn('/api/v1/clusters')).toEqual(
    expect.arrayContaining(namesOf(ledger.of('registerCluster'))),
  );
}

async function readHistory(): Promise<Event[]> {
  const events: Event[] = [];
  const init = { params: { query: { after: 0, limit: 500 } } };
  for await (const event of manager.client.paginate('/api/v1/events', init)) events.push(event);
  return events;
}

describe(`kill -9 during writes, ${kills} times on one data directory`, () => {
  test('P1: after each restart everything acknowledged is there', async () => {
    for (let round = 0; round < kills; round += 1) {
      let killed: Promise<void> | undefined;
      await ledger.writeUntilBroken(hands, writesBeforeKill(round), () => {
        killed = manager.kill();
      });
      await killed;
      await manager.restart();
      await expectAcknowledged();
    }
    expect(ledger.acknowledged.size).toBeGreaterThan(kills * 4);
  }, 240_000);

  test('P1: a wish without an answer, sent again with its key, takes effect once', async () => {
    await ledger.settle();
    expect(ledger.openCount).toBe(0);
    for (const [name, serviceId] of services) {
      const { replicas } = await manager.client.get('/api/v1/services/{serviceId}', {
        params: { path: { serviceId } },
      });
      expect(replicas).toBe(ledger.of('scale', name).length);
    }
    expect(await namesIn('/api/v1/services')).toEqual(
      [...sharedServices, ...namesOf(ledger.of('deploy'))].sort(),
    );
    expect(await namesIn('/api/v1/clusters')).toEqual(
      ['counted', ...namesOf(ledger.of('registerCluster'))].sort(),
    );
  }, 60_000);

  test('P5: each worker counted up counts once', async () => {
    const { count } = await manager.client.get('/api/v1/clusters/{clusterId}/workers', {
      params: { path: { clusterId } },
    });
    const acknowledged = ledger.of('addWorker');
    expect(count).toBe(acknowledged.length);
    // Each was told the number that it had made, so no number came twice.
    const told = acknowledged.map(({ id }) => Number(id)).sort((one, other) => one - other);
    expect(told).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });

  test('P6: an acknowledged wish, sent again, is answered as before and changes nothing', async () => {
    const wishes = [...ledger.acknowledged.values()];
    expect(await ledger.repeat(wishes.filter((_, index) => index % 5 === 0))).toBe(0);
    const { count } = await manager.client.get('/api/v1/clusters/{clusterId}/workers', {
      params: { path: { clusterId } },
    });
    expect(count).toBe(ledger.of('addWorker').length);
  }, 60_000);

  test('P8: the history has no gap and no duplicate, and tells each acknowledged wish once', async () => {
    const last = [...ledger.of('deploy'), ...ledger.of('scale')].at(-1);
    await expect
      .poll(async () => {
        const { items } = await manager.client.get('/api/v1/events', {
          params: { query: { after: 0, subjectId: last?.id ?? '' } },
        });
        return items.length;
      })
      .toBeGreaterThan(0);
    const events = await readHistory();
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    const subjects = (type: string): string[] =>
      events.filter((event) => event.type === type).map(({ subjectId }) => subjectId);
    const accepted = subjects('operation.accepted');
    const wished = [...ledger.of('deploy'), ...ledger.of('scale')].map(({ id }) => id);
    expect(new Set(accepted).size).toBe(accepted.length);
    // The services that all share were deployed before.
    expect(accepted).toHaveLength(wished.length + sharedServices.length);
    expect(accepted).toEqual(expect.arrayContaining(wished));
    const registered = subjects('cluster.registered');
    expect(registered.sort()).toEqual(
      [clusterId, ...ledger.of('registerCluster').map(({ id }) => id)].sort(),
    );
    expect(subjects('cluster.workersCounted')).toHaveLength(ledger.of('addWorker').length);
  }, 60_000);
});
