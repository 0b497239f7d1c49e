/** One seed: its plan, its run, and what became of it, in a form that goes from one process to another. */
import type { Violation } from './checkers/violation.js';
import { generatePlan } from './plan/generate.js';
import { runPlan } from './run.js';
import type { WorldOptions } from './world.js';

export interface Verdict {
  readonly seed: string;
  readonly hash: string;
  readonly violations: readonly Violation[];
  readonly lastedMs: number;
  readonly steps: number;
  readonly struck: readonly (readonly [string, number])[];
}

export async function judgeSeed(seed: string, options: WorldOptions = {}): Promise<Verdict> {
  const outcome = await runPlan(generatePlan(seed), options);
  const { hash, violations, lastedMs, steps, struck } = outcome;
  return { seed, hash, violations, lastedMs, steps, struck: [...struck] };
}
