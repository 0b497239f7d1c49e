import type { PlacementRequest } from '../../domain/scheduling/scheduling.js';
import { createInquiry, identityOf, type Inquiry } from './inquiry.js';
import type { Lane } from './lane.js';

/** All open inquiries, by instance and by service. */
export class Inquiries {
  readonly #byInstance = new Map<string, { inquiry: Inquiry; lane: Lane }>();
  readonly #byService = new Map<string, Set<Inquiry>>();

  /** The inquiry about exactly this request. One about the same instance that is no longer wanted is forgotten. */
  find(lane: Lane, request: PlacementRequest): Inquiry | undefined {
    const known = this.#byInstance.get(request.instanceId);
    if (known === undefined) return undefined;
    if (known.lane === lane && known.inquiry.identity === identityOf(request)) {
      known.inquiry.request = request;
      return known.inquiry;
    }
    this.forget(known.inquiry);
    return undefined;
  }

  add(lane: Lane, request: PlacementRequest): Inquiry {
    const inquiry = createInquiry(request);
    this.#byInstance.set(request.instanceId, { inquiry, lane });
    lane.inquiries.add(inquiry);
    const ofService = this.#byService.get(request.serviceId);
    if (ofService) ofService.add(inquiry);
    else this.#byService.set(request.serviceId, new Set([inquiry]));
    return inquiry;
  }

  /** Forgets what is no longer open of a service; what was placed counts as a sibling of the rest from now on. */
  settle(serviceId: string, isOpen: (inquiry: Inquiry) => boolean): void {
    const all = this.#byService.get(serviceId);
    if (all === undefined) return;
    const placed = new Map<string, number>();
    for (const inquiry of [...all]) {
      if (isOpen(inquiry)) continue;
      this.forget(inquiry);
      const clusterId = inquiry.answer?.clusterId;
      if (clusterId !== undefined) placed.set(clusterId, (placed.get(clusterId) ?? 0) + 1);
    }
    if (placed.size === 0) return;
    for (const inquiry of all) {
      const siblings = new Map(inquiry.request.siblings);
      for (const [clusterId, count] of placed)
        siblings.set(clusterId, (siblings.get(clusterId) ?? 0) + count);
      inquiry.request = { ...inquiry.request, siblings };
    }
  }

  forget(inquiry: Inquiry): void {
    const { instanceId, serviceId } = inquiry.request;
    this.#byInstance.get(instanceId)?.lane.inquiries.delete(inquiry);
    this.#byInstance.delete(instanceId);
    const ofService = this.#byService.get(serviceId);
    ofService?.delete(inquiry);
    if (ofService?.size === 0) this.#byService.delete(serviceId);
  }
}
