import type { Ports } from '../ports.js';
import { changeCluster } from './change-cluster.js';
import type { Cluster } from './cluster.js';

/** The fields to change; what is absent stays. */
export type ClusterUpdate = Partial<
  Pick<Cluster, 'location' | 'coordinates' | 'labels' | 'taints' | 'schedulable'>
>;

/** @throws DomainError `cluster-not-found`, `version-mismatch` */
export const updateCluster = (
  ports: Ports,
  id: string,
  update: ClusterUpdate,
  expectedVersion?: number,
): Promise<Cluster> =>
  changeCluster(ports, id, expectedVersion, (cluster) => ({ ...cluster, ...update }));
