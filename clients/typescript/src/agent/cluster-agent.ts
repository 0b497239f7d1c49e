import { EventEmitter } from 'node:events';
import { Answers } from './answers.js';
import { systemClock, type Clock } from '../session/clock.js';
import { Connection, type Ending } from '../session/connection.js';
import {
  instanceKey,
  parseManagerFrame,
  parseOrder,
  type AgentFrame,
  type InstanceReport,
  type ManagerFrame,
  type Order,
  type RunOrder,
  type StopOrder,
  type WelcomeFrame,
} from './frames.js';
import { toHello } from './hello.js';
import { Leases } from './leases.js';
import {
  defaultTiming,
  type AgentLog,
  type AgentTiming,
  type ClusterAgentEvents,
  type ClusterAgentOptions,
} from './options.js';
import { OrderQueue } from './order-queue.js';
import { Proof } from './proof.js';
import { Reconnect, isRemoved, refusedWith, toDoorUrl } from '../session/reconnect.js';
import { Reporter } from './reporter.js';
import { Rotation } from './rotation.js';
import { webSocketOpener, type OpenSocket } from '../session/socket.js';
import { createTransport } from '../session/transport.js';
import type { Incoming } from '../session/incoming.js';

type AgentConnection = Connection<AgentFrame, ManagerFrame>;

const unauthenticated = 401;

/** The session that the agent is in. */
interface Session {
  readonly number: number;
  readonly since: number;
}

/**
 * Speaks for a cluster: enrols, keeps a session with the manager, hands orders to your handlers and your reports to the manager.
 * It reconnects by itself for as long as it lives, and no frame from outside makes it fail.
 *
 * One object for one life: after `leave()`, `close()` or the removal of the cluster, make a new one.
 */
export class ClusterAgent extends EventEmitter<ClusterAgentEvents> {
  readonly #options: ClusterAgentOptions;
  readonly #timing: AgentTiming;
  readonly #clock: Clock;
  readonly #log: AgentLog | undefined;
  readonly #url: string;
  readonly #leases: Leases;
  readonly #orders: OrderQueue;
  readonly #queueLimit: number;
  readonly #reporter: Reporter;
  readonly #reconnect: Reconnect;
  readonly #proof: Proof;
  readonly #openSocket: OpenSocket;
  readonly #rotation: Rotation;
  #state: 'new' | 'running' | 'ended' = 'new';
  #connection: AgentConnection | undefined;
  /** Of this connection. */
  #answers: Answers | undefined;
  #session: Session | undefined;
  #lastSession: number | undefined;
  #paused = false;
  #cancelReconnect: (() => void) | undefined;
  #knownKeys: ReadonlySet<string> | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: ClusterAgentOptions) {
    super();
    this.#options = options;
    this.#timing = { ...defaultTiming, ...options.timing };
    this.#clock = options.clock ?? systemClock;
    this.#log = options.log;
    this.#url = toDoorUrl(options.url, '/register');
    this.#queueLimit = options.queueLimit ?? 5_000;
    this.#proof = new Proof(options);
    const transport = createTransport(options);
    this.#openSocket =
      options.openSocket ??
      webSocketOpener(() => ({ ...transport, ...this.#proof.identity?.transport }));
    this.#rotation = new Rotation(this.#proof);
    this.#reconnect = new Reconnect(this.#timing, options.random);
    this.#leases = new Leases({
      options: options.leases,
      clock: options.clock,
      log: options.log,
      onEnd: (order) => this.#endLease(order),
    });
    this.#reporter = new Reporter(options, this.#timing, this.#clock, this.#leases, options.log);
    this.#reporter.onFull = (reports) => {
      this.#orders.forgetMissing(new Set(reports.map(instanceKey)));
    };
    this.#orders = new OrderQueue({
      concurrency: options.concurrency ?? 32,
      handle: (order) => this.#carryOut(order),
      onVoid: (order) => this.#reportGone(order),
      onProgress: () => this.#resumeReading(),
    });
  }

  /** Number of the session that the agent is in; undefined while it has none. */
  get session(): number | undefined {
    return this.#session?.number;
  }

  /**
   * Loads the credential and begins to connect. Resolves before the first session stands; listen for `connected`.
   *
   * @throws Error - there is neither a credential nor an enrolment token, or the store cannot be read
   */
  async start(): Promise<void> {
    if (this.#state !== 'new') throw new Error('this agent was started before');
    this.#state = 'running';
    try {
      await this.#proof.load();
    } catch (error) {
      this.#state = 'ended';
      throw error;
    }
    this.#leases.start();
    this.#connect();
  }

  /**
   * Tells the manager, soon, what became of an instance. Safe to call at any time and as often as you like: the latest state of
   * each generation is kept until the manager has taken it in. Report `UNDEPLOYED` last; after that `instances()` need not list it.
   *
   * @param options - `urgent: false` leaves it to the next regular report; for measured values
   */
  reportChanged(report: InstanceReport, options: { readonly urgent?: boolean } = {}): void {
    this.#leases.reported(report);
    this.#reporter.changed(report, options.urgent ?? true);
  }

  /**
   * Gets another credential in place of the present one, and stores it. The old one is good until the new one has been used, which
   * the agent does at once: it connects anew, and instances go on.
   *
   * @throws Error - there is no session, it ended before the answer, or the new one cannot be stored: the old one stays
   */
  async rotateCredential(): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined || this.#session === undefined)
      throw new Error('there is no session with the manager');
    await this.#rotation.ask(() => connection.send({ type: 'rotate' }));
    if (connection === this.#connection) connection.close(1000, 'credential rotated');
  }

  /** Leaves in order: the last changes are handed over (within bounds), then `bye`. Instances go on. */
  async leave(): Promise<void> {
    if (this.#session !== undefined) {
      let cancel: (() => void) | undefined;
      const timeUp = new Promise<void>((resolve) => {
        cancel = this.#clock.after(this.#timing.leaveTimeoutMs, resolve);
      });
      await Promise.race([this.#reporter.flush(), timeUp]);
      cancel?.();
      this.#connection?.send({ type: 'bye' });
    }
    await this.close();
  }

  /** Ends the agent and its connection. Orders that are being handled are not interrupted, and not answered. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#state = 'ended';
    this.#leases.stop();
    this.#cancelReconnect?.();
    await this.#connection?.leave();
  }

  #connect(): void {
    this.#cancelReconnect = undefined;
    if (this.#state !== 'running') return;
    const connection: AgentConnection = new Connection<AgentFrame, ManagerFrame>({
      parse: parseManagerFrame,
      url: this.#url,
      token: this.#proof.token,
      clock: this.#clock,
      connectTimeoutMs: this.#timing.connectTimeoutMs,
      openSocket: this.#openSocket,
      onOpen: () => this.#greet(connection),
      onIncoming: (incoming) => this.#take(connection, incoming),
      onDrain: () => {
        this.#answers?.flush();
        this.#reporter.drained();
      },
      onEnd: (ending) => this.#lost(ending),
    });
    this.#connection = connection;
    this.#answers = new Answers(
      (frame) => connection.send(frame),
      () => connection.writable,
    );
  }

  #greet(connection: AgentConnection): void {
    try {
      this.#leases.greet();
      connection.send(toHello(this.#options, this.#lastSession, this.#proof.identity?.publicKey));
    } catch (error) {
      this.#log?.error({ err: error }, 'the capacity of this cluster cannot be read');
      connection.terminate('no hello');
    }
  }

  #take(connection: AgentConnection, incoming: Incoming<ManagerFrame>): void {
    if (incoming.kind === 'unknown') {
      this.#log?.warn({ type: incoming.type }, 'a frame of a kind that this version does not know');
    } else if (incoming.kind === 'broken') {
      this.#log?.error({ detail: incoming.detail }, 'a frame that cannot be read');
    } else {
      try {
        this.#handle(connection, incoming.frame);
      } catch (error) {
        this.#log?.error({ err: error, type: incoming.frame.type }, 'a frame cannot be handled');
      }
    }
  }

  #handle(connection: AgentConnection, frame: ManagerFrame): void {
    switch (frame.type) {
      case 'welcome':
        void this.#welcome(connection, frame);
        return;
      case 'apply':
        this.#apply(connection, frame.id, frame.orders);
        return;
      case 'reported':
        this.#reporter.reported(frame);
        return;
      case 'credential':
        this.#rotation.answer(frame.credential);
        return;
      case 'error':
        this.#log?.error({ problem: frame.problem }, 'the manager reports a problem');
        connection.blame(frame.problem);
        return;
      default:
        frame satisfies never;
    }
  }

  async #welcome(connection: AgentConnection, frame: WelcomeFrame): Promise<void> {
    this.#session = { number: frame.session, since: this.#clock.now() };
    this.#lastSession = frame.session;
    this.#leases.welcomed();
    connection.expectWithin(3 * frame.heartbeatIntervalMs);
    await this.#proof.keep(frame);
    if (connection !== this.#connection || this.#state !== 'running') return;
    if (this.#proof.identity?.isNew === true) connection.close(1000, 'a certificate has come');
    this.#reporter.attach({
      session: frame.session,
      reportIntervalMs: frame.reportIntervalMs,
      send: (report) => connection.send(report),
      writable: () => connection.writable,
      onStuck: () => connection.terminate('the manager does not answer reports'),
    });
    this.#tell('connected', { clusterId: frame.clusterId, session: frame.session });
  }

  #apply(connection: AgentConnection, id: string, values: readonly unknown[]): void {
    for (const value of values) {
      const order = parseOrder(value);
      if (order === undefined) {
        this.#log?.warn({ order: value }, 'an order that cannot be read');
      } else if ('refused' in order) {
        connection.send({ type: 'nack', id, orders: [order.order], problem: order.refused });
      } else {
        this.#orders.add(order, (error) => this.#answer(connection, id, order, error));
      }
    }
    if (this.#orders.size >= this.#queueLimit && !this.#paused) {
      this.#paused = true;
      connection.pause();
    }
  }

  #answer(connection: AgentConnection, id: string, order: Order, error: unknown): void {
    if (error !== undefined) {
      const { instanceId, generation, action } = order;
      this.#log?.warn({ err: error, instanceId, generation, action }, 'an order is refused');
    }
    // The session that told the order may be gone: the next one tells it again, and gets the answer.
    if (connection !== this.#connection) return;
    if (error === undefined) this.#answers?.ack(id, order);
    else this.#answers?.nack(id, order, error);
  }

  async #carryOut(order: Order): Promise<void> {
    if (order.action === 'run') return this.#run(order);
    this.#leases.release(order);
    await this.#options.onStop(order);
    this.#reportGone(order);
  }

  async #run(order: RunOrder): Promise<void> {
    if (this.#leases.take(order)) this.#reporter.renew();
    try {
      await this.#options.onRun(order);
    } catch (error) {
      this.#leases.release(order);
      throw error;
    }
  }

  #endLease(order: StopOrder): void {
    this.#orders.add(order, (error) => {
      if (error !== undefined) this.#log?.error({ err: error, ...order }, 'cannot be stopped');
    });
  }

  /** The end of something that the cluster does not have: nobody else would report it. */
  #reportGone(order: Order): void {
    const { instanceId, generation } = order;
    if (this.#knownKeys === undefined) {
      this.#knownKeys = new Set(this.#options.instances().map(instanceKey));
      setImmediate(() => {
        this.#knownKeys = undefined;
      });
    }
    if (this.#knownKeys.has(instanceKey({ instanceId, generation }))) return;
    const reason = order.action === 'stop' ? order.leaseEnd?.reason : undefined;
    this.#reporter.changed(
      { instanceId, generation, phase: 'UNDEPLOYED', ...(reason === undefined ? {} : { reason }) },
      true,
    );
  }

  #resumeReading(): void {
    if (!this.#paused || this.#orders.size > this.#queueLimit / 2) return;
    this.#paused = false;
    this.#connection?.resume();
  }

  #lost(ending: Ending): void {
    this.#connection = undefined;
    this.#paused = false;
    this.#answers?.end();
    this.#answers = undefined;
    const sessionMs = this.#session && this.#clock.now() - this.#session.since;
    this.#session = undefined;
    this.#reporter.detach();
    this.#rotation.abandon();
    if (this.#state !== 'running') return;
    if (isRemoved(ending)) {
      this.#state = 'ended';
      void this.#removed();
    } else {
      this.#retry(ending, sessionMs);
    }
  }

  #retry(ending: Ending, sessionMs: number | undefined): void {
    this.#proof.ended(ending.status === unauthenticated);
    // Who is sent away with a certificate is no longer refused: it can come back with that.
    const end = this.#proof.identity?.takeNew() === true ? { reason: ending.reason } : ending;
    const retryInMs = this.#reconnect.nextDelayMs(end, sessionMs);
    const refused = refusedWith(ending);
    const happened = refused === undefined ? 'disconnected' : 'refused by the manager';
    this.#log?.warn({ ...ending, retryInMs }, happened);
    this.#cancelReconnect = this.#clock.after(retryInMs, () => this.#connect());
    const { reason, code, problem } = ending;
    const withProblem = problem === undefined ? {} : { problem };
    if (refused !== undefined) this.#tell('refused', { status: refused, ...withProblem });
    const withCode = code === undefined ? {} : { code };
    this.#tell('disconnected', { reason, retryInMs, ...withCode, ...withProblem });
  }

  async #removed(): Promise<void> {
    this.#log?.warn({}, 'the cluster was removed: stopping its instances');
    try {
      await Promise.all(this.#options.instances().map((instance) => this.#stop(instance)));
      await this.#proof.forget();
    } catch (error) {
      this.#log?.error({ err: error }, 'the end of this cluster is not complete');
    }
    this.#tell('removed');
  }

  async #stop({ instanceId, generation }: InstanceReport): Promise<void> {
    await this.finish({ action: 'stop', instanceId, generation });
  }

  /** Carries an order out that no frame of this session has told; nobody is answered. */
  protected async finish(order: Order): Promise<void> {
    const error = await new Promise<unknown>((resolve) => this.#orders.add(order, resolve));
    if (error === undefined) return;
    const { instanceId, generation, action } = order;
    this.#log?.error({ err: error, instanceId, generation, action }, 'an order cannot be finished');
  }

  /** A listener that throws is its author's mistake; the agent goes on. */
  #tell<Name extends keyof ClusterAgentEvents>(name: Name, ...details: ClusterAgentEvents[Name]) {
    try {
      (this.emit as (name: string, ...details: unknown[]) => boolean).call(this, name, ...details);
    } catch (error) {
      this.#log?.error({ err: error, event: name }, 'a listener failed');
    }
  }
}
