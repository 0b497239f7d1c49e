/** The real manager with its embedded store, as a process that can be killed and paused, always on the same data and port. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child, describeExit } from '../../scripts/child.js';
import { cleanEnvironment, freePort, until } from '../../scripts/plant.js';

const managerFile = fileURLToPath(new URL('../../src/main.js', import.meta.url));

export const adminToken = 'chaos-admin-token-0123456789';
export const enrolmentToken = 'chaos-enrolment-token-0123456789';

export class ChaosManager {
  readonly port: number;
  readonly url: string;
  readonly #dataDir: string;
  readonly #onEnd: (why: string) => void;
  #child: Child | undefined;

  private constructor(dataDir: string, port: number, onEnd: (why: string) => void) {
    this.#dataDir = dataDir;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#onEnd = onEnd;
  }

  /** @param onEnd - told when the manager ends by itself */
  static async create(onEnd: (why: string) => void): Promise<ChaosManager> {
    const dataDir = await mkdtemp(join(tmpdir(), 'sm-chaos-'));
    return new ChaosManager(dataDir, await freePort(), onEnd);
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  start(): void {
    if (this.#child) return;
    const child = new Child({
      name: 'manager',
      args: [managerFile],
      environment: cleanEnvironment({
        SM_PORT: String(this.port),
        SM_DATA_DIR: this.#dataDir,
        SM_ADMIN_TOKEN: adminToken,
        SM_ENROLMENT_TOKEN: enrolmentToken,
        SM_LOG_LEVEL: 'warn',
        SM_HEARTBEAT_SECONDS: '2',
        SM_REPORT_SECONDS: '2',
        SM_INACTIVE_AFTER_SECONDS: '6',
        SM_LOST_AFTER_SECONDS: '14',
      }),
    });
    this.#child = child;
    void child.exited.then((exit) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#onEnd(`${describeExit(exit)}\n${child.tail(10).join('\n')}`);
    });
  }

  /** Resolves once it can work. */
  async ready(): Promise<void> {
    await until(
      'the manager is ready',
      async () => {
        const response = await fetch(`${this.url}/readyz`);
        await response.arrayBuffer();
        return response.ok;
      },
      { limitMs: 60_000, everyMs: 100 },
    );
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
    await child?.exited;
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}
