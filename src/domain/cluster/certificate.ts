/**
 * Client certificates of clusters. A cluster is known by the key in its certificate: the first one is pinned, and from then on its
 * credential alone opens nothing.
 */
import type { Principal } from '../access/principal.js';
import { DomainError } from '../errors.js';
import type { Ports } from '../ports.js';
import type { Cluster } from './cluster.js';
import { getCluster } from './get-cluster.js';

/** `optional`: a cluster that has one needs it; `required`: every cluster needs one. */
export type CertificatePolicy = 'off' | 'optional' | 'required';

/** A certificate that is good at this time, was made by our authority, and whose key the other end of the connection holds. */
export interface ShownCertificate {
  /** SHA-256 of the public key (SubjectPublicKeyInfo), hexadecimal. */
  readonly keyHash: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** A key that a certificate is asked for. */
export interface CertificateRequest {
  readonly keyHash: string;
  /** @returns the certificate in PEM */
  issue(clusterId: string): Promise<string>;
}

/** A certificate is renewed when less than this is left of it. */
export const renewedWithinMs = 30 * 24 * 3_600_000;

/**
 * Why who speaks for a cluster may not; nothing where they may.
 *
 * @param shown - the certificate of the connection
 */
export function certificateFault(
  { certificateKey }: Pick<Cluster, 'certificateKey'>,
  shown: ShownCertificate | undefined,
  policy: CertificatePolicy,
): DomainError | undefined {
  if (policy === 'off') return undefined;
  if (certificateKey !== undefined)
    return shown?.keyHash === certificateKey
      ? undefined
      : new DomainError(
          'certificate-required',
          'Connect with the client certificate of this cluster. If its key is lost, an administrator can have it forgotten (forgetClusterCertificate).',
        );
  return policy === 'optional'
    ? undefined
    : new DomainError(
        'certificate-required',
        'Clusters need a client certificate here: send a publicKey in hello, and connect with the certificate that welcome brings.',
      );
}

/**
 * The same for a request with the credential of a cluster; others need no certificate.
 *
 * @throws DomainError `certificate-required`
 */
export function requireCertificate(
  principal: Principal,
  shown: ShownCertificate | undefined,
  policy: CertificatePolicy,
): void {
  const fault =
    principal.kind === 'cluster' ? certificateFault(principal, shown, policy) : undefined;
  if (fault) throw fault;
}

/**
 * Gives a cluster a certificate, if it is due one: its first, one for the key that is pinned, or one for another key where the
 * connection proves that it holds the key before. For the pinned key no proof is asked, since nobody else could use it.
 *
 * @returns the certificate in PEM; nothing where the present one is good for a while, or another key is pinned
 */
export async function certify(
  { clusters, now }: Pick<Ports, 'clusters' | 'now'>,
  { id, certificateKey }: Pick<Cluster, 'id' | 'certificateKey'>,
  request: CertificateRequest,
  shown: ShownCertificate | undefined,
): Promise<string | undefined> {
  const { keyHash } = request;
  const holdsPinned = shown !== undefined && shown.keyHash === certificateKey;
  if (certificateKey !== undefined && certificateKey !== keyHash && !holdsPinned) return undefined;
  if (shown?.keyHash === keyHash && holdsPinned && shown.expiresAt - now() > renewedWithinMs)
    return undefined;
  if (certificateKey !== keyHash && !(await clusters.pinKey(id, keyHash, certificateKey)))
    return undefined;
  return request.issue(id);
}

/**
 * Forgets the key of a cluster: its next connection with the credential alone may bring another one.
 *
 * @throws DomainError `cluster-not-found`
 */
export async function forgetCertificate(
  { clusters }: Pick<Ports, 'clusters'>,
  id: string,
): Promise<Cluster> {
  const cluster = await getCluster(clusters, id);
  await clusters.unpinKey(id);
  return { ...cluster, certificateKey: undefined };
}
