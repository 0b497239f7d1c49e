/** Repeats a measurement, and says how far its runs lie apart. */

import type { PlotPlace } from './plot.js';

/** How long and how often each case runs. */
export interface Plan {
  readonly warmUpSeconds: number;
  readonly seconds: number;
  readonly runs: number;
}

/** What one run yields: values by metric, of which every run has the same. */
export type Run = (seconds: number) => Promise<Readonly<Record<string, number>>>;

export interface Metric {
  readonly name: string;
  readonly unit: string;
  /** Of the runs. */
  readonly median: number;
  /** (greatest - smallest) / median of the runs. */
  readonly spread: number;
  readonly runs: readonly number[];
  /** Name of the metric that this one cannot be better than. */
  readonly ceiling?: string;
  /** Where it stands in the plot of a case that measures growth. */
  readonly at?: PlotPlace;
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const index = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return sorted[index] ?? Number.NaN;
};

const median = (values: readonly number[]): number => {
  const half = percentile(values, 0.5);
  return values.length % 2 === 1 ? half : (half + percentile(values, 0.5 - 1e-9)) / 2;
};

/** Runs once to warm up, then as often as planned. @returns the values of each metric, run by run */
export async function repeat(plan: Plan, run: Run): Promise<Map<string, number[]>> {
  await run(plan.warmUpSeconds);
  const values = new Map<string, number[]>();
  for (let index = 0; index < plan.runs; index += 1) {
    for (const [name, value] of Object.entries(await run(plan.seconds))) {
      values.set(name, [...(values.get(name) ?? []), value]);
    }
  }
  return values;
}

export function toMetric(
  name: string,
  unit: string,
  runs: readonly number[],
  ceiling?: string,
): Metric {
  const middle = median(runs);
  const spread = (Math.max(...runs) - Math.min(...runs)) / middle;
  return {
    name,
    unit,
    median: middle,
    spread,
    runs,
    ...(ceiling === undefined ? {} : { ceiling }),
  };
}

/** Does the same thing with many hands until the time is up. @returns how often per second */
export async function ratePerSecond(
  hands: number,
  seconds: number,
  once: () => Promise<void>,
): Promise<number> {
  const startedAt = performance.now();
  const deadline = startedAt + seconds * 1000;
  let count = 0;
  const hand = async (): Promise<void> => {
    while (performance.now() < deadline) {
      await once();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
  return (count * 1000) / (performance.now() - startedAt);
}
