import { ProblemError, type Event, type WatchOptions } from '@system-manager/client';
import { Store } from './store.js';

/** `open`: changes come as they happen; `lost`: being mended; `refused`: whoever looks may not follow the events. */
export type LiveState = 'connecting' | 'open' | 'lost' | 'refused';

type Watch = (options: WatchOptions) => AsyncIterable<Event>;

/** One stream of events for the whole page, shared by everything that shows something. */
export class LiveEvents {
  readonly state = new Store<LiveState>('connecting');
  readonly #watch: Watch;
  readonly #onUnauthenticated: () => void;
  readonly #events = new Set<(event: Event) => void>();
  readonly #gaps = new Set<() => void>();
  #abort: AbortController | undefined;

  constructor(watch: Watch, onUnauthenticated: () => void) {
    this.#watch = watch;
    this.#onUnauthenticated = onUnauthenticated;
  }

  /** Is told each event once, in order. @returns how to stop it */
  onEvent(listener: (event: Event) => void): () => void {
    this.#events.add(listener);
    return () => this.#events.delete(listener);
  }

  /** Is told when events may have been missed, so that all that is shown has to be read anew. @returns how to stop it */
  onGap(listener: () => void): () => void {
    this.#gaps.add(listener);
    return () => this.#gaps.delete(listener);
  }

  start(): void {
    this.#abort = new AbortController();
    void this.#follow(this.#abort.signal);
  }

  stop(): void {
    this.#abort?.abort();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let opened = false;
      const onConnection = (state: 'open' | 'lost'): void => {
        this.state.set(state);
        // What happened before the stream began is in none of its events; later connections go on where the last one ended.
        if (state === 'open' && !opened) for (const listener of this.#gaps) listener();
        opened ||= state === 'open';
      };
      try {
        for await (const event of this.#watch({ signal, onConnection }))
          for (const listener of this.#events) listener(event);
        return;
      } catch (error) {
        // The history has been trimmed behind us: begin anew, and read everything once.
        if (error instanceof ProblemError && error.code === 'history-trimmed') continue;
        this.state.set('refused');
        if (error instanceof ProblemError && error.status === 401) this.#onUnauthenticated();
        return;
      }
    }
  }
}
