/** `make simulate`: many seeds, or one again. */
import { availableParallelism } from 'node:os';
import { judgeAll } from './crew.js';
import type { Verdict } from './judge.js';
import { checkMutations } from './mutation-check.js';
import { generatePlan } from './plan/generate.js';
import { runPlan } from './run.js';
import { shrink } from './shrink.js';
import { tellPlan, tellViolations } from './telling.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const numberOf = (name: string, standard: number): number => {
  const text = process.env[name];
  if (text === undefined || text === '') return standard;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} is a number from 1`);
  return value;
};

/** After so many broken promises the rest need not be run. */
const violationsMax = 10;
const shrinkRunsMax = 300;
const mutationSeedsMax = 2_000;

/** Runs one seed; with LOG its whole history and the managers' logs. */
async function runOne(seed: string): Promise<boolean> {
  const plan = generatePlan(seed);
  const outcome = await runPlan(plan, process.env['LOG'] ? { log: say } : {});
  say(tellPlan(plan));
  if (process.env['LOG']) for (const fact of outcome.world.history.facts) say(JSON.stringify(fact));
  say(`hash ${outcome.hash}, ${(outcome.lastedMs / 1000).toFixed(0)} virtual seconds`);
  if (outcome.violations.length === 0) say('every promise was kept');
  else {
    say(tellViolations(outcome.violations));
    if (process.env['SHRINK'] !== '0') await tellShortest(seed);
  }
  return outcome.violations.length === 0;
}

async function tellShortest(seed: string): Promise<void> {
  const plan = generatePlan(seed);
  const { violations } = await runPlan(plan);
  const run = async (shorter: typeof plan) => (await runPlan(shorter)).violations;
  const shortest = await shrink(plan, violations, run, shrinkRunsMax);
  say(`\nthe shortest plan found in ${shortest.runs} runs that breaks the same promise:`);
  say(tellPlan(shortest.plan));
  say(tellViolations(shortest.violations));
}

class Totals {
  runs = 0;
  virtualMs = 0;
  steps = 0;
  readonly struck = new Map<string, number>();

  add({ lastedMs, steps, struck }: Verdict): void {
    this.runs += 1;
    this.virtualMs += lastedMs;
    this.steps += steps;
    for (const [name, times] of struck) this.struck.set(name, (this.struck.get(name) ?? 0) + times);
  }

  tell(seconds: number): string {
    const faults = [...this.struck].sort(([a], [b]) => (a < b ? -1 : 1));
    const sum = faults.reduce((total, [, times]) => total + times, 0);
    return [
      `${this.runs} runs in ${seconds.toFixed(1)} s: ${(this.runs / seconds).toFixed(1)} a second, ${(this.virtualMs / 3_600_000).toFixed(1)} virtual hours, ${this.steps} steps`,
      `${sum} faults:`,
      ...faults.map(([name, times]) => `  ${String(times).padStart(8)}  ${name}`),
    ].join('\n');
  }
}

async function runMany(count: number, first: number, processes: number): Promise<boolean> {
  const seeds = Array.from({ length: count }, (_, index) => ({ seed: String(first + index) }));
  const totals = new Totals();
  const broken: Verdict[] = [];
  const startedAt = performance.now();
  await judgeAll(seeds, processes, (verdict) => {
    totals.add(verdict);
    if (verdict.violations.length > 0) {
      broken.push(verdict);
      say(`seed ${verdict.seed} (${verdict.hash}):\n${tellViolations(verdict.violations)}`);
    }
    return broken.length < violationsMax;
  });
  say(totals.tell((performance.now() - startedAt) / 1000));
  const [earliest] = [...broken].sort((a, b) => Number(a.seed) - Number(b.seed));
  say(`${broken.length} runs that broke a promise`);
  if (earliest) {
    say(`\nseed ${earliest.seed} again: make simulate SEED=${earliest.seed}`);
    await tellShortest(earliest.seed);
  }
  return broken.length === 0;
}

async function runMutations(only: string | undefined, processes: number): Promise<boolean> {
  const findings = await checkMutations(mutationSeedsMax, processes, only);
  for (const { name, what, seeds, verdict } of findings) {
    say(`${name} (${what}): ${seeds === undefined ? 'NOT FOUND' : `found after ${seeds} seeds`}`);
    if (verdict) say(tellViolations(verdict.violations.slice(0, 1)));
  }
  return findings.every(({ seeds }) => seeds !== undefined);
}

const processes = numberOf('PROCESSES', Math.min(2, availableParallelism()));
const seed = process.env['SEED'];
const mutation = process.env['MUTATIONS'];
let kept: boolean;
if (mutation) kept = await runMutations(mutation === '1' ? undefined : mutation, processes);
else if (seed) kept = await runOne(seed);
else kept = await runMany(numberOf('SEEDS', 2_000), numberOf('FROM', 1), processes);
process.exitCode = kept ? 0 : 1;
