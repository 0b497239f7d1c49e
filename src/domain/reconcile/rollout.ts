/** Replacing instances by a new revision: which ones, how many at a time, and when it has to stop. */
import { currentHalf, incomingHalf, type Instance } from '../instance/instance.js';
import { isHalted, isUpdating } from '../service/revisions.js';
import type { Service } from '../service/service.js';
import { amountOf, healthyMsOf, updatePolicyOf } from '../service/update-policy.js';
import { retire, type FailedMove } from './halves.js';
import { judgeLoss } from './losing.js';
import { hasLeftover, healthyAt } from './moves.js';
import type { Surroundings } from './state.js';

/** Whether instances may be replaced at present. */
export const isRolling = (service: Service): boolean =>
  service.paused !== true && !isHalted(service);

/** Whether the instance still has to be replaced by the present revision. What has completed is not run again. */
export function isOutdated(instance: Instance, service: Service): boolean {
  const half = currentHalf(instance);
  return half !== undefined && half.phase !== 'COMPLETED' && half.revision !== service.revision;
}

/** Whether the instance serves: at a new revision only once it is healthy. */
function isAvailable(instance: Instance, service: Service, now: number): boolean {
  const half = currentHalf(instance);
  if (half === undefined) return false;
  const fresh = half.revision === service.revision && isUpdating(service);
  return healthyAt(half, fresh ? healthyMsOf(service.descriptor) : 0) <= now;
}

/** Whether nobody would confirm that it has stopped. */
function isAway(instance: Instance, surroundings: Surroundings): boolean {
  const half = currentHalf(instance);
  return half !== undefined && judgeLoss(half, surroundings).kind !== 'none';
}

/** Whether the instance is down because it is being replaced where it stands. */
const isBeingReplaced = (instance: Instance, service: Service, now: number): boolean =>
  !isAvailable(instance, service, now) && !isOutdated(instance, service);

/** How many more may run at the new revision beside those that they replace. */
export function surgeRoom(service: Service, instances: readonly Instance[]): number {
  if (!isRolling(service)) return 0;
  const { maxSurge } = updatePolicyOf(service.descriptor);
  const moving = instances.filter((each) => incomingHalf(each)?.cause === 'update');
  return amountOf(maxSurge, service.replicas) - moving.length;
}

/**
 * Stops as many outdated instances as may be down, so that they can be placed anew. One that is down anyway costs nobody anything.
 *
 * @param isFree - whether nothing else is intended for the instance
 */
export function stopOutdated(
  service: Service,
  instances: readonly Instance[],
  surroundings: Surroundings,
  isFree: (instance: Instance) => boolean,
): readonly Instance[] {
  const { now } = surroundings;
  const allowed = amountOf(updatePolicyOf(service.descriptor).maxUnavailable, service.replicas);
  if (allowed === 0 || !isRolling(service)) return instances;
  const wanted = instances.filter((each) => each.wanted);
  const up = wanted.filter((each) => isAvailable(each, service, now)).length;
  let mayGoDown = up - Math.max(0, service.replicas - allowed);
  let room = allowed - wanted.filter((each) => isBeingReplaced(each, service, now)).length;
  return instances.map((instance) => {
    const candidate =
      instance.wanted && isOutdated(instance, service) && !incomingHalf(instance) && room > 0;
    if (!candidate || hasLeftover(instance, surroundings) || !isFree(instance)) return instance;
    if (isAway(instance, surroundings)) return instance;
    const costs = isAvailable(instance, service, now) ? 1 : 0;
    if (costs > mayGoDown) return instance;
    mayGoDown -= costs;
    room -= 1;
    const halves = instance.halves.map((half) => (half.role === 'current' ? retire(half) : half));
    return { ...instance, halves };
  });
}

/** The service with its update stopped. A revision that has proved itself is not stopped any more. */
export const halt = (service: Service, reason: string): Service =>
  isHalted(service) || !isUpdating(service)
    ? service
    : { ...service, halted: { revision: service.revision, reason } };

/** Why an instance at the new revision has the update stopped, if it does. */
export function haltingReason(
  service: Service,
  instance: Instance,
  failed: FailedMove | undefined,
): string | undefined {
  if (failed?.half.cause === 'update' && failed.half.revision === service.revision)
    return `instance ${instance.ordinal}: ${failed.reason}`;
  const half = currentHalf(instance);
  return half?.phase === 'DEAD' && half.revision === service.revision
    ? `instance ${instance.ordinal} ended at ${half.clusterName}: ${half.reason ?? 'no reason was given'}`
    : undefined;
}
