import type { DomainEvent } from '../event/event.js';

/** Where events are sent to. */
export interface Webhook {
  readonly id: string;
  /** Gets the events of this organization; absent: all of the installation. */
  readonly organizationId?: string | undefined;
  readonly name?: string | undefined;
  readonly url: string;
  /** Types of events, `service.*` for all of a subject; empty: every event. */
  readonly types: readonly string[];
  /** What deliveries are signed with, sealed. */
  readonly sealedSecret: string;
  /** The one before, with which they are signed too until then. */
  readonly previous?: { readonly sealedSecret: string; readonly until: number } | undefined;
  readonly enabled: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Rises with every change by users; the ETag. */
  readonly version: number;
  readonly progress: WebhookProgress;
}

/** How far the deliveries are; written by the leader alone. */
export interface WebhookProgress {
  /** Sequence number of the last event that was delivered, put aside or not asked for. */
  readonly cursor: number;
  /** Failures of the delivery under way, in a row. */
  readonly failures: number;
  /** When the first of all failures since the last success was. */
  readonly failingSince?: number | undefined;
  readonly nextAttemptAt?: number | undefined;
  readonly lastError?: string | undefined;
  readonly lastDeliveredAt?: number | undefined;
}

/** A delivery that was given up; it can be repeated. */
export interface DeadLetter {
  readonly id: string;
  readonly webhookId: string;
  readonly organizationId?: string | undefined;
  readonly events: readonly DomainEvent[];
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly reason: string;
  readonly failedAt: number;
  readonly expiresAt: number;
}

/** Whether the webhook asks for events of the type. */
export const asksFor = ({ types }: Pick<Webhook, 'types'>, type: string): boolean =>
  types.length === 0 ||
  types.some(
    (each) => each === type || (each.endsWith('.*') && type.startsWith(each.slice(0, -1))),
  );
