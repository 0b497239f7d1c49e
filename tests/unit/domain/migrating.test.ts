import { describe, expect, it } from 'vitest';
import { currentHalf, incomingHalf, type Instance } from '../../../src/domain/instance/instance.js';
import { pendingOrders } from '../../../src/domain/instance/orders.js';
import { endOperation, type Migration } from '../../../src/domain/operation/operation.js';
import { incomingPerClusterMax } from '../../../src/domain/reconcile/admission.js';
import { aCluster, anOperation, aService, id } from '../../support/builders.js';
import { PureWorld } from '../../support/pure-world.js';

const roomy = { cpuMillicores: 1_000_000, memoryMiB: 1_000_000, gpus: 0 };
const c1 = aCluster({ capacity: roomy });
const c2 = aCluster({ id: id(0xc2), name: 'c2', location: 'hamburg', capacity: roomy });

const only = (world: PureWorld): Instance => {
  const [instance, ...others] = world.live;
  if (instance === undefined || others.length > 0) throw new Error('not one instance');
  return instance;
};

/** A service that runs at c1 and begins to move to c2. */
function moving(fields: Partial<Migration> = {}, replicas = 1): PureWorld {
  const world = new PureWorld(aService({ replicas }), [c1]);
  world.settle();
  world.clusters.set(c2.id, c2);
  const migration: Migration = {
    to: { cluster: 'c2' },
    instanceIds: world.live.map((each) => each.id),
    timeoutMs: 60_000,
    outcomes: [],
    ...fields,
  };
  world.operations = [anOperation({ kind: 'migrate', migration })];
  world.reconcile();
  return world;
}

const operation = (world: PureWorld) => world.operation(id(0x0f));
const toldAt = (world: PureWorld, clusterId: string) =>
  world.live.flatMap((each) => pendingOrders(each, clusterId)).map(({ action }) => action);
const atTarget = (world: PureWorld, phase: 'RUNNING' | 'DEAD' | 'UNDEPLOYED' | 'FAILED') => {
  world.report(only(world).id, c2.id, only(world).lastGeneration, phase);
};
const atSource = (world: PureWorld, phase: 'UNDEPLOYED') => {
  world.report(only(world).id, c1.id, 1, phase);
};

describe('P7 make before break', () => {
  it('stops the source only when the target has run for a while without a break', () => {
    const world = moving({ healthyMs: 10_000 });
    atTarget(world, 'RUNNING');
    world.reconcile();
    expect(currentHalf(only(world))).toMatchObject({ clusterName: 'c1', action: 'run' });
    expect(world.wakeAt).toBe(world.now + 10_000);
    world.now += 9_999;
    atTarget(world, 'FAILED');
    atTarget(world, 'RUNNING');
    world.now += 9_999;
    world.reconcile();
    expect(currentHalf(only(world))).toMatchObject({ clusterName: 'c1', action: 'run' });
    world.now += 1;
    world.reconcile();
    expect(only(world).halves).toMatchObject([
      { clusterName: 'c1', role: 'retiring', action: 'stop' },
      { clusterName: 'c2', role: 'current', action: 'run' },
    ]);
  });

  it('leaves the source running when the target keeps failing, and says why', () => {
    const world = moving({ healthyMs: 10_000 });
    for (let round = 0; round < 13; round += 1) {
      atTarget(world, 'RUNNING');
      world.reconcile();
      world.now += 5_000;
      atTarget(world, 'FAILED');
      world.reconcile();
    }
    expect(operation(world)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('did not run in time (FAILED) at c2') as string,
    });
    expect(currentHalf(only(world))).toMatchObject({ clusterName: 'c1', action: 'run' });
  });

  it('succeeds only when the source has confirmed that it has stopped', () => {
    const world = moving();
    atTarget(world, 'RUNNING');
    world.reconcile();
    expect(operation(world).state).toBe('running');
    atSource(world, 'UNDEPLOYED');
    world.reconcile();
    expect(operation(world)).toMatchObject({ state: 'succeeded', done: 1, total: 1 });
  });

  it('fails when the source does not confirm it in time, and says so', () => {
    const world = moving();
    atTarget(world, 'RUNNING');
    world.reconcile();
    expect(world.wakeAt).toBe(world.now + 60_000);
    world.now = world.wakeAt;
    world.reconcile();
    expect(operation(world)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining(
        'it runs at c2, but c1 has not confirmed that it has stopped there',
      ) as string,
    });
  });

  it('leaves what has not moved yet where it is when it is cancelled', () => {
    const world = moving();
    world.operations = [endOperation(operation(world), 'cancelled', world.now, 'by a user')];
    world.settle();
    expect(only(world)).toMatchObject({
      phase: 'RUNNING',
      halves: [{ clusterName: 'c1', generation: 1, role: 'current', action: 'run' }],
    });
  });

  it('does not move what runs at its target but is not healthy yet when it is cancelled', () => {
    const world = moving({ healthyMs: 10_000 });
    atTarget(world, 'RUNNING');
    world.reconcile();
    world.operations = [endOperation(operation(world), 'cancelled', world.now, 'by a user')];
    world.settle();
    expect(only(world).halves).toMatchObject([{ clusterName: 'c1', generation: 1, action: 'run' }]);
  });

  it('keeps the revision of what moves while an update is paused', () => {
    const world = new PureWorld(aService(), [c1]);
    world.settle();
    world.clusters.set(c2.id, c2);
    world.service = {
      ...world.service,
      revision: 2,
      previous: [{ revision: 1, descriptor: world.service.descriptor }],
      paused: true,
    };
    const instanceIds = [only(world).id];
    const migration = { to: { cluster: 'c2' }, instanceIds, timeoutMs: 60_000, outcomes: [] };
    world.operations = [anOperation({ kind: 'migrate', migration })];
    world.settle();
    expect(only(world).halves).toMatchObject([{ clusterName: 'c2', revision: 1 }]);
  });
});

describe('P7 break before make', () => {
  const breaking = (fields: Partial<Migration> = {}) =>
    moving({ strategy: 'breakBeforeMake', ...fields });

  it('reserves room, stops the source, and only then tells the target (P2)', () => {
    const world = breaking();
    expect(world.clusters.get(c2.id)?.reserved.cpuMillicores).toBe(1_000);
    expect([toldAt(world, c1.id), toldAt(world, c2.id)]).toEqual([['stop'], []]);
    world.reconcile();
    expect(toldAt(world, c2.id)).toEqual([]);
    atSource(world, 'UNDEPLOYED');
    world.reconcile();
    expect(toldAt(world, c2.id)).toEqual(['run']);
    atTarget(world, 'RUNNING');
    world.reconcile();
    expect(only(world).halves).toMatchObject([{ clusterName: 'c2', role: 'current' }]);
    expect(operation(world).state).toBe('succeeded');
  });

  it('leaves the source alone where the target has no room', () => {
    const world = new PureWorld(aService(), [c1]);
    world.settle();
    world.clusters.set(c2.id, { ...c2, capacity: { ...roomy, cpuMillicores: 0 } });
    const migration: Migration = {
      to: { cluster: 'c2' },
      strategy: 'breakBeforeMake',
      instanceIds: [only(world).id],
      timeoutMs: 60_000,
      outcomes: [],
    };
    world.operations = [anOperation({ kind: 'migrate', migration })];
    world.settle();
    expect(operation(world).reason).toContain('TargetClusterNoCapacity');
    expect(only(world).halves).toMatchObject([{ clusterName: 'c1', generation: 1, action: 'run' }]);
  });

  it.each([
    [
      'dies',
      (world: PureWorld) => {
        atTarget(world, 'DEAD');
      },
    ],
    [
      'is refused',
      (world: PureWorld) => {
        atTarget(world, 'UNDEPLOYED');
      },
    ],
    [
      'takes too long',
      (world: PureWorld) => {
        world.now += 60_000;
        world.reconcile();
        atTarget(world, 'UNDEPLOYED');
      },
    ],
  ])('brings the instance back when the target %s, and says why', (_, fail) => {
    const world = breaking();
    atSource(world, 'UNDEPLOYED');
    world.reconcile();
    fail(world);
    world.reconcile();
    expect(operation(world)).toMatchObject({ state: 'failed' });
    expect(operation(world).reason).toContain('c2');
    expect(currentHalf(only(world))).toMatchObject({ clusterName: 'c1', generation: 3 });
    world.settle();
    expect(only(world)).toMatchObject({ phase: 'RUNNING', halves: [{ clusterName: 'c1' }] });
  });

  it('goes anywhere where the source has no room any more', () => {
    const world = breaking();
    world.clusters.set(id(0xc3), aCluster({ id: id(0xc3), name: 'c3' }));
    atSource(world, 'UNDEPLOYED');
    world.reconcile();
    world.clusters.set(c1.id, { ...(world.clusters.get(c1.id) ?? c1), schedulable: false });
    world.clusters.set(c2.id, { ...(world.clusters.get(c2.id) ?? c2), schedulable: false });
    atTarget(world, 'DEAD');
    world.reconcile();
    expect(world.wakeAt).toBe(world.now);
    world.settle();
    expect(only(world)).toMatchObject({ phase: 'RUNNING' });
    expect(currentHalf(only(world))?.clusterName).toBe('c3');
  });

  it('waits for a source that is away, and gives up in time; nothing runs twice (P2)', () => {
    const world = breaking();
    world.now += 60_000;
    world.reconcile();
    expect(operation(world)).toMatchObject({ state: 'failed' });
    for (let turn = 0; turn < 3; turn += 1) {
      world.now += 600_000;
      world.reconcile();
      expect(only(world).halves.filter((half) => half.action === 'run')).toEqual([]);
    }
    atSource(world, 'UNDEPLOYED');
    world.settle();
    expect(only(world)).toMatchObject({ phase: 'RUNNING', halves: [{ clusterName: 'c1' }] });
  });
});

describe('P2 moving again', () => {
  it('waits until the last source has confirmed its stop: no more than two halves may run', () => {
    const world = moving();
    atTarget(world, 'RUNNING');
    world.reconcile();
    const migration = { to: { cluster: 'c1' }, timeoutMs: 30_000, outcomes: [] };
    const back = { ...migration, instanceIds: [only(world).id] };
    world.operations = [
      ...world.operations,
      anOperation({ id: id(0x10f), kind: 'migrate', migration: back }),
    ];
    world.reconcile();
    expect(only(world).halves).toHaveLength(2);
    atSource(world, 'UNDEPLOYED');
    world.reconcile();
    expect(incomingHalf(only(world))).toMatchObject({ clusterName: 'c1', generation: 3 });
  });
});

describe('many migrations at once', () => {
  it('let so many start at a target, and the others in their turn', () => {
    const world = moving({}, incomingPerClusterMax + 5);
    const onTheWay = () => world.live.filter((each) => incomingHalf(each)).length;
    expect(onTheWay()).toBe(incomingPerClusterMax);
    expect(operation(world).reason).toContain('5 instances');
    expect(world.wakeAt).toBe(world.now + 1_000);
    const first = world.live.find((each) => incomingHalf(each));
    if (first) world.report(first.id, c2.id, first.lastGeneration, 'RUNNING');
    world.reconcile();
    expect(world.live.filter((each) => each.lastGeneration === 2)).toHaveLength(
      incomingPerClusterMax + 1,
    );
    world.settle();
    expect(operation(world)).toMatchObject({ state: 'succeeded', done: incomingPerClusterMax + 5 });
  });
});
