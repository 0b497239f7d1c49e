import { newOperation, type Operation } from '../operation/operation.js';
import type { Ports } from '../ports.js';
import { checkDescriptor, type Descriptor } from './descriptor.js';
import type { Service } from './service.js';

/** A service and the wish that was accepted for it. */
export interface ServiceWish {
  readonly service: Service;
  readonly operation: Operation;
}

/** What an operation may say beyond its kind and subject. */
export type OperationFields = Partial<Pick<Operation, 'total' | 'migration' | 'before' | 'after'>>;

/** An operation on a service. */
export const serviceOperation = (
  ports: Ports,
  service: Service,
  kind: Operation['kind'],
  fields: OperationFields = {},
): Operation =>
  newOperation(
    {
      id: ports.newId(),
      organizationId: service.organizationId,
      kind,
      subjectKind: 'service',
      subjectId: service.id,
      subjectName: `${service.application}.${service.name}`,
      total: service.replicas,
      ...fields,
    },
    ports.now(),
  );

/**
 * Takes the wish to run a service. Service and operation are written together; once they are, the wish survives any crash.
 *
 * @throws DomainError `validation-failed`, `service-name-in-use`, `quota-exceeded`
 */
export async function deployService(ports: Ports, descriptor: Descriptor): Promise<ServiceWish> {
  checkDescriptor(descriptor);
  const now = ports.now();
  const service: Service = {
    id: ports.newId(),
    organizationId: ports.organizationId,
    name: descriptor.name,
    application: descriptor.application,
    descriptor,
    replicas: descriptor.replicas,
    revision: 1,
    previous: [],
    lifecycle: 'live',
    phase: 'REQUESTED',
    phaseCounts: {},
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  const operation = serviceOperation(ports, service, 'deploy');
  await ports.work.transaction(async () => {
    await ports.services.insert(service);
    await ports.operations.insert(operation);
  });
  return { service, operation };
}
