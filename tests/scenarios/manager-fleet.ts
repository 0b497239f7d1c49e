/** Several real managers on one store, which the test itself serves: any of them can be killed, paused or cut off. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type SystemManagerClient } from '@system-manager/client';
import {
  cleanEnvironment,
  freePort,
  startManager,
  until,
  type Manager,
  type Settings,
} from '../../scripts/plant.js';
import { startEmbeddedStore, type EmbeddedStore } from '../../src/embedded/index.js';
import { FaultyProxy } from '../support/faulty-proxy.js';
import { adminToken, enrolmentToken } from './crashing-manager.js';

export interface FleetOptions {
  readonly names: readonly string[];
  readonly leaseSeconds: number;
  /** Settings beside those that every one has. */
  readonly more?: Settings;
}

/** One of the managers. */
export class Member {
  /** Tries each call once: what became of it is for the test to find out. */
  readonly client: SystemManagerClient;

  constructor(
    readonly name: string,
    readonly manager: Manager,
    readonly proxy: FaultyProxy,
  ) {
    this.client = createClient({
      baseUrl: manager.url,
      token: adminToken,
      retry: { attempts: 1 },
    });
  }

  get url(): string {
    return this.manager.url;
  }

  /** What it says of itself; undefined while it is not ready. */
  async role(): Promise<string | undefined> {
    const answer = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    return ((await answer.json()) as { role?: string }).role;
  }

  is(role: 'leader' | 'follower'): Promise<unknown> {
    return until(`${this.name} is the ${role}`, async () => (await this.role()) === role);
  }

  /** Why it answered with 500, from its log, which comes a little later than the answer. */
  whyItFailed(): Promise<string> {
    return until('it logs a failure', () =>
      Promise.resolve(this.manager.child.tail().findLast((line) => line.includes('"status":500'))),
    );
  }

  signal(signal: NodeJS.Signals): void {
    this.manager.child.kill(signal);
  }
}

export class ManagerFleet {
  readonly members: readonly Member[];
  readonly #embedded: EmbeddedStore;
  readonly #dataDir: string;

  private constructor(members: readonly Member[], embedded: EmbeddedStore, dataDir: string) {
    this.members = members;
    this.#embedded = embedded;
    this.#dataDir = dataDir;
  }

  static async start({ names, leaseSeconds, more = {} }: FleetOptions): Promise<ManagerFleet> {
    const dataDir = await mkdtemp(join(tmpdir(), 'sm-fleet-'));
    // What a killed manager left open holds the documents of its last requests until the store gives it up.
    const soon = { transactionIdleMs: 2_000, sweepIntervalMs: 200 };
    const embedded = await startEmbeddedStore({ dataDir, ...soon });
    const member = async (name: string): Promise<Member> => {
      const proxy = await FaultyProxy.start(embedded.uri);
      const manager = await startManager({
        name,
        port: await freePort(),
        environment: cleanEnvironment({
          MONGODB_URI: proxy.uri,
          SM_DATA_DIR: join(dataDir, name),
          SM_ADMIN_TOKEN: adminToken,
          SM_ENROLMENT_TOKEN: enrolmentToken,
          SM_MANAGER_NAME: name,
          SM_LEASE_SECONDS: String(leaseSeconds),
          ...more,
        }),
      });
      return new Member(name, manager, proxy);
    };
    return new ManagerFleet(await Promise.all(names.map(member)), embedded, dataDir);
  }

  /** Who leads, and who does not. */
  async roles(): Promise<{ leader: Member; followers: readonly Member[] }> {
    const leader = await until('somebody leads', async () => {
      for (const member of this.members)
        if ((await member.role().catch(() => undefined)) === 'leader') return member;
      return undefined;
    });
    return { leader, followers: this.members.filter((each) => each !== leader) };
  }

  async close(): Promise<void> {
    await Promise.all(
      this.members.map(async ({ client, manager, proxy }) => {
        manager.child.kill('SIGCONT');
        await client.close();
        await manager.child.stop();
        proxy.goAway();
      }),
    );
    await this.#embedded.close();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}
