import { describe, expect, it } from 'vitest';
import { currentHalf, incomingHalf, type Instance } from '../../../src/domain/instance/instance.js';
import type { Descriptor } from '../../../src/domain/service/descriptor.js';
import {
  addRevision,
  previousRevision,
  revisionsOf,
  rolloutState,
  switchRevision,
} from '../../../src/domain/service/revisions.js';
import { amountOf } from '../../../src/domain/service/update-policy.js';
import { aCluster, aDescriptor, anOperation, aService, id } from '../../support/builders.js';
import { PureWorld } from '../../support/pure-world.js';

const c1 = aCluster();
const cores = (count: number) => ({ cpuMillicores: count * 1_000, memoryMiB: 10_000, gpus: 0 });

/** A service that runs at revision 1, which has proved itself. */
function running(replicas: number, fields: Partial<Descriptor> = {}, capacity = cores(100)) {
  const descriptor = aDescriptor({ replicas, ...fields });
  const world = new PureWorld(aService({ replicas, descriptor }), [{ ...c1, capacity }]);
  world.settle();
  expect(world.service.stableRevision).toBe(1);
  return world;
}

/** Wishes another revision. */
function update(world: PureWorld, fields: Partial<Descriptor> = {}): void {
  const { descriptor } = world.service;
  world.service = addRevision(world.service, { ...descriptor, command: ['new'], ...fields });
  const { revision, replicas } = world.service;
  world.operations = [anOperation({ kind: 'update', after: { revision, replicas } })];
}

const operation = (world: PureWorld) => world.operation(id(0x0f));
const atRevision = (world: PureWorld, revision: number) =>
  world.live.filter((each) => currentHalf(each)?.revision === revision);
const up = (world: PureWorld) =>
  world.live.filter((each) => currentHalf(each)?.phase === 'RUNNING').length;
const moving = (world: PureWorld) => world.live.filter((each) => incomingHalf(each)).length;

/** Every agent obeys, but for halves of the revision, which report the phase. */
function obeyBut(world: PureWorld, revision: number, phase: 'DEAD' | 'CREATING'): void {
  const isBad = (instance: Instance, generation: number) =>
    instance.halves.some((half) => half.generation === generation && half.revision === revision);
  world.obey((instance, generation) => !isBad(instance, generation));
  for (const instance of world.live)
    for (const half of instance.halves)
      if (half.revision === revision && half.action === 'run')
        world.report(instance.id, half.clusterId, half.generation, phase);
}

describe('an amount', () => {
  it.each([
    ['25%', 8, 2],
    ['25%', 5, 1],
    ['25%', 1, 1],
    ['0%', 8, 0],
    ['100%', 8, 8],
    [3, 8, 3],
  ])('%s of %i is %i', (amount, replicas, count) => {
    expect(amountOf(amount, replicas)).toBe(count);
  });
});

describe('an update', () => {
  it('keeps within maxSurge while all go on', () => {
    const world = running(6, { update: { maxSurge: 3, healthySeconds: 0 } });
    update(world);
    const seen = new Set<number>();
    for (let turn = 0; turn < 20; turn += 1) {
      world.reconcile();
      seen.add(moving(world));
      expect(up(world)).toBe(6);
      world.obey();
    }
    expect(Math.max(...seen)).toBe(3);
    expect(atRevision(world, 2)).toHaveLength(6);
    expect(operation(world).state).toBe('succeeded');
    expect(world.service.stableRevision).toBe(2);
  });

  it('makes room first where maxSurge is 0, and never more than maxUnavailable are down', () => {
    // The cluster is full: beside the old ones there is no room.
    const policy = { maxSurge: 0, maxUnavailable: 2, healthySeconds: 0 };
    const world = running(4, { update: policy }, cores(4));
    update(world);
    for (let turn = 0; turn < 30; turn += 1) {
      world.reconcile();
      expect(up(world)).toBeGreaterThanOrEqual(2);
      expect(moving(world)).toBe(0);
      world.obey();
    }
    expect(atRevision(world, 2)).toHaveLength(4);
    expect(operation(world).state).toBe('succeeded');
  });

  it('waits for room where nothing may be down, says so, and does not run out of time', () => {
    const world = running(4, {}, cores(4));
    update(world);
    world.settle();
    world.now += 3_600_000;
    world.settle();
    expect(operation(world)).toMatchObject({
      state: 'running',
      reason: expect.stringContaining('1 instance without a place') as string,
    });
    world.clusters.set(c1.id, { ...(world.clusters.get(c1.id) ?? c1), capacity: cores(5) });
    world.settle();
    expect(operation(world).state).toBe('succeeded');
  });

  it('goes on only when a new instance has run for healthySeconds without a break', () => {
    const world = running(2, { update: { maxSurge: 1, healthySeconds: 10 } });
    update(world);
    world.reconcile();
    world.obey();
    world.reconcile();
    const [first] = world.live.filter((each) => incomingHalf(each));
    expect(world.wakeAt).toBe(world.now + 10_000);
    world.now += 9_000;
    // A restart begins the time anew.
    if (first) world.report(first.id, c1.id, first.lastGeneration, 'FAILED');
    world.obey();
    world.now += 9_000;
    world.reconcile();
    expect(atRevision(world, 2)).toEqual([]);
    world.now += 1_000;
    world.reconcile();
    expect(atRevision(world, 2)).toHaveLength(1);
  });

  it('pauses, finishes what it has begun, and resumes', () => {
    const world = running(4, { update: { maxSurge: 1, healthySeconds: 0 } });
    update(world);
    world.reconcile();
    world.service = { ...world.service, paused: true };
    world.settle();
    world.now += 3_600_000;
    world.settle();
    expect(atRevision(world, 2)).toHaveLength(1);
    expect(rolloutState(world.service)).toBe('paused');
    expect(operation(world)).toMatchObject({
      state: 'running',
      reason: expect.stringContaining('update/resume') as string,
    });
    world.service = { ...world.service, paused: undefined };
    world.settle();
    expect(atRevision(world, 2)).toHaveLength(4);
    expect(operation(world).state).toBe('succeeded');
  });
});

describe('an update whose revision does not come up', () => {
  it.each([
    ['beside the old ones', { maxSurge: 1, healthySeconds: 0 }, 4],
    ['in the place of old ones', { maxSurge: 0, maxUnavailable: 1, healthySeconds: 0 }, 3],
  ])('%s stops by itself and says how to go on', (_, policy, left) => {
    const world = running(4, { update: policy });
    update(world);
    for (let turn = 0; turn < 20; turn += 1) {
      world.reconcile();
      obeyBut(world, 2, 'DEAD');
      expect(atRevision(world, 1).length).toBeGreaterThanOrEqual(left);
    }
    expect(rolloutState(world.service)).toBe('halted');
    const { state, reason } = operation(world);
    expect(state).toBe('failed');
    expect(reason).toContain('ended at c1');
    expect(reason).toContain(`/services/${world.service.id}/update/resume`);
    expect(reason).toContain(`/services/${world.service.id}/rollback`);
    expect(world.live.filter((each) => currentHalf(each)?.phase === 'RUNNING').length).toBe(left);
  });

  it('and that is paused as well holds no other wish up for ever', () => {
    const world = running(2, { update: { maxSurge: 1, healthySeconds: 0 } });
    update(world);
    world.reconcile();
    world.service = { ...world.service, paused: true };
    const scale = anOperation({ id: id(0xabc), kind: 'scale', subjectId: world.service.id });
    world.operations = [...world.operations, scale];
    world.reconcile();
    expect(world.operation(scale.id).reason).toContain('paused');
    for (let turn = 0; turn < 20; turn += 1) {
      obeyBut(world, 2, 'DEAD');
      world.reconcile();
    }
    expect(rolloutState(world.service)).toBe('halted');
    expect(world.operation(scale.id)).toMatchObject({ state: 'succeeded', done: 2, total: 2 });
  });

  it('does not hold up a wish for more instances, whose old ones had no place to be replaced at', () => {
    const world = running(2, { update: { maxSurge: 1, healthySeconds: 0 } }, cores(3));
    update(world);
    world.service = { ...world.service, replicas: 3 };
    const scale = anOperation({ id: id(0xabc), kind: 'scale', subjectId: world.service.id });
    world.operations = [...world.operations, scale];
    for (let turn = 0; turn < 20; turn += 1) {
      world.reconcile();
      obeyBut(world, 2, 'DEAD');
    }
    expect(rolloutState(world.service)).toBe('halted');
    world.settle();
    expect(up(world)).toBe(3);
    expect(world.operation(scale.id)).toMatchObject({ state: 'succeeded', done: 3, total: 3 });
  });

  it('stops when it makes no progress in time', () => {
    const world = running(2, { progressDeadlineSeconds: 60 });
    update(world);
    world.reconcile();
    obeyBut(world, 2, 'CREATING');
    world.reconcile();
    expect(operation(world).state).toBe('running');
    world.now = world.wakeAt;
    world.reconcile();
    expect(operation(world)).toMatchObject({ state: 'failed' });
    expect(operation(world).reason).toContain('did not run in time (CREATING)');
    expect(rolloutState(world.service)).toBe('halted');
    expect(up(world)).toBe(2);
  });

  it('has the instances that have to be placed anew run the revision that is known to run', () => {
    const world = running(2, { update: { maxSurge: 0, maxUnavailable: 1, healthySeconds: 0 } });
    update(world);
    for (let turn = 0; turn < 5; turn += 1) {
      world.reconcile();
      obeyBut(world, 2, 'DEAD');
    }
    world.now += 60_000;
    world.settle();
    expect(atRevision(world, 1)).toHaveLength(2);
    expect(up(world)).toBe(2);
  });

  it('is tried again when somebody resumes it', () => {
    const world = running(2);
    update(world);
    world.reconcile();
    obeyBut(world, 2, 'DEAD');
    world.settle();
    expect(rolloutState(world.service)).toBe('halted');
    world.service = { ...world.service, halted: undefined };
    world.operations = [anOperation({ kind: 'update' })];
    world.settle();
    expect(atRevision(world, 2)).toHaveLength(2);
    expect(operation(world).state).toBe('succeeded');
  });

  it('is left by a rollback, which touches only what has moved', () => {
    const world = running(4, { update: { maxSurge: 1, healthySeconds: 0 } });
    update(world);
    world.reconcile();
    world.obey();
    world.reconcile();
    expect(atRevision(world, 2)).toHaveLength(1);
    const generations = new Map(
      atRevision(world, 1).map((each) => [each.id, currentHalf(each)?.generation]),
    );
    world.service = switchRevision(world.service, 1);
    const { replicas } = world.service;
    world.operations = [
      ...world.operations,
      anOperation({ id: id(0x10f), kind: 'rollback', after: { revision: 1, replicas } }),
    ];
    world.settle();
    expect(atRevision(world, 1)).toHaveLength(4);
    for (const each of world.live)
      if (generations.has(each.id))
        expect(currentHalf(each)?.generation).toBe(generations.get(each.id));
    expect(operation(world)).toMatchObject({ state: 'cancelled' });
    expect(world.operation(id(0x10f)).state).toBe('succeeded');
    expect(world.service.descriptor.command).toEqual(['true']);
  });
});

describe('the revisions of a service', () => {
  const numbers = (service: Parameters<typeof revisionsOf>[0]) =>
    revisionsOf(service).map(({ revision }) => revision);

  it('are bounded, and the one that is known to run stays', () => {
    let service = aService({ stableRevision: 1 });
    for (let round = 0; round < 20; round += 1) service = addRevision(service, aDescriptor());
    expect(numbers(service)).toEqual([21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 1]);
    expect(previousRevision(service)).toBe(1);
  });

  it('keep their numbers, and a new one is higher than all before', () => {
    const second = addRevision(aService(), aDescriptor());
    const third = addRevision(second, aDescriptor());
    const back = switchRevision(third, 1);
    expect([back.revision, numbers(back)]).toEqual([1, [3, 2, 1]]);
    expect(addRevision(back, aDescriptor()).revision).toBe(4);
    expect(() => switchRevision(back, 9)).toThrow(/Revision 9 is not kept; there are 3, 2, 1/);
  });

  it('go back to the one before where none is known to run', () => {
    expect(previousRevision(aService())).toBeUndefined();
    expect(previousRevision(addRevision(aService(), aDescriptor()))).toBe(1);
  });
});
