import { currentHalf, incomingHalf, type Half, type Instance } from '../instance/instance.js';
import { noResources } from '../resources.js';
import type { Phase } from '../phase.js';
import { isLost, type Surroundings } from './state.js';

/** First and longest wait after an order was refused, in milliseconds. */
const refusalDelayMsMin = 1_000;
const refusalDelayMsMax = 60_000;

/** Doubles with each refusal in a row. */
export const refusalDelayMs = (refusals: number): number =>
  Math.min(refusalDelayMsMax, refusalDelayMsMin * 2 ** Math.min(20, Math.max(0, refusals - 1)));

/** An incoming half that will not make it, with the reason to be told. */
export interface FailedMove {
  readonly half: Half;
  readonly reason: string;
}

/** Tells a half to go; it stays until its cluster has confirmed that. */
export const retire = (half: Half): Half =>
  half.role === 'retiring' && half.action === 'stop'
    ? half
    : { ...half, role: 'retiring', action: 'stop', acknowledged: false };

/** Halves of which nothing is left: cleared away at the cluster, or the cluster itself is gone for good. */
const isGone = (half: Half, { clusters }: Surroundings): boolean =>
  half.phase === 'UNDEPLOYED' || !clusters.has(half.clusterId);

/** What has ended by itself holds no resources any more. */
const release = (half: Half): Half =>
  half.phase === 'COMPLETED' && half.resources !== noResources
    ? { ...half, resources: noResources }
    : half;

/** Drops the halves that are gone. An instance that should have run there waits for a new place, longer with each refusal. */
export function clearHalves(
  instance: Instance,
  surroundings: Surroundings,
): { instance: Instance; failed: FailedMove | undefined } {
  const gone = instance.halves.filter((half) => isGone(half, surroundings));
  const halves = instance.halves.filter((half) => !gone.includes(half)).map(release);
  const unchanged = halves.every((half, index) => half === instance.halves[index]);
  if (gone.length === 0 && unchanged) return { instance, failed: undefined };
  let next: Instance = { ...instance, halves };
  const lostCurrent = gone.find((half) => half.role === 'current');
  if (lostCurrent && instance.wanted) {
    const refusals = instance.refusals + 1;
    next = {
      ...next,
      refusals,
      notBefore: surroundings.now + refusalDelayMs(refusals),
      reason: lostCurrent.reason ?? `nothing of it is left at ${lostCurrent.clusterName}`,
    };
  }
  const incoming = gone.find((half) => half.role === 'incoming');
  return {
    instance: next,
    failed: incoming && {
      half: incoming,
      reason: incoming.reason ?? `${incoming.clusterName} did not keep it`,
    },
  };
}

/** Tells every half to stop. */
export function stopHalves(instance: Instance): Instance {
  const halves = instance.halves.map(retire);
  return halves.every((half, index) => half === instance.halves[index])
    ? instance
    : { ...instance, halves };
}

/** The incoming half becomes the current one as soon as it is up, and the old one has to go. */
export function promote(instance: Instance, isUp: (half: Half) => boolean): Instance {
  const incoming = incomingHalf(instance);
  if (incoming === undefined || !isUp(incoming)) return instance;
  return {
    ...instance,
    revision: incoming.revision,
    refusals: 0,
    halves: instance.halves.map((half) => {
      if (half === incoming) return { ...half, role: 'current' as const };
      return half.role === 'current' ? retire(half) : half;
    }),
  };
}

/** Gives an incoming half up that has died or takes too long. The source stays as it is. */
export function giveUpIncoming(
  instance: Instance,
  isLate: (half: Half) => boolean,
): { instance: Instance; failed: FailedMove | undefined } {
  const incoming = incomingHalf(instance);
  if (incoming === undefined) return { instance, failed: undefined };
  const dead = incoming.phase === 'DEAD';
  if (!dead && !isLate(incoming)) return { instance, failed: undefined };
  const what = dead ? 'ended' : `did not run in time (${incoming.phase})`;
  const why = incoming.reason === undefined ? '' : `: ${incoming.reason}`;
  return {
    instance: {
      ...instance,
      halves: instance.halves.map((half) => (half === incoming ? retire(half) : half)),
    },
    failed: { half: incoming, reason: `${what} at ${incoming.clusterName}${why}` },
  };
}

/** The phase that users see, from the halves and from how their cluster is doing. */
export function phaseOf(instance: Instance, surroundings: Surroundings): Phase {
  if (!instance.wanted) return instance.halves.length === 0 ? 'UNDEPLOYED' : 'UNDEPLOYING';
  const half = currentHalf(instance) ?? incomingHalf(instance);
  if (half === undefined) return 'REQUESTED';
  const cluster = surroundings.clusters.get(half.clusterId);
  const ended = half.phase === 'COMPLETED' || half.phase === 'DEAD';
  return !ended && cluster && isLost(cluster, surroundings) ? 'LOST' : half.phase;
}
