/** Deployments at a steady pace, offered whether the manager keeps up or not: until the order is at the cluster, until it runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchAgent } from './bench-agent.js';
import { percentile, toMetric, type Metric, type Plan } from './measure.js';
import { withManager, type BenchManager } from './plant.js';

const perSecond = 100;

interface Times {
  readonly ordered: number[];
  readonly running: number[];
}

class Deploys {
  readonly #manager: BenchManager;
  readonly #agent: BenchAgent;
  /** When its request was accepted, by service. */
  readonly #acceptedAt = new Map<string, number>();
  readonly #serviceOf = new Map<string, string>();
  /** Orders that came before the answer to their request. */
  readonly #orderedAt = new Map<string, number>();
  readonly #runningAt = new Map<string, number>();
  #number = 0;

  constructor(manager: BenchManager) {
    this.#manager = manager;
    this.#agent = new BenchAgent({
      url: manager.url,
      token: manager.enrolmentToken,
      name: 'bench-deploys',
      onOrders: (orders) => {
        for (const order of orders) {
          if (order.action !== 'run') continue;
          this.#serviceOf.set(order.instanceId, order.serviceId);
          this.#orderedAt.set(order.serviceId, performance.now());
        }
      },
      onRunning: (instanceIds) => {
        for (const id of instanceIds)
          this.#runningAt.set(this.#serviceOf.get(id) ?? '', performance.now());
      },
    });
  }

  join(): Promise<void> {
    return this.#agent.join();
  }

  close(): void {
    this.#agent.close();
  }

  async #deploy(): Promise<void> {
    this.#number += 1;
    const { service } = await this.#manager.client.post('/api/v1/services', {
      body: { name: `deploy-${this.#number}`, command: ['bench'], resources: { cpuCores: 0.01 } },
    });
    this.#acceptedAt.set(service.id, performance.now());
  }

  /** Offers deployments for so long, and waits until all of them run. */
  async offer(seconds: number): Promise<Times> {
    this.#acceptedAt.clear();
    const startedAt = performance.now();
    const asked: Promise<void>[] = [];
    for (let index = 0; index < seconds * perSecond; index += 1) {
      const due = startedAt + (index * 1_000) / perSecond;
      if (due > performance.now()) await sleep(due - performance.now());
      asked.push(this.#deploy());
    }
    await Promise.all(asked);
    while ([...this.#acceptedAt.keys()].some((id) => !this.#runningAt.has(id))) await sleep(20);
    const since = (at: ReadonlyMap<string, number>): number[] =>
      [...this.#acceptedAt].map(([id, accepted]) => Math.max(0, (at.get(id) ?? 0) - accepted));
    return { ordered: since(this.#orderedAt), running: since(this.#runningAt) };
  }
}

/** BENCH_DEPLOY_SECONDS (12) for each run. */
export const measureDeploys = ({ runs }: Plan): Promise<Metric[]> =>
  withManager(async (manager) => {
    const seconds = Number(process.env['BENCH_DEPLOY_SECONDS'] || 12);
    const deploys = new Deploys(manager);
    try {
      await deploys.join();
      await deploys.offer(1);
      const values = new Map<string, number[]>();
      for (let run = 0; run < runs; run += 1) {
        const { ordered, running } = await deploys.offer(seconds);
        for (const [name, times] of [
          ['accepted to order', ordered],
          ['accepted to RUNNING', running],
        ] as const)
          for (const share of [0.5, 0.99]) {
            const metric = `${perSecond} deploys/s, ${name}, p${share * 100}`;
            values.set(metric, [...(values.get(metric) ?? []), percentile(times, share)]);
          }
      }
      return [...values].map(([name, times]) => toMetric(name, 'ms', times));
    } finally {
      deploys.close();
    }
  });
