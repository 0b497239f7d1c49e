/** Agents that speak the gateway's protocol and do nothing but report, as fast as the manager takes it in. */
import { once } from 'node:events';
import type { SystemManagerClient } from '@system-manager/client';
import type { AgentFrame, InstanceReport, ManagerFrame } from '@system-manager/client/agent';
import { WebSocket } from 'ws';
import { ratePerSecond, type Run } from './measure.js';

export const reportingAgents = 8;
const instancesPerAgent = 100;
/** Of the 100, how many have something new in each report. */
export const changedPerReport = 10;
const answerLimitMs = 30_000;

class ReportingAgent {
  readonly #socket: WebSocket;
  readonly #instances = new Map<string, InstanceReport>();
  #session = 0;
  #sequence = 0;
  #onWelcome: (() => void) | undefined;
  #onReported: (() => void) | undefined;
  #failure: Error | undefined;

  constructor(url: string, token: string) {
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/register`, 'system-manager.v1', {
      headers: { authorization: `Bearer ${token}` },
    });
    this.#socket.on('message', (data: Buffer) => {
      this.#take(JSON.parse(data.toString('utf8')) as ManagerFrame);
    });
    this.#socket.on('close', (code) => {
      this.#failure = new Error(`the session of an agent was closed with ${code}`);
    });
  }

  async join(name: string): Promise<void> {
    await once(this.#socket, 'open');
    const welcome = this.#answer((resolve) => (this.#onWelcome = resolve));
    const capacity = { cpuCores: instancesPerAgent, memoryMiB: 0, gpus: 0 };
    this.#send({ type: 'hello', name, capabilities: ['bench'], capacity });
    await welcome;
    await this.#report([], true);
  }

  /** Reports new measurements of the next few instances, and waits until they are taken in. */
  async reportSome(): Promise<void> {
    const all = [...this.#instances.values()];
    const start = (this.#sequence * changedPerReport) % all.length;
    const use = { cpuCores: (this.#sequence % 100) / 100, memoryMiB: this.#sequence % 512 };
    await this.#report(
      all.slice(start, start + changedPerReport).map((one) => ({ ...one, use })),
      false,
    );
  }

  close(): void {
    this.#socket.terminate();
  }

  async #report(instances: InstanceReport[], full: boolean): Promise<void> {
    const reported = this.#answer((resolve) => (this.#onReported = resolve));
    this.#sendReport(instances, full);
    await reported;
  }

  async #answer(listen: (resolve: () => void) => void): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(this.#failure ?? new Error(`no answer within ${answerLimitMs} ms`));
      }, answerLimitMs);
      listen(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #take(frame: ManagerFrame): void {
    switch (frame.type) {
      case 'welcome':
        this.#session = frame.session;
        this.#onWelcome?.();
        return;
      case 'apply': {
        const fresh = frame.orders.map(({ instanceId, generation }): InstanceReport => ({
          instanceId,
          generation,
          phase: 'RUNNING',
        }));
        for (const report of fresh) this.#instances.set(report.instanceId, report);
        const orders = frame.orders.map(({ instanceId, generation, action }) => ({
          ...{ instanceId, generation, action },
        }));
        this.#send({ type: 'ack', id: frame.id, orders });
        this.#sendReport(fresh, false);
        return;
      }
      case 'reported':
        if (frame.sequence === this.#sequence) this.#onReported?.();
        return;
      case 'error':
        this.#failure = new Error(frame.problem.detail ?? frame.problem.title);
        return;
      case 'credential':
        return;
      default:
        frame satisfies never;
    }
  }

  #sendReport(instances: InstanceReport[], full: boolean): void {
    this.#sequence += 1;
    const session = this.#session;
    this.#send({ type: 'report', session, sequence: this.#sequence, full, instances });
  }

  #send(frame: AgentFrame): void {
    this.#socket.send(JSON.stringify(frame));
  }
}

/** Gives each agent its 100 running instances, then lets `work` report. */
export async function withReportingAgents<T>(
  { url, token }: { url: string; token: string },
  client: SystemManagerClient,
  work: (report: Run) => Promise<T>,
): Promise<T> {
  const all = Array.from({ length: reportingAgents }, () => new ReportingAgent(url, token));
  try {
    await Promise.all(all.map((agent, index) => agent.join(`bench-site-${index + 1}`)));
    const { operation } = await client.post('/api/v1/services', {
      body: {
        name: 'reported',
        replicas: reportingAgents * instancesPerAgent,
        runtime: 'bench',
        image: 'none',
        resources: { cpuCores: 1 },
      },
    });
    const { state, reason } = await client.waitForOperation(operation.id, { timeoutMs: 60_000 });
    if (state !== 'succeeded') throw new Error(`the instances do not run: ${reason ?? state}`);
    return await work(async (seconds) => {
      // One hand an agent, since an agent has one report under way at a time.
      const rates = all.map((agent) => ratePerSecond(1, seconds, () => agent.reportSome()));
      return { rate: (await Promise.all(rates)).reduce((sum, rate) => sum + rate, 0) };
    });
  } finally {
    for (const agent of all) agent.close();
  }
}
