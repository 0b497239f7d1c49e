/** Nobody waits longer than this: a collision is the lesser evil, the store tells both apart anyway. */
const waitMsMax = 1_000;

async function atMost(ms: number, wait: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([wait, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Lets the signs of life of single clusters wait while a decision is written that reserves room at many of them: one of these would always come in
 * between, and the decision would have to be made anew, again and again. Within one manager only; what is right does not depend on it.
 */
export class LedgerGate {
  #passing = 0;
  #held: Promise<void> | undefined;
  #onEmpty: (() => void)[] = [];

  /** Does what writes to one cluster. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#held) await atMost(waitMsMax, this.#held);
    this.#passing += 1;
    try {
      return await work();
    } finally {
      this.#passing -= 1;
      if (this.#passing === 0) for (const wake of this.#onEmpty.splice(0)) wake();
    }
  }

  /** Does what writes to many clusters, when those that pass have passed. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#held = held;
    try {
      if (this.#passing > 0)
        await atMost(waitMsMax, new Promise<void>((resolve) => this.#onEmpty.push(resolve)));
      return await work();
    } finally {
      if (this.#held === held) this.#held = undefined;
      release();
    }
  }
}
