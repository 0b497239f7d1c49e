import { DomainError } from '../errors.js';
import type { Ports } from '../ports.js';
import { changeService } from './change-service.js';
import type { ServiceWish } from './deploy-service.js';
import { previousRevision, switchRevision } from './revisions.js';
import type { Service } from './service.js';

/** @throws DomainError `revision-not-found` */
function revisionBefore(service: Service): number {
  const revision = previousRevision(service);
  if (revision === undefined)
    throw new DomainError('revision-not-found', 'There is no revision to go back to.');
  return revision;
}

/**
 * Wishes that the service goes back to an earlier revision, which keeps its number: what runs it already stays untouched.
 *
 * @param revision - without it, the last one that all instances have run
 * @throws DomainError `service-not-found`, `version-mismatch`, `service-terminating`, `revision-not-found`
 */
export const rollbackService = (
  ports: Ports,
  id: string,
  revision?: number,
  expectedVersion?: number,
): Promise<ServiceWish> =>
  changeService(ports, id, expectedVersion, (service) => ({
    kind: 'rollback',
    service: {
      ...switchRevision(service, revision ?? revisionBefore(service)),
      paused: undefined,
    },
  }));
