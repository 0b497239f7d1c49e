import { describe, expect, it } from 'vitest';
import { currentHalf, incomingHalf } from '../../../src/domain/instance/instance.js';
import { aCluster, aDescriptor, anOperation, aService, id } from '../../support/builders.js';
import { PureWorld } from '../../support/pure-world.js';

const c1 = aCluster();
const c2 = aCluster({ id: id(0xc2), name: 'c2', location: 'hamburg' });
const only = <T>(items: readonly T[]): T => {
  if (items.length !== 1 || items[0] === undefined)
    throw new Error(`${items.length} items, not one`);
  return items[0];
};

/** A service that runs on both clusters, and its world. */
function running(replicas: number, clusters = [c1, c2]): PureWorld {
  const world = new PureWorld(aService({ replicas }), clusters);
  world.settle();
  return world;
}

const migration = (world: PureWorld, to: object, timeoutMs = 60_000) =>
  anOperation({
    kind: 'migrate',
    migration: { to, instanceIds: world.live.map((each) => each.id), timeoutMs, outcomes: [] },
  });

describe('deploying', () => {
  it('makes the instances, places them and ends the operation when all run', () => {
    const world = new PureWorld(aService({ replicas: 3 }), [c1, c2]);
    world.operations = [anOperation()];
    world.reconcile();
    expect(world.live.map((each) => each.phase)).toEqual(Array(3).fill('CLUSTER_SCHEDULED'));
    expect(world.operation(id(0x0f))).toMatchObject({ state: 'running', done: 0, total: 3 });
    world.settle();
    expect(world.service).toMatchObject({ phase: 'RUNNING', phaseCounts: { RUNNING: 3 } });
    expect(world.operation(id(0x0f))).toMatchObject({ state: 'succeeded', done: 3, total: 3 });
  });

  it('keeps the verdict beside REQUESTED and places as soon as there is room (P1)', () => {
    const world = new PureWorld(aService(), []);
    world.operations = [anOperation()];
    world.settle();
    expect(only(world.live)).toMatchObject({
      phase: 'REQUESTED',
      reason: 'NoActiveClusterWithCapacity',
    });
    expect(world.operation(id(0x0f)).reason).toContain('NoActiveClusterWithCapacity');
    world.clusters.set(c1.id, c1);
    world.settle();
    expect(only(world.live)).toMatchObject({ phase: 'RUNNING', reason: undefined });
  });

  it('fails the operation when an instance has ended for good', () => {
    const world = new PureWorld(aService({ descriptor: aDescriptor({ restart: 'never' }) }), [c1]);
    world.operations = [anOperation()];
    world.reconcile();
    world.report(only(world.live).id, c1.id, 1, 'DEAD');
    world.reconcile();
    expect(world.operation(id(0x0f))).toMatchObject({ state: 'failed' });
    expect(world.service.phase).toBe('DEAD');
  });

  it('waits longer with each refusal of a cluster', () => {
    const world = new PureWorld(aService(), [c1]);
    const waits: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      world.reconcile();
      const instance = only(world.live);
      world.report(instance.id, c1.id, instance.lastGeneration, 'UNDEPLOYED');
      world.reconcile();
      const { notBefore = 0, phase } = only(world.live);
      expect(phase).toBe('REQUESTED');
      waits.push(notBefore - world.now);
      world.now = notBefore;
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
  });
});

describe('scaling', () => {
  it('stops what does not run first, then the highest ordinals', () => {
    const world = running(4);
    const [first] = world.live;
    if (first) world.report(first.id, currentHalf(first)?.clusterId ?? '', 1, 'FAILED');
    world.service = { ...world.service, replicas: 2 };
    world.settle();
    expect(world.live.map((each) => each.ordinal).sort()).toEqual([1, 2]);
  });

  it('gives back what it had reserved', () => {
    const world = running(4);
    world.service = { ...world.service, replicas: 0 };
    world.settle();
    expect(world.live).toEqual([]);
    for (const cluster of world.clusters.values())
      expect(cluster.reserved).toEqual({ cpuMillicores: 0, memoryMiB: 0, gpus: 0 });
  });

  it('uses the lowest free ordinals again', () => {
    const world = running(3);
    world.service = { ...world.service, replicas: 1 };
    world.settle();
    world.service = { ...world.service, replicas: 3 };
    world.settle();
    expect(world.live.map((each) => each.ordinal).sort()).toEqual([0, 1, 2]);
  });
});

describe('migrating (P7)', () => {
  it('stops the source only after the target runs', () => {
    const world = running(1, [c1]);
    world.clusters.set(c2.id, c2);
    world.operations = [migration(world, { cluster: 'c2' })];
    world.reconcile();
    const moving = only(world.live);
    expect(currentHalf(moving)).toMatchObject({ clusterName: 'c1', action: 'run' });
    expect(incomingHalf(moving)).toMatchObject({ clusterName: 'c2', action: 'run' });
    world.report(moving.id, c2.id, 2, 'CREATING');
    world.reconcile();
    expect(currentHalf(only(world.live))).toMatchObject({ clusterName: 'c1', action: 'run' });
    world.report(moving.id, c2.id, 2, 'RUNNING');
    world.reconcile();
    expect(only(world.live).halves).toMatchObject([
      { clusterName: 'c1', role: 'retiring', action: 'stop' },
      { clusterName: 'c2', role: 'current', action: 'run' },
    ]);
    world.settle();
    expect(only(world.live).halves).toHaveLength(1);
    expect(world.operation(id(0x0f)).state).toBe('succeeded');
  });

  it.each([
    [
      'dies',
      (world: PureWorld) => {
        world.report(only(world.live).id, c2.id, 2, 'DEAD');
      },
      'ended at c2',
    ],
    [
      'is refused',
      (world: PureWorld) => {
        world.report(only(world.live).id, c2.id, 2, 'UNDEPLOYED');
      },
      'c2 did not keep it',
    ],
    [
      'takes too long',
      (world: PureWorld) => {
        world.now += 60_000;
      },
      'did not run in time',
    ],
  ])('leaves the source running when the target %s, and says why', (_, fail, reason) => {
    const world = running(1, [c1]);
    world.clusters.set(c2.id, c2);
    world.operations = [migration(world, { cluster: 'c2' })];
    world.reconcile();
    fail(world);
    world.reconcile();
    expect(currentHalf(only(world.live))).toMatchObject({
      clusterName: 'c1',
      action: 'run',
      phase: 'RUNNING',
    });
    expect(world.operation(id(0x0f))).toMatchObject({ state: 'failed' });
    expect(world.operation(id(0x0f)).reason).toContain(reason);
    world.settle();
    expect(only(world.live).halves).toHaveLength(1);
  });

  it('fails at once when no cluster there can take it', () => {
    const world = running(1, [c1]);
    world.clusters.set(c2.id, { ...c2, liveness: 'inactive' });
    world.operations = [migration(world, { location: 'hamburg' })];
    world.settle();
    expect(world.operation(id(0x0f)).reason).toContain('TargetClusterNotActive');
    expect(currentHalf(only(world.live))?.clusterName).toBe('c1');
  });

  it('moves within a cluster to another worker', () => {
    const world = new PureWorld(
      aService({ descriptor: aDescriptor({ placement: { worker: 'w1' } }) }),
      [{ ...c1, addedWorkers: ['w1', 'w2'] }],
    );
    world.settle();
    world.operations = [migration(world, { worker: 'w2' })];
    world.settle();
    expect(only(world.live).halves).toMatchObject([
      { generation: 2, worker: 'w2', role: 'current' },
    ]);
  });
});

describe('updating', () => {
  it('replaces a quarter at a time, each running before the old one stops', () => {
    const world = running(8);
    world.service = {
      ...world.service,
      revision: 2,
      descriptor: aDescriptor({ command: ['new'] }),
    };
    world.operations = [anOperation({ kind: 'update' })];
    for (let turn = 0; turn < 30; turn += 1) {
      world.reconcile();
      expect(world.live.filter((each) => incomingHalf(each)).length).toBeLessThanOrEqual(2);
      expect(world.live.filter((each) => currentHalf(each)?.phase === 'RUNNING').length).toBe(8);
      world.obey();
    }
    expect(world.live.every((each) => each.revision === 2)).toBe(true);
    expect(world.operation(id(0x0f)).state).toBe('succeeded');
  });

  it('keeps the old revision where the new one dies, and does not try it again', () => {
    const world = running(1, [c1]);
    world.service = { ...world.service, revision: 2 };
    world.operations = [anOperation({ kind: 'update' })];
    world.reconcile();
    world.report(only(world.live).id, c1.id, 2, 'DEAD');
    world.settle();
    expect(only(world.live)).toMatchObject({ revision: 1, phase: 'RUNNING', lastGeneration: 2 });
    expect(world.operation(id(0x0f)).state).toBe('failed');
  });
});

describe('evacuating', () => {
  it('moves everything off a cluster that is drained', () => {
    const world = running(6);
    world.clusters.set(c1.id, { ...(world.clusters.get(c1.id) ?? c1), lifecycle: 'draining' });
    world.settle();
    expect(world.live.map((each) => currentHalf(each)?.clusterName)).toEqual(Array(6).fill('c2'));
    expect(world.service.phaseCounts).toEqual({ RUNNING: 6 });
  });

  it('stays where it is while there is no other place', () => {
    const world = running(1, [c1]);
    world.clusters.set(c1.id, { ...(world.clusters.get(c1.id) ?? c1), lifecycle: 'draining' });
    world.settle();
    expect(only(world.live)).toMatchObject({ phase: 'RUNNING', halves: [{ clusterName: 'c1' }] });
  });

  it('waits longer after each move that failed', () => {
    const world = running(1, [c1]);
    world.clusters.set(c1.id, { ...(world.clusters.get(c1.id) ?? c1), lifecycle: 'draining' });
    world.clusters.set(c2.id, c2);
    const waits: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      world.reconcile();
      world.report(only(world.live).id, c2.id, only(world.live).lastGeneration, 'DEAD');
      world.reconcile();
      const { notBefore = 0 } = only(world.live);
      waits.push(notBefore - world.now);
      world.now = notBefore;
    }
    expect(waits).toEqual([1_000, 2_000, 4_000]);
  });

  it('is placed anew when its cluster was removed by force', () => {
    const world = running(1, [c1]);
    world.clusters.delete(c1.id);
    world.clusters.set(c2.id, c2);
    world.reconcile();
    world.now += 1_000;
    world.settle();
    expect(only(world.live).halves).toMatchObject([{ clusterName: 'c2', generation: 2 }]);
  });
});

describe('terminating (P4)', () => {
  it('waits for the clusters that are away, and ends with no instance anywhere', () => {
    const world = running(4);
    world.service = { ...world.service, lifecycle: 'terminating' };
    world.operations = [
      anOperation({ kind: 'terminate', total: 4 }),
      anOperation({ id: id(0x0e), kind: 'scale' }),
    ];
    world.reconcile();
    expect(world.operation(id(0x0e))).toMatchObject({ state: 'cancelled' });
    world.obey((instance, generation) =>
      instance.halves.some((half) => half.generation === generation && half.clusterId === c2.id),
    );
    world.reconcile();
    expect(world.service.phase).toBe('UNDEPLOYING');
    expect(world.operation(id(0x0f))).toMatchObject({ state: 'running', done: 2, total: 4 });
    world.settle();
    expect(world.live).toEqual([]);
    expect(world.service).toMatchObject({ lifecycle: 'terminated', phase: 'UNDEPLOYED' });
    expect(world.operation(id(0x0f))).toMatchObject({ state: 'succeeded', done: 4 });
  });
});

describe('a cluster that falls silent', () => {
  it('has its instances LOST after the grace time, and back when it returns', () => {
    const world = running(1, [c1]);
    const silent = world.clusters.get(c1.id) ?? c1;
    world.clusters.set(c1.id, { ...silent, liveness: 'inactive' });
    world.now += 104_999;
    world.reconcile();
    expect(only(world.live).phase).toBe('RUNNING');
    world.now += 1;
    world.reconcile();
    expect(only(world.live).phase).toBe('LOST');
    expect(only(world.live).halves).toHaveLength(1);
    world.clusters.set(c1.id, { ...silent, liveness: 'active', lastHeardAt: world.now });
    world.reconcile();
    expect(only(world.live).phase).toBe('RUNNING');
  });
});

describe('one-shot services', () => {
  it('end in COMPLETED, are not replaced, and give back what they had reserved', () => {
    const world = new PureWorld(
      aService({ descriptor: aDescriptor({ oneShot: true, restart: 'never' }) }),
      [c1],
    );
    world.operations = [anOperation()];
    world.reconcile();
    world.report(only(world.live).id, c1.id, 1, 'COMPLETED');
    world.settle();
    expect(only(world.live)).toMatchObject({ phase: 'COMPLETED', lastGeneration: 1 });
    expect(world.clusters.get(c1.id)?.reserved.cpuMillicores).toBe(0);
    expect(world.operation(id(0x0f)).state).toBe('succeeded');
  });
});
