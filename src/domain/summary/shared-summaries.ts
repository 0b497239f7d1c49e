import type { Summary } from './summary.js';

/** A summary is good for at least this long. */
const keptMsMin = 250;
/** It is good for so many times as long as it took, so that counting takes a third of the store's time at the most, however many ask. */
const keptTimes = 2;

interface Kept {
  readonly summary: Promise<Summary>;
  /** By the monotonic clock; absent while it is being counted. */
  until?: number;
}

/**
 * Counts once for everybody who asks at about the same time, since many pages look at the same numbers. Each organization has its
 * own. A count that fails is not kept.
 */
export class SharedSummaries {
  readonly #kept = new Map<string, Kept>();
  readonly #monotonic: () => number;

  /** @param monotonic - milliseconds that never go back */
  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  get(organizationId: string | undefined, count: () => Promise<Summary>): Promise<Summary> {
    const whose = organizationId ?? '';
    const now = this.#monotonic();
    for (const [key, { until }] of this.#kept)
      if (until !== undefined && until <= now) this.#kept.delete(key);
    return (this.#kept.get(whose) ?? this.#count(whose, now, count)).summary;
  }

  #count(whose: string, since: number, count: () => Promise<Summary>): Kept {
    const kept: Kept = {
      summary: count().then(
        (summary) => {
          const now = this.#monotonic();
          kept.until = now + Math.max(keptMsMin, keptTimes * (now - since));
          return summary;
        },
        (error: unknown) => {
          this.#kept.delete(whose);
          throw error;
        },
      ),
    };
    this.#kept.set(whose, kept);
    return kept;
  }
}
