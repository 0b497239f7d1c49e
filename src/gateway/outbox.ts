import type { PendingOrder, OrderReference } from '../domain/instance/orders.js';

const keyOf = ({ instanceId, generation, action }: OrderReference): string =>
  `${instanceId}/${generation}/${action}`;

/**
 * The orders of one session: those that wait, and those that were sent and not answered yet. It keeps an order once, so its size
 * is bounded by what is bound to the cluster; the window bounds what the agent has to hold at once.
 */
export class Outbox {
  readonly #waiting = new Map<string, PendingOrder>();
  readonly #sent = new Map<string, number>();
  readonly #windowMax: number;

  constructor(windowMax: number) {
    this.#windowMax = windowMax;
  }

  /** @returns whether there is something new to send */
  offer(order: PendingOrder): boolean {
    const key = keyOf(order);
    if (this.#sent.has(key) || this.#waiting.has(key)) return false;
    if (order.action === 'stop') this.#waiting.delete(keyOf({ ...order, action: 'run' }));
    this.#waiting.set(key, order);
    return true;
  }

  /** Takes the next orders out, as far as the window allows. */
  take(max: number, now: number): readonly PendingOrder[] {
    const count = Math.min(max, this.#windowMax - this.#sent.size);
    const taken: PendingOrder[] = [];
    for (const [key, order] of this.#waiting) {
      if (taken.length >= count) break;
      this.#waiting.delete(key);
      this.#sent.set(key, now);
      taken.push(order);
    }
    return taken;
  }

  /** Notes that orders were answered. */
  settle(references: readonly OrderReference[]): void {
    for (const reference of references) this.#sent.delete(keyOf(reference));
  }

  /** Forgets what was sent long ago and never answered, so that it can be offered again. */
  forget(sentBefore: number): void {
    for (const [key, sentAt] of this.#sent) if (sentAt < sentBefore) this.#sent.delete(key);
  }
}
