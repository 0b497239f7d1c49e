import { DomainError } from '../errors.js';
import type { Ports } from '../ports.js';
import { changeService } from './change-service.js';
import type { ServiceWish } from './deploy-service.js';
import { replicasMax } from './descriptor.js';

/** To a number, or by a difference. */
export type Scale = { readonly replicas: number } | { readonly by: number };

/** The wanted number of replicas. @throws DomainError `replicas-below-zero`, `replicas-above-limit` */
export function scaledReplicas(replicas: number, scale: Scale): number {
  const next = 'replicas' in scale ? scale.replicas : replicas + scale.by;
  if (next < 0)
    throw new DomainError(
      'replicas-below-zero',
      `There are ${replicas} replicas; ${next} cannot be.`,
    );
  if (next > replicasMax)
    throw new DomainError('replicas-above-limit', `A service has at most ${replicasMax} replicas.`);
  return next;
}

/** @throws DomainError `service-not-found`, `version-mismatch`, `service-terminating`, `replicas-below-zero`, `replicas-above-limit` */
export const scaleService = (
  ports: Ports,
  id: string,
  scale: Scale,
  expectedVersion?: number,
): Promise<ServiceWish> =>
  changeService(ports, id, expectedVersion, (service) => ({
    kind: 'scale',
    service: { ...service, replicas: scaledReplicas(service.replicas, scale) },
  }));
