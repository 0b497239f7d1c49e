import type { Event } from '@system-manager/client';
import { systemClock, type Clock } from './clock.js';
import type { LiveEvents } from './live-events.js';
import { Refresher } from './refresher.js';
import { Store } from './store.js';

/** What is known of something at the manager. */
export interface Known<T> {
  readonly data?: T;
  /** Why it could not be read the last time. */
  readonly error?: unknown;
}

export interface ResourceOptions<T> {
  readonly load: (signal: AbortSignal) => Promise<T>;
  /** Whether an event may have changed it. */
  readonly concerns: (event: Event) => boolean;
  /** Up to which event the data is, where it says so. Older data is read again. */
  readonly upTo?: (data: T) => number;
  /** How often it is read without an event, for what changes without one. @default 30000 */
  readonly everyMs?: number;
}

const gapMs = 300;
/** Some of what follows from a change is no event of its own (sums, for example), and is there a moment later. */
const settlingMs = 600;
const everyMsWithoutEvents = 5_000;

/** Something at the manager, kept up to date by the events for as long as somebody looks at it. */
export class Resource<T> {
  readonly #options: ResourceOptions<T>;
  readonly #live: LiveEvents;
  readonly #clock: Clock;
  readonly #known = new Store<Known<T>>({});
  #lookers = 0;
  #end: (() => void) | undefined;
  #refresher: Refresher | undefined;

  constructor(live: LiveEvents, options: ResourceOptions<T>, clock: Clock = systemClock) {
    this.#live = live;
    this.#options = options;
    this.#clock = clock;
  }

  readonly get = (): Known<T> => this.#known.get();

  readonly subscribe = (listener: () => void): (() => void) => {
    const unsubscribe = this.#known.subscribe(listener);
    this.#lookers += 1;
    if (this.#lookers === 1) this.#end = this.#begin();
    return () => {
      unsubscribe();
      this.#lookers -= 1;
      if (this.#lookers === 0) this.#end?.();
    };
  };

  /** Reads it anew now, after a change of one's own. */
  readonly reload = (): void => this.#refresher?.request();

  #begin(): () => void {
    const abort = new AbortController();
    let newest = 0;
    let callOffSettling: (() => void) | undefined;
    const refresher = new Refresher(
      async () => {
        await this.#read(abort.signal);
        const { data } = this.#known.get();
        if (data !== undefined && (this.#options.upTo?.(data) ?? newest) < newest)
          refresher.request();
      },
      gapMs,
      this.#clock,
    );
    const stops = [
      this.#live.onGap(() => refresher.request()),
      this.#live.onEvent((event) => {
        if (!this.#options.concerns(event)) return;
        newest = event.sequence;
        refresher.request();
        callOffSettling?.();
        callOffSettling = this.#clock.after(settlingMs, () => refresher.request());
      }),
      this.#repeat(refresher),
    ];
    this.#refresher = refresher;
    refresher.request();
    return () => {
      abort.abort();
      refresher.stop();
      callOffSettling?.();
      for (const stop of stops) stop();
    };
  }

  #repeat(refresher: Refresher): () => void {
    const everyMs = (): number =>
      this.#live.state.get() === 'open' ? (this.#options.everyMs ?? 30_000) : everyMsWithoutEvents;
    const again = (): (() => void) =>
      this.#clock.after(everyMs(), () => {
        refresher.request();
        callOff = again();
      });
    let callOff = again();
    return () => callOff();
  }

  async #read(signal: AbortSignal): Promise<void> {
    try {
      const data = await this.#options.load(signal);
      if (!signal.aborted) this.#known.set({ data });
    } catch (error) {
      if (!signal.aborted) this.#known.set({ ...this.#known.get(), error });
    }
  }
}
