/** When deliveries are tried again (P10). */
import { describe, expect, it } from 'vitest';
import { afterFailure, afterSuccess, attemptsMax } from '../../../src/domain/webhook/retrying.js';
import { asksFor, type WebhookProgress } from '../../../src/domain/webhook/webhook.js';

const start: WebhookProgress = { cursor: 7, failures: 0 };
const why = 'answered with 500';

describe('after a failure', () => {
  it('waits twice as long each time, up to ten minutes, with jitter', () => {
    let progress = start;
    const waits: (readonly [number, number])[] = [];
    for (let times = 1; times < attemptsMax; times += 1) {
      const least = afterFailure(progress, why, 0, 0);
      const most = afterFailure(progress, why, 0, 1);
      waits.push([least.progress.nextAttemptAt ?? 0, most.progress.nextAttemptAt ?? 0]);
      ({ progress } = most);
    }
    expect(waits.slice(0, 3)).toEqual([
      [500, 1_000],
      [1_000, 2_000],
      [2_000, 4_000],
    ]);
    expect(waits.at(-1)).toEqual([300_000, 600_000]);
  });

  it('gives up after the last attempt, and begins anew with what comes next', () => {
    const last = afterFailure({ ...start, failures: attemptsMax - 1 }, why, 5, 0);
    expect(last).toMatchObject({
      giveUp: true,
      progress: { failures: 0, failingSince: 5, cursor: 7 },
    });
    expect(afterFailure(start, why, 0, 0).giveUp).toBe(false);
  });

  it('switches off after a day without a success', () => {
    const day = 24 * 3_600_000;
    const failing = { ...start, failingSince: 1 };
    expect(afterFailure(failing, why, day, 0).disable).toBe(false);
    expect(afterFailure(failing, why, day + 1, 0).disable).toBe(true);
    expect(afterSuccess(9, 3)).toEqual({ cursor: 9, failures: 0, lastDeliveredAt: 3 });
  });
});

describe('a webhook asks', () => {
  it.each([
    [[], 'service.deployed', true],
    [['service.deployed'], 'service.deployed', true],
    [['service.*'], 'service.deployed', true],
    [['service.*'], 'services.deployed', false],
    [['cluster.*', 'service.scaled'], 'service.deployed', false],
  ])('with %j for %s: %s', (types, type, asked) => {
    expect(asksFor({ types }, type)).toBe(asked);
  });
});
