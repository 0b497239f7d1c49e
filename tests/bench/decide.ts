/** The built-in scheduler alone, in this process. */
import { place } from '../../src/scheduler/built-in/built-in-scheduler.js';
import { aPicture, aRequest, id } from '../support/builders.js';
import { toMetric, type Metric, type Plan } from './measure.js';

const batch = 1_000;
const roomy = { cpuMillicores: 64_000, memoryMiB: 262_144, gpus: 0 };
const resources = { cpuMillicores: 10, memoryMiB: 8, gpus: 0 };

const pictures = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aPicture({ id: id(index + 1), name: `c${index}`, capacity: roomy, free: roomy }),
  );

/** @param services - among how many services the instances of a batch are */
const requests = (services: number) =>
  Array.from({ length: batch }, (_, index) =>
    aRequest({
      instanceId: id(0x1_000_000 + index),
      serviceId: id(0x2_000_000 + (index % services)),
      resources,
    }),
  );

function ratePerSecond(clusters: number, services: number, seconds: number): number {
  const picture = pictures(clusters);
  const wishes = requests(services);
  const startedAt = performance.now();
  let decided = 0;
  while (performance.now() - startedAt < seconds * 1_000) decided += place(wishes, picture).length;
  return (decided * 1_000) / (performance.now() - startedAt);
}

/** Batches of 1,000 instances, of one service and of 1,000. */
export function measureDecisions({ runs, seconds, warmUpSeconds }: Plan): Promise<Metric[]> {
  const metrics: Metric[] = [];
  for (const services of [1, batch])
    for (const clusters of [100, 1_000, 10_000, 100_000]) {
      ratePerSecond(clusters, services, warmUpSeconds);
      const rates = Array.from({ length: runs }, () => ratePerSecond(clusters, services, seconds));
      const of = services === 1 ? 'one service' : `${batch} services`;
      metrics.push({
        ...toMetric(`decide, ${clusters} clusters, ${of}`, 'decisions/s', rates),
        at: { plot: 'Decisions over clusters', line: of, size: clusters },
      });
    }
  return Promise.resolve(metrics);
}
