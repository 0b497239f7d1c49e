/** Brings operations on a service up to date, and ends each of them: there is a deadline for whatever does not come closer. */
import { currentHalf, incomingHalf, type Instance } from '../instance/instance.js';
import { endOperation, isUpdate, type Operation } from '../operation/operation.js';
import { isHalted } from '../service/revisions.js';
import type { Service } from '../service/service.js';
import { progressDeadlineMsOf } from '../service/update-policy.js';
import { pendingMigration } from './migrations.js';
import type { Standing } from './standing.js';
import type { Surroundings } from './state.js';

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Whether users hold the update. One that has stopped by itself needs more than to be let go. */
const isHeld = (service: Service): boolean => service.paused === true && !isHalted(service);

/** Whether nothing is left to do but what waits for something outside: users, room, or the work of one-shot instances. */
const isWaiting = (service: Service, { starting, leaving, waiting, working }: Standing): boolean =>
  isHeld(service) ||
  (starting.length === 0 && leaving.length === 0 && waiting.length + working > 0);

/** How many instances are as the operation wishes. Where an update has stopped, a change of their number does not wait for it. */
const doneOf = (operation: Operation, service: Service, { ready, running }: Standing): number =>
  !isUpdate(operation) && isHalted(service) ? running : ready;

/** What an operation that changes the number or the revision of instances waits for. */
function waitingReason(service: Service, { waiting }: Standing): string | undefined {
  if (isHeld(service) && service.revision !== service.stableRevision)
    return `paused; go on with POST /api/v1/services/${service.id}/update/resume`;
  const [first] = waiting;
  return (
    first &&
    `${plural(waiting.length, 'instance')} without a place: ${first.reason ?? 'not decided yet'}`
  );
}

/** What holds the service up, for those who read why an operation has failed. */
function obstacle({ starting, leaving }: Standing): string {
  const [instance = leaving[0]] = starting;
  if (instance === undefined) return 'no instance can be replaced';
  const half = incomingHalf(instance) ?? currentHalf(instance) ?? instance.halves[0];
  const where = half === undefined ? '' : ` at ${half.clusterName}`;
  const why = half?.reason ?? instance.reason;
  const phase = instance.wanted && half ? half.phase : instance.phase;
  return `instance ${instance.ordinal} is ${phase}${where}${why === undefined ? '' : `: ${why}`}`;
}

/** The operation with its progress; the clock of its deadline begins anew with each step, and stands while it waits. */
function advance(
  operation: Operation,
  service: Service,
  standing: Standing,
  now: number,
): Operation {
  const done = doneOf(operation, service, standing);
  const total = service.replicas + standing.leaving.length;
  const reason = waitingReason(service, standing);
  const waits = isWaiting(service, standing);
  const moved = done !== operation.done || operation.progressAt === undefined;
  const progressAt = waits ? undefined : moved ? now : operation.progressAt;
  const same =
    done === operation.done &&
    total === operation.total &&
    reason === operation.reason &&
    progressAt === operation.progressAt;
  return same ? operation : { ...operation, done, total, reason, progressAt };
}

/** When the operation fails if nothing happens until then; never while its clock stands. */
export const overdueAt = (operation: Operation, service: Service): number =>
  operation.kind === 'migrate' ||
  operation.kind === 'terminate' ||
  operation.progressAt === undefined
    ? Number.POSITIVE_INFINITY
    : operation.progressAt + progressDeadlineMsOf(service.descriptor);

/** Why an operation cannot reach what was wished, if it cannot. */
function failureOf(
  operation: Operation,
  service: Service,
  standing: Standing,
  now: number,
): string | undefined {
  if (isUpdate(operation) && isHalted(service)) return service.halted?.reason;
  const [end] = standing.ended;
  if (end) return `instance ${end.instance.ordinal} ${end.reason}`;
  if (now < overdueAt(operation, service)) return undefined;
  const seconds = progressDeadlineMsOf(service.descriptor) / 1000;
  return `no progress for ${seconds} s: ${obstacle(standing)}`;
}

/** How far an update has come that has stopped, and how to go on. */
const updateAdvice = ({ id, replicas, revision }: Service, { ready }: Standing): string =>
  `. The update has stopped: ${ready} of ${replicas} run revision ${revision}. ` +
  `Go on with POST /api/v1/services/${id}/update/resume, or go back with POST /api/v1/services/${id}/rollback.`;

function advanceConvergence(
  operation: Operation,
  service: Service,
  standing: Standing,
  now: number,
): Operation {
  const { after } = operation;
  if (isUpdate(operation) && after && after.revision !== service.revision)
    return endOperation(operation, 'cancelled', now, `revision ${service.revision} is wished now`);
  const next = advance(operation, service, standing, now);
  if (next.done === service.replicas && standing.leaving.length === 0)
    return endOperation(next, 'succeeded', now);
  const failure = failureOf(next, service, standing, now);
  if (failure === undefined) return next;
  const advice = isUpdate(operation) ? updateAdvice(service, standing) : '';
  return endOperation(next, 'failed', now, `${failure}${advice}`);
}

/** Instances of a migration that have not begun to move. */
const queued = (operation: Operation, instances: readonly Instance[]): number =>
  instances.filter(
    (each) => !incomingHalf(each) && pendingMigration([operation], each.id) !== undefined,
  ).length;

function advanceMigration(
  operation: Operation,
  instances: readonly Instance[],
  now: number,
): Operation {
  const { migration } = operation;
  if (migration === undefined) return endOperation(operation, 'failed', now, 'nothing to migrate');
  const done = migration.outcomes.length;
  const total = migration.instanceIds.length;
  const waiting = done < total ? queued(operation, instances) : 0;
  const reason =
    waiting > 0 ? `${plural(waiting, 'instance')} not moving yet or not confirmed` : undefined;
  const same = operation.done === done && operation.total === total && operation.reason === reason;
  const next = same ? operation : { ...operation, done, total, reason };
  if (done < total) return next;
  const failures = migration.outcomes.filter((outcome) => !outcome.done);
  const [first] = failures;
  return first
    ? endOperation(
        next,
        'failed',
        now,
        `${plural(failures.length, 'instance')} of ${total} did not move: ${first.reason ?? 'unknown'}`,
      )
    : endOperation(next, 'succeeded', now);
}

/** The clusters that are away and have not confirmed that nothing of the service is left. */
function missingConfirmations(
  live: readonly Instance[],
  clusters: Surroundings['clusters'],
): string | undefined {
  const away = live
    .flatMap(({ halves }) => halves)
    .filter((half) => clusters.get(half.clusterId)?.liveness === 'inactive');
  const names = [...new Set(away.map((half) => half.clusterName))].sort();
  const [first, second, third] = names;
  if (first === undefined) return undefined;
  const told = [first, second, third].filter((name) => name !== undefined).join(', ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `waits for ${told}${more}, away at present`;
}

function advanceTermination(
  operation: Operation,
  instances: readonly Instance[],
  { clusters, now }: Surroundings,
): Operation {
  const live = instances.filter((each) => each.live);
  const total = Math.max(operation.total, live.length);
  const done = total - live.length;
  const reason = missingConfirmations(live, clusters);
  const same = operation.done === done && operation.total === total && operation.reason === reason;
  const next = same ? operation : { ...operation, done, total, reason };
  return live.length === 0 ? endOperation(next, 'succeeded', now) : next;
}

/** Brings an operation on a service up to date with what its instances are doing. */
export function advanceOperation(
  operation: Operation,
  service: Service,
  instances: readonly Instance[],
  standing: Standing,
  surroundings: Surroundings,
): Operation {
  const { now } = surroundings;
  if (operation.kind === 'terminate') return advanceTermination(operation, instances, surroundings);
  if (service.lifecycle !== 'live')
    return endOperation(operation, 'cancelled', now, 'the service was terminated');
  if (operation.kind === 'migrate') return advanceMigration(operation, instances, now);
  return advanceConvergence(operation, service, standing, now);
}
