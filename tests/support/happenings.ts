/** Things that have happened, and waiting for those to come. */
const withinMs = 30_000;

export class Happenings<T> {
  readonly all: T[] = [];
  readonly #waiting = new Set<() => void>();

  add(happening: T): void {
    this.all.push(happening);
    for (const wake of [...this.#waiting]) wake();
  }

  /**
   * The first one that fits.
   *
   * @param from - how many of the past are not looked at
   * @throws Error - none comes in time
   */
  async find<Found extends T>(
    what: string,
    fits: (happening: T) => happening is Found,
    from = 0,
  ): Promise<Found> {
    const deadline = performance.now() + withinMs;
    for (let index = from; ; index += 1) {
      while (index >= this.all.length)
        if (!(await this.#more(deadline - performance.now())))
          throw new Error(
            `${what} did not come; there are ${JSON.stringify(this.all.slice(from))}`,
          );
      const happening = this.all[index];
      if (happening !== undefined && fits(happening)) return happening;
    }
  }

  /** @returns whether something came within the time */
  #more(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (came: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve(came);
      };
      const wake = (): void => {
        end(true);
      };
      const timer = setTimeout(
        () => {
          end(false);
        },
        Math.max(0, ms),
      );
      this.#waiting.add(wake);
    });
  }
}
