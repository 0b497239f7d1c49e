/** A manager and two agents on free ports and in a directory of their own, and their end whatever happens. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type SystemManagerClient } from '@system-manager/client';
import { isAlive, type Child } from '../../scripts/child.js';
import {
  activeClusters,
  cleanEnvironment,
  freePort,
  readToken,
  startAgent,
  startManager,
  type Manager,
} from '../../scripts/plant.js';

const sites = [
  { name: 'local-a', location: 'site-a', portRange: '20000-24999' },
  { name: 'local-b', location: 'site-b', portRange: '25000-29999' },
] as const;

export class Plant {
  readonly dataDir: string;
  /** Processes of instances that were seen; none of them may outlive this. */
  readonly pids = new Set<number>();
  readonly #children: Child[] = [];
  readonly #agents: Child[] = [];
  #manager: Manager | undefined;
  #client: SystemManagerClient | undefined;

  private constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  static async create(): Promise<Plant> {
    return new Plant(await mkdtemp(join(tmpdir(), 'sm-smoke-')));
  }

  get manager(): Manager {
    if (this.#manager === undefined) throw new Error('there is no manager');
    return this.#manager;
  }

  get client(): SystemManagerClient {
    if (this.#client === undefined) throw new Error('there is no client');
    return this.#client;
  }

  /** Starts the manager; again on the same port once there was one. */
  async startManager(): Promise<void> {
    this.#manager = await startManager({
      port: this.#manager?.port ?? (await freePort()),
      environment: cleanEnvironment({
        SM_DATA_DIR: this.dataDir,
        SM_CHECK_RESPONSES: 'true',
      }),
    });
    this.#children.push(this.#manager.child);
    this.#client ??= createClient({
      baseUrl: this.#manager.url,
      token: await readToken(this.dataDir, 'admin-token'),
    });
  }

  async startAgents(): Promise<void> {
    const enrolmentToken = await readToken(this.dataDir, 'enrolment-token');
    for (const site of sites) {
      const dataDir = join(this.dataDir, 'agents', site.name);
      const agent = startAgent({ ...site, url: this.manager.url, dataDir, enrolmentToken });
      this.#agents.push(agent);
      this.#children.push(agent);
    }
  }

  /** Waits until both agents have spoken since then. */
  async clustersActive(sinceMs: number): Promise<void> {
    const names = sites.map(({ name }) => name);
    await activeClusters(this.client, names, sinceMs);
  }

  /** Ends agents, then manager, and says how each ended. */
  async stopInOrder(): Promise<string> {
    // A pool may hold spare connections; the manager waits for those that are open.
    await this.client.close();
    this.#client = undefined;
    const ends: string[] = [];
    for (const child of [...this.#agents, this.manager.child]) {
      const { code, signal } = await child.stop();
      if (code !== 0) throw new Error(`${child.name} ended with ${signal ?? String(code)}`);
      ends.push(`${child.name} ${code}`);
    }
    return ends.join(', ');
  }

  /** What the processes printed last, without the requests that went well. */
  tails(): string {
    return this.#children
      .map((child) => {
        const lines = child.tail().filter((line) => !/"status":2\d\d/.test(line));
        return `--- ${child.name} (${child.pid})\n${lines.slice(-25).join('\n')}`;
      })
      .join('\n');
  }

  /** Ends whatever is left, and removes the directory. */
  async remove(): Promise<void> {
    await this.#client?.close();
    await Promise.all(this.#agents.map((agent) => agent.stop()));
    await this.#manager?.child.stop();
    for (const pid of this.pids) {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    }
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
