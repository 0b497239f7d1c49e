/** The processes that are measured: the manager, and a plain server beside it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient, type SystemManagerClient } from '@system-manager/client';
import { Child } from '../../scripts/child.js';
import {
  cleanEnvironment,
  freePort,
  startManager,
  until,
  type Settings,
} from '../../scripts/plant.js';
import { startEmbeddedStore } from '../../src/embedded/index.js';
import { storeDirectory } from '../../src/maintenance/command-line.js';
import { openStore, type Store } from '../../src/store/store.js';

const adminToken = 'bench-admin-token-0123456789';
const enrolmentToken = 'bench-enrolment-token-0123456789';
const plainServer = fileURLToPath(new URL('plain-server.ts', import.meta.url));

export interface BenchManager {
  readonly url: string;
  readonly adminToken: string;
  readonly enrolmentToken: string;
  readonly client: SystemManagerClient;
  /** Of the process, as long as it is not restarted. */
  readonly pid: number;
  /** Milliseconds from the start of the process until it was ready. */
  readonly readyMs: number;
  /** Kills it and starts it again. @returns milliseconds from the start of the process until it is ready */
  restart(): Promise<number>;
}

export interface BenchSettings {
  /** What is in the store before the manager begins. */
  readonly prepare?: (store: Store) => Promise<void>;
  /** Settings beside those of all benches. */
  readonly environment?: Settings;
}

/** Fills the store of a data directory. */
async function prepareStore(dataDir: string, work: (store: Store) => Promise<void>): Promise<void> {
  const embedded = await startEmbeddedStore({ dataDir: storeDirectory(dataDir) });
  try {
    const onError = (error: unknown): void => {
      throw error instanceof Error ? error : new Error(String(error));
    };
    const store = await openStore({ uri: embedded.uri, now: Date.now, onError });
    try {
      await work(store);
    } finally {
      await store.close();
    }
  } finally {
    await embedded.close();
  }
}

/** As a user runs it, but for the log: a line for each request would measure who reads it. */
export async function withManager<T>(
  work: (manager: BenchManager) => Promise<T>,
  { prepare, environment = {} }: BenchSettings = {},
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sm-bench-'));
  try {
    if (prepare) await prepareStore(dataDir, prepare);
    return await withManagerOn(dataDir, environment, work);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function withManagerOn<T>(
  dataDir: string,
  environment: Settings,
  work: (manager: BenchManager) => Promise<T>,
): Promise<T> {
  const port = await freePort();
  const start = () =>
    startManager({
      port,
      environment: cleanEnvironment({
        SM_DATA_DIR: dataDir,
        SM_ADMIN_TOKEN: adminToken,
        SM_ENROLMENT_TOKEN: enrolmentToken,
        SM_LOG_LEVEL: 'warn',
        // What one caller can get out of it is measured, not what one caller is given.
        SM_RATE_READS: '0',
        SM_RATE_WRITES: '0',
        SM_RATE_CONNECTS: '0',
        ...environment,
      }),
      limitMs: 300_000,
      everyMs: 2,
      onLine: (line) => {
        console.error(`manager | ${line}`);
      },
    });
  const begunAt = performance.now();
  let manager = await start();
  const readyMs = performance.now() - begunAt;
  const client = createClient({ baseUrl: manager.url, token: adminToken });
  try {
    return await work({
      url: manager.url,
      adminToken,
      enrolmentToken,
      client,
      readyMs,
      get pid() {
        return manager.child.pid;
      },
      async restart() {
        manager.child.kill('SIGKILL');
        await manager.child.exited;
        const startedAt = performance.now();
        manager = await start();
        return performance.now() - startedAt;
      },
    });
  } finally {
    await client.close();
    await manager.child.stop();
  }
}

/** @param bodyBytes - size of its answers */
export async function withPlainServer<T>(
  bodyBytes: number,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const port = await freePort();
  const child = new Child({
    name: 'plain server',
    args: ['--import', 'tsx', plainServer],
    environment: cleanEnvironment({
      BENCH_PORT: String(port),
      BENCH_BODY_BYTES: String(bodyBytes),
    }),
  });
  const url = `http://127.0.0.1:${port}/`;
  try {
    await until('the plain server answers', async () => {
      const response = await fetch(url);
      await response.arrayBuffer();
      return response.ok;
    });
    return await work(url);
  } finally {
    await child.stop();
  }
}
