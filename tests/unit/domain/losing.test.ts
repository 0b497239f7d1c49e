import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeLoss, leaseMarginMs } from '../../../src/domain/reconcile/losing.js';
import {
  aCluster,
  aDescriptor,
  aHalf,
  aService,
  id,
  startedAt,
  surroundingsOf,
} from '../../support/builders.js';
import { PureWorld } from '../../support/pure-world.js';

const lostAfterMs = 105_000;
const away = aCluster({ id: id(0xc1), name: 'c1', liveness: 'inactive', lastHeardAt: startedAt });
const other = aCluster({ id: id(0xc2), name: 'c2' });

const after = (silentMs: number, heldBack?: string) =>
  surroundingsOf([away, other], {
    now: startedAt + silentMs,
    lostAfterMs,
    absences: new Map([[away.id, { silentMs, heldBack }]]),
  });

describe('the loss of a cluster', () => {
  it('leaves an instance to its site by default', () => {
    expect(judgeLoss(aHalf(), after(10 * lostAfterMs)).kind).toBe('stays');
    expect(judgeLoss(aHalf({ whenLost: 'keep' }), after(10 * lostAfterMs)).kind).toBe('stays');
  });

  it('means nothing to what has ended by itself, or where the cluster is there', () => {
    const half = aHalf({ whenLost: 'duplicate' });
    expect(judgeLoss({ ...half, phase: 'COMPLETED' }, after(10 * lostAfterMs)).kind).toBe('none');
    expect(judgeLoss({ ...half, phase: 'DEAD' }, after(10 * lostAfterMs)).kind).toBe('none');
    expect(judgeLoss({ ...half, clusterId: other.id }, after(10 * lostAfterMs)).kind).toBe('none');
  });

  it('lets a duplicate be placed after the grace time, and says when to look again until then', () => {
    const half = aHalf({ whenLost: 'duplicate' });
    expect(judgeLoss(half, after(lostAfterMs - 1))).toMatchObject({ kind: 'waits', inMs: 1 });
    expect(judgeLoss(half, after(lostAfterMs)).kind).toBe('replaceable');
  });

  it('waits for the lease and its margin where these are longer than the grace time', () => {
    const leaseMs = 200_000;
    const half = aHalf({ whenLost: 'move', leaseMs });
    const waitMs = leaseMs + leaseMarginMs(leaseMs);
    expect(judgeLoss(half, after(waitMs - 1))).toMatchObject({ kind: 'waits', inMs: 1 });
    expect(judgeLoss(half, after(waitMs)).kind).toBe('replaceable');
  });

  it('counts the silence that this manager knows of, not the time of day', () => {
    const half = aHalf({ whenLost: 'move', leaseMs: 60_000 });
    const jumped = { ...after(1_000), now: startedAt + 10 * lostAfterMs };
    expect(judgeLoss(half, jumped).kind).toBe('waits');
    expect(judgeLoss(half, { ...jumped, absences: new Map() }).kind).toBe('waits');
  });

  it('waits while a storm holds it back, and says so', () => {
    const half = aHalf({ whenLost: 'duplicate' });
    expect(judgeLoss(half, after(lostAfterMs, '3 of 4 clusters vanished'))).toEqual({
      kind: 'waits',
      reason: 'c1 is away; 3 of 4 clusters vanished',
    });
  });
});

describe('P2 the margin of a lease', () => {
  it('covers clocks that drift by 1 % each and 4.9 s until the last process has gone, for any lease', () => {
    const drift = 0.01;
    fc.assert(
      fc.property(fc.integer({ min: 15, max: 86_400 }), (leaseSeconds) => {
        const leaseMs = leaseSeconds * 1000;
        const managerWaitsAtLeastMs = (leaseMs + leaseMarginMs(leaseMs)) * (1 - drift);
        const agentTakesAtMostMs = leaseMs * (1 + drift) + 4_900;
        expect(managerWaitsAtLeastMs).toBeGreaterThanOrEqual(agentTakesAtMostMs);
      }),
    );
  });
});

/** A world of two clusters; the first one, where the instance runs, has just vanished. */
function vanished(whenLost: 'keep' | 'move' | 'duplicate'): PureWorld {
  const service = aService({ descriptor: aDescriptor({ whenLost, leaseSeconds: 60 }) });
  const world = new PureWorld(service, [aCluster({ id: id(0xc1), name: 'c1' })]);
  world.settle();
  world.clusters.set(other.id, { ...other, lastHeardAt: world.now });
  vanish(world, id(0xc1));
  return world;
}

function vanish(world: PureWorld, clusterId: string): void {
  const cluster = world.clusters.get(clusterId);
  if (cluster) world.clusters.set(clusterId, { ...cluster, liveness: 'inactive' });
}

function comeBack(world: PureWorld, clusterId: string): void {
  const cluster = world.clusters.get(clusterId);
  if (cluster)
    world.clusters.set(clusterId, { ...cluster, liveness: 'active', lastHeardAt: world.now });
}

const halvesOf = (world: PureWorld) =>
  world.live.flatMap(({ halves }) =>
    halves.map(({ clusterName, generation, role, action }) => [
      clusterName,
      generation,
      role,
      action,
    ]),
  );

describe('an instance whose cluster is away', () => {
  it('stays where it is by default, LOST with the reason', () => {
    const world = vanished('keep');
    world.now += lostAfterMs;
    world.reconcile();
    expect(halvesOf(world)).toEqual([['c1', 1, 'current', 'run']]);
    expect(world.live[0]?.phase).toBe('LOST');
    expect(world.live[0]?.reason).toContain('left to its site');
  });

  it.each(['move', 'duplicate'] as const)(
    'is placed elsewhere as the next generation; the old one has to go (%s)',
    (whenLost) => {
      const world = vanished(whenLost);
      world.now += lostAfterMs - 1;
      world.reconcile();
      expect(halvesOf(world)).toEqual([['c1', 1, 'current', 'run']]);
      world.now += 1;
      world.reconcile();
      expect(halvesOf(world)).toEqual([
        ['c1', 1, 'retiring', 'stop'],
        ['c2', 2, 'current', 'run'],
      ]);
    },
  );

  it('P3 keeps its room at the old cluster until that says that it is gone', () => {
    const world = vanished('duplicate');
    world.now += lostAfterMs;
    world.reconcile();
    const reserved = () => [...world.clusters.values()].map((each) => each.reserved.cpuMillicores);
    expect(reserved()).toEqual([1_000, 1_000]);
    comeBack(world, id(0xc1));
    world.settle();
    expect(halvesOf(world)).toEqual([['c2', 2, 'current', 'run']]);
    expect(reserved()).toEqual([0, 1_000]);
  });

  it('stays LOST with the verdict while there is no other place, and goes on when its cluster returns', () => {
    const world = vanished('duplicate');
    vanish(world, other.id);
    world.now += lostAfterMs;
    world.reconcile();
    expect(halvesOf(world)).toEqual([['c1', 1, 'current', 'run']]);
    expect(world.live[0]).toMatchObject({ phase: 'LOST', reason: 'NoActiveClusterWithCapacity' });
    comeBack(world, id(0xc1));
    world.reconcile();
    expect(world.live[0]).toMatchObject({ phase: 'RUNNING', reason: undefined });
  });

  it('P4 is not forgotten when it is terminated meanwhile', () => {
    const world = vanished('duplicate');
    world.now += lostAfterMs;
    world.reconcile();
    world.service = { ...world.service, replicas: 0 };
    world.reconcile();
    world.obey((_, generation) => generation === 2);
    world.reconcile();
    expect(halvesOf(world)).toEqual([['c1', 1, 'retiring', 'stop']]);
    comeBack(world, id(0xc1));
    world.settle();
    expect(world.live).toEqual([]);
  });

  it('waits in a storm', () => {
    const world = vanished('duplicate');
    world.heldBack = '3 of 4 clusters vanished';
    world.now += 10 * lostAfterMs;
    world.reconcile();
    expect(halvesOf(world)).toEqual([['c1', 1, 'current', 'run']]);
    expect(world.live[0]?.reason).toContain('3 of 4 clusters vanished');
    world.heldBack = undefined;
    world.reconcile();
    expect(halvesOf(world)).toHaveLength(2);
  });

  it('P2 under a lease is not updated beside one that may still run', () => {
    const world = vanished('move');
    world.service = { ...world.service, revision: 2 };
    world.now += lostAfterMs - 1;
    world.reconcile();
    expect(halvesOf(world)).toEqual([['c1', 1, 'current', 'run']]);
    world.now += 1;
    world.reconcile();
    expect(world.live[0]?.halves.map(({ revision, role }) => [revision, role])).toEqual([
      [1, 'retiring'],
      [2, 'current'],
    ]);
  });
});
