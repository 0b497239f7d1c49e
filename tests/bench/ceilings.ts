/** What the machine gives at the most, measured in the same minutes as what is compared with it, so that the machine cancels out. */
import { echoRate } from './echo-load.js';
import { httpLoad } from './http-load.js';
import { repeat, toMetric, type Metric, type Plan, type Run } from './measure.js';
import { withPlainServer } from './plant.js';
import { withLmdb } from './raw-lmdb.js';
import { reportingAgents } from './report-load.js';
import { withStore } from './store-load.js';

export const ceilings = {
  http: 'plain Fastify GET',
  insert: 'durable insert, bare driver',
  echo: 'WebSocket echo of 2 kB',
  commit: 'bare LMDB, 1,000 puts a commit',
} as const;

export type Ceiling = keyof typeof ceilings;

export async function rateOf(
  name: string,
  unit: string,
  plan: Plan,
  run: Run,
  ceiling?: Ceiling,
): Promise<Metric[]> {
  const runs = (await repeat(plan, run)).get('rate') ?? [];
  return [toMetric(name, unit, runs, ceiling && ceilings[ceiling])];
}

/** A ceiling, measured in the same minutes as what it is compared with. */
export function measureCeiling(ceiling: Ceiling, plan: Plan, bodyBytes: number): Promise<Metric[]> {
  switch (ceiling) {
    case 'http':
      return withPlainServer(bodyBytes, (url) =>
        rateOf(ceilings.http, 'requests/s', plan, httpLoad({ url })),
      );
    case 'insert':
      return withStore((insert) => rateOf(ceilings.insert, 'inserts/s', plan, insert));
    case 'echo':
      return withPlainServer(bodyBytes, (url) =>
        rateOf(ceilings.echo, 'frames/s', plan, async (seconds) => ({
          rate: await echoRate(url, reportingAgents, seconds),
        })),
      );
    case 'commit':
      return withLmdb(0, (lmdb) =>
        rateOf(ceilings.commit, 'puts/s', plan, async (seconds) => ({
          rate: await lmdb.puts(seconds, 1_000),
        })),
      );
  }
}
