import { DomainError } from '../errors.js';
import type { Ports } from '../ports.js';

/**
 * Gives a cluster another credential. The present one is good until the new one is used. Asked again before that, only the newest
 * counts.
 *
 * @returns the credential in clear, which is kept nowhere else
 * @throws DomainError `cluster-removed`
 */
export async function rotateCredential(
  ports: Pick<Ports, 'clusters' | 'secrets'>,
  clusterId: string,
): Promise<string> {
  const { credential, hash } = ports.secrets.createCredential(clusterId);
  if (!(await ports.clusters.offerCredential(clusterId, hash)))
    throw new DomainError('cluster-removed', 'This cluster was removed; it has no credential.');
  return credential;
}
