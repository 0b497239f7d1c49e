import type { Ports } from '../ports.js';
import { toPicture } from '../reconcile/state.js';
import { draftRequest } from '../reconcile/wants.js';
import type { Consideration, PlacementResult, Scheduler } from '../scheduling/scheduling.js';
import { checkDescriptor, type Descriptor } from './descriptor.js';

/** At most this many replicas and clusters are told. */
const plannedMax = 1_000;
export const considerationsMax = 100;

export interface Plan {
  readonly placements: readonly PlacementResult[];
  readonly considerations: readonly Consideration[];
}

/** Where the instances would go now. Changes nothing. @throws DomainError `validation-failed` */
export async function planService(
  ports: Ports,
  scheduler: Scheduler,
  descriptor: Descriptor,
): Promise<Plan> {
  checkDescriptor(descriptor);
  const picture = (await ports.clusters.all()).map(toPicture);
  const request = draftRequest(descriptor, ports.newId(), ports.organizationId);
  const requests = Array.from({ length: Math.min(plannedMax, descriptor.replicas) }, () => ({
    ...request,
    instanceId: ports.newId(),
  }));
  return {
    placements: await scheduler.place(requests, picture),
    considerations: scheduler.explain(request, picture).slice(0, considerationsMax),
  };
}
