import { EventEmitter } from 'node:events';
import { systemClock, type Clock } from '../session/clock.js';
import { Connection, type Ending } from '../session/connection.js';
import type { Incoming } from '../session/incoming.js';
import { Reconnect, refusedWith, toDoorUrl } from '../session/reconnect.js';
import { webSocketOpener, type OpenSocket } from '../session/socket.js';
import { createTransport } from '../session/transport.js';
import {
  parseSchedulerManagerFrame,
  type PlaceFrame,
  type SchedulerFrame,
  type SchedulerManagerFrame,
} from './frames.js';
import {
  defaultTiming,
  type SchedulerSessionEvents,
  type SchedulerSessionOptions,
  type SchedulerTiming,
} from './options.js';
import { PictureKeeper } from './picture.js';

type SchedulerConnection = Connection<SchedulerFrame, SchedulerManagerFrame>;

/** One connection and what belongs to it. */
interface Attempt {
  readonly connection: SchedulerConnection;
  readonly picture: PictureKeeper;
  /** Raised when the connection ends. */
  readonly gone: AbortController;
  /** When the manager has welcomed it. */
  since?: number;
}

/**
 * Keeps a scheduler connected: knows the clusters as the manager tells them, hands batches to your `place` and your answers back. It
 * reconnects by itself for as long as it lives, and no frame from outside makes it fail.
 *
 * One object for one life: after `close()` make a new one.
 */
export class SchedulerSession extends EventEmitter<SchedulerSessionEvents> {
  readonly #options: SchedulerSessionOptions;
  readonly #timing: SchedulerTiming;
  readonly #clock: Clock;
  readonly #urls: readonly string[];
  readonly #openSocket: OpenSocket;
  readonly #reconnect: Reconnect;
  #attempts = 0;
  #state: 'new' | 'running' | 'ended' = 'new';
  #attempt: Attempt | undefined;
  #cancelReconnect: (() => void) | undefined;
  #closed: Promise<void> | undefined;

  /** @throws TypeError - no address, or one that does not begin with http or ws */
  constructor(options: SchedulerSessionOptions) {
    super();
    this.#options = options;
    this.#timing = { ...defaultTiming, ...options.timing };
    this.#clock = options.clock ?? systemClock;
    const urls = typeof options.url === 'string' ? [options.url] : options.url;
    if (urls.length === 0) throw new TypeError('the address of a manager is needed');
    this.#urls = urls.map((url) => toDoorUrl(url, '/schedule'));
    const transport = createTransport(options);
    this.#openSocket = options.openSocket ?? webSocketOpener(() => transport);
    this.#reconnect = new Reconnect(this.#timing, options.random);
  }

  /** Begins to connect; listen for `connected`. */
  start(): void {
    if (this.#state !== 'new') throw new Error('this scheduler was started before');
    this.#state = 'running';
    this.#connect();
  }

  /** Leaves in order. What is being placed is not answered any more. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#state = 'ended';
    this.#cancelReconnect?.();
    const connection = this.#attempt?.connection;
    if (connection === undefined) return;
    connection.send({ type: 'bye' });
    await connection.leave();
  }

  #connect(): void {
    this.#cancelReconnect = undefined;
    if (this.#state !== 'running') return;
    const url = this.#urls[this.#attempts % this.#urls.length] ?? '';
    this.#attempts += 1;
    const { name, requestsMax, schedulerVersion, token } = this.#options;
    const connection: SchedulerConnection = new Connection({
      parse: parseSchedulerManagerFrame,
      url,
      token,
      clock: this.#clock,
      connectTimeoutMs: this.#timing.connectTimeoutMs,
      openSocket: this.#openSocket,
      onOpen: () =>
        connection.send({
          type: 'hello',
          name,
          requestsMax: requestsMax ?? 200,
          ...(schedulerVersion === undefined ? {} : { schedulerVersion }),
        }),
      onIncoming: (incoming) => this.#take(attempt, url, incoming),
      onDrain: () => undefined,
      onEnd: (ending) => this.#lost(attempt, ending),
    });
    const attempt: Attempt = {
      connection,
      picture: new PictureKeeper(),
      gone: new AbortController(),
    };
    this.#attempt = attempt;
  }

  #take(attempt: Attempt, url: string, incoming: Incoming<SchedulerManagerFrame>): void {
    const { log } = this.#options;
    if (incoming.kind === 'unknown') {
      log?.warn({ type: incoming.type }, 'a frame of a kind that this version does not know');
    } else if (incoming.kind === 'broken') {
      log?.error({ detail: incoming.detail }, 'a frame that cannot be read');
    } else this.#handle(attempt, url, incoming.frame);
  }

  #handle(attempt: Attempt, url: string, frame: SchedulerManagerFrame): void {
    switch (frame.type) {
      case 'welcome':
        attempt.since = this.#clock.now();
        attempt.connection.expectWithin(3 * frame.heartbeatIntervalMs);
        this.#tell('connected', { session: frame.session, url });
        return;
      case 'clusters':
        attempt.picture.take(frame);
        return;
      case 'place':
        void this.#place(attempt, frame);
        return;
      case 'error':
        this.#options.log?.warn({ problem: frame.problem }, 'the manager reports a problem');
        attempt.connection.blame(frame.problem);
        return;
      default:
        frame satisfies never;
    }
  }

  /** Never rejects. */
  async #place({ connection, picture, gone }: Attempt, frame: PlaceFrame): Promise<void> {
    const { id, requests, deadlineMs } = frame;
    const over = new AbortController();
    const end = (): void => over.abort();
    const cancel = this.#clock.after(deadlineMs, end);
    gone.signal.addEventListener('abort', end);
    try {
      const context = { signal: over.signal, deadlineMs };
      const placements = await this.#options.place(requests, picture.copy(), context);
      if (over.signal.aborted) this.#tell('missed', { requests: requests.length });
      else connection.send({ type: 'placed', id, placements: [...placements] });
    } catch (error) {
      this.#options.log?.error({ err: error, requests: requests.length }, 'placing failed');
      this.#tell('missed', { requests: requests.length, error });
    } finally {
      cancel();
      gone.signal.removeEventListener('abort', end);
    }
  }

  #lost({ gone, since }: Attempt, ending: Ending): void {
    this.#attempt = undefined;
    gone.abort();
    if (this.#state !== 'running') return;
    const sessionMs = since === undefined ? undefined : this.#clock.now() - since;
    const retryInMs = this.#reconnect.nextDelayMs(ending, sessionMs);
    this.#options.log?.warn({ ...ending, retryInMs }, 'disconnected');
    this.#cancelReconnect = this.#clock.after(retryInMs, () => this.#connect());
    const { reason, code, problem, status } = ending;
    const withProblem = problem === undefined ? {} : { problem };
    if (refusedWith(ending) !== undefined && status !== undefined)
      this.#tell('refused', { status, ...withProblem });
    const withCode = code === undefined ? {} : { code };
    this.#tell('disconnected', { reason, retryInMs, ...withCode, ...withProblem });
  }

  /** A listener that throws is its author's mistake; the scheduler goes on. */
  #tell<Name extends keyof SchedulerSessionEvents>(
    name: Name,
    ...details: SchedulerSessionEvents[Name]
  ): void {
    try {
      (this.emit as (name: string, ...details: unknown[]) => boolean).call(this, name, ...details);
    } catch (error) {
      this.#options.log?.error({ err: error, event: name }, 'a listener failed');
    }
  }
}
