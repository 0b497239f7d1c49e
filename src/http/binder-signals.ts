/** Tells handlers that wait or stream when to end: their caller has gone, or the server closes. */
import type { FastifyReply } from 'fastify';

/** The signals of all requests under way. */
export class RequestSignals {
  #closing = false;
  readonly #open = new Set<AbortController>();

  /** Whether the server has begun to close. */
  get closing(): boolean {
    return this.#closing;
  }

  /** The signal of one request; made on demand, because few handlers look at it. */
  of(reply: FastifyReply): AbortSignal {
    const controller = new AbortController();
    if (this.#closing || reply.raw.destroyed) {
      controller.abort();
      return controller.signal;
    }
    this.#open.add(controller);
    reply.raw.once('close', () => {
      this.#open.delete(controller);
      controller.abort();
    });
    return controller.signal;
  }

  /** Ends all that waits; from now on every request is refused. */
  close(): void {
    this.#closing = true;
    for (const controller of this.#open) controller.abort();
    this.#open.clear();
  }
}
