/** The real manager for tests: the compiled embedded store in its worker, the same composition as in production, real sockets. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildApp, type App } from '../../src/app.js';
import type { AppOptions } from '../../src/app-options.js';
import { startEmbeddedStore } from '../../src/embedded/index.js';
import { openStore, type Store, type StoreOptions } from '../../src/store/store.js';

export const adminToken = 'test-admin-token-0123456789';
export const enrolmentToken = 'test-enrolment-token-0123456789';
export const schedulerToken = 'test-scheduler-token-0123456789';

export interface TestStore {
  readonly store: Store;
  readonly dataDir: string;
  /** The same store for tools, over TCP, if that was asked for. */
  readonly tcpUri: string | undefined;
  close(): Promise<void>;
}

interface StoreSettings extends Pick<StoreOptions, 'onCommand'> {
  /** What goes wrong inside is wanted by the test. */
  readonly tolerant?: boolean;
  /** Tools get to the store over TCP. */
  readonly tcp?: boolean;
}

export interface ManagerSettings extends Pick<StoreSettings, 'tolerant' | 'tcp' | 'onCommand'> {
  /** What is in the store before the manager begins. */
  readonly prepare?: (store: Store) => Promise<void>;
}

/** A store on an empty temporary directory, or on the server that `MONGODB_URI` names. */
export async function startTestStore(
  now: () => number = Date.now,
  { tolerant = false, tcp = false, ...options }: StoreSettings = {},
): Promise<TestStore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sm-test-'));
  const embedded = await startEmbeddedStore({ dataDir, ...(tcp ? { port: 0 } : {}) });
  const store = await openStore({
    uri: embedded.uri,
    now,
    ...options,
    onError: (error) => {
      if (tolerant) return;
      throw error instanceof Error ? error : new Error(String(error));
    },
  });
  return {
    store,
    dataDir,
    tcpUri: embedded.tcpUri,
    async close() {
      await store.close();
      await embedded.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

export interface TestManager {
  readonly app: App;
  readonly store: Store;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Ports beside that one, by name. */
  readonly addresses: Readonly<Record<string, string>>;
  /** The store for tools, if a TCP port was asked for. */
  readonly tcpUri: string | undefined;
  close(): Promise<void>;
}

/** A manager that listens on a free port of loopback. Every answer is checked against the contract. */
export async function startTestManager({
  tcp = false,
  tolerant = false,
  prepare,
  onCommand,
  ...options
}: Partial<AppOptions> & ManagerSettings = {}): Promise<TestManager> {
  const { store, tcpUri, close } = await startTestStore(options.now, {
    tolerant,
    tcp,
    ...(onCommand && { onCommand }),
  });
  await prepare?.(store);
  const app = await buildApp({
    store,
    storeKind: 'embedded',
    adminToken,
    enrolmentToken,
    schedulerToken,
    logger: pino({ level: 'silent' }),
    checkResponses: true,
    heartbeatMs: 15_000,
    reportMs: 15_000,
    inactiveAfterMs: 45_000,
    lostAfterMs: 105_000,
    eventsKept: 1_000_000,
    leaseMs: 5_000,
    ...options,
  });
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  const addresses = await app.start();
  const { port } = app.http.server.address() as AddressInfo;
  return {
    app,
    store,
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    addresses,
    tcpUri,
    async close() {
      await app.stop();
      await close();
    },
  };
}
