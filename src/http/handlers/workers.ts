import { workerCount, workerNames } from '../../domain/cluster/cluster.js';
import { addWorker, removeWorker, setWorkerCount } from '../../domain/cluster/count-workers.js';
import { getCluster } from '../../domain/cluster/get-cluster.js';
import { toWorker } from '../../wire/values.js';
import type { Handlers } from '../contract.js';
import type { PortsFor } from '../ports-for.js';
import { pageByName } from '../paging.js';
import { etag, expectedVersion, toWorkerCount } from '../views.js';

export const workerHandlers = (portsFor: PortsFor) =>
  ({
    listWorkers: async ({ principal, path, query }) => {
      const cluster = await getCluster(portsFor(principal).clusters, path.clusterId);
      const reported = new Map(cluster.reportedWorkers.map((worker) => [worker.name, worker]));
      const workers = workerNames(cluster).map((name) => reported.get(name) ?? { name });
      const page = pageByName(workers, query);
      return {
        status: 200,
        body: { ...page, items: page.items.map(toWorker), count: workerCount(cluster) },
      };
    },
    addWorker: async ({ principal, path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      const cluster = await addWorker(portsFor(principal), path.clusterId, body.name, version);
      return { status: 200, headers: { ETag: etag(cluster) }, body: toWorkerCount(cluster) };
    },
    removeWorker: async ({ principal, path, header, query }) => {
      const version = expectedVersion(header['If-Match']);
      const cluster = await removeWorker(portsFor(principal), path.clusterId, query.name, version);
      return { status: 200, headers: { ETag: etag(cluster) }, body: toWorkerCount(cluster) };
    },
    setWorkerCount: async ({ principal, path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      const cluster = await setWorkerCount(
        portsFor(principal),
        path.clusterId,
        body.count,
        version,
      );
      return { status: 200, headers: { ETag: etag(cluster) }, body: toWorkerCount(cluster) };
    },
  }) satisfies Partial<Handlers>;
