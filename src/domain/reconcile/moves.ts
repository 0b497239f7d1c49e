/** How a half that is to take over is judged: when it counts as up, and when it has taken too long. */
import type { Half, Instance } from '../instance/instance.js';
import type { Operation } from '../operation/operation.js';
import { descriptorAt, type Service } from '../service/service.js';
import { healthyMsOf, progressDeadlineMsOf } from '../service/update-policy.js';
import { judgeLoss } from './losing.js';
import type { Surroundings } from './state.js';

export interface MoveLimits {
  /** How long it has to run without a break. */
  readonly healthyMs: number;
  /** How long it may take until it runs. */
  readonly timeoutMs: number;
}

/** What a migration demands of its targets, or else what the service demands of its instances. */
export function limitsOf(
  half: Half,
  service: Service,
  operations: readonly Operation[],
): MoveLimits {
  const migration = operations.find((each) => each.id === half.operationId)?.migration;
  if (migration) return { healthyMs: migration.healthyMs ?? 0, timeoutMs: migration.timeoutMs };
  const descriptor = descriptorAt(service, half.revision);
  return { healthyMs: healthyMsOf(descriptor), timeoutMs: progressDeadlineMsOf(descriptor) };
}

/** When a half counts as healthy if nothing happens to it; never while it does not run. */
export function healthyAt(half: Half, healthyMs: number): number {
  if (half.phase === 'COMPLETED') return 0;
  if (half.phase !== 'RUNNING') return Number.POSITIVE_INFINITY;
  return (half.runningSince ?? half.boundAt) + healthyMs;
}

/** Until when it has to run; one that ran in time is left the time to become healthy. */
function deadlineOf(half: Half, { timeoutMs }: MoveLimits): number {
  const deadline = half.boundAt + timeoutMs;
  const inTime = half.phase === 'RUNNING' && (half.runningSince ?? half.boundAt) < deadline;
  return inTime ? Number.POSITIVE_INFINITY : deadline;
}

export const isLate = (half: Half, limits: MoveLimits, now: number): boolean =>
  now >= deadlineOf(half, limits);

/** When the half has to be looked at again although nothing was told of it. */
export const nextLookAt = (half: Half, limits: MoveLimits): number =>
  Math.min(healthyAt(half, limits.healthyMs), deadlineOf(half, limits));

/** Whether something of the half may still run at its cluster. */
export const mayRun = ({ phase }: Half): boolean =>
  phase !== 'COMPLETED' && phase !== 'DEAD' && phase !== 'UNDEPLOYED';

/** Whether something else has to wait for the half to end: not where it was given up with its cluster, as users wished. */
export const isInTheWay = (half: Half, surroundings: Surroundings): boolean =>
  mayRun(half) && judgeLoss(half, surroundings).kind !== 'replaceable';

/** Whether an earlier binding has not confirmed its end yet: until then, nothing is started beside it. */
export const hasLeftover = (
  { halves }: Pick<Instance, 'halves'>,
  surroundings: Surroundings,
): boolean => halves.some((half) => half.role === 'retiring' && isInTheWay(half, surroundings));
