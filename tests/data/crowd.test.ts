/** Many who ask and write at the same time: what they cost, and that they do not keep each other from it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/domain/cluster/cluster.js';
import type { Changes } from '../../src/domain/reconcile/changes.js';
import type { StoreLead } from '../../src/store/lead.js';
import { startTestStore, type TestStore } from '../support/app.js';
import { aCluster, aHalf, anInstance, aService, id } from '../support/builders.js';
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

describe('what is at clusters', () => {
  it('is one command for all that are asked for at the same time, and an instance that moves is at both', async () => {
    const [here, there, elsewhere] = [id(0x501), id(0x502), id(0x503)];
    const half = (clusterId: string, generation: number) => aHalf({ clusterId, generation });
    const instances = [
      anInstance({ id: id(0x511), ordinal: 11, halves: [half(here, 1)] }),
      anInstance({ id: id(0x512), ordinal: 12, halves: [half(here, 1), half(there, 2)] }),
      anInstance({ id: id(0x513), ordinal: 13, halves: [half(there, 1), half(there, 2)] }),
      anInstance({ id: id(0x514), ordinal: 14, halves: [half(here, 1)], live: false }),
    ];
    await lead.reconciliation.commit(changes({ createdInstances: instances }), new Map(), 1);
    sent.length = 0;
    const found = await Promise.all(
      [here, there, elsewhere, there].map((each) => test.store.instances.atCluster(each)),
    );
    expect(sent).toEqual(['find instances']);
    const ids = found.map((some) => some.map((instance) => instance.ordinal));
    expect(ids).toEqual([[11, 12], [12, 13], [], [12, 13]]);
  });
});

describe('reports of many clusters at the same time', () => {
  const insert = async (from: number, count: number): Promise<Cluster[]> => {
    const clusters = Array.from({ length: count }, (_, index) =>
      aCluster({ id: id(from + index), name: `c-${from + index}`, session: 1, sequence: 3 }),
    );
    for (const cluster of clusters) await test.store.clusters.insert(cluster);
    return clusters;
  };
  const aReport = { session: 1, sequence: 4, heardAt: 1_000 };

  it('are one command, and each is told whether it was written', async () => {
    const { clusters } = test.store;
    const [late, outdated, changed, ...fine] = await insert(0x600, 20);
    if (!late || !outdated || !changed) throw new Error('they are not there');
    await clusters.observe(late, { ...aReport, sequence: 5 });
    await clusters.beginSession(outdated.id, { capabilities: [] }, 1);
    await clusters.replace({ ...changed, labels: { zone: 'north' } });
    sent.length = 0;
    const written = await Promise.all(
      [late, outdated, changed, ...fine].map((each) => clusters.observe(each, aReport)),
    );
    expect(written).toEqual([false, false, true, ...fine.map(() => true)]);
    // One for all, one to see who was beaten, one for the one whose user has changed it meanwhile.
    expect(sent).toEqual(['update clusters', 'find clusters', 'update clusters']);
    const now = await clusters.find(changed.id);
    expect(now).toMatchObject({ labels: { zone: 'north' }, sequence: 4, lastHeardAt: 1_000 });
  });

  it('are written after those that are being written, together', async () => {
    const { clusters } = test.store;
    const all = await insert(0x640, 12);
    sent.length = 0;
    const first = all.slice(0, 1).map((each) => clusters.observe(each, aReport));
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    const others = all.slice(1).map((each) => clusters.observe(each, aReport));
    expect(await Promise.all([...first, ...others])).toEqual(all.map(() => true));
    expect(sent).toEqual(['update clusters', 'update clusters']);
  });
});

describe('a decision that was made before a user changed the cluster', () => {
  it('is not written', async () => {
    const cluster = aCluster({ id: id(0x700), name: 'changed' });
    await test.store.clusters.insert(cluster);
    await test.store.clusters.replace({ ...cluster, schedulable: false });
    const reservations = new Map([[cluster.id, { cpuMillicores: 10, memoryMiB: 1, gpus: 0 }]]);
    const versions = new Map([[cluster.id, cluster.ledgerVersion]]);
    await expect(
      lead.reconciliation.commit(changes({ reservations }), versions, 1),
    ).rejects.toMatchObject({ code: 'write-conflict' });
  });
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
        const before = await test.store.clusters.find(clusterId);
        expect(before && (await test.store.clusters.observe(before, heard))).toBe(true);
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
    const own = new Set(clusters.map((cluster) => cluster.id));
    const after = (await test.store.clusters.all()).filter((cluster) => own.has(cluster.id));
    expect(after.map((cluster) => cluster.reserved.cpuMillicores)).toEqual(
      clusters.map((cluster) => cluster.reserved.cpuMillicores + 200),
    );
    expect(after.map((cluster) => cluster.sequence)).toEqual(sequences);
  });
});
