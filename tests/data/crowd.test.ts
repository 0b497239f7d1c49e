/** Many who ask and write at the same time: what they cost, and that they do not keep each other from it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Changes } from '../../src/domain/reconcile/changes.js';
import type { StoreLead } from '../../src/store/lead.js';
import { startTestStore, type TestStore } from '../support/app.js';
import { aCluster, anInstance, aService, id } from '../support/builders.js';
import { takeLead } from '../support/lead.js';

const sent: string[] = [];
let test: TestStore;
let lead: StoreLead;

beforeAll(async () => {
  test = await startTestStore(Date.now, {
    onCommand: (name, command) => sent.push(`${name} ${String(command[name])}`),
  });
  lead = await takeLead(test.store);
});
afterAll(async () => {
  await test.close();
});

describe('finding by id', () => {
  const ids = Array.from({ length: 40 }, (_, index) => id(0x100 + index));

  beforeAll(async () => {
    for (const each of ids) await test.store.services.insert(aService({ id: each, name: each }));
  });

  it('is one command for all who ask at the same time, each of whom gets what they asked for', async () => {
    const wanted = [...ids, ...ids, id(1)];
    sent.length = 0;
    const found = await Promise.all(wanted.map((each) => test.store.services.find(each)));
    expect(found.map((service) => service?.id)).toEqual([...ids, ...ids, undefined]);
    expect(sent).toEqual(['find jobs']);
  });

  it('reads anew each time', async () => {
    const [first = ''] = ids;
    const service = await test.store.services.find(first);
    if (service === undefined) throw new Error('it is not there');
    await test.store.services.replace({ ...service, replicas: 7 });
    expect((await test.store.services.find(first))?.replicas).toBe(7);
  });

  it('sees what its own transaction has written, and nobody else does', async () => {
    const { services, transactions } = test.store;
    const own = id(0x9000);
    await transactions.transaction(async () => {
      await services.insert(aService({ id: own, name: 'own' }));
      expect(await services.find(own)).toMatchObject({ name: 'own' });
    });
    expect(await services.find(own)).toMatchObject({ name: 'own' });
  });

  it('finds many, and leaves out who is not there', async () => {
    const instances = [1, 2, 3].map((n) => anInstance({ id: id(0x300 + n), ordinal: n }));
    await lead.reconciliation.commit(changes({ createdInstances: instances }), new Map(), 1);
    const found = await test.store.instances.findMany([id(0x303), id(0x999), id(0x301)]);
    expect(found.map((instance) => instance.id)).toEqual([id(0x303), id(0x301)]);
    expect(await test.store.instances.findMany([])).toEqual([]);
  });
});

const changes = (some: Partial<Changes>): Changes => ({
  services: [],
  createdInstances: [],
  instances: [],
  operations: [],
  reservations: new Map(),
  abandoned: new Set(),
  ...some,
});

describe('a decision that reserves room at many clusters', () => {
  const clusters = Array.from({ length: 20 }, (_, index) =>
    aCluster({ id: id(0xc00 + index), name: `site-${index}`, session: 1 }),
  );

  it('is written at once, however busily they report', async () => {
    for (const cluster of clusters) await test.store.clusters.insert(cluster);
    let reporting = true;
    const report = async (clusterId: string): Promise<number> => {
      for (let sequence = 1; ; sequence += 1) {
        const heard = { session: 1, sequence, heardAt: sequence };
        expect(await test.store.clusters.observe(clusterId, heard)).toBe(true);
        if (!reporting) return sequence;
      }
    };
    const reports = Promise.all(clusters.map((cluster) => report(cluster.id)));
    const room = { cpuMillicores: 10, memoryMiB: 1, gpus: 0 };
    for (let round = 0; round < 20; round += 1) {
      const now = await test.store.clusters.all();
      const versions = new Map(now.map((each) => [each.id, each.ledgerVersion]));
      const reservations = new Map(clusters.map((each) => [each.id, room]));
      await lead.reconciliation.commit(changes({ reservations }), versions, round);
    }
    reporting = false;
    const sequences = await reports;
    const after = await test.store.clusters.all();
    expect(after.map((cluster) => cluster.reserved.cpuMillicores)).toEqual(
      clusters.map((cluster) => cluster.reserved.cpuMillicores + 200),
    );
    expect(after.map((cluster) => cluster.sequence)).toEqual(sequences);
  });
});
