/** Holding an update, and going on with one that was held or has stopped by itself. */
import type { Ports } from '../ports.js';
import { acceptWish, getLiveService } from './change-service.js';
import type { ServiceWish } from './deploy-service.js';
import type { Service } from './service.js';

/**
 * Wishes that no further instance is replaced. What is being replaced already is brought to its end. Repeating it is harmless.
 *
 * @throws DomainError `service-not-found`, `version-mismatch`, `service-terminating`
 */
export const pauseUpdate = (ports: Ports, id: string, expectedVersion?: number): Promise<Service> =>
  ports.work.transaction(async () => {
    const service = await getLiveService(ports, id, expectedVersion);
    return service.paused === true
      ? service
      : ports.services.replace({ ...service, paused: true, updatedAt: ports.now() });
  });

/**
 * Goes on with an update that is paused or was stopped. It is answered with the operation that is under way, or, where that one has
 * ended, with a new one.
 *
 * @throws DomainError `service-not-found`, `version-mismatch`, `service-terminating`
 */
export const resumeUpdate = (
  ports: Ports,
  id: string,
  expectedVersion?: number,
): Promise<ServiceWish> =>
  ports.work.transaction(async () => {
    const service = await getLiveService(ports, id, expectedVersion);
    const going = { ...service, paused: undefined, halted: undefined };
    const open = (await ports.operations.openFor([id])).find(
      ({ kind, after }) =>
        (kind === 'update' || kind === 'rollback') && after?.revision === service.revision,
    );
    if (open === undefined) return acceptWish(ports, service, { kind: 'update', service: going });
    const changed = await ports.services.replace({ ...going, updatedAt: ports.now() });
    return { service: changed, operation: open };
  });
