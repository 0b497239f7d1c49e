import { DomainError } from '../errors.js';
import type { Ports } from '../ports.js';
import type { Cluster } from './cluster.js';
import { registerCluster, type ClusterRegistration } from './register-cluster.js';

/**
 * An agent enrols its cluster. Where the answer to an earlier enrolment got lost, so that nobody has the credential and no report
 * ever came, the agent may enrol again and gets another one.
 *
 * @throws DomainError `cluster-name-in-use`
 */
export async function enrolCluster(
  ports: Ports,
  registration: ClusterRegistration,
): Promise<{ cluster: Cluster; credential: string }> {
  try {
    return await registerCluster(ports, registration);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'cluster-name-in-use') throw error;
    let credential = '';
    const cluster = await ports.clusters.renewCredential(registration.name, (id) => {
      const created = ports.secrets.createCredential(id);
      ({ credential } = created);
      return created.hash;
    });
    if (cluster === undefined) throw error;
    return { cluster, credential };
  }
}
