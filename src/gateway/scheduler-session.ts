/**
 * One connection of one scheduler. It is told the picture of the clusters and what changes of it, and asked in batches. Nothing
 * that it says is believed here: answers are verified where they are bound.
 */
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { components } from '../../generated/openapi.js';
import { DomainError } from '../domain/errors.js';
import type { SchedulerRegistry } from '../domain/scheduling/registry.js';
import type {
  PlacementAnswer,
  RemoteRequest,
  RemoteScheduler,
} from '../domain/scheduling/remote.js';
import type { ClusterPicture } from '../domain/scheduling/scheduling.js';
import { defined, toResources } from '../wire/values.js';
import { FrameSocket, type FrameSocketLimits } from './frame-socket.js';
import { parseSchedulerFrame, type SchedulerFrame, type SchedulerManagerFrame } from './frames.js';
import { notAsked, OpenBatches } from './open-batches.js';
import { PictureStream } from './picture-stream.js';

export interface SchedulerSessionContext {
  readonly socket: WebSocket;
  readonly session: number;
  readonly limits: FrameSocketLimits;
  /** Largest frame from the scheduler, in bytes. */
  readonly frameBytesMax: number;
  readonly deadlineMs: number;
  readonly registry: SchedulerRegistry;
  readonly picture: () => Promise<readonly ClusterPicture[]>;
  readonly now: () => number;
  readonly logger: Logger;
  readonly onClosed: (session: SchedulerSession) => void;
}

/** Bytes that a scheduler has not taken yet, past which it is told no more changes until it has. */
const quietBytes = 1024 * 1024;

const toWire = (request: RemoteRequest): components['schemas']['PlacementRequest'] => ({
  instanceId: request.instanceId,
  serviceId: request.serviceId,
  serviceName: request.serviceName,
  application: request.application,
  runtime: request.runtime,
  resources: toResources(request.resources),
  placement: request.placement as components['schemas']['Placement'],
  labels: { ...request.labels },
  siblings: [...request.siblings].map(([clusterId, count]) => ({ clusterId, count })),
  ...(request.refusal
    ? {
        refusal: {
          ...defined({ clusterId: request.refusal.clusterId }),
          filter: request.refusal.droppedBy,
          detail: request.refusal.detail,
        },
      }
    : {}),
});

export class SchedulerSession implements RemoteScheduler {
  readonly kind = 'websocket';
  readonly #context: SchedulerSessionContext;
  readonly #socket: FrameSocket<SchedulerManagerFrame>;
  readonly #batches = new OpenBatches();
  readonly #stream = new PictureStream();
  #name = '';
  #requestsMax = 1;

  constructor(context: SchedulerSessionContext) {
    this.#context = context;
    this.#socket = new FrameSocket({
      ...context,
      about: () => ({ scheduler: this.#name }),
      handle: (text) => this.#handle(parseSchedulerFrame(text)),
      onClosed: () => {
        context.registry.remove(this);
        this.#batches.abandon();
        context.onClosed(this);
      },
    });
  }

  get name(): string {
    return this.#name;
  }

  get requestsMax(): number {
    return this.#requestsMax;
  }

  async place(
    requests: readonly RemoteRequest[],
    picture: readonly ClusterPicture[],
    deadlineMs: number,
    signal: AbortSignal,
  ): Promise<readonly PlacementAnswer[]> {
    this.#send(picture);
    if (this.#socket.closed) throw new DomainError('unavailable', 'The scheduler has gone.');
    const id = this.#batches.nextId();
    const answers = this.#batches.wait(
      id,
      requests.map(({ instanceId }) => instanceId),
      signal,
    );
    this.#socket.send({
      type: 'place',
      id,
      version: this.#stream.version,
      deadlineMs: Math.max(1, Math.round(deadlineMs)),
      requests: requests.map(toWire),
    });
    return answers;
  }

  /** Tells what has changed of the clusters, unless so much is unread that it can wait for the next time. */
  show(picture: readonly ClusterPicture[]): void {
    if (this.#stream.version > 0 && this.#socket.bufferedBytes < quietBytes) this.#send(picture);
  }

  /** Ends the session with a problem. The scheduler may come back. */
  end(error: unknown): void {
    this.#socket.end(error);
  }

  /** Resolves once no work of this session is under way. */
  settled(): Promise<void> {
    return this.#socket.settled();
  }

  #send(picture: readonly ClusterPicture[]): void {
    for (const frame of this.#stream.framesTo(picture)) this.#socket.send(frame);
  }

  async #handle(frame: SchedulerFrame): Promise<void> {
    if (frame.type === 'hello') return this.#handleHello(frame);
    if (this.#name === '') throw new DomainError('invalid-frame', 'The first frame is hello.');
    switch (frame.type) {
      case 'placed': {
        const errors = this.#batches.take(frame.id, frame.placements);
        if (errors.length === 0) return;
        this.#context.registry.statistics(this.#name).late(errors.length);
        throw notAsked(errors);
      }
      case 'bye':
        this.#context.logger.info({ scheduler: this.#name }, 'the scheduler has left');
        this.#socket.close(1000, 'bye');
    }
  }

  async #handleHello(frame: Extract<SchedulerFrame, { type: 'hello' }>): Promise<void> {
    const { registry, limits, deadlineMs, session, logger, picture } = this.#context;
    if (this.#name !== '')
      throw new DomainError('invalid-frame', 'There is one hello in a session.');
    if (frame.name === registry.builtIn.name)
      throw new DomainError('forbidden', `The name ${frame.name} is the manager's own.`);
    this.#socket.greeted();
    this.#name = frame.name;
    this.#requestsMax = frame.requestsMax ?? 1;
    this.#socket.send({
      type: 'welcome',
      session,
      heartbeatIntervalMs: limits.heartbeatMs,
      deadlineMs,
    });
    this.#send(await picture());
    if (this.#socket.closed) return;
    const before = registry.add(this);
    if (before instanceof SchedulerSession)
      before.end(new DomainError('session-ended', 'Another connection of this name took over.'));
    const { schedulerVersion } = frame;
    logger.info({ scheduler: this.#name, session, schedulerVersion }, 'a scheduler has joined');
  }
}
