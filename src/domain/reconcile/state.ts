import { isLeaving, type Cluster } from '../cluster/cluster.js';
import type { Instance } from '../instance/instance.js';
import type { Operation } from '../operation/operation.js';
import { subtractResources } from '../resources.js';
import type { ClusterPicture } from '../scheduling/scheduling.js';
import { workerNames } from '../cluster/cluster.js';
import type { Service } from '../service/service.js';
import type { Absence } from './losing.js';

/** Everything about one service that the reconciler decides on. */
export interface ServiceState {
  readonly service: Service;
  /** All live instances. */
  readonly instances: readonly Instance[];
  /** Operations on the service that have not ended. */
  readonly operations: readonly Operation[];
}

/** What surrounds a decision. Pure rules take it as a value. */
export interface Surroundings {
  readonly now: number;
  /** All clusters that are not removed, by id. */
  readonly clusters: ReadonlyMap<string, Cluster>;
  /** How long a cluster may be silent until its instances are `LOST`, in milliseconds. */
  readonly lostAfterMs: number;
  /** The clusters that are away, by id. Of one that is missing here nothing is placed elsewhere. */
  readonly absences: ReadonlyMap<string, Absence>;
  readonly newId: () => string;
}

/** Whether the cluster has been silent for so long that nobody knows what runs there. */
export const isLost = (
  cluster: Pick<Cluster, 'id' | 'liveness'>,
  { absences, lostAfterMs }: Pick<Surroundings, 'absences' | 'lostAfterMs'>,
): boolean =>
  cluster.liveness === 'inactive' && (absences.get(cluster.id)?.silentMs ?? 0) >= lostAfterMs;

/** What a scheduler needs to know of a cluster. */
export const toPicture = (cluster: Cluster): ClusterPicture => ({
  id: cluster.id,
  organizationId: cluster.organizationId,
  name: cluster.name,
  location: cluster.location,
  coordinates: cluster.coordinates,
  active: cluster.liveness === 'active',
  schedulable: cluster.schedulable && cluster.admission === 'approved' && !isLeaving(cluster),
  capabilities: cluster.capabilities,
  labels: cluster.labels,
  taints: cluster.taints,
  leases: cluster.endpoint === undefined,
  workers: cluster.endpoint ? undefined : workerNames(cluster),
  capacity: cluster.capacity,
  free: subtractResources(cluster.capacity, cluster.reserved),
});
