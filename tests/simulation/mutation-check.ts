/** Switches one deliberate bug on at a time, and looks how many seeds it takes until it is found. */
import { judgeAll, type Assignment } from './crew.js';
import type { Verdict } from './judge.js';
import { mutations } from './mutations.js';

export interface Finding {
  readonly name: string;
  readonly what: string;
  /** How many seeds were needed; absent when it was not found. */
  readonly seeds?: number;
  readonly verdict?: Verdict;
}

/** Seeds on which the product itself breaks nothing. */
export async function checkMutations(
  seedsMax: number,
  processes: number,
  only: string | undefined,
): Promise<readonly Finding[]> {
  const found = new Map<string, Finding>();
  const chosen = mutations.filter(({ name }) => only === undefined || name === only);
  function* assignments(): Generator<Assignment> {
    for (let seed = 1; seed <= seedsMax; seed += 1)
      for (const { name } of chosen)
        if (!found.has(name)) yield { seed: String(seed), mutation: name };
  }
  await judgeAll(assignments(), processes, (verdict, { mutation }) => {
    const broken = chosen.find(({ name }) => name === mutation);
    if (broken && verdict.violations.length > 0 && !found.has(broken.name)) {
      const { name, what } = broken;
      found.set(name, { name, what, seeds: Number(verdict.seed), verdict });
    }
    return found.size < chosen.length;
  });
  return chosen.map(({ name, what }) => found.get(name) ?? { name, what });
}
