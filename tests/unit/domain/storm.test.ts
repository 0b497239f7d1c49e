import { describe, expect, it } from 'vitest';
import { findStorm } from '../../../src/domain/reconcile/storm.js';
import { aCluster, id, startedAt } from '../../support/builders.js';

const rules = { share: 0.5, clustersMin: 3, windowMs: 60_000 };

const present = (count: number) =>
  Array.from({ length: count }, (_, n) => aCluster({ id: id(0x100 + n) }));
const gone = (...secondsAgo: number[]) =>
  secondsAgo.map((seconds, n) =>
    aCluster({
      id: id(0x200 + n),
      liveness: 'inactive',
      lastHeardAt: startedAt - seconds * 1000,
    }),
  );

describe('a storm', () => {
  it('is more than the share of the clusters that vanish within the window', () => {
    expect(findStorm([...present(3), ...gone(0, 10, 60)], rules)).toBeUndefined();
    expect(findStorm([...present(2), ...gone(0, 10, 60)], rules)).toMatchObject({
      of: 5,
      reason: '3 of 5 clusters vanished within 60 s',
    });
  });

  it('names those that vanished together, the first one first', () => {
    const clusters = [...present(1), ...gone(0, 10, 20, 500)];
    const vanished = findStorm(clusters, rules)?.vanished.map((each) => each.id);
    expect(vanished).toEqual([id(0x202), id(0x201), id(0x200)]);
  });

  it('is not made of clusters that vanished one after another', () => {
    expect(findStorm([...present(1), ...gone(0, 100, 200, 300, 400)], rules)).toBeUndefined();
  });

  it('is not seen in few clusters, nor in those that were away long before', () => {
    expect(findStorm([...present(1), ...gone(0, 10)], rules)).toBeUndefined();
    const longGone = gone(9_000, 19_000, 29_000, 39_000, 49_000, 59_000);
    const [one, two, three] = gone(0, 5, 10).map((each, n) => ({ ...each, id: id(0x300 + n) }));
    if (!one || !two || !three) throw new Error('three clusters were made');
    expect(findStorm([...present(1), ...longGone, one, two, three], rules)).toMatchObject({
      of: 4,
    });
  });

  it('is when nobody is heard of, however few and however long ago', () => {
    expect(findStorm(gone(0, 1_000), rules)).toMatchObject({ reason: 'no cluster is heard of' });
    expect(findStorm(gone(0), rules)).toBeUndefined();
  });

  it('leaves out what was never heard of, what is being drained or shut out, and what was confirmed', () => {
    const away = gone(0, 10, 20);
    const [first, ...rest] = away;
    if (!first) throw new Error('three clusters were made');
    const storm = (one: Partial<typeof first>) =>
      findStorm([...present(2), { ...first, ...one }, ...rest], rules);
    expect(storm({})).toBeDefined();
    expect(storm({ liveness: 'registered' })).toBeUndefined();
    expect(storm({ lifecycle: 'draining' })).toBeUndefined();
    expect(storm({ admission: 'revoked' })).toBeUndefined();
    expect(storm({ absenceConfirmedFor: first.lastHeardAt })).toBeUndefined();
    // It came back since, and vanished again.
    expect(storm({ absenceConfirmedFor: startedAt - 86_400_000 })).toBeDefined();
  });
});
