/** Scaling, updating, draining, removing, terminating and placing, through agents on real sockets. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../support/fake-agent.js';
import { Site, type Member } from '../support/site.js';

let site: Site;

beforeAll(async () => {
  site = await Site.start();
});

afterAll(() => site.close());

/** A new instance counts as healthy as soon as it runs. */
const atOnce = { healthySeconds: 0 };

/** Notes how many instances run at once while it obeys. */
class Counter {
  readonly running = new Set<string>();
  readonly counts: number[] = [];

  readonly obey = ({ action, instanceId, generation }: Order) => {
    const key = `${instanceId}/${generation}`;
    if (action === 'run') this.running.add(key);
    else this.running.delete(key);
    this.counts.push(this.running.size);
    return action === 'run' ? 'RUNNING' : 'UNDEPLOYED';
  };
}

/** Two obedient clusters that a service with the label can go to, and no others. */
async function pair() {
  const group = site.name('group');
  const labels = { group };
  const [a, b] = [await site.enrolObedient({ labels }), await site.enrolObedient({ labels })];
  return { a, b, placement: { labels } };
}

const ordinalsOf = async (serviceId: string) =>
  (await site.instancesOf(serviceId)).map(({ ordinal }) => ordinal).sort();

const placesOf = async (serviceId: string) =>
  (await site.instancesOf(serviceId)).map(({ clusterId }) => clusterId);

const freeAgain = (cluster: Member) =>
  site.until('nothing is reserved there', async () => {
    const { reserved } = await site.cluster(cluster.id);
    return reserved.cpuCores === 0;
  });

const oneCore = { cpuCores: 1, memoryMiB: 0, gpus: 0 };

describe('scaling', () => {
  it('down stops the highest, frees their room and ends when they are gone', async () => {
    const member = await site.enrolObedient();
    const deployed = await site.deployAt(member, { replicas: 4, resources: oneCore });
    await site.succeeded(deployed.operation);
    const { id } = deployed.service;
    const victims = (await site.instancesOf(id)).filter(({ ordinal }) => ordinal >= 1);
    await site.succeeded(await site.scale(id, 1));
    expect(await ordinalsOf(id)).toEqual([0]);
    const stopped = member.agent.orders.filter(({ action }) => action === 'stop');
    expect(new Set(stopped.map(({ instanceId }) => instanceId))).toEqual(
      new Set(victims.map((each) => each.id)),
    );
    expect((await site.cluster(member.id)).reserved.cpuCores).toBe(1);
  });

  it('up fills the lowest numbers', async () => {
    const member = await site.enrolObedient();
    const { service, operation } = await site.deployAt(member, { replicas: 2 });
    await site.succeeded(operation);
    await site.succeeded(await site.scale(service.id, 0));
    expect(await ordinalsOf(service.id)).toEqual([]);
    await site.succeeded(await site.scale(service.id, 3));
    expect(await ordinalsOf(service.id)).toEqual([0, 1, 2]);
  });
});

describe('an update', () => {
  it('replaces one after another, each new one runs before an old one stops', async () => {
    const counter = new Counter();
    const member = await site.enrolObedient({}, counter.obey);
    const placement = { cluster: member.name };
    const { service, operation } = await site.deploy({ replicas: 3, placement });
    await site.succeeded(operation);
    counter.counts.length = 0;
    const next = {
      name: service.name,
      replicas: 3,
      command: ['serve', '2'],
      placement,
      update: atOnce,
    };
    await site.succeeded(await site.update(service.id, next));
    await site.until('the old ones have gone', async () => {
      const instances = await site.instancesOf(service.id);
      return instances.every(({ halves, revision }) => halves.length === 1 && revision === 2);
    });
    expect(Math.min(...counter.counts)).toBe(3);
    expect(Math.max(...counter.counts)).toBe(4);
    const runs = member.agent.orders.filter(({ revision }) => revision === 2);
    expect(runs.map(({ descriptor }) => descriptor?.command)).toEqual(
      runs.map(() => ['serve', '2']),
    );
  });

  it('that does not run leaves the old ones running and says why', async () => {
    const member = await site.enrolObedient({}, ({ action, revision }) => {
      if (action === 'stop') return 'UNDEPLOYED';
      return revision === 1 ? 'RUNNING' : 'DEAD';
    });
    const placement = { cluster: member.name };
    const { service, operation } = await site.deploy({ replicas: 2, placement });
    await site.succeeded(operation);
    const next = { name: service.name, replicas: 2, command: ['break'], placement };
    const ended = await site.ended(await site.update(service.id, next));
    expect([ended.state, ended.reason]).toEqual([
      'failed',
      expect.stringContaining('it was killed'),
    ]);
    const instances = await site.instancesOf(service.id);
    expect(instances.map(({ phase, revision }) => [phase, revision])).toEqual([
      ['RUNNING', 1],
      ['RUNNING', 1],
    ]);
  });
});

describe('draining', () => {
  it('moves everything elsewhere, without a gap, and ends', async () => {
    const { a, b, placement } = await pair();
    const { service, operation } = await site.deploy({
      replicas: 4,
      placement,
      resources: oneCore,
      update: { healthySeconds: 1 },
    });
    await site.succeeded(operation);
    expect(new Set(await placesOf(service.id))).toEqual(new Set([a.id, b.id]));
    await site.succeeded(await site.drain(a));
    expect(await placesOf(service.id)).toEqual([b.id, b.id, b.id, b.id]);
    await freeAgain(a);
    expect((await site.cluster(b.id)).reserved.cpuCores).toBe(4);
    expect((await site.service(service.id)).instances).toEqual({ RUNNING: 4 });
  });

  it('waits, and says for what, while there is no other place; it goes on when there is one', async () => {
    const labels = { group: site.name('group') };
    const a = await site.enrolObedient({ labels });
    const { service, operation } = await site.deploy({ placement: { labels }, update: atOnce });
    await site.succeeded(operation);
    const draining = await site.drain(a);
    await site.until('the operation says why', async () => {
      const path = `/api/v1/operations/${draining.id}`;
      const { reason } = await site.ask<{ reason?: string }>(200, { path });
      return reason?.includes('NoActiveClusterWithCapacity');
    });
    expect((await site.service(service.id)).instances).toEqual({ RUNNING: 1 });
    const b = await site.enrolObedient({ labels });
    await site.succeeded(draining);
    expect(await placesOf(service.id)).toEqual([b.id]);
  });
});

describe('removing a cluster', () => {
  it('evacuates it first, then forgets it', async () => {
    const { a, b, placement } = await pair();
    const { service, operation } = await site.deploy({ replicas: 2, placement, update: atOnce });
    await site.succeeded(operation);
    await site.succeeded(await site.remove(a));
    expect(await placesOf(service.id)).toEqual([b.id, b.id]);
    expect((await site.send({ path: `/api/v1/clusters/${a.id}` })).status).toBe(404);
  });

  it('by force places its instances elsewhere', async () => {
    const { a, b, placement } = await pair();
    const { service, operation } = await site.deploy({ replicas: 2, placement });
    await site.succeeded(operation);
    await a.agent.drop();
    await site.succeeded(await site.remove(a, '?force=true'));
    await site.until('everything runs at the other', async () => {
      const instances = await site.instancesOf(service.id);
      return instances.every((each) => each.phase === 'RUNNING' && each.clusterId === b.id);
    });
  });
});

describe('terminating', () => {
  it('ends with no instance anywhere, and the room is free again (P4)', async () => {
    const { a, b, placement } = await pair();
    const { service, operation } = await site.deploy({
      replicas: 4,
      placement,
      resources: oneCore,
    });
    await site.succeeded(operation);
    await site.succeeded(await site.terminate(service.id));
    expect(await site.instancesOf(service.id)).toEqual([]);
    expect((await site.service(service.id)).phase).toBe('UNDEPLOYED');
    for (const each of [a, b]) {
      expect(await site.manager.store.instances.atCluster(each.id)).toEqual([]);
      await freeAgain(each);
    }
  });

  it('waits for the cluster that is away (P4)', async () => {
    const member = await site.enrolObedient();
    const { service, operation } = await site.deployAt(member);
    await site.succeeded(operation);
    await member.agent.drop();
    const ending = await site.terminate(service.id);
    await site.until('it is told to stop', async () => {
      const [instance] = await site.instancesOf(service.id);
      return instance?.phase === 'UNDEPLOYING';
    });
    const again = await site.rejoin(member);
    again.agent.obey();
    await site.succeeded(ending);
    expect(await site.instancesOf(service.id)).toEqual([]);
  });
});

describe('placing', () => {
  it('never exceeds the room, however many deployments race (P3)', async () => {
    const labels = { group: site.name('group') };
    const capacity = { cpuCores: 10, memoryMiB: 1_000, gpus: 0 };
    const member = await site.enrolObedient({ labels, capacity });
    const most = { cpuMillicores: 0 };
    const stop = site.manager.store.feed.onChange((change) => {
      if (change.subject === 'cluster' && change.id === member.id)
        most.cpuMillicores = Math.max(
          most.cpuMillicores,
          change.after?.reserved.cpuMillicores ?? 0,
        );
    });
    const deployed = await Promise.all(
      Array.from({ length: 20 }, () => site.deploy({ placement: { labels }, resources: oneCore })),
    );
    const instances = () =>
      Promise.all(deployed.map(async ({ service }) => (await site.instancesOf(service.id))[0]));
    const decided = await site.until('all are decided', async () => {
      const all = await instances();
      const done = all.every((each) => each?.phase === 'RUNNING' || each?.reason !== undefined);
      return done && all;
    });
    const placed = decided.filter((each) => each?.clusterId === member.id);
    const refused = decided.filter((each) => each?.clusterId === undefined);
    expect([placed.length, refused.length]).toEqual([10, 10]);
    expect(new Set(refused.map((each) => each?.reason))).toEqual(
      new Set(['NoActiveClusterWithCapacity']),
    );

    // What becomes free is given to one of those who wait.
    await site.succeeded(await site.terminate(placed[0]?.serviceId ?? ''));
    const operations = deployed.map(({ operation }) => operation);
    await site.until('the eleventh runs', async () => {
      const all = await instances();
      return all.filter((each) => each?.phase === 'RUNNING').length === 10;
    });
    expect((await site.cluster(member.id)).reserved.cpuCores).toBe(10);
    stop();
    expect(most.cpuMillicores).toBe(10_000);
    expect(operations).toHaveLength(20);
  });
});
