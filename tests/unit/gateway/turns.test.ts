import { describe, expect, it } from 'vitest';
import { Turns } from '../../../src/gateway/turns.js';

const secondsOf = (turns: Turns, count: number, nowMs: number): number[] =>
  Array.from({ length: count }, () => turns.next(nowMs));

describe('turns', () => {
  it('follow each other at their rate, after the soonest', () => {
    expect(secondsOf(new Turns(4, 2), 5, 1_000_000)).toEqual([2, 2.25, 2.5, 2.75, 3]);
  });

  it('begin anew when those before have had theirs', () => {
    const turns = new Turns(4, 2);
    secondsOf(turns, 100, 0);
    expect(turns.next(1_000)).toBe(26);
    expect(turns.next(60_000)).toBe(2);
  });

  it('are no further away than clients wait, however many there are', () => {
    const seconds = secondsOf(new Turns(100, 2), 20_000, 0);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(60);
    expect(Math.min(...seconds)).toBe(2);
    // Nobody has more company than the rate times the rounds that it takes.
    const perSecond = new Map<number, number>();
    for (const each of seconds)
      perSecond.set(Math.floor(each), (perSecond.get(Math.floor(each)) ?? 0) + 1);
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(101 * 4);
  });
});
