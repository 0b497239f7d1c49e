import type { ClusterPicture, ClustersFrame, PlacementAnswer, PlacementRequest } from './frames.js';
import { fits, suits } from './rules.js';

/** What an answer may say beside the cluster. */
export interface Choice {
  /** One of the cluster's workers. */
  readonly worker?: string;
  /** How good the choice is, by a measure of your own. */
  readonly score?: number;
  /** Why, in words; shown to users. At most 500 characters. */
  readonly reason?: string;
}

/** The clusters as the manager has told them, with what this batch takes of them. A copy of its own for each batch. */
export class Picture {
  /** Version on which the batch is decided. */
  readonly version: number;
  readonly #clusters: Map<string, ClusterPicture>;

  constructor(version: number, clusters: ReadonlyMap<string, ClusterPicture>) {
    this.version = version;
    this.#clusters = new Map(clusters);
  }

  /** All clusters by id; `free` is less what was assigned in this batch. */
  get clusters(): ReadonlyMap<string, ClusterPicture> {
    return this.#clusters;
  }

  /** The clusters that can take the instance, by the rules that the manager holds answers against. */
  candidates(request: PlacementRequest): ClusterPicture[] {
    return [...this.#clusters.values()].filter(
      (cluster) => suits(cluster, request) && fits(cluster, request),
    );
  }

  /** Chooses a cluster: takes what the instance needs from its `free`, and makes the answer. */
  assign(request: PlacementRequest, cluster: ClusterPicture, choice: Choice = {}): PlacementAnswer {
    const { cpuCores = 0, memoryMiB = 0, gpus = 0 } = request.resources;
    const { free } = this.#clusters.get(cluster.id) ?? cluster;
    this.#clusters.set(cluster.id, {
      ...cluster,
      free: {
        cpuCores: free.cpuCores - cpuCores,
        memoryMiB: free.memoryMiB - memoryMiB,
        gpus: free.gpus - gpus,
      },
    });
    return {
      instanceId: request.instanceId,
      verdict: 'PLACED',
      clusterId: cluster.id,
      ...choice,
    };
  }

  /** The answer for an instance that no cluster can take; the verdict says how close one was. */
  refuse(request: PlacementRequest, reason?: string): PlacementAnswer {
    const withReason = reason === undefined ? {} : { reason };
    return { instanceId: request.instanceId, verdict: this.#verdictOn(request), ...withReason };
  }

  #verdictOn(request: PlacementRequest): PlacementAnswer['verdict'] {
    const { cluster, location, worker } = request.placement;
    if (cluster === undefined && location === undefined && worker === undefined)
      return 'NoActiveClusterWithCapacity';
    const demanded = [...this.#clusters.values()].filter(
      (each) =>
        (cluster ?? each.name) === each.name &&
        (location ?? each.location) === each.location &&
        (worker === undefined || each.workers.includes(worker)),
    );
    if (demanded.length === 0) return 'TargetClusterNotFound';
    return demanded.some(({ active, schedulable }) => active && schedulable)
      ? 'TargetClusterNoCapacity'
      : 'TargetClusterNotActive';
  }
}

/** Keeps the picture of one session. */
export class PictureKeeper {
  readonly #clusters = new Map<string, ClusterPicture>();
  #version = 0;

  take({ version, full, clusters, removed }: ClustersFrame): void {
    if (full) this.#clusters.clear();
    for (const cluster of clusters) this.#clusters.set(cluster.id, cluster);
    for (const id of removed) this.#clusters.delete(id);
    this.#version = version;
  }

  /** The picture of this moment, for one batch. */
  copy(): Picture {
    return new Picture(this.#version, this.#clusters);
  }
}
