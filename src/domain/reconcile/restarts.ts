/** What follows when an instance ends, and how long it then waits. */
import { currentHalf, incomingHalf, type Half, type Instance } from '../instance/instance.js';
import type { Descriptor } from '../service/descriptor.js';
import { descriptorAt, type Service } from '../service/service.js';
import { refusalDelayMs, retire } from './halves.js';

/** An instance that has run this long without a break has recovered: its waits begin anew. */
const recoveredAfterMs = 60_000;

/** So many ends in a row fail an operation; the instance is tried on. */
export const endsInRowMax = 3;

/**
 * Whether an instance that its agent has given up is placed anew. Agents restart by themselves what has `FAILED`; `DEAD` is where
 * they stop.
 */
export const startsAnew = (
  { restart }: Pick<Descriptor, 'restart'>,
  { phase, exitCode }: Pick<Half, 'phase' | 'exitCode'>,
): boolean =>
  phase === 'DEAD' && (restart === 'always' || (restart === 'onFailure' && exitCode !== 0));

/** The instance after one more end, with the time before which it is not placed again. */
export function backOff(instance: Instance, now: number): Instance {
  const refusals = instance.refusals + 1;
  return { ...instance, refusals, notBefore: now + refusalDelayMs(refusals) };
}

/** Has an instance that its agent has given up placed anew, later with each time, as the service's `restart` says. */
export function restartDead(instance: Instance, service: Service, now: number): Instance {
  const half = currentHalf(instance);
  if (half === undefined || incomingHalf(instance)) return instance;
  if (!startsAnew(descriptorAt(service, half.revision), half)) return instance;
  return {
    ...backOff(instance, now),
    reason: half.reason ?? `it ended at ${half.clusterName}`,
    halves: instance.halves.map((each) => (each === half ? retire(each) : each)),
  };
}

/** When the instance counts as recovered if nothing happens to it; never while there is nothing to recover from. */
export function recoversAt(instance: Instance): number {
  const half = currentHalf(instance);
  if (instance.refusals === 0 || half?.phase !== 'RUNNING') return Number.POSITIVE_INFINITY;
  const since = Math.max(half.runningSince ?? half.boundAt, instance.notBefore ?? 0);
  return since + recoveredAfterMs;
}

/** Forgets the ends of the past once the instance has recovered. */
export const forgive = (instance: Instance, now: number): Instance =>
  recoversAt(instance) <= now ? { ...instance, refusals: 0, notBefore: undefined } : instance;
