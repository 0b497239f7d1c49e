/**
 * What really runs at the cluster of a fake agent, whether or not anybody can reach it. Instances under a lease end by themselves; the
 * lease counts from when the last frame that was answered had been sent. Outlives connections: hand it to the next agent too.
 */
import type { Order } from './fake-agent.js';

interface Generation {
  readonly instanceId: string;
  readonly generation: number;
}

interface Running extends Generation {
  readonly leaseMs: number;
}

export class RunningInstances {
  readonly #now: () => number;
  readonly #running = new Map<string, Running>();
  readonly #ended: Generation[] = [];
  #renewedAt = Number.NEGATIVE_INFINITY;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A frame was answered that had been sent then. */
  renewed(sentAt: number): void {
    this.#expire();
    this.#renewedAt = Math.max(this.#renewedAt, sentAt);
  }

  follow({ action, instanceId, generation, descriptor }: Order): void {
    const key = `${instanceId}/${generation}`;
    if (action === 'stop') this.#running.delete(key);
    else {
      const lease = descriptor?.whenLost === 'move' ? (descriptor.leaseSeconds ?? 60) : undefined;
      const leaseMs = lease === undefined ? Number.POSITIVE_INFINITY : lease * 1000;
      this.#running.set(key, { instanceId, generation, leaseMs });
    }
  }

  /** Generations of the instance that run at this moment. */
  of(instanceId: string): readonly number[] {
    this.#expire();
    return [...this.#running.values()]
      .filter((each) => each.instanceId === instanceId)
      .map(({ generation }) => generation);
  }

  /** What has ended by the end of its lease. */
  get ended(): readonly Generation[] {
    this.#expire();
    return this.#ended;
  }

  #expire(): void {
    for (const [key, each] of this.#running)
      if (this.#now() - this.#renewedAt >= each.leaseMs) {
        this.#running.delete(key);
        this.#ended.push({ instanceId: each.instanceId, generation: each.generation });
      }
  }
}
