/** What the verbs of webhooks, and their deliveries, need from outside. */
import type { AccessPorts, OwnerFilter } from '../access/ports.js';
import type { EventStore, Page, PageRequest } from '../ports.js';
import type { DeadLetter, Webhook, WebhookProgress } from './webhook.js';

export interface WebhookStore {
  find(id: string): Promise<Webhook | undefined>;
  /** Oldest first. */
  list(filter: OwnerFilter, page: PageRequest): Promise<Page<Webhook>>;
  /** Those that are switched on. */
  enabled(): Promise<readonly Webhook[]>;
  /** How many belong to the organization, or to the installation. */
  count(organizationId: string | undefined): Promise<number>;
  insert(webhook: Webhook): Promise<void>;
  /** Writes what users may change if the version is still `webhook.version`; it rises by one. @throws DomainError `write-conflict` */
  replace(webhook: Webhook): Promise<Webhook>;
  /** Removes it with its dead letters. */
  remove(id: string): Promise<void>;
  removeOf(organizationId: string): Promise<void>;
  /**
   * Writes how far it is, unless somebody else was faster, or it is switched off.
   *
   * @param from - the cursor that must still be there
   * @param letter - what is put aside with it
   * @returns whether it was written
   */
  progress(id: string, from: number, next: WebhookProgress, letter?: DeadLetter): Promise<boolean>;
  /** Switches it off because it has failed for too long. */
  disable(id: string): Promise<void>;
}

export interface DeadLetterStore {
  find(webhookId: string, id: string): Promise<DeadLetter | undefined>;
  /** Oldest first. */
  list(webhookId: string, page: PageRequest): Promise<Page<DeadLetter>>;
  remove(id: string): Promise<void>;
}

/** Brings events to their receiver. */
export interface Courier {
  /** @returns why it failed; nothing when the receiver has taken them */
  deliver(
    webhook: Webhook,
    deliveryId: string,
    events: DeadLetter['events'],
  ): Promise<string | undefined>;
}

export interface WebhookPorts extends Pick<
  AccessPorts,
  'organizationId' | 'organizations' | 'work' | 'now' | 'newId'
> {
  readonly webhooks: WebhookStore;
  readonly deadLetters: DeadLetterStore;
  readonly courier: Courier;
  readonly events: Pick<EventStore, 'bounds'>;
  readonly secrets: { randomText(): string; seal(secret: string): string };
}
