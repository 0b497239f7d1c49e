/** Runs a plan to its end and judges it. */
import { checkAlways, checkAtLast } from './checkers/check.js';
import type { Violation } from './checkers/violation.js';
import { installVirtualTime } from './engine/globals.js';
import { Weather } from './faults.js';
import type { History } from './history.js';
import { lookAround, type Look } from './look.js';
import { isFault, type Plan } from './plan/plan.js';
import { World, type WorldOptions } from './world.js';

/** How long the world may take to come to rest once everything is well, and how often somebody looks. */
const restMsMax = 480_000;
const lookEveryMs = 4_000;

export interface Outcome {
  readonly violations: readonly Violation[];
  readonly hash: string;
  /** How long it lasted, in virtual milliseconds. */
  readonly lastedMs: number;
  readonly steps: number;
  readonly struck: ReadonlyMap<string, number>;
  readonly world: World;
}

export async function runPlan(plan: Plan, options: WorldOptions = {}): Promise<Outcome> {
  const world = new World(plan, options);
  const uninstall = installVirtualTime(world.time);
  const onRejection = (error: unknown): void => {
    world.broke(world.time.current, error);
  };
  process.on('unhandledRejection', onRejection);
  try {
    return await play(world);
  } finally {
    process.off('unhandledRejection', onRejection);
    uninstall();
  }
}

async function play(world: World): Promise<Outcome> {
  const { plan, time } = world;
  const startedAt = time.now;
  const weather = new Weather(world);
  for (const manager of world.managers) manager.start(1);
  world.watcher.start();
  world.sites.forEach((site) => {
    site.start(site.plan.startsAt);
  });
  for (const step of plan.steps)
    time.at(world.outside, step.at, () => {
      if (isFault(step)) weather.strike(step);
      else world.users.ask(step);
    });
  await time.run(startedAt + plan.calmAt);
  weather.clear();
  const atLast = await comeToRest(world, startedAt + plan.calmAt + restMsMax);
  const violations = [...checkAlways(world.history.facts, plan), ...atLast];
  return {
    violations,
    hash: `${world.history.hash()}-${time.steps}`,
    lastedMs: time.now - startedAt,
    steps: time.steps,
    struck: world.struck,
    world,
  };
}

/** How much has happened, regular reports aside. */
const happened = ({ facts }: History): number =>
  facts.reduce((count, { kind }) => (kind === 'reported' ? count : count + 1), 0);

/** Waits until there is nothing to complain about, twice in a row, or the time is up. */
async function comeToRest(world: World, until: number): Promise<readonly Violation[]> {
  const { time, history, plan } = world;
  for (let well = 0; ;) {
    const before = happened(history);
    await time.run(time.now + lookEveryMs);
    const look = await seen(world);
    const violations: readonly Violation[] =
      look === undefined
        ? [{ promise: 'P1', what: 'no manager answers' }]
        : checkAtLast(history.facts, look, plan);
    const quiet = world.users.idle && violations.length === 0 && happened(history) === before;
    well = quiet ? well + 1 : 0;
    if (well < 2 && time.now < until) continue;
    return world.users.idle
      ? violations
      : [...violations, { promise: 'P1', what: 'a request is still not answered' }];
  }
}

async function seen(world: World): Promise<Look | undefined> {
  let look: Look | undefined;
  lookAround(world, (found) => {
    look = found;
  });
  await world.time.run(world.time.now + 500);
  return look;
}
