import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { ChangeFeed } from '../domain/change.js';
import { DomainError } from '../domain/errors.js';
import type { ClusterStore } from '../domain/ports.js';
import { toPicture } from '../domain/reconcile/state.js';
import type { SchedulerRegistry } from '../domain/scheduling/registry.js';
import type { FrameSocketLimits } from './frame-socket.js';
import { SchedulerSession } from './scheduler-session.js';

export interface SchedulersOptions {
  readonly clusters: Pick<ClusterStore, 'all'>;
  readonly feed: ChangeFeed;
  readonly registry: SchedulerRegistry;
  /** Whether this manager is the one that asks schedulers. */
  readonly accepting: () => boolean;
  readonly deadlineMs: number;
  readonly limits: FrameSocketLimits;
  readonly frameBytesMax: number;
  readonly now: () => number;
  readonly logger: Logger;
}

/** Schedulers that may be connected at once. */
const sessionsMax = 100;
/** How long changes of clusters gather until schedulers are told. */
const gatherMs = 250;

/** The sessions of all schedulers. They are told together what changes of the clusters. */
export class Schedulers {
  readonly #options: SchedulersOptions;
  readonly #sessions = new Set<SchedulerSession>();
  readonly #unsubscribe: readonly (() => void)[];
  #timer: NodeJS.Timeout | undefined;
  #showing: Promise<void> | undefined;
  #last = 0;

  constructor(options: SchedulersOptions) {
    this.#options = options;
    this.#unsubscribe = [
      options.feed.onChange(({ subject }) => {
        if (subject === 'cluster') this.#showSoon();
      }),
      options.feed.onGap(() => {
        this.#showSoon();
      }),
    ];
  }

  /** @throws DomainError `unavailable`, `overloaded` - not now, or not here */
  checkRoom(): void {
    if (!this.#options.accepting())
      throw new DomainError('unavailable', 'Another manager leads; schedulers are asked by that.');
    if (this.#sessions.size >= sessionsMax)
      throw new DomainError('overloaded', 'There are too many schedulers; come back soon.');
  }

  accept(socket: WebSocket): void {
    this.#last += 1;
    this.#sessions.add(
      new SchedulerSession({
        ...this.#options,
        socket,
        session: this.#last,
        picture: () => this.#picture(),
        onClosed: (session) => this.#sessions.delete(session),
      }),
    );
  }

  /** Ends all sessions; the schedulers may come back or try another manager. */
  dismiss(error: DomainError): Promise<unknown> {
    const sessions = [...this.#sessions];
    for (const session of sessions) session.end(error);
    return Promise.all(sessions.map((session) => session.settled()));
  }

  async close(error: DomainError): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    clearTimeout(this.#timer);
    await Promise.all([this.dismiss(error), this.#showing]);
  }

  async #picture() {
    return (await this.#options.clusters.all()).map(toPicture);
  }

  #showSoon(): void {
    if (this.#timer || this.#sessions.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#showing = this.#show().finally(() => {
        this.#timer = undefined;
      });
    }, gatherMs);
  }

  async #show(): Promise<void> {
    try {
      const picture = await this.#picture();
      for (const session of this.#sessions) session.show(picture);
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'schedulers could not be told of clusters');
    }
  }
}
