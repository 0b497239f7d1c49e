import { DomainError } from '../errors.js';
import type { ClusterStore } from '../ports.js';
import type { Cluster } from './cluster.js';

/** @throws DomainError `cluster-not-found` - also for a removed cluster */
export async function getCluster(clusters: ClusterStore, id: string): Promise<Cluster> {
  const cluster = await clusters.find(id);
  if (cluster === undefined || cluster.lifecycle === 'removed')
    throw new DomainError('cluster-not-found', `There is no cluster with the id ${id}.`);
  return cluster;
}
