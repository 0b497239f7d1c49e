/** The orders of one cluster: one call at a time, tried again until it was answered, and longer apart while it is not. */
import { setTimeout as delay } from 'node:timers/promises';

export interface LaneOptions {
  /** Tells the cluster what is next about a service. Resolves once there is nothing more; throws where it was not answered. */
  readonly serve: (serviceId: string) => Promise<void>;
  readonly onFailure: (error: unknown, failures: number, retryInMs: number) => void;
  readonly random: () => number;
  readonly retryMsMin: number;
  readonly retryMsMax: number;
}

export class Lane {
  readonly #options: LaneOptions;
  /** Services about which there may be something to tell. */
  readonly #waiting = new Set<string>();
  readonly #stop = new AbortController();
  #nudge = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** Has the service looked at. */
  offer(serviceId: string): void {
    this.#waiting.add(serviceId);
    if (this.#stop.signal.aborted) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      const [next] = this.#waiting;
      if (next !== undefined) this.offer(next);
    });
  }

  /** The cluster was heard of: what waits for its next try is tried now. */
  wake(): void {
    // An abort makes its reason, with a stack, also where it comes too late.
    if (!this.#nudge.signal.aborted) this.#nudge.abort();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#nudge.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    for (let [id] = this.#waiting; id !== undefined; [id] = this.#waiting) {
      this.#waiting.delete(id);
      if (this.#stop.signal.aborted) return;
      try {
        await this.#options.serve(id);
        failures = 0;
      } catch (error) {
        failures += 1;
        this.#waiting.add(id);
        await this.#backOff(error, failures);
      }
    }
  }

  /** Doubles with each failure in a row; jitter keeps many managers or clusters apart. */
  async #backOff(error: unknown, failures: number): Promise<void> {
    const { retryMsMin, retryMsMax, random, onFailure } = this.#options;
    const ms =
      Math.min(retryMsMax, retryMsMin * 2 ** Math.min(20, failures - 1)) * (0.5 + random() / 2);
    if (this.#stop.signal.aborted) return;
    onFailure(error, failures, ms);
    this.#nudge = new AbortController();
    try {
      await delay(ms, undefined, { signal: this.#nudge.signal });
    } catch (woken) {
      if (!this.#nudge.signal.aborted) throw woken;
    }
  }
}
