/** What one instance has to go through before anything new is decided for it. */
import { currentHalf, incomingHalf, type Half, type Instance } from '../instance/instance.js';
import { isLeaving } from '../cluster/cluster.js';
import type { Operation } from '../operation/operation.js';
import type { Service } from '../service/service.js';
import {
  clearHalves,
  giveUpIncoming,
  promote,
  retire,
  stopHalves,
  type FailedMove,
} from './halves.js';
import { healthyAt, isInTheWay, isLate, limitsOf } from './moves.js';
import { backOff, forgive, restartDead } from './restarts.js';
import { haltingReason } from './rollout.js';
import type { Surroundings } from './state.js';

export interface Settled {
  readonly instance: Instance;
  /** A move that has not made it, to be told to its operation. */
  readonly failed?: FailedMove | undefined;
  /** Why the update of the service has to stop. */
  readonly halts?: string | undefined;
}

interface Situation {
  readonly service: Service;
  readonly operations: readonly Operation[];
  readonly surroundings: Surroundings;
}

const unwant = (instance: Instance): Instance =>
  instance.wanted ? { ...instance, wanted: false } : instance;

const retireHalf = (instance: Instance, half: Half): Instance => ({
  ...instance,
  halves: instance.halves.map((each) => (each === half ? retire(each) : each)),
});

const limits = (half: Half, { service, operations }: Situation) =>
  limitsOf(half, service, operations);

/** Whether the half has run for long enough to take over. */
const isUp = (half: Half, situation: Situation): boolean =>
  healthyAt(half, limits(half, situation).healthyMs) <= situation.surroundings.now;

/** Whether nobody wishes the move any more. An evacuation that has made it is not taken back. */
function isCalledOff(half: Half, source: Half, situation: Situation): boolean {
  const { cause, revision, operationId } = half;
  const { service, operations, surroundings } = situation;
  if (cause === 'update') return revision !== service.revision;
  if (cause === 'migrate') return !operations.some((each) => each.id === operationId);
  const cluster = surroundings.clusters.get(source.clusterId);
  return (
    cause === 'evacuate' && cluster !== undefined && !isLeaving(cluster) && !isUp(half, situation)
  );
}

/** Gives up a move that nobody wishes any more. Where the source does not run it goes on: the target may be all that does. */
function callOff(instance: Instance, situation: Situation): Instance {
  const incoming = incomingHalf(instance);
  const source = currentHalf(instance);
  if (incoming === undefined || source?.phase !== 'RUNNING') return instance;
  return isCalledOff(incoming, source, situation) ? retireHalf(instance, incoming) : instance;
}

/** Tells the target to start, once nothing may run at the source any more. */
function handOver(instance: Instance, surroundings: Surroundings): Instance {
  const incoming = incomingHalf(instance);
  if (incoming?.deferred !== true) return instance;
  const others = instance.halves.filter((half) => half !== incoming);
  if (others.some((half) => isInTheWay(half, surroundings))) return instance;
  const started: Half = { ...incoming, deferred: undefined, boundAt: surroundings.now };
  return {
    ...instance,
    halves: instance.halves.map((half) => (half === incoming ? started : half)),
  };
}

/** The wait after a move that failed. What a revision brought down is not tried again, and what has stopped goes back at once. */
function afterFailedMove(
  instance: Instance,
  { half, reason }: FailedMove,
  halts: boolean,
  now: number,
): Instance {
  if (currentHalf(instance) === undefined)
    return { ...instance, reason, notBefore: undefined, returnTo: half.from };
  return halts ? instance : backOff(instance, now);
}

/** Clears, promotes and gives up halves of one instance, and has it start anew where it has ended. */
export function settle(
  instance: Instance,
  service: Service,
  operations: readonly Operation[],
  surroundings: Surroundings,
): Settled {
  const { now } = surroundings;
  const cleared = clearHalves(instance, surroundings);
  if (service.lifecycle !== 'live' || !instance.wanted)
    return { instance: stopHalves(unwant(cleared.instance)) };
  const situation = { service, operations, surroundings };
  const going = handOver(callOff(cleared.instance, situation), surroundings);
  const promoted = promote(going, (half) => isUp(half, situation));
  const given = giveUpIncoming(promoted, (half) => isLate(half, limits(half, situation), now));
  const failed = given.failed ?? cleared.failed;
  const halts = haltingReason(service, given.instance, given.failed);
  const waiting = failed
    ? afterFailedMove(given.instance, failed, halts !== undefined, now)
    : given.instance;
  return { instance: forgive(restartDead(waiting, service, now), now), failed, halts };
}
