import type { Resources } from '../../domain/resources.js';
import { take } from '../../domain/scheduling/filters.js';
import type { ClusterPicture, PlacementRequest } from '../../domain/scheduling/scheduling.js';

/** What instances of a service are kept apart by: clusters, or locations. */
export const spreadGroup = (request: PlacementRequest, cluster: ClusterPicture): string =>
  request.placement.spreadBy === 'location' ? `location:${cluster.location ?? ''}` : cluster.id;

/** What the requests of one batch have taken so far. */
export class Tally {
  readonly #free = new Map<string, Resources>();
  readonly #siblings = new Map<string, Map<string, number>>();
  readonly #picture: readonly ClusterPicture[];
  #byId: ReadonlyMap<string, ClusterPicture> | undefined;

  constructor(picture: readonly ClusterPicture[]) {
    this.#picture = picture;
  }

  free(cluster: ClusterPicture): Resources {
    return (this.#free.size > 0 && this.#free.get(cluster.id)) || cluster.free;
  }

  /** Only instances that a service has already need it, and it takes as long as choosing. */
  #find(clusterId: string): ClusterPicture | undefined {
    this.#byId ??= new Map(this.#picture.map((cluster) => [cluster.id, cluster]));
    return this.#byId.get(clusterId);
  }

  /** Instances of the request's service by cluster id, or by location where it wants to spread over these. */
  siblings(request: PlacementRequest): ReadonlyMap<string, number> {
    return this.#siblingsOf(request);
  }

  #siblingsOf(request: PlacementRequest): Map<string, number> {
    const known = this.#siblings.get(request.serviceId);
    if (known) return known;
    const counts = new Map<string, number>();
    for (const [clusterId, count] of request.siblings) {
      const cluster = this.#find(clusterId);
      if (cluster) {
        const group = spreadGroup(request, cluster);
        counts.set(group, (counts.get(group) ?? 0) + count);
      }
    }
    this.#siblings.set(request.serviceId, counts);
    return counts;
  }

  add(request: PlacementRequest, cluster: ClusterPicture): void {
    const siblings = this.#siblingsOf(request);
    const group = spreadGroup(request, cluster);
    this.#free.set(cluster.id, take(this.free(cluster), request));
    siblings.set(group, (siblings.get(group) ?? 0) + 1);
  }
}
