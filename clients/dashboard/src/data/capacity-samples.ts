import type { Cluster } from '@system-manager/client';
import type { Resource } from '../live/resource.js';
import { Store } from '../live/store.js';

/** What a cluster had and what of it was taken, at one time. */
export interface Sample {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly cpuCores: number;
  readonly reservedCpuCores: number;
  /** As measured; absent where the agent measures nothing. */
  readonly usedCpuCores?: number;
}

const samplesMax = 720;

const sampleOf = ({ capacity, reserved, use }: Cluster, at: number): Sample => ({
  at,
  cpuCores: capacity.cpuCores ?? 0,
  reservedCpuCores: reserved.cpuCores ?? 0,
  ...(use?.cpuCores === undefined ? {} : { usedCpuCores: use.cpuCores }),
});

/** Notes what a cluster has each time it is read, for as long as somebody looks. */
export class CapacitySamples {
  readonly #cluster: Resource<Cluster>;
  readonly #now: () => number;
  readonly #samples = new Store<readonly Sample[]>([]);

  constructor(cluster: Resource<Cluster>, now: () => number = Date.now) {
    this.#cluster = cluster;
    this.#now = now;
  }

  readonly get = (): readonly Sample[] => this.#samples.get();

  readonly subscribe = (listener: () => void): (() => void) => {
    const note = (): void => {
      const { data } = this.#cluster.get();
      if (data)
        this.#samples.set([...this.get(), sampleOf(data, this.#now())].slice(-samplesMax));
    };
    const stops = [this.#samples.subscribe(listener), this.#cluster.subscribe(note)];
    return () => {
      for (const stop of stops) stop();
    };
  };
}
