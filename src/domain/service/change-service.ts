import { DomainError } from '../errors.js';
import type { Operation } from '../operation/operation.js';
import type { Ports } from '../ports.js';
import { requireVersion } from '../versions.js';
import { serviceOperation, type ServiceWish } from './deploy-service.js';
import { getService } from './get-service.js';
import type { Service } from './service.js';

interface Wish {
  readonly kind: Operation['kind'];
  readonly fields?: Partial<Pick<Operation, 'total' | 'migration'>>;
  readonly service: Service;
}

/**
 * Reads a service, lets a rule decide, writes its decision and the operation together; again when somebody else was faster.
 *
 * @throws DomainError `service-not-found`, `version-mismatch`, `service-terminating`, and what the rule throws
 */
export const changeService = (
  ports: Ports,
  id: string,
  expectedVersion: number | undefined,
  rule: (service: Service) => Wish | Promise<Wish>,
): Promise<ServiceWish> =>
  ports.work.transaction(async () => {
    const service = await getService(ports.services, id);
    requireVersion(service, expectedVersion);
    if (service.lifecycle !== 'live')
      throw new DomainError(
        'service-terminating',
        `The service ${service.application}.${service.name} is ${service.lifecycle}; deploy it anew.`,
      );
    const wish = await rule(service);
    const changed = await ports.services.replace({ ...wish.service, updatedAt: ports.now() });
    const operation = serviceOperation(ports, changed, wish.kind, wish.fields);
    await ports.operations.insert(operation);
    return { service: changed, operation };
  });
