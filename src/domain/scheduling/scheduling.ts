import type { Coordinates } from '../cluster/cluster.js';
import type { Verdict } from '../instance/instance.js';
import type { Resources } from '../resources.js';
import type { Placement } from '../service/descriptor.js';

/** What a scheduler needs to know of one cluster. */
export interface ClusterPicture {
  readonly id: string;
  /** The only organization whose services may go there; absent: all may. */
  readonly organizationId?: string | undefined;
  readonly name: string;
  readonly location?: string | undefined;
  readonly coordinates?: Coordinates | undefined;
  readonly active: boolean;
  readonly schedulable: boolean;
  readonly capabilities: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly string[];
  /** Absent where the cluster does not tell the names of its workers. */
  readonly workers?: readonly string[] | undefined;
  /** False where nothing stops by itself when its lease is over. */
  readonly leases?: boolean | undefined;
  readonly capacity: Resources;
  /** What is not reserved; below zero where the cluster has shrunk. */
  readonly free: Resources;
}

/** One instance that needs a cluster. */
export interface PlacementRequest {
  readonly instanceId: string;
  readonly serviceId: string;
  readonly organizationId?: string | undefined;
  readonly serviceName: string;
  readonly application: string;
  /** Generation that the binding would get: the same request for another one is another request. */
  readonly generation: number;
  /** Name of the scheduler that the service demands. */
  readonly scheduler?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly runtime: string;
  readonly resources: Resources;
  readonly placement: Placement;
  /** Number of the service's instances by cluster id. */
  readonly siblings: ReadonlyMap<string, number>;
}

/** Partial scores between 0 and 1, and their weighted sum. */
export interface Scores {
  readonly bestFit: number;
  readonly spread: number;
  readonly distance: number;
}

/** What one cluster looks like for one request. */
export interface Consideration {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly droppedBy?: FilterName | undefined;
  readonly detail?: string | undefined;
  readonly score?: number | undefined;
  readonly scores?: Scores | undefined;
}

export type FilterName =
  | 'organization'
  | 'cluster'
  | 'location'
  | 'worker'
  | 'liveness'
  | 'schedulable'
  | 'capability'
  | 'labels'
  | 'taints'
  | 'distance'
  | 'capacity';

/** What was decided for one request. */
export interface PlacementResult {
  readonly instanceId: string;
  readonly verdict: Verdict;
  /** Name of the scheduler that decided. */
  readonly scheduler: string;
  readonly clusterId?: string | undefined;
  readonly clusterName?: string | undefined;
  readonly worker?: string | undefined;
  readonly score?: number | undefined;
  /** Number of clusters looked at, and how many each filter dropped; 0 and none where a scheduler does not tell. */
  readonly considered: number;
  readonly dropped: Readonly<Partial<Record<FilterName, number>>>;
  /** Why, in words: what a remote scheduler said, or why another one decided in its place. */
  readonly reason?: string | undefined;
}

/** A request that is not decided yet, and why not if there is anything to say. */
export interface Pending {
  readonly instanceId: string;
  readonly verdict: 'PENDING';
  readonly reason?: string | undefined;
}

export type Outcome = PlacementResult | Pending;

/** Decides where instances go. It binds nothing: the caller reserves, and asks again where somebody was faster. */
export interface Scheduler {
  readonly name: string;
  /** One result a request, in the same order; each request sees the capacity that those before it have taken. */
  place(
    requests: readonly PlacementRequest[],
    picture: readonly ClusterPicture[],
  ): Promise<readonly PlacementResult[]>;
  /** What each cluster looks like for the request, best first. */
  explain(request: PlacementRequest, picture: readonly ClusterPicture[]): readonly Consideration[];
}
