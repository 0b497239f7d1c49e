import type { Instance } from '../instance/instance.js';
import { DomainError } from '../errors.js';
import type { Ports } from '../ports.js';
import { changeService } from './change-service.js';
import type { ServiceWish } from './deploy-service.js';

/**
 * Wishes that certain instances go, and that the service has so many fewer.
 *
 * @param chosen - which of its instances
 * @throws DomainError `service-not-found`, `service-terminating`, `instance-not-found` - none is chosen
 */
export const removeInstances = (
  ports: Ports,
  serviceId: string,
  chosen: (instance: Instance) => boolean,
): Promise<ServiceWish> =>
  changeService(ports, serviceId, undefined, async (service) => {
    const victims = (await ports.instances.liveOf(serviceId)).filter(
      (instance) => instance.wanted && chosen(instance),
    );
    if (victims.length === 0)
      throw new DomainError('instance-not-found', 'The service has no such instance.');
    const saved = await ports.instances.saveAll(
      victims.map((victim) => ({ ...victim, wanted: false, removalReason: 'asked for by number' })),
    );
    if (!saved)
      throw new DomainError('write-conflict', 'The instances have changed meanwhile; try again.');
    const replicas = Math.max(0, service.replicas - victims.length);
    return { kind: 'scale', service: { ...service, replicas } };
  });
