/** How long it takes until a manager is ready, with nothing in the store and with very much. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fill } from '../support/filled-store.js';
import { toMetric, type Metric, type Plan } from './measure.js';
import { withManager } from './plant.js';
import { residentBytes } from './processes.js';

const mebibyte = 1024 * 1024;
/** After that it does nothing any more. */
const restsAfterMs = 5_000;

/** Process start until `/readyz`, on an empty data directory; then its memory at rest. */
export async function measureBoot({ runs }: Plan): Promise<Metric[]> {
  const times: number[] = [];
  const memory: number[] = [];
  for (let run = 0; run < runs; run += 1)
    await withManager(async ({ readyMs, pid }) => {
      times.push(readyMs);
      await sleep(restsAfterMs);
      memory.push((await residentBytes(pid)) / mebibyte);
    });
  return [
    toMetric('boot, until ready', 'ms', times),
    toMetric('boot, memory at rest', 'MiB', memory),
  ];
}

const filling = { clusters: 1_000, instances: 100_000 };

/** `kill -9`, and the start after it, until `/readyz`. */
export const measureRestart = ({ runs }: Plan): Promise<Metric[]> =>
  withManager(
    async (manager) => {
      const times: number[] = [];
      for (let run = 0; run < runs; run += 1) times.push(await manager.restart());
      return [
        toMetric(
          `restart with ${filling.instances} instances and ${filling.clusters} clusters`,
          'ms',
          times,
        ),
      ];
    },
    { prepare: (store) => fill(store, filling) },
  );
