/** Whether a cluster takes part: decided by people, for clusters that enrolled by themselves or are no longer trusted. */
import { DomainError } from '../errors.js';
import type { Ports } from '../ports.js';
import { changeCluster } from './change-cluster.js';
import type { Admission, Cluster } from './cluster.js';

const refusals = {
  pending: ['cluster-pending', 'Somebody has to approve this cluster first; come back later.'],
  rejected: ['cluster-rejected', 'This cluster was rejected.'],
  revoked: ['cluster-revoked', 'What this cluster was allowed has been revoked.'],
} as const;

/** Why a cluster may not take part; nothing where it may. */
export function exclusionOf({ admission }: Pick<Cluster, 'admission'>): DomainError | undefined {
  if (admission === 'approved') return undefined;
  const [code, detail] = refusals[admission];
  return new DomainError(code, detail);
}

/** @throws DomainError `cluster-pending`, `cluster-rejected`, `cluster-revoked` */
export function requireAdmitted(cluster: Pick<Cluster, 'admission'>): void {
  const exclusion = exclusionOf(cluster);
  if (exclusion) throw exclusion;
}

const decide = (
  ports: Ports,
  id: string,
  version: number | undefined,
  to: Admission,
  from: readonly Admission[],
): Promise<Cluster> =>
  changeCluster(ports, id, version, (cluster) => {
    if (cluster.admission === to) return cluster;
    if (!from.includes(cluster.admission))
      throw new DomainError(
        'illegal-transition',
        `The cluster is ${cluster.admission}; only one that is ${from.join(' or ')} can become ${to}.`,
      );
    return { ...cluster, admission: to };
  });

/**
 * Lets a cluster take part, with the credential that it has.
 *
 * @throws DomainError `cluster-not-found`, `version-mismatch`
 */
export const approveCluster = (ports: Ports, id: string, version?: number): Promise<Cluster> =>
  decide(ports, id, version, 'approved', ['pending', 'rejected', 'revoked']);

/**
 * Refuses a cluster that waits for approval.
 *
 * @throws DomainError `cluster-not-found`, `version-mismatch`, `illegal-transition`
 */
export const rejectCluster = (ports: Ports, id: string, version?: number): Promise<Cluster> =>
  decide(ports, id, version, 'rejected', ['pending']);

/**
 * Shuts out a cluster that took part: its session ends, its reports are refused, nothing is placed there. Its instances are treated
 * like those of a cluster that is away.
 *
 * @throws DomainError `cluster-not-found`, `version-mismatch`, `illegal-transition`
 */
export const revokeCluster = (ports: Ports, id: string, version?: number): Promise<Cluster> =>
  decide(ports, id, version, 'revoked', ['approved']);
