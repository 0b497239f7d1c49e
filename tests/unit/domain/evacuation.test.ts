import { describe, expect, it } from 'vitest';
import {
  limitEvacuations,
  movesFrom,
  parallelMovesDefault,
  roomToMove,
} from '../../../src/domain/reconcile/evacuation.js';
import { describeRemaining } from '../../../src/domain/reconcile/reconcile-clusters.js';
import type { Outcome } from '../../../src/domain/scheduling/scheduling.js';
import { aCluster, aDescriptor, aHalf, anInstance, aService, id } from '../../support/builders.js';
import { PureWorld } from '../../support/pure-world.js';

const c1 = aCluster({ id: id(0xc1), name: 'c1', lifecycle: 'draining' });
const moving = (cause: 'evacuate' | 'migrate') =>
  anInstance({
    halves: [
      aHalf({ clusterId: c1.id }),
      aHalf({ clusterId: id(0xc2), role: 'incoming', generation: 2, cause }),
    ],
  });
const waiting = anInstance({ halves: [aHalf({ clusterId: c1.id })] });

const placed: Outcome = {
  instanceId: id(0x10),
  verdict: 'PLACED',
  scheduler: 'built-in',
  considered: 1,
  dropped: {},
};
const refused: Outcome = { ...placed, verdict: 'NoActiveClusterWithCapacity' };

describe('the number of moves at once', () => {
  it('counts what is on its way because of the evacuation', () => {
    const there = [moving('evacuate'), moving('migrate'), waiting];
    expect(movesFrom(c1.id, there)).toBe(1);
    expect(movesFrom(id(0xc2), there)).toBe(0);
    expect(roomToMove({ ...c1, parallelMoves: 3 }, there)).toBe(2);
    expect(roomToMove({ ...c1, parallelMoves: 1 }, [...there, moving('evacuate')])).toBe(0);
    expect(roomToMove(c1, [])).toBe(parallelMovesDefault);
  });

  it('leaves the rest undecided; what has no place takes nobody’s turn', () => {
    const outcomes = [refused, placed, placed, placed, placed];
    const sources = [c1.id, c1.id, c1.id, undefined, id(0xc3)];
    const room = new Map([
      [c1.id, 1],
      [id(0xc3), 1],
    ]);
    expect(limitEvacuations(outcomes, sources, room).map(({ verdict }) => verdict)).toEqual([
      'NoActiveClusterWithCapacity',
      'PLACED',
      'PENDING',
      'PLACED',
      'PLACED',
    ]);
  });
});

describe('what is left at a cluster', () => {
  it('is told with what it waits for, the most common first', () => {
    const stopping = anInstance({ halves: [aHalf({ clusterId: c1.id, action: 'stop' })] });
    const stuck = anInstance({ ...waiting, reason: 'NoActiveClusterWithCapacity' });
    const all = [moving('evacuate'), stopping, stuck, stuck, waiting];
    expect(describeRemaining(c1, all)).toBe(
      '5 left: 2 NoActiveClusterWithCapacity; 1 moves; 1 stops; 1 waits for its turn',
    );
    expect(describeRemaining(c1, [])).toBeUndefined();
  });

  it('waits for a cluster that is away, unless it is removed with force', () => {
    const stopping = anInstance({ halves: [aHalf({ clusterId: c1.id, action: 'stop' })] });
    const text = describeRemaining({ ...c1, liveness: 'inactive' }, [waiting, stopping]);
    expect(text).toContain('1 has to stop when the cluster returns');
    expect(text).toContain('1 waits for the cluster to return');
    expect(text).toContain('remove it with force');
  });
});

describe('an evacuation', () => {
  const evacuating = (whenLost: 'keep' | 'duplicate' = 'keep') => {
    const world = new PureWorld(aService({ descriptor: aDescriptor({ whenLost }) }), [
      aCluster({ id: id(0xc1), name: 'c1' }),
    ]);
    world.settle();
    world.clusters.set(id(0xc2), aCluster({ id: id(0xc2), name: 'c2' }));
    const change = (fields: object) => {
      const cluster = world.clusters.get(id(0xc1));
      if (cluster) world.clusters.set(cluster.id, { ...cluster, ...fields });
    };
    return { world, change };
  };
  const halves = (world: PureWorld) =>
    world.live[0]?.halves.map(({ clusterName, role }) => [clusterName, role]);

  it('that is called off leaves what has not moved where it is', () => {
    const { world, change } = evacuating();
    change({ lifecycle: 'draining' });
    world.reconcile();
    expect(halves(world)).toEqual([
      ['c1', 'current'],
      ['c2', 'incoming'],
    ]);
    change({ lifecycle: 'present' });
    world.reconcile();
    expect(halves(world)).toEqual([
      ['c1', 'current'],
      ['c2', 'retiring'],
    ]);
    world.settle();
    expect(halves(world)).toEqual([['c1', 'current']]);
    expect(world.live[0]).toMatchObject({ phase: 'RUNNING', refusals: 0 });
  });

  it('that is called off leaves what has moved at its new place', () => {
    const { world, change } = evacuating();
    change({ lifecycle: 'draining' });
    world.reconcile();
    world.obey((_, generation) => generation === 2);
    change({ lifecycle: 'present' });
    world.settle();
    expect(halves(world)).toEqual([['c2', 'current']]);
  });

  it('P2 starts nothing beside what nobody can reach, unless that was the wish', () => {
    for (const whenLost of ['keep', 'duplicate'] as const) {
      const { world, change } = evacuating(whenLost);
      change({ lifecycle: 'draining', liveness: 'inactive' });
      world.reconcile();
      expect(halves(world)).toEqual([['c1', 'current']]);
      world.now += 1_000_000;
      world.reconcile();
      expect(halves(world)).toEqual(
        whenLost === 'keep'
          ? [['c1', 'current']]
          : [
              ['c1', 'retiring'],
              ['c2', 'current'],
            ],
      );
    }
  });
});
