import { Random } from '../engine/random.js';
import type { Fault, Plan, Request, ServicePlan, SitePlan, Step } from './plan.js';

const generateSite = (random: Random, index: number): SitePlan => ({
  name: `site-${index}`,
  location: `place-${index % 2}`,
  cpuMillicores: 1000 * (1 + random.int(4)),
  memoryMiB: 1024 * (1 + random.int(4)),
  startsAt: random.chance(0.85) ? random.between(0, 2_000) : random.between(3_000, 20_000),
  habits: {
    deadRate: random.chance(0.2) ? 0.1 : 0,
    refusalRate: random.chance(0.2) ? 0.15 : 0,
    startMs: random.pick([50, 500, 4_000]),
    stopMs: random.pick([20, 500, 3_000]),
  },
  lateRate: random.chance(0.3) ? 0.3 : 0,
});

const generateService = (random: Random, index: number, sites: number): ServicePlan => ({
  name: `service-${index}`,
  cpuMillicores: random.pick([0, 250, 500, 800, 1000]),
  memoryMiB: random.pick([0, 128, 512, 700]),
  oneShot: random.chance(0.1),
  whenLost: random.weighted([
    [6, 'keep'],
    [4, 'move'],
    [1, 'duplicate'],
  ] as const),
  leaseSeconds: random.pick([15, 20, 40]),
  ...(random.chance(0.15) ? { site: `site-${random.int(sites)}` } : {}),
});

/** The requests of one service: first it is deployed, last it may be terminated. */
export function serviceRequests(
  random: Random,
  service: number,
  sites: number,
): readonly Request[] {
  const requests: Request[] = [{ verb: 'deploy', service, replicas: 1 + random.int(4) }];
  const counted = random.chance(0.3);
  for (let left = random.int(5); left > 0; left -= 1)
    requests.push(
      counted
        ? { verb: 'scaleBy', service, by: random.pick([-1, 1, 2]) }
        : random.weighted<Request>([
            [2, { verb: 'scaleTo', service, replicas: random.int(6) }],
            [3, { verb: 'update', service }],
            [1, { verb: 'pauseUpdate', service }],
            [1, { verb: 'resumeUpdate', service }],
            [1, { verb: 'rollback', service }],
            [1, { verb: 'cancel', service }],
            [
              5,
              {
                verb: 'migrate',
                service,
                site: random.int(sites),
                strategy: random.chance(0.75) ? 'makeBeforeBreak' : 'breakBeforeMake',
                timeoutMs: random.pick([3_000, 20_000, 60_000]),
              },
            ],
          ]),
    );
  if (random.chance(0.4)) requests.push({ verb: 'terminate', service });
  return requests;
}

/** The requests of one cluster. */
export function siteRequests(random: Random, site: number): readonly Request[] {
  const requests: Request[] = [];
  if (random.chance(0.5))
    for (let left = 1 + random.int(4); left > 0; left -= 1)
      requests.push({
        verb: random.chance(0.65) ? 'addWorker' : 'removeWorker',
        site,
        ...(random.chance(0.3) ? { name: `extra-${random.int(2)}` } : {}),
      });
  if (random.chance(0.2)) {
    requests.push({ verb: 'drain', site });
    if (random.chance(0.5)) requests.push({ verb: 'resume', site });
  }
  return requests;
}

/** How wrong clocks may be, in milliseconds. */
const clockErrors = [-40_000, -3_000, 3_000, 40_000];

function generateFault(random: Random, managers: number, sites: number): Fault {
  const site = random.int(sites);
  const manager = random.int(managers);
  const forMs = random.pick([300, 2_000, 8_000, 20_000]);
  const rate = random.pick([0.05, 0.2, 0.6]);
  return random.weighted<Fault>([
    [8, { fault: 'crashManager', manager, forMs: random.pick([200, 2_000, 8_000]) }],
    [4, { fault: 'freezeManager', manager, forMs }],
    [5, { fault: 'crashAgent', site, forMs: random.pick([100, 2_000, 25_000]) }],
    [3, { fault: 'freezeAgent', site, forMs: random.pick([2_000, 20_000, 60_000]) }],
    [4, { fault: 'losePower', site, forMs: random.pick([1_000, 10_000, 50_000]) }],
    [6, { fault: 'breakInstance', site }],
    [6, { fault: 'cutAgent', site }],
    [6, { fault: 'partition', site, forMs: random.pick([2_000, 20_000, 60_000]) }],
    [
      managers > 1 ? 4 : 0,
      { fault: 'partition', site, manager, forMs: random.pick([2_000, 20_000, 60_000]) },
    ],
    [3, { fault: 'cutOffManager', manager, forMs: random.pick([1_000, 8_000, 25_000]) }],
    [7, { fault: 'repeatReport', site }],
    [4, { fault: 'delayNetwork', delayMs: random.pick([50, 500, 3_000]), forMs }],
    [4, { fault: 'loseCalls', rate, forMs }],
    [4, { fault: 'repeatCalls', rate, forMs }],
    [3, { fault: 'slowDisk', factor: random.pick([20, 200, 1_000]), forMs }],
    [3, { fault: 'failWrites', rate, forMs }],
    [4, { fault: 'conflicts', rate, forMs }],
    [4, { fault: 'loseStoreConnections', rate, forMs }],
    [3, { fault: 'crashStore', forMs: random.pick([100, 3_000, 12_000]) }],
    [1, { fault: 'forgetChanges' }],
    [3, { fault: 'jumpClock', manager, toMs: random.pick(clockErrors) }],
    [3, { fault: 'lateScheduler', delayMs: random.pick([200, 3_000]), forMs }],
    [3, { fault: 'confusedScheduler', forMs: random.pick([1_000, 10_000]) }],
  ]);
}

/** What happens in the run of a seed. */
export function generatePlan(seed: string): Plan {
  const random = new Random(`plan/${seed}`);
  const calmAt = random.chance(0.7)
    ? random.between(15_000, 40_000)
    : random.between(40_000, 90_000);
  const managers = random.weighted([
    [5, 1],
    [3, 2],
    [2, 3],
  ] as const);
  const sites = Array.from({ length: 2 + random.int(3) }, (_, index) =>
    generateSite(random, index),
  );
  const services = Array.from({ length: 1 + random.int(4) }, (_, index) =>
    generateService(random, index, sites.length),
  );
  const steps: Step[] = [];
  const spread = (requests: readonly Request[]): void => {
    let at = random.between(500, 6_000);
    for (const request of requests) {
      steps.push({ at, ...request });
      at += random.between(10, random.pick([500, 10_000]));
    }
  };
  services.forEach((_, index) => {
    spread(serviceRequests(random, index, sites.length));
  });
  sites.forEach((_, index) => {
    spread(siteRequests(random, index));
  });
  for (let left = 2 + random.int(9); left > 0; left -= 1)
    steps.push({
      at: random.between(1_000, calmAt),
      ...generateFault(random, managers, sites.length),
    });
  return {
    seed,
    managers,
    eventsKept: 1_000_000,
    clockDrift: random.chance(0.3) ? 0.005 : 0,
    remoteScheduler: random.chance(0.35),
    sites,
    services,
    steps: steps.sort((a, b) => a.at - b.at),
    calmAt,
  };
}
