/** A cluster: a runtime in this process, an agent in its own, and the network between the agent and the manager. */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RunOrder } from '@system-manager/client/agent';
import { Runtime, type RuntimeHost } from '../simulation/actors/runtime.js';
import type { Machine } from '../simulation/engine/machine.js';
import type { SitePlan } from '../simulation/plan/plan.js';
import { CutProxy } from './cut-proxy.js';
import type { FromAgent, ToAgent } from './messages.js';

const agentFile = fileURLToPath(new URL('agent.js', import.meta.url));

export class ChaosSite {
  readonly plan: SitePlan;
  readonly proxy: CutProxy;
  readonly runtime: Runtime;
  readonly #host: RuntimeHost;
  readonly #token: string;
  #child: ChildProcess | undefined;
  #credential: string | undefined;

  private constructor(
    host: RuntimeHost,
    machine: Machine,
    plan: SitePlan,
    proxy: CutProxy,
    token: string,
  ) {
    this.#host = host;
    this.#token = token;
    this.plan = plan;
    this.proxy = proxy;
    this.runtime = new Runtime(host, machine, plan.name, plan.habits);
    this.runtime.onChange = (report) => {
      this.#send({ kind: 'changed', report });
    };
  }

  static async create(
    host: RuntimeHost,
    machine: Machine,
    plan: SitePlan,
    manager: { readonly port: number; readonly token: string },
  ): Promise<ChaosSite> {
    const proxy = await CutProxy.start(manager.port);
    return new ChaosSite(host, machine, plan, proxy, manager.token);
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  start(): void {
    if (this.#child) return;
    const child = fork(agentFile, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child = child;
    child.on('message', (message: FromAgent) => {
      if (child === this.#child) this.#take(message);
    });
    // What cannot be sent to an agent that is being killed is told to the next one.
    child.on('error', () => undefined);
    const { name, location, cpuMillicores, memoryMiB } = this.plan;
    this.#send({
      kind: 'begin',
      beginning: {
        url: `http://127.0.0.1:${this.proxy.port}`,
        name,
        location,
        token: this.#token,
        credential: this.#credential,
        cpuMillicores,
        memoryMiB,
        instances: this.runtime.list(),
      },
    });
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  /** The agent is gone at once; what runs goes on. */
  kill(): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
  }

  losePower(): void {
    this.kill();
    this.runtime.losePower();
  }

  async close(): Promise<void> {
    this.kill();
    await this.proxy.close();
  }

  #run(order: RunOrder): void {
    const { instanceId, generation } = order;
    if (!this.runtime.isVoid(order)) {
      this.runtime.start(order);
      return;
    }
    this.#send({ kind: 'changed', report: { instanceId, generation, phase: 'UNDEPLOYED' } });
    this.#send({ kind: 'gone', instanceId, generation });
  }

  #send(message: ToAgent): void {
    if (this.#child?.connected) this.#child.send(message);
  }

  #take(message: FromAgent): void {
    switch (message.kind) {
      case 'credential':
        this.#credential = message.credential;
        return;
      case 'run':
        this.#run(message.order);
        this.#send({ kind: 'done', call: message.call });
        return;
      case 'stop': {
        const { call, order } = message;
        const { instanceId, generation } = order;
        const { name: cluster } = this.plan;
        this.#host.history.add({ kind: 'toldToStop', cluster, instanceId, generation });
        this.runtime.stop(order, () => {
          this.#send({ kind: 'gone', instanceId, generation });
          this.#send({ kind: 'done', call });
        });
      }
    }
  }
}
