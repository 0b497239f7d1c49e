import { Verdict } from '../../domain/instance/instance.js';
import type { Resources } from '../../domain/resources.js';
import type {
  ClusterPicture,
  Consideration,
  FilterName,
  PlacementRequest,
  PlacementResult,
  Scheduler,
} from '../../domain/scheduling/scheduling.js';
import { drop, take } from '../../domain/scheduling/filters.js';
import { scoresOf, totalScore } from './scores.js';

const name = 'built-in';

/** What the requests of one batch have taken so far. */
class Tally {
  readonly #free = new Map<string, Resources>();
  readonly #siblings = new Map<string, Map<string, number>>();

  free(cluster: ClusterPicture): Resources {
    return this.#free.get(cluster.id) ?? cluster.free;
  }

  /** Instances of the request's service by cluster id, or by location where it wants to spread over these. */
  siblings(
    request: PlacementRequest,
    byId: ReadonlyMap<string, ClusterPicture>,
  ): Map<string, number> {
    const known = this.#siblings.get(request.serviceId);
    if (known) return known;
    const counts = new Map<string, number>();
    for (const [clusterId, count] of request.siblings) {
      const cluster = byId.get(clusterId);
      if (cluster) {
        const group = spreadGroup(request, cluster);
        counts.set(group, (counts.get(group) ?? 0) + count);
      }
    }
    this.#siblings.set(request.serviceId, counts);
    return counts;
  }

  add(request: PlacementRequest, cluster: ClusterPicture, siblings: Map<string, number>): void {
    this.#free.set(cluster.id, take(this.free(cluster), request));
    const group = spreadGroup(request, cluster);
    siblings.set(group, (siblings.get(group) ?? 0) + 1);
  }
}

const spreadGroup = (request: PlacementRequest, cluster: ClusterPicture): string =>
  request.placement.spreadBy === 'location' ? `location:${cluster.location ?? ''}` : cluster.id;

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

function placeOne(
  request: PlacementRequest,
  picture: readonly ClusterPicture[],
  byId: ReadonlyMap<string, ClusterPicture>,
  tally: Tally,
): PlacementResult {
  const dropped: Partial<Record<FilterName, number>> = {};
  const siblings = tally.siblings(request, byId);
  let best: { cluster: ClusterPicture; score: number } | undefined;
  for (const cluster of picture) {
    const free = tally.free(cluster);
    const dropping = drop(request, cluster, free);
    if (dropping) {
      dropped[dropping.droppedBy] = (dropped[dropping.droppedBy] ?? 0) + 1;
      continue;
    }
    const nearby = siblings.get(spreadGroup(request, cluster)) ?? 0;
    const score = totalScore(scoresOf(request, cluster, free, nearby));
    if (best === undefined || score > best.score) best = { cluster, score };
  }
  const { instanceId } = request;
  const base = { instanceId, scheduler: name, considered: picture.length, dropped };
  if (best === undefined) return { ...base, verdict: refusal(request, dropped) };
  tally.add(request, best.cluster, siblings);
  return {
    ...base,
    verdict: Verdict.PLACED,
    clusterId: best.cluster.id,
    clusterName: best.cluster.name,
    worker: request.placement.worker,
    score: best.score,
  };
}

/** Filter, score, choose; the same answer for the same input, ties go to the cluster that comes first in the picture. */
export function place(
  requests: readonly PlacementRequest[],
  picture: readonly ClusterPicture[],
): readonly PlacementResult[] {
  const tally = new Tally();
  const byId = new Map(picture.map((cluster) => [cluster.id, cluster]));
  return requests.map((request) => placeOne(request, picture, byId, tally));
}

/** What each cluster looks like for the request: best score first, then the dropped ones in the order of the picture. */
export function explain(
  request: PlacementRequest,
  picture: readonly ClusterPicture[],
): readonly Consideration[] {
  const byId = new Map(picture.map((cluster) => [cluster.id, cluster]));
  const siblings = new Tally().siblings(request, byId);
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
