import { DomainError } from '../errors.js';
import type { Operation, WishedChange } from '../operation/operation.js';
import type { Ports } from '../ports.js';
import { requireVersion } from '../versions.js';
import { serviceOperation, type OperationFields, type ServiceWish } from './deploy-service.js';
import { getService } from './get-service.js';
import type { Service } from './service.js';

interface Wish {
  readonly kind: Operation['kind'];
  readonly fields?: OperationFields;
  readonly service: Service;
}

const wished = ({ revision, replicas }: Service): WishedChange => ({ revision, replicas });

/** @throws DomainError `service-not-found`, `version-mismatch`, `service-terminating` */
export async function getLiveService(
  ports: Ports,
  id: string,
  expectedVersion: number | undefined,
): Promise<Service> {
  const service = await getService(ports.services, id);
  requireVersion(service, expectedVersion);
  if (service.lifecycle !== 'live')
    throw new DomainError(
      'service-terminating',
      `The service ${service.application}.${service.name} is ${service.lifecycle}; deploy it anew.`,
    );
  return service;
}

/** Writes what a wish makes of a service, and the operation for it. Only within a transaction. */
export async function acceptWish(
  ports: Ports,
  before: Service,
  { service, kind, fields }: Wish,
): Promise<ServiceWish> {
  const changed = await ports.services.replace({ ...service, updatedAt: ports.now() });
  const operation = serviceOperation(ports, changed, kind, {
    before: wished(before),
    after: wished(changed),
    ...fields,
  });
  await ports.operations.insert(operation);
  return { service: changed, operation };
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
    const service = await getLiveService(ports, id, expectedVersion);
    return acceptWish(ports, service, await rule(service));
  });
