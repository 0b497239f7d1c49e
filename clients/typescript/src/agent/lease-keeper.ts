import type { Clock } from '../session/clock.js';
import { instanceKey } from './frames.js';

/** An instance that may run only while the manager answers. */
export interface LeasedInstance {
  readonly instanceId: string;
  readonly generation: number;
  /** How long it may run without an answer, in milliseconds. */
  readonly leaseMs: number;
}

export interface LeaseKeeperOptions {
  readonly clock: Clock;
  /** How long before the end of a lease it is told, at most a third of the lease, in milliseconds. */
  readonly leadMs: number;
  /** What has lived on from before this keeper, and when the last frame that was answered had been sent. */
  readonly held: readonly LeasedInstance[];
  readonly renewedAt: number | undefined;
  /**
   * The lease ends, once for each instance: nothing of it may be left after the time.
   *
   * @param withinMs - what is left of the lease; 0 when it is over
   */
  onEnd(instance: LeasedInstance, withinMs: number): void;
}

/** Clocks are looked at as often as this at the least: a timer does not go on while the machine sleeps. */
const lookEveryMs = 1_000;

/**
 * Keeps the leases of a cluster. All of them count from the moment at which the last frame that the manager has answered was sent,
 * on a clock of this machine: the manager counts from when it answered, which was later. A lease that has ended stays ended.
 */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #held = new Map<string, LeasedInstance>();
  #renewedAt: number;
  #cancel: (() => void) | undefined;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
    this.#renewedAt = options.renewedAt ?? Number.NEGATIVE_INFINITY;
    for (const instance of options.held) this.#held.set(instanceKey(instance), instance);
  }

  /** The longest time between two renewals that leaves room for one to get lost, in milliseconds; nothing when none is needed. */
  get renewEveryMs(): number | undefined {
    if (this.#held.size === 0) return undefined;
    return Math.min(...[...this.#held.values()].map(({ leaseMs }) => leaseMs)) / 3;
  }

  /** Ends what is over already, and watches the rest. */
  start(): void {
    this.#look();
  }

  /** Leases go on to count, but nobody is told. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** @returns false when the lease is over before it has begun: the instance must not be started */
  hold(instance: LeasedInstance): boolean {
    if (this.#leftMs(instance) <= this.#leadMs(instance)) return false;
    this.#held.set(instanceKey(instance), instance);
    this.#look();
    return true;
  }

  /** Nothing is left of the instance. */
  release(instance: Omit<LeasedInstance, 'leaseMs'>): void {
    this.#held.delete(instanceKey(instance));
    this.#look();
  }

  /** The manager has answered a frame that was sent then. What has ended before is not brought back by that. */
  renewed(sentAt: number): void {
    this.#look();
    this.#renewedAt = Math.max(this.#renewedAt, sentAt);
  }

  #leftMs({ leaseMs }: LeasedInstance): number {
    return this.#renewedAt + leaseMs - this.#options.clock.now();
  }

  #leadMs({ leaseMs }: LeasedInstance): number {
    return Math.min(this.#options.leadMs, leaseMs / 3);
  }

  #look(): void {
    this.stop();
    let nextMs = lookEveryMs;
    for (const [key, instance] of this.#held) {
      const leftMs = this.#leftMs(instance);
      const untilToldMs = leftMs - this.#leadMs(instance);
      if (untilToldMs <= 0) {
        this.#held.delete(key);
        this.#options.onEnd(instance, Math.max(0, leftMs));
      } else nextMs = Math.min(nextMs, untilToldMs);
    }
    if (this.#held.size > 0) this.#cancel = this.#options.clock.after(nextMs, () => this.#look());
  }
}
