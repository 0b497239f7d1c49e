import { DomainError } from '../errors.js';
import type { Ports } from '../ports.js';
import { changeService } from './change-service.js';
import type { ServiceWish } from './deploy-service.js';
import { checkDescriptor, type Descriptor } from './descriptor.js';
import { addRevision } from './revisions.js';
import type { Service } from './service.js';

function checkIdentity(service: Service, descriptor: Descriptor): void {
  const errors = (['name', 'application'] as const)
    .filter((field) => service[field] !== descriptor[field])
    .map((field) => ({ pointer: `#/${field}`, detail: `cannot change; it is ${service[field]}` }));
  if (errors.length > 0)
    throw new DomainError('validation-failed', 'A service keeps its name.', { errors });
}

/** A microservice stays one, whoever updates it: its cluster and its owner know it by what it is called there. */
const keepIdentity = (service: Service, descriptor: Descriptor): Descriptor => {
  const microservice = descriptor.microservice ?? service.descriptor.microservice;
  return microservice === undefined ? descriptor : { ...descriptor, microservice };
};

/**
 * Wishes a new revision. Instances are replaced as its `update` says; while the service is paused, none is.
 *
 * @throws DomainError `service-not-found`, `version-mismatch`, `service-terminating`, `validation-failed`
 */
export function updateService(
  ports: Ports,
  id: string,
  descriptor: Descriptor,
  expectedVersion?: number,
): Promise<ServiceWish> {
  checkDescriptor(descriptor);
  return changeService(ports, id, expectedVersion, (service) => {
    checkIdentity(service, descriptor);
    return {
      kind: 'update',
      service: {
        ...addRevision(service, keepIdentity(service, descriptor)),
        replicas: descriptor.replicas,
      },
    };
  });
}
