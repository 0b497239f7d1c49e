/** The real manager as a process that can be killed, always on the same data directory and port. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type SystemManagerClient } from '@system-manager/client';
import {
  cleanEnvironment,
  freePort,
  startManager,
  type Manager,
  type Settings,
} from '../../scripts/plant.js';

export const adminToken = 'test-admin-token-0123456789';
export const enrolmentToken = 'test-enrolment-token-0123456789';

export class CrashingManager {
  /** Tries each call once: what became of it is for the test to find out. */
  readonly client: SystemManagerClient;
  readonly #dataDir: string;
  readonly #more: Settings;
  #manager: Manager;

  private constructor(dataDir: string, more: Settings, manager: Manager) {
    this.#dataDir = dataDir;
    this.#more = more;
    this.#manager = manager;
    this.client = createClient({
      baseUrl: manager.url,
      token: adminToken,
      retry: { attempts: 1 },
    });
  }

  /** @param more - settings beside those that every one has */
  static async start(more: Settings = {}): Promise<CrashingManager> {
    const dataDir = await mkdtemp(join(tmpdir(), 'sm-crash-'));
    const manager = await startManager(settings(dataDir, await freePort(), more));
    return new CrashingManager(dataDir, more, manager);
  }

  get url(): string {
    return this.#manager.url;
  }

  async kill(): Promise<void> {
    this.#manager.child.kill('SIGKILL');
    await this.#manager.child.exited;
  }

  async restart(): Promise<void> {
    this.#manager = await startManager(settings(this.#dataDir, this.#manager.port, this.#more));
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.#manager.child.stop();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}

const settings = (dataDir: string, port: number, more: Settings) => ({
  port,
  environment: cleanEnvironment({
    SM_DATA_DIR: dataDir,
    SM_ADMIN_TOKEN: adminToken,
    SM_ENROLMENT_TOKEN: enrolmentToken,
    ...more,
  }),
});
