/** When a delivery that failed is tried again, given up, and when nothing more is tried at all. Pure. */
import type { WebhookProgress } from './webhook.js';

const delayMsMin = 1_000;
const delayMsMax = 600_000;
/** About half an hour with the delays between. */
export const attemptsMax = 12;
/** How long everything may fail until the webhook is switched off. */
const failingMsMax = 24 * 3_600_000;

export interface Verdict {
  /** The progress to store, with the cursor where it was. */
  readonly progress: WebhookProgress;
  /** The delivery is put aside, and the next one is tried. */
  readonly giveUp: boolean;
  /** The webhook is switched off. */
  readonly disable: boolean;
}

/**
 * @param random - from 0 to 1: the jitter
 */
export function afterFailure(
  progress: WebhookProgress,
  reason: string,
  now: number,
  random: number,
): Verdict {
  const failures = progress.failures + 1;
  const failingSince = progress.failingSince ?? now;
  const giveUp = failures >= attemptsMax;
  const bound = Math.min(delayMsMax, delayMsMin * 2 ** (failures - 1));
  return {
    giveUp,
    disable: now - failingSince >= failingMsMax,
    progress: {
      ...progress,
      failures: giveUp ? 0 : failures,
      failingSince,
      nextAttemptAt: now + Math.round(bound / 2 + (random * bound) / 2),
      lastError: reason,
    },
  };
}

export const afterSuccess = (cursor: number, now: number): WebhookProgress => ({
  cursor,
  failures: 0,
  lastDeliveredAt: now,
});
