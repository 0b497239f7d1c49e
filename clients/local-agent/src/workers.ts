import { OrderRefused, type Resources, type Worker } from '@system-manager/client/agent';

/** What a worker has taken on. */
export interface WorkerLoad {
  readonly worker: string;
  readonly resources: Resources;
}

/** The workers of this agent: names for equal shares of one machine. */
export class Workers {
  readonly #names: readonly string[];
  readonly #share: Resources;

  constructor(clusterName: string, count: number, capacity: Resources) {
    this.#names = Array.from({ length: count }, (_, index) => `${clusterName}-worker-${index + 1}`);
    this.#share = {
      cpuCores: (capacity.cpuCores ?? 0) / count,
      memoryMiB: Math.floor((capacity.memoryMiB ?? 0) / count),
      gpus: Math.floor((capacity.gpus ?? 0) / count),
    };
  }

  list(): readonly Worker[] {
    return this.#names.map((name) => ({ name, capacity: this.#share }));
  }

  /**
   * The demanded worker, or else the one with the smallest load.
   *
   * @throws OrderRefused `worker-not-found`
   */
  choose(demanded: string | undefined, loads: Iterable<WorkerLoad>): string {
    if (demanded !== undefined) {
      if (this.#names.includes(demanded)) return demanded;
      const detail = `there is no worker ${demanded}; the workers are ${this.#names.join(', ')}`;
      throw new OrderRefused('worker-not-found', 'There is no such worker', detail, 404);
    }
    const load = new Map(this.#names.map((name) => [name, { share: 0, count: 0 }]));
    for (const { worker, resources } of loads) {
      const sum = load.get(worker);
      if (sum === undefined) continue;
      sum.share += this.#shareOf(resources);
      sum.count += 1;
    }
    const [least] = [...load].sort(
      ([, one], [, other]) => one.share - other.share || one.count - other.count,
    );
    if (least === undefined) throw new RangeError('an agent has at least one worker');
    return least[0];
  }

  #shareOf({ cpuCores = 0, memoryMiB = 0 }: Resources): number {
    const cpu = cpuCores / Math.max(this.#share.cpuCores ?? 0, 0.001);
    const memory = memoryMiB / Math.max(this.#share.memoryMiB ?? 0, 1);
    return Math.max(cpu, memory);
  }
}
