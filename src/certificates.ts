/** Client certificates of clusters, as both doors use them. */
import type { IncomingMessage } from 'node:http';
import type { AuthorityStore } from './domain/access/ports.js';
import type { Principal } from './domain/access/principal.js';
import {
  requireCertificate,
  type CertificatePolicy,
  type CertificateRequest,
  type ShownCertificate,
} from './domain/cluster/certificate.js';

export interface Certificates {
  readonly policy: CertificatePolicy;
  /** The authorities of certificates that are taken, in PEM. */
  readonly trusted: readonly string[];
  /** The certificate that the connection of a request has shown, if it is good. */
  shown(request: IncomingMessage): ShownCertificate | undefined;
  /** @throws DomainError `invalid-frame` - no public key that is taken here */
  request(publicKey: string): CertificateRequest;
  /** @throws DomainError `certificate-required` - a cluster asks without the certificate that it needs */
  check(principal: Principal, request: IncomingMessage): void;
}

/**
 * Opens the authority of the store; nothing where no certificates are given or asked for.
 *
 * @param secret - what its key is sealed under: the administrator token
 */
export async function openCertificates(
  policy: CertificatePolicy,
  store: AuthorityStore,
  secret: string,
  now: () => number,
): Promise<Certificates | undefined> {
  if (policy === 'off') return undefined;
  const { openClusterCertificates, shownCertificate } =
    await import('./access/cluster-certificates.js');
  const { trusted, request } = await openClusterCertificates(store, secret, now);
  return {
    policy,
    trusted,
    request,
    shown: shownCertificate,
    check: (principal, asked) => {
      requireCertificate(principal, shownCertificate(asked), policy);
    },
  };
}
