import { DomainError } from '../errors.js';
import { TokenBuckets, type Rate, type RateRule } from './token-buckets.js';

/**
 * What is counted apart. `read` and `write` belong to whoever has proved who they are, wherever they come from: a fleet behind one
 * address has as much of both as one that is spread. What nobody has proved belongs to the address: `unproven` requests, attempts to
 * sign in (`signIn`), and attempts to open a WebSocket (`connect`). `session` belongs to one cluster that opens one.
 */
export type RateClass = 'read' | 'write' | 'signIn' | 'unproven' | 'connect' | 'session';

/** How often each is allowed; without a rule, always. */
export type RateRules = Readonly<Partial<Record<RateClass, RateRule>>>;

/** Short bursts are how people and programs work: what is allowed in ten seconds is allowed at once. */
const burstSeconds = 10;

/** The rule of so many a second; 0 stands for no rule. */
export const rateOf = (perSecond: number): RateRule | undefined =>
  perSecond === 0 ? undefined : { perSecond, burst: Math.max(1, perSecond * burstSeconds) };

/** Far more than one caller needs, and less than one manager can do. */
export const defaultRates = {
  read: 1_000,
  write: 200,
  signIn: 20,
  unproven: 100,
  connect: 500,
  session: 5,
} as const satisfies Record<RateClass, number>;

/** Rules for so many a second of each class. */
export const rateRules = (perSecond: Readonly<Record<RateClass, number>>): RateRules =>
  Object.fromEntries(
    Object.entries(perSecond)
      .map(([name, rate]) => [name, rateOf(rate)] as const)
      .filter(([, rule]) => rule !== undefined),
  );

/** Callers of one class that are remembered at once; some megabytes in all. */
const keysMax = 50_000;

/** What a caller is told of a limit, whether it is within it or not. */
export interface RateVerdict extends Rate {
  readonly name: RateClass;
  readonly rule: RateRule;
}

/** The limits of one manager; others count for themselves. */
export class RateLimits {
  readonly #rules: RateRules;
  readonly #now: () => number;
  readonly #buckets = new Map<RateClass, TokenBuckets>();

  /** @param now - milliseconds of a clock that does not go back */
  constructor(rules: RateRules, now: () => number) {
    this.#rules = rules;
    this.#now = now;
    for (const [name, rule] of Object.entries(rules) as [RateClass, RateRule][])
      this.#buckets.set(name, new TokenBuckets(rule, keysMax));
  }

  /** Counts one. @returns nothing where there is no limit */
  take(name: RateClass, key: string): RateVerdict | undefined {
    const rate = this.#buckets.get(name)?.take(key, this.#now());
    return this.#verdict(name, rate);
  }

  /** Says what `take` would say, and counts nothing. */
  look(name: RateClass, key: string): RateVerdict | undefined {
    const rate = this.#buckets.get(name)?.look(key, this.#now());
    return this.#verdict(name, rate);
  }

  #verdict(name: RateClass, rate: Rate | undefined): RateVerdict | undefined {
    const rule = this.#rules[name];
    return rate && rule && { name, rule, ...rate };
  }
}

/** @throws DomainError `rate-limited` - the limit is reached */
export function requireRate(verdict: RateVerdict | undefined): void {
  if (verdict === undefined || verdict.allowed) return;
  const { perSecond, burst } = verdict.rule;
  throw new DomainError(
    'rate-limited',
    `More than ${perSecond} a second (${burst} at once) are not taken here; wait as long as Retry-After says.`,
    { retryAfterSeconds: verdict.retryAfterSeconds },
  );
}
