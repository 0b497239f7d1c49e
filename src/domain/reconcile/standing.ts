/** How far the instances of a service are from what is wished. */
import { currentHalf, incomingHalf, type Instance } from '../instance/instance.js';
import { isUpdating } from '../service/revisions.js';
import { descriptorAt, type Service } from '../service/service.js';
import { healthyMsOf } from '../service/update-policy.js';
import { healthyAt } from './moves.js';
import { endsInRowMax, startsAnew } from './restarts.js';

export interface Standing {
  readonly ready: number;
  /** Those that run, also with another revision than the one that is wished. */
  readonly running: number;
  readonly leaving: readonly Instance[];
  /** Without a place, since no cluster can take them. */
  readonly waiting: readonly Instance[];
  /** Under way: placed, and not ready yet. */
  readonly starting: readonly Instance[];
  /** One-shot instances at their work, which may take any time. */
  readonly working: number;
  /** Ended for good, or too often in a row, with the reason. */
  readonly ended: readonly { readonly instance: Instance; readonly reason: string }[];
}

/** When the instance counts as ready if nothing happens to it. */
export function readyAt(instance: Instance, service: Service): number {
  const half = currentHalf(instance);
  if (half === undefined || incomingHalf(instance)) return Number.POSITIVE_INFINITY;
  if (half.phase === 'COMPLETED') return 0;
  if (half.revision !== service.revision || service.descriptor.oneShot)
    return Number.POSITIVE_INFINITY;
  // What has proved itself counts as soon as it runs; a new revision has to stay up for a while.
  return healthyAt(half, isUpdating(service) ? healthyMsOf(service.descriptor) : 0);
}

/** Whether the instance is at rest where the update that would replace it does not go on. */
function isRunning(instance: Instance, service: Service, now: number): boolean {
  const half = currentHalf(instance);
  const old = half !== undefined && half.revision !== service.revision;
  return old && !incomingHalf(instance)
    ? healthyAt(half, 0) <= now && !descriptorAt(service, half.revision).oneShot
    : readyAt(instance, service) <= now;
}

/** Whether the last answer of the scheduler was that there is no place. */
const isRefused = ({ decision }: Instance): boolean =>
  decision !== undefined && decision.verdict !== 'PLACED';

function endOf(instance: Instance, service: Service): string | undefined {
  const half = currentHalf(instance);
  // An update replaces it, however it ended.
  if (half !== undefined && half.revision !== service.revision) return undefined;
  if (half?.phase === 'DEAD' && !startsAnew(descriptorAt(service, half.revision), half))
    return `is DEAD: ${half.reason ?? 'it ended'}`;
  return half?.phase !== 'RUNNING' && instance.refusals >= endsInRowMax
    ? `has ended or was refused ${instance.refusals} times in a row: ${instance.reason ?? 'no reason was given'}`
    : undefined;
}

export function standingOf(
  service: Service,
  instances: readonly Instance[],
  now: number,
): Standing {
  const waiting: Instance[] = [];
  const starting: Instance[] = [];
  const ended: { instance: Instance; reason: string }[] = [];
  let ready = 0;
  let running = 0;
  let working = 0;
  for (const instance of instances) {
    if (!instance.wanted) continue;
    if (isRunning(instance, service, now)) running += 1;
    if (readyAt(instance, service) <= now) {
      ready += 1;
      continue;
    }
    const reason = endOf(instance, service);
    if (reason !== undefined) ended.push({ instance, reason });
    const half = currentHalf(instance);
    if (service.descriptor.oneShot && half?.phase === 'RUNNING') working += 1;
    else if (incomingHalf(instance) || half?.revision === service.revision) starting.push(instance);
    else if (isRefused(instance)) waiting.push(instance);
    else if (half === undefined) starting.push(instance);
  }
  const leaving = instances.filter((instance) => instance.live && !instance.wanted);
  return { ready, running, leaving, waiting, starting, working, ended };
}
