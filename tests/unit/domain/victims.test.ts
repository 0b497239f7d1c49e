import { describe, expect, it } from 'vitest';
import { chooseVictims, tellRemovals } from '../../../src/domain/reconcile/victims.js';
import {
  aCluster,
  aHalf,
  anInstance,
  anOperation,
  aService,
  id,
  surroundingsOf,
} from '../../support/builders.js';

const clusters = [
  aCluster({ id: id(1), name: 'c1' }),
  aCluster({ id: id(2), name: 'c2' }),
  aCluster({ id: id(3), name: 'c3', liveness: 'inactive', lastHeardAt: 0 }),
  aCluster({ id: id(4), name: 'c4', lifecycle: 'draining' }),
];

const absences = new Map([[id(3), { silentMs: 200_000 }]]);
const surroundings = surroundingsOf(clusters, { absences });

/** An instance at the n-th cluster; nowhere for 0. */
const at = (ordinal: number, n: number, half: Parameters<typeof aHalf>[0] = {}) =>
  anInstance({
    id: id(0x100 + ordinal),
    ordinal,
    halves: n === 0 ? [] : [aHalf({ clusterId: id(n), clusterName: `c${n}`, ...half })],
  });

const choose = (instances: ReturnType<typeof at>[], count: number, fields = {}) => {
  const service = aService({ replicas: instances.length - count, revision: 2, ...fields });
  const victims = chooseVictims(service, instances, count, surroundings);
  const ordinals = new Map(instances.map(({ id: known, ordinal }) => [known, ordinal]));
  return [...victims].map(([instanceId, reason]) => {
    const ordinal = ordinals.get(instanceId);
    return `${ordinal}: ${reason.replace(/^chosen by scaling to \d+: /, '')}`;
  });
};

describe('the victims of scaling down', () => {
  it('are those that serve least, and it is told why', () => {
    const instances = [
      at(0, 1, { revision: 2, phase: 'COMPLETED' }),
      at(1, 1, { revision: 2 }),
      at(2, 1, { revision: 1 }),
      at(3, 4, { revision: 2 }),
      at(4, 1, { phase: 'CREATING' }),
      at(5, 3, { revision: 2 }),
      at(6, 2, { phase: 'FAILED' }),
      at(7, 0),
    ];
    expect(choose(instances, 7)).toEqual([
      '7: it has no place',
      '6: it does not run',
      '5: its cluster is away',
      '4: it does not run yet',
      '3: its cluster is being left',
      '2: it runs an older revision',
      '1: c1 has 2 of the instances, no other cluster more',
    ]);
  });

  it('leave the others spread, and go from the highest number among equals', () => {
    const run = { revision: 2 };
    const instances = [at(0, 1, run), at(1, 1, run), at(2, 1, run), at(3, 2, run), at(4, 2, run)];
    expect(choose(instances, 3)).toEqual([
      '2: c1 has 3 of the instances, no other cluster more',
      '4: c2 has 2 of the instances, no other cluster more',
      '1: c1 has 2 of the instances, no other cluster more',
    ]);
  });

  it('are chosen among 20,000 without comparing each with each', () => {
    const instances = Array.from({ length: 20_000 }, (_, ordinal) =>
      at(ordinal, 1 + (ordinal % 2), { revision: 2 }),
    );
    const chosen = choose(instances, 19_998).map((each) => Number(each.split(':')[0]));
    expect(chosen.slice(0, 3)).toEqual([19_999, 19_998, 19_997]);
    expect(new Set(chosen).size).toBe(19_998);
    expect(chosen).not.toContain(0);
    expect(chosen).not.toContain(1);
  });

  it('are told to the operation that has scaled the service', () => {
    const revision = 1;
    const deploy = anOperation();
    const scale = anOperation({
      id: id(0x20),
      kind: 'scale',
      before: { revision, replicas: 2 },
      after: { revision, replicas: 1 },
    });
    const victim = { ...at(1, 1), removalReason: 'it runs' };
    const [first, second] = tellRemovals([deploy, scale], [victim]);
    expect(first?.removals).toBeUndefined();
    expect(second?.removals).toEqual([{ instanceId: victim.id, ordinal: 1, reason: 'it runs' }]);
  });
});
