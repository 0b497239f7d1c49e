import {
  ClusterAgent,
  instanceKey,
  type ClusterAgentOptions,
  type CredentialStore,
  type InstanceReport,
  type Order,
} from '../../../clients/typescript/src/agent/index.js';
import { enrolmentToken, type FakeManager } from './fake-manager.js';
import { ManualClock } from './manual-clock.js';
import { Happenings } from './waiting.js';

/** Keeps a credential in memory, and what was done with it. */
export class MemoryStore implements CredentialStore {
  credential: string | undefined;
  failures = 0;

  constructor(credential?: string) {
    this.credential = credential;
  }

  load(): Promise<string | undefined> {
    return Promise.resolve(this.credential);
  }

  save(credential: string): Promise<void> {
    if (this.failures > 0) {
      this.failures -= 1;
      return Promise.reject(new Error('the disk is full'));
    }
    this.credential = credential;
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.credential = undefined;
    return Promise.resolve();
  }
}

export type Told =
  | { readonly event: 'connected'; readonly session: number }
  | { readonly event: 'disconnected'; readonly reason: string; readonly retryInMs: number }
  | { readonly event: 'refused'; readonly status: number }
  | { readonly event: 'removed' };

/** An agent with a standing clock, a memory for its credential, and a record of everything. */
export class AgentUnderTest {
  readonly clock = new ManualClock();
  readonly told = new Happenings<Told>();
  readonly orders = new Happenings<Order>();
  readonly logged = new Happenings<{ level: string; message: string; fields: object }>();
  readonly instances = new Map<string, InstanceReport>();
  readonly store: MemoryStore;
  readonly agent: ClusterAgent;

  constructor(
    manager: FakeManager,
    overrides: Partial<ClusterAgentOptions> = {},
    store = new MemoryStore(),
  ) {
    this.store = store;
    const log = (level: string) => (fields: object, message: string) => {
      this.logged.add({ level, message, fields });
    };
    this.agent = new ClusterAgent({
      url: manager.url,
      name: 'site-a',
      location: 'munich',
      capabilities: ['process'],
      token: enrolmentToken,
      credentialStore: store,
      clock: this.clock,
      random: () => 0.5,
      capacity: () => ({ cpuCores: 4, memoryMiB: 8192, gpus: 0 }),
      instances: () => [...this.instances.values()],
      onRun: (order) => {
        this.orders.add(order);
        this.set({ ...pick(order), phase: 'RUNNING' });
        return Promise.resolve();
      },
      onStop: (order) => {
        this.orders.add(order);
        this.instances.delete(instanceKey(order));
        return Promise.resolve();
      },
      log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
      ...overrides,
    });
    this.agent.on('connected', ({ session }) => this.told.add({ event: 'connected', session }));
    this.agent.on('disconnected', ({ reason, retryInMs }) =>
      this.told.add({ event: 'disconnected', reason, retryInMs }),
    );
    this.agent.on('refused', ({ status }) => this.told.add({ event: 'refused', status }));
    this.agent.on('removed', () => this.told.add({ event: 'removed' }));
  }

  set(report: InstanceReport): void {
    this.instances.set(instanceKey(report), report);
  }

  async connected(session: number): Promise<void> {
    await this.told.find(
      `connected in session ${session}`,
      (one) => one.event === 'connected' && one.session === session,
    );
  }

  /** The nth loss of the connection, from 1. */
  disconnected(nth: number): Promise<Extract<Told, { event: 'disconnected' }>> {
    let seen = 0;
    return this.told.find(`loss ${nth}`, (one) => {
      if (one.event !== 'disconnected') return undefined;
      seen += 1;
      return seen === nth && one;
    });
  }
}

const pick = ({ instanceId, generation }: Order) => ({ instanceId, generation });

/** A run order for tests. */
export function runOrder(instanceId: string, generation = 1) {
  return {
    action: 'run' as const,
    instanceId,
    generation,
    serviceId: 'f'.repeat(24),
    ordinal: 0,
    revision: 1,
    descriptor: { name: 'hello', command: ['true'] },
  };
}

export function stopOrder(instanceId: string, generation = 1) {
  return { action: 'stop' as const, instanceId, generation };
}
