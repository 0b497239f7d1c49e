import { currentHalf, incomingHalf, type Half, type Instance } from '../instance/instance.js';
import { phaseOf } from './halves.js';
import { judgeLoss } from './losing.js';
import type { Surroundings } from './state.js';

const lossReason = (half: Half, surroundings: Surroundings): string | undefined => {
  const loss = judgeLoss(half, surroundings);
  return 'reason' in loss ? loss.reason : undefined;
};

/** Notes since when halves are told to stop. */
const stampStops = (instance: Instance, now: number): Instance =>
  instance.halves.some((half) => half.action === 'stop' && half.stopToldAt === undefined)
    ? {
        ...instance,
        halves: instance.halves.map((half) =>
          half.action === 'stop' ? { ...half, stopToldAt: half.stopToldAt ?? now } : half,
        ),
      }
    : instance;

/**
 * The instance with what users see of it. Reasons of the past go once it is placed.
 *
 * @param refused - it has just been refused a better place; the verdict stays its reason
 */
export function present(
  instance: Instance,
  surroundings: Surroundings,
  refused: boolean,
): Instance {
  const phase = phaseOf(instance, surroundings);
  const live = instance.wanted || instance.halves.length > 0;
  const half = currentHalf(instance) ?? incomingHalf(instance);
  const reason =
    half === undefined || refused
      ? instance.reason
      : ((phase === 'LOST' ? lossReason(half, surroundings) : undefined) ?? half.reason);
  const same = phase === instance.phase && live === instance.live && reason === instance.reason;
  const seen = same ? instance : { ...instance, phase, live, reason };
  return stampStops(seen, surroundings.now);
}
