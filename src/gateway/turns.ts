/** No turn is further away than clients wait at most. */
const waitSecondsMax = 60;

/**
 * Gives those who came at once one turn after the other, so that they do not come at once again. A turn is no right: whoever comes
 * early is let in if there is room.
 */
export class Turns {
  readonly #perSecond: number;
  readonly #soonestSeconds: number;
  #lastAt = 0;

  /** @param soonestSeconds - the first turn */
  constructor(perSecond: number, soonestSeconds: number) {
    this.#perSecond = perSecond;
    this.#soonestSeconds = soonestSeconds;
  }

  /**
   * @param nowMs - of a clock that does not go back
   *
   * @returns in how many seconds the next turn is
   */
  next(nowMs: number): number {
    const soonest = nowMs / 1000 + this.#soonestSeconds;
    const turn = Math.max(this.#lastAt + 1 / this.#perSecond, soonest);
    // Beyond that they begin anew: they share turns with those before.
    this.#lastAt = turn - nowMs / 1000 > waitSecondsMax ? soonest : turn;
    return this.#lastAt - nowMs / 1000;
  }
}
