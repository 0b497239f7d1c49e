import type { Instance } from '../instance/instance.js';
import { incomingHalf } from '../instance/instance.js';
import { endOperation, type Operation } from '../operation/operation.js';
import { summarisePhase, type Phase, type PhaseCounts } from '../phase.js';
import type { Service } from '../service/service.js';

/** How far the instances of a service are. */
interface Standing {
  readonly ready: number;
  readonly leaving: number;
  readonly waiting: readonly Instance[];
  readonly dead: readonly Instance[];
  readonly held: readonly Instance[];
}

const isReady = (instance: Instance, service: Service): boolean =>
  instance.revision === service.revision &&
  (instance.phase === 'RUNNING' || instance.phase === 'COMPLETED') &&
  incomingHalf(instance) === undefined;

function standingOf(service: Service, instances: readonly Instance[]): Standing {
  const wanted = instances.filter((instance) => instance.wanted);
  return {
    ready: wanted.filter((instance) => isReady(instance, service)).length,
    leaving: instances.filter((instance) => instance.live && !instance.wanted).length,
    waiting: wanted.filter((instance) => instance.halves.length === 0),
    dead: wanted.filter((instance) => instance.phase === 'DEAD'),
    held: wanted.filter((instance) => instance.heldRevision === service.revision),
  };
}

const advance = (operation: Operation, done: number, total: number, reason?: string): Operation =>
  operation.done === done && operation.total === total && operation.reason === reason
    ? operation
    : { ...operation, done, total, reason };

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function waitingReason(waiting: readonly Instance[]): string | undefined {
  const [first] = waiting;
  return (
    first &&
    `${plural(waiting.length, 'instance')} without a place: ${first.reason ?? 'not decided yet'}`
  );
}

function advanceConvergence(
  operation: Operation,
  service: Service,
  standing: Standing,
  now: number,
): Operation {
  const next = advance(
    operation,
    standing.ready,
    service.replicas + standing.leaving,
    waitingReason(standing.waiting),
  );
  const [held] = standing.held;
  if (held)
    return endOperation(
      next,
      'failed',
      now,
      `instance ${held.ordinal}: ${held.reason ?? 'it ended'}`,
    );
  const [dead] = standing.dead;
  if (dead)
    return endOperation(
      next,
      'failed',
      now,
      `instance ${dead.ordinal} is DEAD: ${dead.reason ?? 'it ended'}`,
    );
  return standing.ready === service.replicas && standing.leaving === 0
    ? endOperation(next, 'succeeded', now)
    : next;
}

function advanceMigration(operation: Operation, now: number): Operation {
  const { migration } = operation;
  if (migration === undefined) return endOperation(operation, 'failed', now, 'nothing to migrate');
  const next = advance(operation, migration.outcomes.length, migration.instanceIds.length);
  if (migration.outcomes.length < migration.instanceIds.length) return next;
  const failures = migration.outcomes.filter((outcome) => !outcome.done);
  const [first] = failures;
  return first
    ? endOperation(
        next,
        'failed',
        now,
        `${plural(failures.length, 'instance')} stayed where it was: ${first.reason ?? 'unknown'}`,
      )
    : endOperation(next, 'succeeded', now);
}

function advanceTermination(operation: Operation, live: number, now: number): Operation {
  const total = Math.max(operation.total, live);
  const next = advance(operation, total - live, total);
  return live === 0 ? endOperation(next, 'succeeded', now) : next;
}

/** Brings an operation on a service up to date with what its instances are doing. */
export function advanceOperation(
  operation: Operation,
  service: Service,
  instances: readonly Instance[],
  now: number,
): Operation {
  if (operation.kind === 'terminate')
    return advanceTermination(operation, instances.filter((each) => each.live).length, now);
  if (service.lifecycle !== 'live')
    return endOperation(operation, 'cancelled', now, 'the service was terminated');
  if (operation.kind === 'migrate') return advanceMigration(operation, now);
  return advanceConvergence(operation, service, standingOf(service, instances), now);
}

const countPhases = (instances: readonly Instance[]): PhaseCounts => {
  const counts: Partial<Record<Phase, number>> = {};
  for (const { live, phase } of instances) if (live) counts[phase] = (counts[phase] ?? 0) + 1;
  return counts;
};

const sameCounts = (a: PhaseCounts, b: PhaseCounts): boolean => {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<Phase>;
  return [...keys].every((key) => a[key] === b[key]);
};

/**
 * The service with its summary brought up to date; the same object where nothing changed.
 *
 * @param open - its operations. A service ends together with the wish for its end: without it, the wish was accepted while the
 * state was being read, and would stay open for ever.
 */
export function summarise(
  service: Service,
  instances: readonly Instance[],
  open: readonly Operation[],
): Service {
  const phaseCounts = countPhases(instances);
  const live = instances.some((instance) => instance.live);
  const asked = open.some((operation) => operation.kind === 'terminate');
  const ended =
    service.lifecycle === 'terminated' || (service.lifecycle === 'terminating' && !live && asked);
  const running = service.lifecycle === 'live';
  const phase = running
    ? summarisePhase(phaseCounts, service.replicas)
    : ended
      ? 'UNDEPLOYED'
      : 'UNDEPLOYING';
  const reason = running
    ? instances.find((each) => each.wanted && each.phase === phase)?.reason
    : undefined;
  const lifecycle = ended ? 'terminated' : service.lifecycle;
  const unchanged =
    phase === service.phase &&
    reason === service.reason &&
    lifecycle === service.lifecycle &&
    sameCounts(phaseCounts, service.phaseCounts);
  return unchanged ? service : { ...service, phase, reason, lifecycle, phaseCounts };
}
