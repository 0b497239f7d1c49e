/** `make overload`: everybody exceeds every limit at once, and one client behaves. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type SystemManagerClient } from '@system-manager/client';
import { cleanEnvironment, freePort, startManager, until } from '../../scripts/plant.js';
import { percentile } from '../bench/measure.js';
import { MemoryCluster } from '../scenarios/memory-cluster.js';
import type { Citizen, Order } from './citizen.js';
import { overload } from './crowd.js';
import { Tally } from './tally.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const seconds = Number(process.env['OVERLOAD_SECONDS'] || 60);
const rssBytesMax = 512 * 1024 * 1024;
const p99MsMax = 250;
const adminToken = 'overload-admin-token-0123456789';
const enrolmentToken = 'overload-enrolment-token-0123456789';

/** Lower than the defaults, so that a small machine can exceed all of them and still do its work. */
const limits = {
  SM_RATE_READS: '60',
  SM_RATE_WRITES: '8',
  SM_RATE_SIGN_INS: '2',
  SM_RATE_UNPROVEN: '20',
  SM_RATE_CONNECTS: '10',
  SM_CONNECTIONS_PER_ADDRESS: '100',
};

/** Resident memory of a process, now and again until it is told to stop; the highest. */
async function watchMemory(pid: number, signal: AbortSignal): Promise<number> {
  let most = 0;
  while (!signal.aborted) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    most = Math.max(most, Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return most;
}

async function behave(order: Order): Promise<Citizen> {
  const process = fork(new URL('./citizen.ts', import.meta.url), [JSON.stringify(order)], {
    execArgv: ['--import', 'tsx'],
  });
  const [citizen] = (await once(process, 'message')) as [Citizen];
  return citizen;
}

const keyFor = async (
  client: SystemManagerClient,
  name: string,
  permission: 'services:read' | 'services:write',
) => {
  const permissions = ['clusters:read', 'services:read', permission] as const;
  const { key } = await client.post('/api/v1/api-keys', {
    body: { name, permissions: [...new Set(permissions)] },
  });
  return key;
};

/** What was accepted must be done, all of it. */
async function unfinished(
  client: SystemManagerClient,
  ids: readonly string[],
): Promise<readonly string[]> {
  const left = new Set(ids);
  await until(
    'all that was accepted is done',
    async () => {
      for (const id of [...left].slice(0, 100)) {
        const { state } = await client.get('/api/v1/operations/{operationId}', {
          params: { path: { operationId: id } },
        });
        if (state === 'succeeded') left.delete(id);
      }
      return left.size === 0;
    },
    { limitMs: 120_000 },
  ).catch(() => undefined);
  return [...left];
}

const dataDir = await mkdtemp(join(tmpdir(), 'sm-overload-'));
const loadBefore = loadavg()[0] ?? 0;
const { child, url } = await startManager({
  port: await freePort(),
  environment: cleanEnvironment({
    ...limits,
    SM_DATA_DIR: dataDir,
    SM_ADMIN_TOKEN: adminToken,
    SM_ENROLMENT_TOKEN: enrolmentToken,
    SM_LOG_LEVEL: 'error',
  }),
  onLine: (line) => {
    say(`manager | ${line}`);
  },
});
const tally = new Tally();
const cluster = new MemoryCluster('overloaded');
const ended = new AbortController();
try {
  const client = createClient({ baseUrl: url, token: adminToken });
  await cluster.connect(url, enrolmentToken);
  const writer = await keyFor(client, 'writer', 'services:write');
  const citizenKey = await keyFor(client, 'citizen', 'services:read');
  const memory = watchMemory(child.pid, ended.signal);
  const citizen = behave({ url, token: citizenKey, seconds });
  const signal = AbortSignal.timeout(seconds * 1000);
  const accepted = await overload(
    { url, adminToken, enrolmentToken, cluster: cluster.name, signal, tally },
    writer,
  );
  const { times, refused } = await citizen;
  const left = await unfinished(createClient({ baseUrl: url, token: citizenKey }), accepted);
  ended.abort();
  const rss = await memory;
  const p99 = percentile([...times], 0.99);
  for (const line of tally.lines()) say(line);
  say(`accepted work: ${accepted.length}, done: ${accepted.length - left.length}`);
  say(`highest resident memory: ${(rss / 1024 / 1024).toFixed(0)} MiB`);
  say(
    `well-behaved client: ${times.length} requests, p50 ${percentile([...times], 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${refused.length} refused`,
  );
  say(`load of the machine before it began: ${loadBefore.toFixed(1)}`);
  if (left.length > 0) tally.fault(`${left.length} accepted operations are not done`);
  if (rss >= rssBytesMax) tally.fault(`resident memory reached ${rss} bytes`);
  if (p99 >= p99MsMax) tally.fault(`p99 of the well-behaved client is ${p99.toFixed(0)} ms`);
  if (refused.length > 0)
    tally.fault(`the well-behaved client was refused ${refused.length} times: ${refused[0] ?? ''}`);
  for (const what of ['reads', 'writes', 'wrong tokens', 'sign-ins', 'upgrades'])
    if (tally.count(what, '429') === 0) tally.fault(`${what}: the limit was not reached`);
  for (const outcome of ['408', 'closed'])
    if (tally.count('slow headers', outcome) === 0)
      tally.fault(`slow headers: none got ${outcome}`);
} finally {
  ended.abort();
  await cluster.disconnect();
  await child.stop();
  await rm(dataDir, { recursive: true, force: true });
}
for (const fault of tally.faults) say(`FAILED ${fault}`);
if (tally.faults.length > 0) process.exitCode = 1;
