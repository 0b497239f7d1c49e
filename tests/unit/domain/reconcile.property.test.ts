import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOperation } from '../../../src/domain/operation/operation.js';
import type { ObservedPhase } from '../../../src/domain/phase.js';
import { mayRun } from '../../../src/domain/reconcile/moves.js';
import { addResources, noResources } from '../../../src/domain/resources.js';
import {
  addRevision,
  previousRevision,
  switchRevision,
} from '../../../src/domain/service/revisions.js';
import { aCluster, aDescriptor, anOperation, aService, id } from '../../support/builders.js';
import { PureWorld } from '../../support/pure-world.js';

const small = { cpuMillicores: 4_000, memoryMiB: 400, gpus: 0 };
const clusters = [1, 2, 3].map((n) =>
  aCluster({ id: id(n), name: `c${n}`, location: `l${n}`, capacity: small }),
);

type Step =
  | { readonly type: 'reconcile' | 'terminate' | 'pause' | 'resume' | 'rollback' | 'cancel' }
  | { readonly type: 'update'; readonly surge: number; readonly unavailable: number }
  | { readonly type: 'break'; readonly cluster: number }
  | { readonly type: 'scale'; readonly replicas: number }
  | {
      readonly type: 'migrate' | 'drain' | 'undrain' | 'silence' | 'return';
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
    fc.record({
      type: fc.constantFrom(
        'terminate' as const,
        'pause' as const,
        'resume' as const,
        'rollback' as const,
        'cancel' as const,
      ),
    }),
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('update' as const),
        surge: fc.nat(3),
        unavailable: fc.nat(3),
      }),
    },
    fc.record({ type: fc.constant('scale' as const), replicas: fc.nat(8) }),
    fc.record({
      type: fc.constantFrom(
        'migrate' as const,
        'break' as const,
        'drain' as const,
        'undrain' as const,
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

function wishRevision(
  world: PureWorld,
  service: PureWorld['service'],
  kind: 'update' | 'rollback',
): void {
  world.service = service;
  const { revision, replicas } = service;
  const after = { revision, replicas };
  world.operations = [
    ...world.operations,
    anOperation({ id: id((operations += 1)), kind, after, progressAt: world.now }),
  ];
}

function apply(world: PureWorld, step: Step): void {
  switch (step.type) {
    case 'reconcile':
      world.reconcile();
      return;
    case 'update': {
      if (world.service.lifecycle !== 'live') return;
      const maxSurge = step.surge === 0 && step.unavailable === 0 ? 1 : step.surge;
      const update = { maxSurge, maxUnavailable: step.unavailable, healthySeconds: 1 };
      wishRevision(world, addRevision(world.service, aDescriptor({ update })), 'update');
      return;
    }
    case 'rollback': {
      const revision = previousRevision(world.service);
      if (world.service.lifecycle === 'live' && revision !== undefined)
        wishRevision(world, switchRevision(world.service, revision), 'rollback');
      return;
    }
    case 'pause':
      world.service = { ...world.service, paused: true };
      return;
    case 'resume':
      world.service = { ...world.service, paused: undefined, halted: undefined };
      return;
    case 'cancel':
      world.operations = world.operations.map((each) =>
        each.kind === 'migrate' ? endOperation(each, 'cancelled', world.now, 'by a user') : each,
      );
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
    case 'break':
      world.operations = [
        ...world.operations,
        anOperation({
          id: id((operations += 1)),
          kind: 'migrate',
          migration: {
            to: { location: `l${step.cluster + 1}` },
            instanceIds: world.live.map((each) => each.id),
            strategy: step.type === 'break' ? 'breakBeforeMake' : 'makeBeforeBreak',
            timeoutMs: 60_000,
            healthyMs: 500,
            outcomes: [],
          },
        }),
      ];
      return;
    case 'drain':
      change(world, step.cluster, { lifecycle: 'draining' });
      return;
    case 'undrain':
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

/** From one moment at which the reconciler wants to look again to the next, until there is none. */
function letTimePass(world: PureWorld): void {
  for (let turn = 0; turn < 500; turn += 1) {
    world.settle();
    if (!Number.isFinite(world.wakeAt)) return;
    world.now = Math.max(world.now, world.wakeAt);
  }
  throw new Error('there is always something to wait for');
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
    const running = halves.filter((half) => half.deferred !== true && mayRun(half));
    expect(running.length).toBeLessThanOrEqual(2);
    const breaking = halves.some((half) => half.deferred === true && half.action === 'run');
    if (breaking) expect(running.filter((half) => half.action === 'run')).toEqual([]);
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
        world.service = { ...world.service, paused: undefined, halted: undefined };
        for (const n of [0, 1, 2])
          change(world, n, { lifecycle: 'present', liveness: 'active', lastHeardAt: world.now });
        letTimePass(world);
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

interface Course {
  readonly replicas: number;
  readonly surge: number;
  readonly unavailable: number;
  /** Generations of the new revision, in the order in which they are bound, that come up; the others die. */
  readonly comesUp: readonly boolean[];
}

const courses: fc.Arbitrary<Course> = fc
  .record({
    replicas: fc.integer({ min: 1, max: 10 }),
    surge: fc.nat(4),
    unavailable: fc.nat(4),
    comesUp: fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
  })
  .filter(({ surge, unavailable }) => surge + unavailable > 0);

const upOf = (world: PureWorld): number =>
  world.live.filter((each) => each.halves.some((half) => half.phase === 'RUNNING')).length;

/** Agents obey, but new halves die where the course says so. */
function follow(world: PureWorld, comesUp: readonly boolean[], known: Map<string, boolean>): void {
  for (const instance of world.live)
    for (const half of instance.halves) {
      const key = `${instance.id}/${half.generation}`;
      if (half.revision !== 2 || half.action === 'stop') continue;
      const lives = known.get(key) ?? comesUp[known.size % comesUp.length] ?? true;
      known.set(key, lives);
      world.report(instance.id, half.clusterId, half.generation, lives ? 'RUNNING' : 'DEAD');
    }
  world.obey((instance, generation) =>
    instance.halves.some(
      (half) => half.generation === generation && (half.revision !== 2 || half.action === 'stop'),
    ),
  );
}

describe('an update, whatever becomes of its instances', () => {
  it('never takes down more than may be down, and succeeds or stops', () => {
    fc.assert(
      fc.property(courses, ({ replicas, surge, unavailable, comesUp }) => {
        const update = { maxSurge: surge, maxUnavailable: unavailable, healthySeconds: 1 };
        const roomy = { cpuMillicores: 100_000, memoryMiB: 100_000, gpus: 0 };
        const descriptor = aDescriptor({ replicas, update });
        const world = new PureWorld(aService({ replicas, descriptor }), [
          aCluster({ capacity: roomy }),
        ]);
        world.settle();
        wishRevision(world, addRevision(world.service, descriptor), 'update');
        const known = new Map<string, boolean>();
        const [operation] = world.operations;
        for (let turn = 0; turn < 60; turn += 1) {
          world.reconcile();
          follow(world, comesUp, known);
          expect(upOf(world)).toBeGreaterThanOrEqual(replicas - unavailable);
          world.now += 500;
        }
        const ended = world.operation(operation?.id ?? '');
        const died = [...known.values()].includes(false);
        expect(ended.state).toBe(died ? 'failed' : 'succeeded');
        expect(world.service.halted?.revision).toBe(died ? 2 : undefined);
      }),
      { numRuns: 150 },
    );
  });
});
