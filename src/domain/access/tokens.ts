import type { ClusterStore, Secrets } from '../ports.js';
import { permissionsOf } from './permissions.js';
import type {
  AccessPorts,
  AccessTokens,
  ApiKeyStore,
  EnrolmentTokenStore,
  SessionStore,
} from './ports.js';
import type {
  ApiKeyPrincipal,
  Authenticator,
  EnrolmentPrincipal,
  Principal,
  UserPrincipal,
} from './principal.js';

const credentialForm = /^smc_([0-9a-f]{24})_[A-Za-z0-9_-]{20,}$/;
const apiKeyForm = /^smk_([0-9a-f]{24})_[A-Za-z0-9_-]{20,}$/;
const enrolmentTokenForm = /^sme_([0-9a-f]{24})_[A-Za-z0-9_-]{20,}$/;
const accessTokenForm = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** How exact the time of the last use of a key is; each use would be a write otherwise. */
const usedEveryMs = 300_000;

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
  /** Whether every cluster that enrols has to be approved. */
  readonly requiresApproval: boolean;
}

/** What is asked to find out who a token belongs to. */
export interface TokenPorts extends Pick<AccessPorts, 'now'> {
  readonly clusters: Pick<ClusterStore, 'find' | 'takeCredential'>;
  readonly sessions: Pick<SessionStore, 'find'>;
  readonly apiKeys: Pick<ApiKeyStore, 'find' | 'used'>;
  readonly enrolmentTokens: Pick<EnrolmentTokenStore, 'find'>;
  readonly accessTokens: Pick<AccessTokens, 'read'>;
  readonly secrets: Pick<Secrets, 'hash'>;
}

async function clusterOf(
  ports: TokenPorts,
  token: string,
  hash: string,
): Promise<Principal | undefined> {
  const clusterId = claimedCluster(token);
  const cluster = clusterId === undefined ? undefined : await ports.clusters.find(clusterId);
  if (cluster === undefined) return undefined;
  const known =
    cluster.credentialHash === hash ||
    (cluster.nextCredentialHash === hash && (await takes(ports.clusters, cluster.id, hash)));
  return known
    ? { kind: 'cluster', clusterId: cluster.id, certificateKey: cluster.certificateKey }
    : undefined;
}

async function programOf(
  ports: TokenPorts,
  keyId: string,
  hash: string,
): Promise<ApiKeyPrincipal | undefined> {
  const key = await ports.apiKeys.find(keyId);
  const now = ports.now();
  if (key?.keyHash !== hash || key.expiresAt <= now) return undefined;
  if (now - (key.lastUsedAt ?? 0) > usedEveryMs) await ports.apiKeys.used(key.id, now);
  return {
    kind: 'apiKey',
    keyId: key.id,
    name: key.name,
    organizationId: key.organizationId,
    permissions: key.permissions,
  };
}

/** A token that is used up is still known: its last use may have to be answered again. */
async function enrolmentOf(
  ports: TokenPorts,
  { requiresApproval }: InstallationTokens,
  tokenId: string,
  hash: string,
): Promise<EnrolmentPrincipal | undefined> {
  const token = await ports.enrolmentTokens.find(tokenId);
  if (token?.tokenHash !== hash || token.expiresAt <= ports.now()) return undefined;
  return {
    kind: 'enrolment',
    tokenId,
    organizationId: token.organizationId,
    clusterName: token.clusterName,
    requiresApproval: requiresApproval || token.requiresApproval,
  };
}

async function personOf(ports: TokenPorts, token: string): Promise<UserPrincipal | undefined> {
  const sessionId = await ports.accessTokens.read(token);
  const session = sessionId === undefined ? undefined : await ports.sessions.find(sessionId);
  if (session === undefined || session.expiresAt <= ports.now()) return undefined;
  return {
    kind: 'user',
    userId: session.userId,
    name: session.userName,
    sessionId: session.id,
    organizationId: session.organizationId,
    permissions: permissionsOf(session.roles),
  };
}

/**
 * Tokens of the installation, credentials of clusters, access tokens of people and keys of programs. Of what is stored only hashes
 * are compared, so how long a comparison takes tells nothing of the token. A removed cluster is still recognised, so that its agent
 * can be told to stop. A credential that was given to take the place of another one does so when it comes for the first time: from
 * then on the other one is unknown. Whether a session or a key is still good is asked every time: what is revoked is so at once.
 */
export const createAuthenticator = (
  tokens: InstallationTokens,
  ports: TokenPorts,
): Authenticator => ({
  async authenticate(token) {
    const hash = ports.secrets.hash(token);
    if (hash === tokens.administratorHash) return { kind: 'administrator' };
    if (hash === tokens.enrolmentHash)
      return { kind: 'enrolment', requiresApproval: tokens.requiresApproval };
    if (hash === tokens.schedulerHash) return { kind: 'scheduler' };
    const keyId = apiKeyForm.exec(token)?.[1];
    if (keyId !== undefined) return programOf(ports, keyId, hash);
    const tokenId = enrolmentTokenForm.exec(token)?.[1];
    if (tokenId !== undefined) return enrolmentOf(ports, tokens, tokenId, hash);
    if (accessTokenForm.test(token)) return personOf(ports, token);
    return clusterOf(ports, token, hash);
  },
});
