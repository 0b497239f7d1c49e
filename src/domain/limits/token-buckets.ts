/** How often something may happen: so many times at once, and then as often as the bucket is filled again. */
export interface RateRule {
  readonly perSecond: number;
  readonly burst: number;
}

/** What a bucket said when somebody wanted to take from it. */
export interface Rate {
  readonly allowed: boolean;
  /** Whole tokens that are left. */
  readonly remaining: number;
  /** Seconds until there is a token again; 0 while there is one. */
  readonly retryAfterSeconds: number;
  /** Seconds until the bucket is full. */
  readonly fullAfterSeconds: number;
  /** The first refusal since the bucket was last half full: worth a line in the log. */
  readonly news: boolean;
}

interface Bucket {
  tokens: number;
  filledAt: number;
  told: boolean;
}

/**
 * One bucket for each key. There are never more than `keysMax`: the one that was used longest ago is forgotten, which is to say that
 * it is full again.
 */
export class TokenBuckets {
  readonly #rule: RateRule;
  readonly #keysMax: number;
  /** In the order of their last use. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(rule: RateRule, keysMax: number) {
    this.#rule = rule;
    this.#keysMax = keysMax;
  }

  get size(): number {
    return this.#buckets.size;
  }

  /** Takes a token, if there is one. @param now - milliseconds of a clock that does not go back */
  take(key: string, now: number): Rate {
    const bucket = this.#filled(key, now);
    const allowed = bucket.tokens >= 1;
    if (allowed) bucket.tokens -= 1;
    const news = !allowed && !bucket.told;
    if (news) bucket.told = true;
    this.#keep(key, bucket);
    return this.#rate(bucket, allowed, news);
  }

  /** Says what `take` would say, and takes nothing. */
  look(key: string, now: number): Rate {
    const bucket = this.#filled(key, now);
    return this.#rate(bucket, bucket.tokens >= 1, false);
  }

  #filled(key: string, now: number): Bucket {
    const { burst, perSecond } = this.#rule;
    const bucket = this.#buckets.get(key) ?? { tokens: burst, filledAt: now, told: false };
    const seconds = Math.max(0, now - bucket.filledAt) / 1000;
    bucket.tokens = Math.min(burst, bucket.tokens + seconds * perSecond);
    bucket.filledAt = now;
    if (bucket.tokens >= burst / 2) bucket.told = false;
    return bucket;
  }

  #keep(key: string, bucket: Bucket): void {
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size <= this.#keysMax) return;
    for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest);
      return;
    }
  }

  #rate({ tokens }: Bucket, allowed: boolean, news: boolean): Rate {
    const { burst, perSecond } = this.#rule;
    return {
      allowed,
      remaining: Math.floor(tokens),
      retryAfterSeconds: tokens >= 1 ? 0 : (1 - tokens) / perSecond,
      fullAfterSeconds: (burst - tokens) / perSecond,
      news,
    };
  }
}
