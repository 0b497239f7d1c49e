import {
  drainCluster,
  removeCluster,
  resumeCluster,
} from '../../domain/cluster/evacuate-cluster.js';
import { getCluster } from '../../domain/cluster/get-cluster.js';
import { registerCluster } from '../../domain/cluster/register-cluster.js';
import { updateCluster } from '../../domain/cluster/update-cluster.js';
import { recordReport } from '../../domain/instance/record-report.js';
import type { Ports } from '../../domain/ports.js';
import { defined, fromIntroduction, fromReport } from '../../wire/values.js';
import type { Handlers } from '../contract.js';
import { fromPage, toPageRequest } from '../paging.js';
import { etag, expectedVersion, toCluster, toOperation } from '../views.js';

export const clusterHandlers = (ports: Ports) =>
  ({
    listClusters: async ({ query }) => {
      const { name, location, state } = query;
      const page = await ports.clusters.list({ name, location, state }, toPageRequest(query));
      return { status: 200, body: fromPage(page, toCluster) };
    },
    registerCluster: async ({ body }) => {
      const { cluster, credential } = await registerCluster(ports, {
        name: body.name,
        ...fromIntroduction(body),
      });
      return {
        status: 201,
        headers: { Location: `/api/v1/clusters/${cluster.id}`, ETag: etag(cluster) },
        body: { cluster: toCluster(cluster), credential, session: cluster.session },
      };
    },
    getCluster: async ({ path }) => {
      const cluster = await getCluster(ports.clusters, path.clusterId);
      return { status: 200, headers: { ETag: etag(cluster) }, body: toCluster(cluster) };
    },
    updateCluster: async ({ path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      const cluster = await updateCluster(ports, path.clusterId, defined(body), version);
      return { status: 200, headers: { ETag: etag(cluster) }, body: toCluster(cluster) };
    },
    removeCluster: async ({ path, header, query }) => {
      const version = expectedVersion(header['If-Match']);
      const { cluster, operation } = await removeCluster(ports, path.clusterId, query, version);
      return {
        status: 202,
        headers: { Location: `/api/v1/operations/${operation.id}`, ETag: etag(cluster) },
        body: { cluster: toCluster(cluster), operation: toOperation(operation) },
      };
    },
    drainCluster: async ({ path, header, query }) => {
      const version = expectedVersion(header['If-Match']);
      const { cluster, operation } = await drainCluster(
        ports,
        path.clusterId,
        query.parallelMoves,
        version,
      );
      return {
        status: 202,
        headers: { Location: `/api/v1/operations/${operation.id}`, ETag: etag(cluster) },
        body: { cluster: toCluster(cluster), operation: toOperation(operation) },
      };
    },
    resumeCluster: async ({ path, header }) => {
      const version = expectedVersion(header['If-Match']);
      const cluster = await resumeCluster(ports, path.clusterId, version);
      return { status: 200, headers: { ETag: etag(cluster) }, body: toCluster(cluster) };
    },
    submitReport: async ({ path, body }) => {
      const { applied, strangers } = await recordReport(ports, path.clusterId, fromReport(body));
      return {
        status: 200,
        body: {
          session: body.session,
          sequence: body.sequence,
          applied,
          strangers: strangers.map(({ instanceId, generation }) => ({ instanceId, generation })),
        },
      };
    },
  }) satisfies Partial<Handlers>;
