import { OrderRefused, toOrderProblem, type AgentFrame, type OrderReference } from './frames.js';

const ordersPerFrameMax = 1000;

/**
 * Answers of one session to the orders of its `apply` frames. What is done within one turn of the event loop goes out together,
 * and waits while the connection is full. It ends with its session: the next one is told the orders anew.
 */
export class Answers {
  readonly #send: (frame: AgentFrame) => void;
  readonly #writable: () => boolean;
  readonly #done = new Map<string, OrderReference[]>();
  #scheduled: NodeJS.Immediate | undefined;

  constructor(send: (frame: AgentFrame) => void, writable: () => boolean) {
    this.#send = send;
    this.#writable = writable;
  }

  ack(id: string, order: OrderReference): void {
    const orders = this.#done.get(id);
    if (orders === undefined) this.#done.set(id, [toReference(order)]);
    else orders.push(toReference(order));
    this.#scheduled ??= setImmediate(() => {
      this.#scheduled = undefined;
      this.flush();
    });
  }

  nack(id: string, order: OrderReference, error: unknown): void {
    const problem =
      error instanceof OrderRefused
        ? error.problem
        : toOrderProblem('order-failed', 'The order failed', 500, describe(error));
    this.#send({ type: 'nack', id, orders: [toReference(order)], problem });
  }

  /** Sends what has gathered; called again when a full connection has drained. */
  flush(): void {
    for (const [id, orders] of this.#done) {
      while (orders.length > 0) {
        if (!this.#writable()) return;
        this.#send({ type: 'ack', id, orders: orders.splice(0, ordersPerFrameMax) });
      }
      this.#done.delete(id);
    }
  }

  end(): void {
    if (this.#scheduled !== undefined) clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    this.#done.clear();
  }
}

function toReference({ instanceId, generation, action }: OrderReference): OrderReference {
  return { instanceId, generation, action };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
