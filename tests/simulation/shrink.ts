/** Takes steps out of a plan for as long as the same promise is broken without them (delta debugging). */
import type { Violation } from './checkers/violation.js';
import type { Plan, Step } from './plan/plan.js';

export interface Shrunk {
  readonly plan: Plan;
  readonly violations: readonly Violation[];
  readonly runs: number;
}

type Run = (plan: Plan) => Promise<readonly Violation[]>;

const chunksOf = (steps: readonly Step[], count: number): readonly (readonly Step[])[] => {
  const size = Math.ceil(steps.length / count);
  return Array.from({ length: Math.ceil(steps.length / size) }, (_, index) =>
    steps.slice(index * size, (index + 1) * size),
  );
};

/** @param runsMax - after so many runs the shortest plan found so far will do */
export async function shrink(
  plan: Plan,
  violations: readonly Violation[],
  run: Run,
  runsMax: number,
): Promise<Shrunk> {
  const promises = new Set(violations.map(({ promise }) => promise));
  let best: Shrunk = { plan, violations, runs: 0 };
  let runs = 0;
  const stillBreaks = async (steps: readonly Step[]): Promise<boolean> => {
    if (runs >= runsMax) return false;
    runs += 1;
    const shorter = { ...plan, steps };
    const found = await run(shorter);
    if (!found.some(({ promise }) => promises.has(promise))) return false;
    best = { plan: shorter, violations: found, runs };
    return true;
  };
  for (let count = 2; best.plan.steps.length > 1 && runs < runsMax;) {
    const chunks = chunksOf(best.plan.steps, count);
    let shorter = false;
    for (const chunk of chunks) {
      const gone = new Set(chunk);
      const rest = best.plan.steps.filter((step) => !gone.has(step));
      if (await stillBreaks(rest)) shorter = true;
    }
    if (shorter) count = Math.max(2, Math.floor(count / 2));
    else if (count >= best.plan.steps.length) break;
    else count = Math.min(best.plan.steps.length, count * 2);
  }
  return { ...best, runs };
}
