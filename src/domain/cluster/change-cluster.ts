import type { Ports } from '../ports.js';
import { requireVersion } from '../versions.js';
import type { Cluster } from './cluster.js';
import { getCluster } from './get-cluster.js';

/**
 * Reads a cluster, lets a rule decide, writes what it decided; again when somebody else was faster.
 *
 * @param expectedVersion - what the caller has seen, if it matters
 * @throws DomainError `cluster-not-found`, `version-mismatch`, and what the rule throws
 */
export const changeCluster = (
  ports: Ports,
  id: string,
  expectedVersion: number | undefined,
  rule: (cluster: Cluster) => Cluster,
): Promise<Cluster> =>
  ports.work.transaction(async () => {
    const cluster = await getCluster(ports.clusters, id);
    requireVersion(cluster, expectedVersion);
    const next = rule(cluster);
    return next === cluster ? cluster : ports.clusters.replace(next);
  });
