import { DomainError } from '../errors.js';
import type { AgentIntroduction, Ports } from '../ports.js';
import type { Cluster } from './cluster.js';
import { registerCluster, type ClusterRegistration } from './register-cluster.js';

export interface Enrolled {
  /** With its session begun. */
  readonly cluster: Cluster;
  readonly credential: string;
}

/** Both in one transaction: a cluster that was registered and never had a session could not enrol again. */
const registerAndBegin = (
  ports: Ports,
  registration: ClusterRegistration,
  introduction: AgentIntroduction,
): Promise<Enrolled> =>
  ports.work.transaction(async () => {
    const { cluster, credential } = await registerCluster(ports, registration);
    const begun = await ports.clusters.beginSession(cluster.id, introduction, ports.now());
    return { cluster: begun ?? cluster, credential };
  });

/**
 * An agent enrols its cluster and begins its first session. Where the answer to an earlier enrolment got lost, so that nobody has the
 * credential and no report ever came, the agent may enrol again and gets another one.
 *
 * @throws DomainError `cluster-name-in-use`
 */
export async function enrolCluster(
  ports: Ports,
  registration: ClusterRegistration,
  introduction: AgentIntroduction,
): Promise<Enrolled> {
  try {
    return await registerAndBegin(ports, registration, introduction);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'cluster-name-in-use') throw error;
    let credential = '';
    const cluster = await ports.clusters.renewCredential(registration.name, (id) => {
      const created = ports.secrets.createCredential(id);
      ({ credential } = created);
      return created.hash;
    });
    if (cluster === undefined) throw error;
    const begun = await ports.clusters.beginSession(cluster.id, introduction, ports.now());
    return { cluster: begun ?? cluster, credential };
  }
}
