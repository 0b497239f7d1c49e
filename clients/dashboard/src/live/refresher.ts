import type { Clock } from './clock.js';

/**
 * Repeats a task on request: never twice at once, and not more often than every `gapMs`. Requests that come meanwhile become one,
 * so a flood of changes costs no more than a steady trickle.
 */
export class Refresher {
  readonly #task: () => Promise<void>;
  readonly #gapMs: number;
  readonly #clock: Clock;
  #startedAt = Number.NEGATIVE_INFINITY;
  #running = false;
  #requested = false;
  #stopped = false;
  #callOff: (() => void) | undefined;

  /** @param task - must not throw */
  constructor(task: () => Promise<void>, gapMs: number, clock: Clock) {
    this.#task = task;
    this.#gapMs = gapMs;
    this.#clock = clock;
  }

  request(): void {
    if (this.#stopped) return;
    this.#requested = true;
    if (this.#running || this.#callOff) return;
    const waitMs = this.#startedAt + this.#gapMs - this.#clock.now();
    if (waitMs <= 0) return this.#run();
    this.#callOff = this.#clock.after(waitMs, () => {
      this.#callOff = undefined;
      this.#run();
    });
  }

  /** What is under way ends by itself; nothing follows it. */
  stop(): void {
    this.#stopped = true;
    this.#callOff?.();
  }

  #run(): void {
    this.#running = true;
    this.#requested = false;
    this.#startedAt = this.#clock.now();
    void this.#task().finally(() => {
      this.#running = false;
      if (this.#requested) this.request();
    });
  }
}
