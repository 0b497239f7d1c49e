import { DomainError } from '../errors.js';
import type { Ports } from '../ports.js';
import { changeCluster } from './change-cluster.js';
import { workerNames, type Cluster } from './cluster.js';

/** Counts one up; a name that is known already counts no second time. */
export const addWorker = (
  ports: Ports,
  clusterId: string,
  name: string | undefined,
  expectedVersion?: number,
): Promise<Cluster> =>
  changeCluster(ports, clusterId, expectedVersion, (cluster) => {
    if (name === undefined) return { ...cluster, anonymousWorkers: cluster.anonymousWorkers + 1 };
    return cluster.addedWorkers.includes(name)
      ? cluster
      : { ...cluster, addedWorkers: [...cluster.addedWorkers, name] };
  });

/**
 * Counts one down. A name that is not known changes nothing. What the agent itself reports cannot be removed by hand.
 *
 * @throws DomainError `worker-count-zero` - there is no worker without a name left
 */
export const removeWorker = (
  ports: Ports,
  clusterId: string,
  name: string | undefined,
  expectedVersion?: number,
): Promise<Cluster> =>
  changeCluster(ports, clusterId, expectedVersion, (cluster) => {
    if (name === undefined) {
      if (cluster.anonymousWorkers === 0)
        throw new DomainError(
          'worker-count-zero',
          'There is no worker without a name to count down; name the worker, or set the number.',
        );
      return { ...cluster, anonymousWorkers: cluster.anonymousWorkers - 1 };
    }
    return cluster.addedWorkers.includes(name)
      ? { ...cluster, addedWorkers: cluster.addedWorkers.filter((each) => each !== name) }
      : cluster;
  });

/** @throws DomainError `worker-count-below-known` - more workers than that are known by name */
export const setWorkerCount = (
  ports: Ports,
  clusterId: string,
  count: number,
  expectedVersion?: number,
): Promise<Cluster> =>
  changeCluster(ports, clusterId, expectedVersion, (cluster) => {
    const known = workerNames(cluster).length;
    if (count < known)
      throw new DomainError(
        'worker-count-below-known',
        `${known} workers are known by name; remove those by name first.`,
      );
    return { ...cluster, anonymousWorkers: count - known };
  });
