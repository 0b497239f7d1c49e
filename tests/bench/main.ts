/**
 * `make bench`: how fast each path is, beside what the machine could give. `BENCH=name` runs one, `BENCH=name,name` some, `BENCH_SECONDS` sets the length of
 * each of the runs, `BENCH_RUNS` (5) their number. Manager and plain server are processes of their own; the load comes from this one.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { cases, ownCases } from './cases.js';
import { ceilings, measureCeiling, type Ceiling } from './ceilings.js';
import { hands } from './http-load.js';
import type { Metric, Plan } from './measure.js';
import { withManager } from './plant.js';
import { toSvg, type PlottedMetric } from './plot.js';
import { ratioOf, toTable } from './table.js';

const resultsDir = new URL('../../bench-results/', import.meta.url);
/** About the size of a service as `getService` answers it. */
const bodyBytes = 600;

function readPlan(): Plan {
  const seconds = Number(process.env['BENCH_SECONDS'] || 2);
  if (!(seconds >= 1 && seconds <= 60)) throw new Error('BENCH_SECONDS must be from 1 to 60');
  const runs = Number(process.env['BENCH_RUNS'] || 5);
  if (!(runs >= 1 && runs <= 100)) throw new Error('BENCH_RUNS must be from 1 to 100');
  return { warmUpSeconds: 1, seconds, runs };
}

/** Those of one table that are wanted. */
function chosenOf<T>(table: Readonly<Record<string, T>>): T[] {
  const wanted = (process.env['BENCH'] ?? '').split(',').filter((name) => name !== '');
  const names = [...Object.keys(cases), ...Object.keys(ownCases)];
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`BENCH takes ${names.join(', ')}; there is no ${unknown}`);
  return Object.entries(table)
    .filter(([name]) => wanted.length === 0 || wanted.includes(name))
    .map(([, one]) => one);
}

async function measureAll(plan: Plan): Promise<Metric[]> {
  const chosen = chosenOf(cases);
  const own = chosenOf(ownCases);
  const metrics: Metric[] = [];
  const add = (measured: readonly Metric[]): void => {
    metrics.push(...measured);
    for (const { name, median, unit } of measured) {
      console.log(`  ${name}: ${median.toFixed(1)} ${unit}`);
    }
  };
  for (const ceiling of Object.keys(ceilings) as Ceiling[]) {
    if ([...chosen, ...own].some((one) => one.ceiling === ceiling)) {
      add(await measureCeiling(ceiling, plan, bodyBytes));
    }
  }
  for (const one of own) add(await one.measure(plan));
  if (chosen.length > 0)
    await withManager(async (manager) => {
      for (const one of chosen) add(await one.measure(plan, manager));
    });
  return metrics;
}

async function write(plan: Plan, metrics: readonly Metric[]): Promise<void> {
  const results = {
    at: new Date().toISOString(),
    machine: { cpus: availableParallelism(), model: cpus()[0]?.model, node: process.version },
    plan: { ...plan, hands },
    metrics: metrics.map((metric) => ({ ...metric, ratio: ratioOf(metric, metrics) })),
  };
  await mkdir(resultsDir, { recursive: true });
  await writeFile(new URL('latest.json', resultsDir), `${JSON.stringify(results, undefined, 2)}\n`);
  const plotted = metrics.filter((metric): metric is PlottedMetric => metric.at !== undefined);
  for (const plot of new Set(plotted.map(({ at }) => at.plot))) {
    const name = `${plot.toLowerCase().replaceAll(' ', '-')}.svg`;
    const own = plotted.filter(({ at }) => at.plot === plot);
    await writeFile(new URL(name, resultsDir), toSvg(plot, own));
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    process.exit(130);
  });
}
try {
  const plan = readPlan();
  const metrics = await measureAll(plan);
  await write(plan, metrics);
  console.log(`\n${toTable(metrics)}\n\nAlso in bench-results/latest.json.`);
} catch (error) {
  console.error(`bench: FAILED: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
