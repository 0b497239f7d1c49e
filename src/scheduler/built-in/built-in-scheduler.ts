import { Verdict } from '../../domain/instance/instance.js';
import type {
  ClusterPicture,
  Consideration,
  FilterName,
  PlacementRequest,
  PlacementResult,
  Scheduler,
} from '../../domain/scheduling/scheduling.js';
import { drop } from '../../domain/scheduling/filters.js';
import { Contests } from './contests.js';
import { scoresOf, totalScore } from './scores.js';
import { spreadGroup, Tally } from './tally.js';

const name = 'built-in';

const demandsTarget = ({ placement }: PlacementRequest): boolean =>
  placement.cluster !== undefined ||
  placement.location !== undefined ||
  placement.worker !== undefined;

/** The negative verdict that says most: what the last filters dropped was closest to fitting. */
function refusal(
  request: PlacementRequest,
  dropped: Readonly<Partial<Record<FilterName, number>>>,
): Verdict {
  if (!demandsTarget(request)) return Verdict.NoActiveClusterWithCapacity;
  const pastTarget = Object.keys(dropped).filter(
    (name) => !['organization', 'cluster', 'location', 'worker'].includes(name),
  );
  if (pastTarget.length === 0) return Verdict.TargetClusterNotFound;
  return pastTarget.every((name) => name === 'liveness' || name === 'schedulable')
    ? Verdict.TargetClusterNotActive
    : Verdict.TargetClusterNoCapacity;
}

/** Filter, score, choose; the same answer for the same input, ties go to the cluster that comes first in the picture. */
export function place(
  requests: readonly PlacementRequest[],
  picture: readonly ClusterPicture[],
): readonly PlacementResult[] {
  const contests = new Contests(picture, requests);
  return requests.map((request) => {
    const { best, dropped } = contests.choose(request);
    const { instanceId } = request;
    const base = { instanceId, scheduler: name, considered: picture.length, dropped };
    if (best === undefined) return { ...base, verdict: refusal(request, dropped) };
    return {
      ...base,
      verdict: Verdict.PLACED,
      clusterId: best.cluster.id,
      clusterName: best.cluster.name,
      worker: request.placement.worker,
      score: best.score,
    };
  });
}

/** What each cluster looks like for the request: best score first, then the dropped ones in the order of the picture. */
export function explain(
  request: PlacementRequest,
  picture: readonly ClusterPicture[],
): readonly Consideration[] {
  const siblings = new Tally(picture).siblings(request);
  return picture
    .map((cluster): Consideration => {
      const base = { clusterId: cluster.id, clusterName: cluster.name };
      const dropping = drop(request, cluster, cluster.free);
      if (dropping) return { ...base, ...dropping };
      const scores = scoresOf(
        request,
        cluster,
        cluster.free,
        siblings.get(spreadGroup(request, cluster)) ?? 0,
      );
      return { ...base, score: totalScore(scores), scores };
    })
    .sort((a, b) => (b.score ?? -1) - (a.score ?? -1));
}

/** The scheduler that is always there. */
export const builtInScheduler: Scheduler = {
  name,
  place: (requests, picture) => Promise.resolve(place(requests, picture)),
  explain,
};
