import type { Ports } from '../ports.js';
import { toPicture } from '../reconcile/state.js';
import { countSiblings, createWant } from '../reconcile/wants.js';
import type { Consideration, Scheduler } from '../scheduling/scheduling.js';
import { getService } from '../service/get-service.js';
import { considerationsMax } from '../service/plan-service.js';
import { getInstance } from './get-instance.js';
import type { Instance } from './instance.js';

export interface Explanation {
  readonly instance: Instance;
  /** Clusters as they look now. */
  readonly considerations: readonly Consideration[];
}

/** Why an instance is where it is, or is nowhere. @throws DomainError `instance-not-found` */
export async function explainPlacement(
  ports: Ports,
  scheduler: Scheduler,
  instanceId: string,
): Promise<Explanation> {
  const instance = await getInstance(ports.instances, instanceId);
  const service = await getService(ports.services, instance.serviceId);
  const siblings = countSiblings(
    (await ports.instances.liveOf(service.id)).filter((each) => each.id !== instanceId),
  );
  const { request } = createWant(service, instance, siblings, 'place');
  const picture = (await ports.clusters.all()).map(toPicture);
  return {
    instance,
    considerations: scheduler.explain(request, picture).slice(0, considerationsMax),
  };
}
