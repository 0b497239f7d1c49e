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
  readonly events: Pick<EventStore, 'read' | 'bounds' | 'onAppend'>;
  readonly courier: Courier;
  readonly now: () => number;
  readonly newId: () => string;
  readonly random: () => number;
  readonly logger: Logger;
  /** How often is looked at what was heard meanwhile; five times as rarely where nothing was. @defaultValue 200 ms */
  readonly everyMs?: number | undefined;
}

const everyMsDefault = 200;
/** Webhooks change, and times come, without a word in the history. */
const idleTicksMax = 5;
const deliveriesMax = 8;
const eventsMax = 100;
const keptMs = 30 * 24 * 3_600_000;
/** How far a webhook that asks for nothing of it may lag behind in the store. */
const unstoredMax = 1_000;

/** What is delivered next, and how far the history is read with it. */
interface Next {
  readonly to: number;
  readonly events: readonly DomainEvent[];
}

type Bounds = Awaited<ReturnType<EventStore['bounds']>>;

export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #busy = new Map<string, Promise<void>>();
  /** How far the history was read for webhooks that asked for nothing of it. */
  readonly #read = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> | undefined;
  #again = false;
  #heard = false;
  #idleTicks = 0;
  #stopListening: (() => void) | undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** It may be stopped and started again. */
  start(): Promise<void> {
    this.#stopListening = this.#options.events.onAppend(() => {
      this.#heard = true;
    });
    this.#timer = setInterval(() => {
      this.#tick();
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

  /** The history may grow many times a second; the webhooks are not read as often. */
  #tick(): void {
    this.#idleTicks += 1;
    if (!this.#heard && this.#idleTicks < idleTicksMax) return;
    this.#heard = false;
    this.#idleTicks = 0;
    this.#look();
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
    const { webhooks, events, now, logger } = this.#options;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        // Of these it is not known how far they are by the time they are read.
        const underWay = new Set(this.#busy.keys());
        const enabled = await webhooks.enabled();
        const bounds = await events.bounds();
        this.#forgetAllBut(enabled);
        for (const webhook of enabled) {
          const waits = (webhook.progress.nextAttemptAt ?? 0) > now();
          if (waits || underWay.has(webhook.id) || this.#position(webhook) >= bounds.last) continue;
          if (this.#busy.size >= deliveriesMax) await Promise.race(this.#busy.values());
          if (!this.#stopped) this.#serve(webhook, bounds);
        }
      } catch (error) {
        logger.error({ err: error }, 'the webhooks cannot be read');
      }
    }
  }

  /** How far the history was read for the webhook. */
  #position({ id, progress }: Webhook): number {
    return Math.max(progress.cursor, this.#read.get(id) ?? 0);
  }

  #forgetAllBut(enabled: readonly Webhook[]): void {
    const ids = new Set(enabled.map(({ id }) => id));
    for (const id of this.#read.keys()) if (!ids.has(id)) this.#read.delete(id);
  }

  #serve(webhook: Webhook, bounds: Bounds): void {
    const { logger } = this.#options;
    const serving = this.#deliverNext(webhook, bounds)
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
  async #deliverNext(webhook: Webhook, bounds: Bounds): Promise<boolean> {
    const { webhooks, courier, now } = this.#options;
    const { id, progress } = webhook;
    const next = await this.#next(webhook, bounds);
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
  async #next(webhook: Webhook, { trimmedTo, last }: Bounds): Promise<Next> {
    const { events, logger } = this.#options;
    const { id, organizationId, types } = webhook;
    const after = this.#position(webhook);
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
    const lastRead = read.at(-1)?.sequence ?? 0;
    return {
      // Where that was all, nothing up to the end of the history is for this webhook.
      to: read.length < eventsMax ? Math.max(last, lastRead) : lastRead,
      events: read.filter(({ type }) => asksFor({ types }, type)),
    };
  }

  /** @returns whether the next delivery can be tried at once */
  async #failed(webhook: Webhook, { to, events }: Next, reason: string): Promise<boolean> {
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
