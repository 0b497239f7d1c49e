/**
 * A cluster agent that does what a test tells it: it speaks raw frames, keeps everything it got, and can drop, hold back or double
 * what it sends. By itself it does nothing; `obey` makes it a good agent.
 */
import { WebSocket, type ClientOptions } from 'ws';
import type { Schemas } from './calls.js';
import { enrolmentToken } from './app.js';
import { Happenings } from './happenings.js';
import type { RunningInstances } from './running.js';
import { subprotocol } from './upgrade.js';

export type ManagerFrame = Schemas['ManagerFrame'];
export type Frame<T extends ManagerFrame['type']> = Extract<ManagerFrame, { type: T }>;
export type Order = Schemas['Order'];
export type OrderReference = Schemas['OrderReference'];
export type InstanceReport = Schemas['InstanceReport'];

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

interface ConnectOptions {
  /** @default the enrolment token */
  readonly token?: string;
  readonly protocols?: readonly string[];
  readonly socket?: ClientOptions;
}

/** What an obedient agent makes of an order: the phase that it reports, or nothing at all. */
export type Behaviour = (order: Order) => InstanceReport['phase'] | undefined;

export const referenceTo = ({ instanceId, generation, action }: Order): OrderReference => ({
  instanceId,
  generation,
  action,
});

const runsAtOnce: Behaviour = ({ action }) => (action === 'run' ? 'RUNNING' : 'UNDEPLOYED');

export class FakeAgent {
  readonly frames = new Happenings<ManagerFrame>();
  readonly #ends = new Happenings<Closed>();
  readonly #socket: WebSocket;
  #held: string[] | undefined;
  #doubled = false;
  #sequence = 0;
  #welcome: Frame<'welcome'> | undefined;
  #running: { readonly instances: RunningInstances; readonly now: () => number } | undefined;
  readonly #sentAt = new Map<number, number>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString('utf8')) as ManagerFrame;
      if (frame.type === 'reported' && frame.applied) {
        const sentAt = this.#sentAt.get(frame.sequence);
        if (sentAt !== undefined) this.#running?.instances.renewed(sentAt);
      }
      this.frames.add(frame);
    });
    socket.on('close', (code, reason) => {
      this.#ends.add({ code, reason: reason.toString('utf8') });
    });
    // A connection that breaks is told by its close code.
    socket.on('error', () => undefined);
  }

  /** @throws Error - the manager refuses the socket */
  static connect(url: string, options: ConnectOptions = {}): Promise<FakeAgent> {
    const { token = enrolmentToken, protocols = [subprotocol] } = options;
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/register`, [...protocols], {
      ...options.socket,
      headers: { authorization: `Bearer ${token}` },
    });
    return new Promise((resolve, reject) => {
      const agent = new FakeAgent(socket);
      socket.once('open', () => {
        resolve(agent);
      });
      socket.once('error', reject);
    });
  }

  get welcome(): Frame<'welcome'> {
    if (this.#welcome === undefined) throw new Error('the agent was not welcomed');
    return this.#welcome;
  }

  get clusterId(): string {
    return this.welcome.clusterId;
  }

  /** Orders in the sequence in which they came. */
  get orders(): readonly Order[] {
    return this.frames.all.flatMap((frame) => (frame.type === 'apply' ? frame.orders : []));
  }

  /** @returns when and how the manager, or the network, has ended the connection */
  get closed(): Promise<Closed> {
    return this.#ends.find('the end of the connection', (each): each is Closed => each.code > 0);
  }

  /** The next frame of a type, counted from `from`. */
  next<T extends ManagerFrame['type']>(type: T, from = 0): Promise<Frame<T>> {
    return this.frames.find(type, (frame): frame is Frame<T> => frame.type === type, from);
  }

  /** The first order that fits, and the frame that carried it. */
  async order(
    what: string,
    fits: (order: Order) => boolean,
    from = 0,
  ): Promise<{ order: Order; frame: Frame<'apply'> }> {
    const frame = await this.frames.find(
      what,
      (each): each is Frame<'apply'> => each.type === 'apply' && each.orders.some(fits),
      from,
    );
    return { frame, order: frame.orders.find(fits) as Order };
  }

  run(from = 0): Promise<{ order: Order; frame: Frame<'apply'> }> {
    return this.order('an order to run', ({ action }) => action === 'run', from);
  }

  stop(from = 0): Promise<{ order: Order; frame: Frame<'apply'> }> {
    return this.order('an order to stop', ({ action }) => action === 'stop', from);
  }

  sendText(text: string): void {
    if (this.#held) this.#held.push(text);
    else for (let times = this.#doubled ? 2 : 1; times > 0; times -= 1) this.#socket.send(text);
  }

  send(frame: object): void {
    this.sendText(JSON.stringify(frame));
  }

  sendBinary(data: Buffer): void {
    this.#socket.send(data, { binary: true });
  }

  /** From now on every frame is sent twice. */
  double(): void {
    this.#doubled = true;
  }

  /** Plays its cluster: what it obeys runs there, and its leases are renewed by the reports that are answered from now on. */
  play(instances: RunningInstances, now: () => number): void {
    this.#running = { instances, now };
  }

  /** Keeps back what is sent from now on. */
  hold(): void {
    this.#held = [];
  }

  /** Lets go what was kept back, in the order that `arrange` makes of it. */
  release(arrange: (texts: readonly string[]) => readonly string[] = (texts) => texts): void {
    const texts = this.#held ?? [];
    this.#held = undefined;
    for (const text of arrange(texts)) this.sendText(text);
  }

  async hello(fields: Partial<Schemas['HelloFrame']> = {}): Promise<Frame<'welcome'>> {
    const from = this.frames.all.length;
    this.send({
      type: 'hello',
      name: 'cluster',
      capabilities: ['process'],
      capacity: { cpuCores: 100, memoryMiB: 100_000, gpus: 0 },
      ...fields,
    });
    this.#welcome = await this.next('welcome', from);
    return this.#welcome;
  }

  /** Sends a report with the next sequence number, and does not wait. @returns its sequence number */
  tell(instances: readonly InstanceReport[], fields: Partial<Schemas['ReportFrame']> = {}): number {
    const sequence = fields.sequence ?? (this.#sequence += 1);
    const { session } = this.welcome;
    if (this.#running) this.#sentAt.set(sequence, this.#running.now());
    this.send({ type: 'report', session, sequence, instances, ...fields });
    return sequence;
  }

  /** Sends a report and waits until it is taken in. */
  async report(
    instances: readonly InstanceReport[] = [],
    fields: Partial<Schemas['ReportFrame']> = {},
  ): Promise<Frame<'reported'>> {
    const from = this.frames.all.length;
    const sequence = this.tell(instances, fields);
    return this.frames.find(
      `the answer to report ${sequence}`,
      (frame): frame is Frame<'reported'> =>
        frame.type === 'reported' && frame.sequence === sequence,
      from,
    );
  }

  ack(frame: Frame<'apply'>, orders: readonly Order[] = frame.orders): void {
    this.send({ type: 'ack', id: frame.id, orders: orders.map(referenceTo) });
  }

  nack(frame: Frame<'apply'>, detail: string): void {
    const problem = { type: '/problems/no-such-runtime', title: 'Not here', status: 409, detail };
    this.send({ type: 'nack', id: frame.id, orders: frame.orders.map(referenceTo), problem });
  }

  /** Takes every order from now on, and those that came already, and reports what `behave` makes of it. */
  obey(behave: Behaviour = runsAtOnce): void {
    const take = (frame: ManagerFrame): void => {
      if (frame.type !== 'apply') return;
      const taken = frame.orders.flatMap((order) => {
        const phase = behave(order);
        return phase === undefined ? [] : [{ order, phase }];
      });
      if (taken.length === 0) return;
      for (const { order } of taken) this.#running?.instances.follow(order);
      this.ack(
        frame,
        taken.map(({ order }) => order),
      );
      this.tell(
        taken.map(({ order: { instanceId, generation }, phase }) => ({
          instanceId,
          generation,
          phase,
          ...(phase === 'DEAD' ? { reason: 'it was killed' } : {}),
        })),
      );
    };
    for (const frame of this.frames.all) take(frame);
    this.#socket.on('message', (data: Buffer) => {
      take(JSON.parse(data.toString('utf8')) as ManagerFrame);
    });
  }

  /** Resolves once everything that the manager had sent before has arrived. */
  async flush(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#socket.once('pong', () => {
        resolve();
      });
      this.#socket.ping();
    });
  }

  /** Stops reading, like an agent that is stuck. */
  pauseReading(): void {
    this.#socket.pause();
  }

  resumeReading(): void {
    this.#socket.resume();
  }

  /** Breaks the connection without a word, like a network that fails. */
  async drop(): Promise<void> {
    this.#socket.terminate();
    await this.closed;
  }
}
