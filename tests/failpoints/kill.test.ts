/** The manager dies by kill -9 at a failpoint and is started again: what it had acknowledged is carried out, once (P1, P2, P8). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProblemError, createClient, type Event } from '@system-manager/client';
import { expect, test } from 'vitest';
import { Child } from '../../scripts/child.js';
import { cleanEnvironment, freePort, startManager, until } from '../../scripts/plant.js';
import type { FailpointName } from '../../src/failpoints.js';
import { adminToken, enrolmentToken } from '../scenarios/crashing-manager.js';
import { MemoryCluster } from '../scenarios/memory-cluster.js';

const preload = new URL('crash.mjs', import.meta.url).href;
const main = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));

/** Where it dies, and how often the place is passed before: not all that matters happens the first time. */
const places: readonly (readonly [FailpointName, number])[] = [
  ['cluster.beginSession.after', 1],
  ['binding.commit.after', 1],
  ['history.append.moved', 2],
  ['group.filled', 40],
  ['group.durable', 40],
];

test.each(places)('killed at %s, time %i', { timeout: 300_000 }, async (name, times) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sm-killed-'));
  const port = await freePort();
  const environment = cleanEnvironment({
    SM_PORT: String(port),
    SM_DATA_DIR: dataDir,
    SM_ADMIN_TOKEN: adminToken,
    SM_ENROLMENT_TOKEN: enrolmentToken,
  });
  const doomed = new Child({
    name: 'doomed',
    args: ['--import', preload, main],
    environment: { ...environment, CRASH_AT: `${name}@${times}` },
  });
  const url = `http://127.0.0.1:${port}`;
  const client = createClient({ baseUrl: url, token: adminToken, retry: { attempts: 1 } });
  const cluster = new MemoryCluster('steady');
  const joined = cluster.connect(url, enrolmentToken, 200_000);
  const body = { name: 'wished', replicas: 2, command: ['x'] };
  const init = { params: { header: { 'Idempotency-Key': 'wished' } }, body };
  const accepted = until(
    'the wish is acknowledged',
    async () => {
      try {
        // A request on a connection to a process that has just died may wait for ever.
        const signal = AbortSignal.timeout(5_000);
        return await client.post('/api/v1/services', { ...init, signal });
      } catch (error) {
        if (error instanceof ProblemError && error.status < 500) throw error;
        return undefined;
      }
    },
    { limitMs: 200_000 },
  );

  expect((await doomed.exited).signal).toBe('SIGKILL');
  const { child } = await startManager({ port, environment, limitMs: 100_000 });
  const { service, operation } = await accepted;
  await joined;
  expect((await client.waitForOperation(operation.id, { timeoutMs: 60_000 })).state).toBe(
    'succeeded',
  );
  const started = cluster.started.map(({ ordinal }) => ordinal).sort();
  expect(started).toEqual([0, 1]);
  const events = await until('the history tells it', async () => {
    const { items } = await client.get('/api/v1/events', {
      params: { query: { after: 0, limit: 500 } },
    });
    const ended = ({ type, subjectId }: Event): boolean =>
      type === 'operation.succeeded' && subjectId === operation.id;
    return items.some(ended) && items;
  });
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  const deployed = events.filter(({ type }) => type === 'service.deployed');
  expect(deployed.map(({ subjectId }) => subjectId)).toEqual([service.id]);

  await cluster.disconnect();
  await client.close();
  await child.stop();
  await rm(dataDir, { recursive: true, force: true });
});
