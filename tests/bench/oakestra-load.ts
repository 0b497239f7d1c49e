/**
 * `make bench-oakestra`: how long the manager takes for the reports of Cluster Managers of Oakestra. 3,000 of them register, take ten
 * instances each, and then report every 15 seconds, evenly spread, each with histories of a hundred points. A report is due at its time
 * whether or not the one before was answered, so a manager that cannot keep up shows in the figures.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient, type SystemManagerClient } from '@system-manager/client';
import { Agent, request } from 'undici';
import { cleanEnvironment, freePort, startManager } from '../../scripts/plant.js';
import { RegistrationClient } from '../compat/oakestra/stand-ins/registration-client.js';
import { percentile } from './measure.js';

const clusters = Number(process.env['CLUSTERS'] || 3_000);
const secondsMeasured = Number(process.env['BENCH_SECONDS'] || 60);
const instancesPerCluster = 10;
const historyPoints = 100;
/** Of each service; all services fit into one page. */
const replicas = 100;
const reportEveryMs = 15_000;
const p99MsMax = 200;
const handsMax = 64;
const adminToken = 'bench-admin-token-0123456789';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

interface Told {
  readonly serviceId: string;
  readonly number: number;
  readonly name: string;
}

/** What every cluster has been told to run, by its id. All of them take their orders at one port. */
class Orders {
  readonly byCluster = new Map<string, Told[]>();
  count = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((order, response) => {
      readBody(order).then(
        (text) => {
          if (order.method === 'POST') this.#take(text);
          response.writeHead(200, { 'content-type': 'application/json' }).end('{"status": "ok"}');
        },
        () => response.destroy(),
      );
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve()));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #take(text: string): void {
    const document = JSON.parse(text) as {
      _id: string;
      job_name: string;
      instance_list: { instance_number: number; cluster_id: string }[];
    };
    const [instance] = document.instance_list;
    if (instance === undefined) return;
    const told = this.byCluster.get(instance.cluster_id) ?? [];
    this.byCluster.set(instance.cluster_id, told);
    told.push({
      serviceId: document._id,
      number: instance.instance_number,
      name: document.job_name,
    });
    this.count += 1;
  }
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Has the work done for every item, by so many hands. */
async function withHands<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const hand = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: handsMax }, hand));
}

const history = (write: (index: number) => object): string =>
  JSON.stringify(Array.from({ length: historyPoints }, (_, index) => write(index)));

const clusterHistory = history((index) => ({ timestamp: 1_795_351_659.72 + index, value: 7.5 }));
const instanceHistory = history((index) => ({
  value: '0.100000',
  timestamp: `2026-11-22T12:48:${String(index % 60).padStart(2, '0')}.613256`,
}));

/** A report as a text; it is new each time, as it is at a cluster. */
function reportText(clusterId: string, told: readonly Told[], round: number): string {
  const cpu = ((round * 7) % 100) + 0.5;
  const jobs = told.map(
    ({ serviceId, number, name }) =>
      `{"_id":"${serviceId}","job_name":"${name}","status":"RUNNING","instance_list":[{"instance_number":${number},` +
      `"cluster_id":"${clusterId}","cluster_location":"48.1,11.5,1000","status":"RUNNING","cpu_percent":"${cpu}",` +
      `"memory_percent":"0.200000","disk":"4096","logs":"a line\\n","publicip":"10.0.0.5","status_detail":"",` +
      `"worker_id":"65d200000000000000000e77","host_ip":"10.0.0.5","host_port":50011,` +
      `"last_modified_timestamp":1795351713.7,"cpu_history":${instanceHistory},"memory_history":${instanceHistory}}]}`,
  );
  return (
    `{"gpu_drivers":null,"memory":64000,"cpu_percent":${cpu},"vgpus":0,"gpu_percent":0.0,"gpu_temp":0.0,` +
    `"memory_percent":21.0,"vram":0,"vram_percent":0.0,"vcpus":${instancesPerCluster},"csi_drivers":null,` +
    `"supported_addons":[],"virtualization":["docker"],"active_nodes":1,"cpu_history":${clusterHistory},` +
    `"memory_history":${clusterHistory},"aggregation_per_architecture":{},"jobs":[${jobs.join(',')}]}`
  );
}

class Reporters {
  readonly #url: string;
  readonly #orders: Orders;
  readonly #agent = new Agent({ connections: 512, pipelining: 1 });
  #round = 0;
  bytes = 0;

  constructor(url: string, orders: Orders) {
    this.#url = url;
    this.#orders = orders;
  }

  /** @throws Error - it was not answered with ok */
  async report(clusterId: string): Promise<void> {
    this.#round += 1;
    const body = reportText(clusterId, this.#orders.byCluster.get(clusterId) ?? [], this.#round);
    this.bytes = Math.max(this.bytes, body.length);
    const answer = await request(`${this.#url}/api/information/${clusterId}`, {
      method: 'POST',
      dispatcher: this.#agent,
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${text}`);
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

async function register(grpcPort: number, port: number): Promise<readonly string[]> {
  const client = new RegistrationClient(grpcPort);
  await client.ready();
  const ids: string[] = [];
  await withHands(
    Array.from({ length: clusters }, (_, index) => index),
    async (index) => {
      ids[index] = await client.introduce({
        manager_port: port,
        network_component_port: 10_110,
        cluster_name: `bench-${index}`,
        cluster_info: [{ key: '', value: '' }],
        cluster_location: '48.1,11.5,1000',
      });
    },
  );
  client.close();
  return ids;
}

/** Ten instances for each cluster, which has room for just so many. Clusters report meanwhile, and the work ends when all run. */
async function deploy(
  client: SystemManagerClient,
  ids: readonly string[],
  reporters: Reporters,
): Promise<void> {
  const total = clusters * instancesPerCluster;
  const services = Math.ceil(total / replicas);
  for (let index = 0; index < services; index += 1)
    await client.post('/api/v1/services', {
      body: {
        name: `bench-${index}`,
        replicas: Math.min(replicas, total - index * replicas),
        runtime: 'docker',
        image: 'none',
        resources: { cpuCores: 1 },
      },
    });
  for (;;) {
    await reportOnTime(ids, reporters, reportEveryMs / 1_000);
    const query = { phase: 'RUNNING', limit: 500 } as const;
    const { items } = await client.get('/api/v1/services', { params: { query } });
    if (items.length === services) return;
  }
}

/** Reports of all clusters, each at its time, for so long. @returns how long each took, from when it was due, in milliseconds */
async function reportOnTime(
  ids: readonly string[],
  reporters: Reporters,
  seconds: number,
): Promise<number[]> {
  const everyMs = reportEveryMs / ids.length;
  const total = Math.round((seconds * 1_000) / everyMs);
  const took: number[] = [];
  const underWay = new Set<Promise<void>>();
  let failure: unknown;
  const startedAt = performance.now();
  for (let index = 0; index < total && failure === undefined; index += 1) {
    const dueAt = startedAt + index * everyMs;
    const early = dueAt - performance.now();
    if (early > 1) await delay(early);
    const id = ids[index % ids.length] ?? '';
    const one: Promise<void> = reporters
      .report(id)
      .then(
        () => void took.push(performance.now() - dueAt),
        (error: unknown) => {
          failure = error;
        },
      )
      .finally(() => underWay.delete(one));
    underWay.add(one);
  }
  await Promise.all(underWay);
  if (failure !== undefined) throw failure as Error;
  return took;
}

const ticksPerSecond = 100;

/** CPU time of a process so far, in seconds. */
async function cpuSeconds(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

async function measure(dataDir: string): Promise<boolean> {
  const [httpPort, keyPort, grpcPort, resourcesPort] = await Promise.all(
    Array.from({ length: 4 }, () => freePort()),
  );
  const { child, url } = await startManager({
    port: await freePort(),
    environment: cleanEnvironment({
      SM_DATA_DIR: dataDir,
      SM_ADMIN_TOKEN: adminToken,
      SM_LOG_LEVEL: 'error',
      SM_COMPAT: 'oakestra',
      SM_OAKESTRA_PORT: String(httpPort),
      SM_OAKESTRA_KEY_PORT: String(keyPort),
      SM_OAKESTRA_GRPC_PORT: String(grpcPort),
      SM_OAKESTRA_RESOURCES_PORT: String(resourcesPort),
      SM_RATE_WRITES: '0',
    }),
    onLine: (line) => {
      say(`manager | ${line}`);
    },
  });
  const orders = new Orders();
  const client = createClient({ baseUrl: url, token: adminToken });
  const reporters = new Reporters(`http://127.0.0.1:${httpPort}`, orders);
  try {
    const port = await orders.listen();
    const ids = await register(Number(grpcPort), port);
    say(`${ids.length} clusters have registered`);
    await withHands(ids, (id) => reporters.report(id));
    await deploy(client, ids, reporters);
    say(
      `${orders.count} instances run; reports have up to ${Math.round(reporters.bytes / 1024)} KiB`,
    );
    const before = await cpuSeconds(child.pid);
    const took = await reportOnTime(ids, reporters, secondsMeasured);
    const cpuMs = ((await cpuSeconds(child.pid)) - before) * 1_000;
    const [p50, p99] = [percentile(took, 0.5), percentile(took, 0.99)];
    const load = loadavg()[0]?.toFixed(1);
    say(
      `${took.length} reports in ${secondsMeasured} s: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ` +
        `longest ${percentile(took, 1).toFixed(1)} ms; ` +
        `${(cpuMs / took.length).toFixed(1)} ms of CPU each; load of the machine ${load}`,
    );
    return p99 < p99MsMax;
  } finally {
    await reporters.close();
    await client.close();
    orders.close();
    await child.stop();
  }
}

const dataDir = await mkdtemp(join(tmpdir(), 'sm-bench-oakestra-'));
try {
  if (!(await measure(dataDir))) {
    say(`bench-oakestra: FAILED: the p99 is not below ${p99MsMax} ms`);
    process.exitCode = 1;
  }
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
