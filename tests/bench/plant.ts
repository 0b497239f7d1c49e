/** The processes that are measured: the manager, and a plain server beside it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient, type SystemManagerClient } from '@system-manager/client';
import { Child } from '../../scripts/child.js';
import { cleanEnvironment, freePort, startManager, until } from '../../scripts/plant.js';

const adminToken = 'bench-admin-token-0123456789';
const enrolmentToken = 'bench-enrolment-token-0123456789';
const plainServer = fileURLToPath(new URL('plain-server.ts', import.meta.url));

export interface BenchManager {
  readonly url: string;
  readonly adminToken: string;
  readonly enrolmentToken: string;
  readonly client: SystemManagerClient;
}

/** As a user runs it, but for the log: a line for each request would measure who reads it. */
export async function withManager<T>(work: (manager: BenchManager) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sm-bench-'));
  try {
    return await withManagerOn(dataDir, work);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function withManagerOn<T>(
  dataDir: string,
  work: (manager: BenchManager) => Promise<T>,
): Promise<T> {
  const { child, url } = await startManager({
    port: await freePort(),
    environment: cleanEnvironment({
      SM_DATA_DIR: dataDir,
      SM_ADMIN_TOKEN: adminToken,
      SM_ENROLMENT_TOKEN: enrolmentToken,
      SM_LOG_LEVEL: 'warn',
      // What one caller can get out of it is measured, not what one caller is given.
      SM_RATE_READS: '0',
      SM_RATE_WRITES: '0',
    }),
    onLine: (line) => {
      console.error(`manager | ${line}`);
    },
  });
  const client = createClient({ baseUrl: url, token: adminToken });
  try {
    return await work({ url, adminToken, enrolmentToken, client });
  } finally {
    await client.close();
    await child.stop();
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
