/**
 * One connection of one agent. Frames are handled one after another in the order in which they came; reading pauses while too many
 * wait. What has to be told is derived from state: whole on connect and from time to time, and from the change feed in between.
 */
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { DomainError } from '../domain/errors.js';
import type { Instance } from '../domain/instance/instance.js';
import {
  acknowledgeOrders,
  pendingOrders,
  refuseOrders,
  type PendingOrder,
} from '../domain/instance/orders.js';
import { recordReport, type InstanceObservation } from '../domain/instance/record-report.js';
import type { Ports } from '../domain/ports.js';
import { fromReport } from '../wire/values.js';
import type { Descriptors } from './descriptors.js';
import { parseAgentFrame, type AgentFrame, type ManagerFrame, type Order } from './frames.js';
import { Outbox } from './outbox.js';
import { closeCodeOf, toProblem } from './problems.js';

export interface SessionLimits {
  readonly heartbeatMs: number;
  readonly reportMs: number;
  /** How often the whole truth is told again. */
  readonly exchangeMs: number;
  readonly helloTimeoutMs: number;
  /** Frames that may wait until reading pauses. */
  readonly inboxMax: number;
  /** Orders in one frame, and orders sent and not yet answered. */
  readonly ordersPerFrameMax: number;
  readonly windowMax: number;
  /** Bytes that the peer has not taken yet, past which the session is closed. */
  readonly bufferedBytesMax: number;
}

export interface SessionContext {
  readonly socket: WebSocket;
  readonly ports: Ports;
  readonly descriptors: Descriptors;
  readonly limits: SessionLimits;
  /** Largest frame from the agent, in bytes. */
  readonly frameBytesMax: number;
  readonly logger: Logger;
  /** Settles who the agent is and what its session is, from its first frame. */
  readonly welcome: (
    hello: Extract<AgentFrame, { type: 'hello' }>,
  ) => Promise<{ clusterId: string; session: number; credential?: string }>;
  readonly onWelcomed: (session: AgentSession) => void;
  readonly onClosed: (session: AgentSession) => void;
}

/** An unanswered order is told again after this time, at the next exchange. */
const unansweredMs = 30_000;

export class AgentSession {
  readonly #context: SessionContext;
  readonly #outbox: Outbox;
  readonly #timers: NodeJS.Timeout[] = [];
  #inbox: string[] = [];
  #handling: Promise<void> | undefined;
  #sending: Promise<void> | undefined;
  #exchanging: Promise<void> | undefined;
  #clusterId: string | undefined;
  #session = 0;
  #lastHeardAt: number;
  #lastNotedAt = 0;
  #frameId = 0;
  #closed = false;

  constructor(context: SessionContext) {
    this.#context = context;
    this.#outbox = new Outbox(context.limits.windowMax);
    this.#lastHeardAt = context.ports.now();
    this.#listen();
  }

  get clusterId(): string | undefined {
    return this.#clusterId;
  }

  /** Orders that wait to be sent. */
  get waiting(): number {
    return this.#outbox.size;
  }

  /** Tells the agent what it has not confirmed of this instance. */
  offer(instance: Instance): void {
    if (this.#clusterId === undefined || this.#closed) return;
    this.#offerAll(pendingOrders(instance, this.#clusterId));
  }

  /** Ends the session with a problem. The agent may come back. */
  end(error: unknown): void {
    if (this.#closed) return;
    const { code, problem } = toProblem(error);
    this.#send({ type: 'error', problem });
    this.#context.socket.close(closeCodeOf(code) ?? 1011, code);
    this.#release();
  }

  /** Resolves once no work of this session is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#handling, this.#sending, this.#exchanging]);
  }

  #listen(): void {
    const { socket, limits, logger } = this.#context;
    socket.on('message', (data: Buffer, binary: boolean) => {
      this.#onMessage(data, binary);
    });
    socket.on('pong', () => {
      this.#onPong();
    });
    socket.on('close', () => {
      this.#release();
    });
    socket.on('error', (error) => {
      logger.info({ err: error, clusterId: this.#clusterId }, 'an agent connection failed');
      socket.terminate();
    });
    this.#timers.push(
      setTimeout(() => {
        if (this.#clusterId === undefined)
          this.end(
            new DomainError('invalid-frame', 'The first frame, hello, did not come in time.'),
          );
      }, limits.helloTimeoutMs),
      setInterval(() => {
        this.#heartbeat();
      }, limits.heartbeatMs),
      setInterval(() => {
        this.#exchange();
      }, limits.exchangeMs),
    );
  }

  #onMessage(data: Buffer, binary: boolean): void {
    const { ports, frameBytesMax } = this.#context;
    this.#lastHeardAt = ports.now();
    if (binary) this.end(new DomainError('malformed-frame', 'Frames are JSON texts, not binary.'));
    else if (data.length > frameBytesMax)
      this.end(new DomainError('frame-too-large', `A frame may have ${frameBytesMax} bytes.`));
    else this.#receive(data.toString('utf8'));
  }

  #release(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#inbox = [];
    this.#context.onClosed(this);
  }

  #heartbeat(): void {
    const { socket, limits, ports, logger } = this.#context;
    if (ports.now() - this.#lastHeardAt > 3 * limits.heartbeatMs) {
      logger.warn(
        { clusterId: this.#clusterId },
        'an agent does not answer; its connection is dropped',
      );
      socket.terminate();
      this.#release();
    } else socket.ping();
  }

  /** Reports say that a cluster is alive; where none comes for a while, the heartbeat says so. */
  #onPong(): void {
    const { ports, limits, logger } = this.#context;
    const now = ports.now();
    this.#lastHeardAt = now;
    if (this.#clusterId === undefined || now - this.#lastNotedAt < limits.reportMs) return;
    this.#lastNotedAt = now;
    ports.clusters.heard(this.#clusterId, now).catch((error: unknown) => {
      logger.warn({ err: error, clusterId: this.#clusterId }, 'a heartbeat could not be noted');
    });
  }

  #receive(text: string): void {
    if (this.#closed) return;
    this.#inbox.push(text);
    if (this.#inbox.length >= this.#context.limits.inboxMax) this.#context.socket.pause();
    this.#handling ??= this.#handleAll();
  }

  async #handleAll(): Promise<void> {
    for (let text = this.#inbox.shift(); text !== undefined; text = this.#inbox.shift()) {
      try {
        await this.#handle(parseAgentFrame(text));
      } catch (error) {
        this.#onFailure(error);
      }
      if (this.#closed) break;
      if (this.#inbox.length < this.#context.limits.inboxMax / 2) this.#context.socket.resume();
    }
    this.#handling = undefined;
  }

  #onFailure(error: unknown): void {
    const { logger } = this.#context;
    const known = error instanceof DomainError ? error : undefined;
    if (known && closeCodeOf(known.code) === undefined) {
      this.#send({ type: 'error', problem: toProblem(known).problem });
      return;
    }
    if (known) logger.info({ code: known.code, clusterId: this.#clusterId }, known.detail);
    else logger.error({ err: error, clusterId: this.#clusterId }, 'a frame could not be handled');
    this.end(error);
  }

  async #handle(frame: AgentFrame): Promise<void> {
    if (frame.type === 'hello') return this.#handleHello(frame);
    const clusterId = this.#clusterId;
    if (clusterId === undefined)
      throw new DomainError('invalid-frame', 'The first frame is hello.');
    switch (frame.type) {
      case 'report':
        return this.#handleReport(clusterId, frame);
      case 'ack':
        this.#outbox.settle(frame.orders);
        this.#flush();
        return acknowledgeOrders(this.#context.ports, clusterId, frame.orders);
      case 'nack':
        this.#outbox.settle(frame.orders);
        this.#flush();
        return refuseOrders(
          this.#context.ports,
          clusterId,
          frame.orders,
          frame.problem.detail ?? frame.problem.title,
        );
      case 'bye':
        this.#context.logger.info({ clusterId }, 'the agent has left');
        this.#context.socket.close(1000, 'bye');
        this.#release();
        return;
    }
  }

  async #handleHello(frame: Extract<AgentFrame, { type: 'hello' }>): Promise<void> {
    if (this.#clusterId !== undefined)
      throw new DomainError('invalid-frame', 'There is one hello in a session.');
    const { limits, logger } = this.#context;
    const { clusterId, session, credential } = await this.#context.welcome(frame);
    if (this.#closed) return;
    this.#clusterId = clusterId;
    this.#session = session;
    this.#lastNotedAt = this.#context.ports.now();
    this.#context.onWelcomed(this);
    this.#send({
      type: 'welcome',
      clusterId,
      session,
      heartbeatIntervalMs: limits.heartbeatMs,
      reportIntervalMs: limits.reportMs,
      ...(credential === undefined ? {} : { credential }),
    });
    logger.info(
      { clusterId, cluster: frame.name, session, resumes: frame.resume },
      'an agent has joined',
    );
    this.#exchange();
  }

  async #handleReport(
    clusterId: string,
    frame: Extract<AgentFrame, { type: 'report' }>,
  ): Promise<void> {
    if (frame.session > this.#session)
      throw new DomainError('session-unknown', `This session is ${this.#session}.`);
    const { applied, strangers } = await recordReport(
      this.#context.ports,
      clusterId,
      fromReport(frame),
    );
    if (applied) this.#settleReported(frame.instances);
    this.#lastNotedAt = this.#context.ports.now();
    this.#send({ type: 'reported', session: frame.session, sequence: frame.sequence, applied });
    if (strangers.length > 0) this.#stopStrangers(strangers);
  }

  /** A report of a run answers the order to run, a report of the end answers both; their acknowledgements may have been lost. */
  #settleReported(reports: readonly InstanceObservation[]): void {
    for (const { instanceId, generation, phase } of reports) {
      const order = { instanceId, generation };
      this.#outbox.settle([{ ...order, action: 'run' }]);
      if (phase === 'UNDEPLOYED') this.#outbox.settle([{ ...order, action: 'stop' }]);
    }
    this.#flush();
  }

  /** What runs there without being bound there is told to stop; the reporter is told why. */
  #stopStrangers(strangers: readonly InstanceObservation[]): void {
    const errors = strangers.slice(0, 20).map(({ instanceId, generation }) => ({
      pointer: '#/instances',
      detail: `${instanceId} of generation ${generation} is not bound to this cluster`,
    }));
    const error = new DomainError('instance-not-yours', 'These instances have to be stopped.', {
      errors,
    });
    this.#send({ type: 'error', problem: toProblem(error).problem });
    this.#offerAll(
      strangers.map(({ instanceId, generation }) => ({
        instanceId,
        generation,
        action: 'stop' as const,
        serviceId: instanceId,
        ordinal: 0,
        revision: 1,
      })),
    );
  }

  #exchange(): void {
    if (this.#clusterId === undefined || this.#closed || this.#exchanging) return;
    const { ports, logger } = this.#context;
    this.#outbox.forget(ports.now() - unansweredMs);
    this.#exchanging = ports.instances
      .atCluster(this.#clusterId)
      .then((instances) => {
        for (const instance of instances) this.offer(instance);
      })
      .catch((error: unknown) => {
        logger.error({ err: error, clusterId: this.#clusterId }, 'the orders cannot be read');
        this.end(new DomainError('unavailable', 'The orders cannot be read; come back soon.'));
      })
      .finally(() => {
        this.#exchanging = undefined;
      });
  }

  #offerAll(orders: readonly PendingOrder[]): void {
    let news = false;
    for (const order of orders) news = this.#outbox.offer(order) || news;
    if (news) this.#flush();
  }

  #flush(): void {
    if (this.#closed) return;
    this.#sending ??= this.#sendAll()
      .catch((error: unknown) => {
        this.#context.logger.error(
          { err: error, clusterId: this.#clusterId },
          'orders cannot be sent',
        );
        this.end(new DomainError('unavailable', 'The orders cannot be read; come back soon.'));
      })
      .finally(() => {
        this.#sending = undefined;
      });
  }

  async #sendAll(): Promise<void> {
    const { limits, ports } = this.#context;
    // Everything that is offered in this turn of the event loop goes into one frame.
    await new Promise<void>((resolve) => setImmediate(resolve));
    for (;;) {
      const batch = this.#outbox.take(limits.ordersPerFrameMax, ports.now());
      if (batch.length === 0 || this.#closed) return;
      const orders = await Promise.all(batch.map((order) => this.#toOrder(order)));
      this.#frameId += 1;
      this.#send({
        type: 'apply',
        id: `${this.#session}-${this.#frameId}`,
        orders: orders.filter((order) => order !== undefined),
      });
    }
  }

  async #toOrder(order: PendingOrder): Promise<Order | undefined> {
    const { instanceId, generation, action, serviceId, ordinal, revision, worker } = order;
    if (action === 'stop') return { instanceId, generation, action };
    const descriptor = await this.#context.descriptors.find(serviceId, revision);
    if (descriptor === undefined) return undefined;
    return {
      instanceId,
      generation,
      action,
      serviceId,
      ordinal,
      revision,
      descriptor: descriptor as unknown as NonNullable<Order['descriptor']>,
      ...(worker === undefined ? {} : { worker }),
    };
  }

  #send(frame: ManagerFrame): void {
    const { socket, limits, logger } = this.#context;
    if (this.#closed || socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > limits.bufferedBytesMax) {
      logger.warn(
        { clusterId: this.#clusterId },
        'an agent reads too slowly; its session is closed',
      );
      const late = new DomainError('slow-reader', 'Frames were not read in time; come back soon.');
      socket.send(JSON.stringify({ type: 'error', problem: toProblem(late).problem }));
      socket.close(closeCodeOf('slow-reader'), 'slow-reader');
      this.#release();
      return;
    }
    socket.send(JSON.stringify(frame));
  }
}
