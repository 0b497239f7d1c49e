/** The authority that signs client certificates lives in the store, not in a manager. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryPlace } from '@system-manager/client/agent';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildApp, type App } from '../../src/app.js';
import { startEmbeddedStore, type EmbeddedStore } from '../../src/embedded/index.js';
import { openStore, type Store } from '../../src/store/store.js';
import { adminToken, enrolmentToken } from '../support/app.js';
import { CertifiedSite, partsOf } from './certified-site.js';

const dayMs = 24 * 3_600_000;
let site: CertifiedSite;

beforeAll(async () => {
  site = await CertifiedSite.open();
});

afterAll(() => site.close());

describe('the authority', () => {
  let embedded: EmbeddedStore;
  let dataDir: string;
  let running: { readonly app: App; readonly store: Store } | undefined;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sm-authority-'));
    embedded = await startEmbeddedStore({ dataDir });
  });

  const stop = async (): Promise<void> => {
    await running?.app.stop();
    await running?.store.close();
    running = undefined;
  };

  afterEach(async () => {
    await site.closeAgents();
    await stop();
    await embedded.close();
    await rm(dataDir, { recursive: true });
  });

  /** Stops the manager that runs, if one does, and starts another one on the same store. */
  const start = async (token: string, now: () => number = Date.now): Promise<string> => {
    await stop();
    const store = await openStore({
      uri: embedded.uri,
      now,
      onError: (error) => {
        throw error instanceof Error ? error : new Error(String(error));
      },
    });
    const app = await buildApp({
      store,
      storeKind: 'embedded',
      adminToken: token,
      enrolmentToken,
      logger: pino({ level: 'silent' }),
      checkResponses: true,
      heartbeatMs: 15_000,
      reportMs: 15_000,
      inactiveAfterMs: 45_000,
      lostAfterMs: 105_000,
      eventsKept: 1_000,
      leaseMs: 5_000,
      tls: site.tls,
      certificatePolicy: 'required',
      now,
    });
    running = { app, store };
    await app.http.listen({ host: '127.0.0.1', port: 0 });
    await app.start();
    return `https://127.0.0.1:${(app.http.server.address() as AddressInfo).port}`;
  };

  it('outlives a restart, also one with another administrator token', async () => {
    const { place, agent, clusterId } = await site.joined(await start(adminToken), 'durable');
    await agent.close();
    const before = await partsOf(place);
    const again = await site.joined(await start(adminToken), 'durable', place);
    await again.agent.close();
    const other = await site.joined(
      await start('another-admin-token-0123456789'),
      'durable',
      place,
    );
    expect(other.clusterId).toBe(clusterId);
    expect(await partsOf(place)).toEqual(before);
  });

  it('renews a certificate that is about to end, and one that has ended, for the same key', async () => {
    for (const daysAgo of [70, 200]) {
      const name = `old-${daysAgo}`;
      const place = memoryPlace();
      const early = await start(adminToken, () => Date.now() - daysAgo * dayMs);
      const agent = site.newAgent(early, name, place);
      await agent.start();
      await expect.poll(async () => (await partsOf(place)).certificate).toBeTruthy();
      await agent.close();
      const before = await partsOf(place);
      await site.joined(await start(adminToken), name, place);
      await expect
        .poll(async () => (await partsOf(place)).certificate)
        .not.toBe(before.certificate);
      expect((await partsOf(place)).key).toBe(before.key);
    }
  });
});
