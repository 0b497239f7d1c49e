import type { ClusterStore, Secrets } from '../ports.js';
import type { Authenticator } from './principal.js';

const credentialForm = /^smc_([0-9a-f]{24})_[A-Za-z0-9_-]{20,}$/;

/** The cluster that a credential claims to belong to; nothing when it is no credential. */
export const claimedCluster = (token: string): string | undefined =>
  credentialForm.exec(token)?.[1];

/** Somebody with the same credential may have been faster; then it is the present one already. */
const takes = async (
  clusters: Pick<ClusterStore, 'find' | 'takeCredential'>,
  clusterId: string,
  hash: string,
): Promise<boolean> =>
  (await clusters.takeCredential(clusterId, hash)) ||
  (await clusters.find(clusterId))?.credentialHash === hash;

/** The tokens of the installation, hashed. Without one of their own schedulers use the administrator's. */
export interface InstallationTokens {
  readonly administratorHash: string;
  readonly enrolmentHash: string;
  readonly schedulerHash?: string | undefined;
}

/**
 * Tokens of the installation and credentials of clusters. Only hashes are compared, so how long a comparison takes tells nothing
 * of the token. A removed cluster is still recognised, so that its agent can be told to stop. A credential that was given to take
 * the place of another one does so when it comes for the first time: from then on the other one is unknown.
 */
export const createAuthenticator = (
  tokens: InstallationTokens,
  clusters: Pick<ClusterStore, 'find' | 'takeCredential'>,
  secrets: Pick<Secrets, 'hash'>,
): Authenticator => ({
  async authenticate(token) {
    const hash = secrets.hash(token);
    if (hash === tokens.administratorHash) return { kind: 'administrator' };
    if (hash === tokens.enrolmentHash) return { kind: 'enrolment' };
    if (hash === tokens.schedulerHash) return { kind: 'scheduler' };
    const clusterId = claimedCluster(token);
    const cluster = clusterId === undefined ? undefined : await clusters.find(clusterId);
    if (cluster === undefined) return undefined;
    const known =
      cluster.credentialHash === hash ||
      (cluster.nextCredentialHash === hash && (await takes(clusters, cluster.id, hash)));
    return known ? { kind: 'cluster', clusterId: cluster.id } : undefined;
  },
});
