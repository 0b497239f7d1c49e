/** An agent that speaks the gateway's protocol with as little work as possible: what it is told runs at once. */
import { once } from 'node:events';
import type { AgentFrame, InstanceReport, ManagerFrame, Order } from '@system-manager/client/agent';
import { WebSocket } from 'ws';

const answerLimitMs = 120_000;
/** As the client library has it. */
const openLimitMs = 10_000;

export interface BenchAgentOptions {
  readonly url: string;
  readonly name: string;
  /** The enrolment token, until there is a credential. */
  readonly token: string;
  readonly cpuCores?: number;
  /** Hears of orders to run as they come. */
  readonly onOrders?: (orders: readonly Order[]) => void;
  /** Hears that instances are known to run: their report was taken in. */
  readonly onRunning?: (instanceIds: readonly string[]) => void;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export class BenchAgent {
  readonly #options: BenchAgentOptions;
  readonly #instances = new Map<string, InstanceReport>();
  readonly #reports = new Map<number, Waiting>();
  #socket: WebSocket | undefined;
  #welcome: Waiting | undefined;
  #token: string;
  #retryAfterMs = 0;
  #session = 0;
  #sequence = 0;

  constructor(options: BenchAgentOptions) {
    this.#options = options;
    this.#token = options.token;
  }

  /** What runs here. */
  get instances(): readonly InstanceReport[] {
    return [...this.#instances.values()];
  }

  get connected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN && this.#welcome === undefined;
  }

  /** How long to wait until the next attempt, as the manager wished when it refused the last one. */
  get retryAfterMs(): number {
    return this.#retryAfterMs;
  }

  /** Instances that run here from before. */
  holds(instances: readonly InstanceReport[]): void {
    for (const each of instances) this.#instances.set(each.instanceId, each);
  }

  /** Begins a session, and reports everything. @throws Error - the manager refuses it, or is away */
  async join(): Promise<void> {
    const { url, name, cpuCores = 100_000 } = this.#options;
    const socket = new WebSocket(`${url.replace('http', 'ws')}/register`, 'system-manager.v1', {
      headers: { authorization: `Bearer ${this.#token}` },
      perMessageDeflate: false,
      handshakeTimeout: openLimitMs,
    });
    this.#socket = socket;
    this.#retryAfterMs = 0;
    socket.on('unexpected-response', (_, response) => {
      this.#retryAfterMs = Number(response.headers['retry-after'] ?? 0) * 1_000;
      socket.emit('error', new Error(`refused with ${response.statusCode}`));
      response.destroy();
    });
    this.#sequence = 0;
    const welcome = new Promise<void>((resolve, reject) => {
      this.#welcome = { resolve, reject };
    });
    // Whoever waits for the opening hears of it there.
    welcome.catch(() => undefined);
    socket.on('message', (data: Buffer) => {
      this.#take(JSON.parse(data.toString('utf8')) as ManagerFrame);
    });
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.#end(new Error(`the session of ${name} was closed with ${code}`));
    });
    await once(socket, 'open');
    const capacity = { cpuCores, memoryMiB: 1_000_000, gpus: 0 };
    this.#send({ type: 'hello', name, capabilities: ['process', 'bench'], capacity });
    await welcome;
    await this.report(this.instances, true);
  }

  /** Reports, and waits until it is taken in. */
  report(instances: readonly InstanceReport[], full = false): Promise<void> {
    const sequence = (this.#sequence += 1);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`no answer to a report within ${answerLimitMs} ms`));
      }, answerLimitMs);
      const settled = (): void => {
        clearTimeout(timer);
        this.#reports.delete(sequence);
      };
      this.#reports.set(sequence, {
        resolve: () => {
          settled();
          resolve();
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      this.#send({
        type: 'report',
        session: this.#session,
        sequence,
        instances: [...instances],
        ...(full ? { full } : {}),
      });
    });
  }

  close(): void {
    this.#socket?.terminate();
  }

  #end(error: Error): void {
    this.#welcome?.reject(error);
    this.#welcome = undefined;
    for (const each of [...this.#reports.values()]) each.reject(error);
  }

  #take(frame: ManagerFrame): void {
    switch (frame.type) {
      case 'welcome':
        this.#session = frame.session;
        this.#token = frame.credential ?? this.#token;
        this.#welcome?.resolve();
        this.#welcome = undefined;
        return;
      case 'apply':
        this.#apply(frame.id, frame.orders as readonly Order[]);
        return;
      case 'reported':
        this.#reports.get(frame.sequence)?.resolve();
        return;
      case 'error':
        this.#end(new Error(frame.problem.detail ?? frame.problem.title));
        return;
      case 'credential':
        return;
      default:
        frame satisfies never;
    }
  }

  #apply(id: string, orders: readonly Order[]): void {
    this.#options.onOrders?.(orders);
    const fresh: InstanceReport[] = [];
    for (const { instanceId, generation, action } of orders) {
      if (action === 'run') fresh.push({ instanceId, generation, phase: 'RUNNING' });
      else this.#instances.delete(instanceId);
    }
    this.holds(fresh);
    this.#send({
      type: 'ack',
      id,
      orders: orders.map(({ instanceId, generation, action }) => ({
        instanceId,
        generation,
        action,
      })),
    });
    if (fresh.length === 0) return;
    this.report(fresh).then(
      () => this.#options.onRunning?.(fresh.map(({ instanceId }) => instanceId)),
      // The session has ended; the next one reports everything.
      () => undefined,
    );
  }

  #send(frame: AgentFrame): void {
    this.#socket?.send(JSON.stringify(frame));
  }
}

/** Has agents join, some at a time. */
export async function joinAll(agents: readonly BenchAgent[], atOnce = 100): Promise<void> {
  const waiting = [...agents];
  const hand = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next.join();
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
}
