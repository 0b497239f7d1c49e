import type { PlacementAnswer, Refusal } from '../../domain/scheduling/remote.js';
import type { PlacementRequest } from '../../domain/scheduling/scheduling.js';

/** `waiting`: to be sent; `asked`: on its way; `answered`; `failed`: another one has to decide. */
export type InquiryState = 'waiting' | 'asked' | 'answered' | 'failed';

/** One request to a remote scheduler, from the first time it is wanted until it is settled. */
export interface Inquiry {
  /** As it was wanted last: where its siblings are changes. */
  request: PlacementRequest;
  readonly identity: string;
  state: InquiryState;
  /** Not to be sent before (epoch milliseconds). */
  notBefore: number;
  /** How often the scheduler went away while it was asked, its answer did not hold, and no answer came. */
  interruptions: number;
  refusals: number;
  silences: number;
  refusal?: Refusal | undefined;
  answer?: PlacementAnswer | undefined;
  answeredAt: number;
  /** Whether the answer was given to the reconciler already. */
  told: boolean;
  /** Why it is still open. */
  reason?: string | undefined;
}

/** What makes a request another one. Where the other instances of the service are changes all the time and does not. */
export const identityOf = ({ siblings: _, ...request }: PlacementRequest): string =>
  JSON.stringify(request);

export const createInquiry = (request: PlacementRequest): Inquiry => ({
  request,
  identity: identityOf(request),
  state: 'waiting',
  notBefore: 0,
  interruptions: 0,
  refusals: 0,
  silences: 0,
  answeredAt: 0,
  told: false,
});
