import { describe, expect, it } from 'vitest';
import { nextNumber, scaleInstances } from '../../../src/domain/reconcile/scaling.js';
import { aService, anInstance, id, startedAt } from '../../support/builders.js';

const surroundings = () => {
  let made = 0x100;
  return {
    now: startedAt,
    clusters: new Map(),
    lostAfterMs: 105_000,
    absences: new Map(),
    newId: () => id((made += 1)),
  };
};

describe('numbers of instances', () => {
  it('rise with every instance, while ordinals are given again', () => {
    const first = scaleInstances(aService({ replicas: 2 }), [], surroundings());
    expect(first.created.map(({ ordinal, number }) => [ordinal, number])).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(first.service.nextNumber).toBe(2);
    const [, second] = first.instances;
    const left = second ? [second] : [];
    const again = scaleInstances(first.service, left, surroundings());
    expect(again.created.map(({ ordinal, number }) => [ordinal, number])).toEqual([[0, 2]]);
    const none = scaleInstances(again.service, [], surroundings());
    expect(none.created.map(({ number }) => number)).toEqual([3, 4]);
  });

  it('come after those of instances that were stored without one', () => {
    const stored = [anInstance({ ordinal: 4 }), anInstance({ ordinal: 1, number: 2 })];
    expect(nextNumber(aService(), stored)).toBe(5);
    expect(nextNumber(aService({ nextNumber: 9 }), stored)).toBe(9);
    expect(nextNumber(aService(), [])).toBe(0);
  });

  it('change nothing where nothing is made', () => {
    const service = aService({ replicas: 1 });
    expect(scaleInstances(service, [anInstance()], surroundings()).service).toBe(service);
  });
});
