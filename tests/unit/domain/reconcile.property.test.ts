import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObservedPhase } from '../../../src/domain/phase.js';
import { addResources, noResources } from '../../../src/domain/resources.js';
import { aCluster, anOperation, aService, id } from '../../support/builders.js';
import { PureWorld } from '../../support/pure-world.js';

const small = { cpuMillicores: 4_000, memoryMiB: 400, gpus: 0 };
const clusters = [1, 2, 3].map((n) =>
  aCluster({ id: id(n), name: `c${n}`, location: `l${n}`, capacity: small }),
);

type Step =
  | { readonly type: 'reconcile' | 'update' | 'terminate' }
  | { readonly type: 'scale'; readonly replicas: number }
  | {
      readonly type: 'migrate' | 'drain' | 'resume' | 'silence' | 'return';
      readonly cluster: number;
    }
  | {
      readonly type: 'report';
      readonly instance: number;
      readonly half: number;
      readonly phase: ObservedPhase;
    }
  | { readonly type: 'wait'; readonly ms: number };

const cluster = fc.integer({ min: 0, max: 2 });
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ type: fc.constant('reconcile' as const) }) },
    {
      weight: 8,
      arbitrary: fc.record({
        type: fc.constant('report' as const),
        instance: fc.nat(7),
        half: fc.nat(2),
        phase: fc.constantFrom<ObservedPhase>(
          'CREATING',
          'RUNNING',
          'FAILED',
          'DEAD',
          'UNDEPLOYED',
          'COMPLETED',
        ),
      }),
    },
    fc.record({ type: fc.constantFrom('update' as const, 'terminate' as const) }),
    fc.record({ type: fc.constant('scale' as const), replicas: fc.nat(8) }),
    fc.record({
      type: fc.constantFrom(
        'migrate' as const,
        'drain' as const,
        'resume' as const,
        'silence' as const,
        'return' as const,
      ),
      cluster,
    }),
    fc.record({ type: fc.constant('wait' as const), ms: fc.constantFrom(1_000, 60_000, 400_000) }),
  ),
  { minLength: 5, maxLength: 60 },
);

let operations = 0x2000;

function change(world: PureWorld, index: number, fields: object): void {
  const found = [...world.clusters.values()][index];
  if (found) world.clusters.set(found.id, { ...found, ...fields });
}

function apply(world: PureWorld, step: Step): void {
  switch (step.type) {
    case 'reconcile':
      world.reconcile();
      return;
    case 'update':
      if (world.service.lifecycle === 'live')
        world.service = { ...world.service, revision: world.service.revision + 1 };
      return;
    case 'terminate':
      if (world.service.lifecycle !== 'live') return;
      world.service = { ...world.service, lifecycle: 'terminating' };
      world.operations = [
        ...world.operations,
        anOperation({ id: id((operations += 1)), kind: 'terminate' }),
      ];
      return;
    case 'scale':
      world.service = { ...world.service, replicas: step.replicas };
      return;
    case 'migrate':
      world.operations = [
        ...world.operations,
        anOperation({
          id: id((operations += 1)),
          kind: 'migrate',
          migration: {
            to: { location: `l${step.cluster + 1}` },
            instanceIds: world.live.map((each) => each.id),
            timeoutMs: 60_000,
            outcomes: [],
          },
        }),
      ];
      return;
    case 'drain':
      change(world, step.cluster, { lifecycle: 'draining' });
      return;
    case 'resume':
      change(world, step.cluster, { lifecycle: 'present' });
      return;
    case 'silence':
      change(world, step.cluster, { liveness: 'inactive' });
      return;
    case 'return':
      change(world, step.cluster, { liveness: 'active', lastHeardAt: world.now });
      return;
    case 'report': {
      const instance = world.live[step.instance];
      const half = instance?.halves[step.half];
      const acted =
        half && (step.phase !== 'UNDEPLOYED' || half.action === 'stop' || half.role !== 'current');
      if (instance && half && acted)
        world.report(instance.id, half.clusterId, half.generation, step.phase);
      return;
    }
    case 'wait':
      world.now += step.ms;
  }
}

/** What must hold after every step. */
function check(world: PureWorld): void {
  for (const each of world.clusters.values()) {
    const halves = world.live.flatMap((instance) =>
      instance.halves.filter((half) => half.clusterId === each.id),
    );
    const sum = halves.reduce((total, half) => addResources(total, half.resources), noResources);
    expect(each.reserved).toEqual(sum);
    expect(sum.cpuMillicores).toBeLessThanOrEqual(small.cpuMillicores);
    expect(sum.memoryMiB).toBeLessThanOrEqual(small.memoryMiB);
  }
  const ordinals = world.live.map((each) => each.ordinal);
  expect(new Set(ordinals).size).toBe(ordinals.length);
  for (const { halves } of world.live) {
    const generations = halves.map((half) => half.generation);
    expect(new Set(generations).size).toBe(generations.length);
    const told = halves.filter((half) => half.action === 'run');
    expect(told.filter((half) => half.role === 'current').length).toBeLessThanOrEqual(1);
    expect(told.filter((half) => half.role === 'incoming').length).toBeLessThanOrEqual(1);
    expect(told.every((half) => half.role !== 'retiring')).toBe(true);
  }
}

describe('whatever happens, in any order', () => {
  it('capacity holds (P3), ledgers are exact, and no instance is told to run more than its two halves (P2)', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const world = new PureWorld(aService({ replicas: 3 }), clusters);
        for (const step of history) {
          apply(world, step);
          check(world);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('the wish is reached once everybody obeys (P1, P4)', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const world = new PureWorld(aService({ replicas: 3 }), clusters);
        for (const step of history) apply(world, step);
        for (const n of [0, 1, 2])
          change(world, n, { lifecycle: 'present', liveness: 'active', lastHeardAt: world.now });
        for (let round = 0; round < 8; round += 1) {
          world.now += 400_000;
          world.settle();
        }
        check(world);
        if (world.service.lifecycle !== 'live') {
          expect(world.service.lifecycle).toBe('terminated');
          expect(world.live).toEqual([]);
        } else
          expect(world.live.filter((each) => each.wanted)).toHaveLength(world.service.replicas);
        for (const { halves } of world.live) expect(halves).toHaveLength(1);
        expect(world.operations.filter((each) => each.state === 'running')).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
