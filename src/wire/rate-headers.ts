import type { RateVerdict } from '../domain/limits/rate-limits.js';

/**
 * `RateLimit-Policy` and `RateLimit` as the IETF drafts them: how much is allowed in which time, how much of it is left, and when
 * all of it is there again. All times are whole seconds.
 */
export const rateHeaders = ({
  name,
  rule,
  remaining,
  fullAfterSeconds,
}: RateVerdict): Readonly<Record<'ratelimit-policy' | 'ratelimit', string>> => ({
  'ratelimit-policy': `"${name}";q=${Math.floor(rule.burst)};w=${Math.ceil(rule.burst / rule.perSecond)}`,
  ratelimit: `"${name}";r=${remaining};t=${Math.ceil(fullAfterSeconds)}`,
});
