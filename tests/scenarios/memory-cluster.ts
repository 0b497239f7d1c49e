/** A cluster whose instances run in memory only: what its agent is told takes effect at once. It outlives its agents. */
import { once } from 'node:events';
import {
  ClusterAgent,
  instanceKey,
  type CredentialStore,
  type InstanceReport,
  type RunOrder,
} from '@system-manager/client/agent';

class MemoryCredentials implements CredentialStore {
  #credential: string | undefined;

  load(): Promise<string | undefined> {
    return Promise.resolve(this.#credential);
  }

  save(credential: string): Promise<void> {
    this.#credential = credential;
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.#credential = undefined;
    return Promise.resolve();
  }
}

export class MemoryCluster {
  readonly name: string;
  /** Run orders that had an effect, in their order; the same generation must not come up twice. */
  readonly started: RunOrder[] = [];
  readonly #instances = new Map<string, InstanceReport>();
  readonly #credentials = new MemoryCredentials();
  #agent: ClusterAgent | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** How many instances run here. */
  get size(): number {
    return this.#instances.size;
  }

  /** Starts an agent and waits for its session. */
  async connect(url: string, token: string, withinMs = 15_000): Promise<void> {
    const agent = new ClusterAgent({
      name: this.name,
      url,
      token,
      capabilities: ['process'],
      credentialStore: this.#credentials,
      capacity: () => ({ cpuCores: 1000, memoryMiB: 1_000_000, gpus: 0 }),
      instances: () => [...this.#instances.values()],
      onRun: (order) => this.#run(order),
      onStop: (order) => this.#stop(instanceKey(order)),
      timing: { coalesceMs: 2, reconnectDelayMsMax: 500 },
    });
    this.#agent = agent;
    const connected = once(agent, 'connected', { signal: AbortSignal.timeout(withinMs) });
    await agent.start();
    await connected;
  }

  /** The agent goes away without a word; the instances go on. */
  async disconnect(): Promise<void> {
    await this.#agent?.close();
    this.#agent = undefined;
  }

  #run(order: RunOrder): Promise<void> {
    const { instanceId, generation } = order;
    const key = instanceKey(order);
    if (!this.#instances.has(key)) {
      const report = { instanceId, generation, phase: 'RUNNING' } as const;
      this.#instances.set(key, report);
      this.started.push(order);
      this.#agent?.reportChanged(report);
    }
    return Promise.resolve();
  }

  /** The agent itself reports the end of what is not there any more. */
  #stop(key: string): Promise<void> {
    this.#instances.delete(key);
    return Promise.resolve();
  }
}
