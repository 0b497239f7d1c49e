import type { AgentIntroduction, Ports } from '../ports.js';
import { noResources } from '../resources.js';
import type { Cluster } from './cluster.js';

/** A cluster as it is told at registration. */
export interface ClusterRegistration extends AgentIntroduction, Pick<Cluster, 'endpoint' | 'info'> {
  readonly name: string;
}

/** Where a cluster comes from that has enrolled. */
export type ClusterOrigin = Pick<Cluster, 'admission' | 'enrolledWith'>;

/**
 * Creates a cluster with its credential.
 *
 * @returns the cluster and the credential in clear, which is kept nowhere else
 * @throws DomainError `cluster-name-in-use`
 */
export async function registerCluster(
  ports: Ports,
  registration: ClusterRegistration,
  origin: ClusterOrigin = { admission: 'approved' },
): Promise<{ cluster: Cluster; credential: string }> {
  const id = ports.newId();
  const { credential, hash } = ports.secrets.createCredential(id);
  const cluster: Cluster = {
    id,
    organizationId: ports.organizationId,
    name: registration.name,
    location: registration.location,
    coordinates: registration.coordinates,
    capabilities: registration.capabilities,
    labels: registration.labels ?? {},
    taints: [],
    schedulable: true,
    lifecycle: 'present',
    admission: origin.admission,
    enrolledWith: origin.enrolledWith,
    liveness: 'registered',
    capacity: registration.capacity ?? noResources,
    reserved: noResources,
    anonymousWorkers: 0,
    addedWorkers: [],
    reportedWorkers: [],
    agentVersion: registration.agentVersion,
    endpoint: registration.endpoint,
    info: registration.info,
    credentialHash: hash,
    session: 1,
    sequence: 0,
    createdAt: ports.now(),
    version: 1,
    ledgerVersion: 1,
  };
  await ports.clusters.insert(cluster);
  return { cluster, credential };
}
