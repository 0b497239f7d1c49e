import type { EnrolmentPrincipal } from '../access/principal.js';
import { DomainError } from '../errors.js';
import type { AgentIntroduction, Ports } from '../ports.js';
import type { Cluster } from './cluster.js';
import { registerCluster, type ClusterRegistration } from './register-cluster.js';

export interface Enrolled {
  /** With its session begun, unless it waits for approval. */
  readonly cluster: Cluster;
  readonly credential: string;
}

const ofInstallation = 'installation';

function checkName({ clusterName }: EnrolmentPrincipal, name: string): void {
  if (clusterName !== undefined && clusterName !== name)
    throw new DomainError('forbidden', `This enrolment token is for the cluster ${clusterName}.`);
}

/** After the cluster is inserted: a name that is in use must not cost a use. */
async function spend(ports: Ports, { tokenId }: EnrolmentPrincipal): Promise<void> {
  if (tokenId === undefined || (await ports.enrolmentTokens.use(tokenId, ports.now()))) return;
  throw new DomainError('enrolment-token-spent', 'Ask for another enrolment token.');
}

/**
 * Somebody with an enrolment token registers a cluster and takes its credential.
 *
 * @throws DomainError `cluster-name-in-use`, `enrolment-token-spent`; `forbidden` - the token is for another cluster
 */
export const registerWithToken = (
  ports: Ports,
  registration: ClusterRegistration,
  enrolment: EnrolmentPrincipal,
  enrolledWith?: string,
): Promise<Enrolled> => {
  checkName(enrolment, registration.name);
  const admission = enrolment.requiresApproval ? 'pending' : 'approved';
  return ports.work.transaction(async () => {
    const registered = await registerCluster(ports, registration, { admission, enrolledWith });
    await spend(ports, enrolment);
    return registered;
  });
};

const begin = async (
  ports: Ports,
  { cluster, credential }: Enrolled,
  introduction: AgentIntroduction,
): Promise<Enrolled> => {
  if (cluster.admission !== 'approved') return { cluster, credential };
  const begun = await ports.clusters.beginSession(cluster.id, introduction, ports.now());
  return { cluster: begun ?? cluster, credential };
};

/**
 * An agent enrols its cluster and begins its first session, unless the cluster has to be approved before. Where the answer to an
 * earlier enrolment with the same token got lost, so that nobody has the credential, the agent may enrol again and gets another one.
 *
 * @throws DomainError `cluster-name-in-use`, `enrolment-token-spent`; `forbidden` - the token is for another cluster
 */
export async function enrolCluster(
  ports: Ports,
  registration: ClusterRegistration,
  introduction: AgentIntroduction,
  enrolment: EnrolmentPrincipal,
): Promise<Enrolled> {
  const enrolledWith = enrolment.tokenId ?? ofInstallation;
  try {
    // In one transaction: a cluster that was registered and never had a session could not enrol again.
    return await ports.work.transaction(async () =>
      begin(
        ports,
        await registerWithToken(ports, registration, enrolment, enrolledWith),
        introduction,
      ),
    );
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'cluster-name-in-use') throw error;
    let credential = '';
    const cluster = await ports.clusters.renewCredential(registration.name, enrolledWith, (id) => {
      const created = ports.secrets.createCredential(id);
      ({ credential } = created);
      return created.hash;
    });
    if (cluster === undefined) throw error;
    return begin(ports, { cluster, credential }, introduction);
  }
}
