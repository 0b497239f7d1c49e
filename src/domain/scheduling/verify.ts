import type { Resources } from '../resources.js';
import { drop } from './filters.js';
import type { PlacementAnswer, Refusal } from './remote.js';
import type { ClusterPicture, PlacementRequest } from './scheduling.js';

/**
 * Holds the answer of a remote scheduler against the rules that bind everybody.
 *
 * @param target - the cluster that it names, if there is one
 * @param free - what is left of that cluster at this point
 * @returns what is wrong with it; nothing when it holds. Negative verdicts always do.
 */
export function verify(
  request: PlacementRequest,
  answer: PlacementAnswer,
  target: ClusterPicture | undefined,
  free: Resources,
): Refusal | undefined {
  if (answer.verdict !== 'PLACED') return undefined;
  const { clusterId, worker } = answer;
  if (target === undefined)
    return {
      clusterId,
      droppedBy: 'unknown',
      detail:
        clusterId === undefined ? 'The answer names no cluster.' : `There is no ${clusterId}.`,
    };
  const dropped = drop(request, target, free);
  if (dropped)
    return {
      clusterId,
      droppedBy: dropped.droppedBy,
      detail: `${target.name} ${dropped.detail}`,
    };
  const demanded = request.placement.worker;
  if (worker === undefined || worker === demanded) return undefined;
  if (demanded !== undefined)
    return { clusterId, droppedBy: 'worker', detail: `${demanded} is demanded, not ${worker}` };
  return (target.workers?.includes(worker) ?? true)
    ? undefined
    : { clusterId, droppedBy: 'worker', detail: `${target.name} has no worker ${worker}` };
}
