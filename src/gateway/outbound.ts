import type { Logger } from 'pino';
import { DomainError } from '../domain/errors.js';
import type { OrderReference, PendingOrder } from '../domain/instance/orders.js';
import { ownDescriptor } from '../domain/service/descriptor.js';
import type { Descriptors } from './descriptors.js';
import type { FrameSocket } from './frame-socket.js';
import type { ManagerFrame, Order } from './frames.js';
import { Outbox } from './outbox.js';
import { failpoint } from '../failpoints.js';

export interface OutboundLimits {
  /** Orders in one frame, and orders sent and not yet answered. */
  readonly ordersPerFrameMax: number;
  readonly windowMax: number;
  /** How long the peer may take to read one frame of orders until the session is closed. */
  readonly takenWithinMs: number;
}

export interface OutboundContext {
  readonly socket: FrameSocket<ManagerFrame>;
  readonly descriptors: Descriptors;
  readonly limits: OutboundLimits;
  /** Those of the orders that are still to be told. */
  readonly stillDue: (orders: readonly PendingOrder[]) => Promise<readonly PendingOrder[]>;
  readonly logger: Logger;
  readonly now: () => number;
}

/** The orders that go to one agent: in batches, and no faster than the agent reads. */
export class Outbound {
  readonly #context: OutboundContext;
  readonly #outbox: Outbox;
  #sending: Promise<void> | undefined;
  #more = false;
  #frames = 0;
  #closed = false;

  constructor(context: OutboundContext) {
    this.#context = context;
    this.#outbox = new Outbox(context.limits.windowMax);
  }

  /** Sends nothing from now on. */
  close(): void {
    this.#closed = true;
  }

  /** Resolves once nothing is being sent. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  /** Has orders sent, those that wait already excepted. */
  offer(orders: readonly PendingOrder[]): void {
    let news = false;
    for (const order of orders) news = this.#outbox.offer(order) || news;
    if (news) this.#flush();
  }

  /** Notes that orders were answered; others may go then. */
  settle(references: readonly OrderReference[]): void {
    this.#outbox.settle(references);
    this.#flush();
  }

  /** Lets orders be offered again that were sent before that time and never answered. */
  forget(sentBefore: number): void {
    this.#outbox.forget(sentBefore);
  }

  #flush(): void {
    if (this.#closed) return;
    this.#more = true;
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
      if (this.#more) this.#flush();
    });
  }

  async #sendAll(): Promise<void> {
    try {
      while (this.#more && !this.#closed) {
        // Everything that is offered in this turn of the event loop goes into one frame.
        await new Promise<void>((resolve) => setImmediate(resolve));
        this.#more = false;
        await this.#sendWaiting();
      }
    } catch (error) {
      this.#more = false;
      this.#context.logger.error({ err: error }, 'orders cannot be sent');
      this.#context.socket.end(
        new DomainError('unavailable', 'The orders cannot be read; come back soon.'),
      );
    }
  }

  async #sendWaiting(): Promise<void> {
    const { limits, now } = this.#context;
    for (;;) {
      const batch = this.#outbox.take(limits.ordersPerFrameMax, now());
      if (batch.length === 0 || this.#closed) return;
      const due = await this.#context.stillDue(batch);
      this.#outbox.settle(batch.filter((order) => !due.includes(order)));
      if (due.length === 0) continue;
      const orders = await Promise.all(due.map((order) => this.#toOrder(order)));
      this.#frames += 1;
      await failpoint?.('orders.sending');
      await this.#sendPaced({
        type: 'apply',
        id: String(this.#frames),
        orders: orders.filter((order) => order !== undefined),
      });
      await failpoint?.('orders.sent');
    }
  }

  /** Sends a frame and waits until the peer takes it, so that orders never pile up in memory. */
  async #sendPaced(frame: ManagerFrame): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.#context.socket.end(
          new DomainError('slow-reader', 'Orders were not read in time; come back soon.'),
        );
        resolve();
      }, this.#context.limits.takenWithinMs);
      this.#context.socket.send(frame, resolve);
    });
    clearTimeout(timer);
  }

  async #toOrder(order: PendingOrder): Promise<Order | undefined> {
    const { instanceId, generation, action, serviceId, ordinal, revision, worker } = order;
    const { whenLost = 'keep', leaseMs } = order;
    if (action === 'stop') return { instanceId, generation, action };
    const descriptor = await this.#context.descriptors.find(serviceId, revision);
    if (descriptor === undefined) return undefined;
    return {
      instanceId,
      generation,
      action,
      serviceId,
      ordinal,
      revision,
      descriptor: {
        ...ownDescriptor(descriptor),
        whenLost,
        ...(leaseMs === undefined ? {} : { leaseSeconds: leaseMs / 1000 }),
      } as unknown as NonNullable<Order['descriptor']>,
      ...(worker === undefined ? {} : { worker }),
    };
  }
}
