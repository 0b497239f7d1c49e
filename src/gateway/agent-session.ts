/**
 * One connection of one agent. Frames are handled one after another in the order in which they came; reading pauses while too many
 * wait. What has to be told is derived from state: whole on connect and from time to time, and from the change feed in between.
 */
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { rotateCredential } from '../domain/cluster/rotate-credential.js';
import { DomainError } from '../domain/errors.js';
import type { Instance } from '../domain/instance/instance.js';
import {
  acknowledgeOrders,
  pendingOrders,
  refuseOrders,
  type OrderReference,
} from '../domain/instance/orders.js';
import { recordReport, type InstanceObservation } from '../domain/instance/record-report.js';
import type { Ports } from '../domain/ports.js';
import { fromReport } from '../wire/values.js';
import type { Descriptors } from './descriptors.js';
import { parseAgentFrame, type AgentFrame } from './frames.js';
import { Outbound, type OutboundLimits } from './outbound.js';
import { closeCodeOf, toProblem } from './problems.js';

export interface SessionLimits extends OutboundLimits {
  readonly heartbeatMs: number;
  readonly reportMs: number;
  /** How often the whole truth is told again. */
  readonly exchangeMs: number;
  readonly helloTimeoutMs: number;
  /** Frames that may wait until reading pauses. */
  readonly inboxMax: number;
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

/** What the agent of an older session is told. */
export const sessionEnded = (): DomainError =>
  new DomainError('session-ended', 'Another connection of this cluster has taken over.');

/** An unanswered order is told again after this time, at the next exchange. */
const unansweredMs = 30_000;

export class AgentSession {
  readonly #context: SessionContext;
  readonly #outbound: Outbound;
  readonly #timers: NodeJS.Timeout[] = [];
  #inbox: string[] = [];
  #handling: Promise<void> | undefined;
  #exchanging: Promise<void> | undefined;
  #clusterId: string | undefined;
  #session = 0;
  #lastHeardAt: number;
  #lastNotedAt = 0;
  #closed = false;

  constructor(context: SessionContext) {
    this.#context = context;
    this.#outbound = new Outbound({
      ...context,
      now: context.ports.now,
      onFailure: (error) => {
        this.end(error);
      },
    });
    this.#lastHeardAt = context.ports.now();
    this.#listen();
  }

  get clusterId(): string | undefined {
    return this.#clusterId;
  }

  /** Number of the session; the newest of a cluster counts, wherever its connection ends. */
  get number(): number {
    return this.#session;
  }

  /** Tells the agent what it has not confirmed of this instance. */
  offer(instance: Instance): void {
    if (this.#clusterId === undefined || this.#closed) return;
    this.#outbound.offer(pendingOrders(instance, this.#clusterId));
  }

  /** Ends the session with a problem. The agent may come back. */
  end(error: unknown): void {
    if (this.#closed) return;
    const { socket, logger } = this.#context;
    const { code, problem } = toProblem(error);
    if (code === 'slow-reader')
      logger.warn(
        { clusterId: this.#clusterId },
        'an agent reads too slowly; its session is closed',
      );
    if (socket.readyState === socket.OPEN) this.#outbound.sendLast({ type: 'error', problem });
    socket.close(closeCodeOf(code) ?? 1011, code);
    this.#release();
  }

  /** Resolves once no work of this session is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#handling, this.#outbound.settled(), this.#exchanging]);
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
        void this.exchange();
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
    this.#outbound.close();
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
    ports.clusters
      .heard(this.#clusterId, this.#session, now)
      .then((newest) => {
        if (!newest) this.end(sessionEnded());
      })
      .catch((error: unknown) => {
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
      this.#outbound.send({ type: 'error', problem: toProblem(known).problem });
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
        this.#outbound.settle(frame.orders);
        return acknowledgeOrders(this.#context.ports, clusterId, frame.orders);
      case 'nack':
        this.#outbound.settle(frame.orders);
        return refuseOrders(
          this.#context.ports,
          clusterId,
          frame.orders,
          frame.problem.detail ?? frame.problem.title,
        );
      case 'rotate':
        return this.#handleRotate(clusterId);
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
    this.#outbound.send({
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
    void this.exchange();
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
    this.#outbound.send({
      type: 'reported',
      session: frame.session,
      sequence: frame.sequence,
      applied,
    });
    if (strangers.length > 0) this.#stopStrangers(strangers);
  }

  async #handleRotate(clusterId: string): Promise<void> {
    const credential = await rotateCredential(this.#context.ports, clusterId);
    this.#outbound.send({ type: 'credential', credential });
    this.#context.logger.info({ clusterId }, 'an agent has asked for another credential');
  }

  /** A report of a run answers the order to run, a report of the end answers both; their acknowledgements may have been lost. */
  #settleReported(reports: readonly InstanceObservation[]): void {
    const settled: OrderReference[] = [];
    for (const { instanceId, generation, phase } of reports) {
      const order = { instanceId, generation };
      settled.push({ ...order, action: 'run' });
      if (phase === 'UNDEPLOYED') settled.push({ ...order, action: 'stop' });
    }
    this.#outbound.settle(settled);
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
    this.#outbound.send({ type: 'error', problem: toProblem(error).problem });
    this.#outbound.offer(
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

  /** Tells the agent all that it has not confirmed. Never rejects; resolves once all of it waits to be sent. */
  exchange(): Promise<void> {
    if (this.#clusterId === undefined || this.#closed) return Promise.resolve();
    const { ports, logger } = this.#context;
    if (this.#exchanging) return this.#exchanging;
    this.#outbound.forget(ports.now() - unansweredMs);
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
    return this.#exchanging;
  }
}
