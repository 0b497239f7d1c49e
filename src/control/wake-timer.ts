/** The time of day may be set meanwhile, so it is looked at as often as this. */
const timeoutMsMax = 1_000;

/** Calls back for each key when its time has come, with one timer for all of them. A later call for a key replaces the earlier. */
export class WakeTimer {
  readonly #due = new Map<string, number>();
  readonly #now: () => number;
  readonly #onDue: (key: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Number.POSITIVE_INFINITY;

  constructor(now: () => number, onDue: (key: string) => void) {
    this.#now = now;
    this.#onDue = onDue;
  }

  /** @param at - epoch milliseconds */
  set(key: string, at: number): void {
    this.#due.set(key, at);
    if (at < this.#timerAt) this.#arm(at);
  }

  delete(key: string): void {
    this.#due.delete(key);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#due.clear();
    this.#timerAt = Number.POSITIVE_INFINITY;
  }

  #arm(at: number): void {
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(
      () => {
        this.#fire();
      },
      Math.min(timeoutMsMax, Math.max(0, at - this.#now())),
    );
  }

  #fire(): void {
    this.#timerAt = Number.POSITIVE_INFINITY;
    const now = this.#now();
    let next = Number.POSITIVE_INFINITY;
    for (const [key, at] of this.#due) {
      if (at <= now) {
        this.#due.delete(key);
        this.#onDue(key);
      } else next = Math.min(next, at);
    }
    if (Number.isFinite(next)) this.#arm(next);
  }
}
