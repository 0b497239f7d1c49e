/** A clock that stands still until it is told to move on. */
export class FakeClock {
  #now: number;

  constructor(start = Date.UTC(2026, 0, 5, 9)) {
    this.#now = start;
  }

  /** Epoch milliseconds. */
  readonly now = (): number => this.#now;

  advance(ms: number): void {
    this.#now += ms;
  }
}
