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
    if (known.lane === lane && known.inquiry.identity === identityOf(request)) return known.inquiry;
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

  ofService(serviceId: string): readonly Inquiry[] {
    return [...(this.#byService.get(serviceId) ?? [])];
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
