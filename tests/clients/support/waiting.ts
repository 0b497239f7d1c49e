import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks until the answer is neither undefined nor false. For things that nobody announces, such as processes of the machine; the limit
 * is far beyond what it takes, so that a busy machine does not fail a test.
 */
export async function eventually<T>(
  what: string,
  ask: () => T | Promise<T>,
  limitMs = 120_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) {
      return answer as NonNullable<Exclude<T, false>>;
    }
    if (performance.now() > deadline) throw new Error(`not within ${limitMs} ms: ${what}`);
    await delay(15);
  }
}

/** Things that happened, and waiting for the next ones. */
export class Happenings<T> {
  readonly all: T[] = [];
  #waiters: (() => void)[] = [];

  add(happening: T): void {
    this.all.push(happening);
    for (const wake of this.#waiters.splice(0)) wake();
  }

  /** The first that fits, past or to come. */
  async find<Found>(
    what: string,
    pick: (happening: T) => Found | undefined | false,
    { from = 0, limitMs = 120_000 } = {},
  ): Promise<Found> {
    const deadline = performance.now() + limitMs;
    for (let index = from; ; index += 1) {
      while (index >= this.all.length) await this.#next(what, deadline);
      const found = pick(this.all[index] as T);
      if (found !== undefined && found !== false) return found;
    }
  }

  async #next(what: string, deadline: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`never came: ${what}; there is ${JSON.stringify(this.all)}`)),
        Math.max(0, deadline - performance.now()),
      );
      this.#waiters.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
