/**
 * Brings the history to the webhooks, on the manager that leads. Each webhook has a cursor in the store, which moves after its receiver
 * has taken the events, so a crash repeats a delivery and loses none. Deliveries of one webhook come one after the other, in order.
 */
import type { Logger } from 'pino';
import type { DomainEvent } from '../domain/event/event.js';
import type { EventStore } from '../domain/ports.js';
import type { Courier, WebhookStore } from '../domain/webhook/ports.js';
import { afterFailure, afterSuccess, attemptsMax } from '../domain/webhook/retrying.js';
import { asksFor, type DeadLetter, type Webhook } from '../domain/webhook/webhook.js';

export interface DispatcherOptions {
  readonly webhooks: WebhookStore;
  readonly events: EventStore;
  readonly courier: Courier;
  readonly now: () => number;
  readonly newId: () => string;
  readonly random: () => number;
  readonly logger: Logger;
  /** How often is looked what there is to do, beside what is heard. @defaultValue 1 s */
  readonly everyMs?: number | undefined;
}

const everyMsDefault = 1_000;
const deliveriesMax = 8;
const eventsMax = 100;
const keptMs = 30 * 24 * 3_600_000;
/** How far a webhook that asks for nothing of it may lag behind in the store. */
const unstoredMax = 1_000;

type Next = { readonly to: number; readonly events: readonly DomainEvent[] } | undefined;

export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #busy = new Map<string, Promise<void>>();
  /** How far the history was read for webhooks that asked for nothing of it. */
  readonly #read = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> | undefined;
  #again = false;
  #stopListening: (() => void) | undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** It may be stopped and started again. */
  start(): Promise<void> {
    this.#stopListening = this.#options.events.onAppend(() => {
      this.#look();
    });
    this.#timer = setInterval(() => {
      this.#look();
    }, this.#options.everyMs ?? everyMsDefault);
    this.#look();
    return Promise.resolve();
  }

  /** Ends after the deliveries that are under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopListening?.();
    this.#stopListening = undefined;
    await this.#turn;
    await Promise.all(this.#busy.values());
    this.#read.clear();
  }

  get #stopped(): boolean {
    return this.#stopListening === undefined;
  }

  /** One look at a time; what is heard meanwhile is looked at once more. */
  #look(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#turn ??= this.#lookAtAll().finally(() => {
      this.#turn = undefined;
    });
  }

  async #lookAtAll(): Promise<void> {
    const { webhooks, now, logger } = this.#options;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        for (const webhook of await webhooks.enabled()) {
          if (this.#busy.has(webhook.id) || (webhook.progress.nextAttemptAt ?? 0) > now()) continue;
          if (this.#busy.size >= deliveriesMax) await Promise.race(this.#busy.values());
          if (!this.#stopped) this.#serve(webhook);
        }
      } catch (error) {
        logger.error({ err: error }, 'the webhooks cannot be read');
      }
    }
  }

  #serve(webhook: Webhook): void {
    const { logger } = this.#options;
    const serving = this.#deliverNext(webhook)
      .catch((error: unknown) => {
        logger.error({ err: error, webhookId: webhook.id }, 'a delivery could not be carried out');
        return false;
      })
      .then((more) => {
        this.#busy.delete(webhook.id);
        if (more) this.#look();
      });
    this.#busy.set(webhook.id, serving);
  }

  /** @returns whether there may be more to deliver at once */
  async #deliverNext(webhook: Webhook): Promise<boolean> {
    const { webhooks, courier, now } = this.#options;
    const { id, progress } = webhook;
    const next = await this.#next(webhook);
    if (next === undefined) return false;
    const { to, events } = next;
    const [first] = events;
    if (first === undefined) {
      this.#read.set(id, to);
      if (to - progress.cursor >= unstoredMax)
        await webhooks.progress(id, progress.cursor, { ...progress, cursor: to });
      return true;
    }
    const deliveryId = `${id}-${first.sequence}`;
    const reason = await courier.deliver(webhook, deliveryId, events);
    if (reason !== undefined) return this.#failed(webhook, next, reason);
    await webhooks.progress(id, progress.cursor, afterSuccess(to, now()));
    this.#read.delete(id);
    return true;
  }

  /** What comes after the cursor, as far as it is read at once. */
  async #next({ id, organizationId, types, progress }: Webhook): Promise<Next> {
    const { events, logger } = this.#options;
    const after = Math.max(progress.cursor, this.#read.get(id) ?? 0);
    const { trimmedTo } = await events.bounds();
    if (trimmedTo > after)
      logger.warn(
        { webhookId: id, after, trimmedTo },
        'events are no longer kept that a webhook has not got',
      );
    const read = await events.read(
      Math.max(after, trimmedTo),
      eventsMax,
      undefined,
      organizationId,
    );
    const last = read.at(-1);
    return (
      last && { to: last.sequence, events: read.filter(({ type }) => asksFor({ types }, type)) }
    );
  }

  /** @returns whether the next delivery can be tried at once */
  async #failed(
    webhook: Webhook,
    { to, events }: NonNullable<Next>,
    reason: string,
  ): Promise<boolean> {
    const { webhooks, logger, now, random, newId } = this.#options;
    const { id, organizationId, progress } = webhook;
    const { cursor } = progress;
    const verdict = afterFailure(progress, reason, now(), random());
    const { failures } = verdict.progress;
    logger.warn({ webhookId: id, reason, failures, ...verdict }, 'a delivery has failed');
    if (!verdict.giveUp) await webhooks.progress(id, cursor, verdict.progress);
    else {
      const failedAt = now();
      const expiresAt = failedAt + keptMs;
      const letter: DeadLetter = {
        ...{ id: newId(), webhookId: id, organizationId, events, attempts: attemptsMax, reason },
        ...{ failedAt, expiresAt },
      };
      await webhooks.progress(id, cursor, { ...verdict.progress, cursor: to }, letter);
    }
    if (verdict.disable) await webhooks.disable(id);
    return false;
  }
}
