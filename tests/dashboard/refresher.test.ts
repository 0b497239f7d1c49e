import { describe, expect, it } from 'vitest';
import { Refresher } from '../../clients/dashboard/src/live/refresher.js';
import { TestClock } from './test-clock.js';

const counting = () => {
  const clock = new TestClock();
  const ends: (() => void)[] = [];
  const refresher = new Refresher(() => new Promise((resolve) => ends.push(resolve)), 300, clock);
  return { clock, ends, refresher };
};

describe('a refresher', () => {
  it('runs at once, and makes one of all requests that come while it runs', async () => {
    const { clock, ends, refresher } = counting();
    for (let times = 0; times < 5; times += 1) refresher.request();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await clock.settle();
    clock.advance(300);
    expect(ends).toHaveLength(2);
  });

  it('does not run more often than it may', async () => {
    const { clock, ends, refresher } = counting();
    refresher.request();
    ends[0]?.();
    await clock.settle();
    refresher.request();
    clock.advance(299);
    expect(ends).toHaveLength(1);
    clock.advance(1);
    expect(ends).toHaveLength(2);
  });

  it('runs no more once it is stopped', async () => {
    const { clock, ends, refresher } = counting();
    refresher.request();
    refresher.request();
    refresher.stop();
    ends[0]?.();
    await clock.settle();
    clock.advance(1_000);
    expect(ends).toHaveLength(1);
  });
});
