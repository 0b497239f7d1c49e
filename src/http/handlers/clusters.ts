import {
  approveCluster,
  rejectCluster,
  requireAdmitted,
  revokeCluster,
} from '../../domain/cluster/admission.js';
import { forgetCertificate } from '../../domain/cluster/certificate.js';
import { registerWithToken } from '../../domain/cluster/enrol-cluster.js';
import type { Cluster } from '../../domain/cluster/cluster.js';
import {
  drainCluster,
  removeCluster,
  resumeCluster,
} from '../../domain/cluster/evacuate-cluster.js';
import { getCluster } from '../../domain/cluster/get-cluster.js';
import { registerCluster } from '../../domain/cluster/register-cluster.js';
import { rotateCredential } from '../../domain/cluster/rotate-credential.js';
import { updateCluster } from '../../domain/cluster/update-cluster.js';
import { recordReport } from '../../domain/instance/record-report.js';
import { defined, fromIntroduction, fromReport } from '../../wire/values.js';
import type { Handlers } from '../contract.js';
import type { PortsFor } from '../ports-for.js';
import { fromPage, toPageRequest } from '../paging.js';
import { etag, expectedVersion, toCluster, toOperation } from '../views.js';

const answer = (cluster: Cluster) => ({
  status: 200 as const,
  headers: { ETag: etag(cluster) },
  body: toCluster(cluster),
});

export const clusterHandlers = (portsFor: PortsFor) =>
  ({
    listClusters: async ({ principal, query }) => {
      const { name, location, state } = query;
      const page = await portsFor(principal).clusters.list(
        { name, location, state },
        toPageRequest(query),
      );
      return { status: 200, body: fromPage(page, toCluster) };
    },
    registerCluster: async ({ principal, body }) => {
      const ports = portsFor(principal);
      const registration = { name: body.name, ...fromIntroduction(body) };
      const { cluster, credential } = await (principal.kind === 'enrolment'
        ? registerWithToken(ports, registration, principal)
        : registerCluster(ports, registration));
      return {
        status: 201,
        headers: { Location: `/api/v1/clusters/${cluster.id}`, ETag: etag(cluster) },
        body: { cluster: toCluster(cluster), credential, session: cluster.session },
      };
    },
    getCluster: async ({ principal, path }) => {
      return answer(await getCluster(portsFor(principal).clusters, path.clusterId));
    },
    updateCluster: async ({ principal, path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      return answer(
        await updateCluster(portsFor(principal), path.clusterId, defined(body), version),
      );
    },
    removeCluster: async ({ principal, path, header, query }) => {
      const version = expectedVersion(header['If-Match']);
      const { cluster, operation } = await removeCluster(
        portsFor(principal),
        path.clusterId,
        query,
        version,
      );
      return {
        status: 202,
        headers: { Location: `/api/v1/operations/${operation.id}`, ETag: etag(cluster) },
        body: { cluster: toCluster(cluster), operation: toOperation(operation) },
      };
    },
    drainCluster: async ({ principal, path, header, query }) => {
      const version = expectedVersion(header['If-Match']);
      const { cluster, operation } = await drainCluster(
        portsFor(principal),
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
    resumeCluster: async ({ principal, path, header }) => {
      const version = expectedVersion(header['If-Match']);
      return answer(await resumeCluster(portsFor(principal), path.clusterId, version));
    },
    approveCluster: async ({ principal, path, header }) => {
      const version = expectedVersion(header['If-Match']);
      return answer(await approveCluster(portsFor(principal), path.clusterId, version));
    },
    rejectCluster: async ({ principal, path, header }) => {
      const version = expectedVersion(header['If-Match']);
      return answer(await rejectCluster(portsFor(principal), path.clusterId, version));
    },
    revokeCluster: async ({ principal, path, header }) => {
      const version = expectedVersion(header['If-Match']);
      return answer(await revokeCluster(portsFor(principal), path.clusterId, version));
    },
    forgetClusterCertificate: async ({ principal, path }) =>
      answer(await forgetCertificate(portsFor(principal), path.clusterId)),
    rotateClusterCredential: async ({ principal, path }) => {
      const ports = portsFor(principal);
      const cluster = await getCluster(ports.clusters, path.clusterId);
      if (principal.kind === 'cluster') requireAdmitted(cluster);
      return { status: 200, body: { credential: await rotateCredential(ports, path.clusterId) } };
    },
    submitReport: async ({ principal, path, body }) => {
      const { applied, strangers } = await recordReport(
        portsFor(principal),
        path.clusterId,
        fromReport(body),
      );
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
