/**
 * One connection of one agent. What has to be told is derived from state: whole on connect and from time to time, and from the change feed in between.
 */
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { rotateCredential } from '../domain/cluster/rotate-credential.js';
import { DomainError } from '../domain/errors.js';
import type { Instance } from '../domain/instance/instance.js';
import {
  acknowledgeOrders,
  pendingOrders,
  stillDue,
  refuseOrders,
  type OrderReference,
} from '../domain/instance/orders.js';
import { recordReport, type InstanceObservation } from '../domain/instance/record-report.js';
import type { Ports } from '../domain/ports.js';
import { fromReport } from '../wire/values.js';
import type { Descriptors } from './descriptors.js';
import { FrameSocket, type FrameSocketLimits, type WaitingFrames } from './frame-socket.js';
import { parseAgentFrame, type AgentFrame, type ManagerFrame } from './frames.js';
import { gatherFrames, type Gathered } from './gathered-frames.js';
import { Outbound, type OutboundLimits } from './outbound.js';
import { toProblem } from './problems.js';
import { failpoint } from '../failpoints.js';

export interface SessionLimits extends OutboundLimits, FrameSocketLimits {
  readonly reportMs: number;
  /** How often the whole truth is told again. */
  readonly exchangeMs: number;
}

/** Who the agent is. */
export interface Welcome {
  readonly clusterId: string;
  readonly session: number;
  readonly credential?: string;
  readonly certificate?: string | undefined;
  /** Why the agent is sent away as soon as it has its credential. */
  readonly exclusion?: DomainError | undefined;
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
  readonly welcome: (hello: Extract<AgentFrame, { type: 'hello' }>) => Promise<Welcome>;
  readonly onWelcomed: (session: AgentSession) => void;
  readonly onClosed: (session: AgentSession) => void;
}

/** What the agent of an older session is told. */
export const sessionEnded = (): DomainError =>
  new DomainError('session-ended', 'Another connection of this cluster has taken over.');

type ReportFrame = Extract<AgentFrame, { type: 'report' }>;

/** An unanswered order is told again after this time, at the next exchange. */
const unansweredMs = 30_000;

export class AgentSession {
  readonly #context: SessionContext;
  readonly #socket: FrameSocket<ManagerFrame>;
  readonly #outbound: Outbound;
  readonly #exchangeTimer: NodeJS.Timeout;
  #exchanging: Promise<void> | undefined;
  #clusterId: string | undefined;
  #session = 0;
  /** Of the newest report that was handled. */
  #sequence = 0;
  #lastNotedAt = 0;

  constructor(context: SessionContext) {
    this.#context = context;
    this.#socket = new FrameSocket({
      ...context,
      now: context.ports.now,
      about: () => ({ clusterId: this.#clusterId }),
      handle: (text, waiting) => this.#handleSome(parseAgentFrame(text), waiting),
      onPong: () => {
        this.#onPong();
      },
      onClosed: () => {
        this.#release();
      },
    });
    this.#outbound = new Outbound({
      ...context,
      socket: this.#socket,
      now: context.ports.now,
      stillDue: (orders) => stillDue(context.ports.instances, this.#clusterId ?? '', orders),
    });
    this.#exchangeTimer = setInterval(() => {
      void this.exchange();
    }, context.limits.exchangeMs);
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
    if (this.#clusterId === undefined || this.#socket.closed) return;
    this.#outbound.offer(pendingOrders(instance, this.#clusterId));
  }

  /** Ends the session with a problem. The agent may come back. */
  end(error: unknown): void {
    this.#socket.end(error);
  }

  /** Resolves once no work of this session is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#socket.settled(), this.#outbound.settled(), this.#exchanging]);
  }

  #release(): void {
    this.#outbound.close();
    clearInterval(this.#exchangeTimer);
    this.#context.onClosed(this);
  }

  /** Reports say that a cluster is alive; where none comes for a while, the heartbeat says so. */
  #onPong(): void {
    const { ports, limits, logger } = this.#context;
    const now = ports.now();
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

  async #handleSome(first: AgentFrame, waiting: WaitingFrames): Promise<void> {
    const newest = { session: this.#session, sequence: this.#sequence };
    const gathered =
      this.#clusterId === undefined ? undefined : gatherFrames(first, waiting, newest);
    await (gathered && this.#clusterId !== undefined
      ? this.#handleGathered(this.#clusterId, gathered)
      : this.#handle(first));
  }

  async #handle(frame: AgentFrame): Promise<void> {
    if (frame.type === 'hello') return this.#handleHello(frame);
    const clusterId = this.#clusterId;
    if (clusterId === undefined)
      throw new DomainError('invalid-frame', 'The first frame is hello.');
    switch (frame.type) {
      case 'report':
        await this.#record(clusterId, [frame]);
        return;
      case 'ack':
        return this.#acknowledge(clusterId, frame.orders);
      case 'nack':
        await failpoint?.('nack.received');
        await refuseOrders(
          this.#context.ports,
          clusterId,
          this.#session,
          frame.orders,
          frame.problem.detail ?? frame.problem.title,
        );
        // Not before: a change of the instance in between would have the order told again that was just refused.
        this.#outbound.settle(frame.orders);
        await failpoint?.('nack.stored');
        return;
      case 'rotate':
        return this.#handleRotate(clusterId);
      case 'bye':
        this.#context.logger.info({ clusterId }, 'the agent has left');
        this.#socket.close(1000, 'bye');
        return;
    }
  }

  async #handleHello(frame: Extract<AgentFrame, { type: 'hello' }>): Promise<void> {
    if (this.#clusterId !== undefined)
      throw new DomainError('invalid-frame', 'There is one hello in a session.');
    const { limits, logger } = this.#context;
    const { clusterId, session, credential, certificate, exclusion } =
      await this.#context.welcome(frame);
    await failpoint?.('session.begun');
    if (this.#socket.closed) return;
    this.#socket.greeted();
    if (exclusion === undefined) {
      this.#clusterId = clusterId;
      this.#session = session;
      this.#lastNotedAt = this.#context.ports.now();
      this.#context.onWelcomed(this);
    }
    this.#socket.send({
      type: 'welcome',
      clusterId,
      session,
      heartbeatIntervalMs: limits.heartbeatMs,
      reportIntervalMs: limits.reportMs,
      ...(credential === undefined ? {} : { credential }),
      ...(certificate === undefined ? {} : { certificate }),
    });
    if (exclusion) throw exclusion;
    logger.info(
      { clusterId, cluster: frame.name, session, resumes: frame.resume },
      'an agent has joined',
    );
    void this.exchange();
  }

  async #acknowledge(clusterId: string, orders: readonly OrderReference[]): Promise<void> {
    await failpoint?.('ack.received');
    this.#outbound.settle(orders);
    await acknowledgeOrders(this.#context.ports, clusterId, orders);
    await failpoint?.('ack.stored');
  }

  /** An order whose run is reported is taken by that; its acknowledgement need not be written as well. */
  async #handleGathered(clusterId: string, { acknowledged, reports }: Gathered): Promise<void> {
    const applied = await this.#record(clusterId, reports);
    const runs = new Set(
      (applied ? reports : []).flatMap(({ instances }) =>
        instances.map(({ instanceId, generation }) => `${instanceId}/${generation}`),
      ),
    );
    const left = acknowledged.filter(
      ({ instanceId, generation, action }) =>
        action !== 'run' || !runs.has(`${instanceId}/${generation}`),
    );
    if (left.length > 0) await this.#acknowledge(clusterId, left);
  }

  /** Takes in reports of this session as one. @returns whether anything of it was new */
  async #record(clusterId: string, frames: readonly ReportFrame[]): Promise<boolean> {
    const last = frames.at(-1);
    if (last === undefined) return false;
    if (last.session > this.#session)
      throw new DomainError('session-unknown', `This session is ${this.#session}.`);
    if (last.session === this.#session) this.#sequence = Math.max(this.#sequence, last.sequence);
    const instances = frames.flatMap((frame) => frame.instances);
    const { applied, strangers } = await recordReport(
      this.#context.ports,
      clusterId,
      fromReport({ ...last, instances }),
    );
    await failpoint?.('report.stored');
    if (applied) this.#settleReported(instances);
    this.#lastNotedAt = this.#context.ports.now();
    for (const { session, sequence } of frames)
      this.#socket.send({ type: 'reported', session, sequence, applied });
    if (strangers.length > 0) this.#stopStrangers(strangers);
    return applied;
  }

  async #handleRotate(clusterId: string): Promise<void> {
    const credential = await rotateCredential(this.#context.ports, clusterId);
    this.#socket.send({ type: 'credential', credential });
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
    this.#socket.send({ type: 'error', problem: toProblem(error).problem });
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
    if (this.#clusterId === undefined || this.#socket.closed) return Promise.resolve();
    const { ports, logger } = this.#context;
    if (this.#exchanging) return this.#exchanging;
    this.#outbound.forget(ports.now() - unansweredMs);
    this.#exchanging = this.#offerAll(this.#clusterId)
      .catch((error: unknown) => {
        logger.error({ err: error, clusterId: this.#clusterId }, 'the orders cannot be read');
        this.end(new DomainError('unavailable', 'The orders cannot be read; come back soon.'));
      })
      .finally(() => {
        this.#exchanging = undefined;
      });
    return this.#exchanging;
  }

  async #offerAll(clusterId: string): Promise<void> {
    await failpoint?.('session.resuming');
    for (const instance of await this.#context.ports.instances.atCluster(clusterId))
      this.offer(instance);
  }
}
