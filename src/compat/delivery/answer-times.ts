/** When orders were answered, so that a report that cannot know of them yet is told from one that has lost them. */

/** How much is remembered; only who forgets early asks for it. */
const rememberedMax = 100_000;

export class AnswerTimes {
  readonly #now: () => number;
  readonly #settleMs: number;
  readonly #answeredAt = new Map<string, number>();

  /**
   * @param now - epoch milliseconds
   * @param settleMs - how long after an answer a report may come that does not know of it yet
   */
  constructor(now: () => number, settleMs: number) {
    this.#now = now;
    this.#settleMs = settleMs;
  }

  remember(key: string): void {
    this.#answeredAt.delete(key);
    this.#answeredAt.set(key, this.#now());
    const [oldest] = this.#answeredAt.keys();
    if (this.#answeredAt.size > rememberedMax && oldest !== undefined)
      this.#answeredAt.delete(oldest);
  }

  /**
   * Whether the answer is so long ago that reports must know of it.
   *
   * @param since - counts where nothing is remembered (epoch milliseconds); nothing while nobody may decide that
   */
  mayForget(key: string, since: number | undefined): boolean {
    if (since === undefined) return false;
    return this.#now() - (this.#answeredAt.get(key) ?? since) >= this.#settleMs;
  }
}
