import { describe, expect, it } from 'vitest';
import { currentHalf, type Instance } from '../../../src/domain/instance/instance.js';
import type { Descriptor } from '../../../src/domain/service/descriptor.js';
import { aCluster, aDescriptor, anOperation, aService, id } from '../../support/builders.js';
import { PureWorld } from '../../support/pure-world.js';

const c1 = aCluster();

function deployed(fields: Partial<Descriptor> = {}, replicas = 1): PureWorld {
  const world = new PureWorld(aService({ replicas, descriptor: aDescriptor(fields) }), [c1]);
  world.operations = [anOperation()];
  world.reconcile();
  return world;
}

const first = (world: PureWorld): Instance => {
  const [instance] = world.live;
  if (instance === undefined) throw new Error('there is no instance');
  return instance;
};

/** The agent reports the phase of the first instance, and the reconciler looks. */
function reports(world: PureWorld, phase: 'RUNNING' | 'FAILED' | 'DEAD', exitCode?: number): void {
  const half = currentHalf(first(world));
  if (half) world.report(first(world).id, c1.id, half.generation, phase, { exitCode });
  world.reconcile();
}

const operation = (world: PureWorld) => world.operation(id(0x0f));

describe('an instance that its agent has given up', () => {
  it.each([
    ['always', 0, true],
    ['always', 1, true],
    ['onFailure', 1, true],
    ['onFailure', undefined, true],
    ['onFailure', 0, false],
    ['never', 1, false],
  ] as const)('with restart %s and exit code %s is placed anew: %s', (restart, exitCode, anew) => {
    const world = deployed({ restart });
    reports(world, 'DEAD', exitCode);
    world.now += 1_000;
    world.settle();
    expect(first(world)).toMatchObject(
      anew
        ? { phase: 'RUNNING', lastGeneration: 2, halves: [{ generation: 2 }] }
        : { phase: 'DEAD', lastGeneration: 1 },
    );
  });

  it('is left to its agent as long as that tries on', () => {
    const world = deployed();
    reports(world, 'FAILED');
    world.now += 120_000;
    world.reconcile();
    expect(first(world)).toMatchObject({ phase: 'FAILED', lastGeneration: 1 });
  });

  it('waits longer each time, to a limit; the waits begin anew once it has run for a minute', () => {
    const world = deployed();
    const waitAfterEnd = (): number => {
      reports(world, 'RUNNING');
      reports(world, 'DEAD');
      const wait = (first(world).notBefore ?? 0) - world.now;
      expect(world.wakeAt).toBe(world.now + wait);
      world.obey();
      world.now += wait;
      world.reconcile();
      return wait;
    };
    const waits = Array.from({ length: 8 }, waitAfterEnd);
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    reports(world, 'RUNNING');
    world.now = world.wakeAt;
    world.reconcile();
    expect(first(world)).toMatchObject({ phase: 'RUNNING', refusals: 0, notBefore: undefined });
    expect(waitAfterEnd()).toBe(1_000);
  });

  it('has failed a deployment when it has ended three times in a row; it is tried on', () => {
    const world = deployed();
    for (let round = 1; round <= 3; round += 1) {
      expect(operation(world).state).toBe('running');
      reports(world, 'DEAD');
      world.obey();
      world.now = first(world).notBefore ?? 0;
      if (round < 3) world.reconcile();
    }
    expect(operation(world)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('3 times in a row') as string,
    });
    world.settle();
    expect(first(world).phase).toBe('RUNNING');
  });
});

describe('operations always end', () => {
  it('fail without progress for the deadline, and say what holds them up', () => {
    const world = deployed({ progressDeadlineSeconds: 60 }, 2);
    world.now += 50_000;
    reports(world, 'RUNNING');
    world.now += 59_999;
    world.reconcile();
    expect(operation(world)).toMatchObject({ state: 'running', done: 1 });
    expect(world.wakeAt).toBe(world.now + 1);
    world.now += 1;
    world.reconcile();
    expect(operation(world)).toMatchObject({
      state: 'failed',
      reason: 'no progress for 60 s: instance 1 is CLUSTER_SCHEDULED at c1',
    });
  });

  it('wait for a cluster as long as it takes, and say so (P1)', () => {
    const world = new PureWorld(aService(), []);
    world.operations = [anOperation()];
    world.settle();
    world.now += 30 * 24 * 3_600_000;
    world.settle();
    expect(operation(world)).toMatchObject({
      state: 'running',
      reason: '1 instance without a place: NoActiveClusterWithCapacity',
    });
    world.clusters.set(c1.id, c1);
    world.reconcile();
    // From here on the time counts.
    world.now += 299_999;
    world.reconcile();
    expect(operation(world).state).toBe('running');
    world.settle();
    expect(operation(world).state).toBe('succeeded');
  });

  it('fail when a surplus instance does not confirm its stop in time', () => {
    const world = deployed({}, 2);
    world.settle();
    world.service = { ...world.service, replicas: 1 };
    world.operations = [anOperation({ kind: 'scale', progressAt: world.now })];
    world.reconcile();
    world.now += 300_000;
    world.reconcile();
    expect(operation(world)).toMatchObject({
      state: 'failed',
      reason: 'no progress for 300 s: instance 1 is UNDEPLOYING at c1',
    });
  });
});

describe('a one-shot service', () => {
  const job = { oneShot: true, restart: 'onFailure' } as const;

  it('is deployed when all its instances have completed, however long they work', () => {
    const world = deployed(job, 2);
    world.obey();
    world.reconcile();
    world.now += 24 * 3_600_000;
    world.reconcile();
    expect(operation(world)).toMatchObject({ state: 'running', done: 0, total: 2 });
    for (const { id: instanceId } of world.live) world.report(instanceId, c1.id, 1, 'COMPLETED');
    world.settle();
    expect(operation(world)).toMatchObject({ state: 'succeeded', done: 2 });
    expect(world.service.phase).toBe('COMPLETED');
  });

  it('is not run again by an update, which ends', () => {
    const world = deployed(job);
    world.report(first(world).id, c1.id, 1, 'COMPLETED');
    world.settle();
    world.service = { ...world.service, revision: 2 };
    world.operations = [anOperation({ kind: 'update' })];
    world.settle();
    expect(first(world)).toMatchObject({ phase: 'COMPLETED', lastGeneration: 1 });
    expect(operation(world).state).toBe('succeeded');
  });

  it('runs once more for each replica that is added, and keeps what has completed when scaled down', () => {
    const world = deployed(job);
    world.report(first(world).id, c1.id, 1, 'COMPLETED');
    world.settle();
    world.service = { ...world.service, replicas: 3 };
    world.settle();
    expect(world.service.phaseCounts).toEqual({ COMPLETED: 1, RUNNING: 2 });
    world.service = { ...world.service, replicas: 1 };
    world.settle();
    expect(world.service.phaseCounts).toEqual({ COMPLETED: 1 });
  });
});
