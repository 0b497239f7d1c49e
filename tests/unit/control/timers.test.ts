import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Periodic } from '../../../src/control/periodic.js';
import { WakeTimer } from '../../../src/control/wake-timer.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('WakeTimer', () => {
  it('calls each key at its time, the sooner first', () => {
    const due: string[] = [];
    const timer = new WakeTimer(Date.now, (key) => due.push(key));
    timer.set('late', 1_000_500);
    timer.set('soon', 1_000_100);
    vi.advanceTimersByTime(100);
    expect(due).toEqual(['soon']);
    vi.advanceTimersByTime(400);
    expect(due).toEqual(['soon', 'late']);
  });

  it('replaces, deletes and stops', () => {
    const due: string[] = [];
    const timer = new WakeTimer(Date.now, (key) => due.push(key));
    timer.set('a', 1_000_100);
    timer.set('a', 1_000_300);
    timer.set('b', 1_000_200);
    timer.delete('b');
    vi.advanceTimersByTime(299);
    expect(due).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(due).toEqual(['a']);
    timer.set('c', 1_000_400);
    timer.stop();
    vi.advanceTimersByTime(1_000);
    expect(due).toEqual(['a']);
  });

  it('waits for hours, and notices soon that the time of day was set', () => {
    const due: string[] = [];
    const timer = new WakeTimer(Date.now, (key) => due.push(key));
    const hours = 3 * 3_600_000;
    timer.set('far', 1_000_000 + hours);
    vi.advanceTimersByTime(hours - 1);
    expect(due).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(due).toEqual(['far']);
    timer.set('tomorrow', Date.now() + 24 * 3_600_000);
    vi.setSystemTime(Date.now() + 25 * 3_600_000);
    vi.advanceTimersByTime(1_000);
    expect(due).toEqual(['far', 'tomorrow']);
  });
});

describe('Periodic', () => {
  it('never runs twice at once, goes on after a failure, and stops', async () => {
    let finish: () => void = () => undefined;
    let runs = 0;
    const errors: unknown[] = [];
    const periodic = new Periodic(
      100,
      async () => {
        runs += 1;
        if (runs === 1) await new Promise<void>((resolve) => (finish = resolve));
        else throw new Error('once');
      },
      (error) => errors.push(error),
    );
    periodic.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs).toBe(1);
    finish();
    await vi.advanceTimersByTimeAsync(100);
    expect(runs).toBe(2);
    await vi.advanceTimersByTimeAsync(100);
    expect(errors).toHaveLength(2);
    await periodic.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs).toBe(3);
  });
});
