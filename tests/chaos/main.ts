/** `make chaos`: real processes under random load, killed, paused and cut off; the checkers of the simulation judge. */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient, type SystemManagerClient } from '@system-manager/client';
import { until } from '../../scripts/plant.js';
import { checkAlways, checkAtLast } from '../simulation/checkers/check.js';
import type { Violation } from '../simulation/checkers/violation.js';
import { createMachine, type Machine } from '../simulation/engine/machine.js';
import { Random } from '../simulation/engine/random.js';
import { History } from '../simulation/history.js';
import type { Plan, ServicePlan, SitePlan } from '../simulation/plan/plan.js';
import { tellViolations } from '../simulation/telling.js';
import { lookAround } from './look.js';
import { adminToken, ChaosManager, enrolmentToken } from './manager.js';
import { ChaosSite } from './site.js';
import { Users } from './users.js';
import { Weather } from './weather.js';

const seconds = Number(process.env['CHAOS_SECONDS'] || 120);
const seed = process.env['SEED'] || String(Date.now());
const siteCount = 5;
const serviceLines = 6;
/** How long everything may take to come to rest once all is well. */
const restMsMax = 480_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const sitePlan = (random: Random, index: number): SitePlan => ({
  name: `site-${index}`,
  location: `place-${index % 2}`,
  cpuMillicores: 1000 * (2 + random.int(5)),
  memoryMiB: 1024 * (2 + random.int(4)),
  startsAt: 0,
  lateRate: 0,
  habits: {
    deadRate: index === 1 ? 0.05 : 0,
    refusalRate: index === 2 ? 0.05 : 0,
    startMs: random.pick([50, 500, 2_000]),
    stopMs: random.pick([20, 300, 1_500]),
  },
});

/** Time as it is; what a machine was about to do when it lost its power never happens. */
const realTime = {
  at(machine: Machine, delayMs: number, run: () => void): void {
    const { life } = machine;
    setTimeout(() => {
      if (machine.life === life) run();
    }, delayMs);
  },
};

async function follow(
  client: SystemManagerClient,
  history: History,
  signal: AbortSignal,
): Promise<void> {
  for await (const { sequence, type, subjectKind, subjectId, data } of client.watchEvents({
    after: 0,
    signal,
  }))
    history.add({
      kind: 'event',
      watcher: 'watcher',
      event: { sequence, type, subjectKind, subjectId, data },
    });
}

async function comeToRest(
  client: SystemManagerClient,
  history: History,
  plan: Plan,
): Promise<readonly Violation[]> {
  const deadline = performance.now() + restMsMax;
  for (let well = 0; ;) {
    await delay(3_000);
    const look = await lookAround(client);
    const violations = checkAtLast(history.facts, look, plan);
    well = violations.length === 0 ? well + 1 : 0;
    if (well === 2 || performance.now() > deadline) return violations;
  }
}

async function run(): Promise<readonly Violation[]> {
  const random = new Random(`chaos/${seed}`);
  const startedAt = performance.now();
  const history = new History(() => performance.now() - startedAt);
  const host = { history, time: realTime };
  const ends: string[] = [];
  const manager = await ChaosManager.create((why) => {
    ends.push(why);
    // As a supervisor would.
    setTimeout(() => {
      manager.start();
    }, 500);
  });
  manager.start();
  await manager.ready();
  const plans = Array.from({ length: siteCount }, (_, index) => sitePlan(random, index));
  const services: ServicePlan[] = [];
  const plan: Plan = {
    seed,
    managers: 1,
    eventsKept: 1_000_000,
    clockDrift: 0,
    remoteScheduler: false,
    sites: plans,
    services,
    steps: [],
    calmAt: seconds * 1000,
  };
  const sites = await Promise.all(
    plans.map((each) =>
      ChaosSite.create(host, createMachine(each.name, random.fork(each.name)), each, {
        port: manager.port,
        token: enrolmentToken,
      }),
    ),
  );
  const client = createClient({
    baseUrl: manager.url,
    token: adminToken,
    timeoutMs: 4_000,
    idleTimeoutMs: 20_000,
    retry: { attempts: 1 },
  });
  const watched = new AbortController();
  const watching = follow(client, history, watched.signal);
  try {
    for (const site of sites) site.start();
    const clusters = await until('all clusters are active', async () => {
      const { items } = await client.get('/api/v1/clusters');
      return items.filter(({ state }) => state === 'active').length === siteCount && items;
    });
    const users = new Users({
      client,
      history,
      random,
      services,
      sites: plans.map(({ name }) => name),
    });
    const struck = new Map<string, number>();
    const weather = new Weather({
      random: random.fork('weather'),
      manager,
      sites,
      onFault: (name, target) => {
        const what = `${name} ${target === 'manager' ? 'manager' : 'site'}`;
        struck.set(what, (struck.get(what) ?? 0) + 1);
        history.add({ kind: 'fault', name, target });
      },
    });
    const time = AbortSignal.timeout(seconds * 1000);
    // Every line of requests listens, while it pauses.
    setMaxListeners(0, time);
    const using = [
      ...Array.from({ length: serviceLines }, (_, line) => users.useServices(line, time)),
      ...plans.map(({ name }, index) =>
        users.useSite(index, clusters.find((each) => each.name === name)?.id ?? '', time),
      ),
    ];
    await weather.blow(time);
    await weather.clear();
    await manager.ready();
    await Promise.all(using);
    const atLast = await comeToRest(client, history, plan);
    const violations = [...checkAlways(history.facts, plan), ...atLast];
    const count = (kind: string): number =>
      history.facts.filter((fact) => fact.kind === kind).length;
    say(
      `${seconds} s, ${((performance.now() - startedAt) / 1000).toFixed(0)} s with coming to rest: ${services.length} services, ${users.answered} wishes accepted, ${count('started')} starts, ${count('ended')} ends, ${count('event')} events`,
    );
    for (const [name, times] of [...struck].sort(([a], [b]) => (a < b ? -1 : 1)))
      say(`  ${String(times).padStart(6)}  ${name}`);
    for (const why of ends) say(`the manager ended by itself: ${why}`);
    return violations;
  } finally {
    watched.abort();
    await watching;
    await client.close();
    await Promise.all(sites.map((site) => site.close()));
    await manager.close();
  }
}

say(`chaos for ${seconds} s; again with SEED=${seed}`);
const violations = await run();
say(violations.length === 0 ? 'every promise was kept' : tellViolations(violations));
process.exitCode = violations.length === 0 ? 0 : 1;
