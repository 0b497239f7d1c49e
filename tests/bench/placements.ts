/** Many instances at once: from the first wish until the manager knows that all run. */
import { BenchAgent, joinAll } from './bench-agent.js';
import { ceilings } from './ceilings.js';
import { toMetric, type Metric, type Plan } from './measure.js';
import { withManager, type BenchManager } from './plant.js';

const clusters = 100;
const perService = 1_000;

/** @returns seconds until all of it runs */
async function placeAll(manager: BenchManager, instances: number): Promise<number> {
  const agents = Array.from(
    { length: clusters },
    (_, index) =>
      new BenchAgent({
        url: manager.url,
        token: manager.enrolmentToken,
        name: `bench-site-${index + 1}`,
      }),
  );
  try {
    await joinAll(agents);
    const startedAt = performance.now();
    const wish = async (index: number): Promise<string> => {
      const { operation } = await manager.client.post('/api/v1/services', {
        body: {
          name: `placed-${index + 1}`,
          replicas: perService,
          command: ['bench'],
          resources: { cpuCores: 0.01, memoryMiB: 1 },
          // What is measured is placing and starting, not waiting for health, and the last ones may wait for long.
          update: { healthySeconds: 0 },
          progressDeadlineSeconds: 3_600,
        },
      });
      return operation.id;
    };
    const services = Math.ceil(instances / perService);
    const operationIds = await Promise.all(Array.from({ length: services }, (_, n) => wish(n)));
    // One after the other: a thousand that wait have more connections open than the client has.
    for (const operationId of operationIds) {
      const ended = await manager.client.waitForOperation(operationId, { timeoutMs: 3_600_000 });
      if (ended.state !== 'succeeded')
        throw new Error(`not all run: ${ended.reason ?? ended.state}`);
    }
    return (performance.now() - startedAt) / 1000;
  } finally {
    for (const agent of agents) agent.close();
  }
}

/** Each run has a manager of its own, on an empty store. */
const rateOf = (instances: number): Promise<number> =>
  withManager(async (manager) => instances / (await placeAll(manager, instances)));

const sizeOf = (name: string, standard: number): number => Number(process.env[name] || standard);

/** As many runs as planned, of BENCH_INSTANCES (20,000). */
export async function measurePlacements({ runs }: Plan): Promise<Metric[]> {
  const instances = sizeOf('BENCH_INSTANCES', 20_000);
  const rates: number[] = [];
  for (let run = 0; run < runs; run += 1) rates.push(await rateOf(instances));
  return [
    toMetric(
      `${instances} instances on ${clusters} clusters`,
      'instances/s',
      rates,
      ceilings.commit,
    ),
  ];
}

/** One run each of 10,000, 100,000 … up to BENCH_INSTANCES_MAX (100,000); how much one costs, beside the first. */
export async function measureGrowth(): Promise<Metric[]> {
  const most = sizeOf('BENCH_INSTANCES_MAX', 100_000);
  const metrics: Metric[] = [];
  for (let instances = 10_000; instances <= most; instances *= 10)
    metrics.push({
      ...toMetric(`microseconds for each of ${instances} instances`, 'µs', [
        1_000_000 / (await rateOf(instances)),
      ]),
      at: {
        plot: 'Cost of one instance over their number',
        line: 'placed and running',
        size: instances,
      },
    });
  return metrics;
}
