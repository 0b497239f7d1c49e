import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/domain/errors.js';
import { RateLimits, rateRules, requireRate } from '../../../src/domain/limits/rate-limits.js';
import { TokenBuckets } from '../../../src/domain/limits/token-buckets.js';

const none = { read: 0, write: 0, signIn: 0, unproven: 0, connect: 0, session: 0 };

describe('a bucket', () => {
  it('gives its burst at once, and then as much as flows in', () => {
    const buckets = new TokenBuckets({ perSecond: 2, burst: 3 }, 10);
    const taken = [0, 0, 0, 0].map((now) => buckets.take('a', now).allowed);
    expect(taken).toEqual([true, true, true, false]);
    expect(buckets.take('a', 499).allowed).toBe(false);
    expect(buckets.take('a', 500).allowed).toBe(true);
    expect(buckets.take('a', 500)).toMatchObject({ allowed: false, retryAfterSeconds: 0.5 });
  });

  it('never holds more than its burst, and says when it is full', () => {
    const buckets = new TokenBuckets({ perSecond: 2, burst: 3 }, 10);
    buckets.take('a', 0);
    expect(buckets.take('a', 3_600_000)).toMatchObject({ remaining: 2, fullAfterSeconds: 0.5 });
  });

  it('does not fill when the clock goes back', () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, 10);
    buckets.take('a', 1_000);
    expect(buckets.take('a', 0).allowed).toBe(false);
    expect(buckets.take('a', 999).allowed).toBe(false);
  });

  it('is one of a bounded number; the one used longest ago is forgotten', () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, 2);
    for (const key of ['a', 'b', 'a', 'c']) buckets.take(key, 0);
    expect(buckets.size).toBe(2);
    expect(buckets.take('a', 0).allowed).toBe(false);
    expect(buckets.take('b', 0).allowed).toBe(true);
  });

  it('tells the first refusal as news, and the next ones not until it has recovered', () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 4 }, 10);
    const news = (now: number): boolean => buckets.take('a', now).news;
    expect([0, 0, 0, 0, 0, 0].map(news)).toEqual([false, false, false, false, true, false]);
    expect([1_000, 1_000].map(news)).toEqual([false, false]);
    expect([4_000, 4_000, 4_000, 4_000].map(news)).toEqual([false, false, false, true]);
  });
});

describe('limits', () => {
  it('count callers and classes apart', () => {
    const limits = new RateLimits(rateRules({ ...none, read: 0.1, write: 0.1 }), () => 0);
    const allowed = (name: 'read' | 'write', key: string) => limits.take(name, key)?.allowed;
    expect([allowed('read', 'a'), allowed('read', 'a')]).toEqual([true, false]);
    expect([allowed('read', 'b'), allowed('write', 'a')]).toEqual([true, true]);
  });

  it('that are 0 are none', () => {
    const limits = new RateLimits(rateRules(none), () => 0);
    expect(limits.take('read', 'a')).toBeUndefined();
    expect(() => {
      requireRate(limits.look('read', 'a'));
    }).not.toThrow();
  });

  it('are told by looking without being used', () => {
    const limits = new RateLimits(rateRules({ ...none, read: 0.1 }), () => 0);
    for (let n = 0; n < 5; n += 1) expect(limits.look('read', 'a')?.allowed).toBe(true);
    limits.take('read', 'a');
    const refusal = (): void => {
      requireRate(limits.look('read', 'a'));
    };
    expect(refusal).toThrow(DomainError);
    expect(refusal).toThrow(/More than 0.1 a second \(1 at once\)/);
  });
});
