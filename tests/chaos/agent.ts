/** The process of one agent: the typed client, on a runtime that lives in the parent process and outlives this one. */
import { ClusterAgent, instanceKey, type InstanceReport } from '@system-manager/client/agent';
import type { Beginning, FromAgent, ToAgent } from './messages.js';

/** Without a site there is nothing to speak for. */
process.on('disconnect', () => {
  process.exit(0);
});

const send = (message: FromAgent): void => {
  if (process.connected) process.send?.(message);
};

class Agent {
  readonly #instances = new Map<string, InstanceReport>();
  readonly #waiting = new Map<number, () => void>();
  readonly #agent: ClusterAgent;
  #calls = 0;

  constructor(beginning: Beginning) {
    const { url, name, location, token, cpuMillicores, memoryMiB } = beginning;
    for (const report of beginning.instances) this.#instances.set(instanceKey(report), report);
    this.#agent = new ClusterAgent({
      url,
      name,
      location,
      token,
      capabilities: ['process'],
      credentialStore: {
        load: () => Promise.resolve(beginning.credential),
        save: (credential) => {
          send({ kind: 'credential', credential });
          return Promise.resolve();
        },
        clear: () => Promise.resolve(),
      },
      capacity: () => ({ cpuCores: cpuMillicores / 1000, memoryMiB, gpus: 0 }),
      workers: () => [{ name: `${name}-worker-1` }],
      instances: () => [...this.#instances.values()],
      onRun: (order) => this.#ask((call) => ({ kind: 'run', call, order })),
      onStop: (order) => this.#ask((call) => ({ kind: 'stop', call, order })),
      timing: { reconnectDelayMsMax: 2_000, fullReportIntervalMs: 30_000 },
    });
  }

  start(): Promise<void> {
    return this.#agent.start();
  }

  take(message: Exclude<ToAgent, { kind: 'begin' }>): void {
    switch (message.kind) {
      case 'changed':
        this.#instances.set(instanceKey(message.report), message.report);
        this.#agent.reportChanged(message.report);
        return;
      case 'gone':
        this.#instances.delete(instanceKey(message));
        return;
      case 'done':
        this.#waiting.get(message.call)?.();
        this.#waiting.delete(message.call);
    }
  }

  #ask(message: (call: number) => FromAgent): Promise<void> {
    this.#calls += 1;
    const call = this.#calls;
    return new Promise((resolve) => {
      this.#waiting.set(call, resolve);
      send(message(call));
    });
  }
}

let agent: Agent | undefined;
process.on('message', (message: ToAgent) => {
  if (message.kind !== 'begin') {
    agent?.take(message);
    return;
  }
  agent = new Agent(message.beginning);
  agent.start().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
