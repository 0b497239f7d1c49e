/** What is measured, each with the ceiling that it is compared with. */
import { rateOf, type Ceiling } from './ceilings.js';
import { measureDecisions } from './decide.js';
import { measureDeploys } from './deploys.js';
import { measureEvents } from './events.js';
import { measureAgents, measureFleetReports } from './fleet.js';
import { httpLoad } from './http-load.js';
import { repeat, toMetric, type Metric, type Plan } from './measure.js';
import { measureGrowth, measurePlacements } from './placements.js';
import type { BenchManager } from './plant.js';
import { withReportingAgents } from './report-load.js';
import { withStubAgent } from './running-load.js';
import { measureBoot, measureRestart } from './starts.js';
import { measurePages, measureStore } from './store-bench.js';

interface Case {
  readonly ceiling?: Ceiling;
  measure(plan: Plan, manager: BenchManager): Promise<Metric[]>;
}

const descriptor = {
  command: ['bench', '--size', 'ordinary'],
  environment: { MODE: 'bench' },
  resources: { cpuCores: 0.1, memoryMiB: 64 },
  ports: [{ containerPort: 8080 }],
};

/** Services to read; they are wished with no replicas, so nothing happens to them. */
async function prepareServices({ client }: BenchManager): Promise<string> {
  const { items } = await client.get('/api/v1/services', { params: { query: { name: 'read-1' } } });
  const [found] = items;
  if (found !== undefined) return found.id;
  const accepted = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      client.post('/api/v1/services', {
        body: { ...descriptor, name: `read-${index + 1}`, replicas: 0 },
      }),
    ),
  );
  return accepted[0]?.service.id ?? '';
}

let deployed = 0;
let scaled = 0;

/** Ids of services to scale, wished with no replicas. */
async function prepareScaled({ client }: BenchManager): Promise<readonly string[]> {
  const accepted = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      client.post('/api/v1/services', {
        body: { ...descriptor, name: `scaled-${index + 1}`, replicas: 0 },
      }),
    ),
  );
  return accepted.map(({ service }) => service.id);
}

/** In the order in which they run: what fills the store comes last. */
export const cases: Readonly<Record<string, Case>> = {
  get: {
    ceiling: 'http',
    async measure(plan, manager) {
      const url = `${manager.url}/api/v1/services/${await prepareServices(manager)}`;
      const load = httpLoad({ url, token: manager.adminToken });
      return rateOf('getService', 'requests/s', plan, load, 'http');
    },
  },
  list: {
    ceiling: 'http',
    async measure(plan, manager) {
      await prepareServices(manager);
      const url = `${manager.url}/api/v1/services?limit=20`;
      const load = httpLoad({ url, token: manager.adminToken });
      return rateOf('listServices, 20 a page', 'requests/s', plan, load, 'http');
    },
  },
  reports: {
    ceiling: 'echo',
    measure: (plan, manager) =>
      withReportingAgents(
        { url: manager.url, token: manager.enrolmentToken },
        manager.client,
        (report) => rateOf('reports, 10 of 100 changed', 'reports/s', plan, report, 'echo'),
      ),
  },
  running: {
    measure: (plan, manager) =>
      withStubAgent(
        { url: manager.url, token: manager.enrolmentToken },
        manager.client,
        async (run) => {
          const values = await repeat(plan, run);
          return (['p50', 'p99'] as const).map((name) =>
            toMetric(`deploy to RUNNING, ${name}`, 'ms', values.get(name) ?? []),
          );
        },
      ),
  },
  scale: {
    ceiling: 'insert',
    async measure(plan, manager) {
      const ids = await prepareScaled(manager);
      const load = httpLoad({
        url: manager.url,
        path: () => `/api/v1/services/${ids[(scaled += 1) % ids.length]}/scale`,
        token: manager.adminToken,
        body: () => JSON.stringify({ replicas: Math.floor(scaled / ids.length) % 2 }),
      });
      return rateOf('scaleService, 0 and 1', 'requests/s', plan, load, 'insert');
    },
  },
  deploy: {
    ceiling: 'insert',
    async measure(plan, manager) {
      const load = httpLoad({
        url: `${manager.url}/api/v1/services`,
        token: manager.adminToken,
        body: () => JSON.stringify({ ...descriptor, name: `d-${(deployed += 1)}`, replicas: 0 }),
      });
      return rateOf('deployService', 'requests/s', plan, load, 'insert');
    },
  },
};

interface OwnCase {
  readonly ceiling?: Ceiling;
  measure(plan: Plan): Promise<Metric[]>;
}

/** What needs no manager, or one of its own. */
export const ownCases: Readonly<Record<string, OwnCase>> = {
  store: { measure: measureStore },
  pages: { measure: measurePages },
  decide: { measure: measureDecisions },
  boot: { measure: measureBoot },
  restart: { measure: measureRestart },
  deploys: { measure: measureDeploys },
  fleet: { measure: measureFleetReports },
  agents: { measure: measureAgents },
  events: { measure: measureEvents },
  placements: { ceiling: 'commit', measure: measurePlacements },
  growth: { measure: measureGrowth },
};
