import { describe, expect, it } from 'vitest';
import { SilenceWatch } from '../../../src/control/silence-watch.js';
import { aCluster, id, startedAt } from '../../support/builders.js';

const storm = { share: 0.5, clustersMin: 3, windowMs: 60_000 };

function watching() {
  const time = { now: 5_000 };
  const watch = new SilenceWatch({ monotonic: () => time.now, storm, inactiveAfterMs: 45_000 });
  return { time, watch };
}

const one = aCluster({ liveness: 'inactive' });

describe('P2 silence', () => {
  it('counts from when this manager has first seen the last sign, whatever time that sign bears', () => {
    const { time, watch } = watching();
    for (const lastHeardAt of [0, startedAt, startedAt + 10 ** 9]) {
      const cluster = { ...one, lastHeardAt };
      expect(watch.look([cluster]).get(one.id)?.silentMs).toBe(0);
      time.now += 70_000;
      expect(watch.look([cluster]).get(one.id)?.silentMs).toBe(70_000);
    }
  });

  it('ends with any sign: a report, a session, a heartbeat', () => {
    const { time, watch } = watching();
    watch.look([one]);
    for (const sign of [{ sequence: 1 }, { session: 2 }, { lastHeardAt: startedAt + 1 }]) {
      time.now += 70_000;
      expect(watch.look([{ ...one, ...sign }]).get(one.id)?.silentMs).toBe(0);
      time.now += 70_000;
      expect(watch.look([one]).get(one.id)?.silentMs).toBe(0);
    }
  });

  it('from before the manager listened does not count', () => {
    const { time, watch } = watching();
    watch.look([one]);
    time.now += 70_000;
    expect(watch.look([one], time.now - 1_000).get(one.id)?.silentMs).toBe(1_000);
  });

  it('of 45 s by the clock of this manager makes an active cluster fall silent', () => {
    const { time, watch } = watching();
    const active = aCluster({ liveness: 'active', lastHeardAt: 0 });
    watch.look([active]);
    time.now += 44_999;
    watch.look([active]);
    expect(watch.fallenSilent).toEqual([]);
    time.now += 1;
    watch.look([active], time.now - 1_000);
    expect(watch.fallenSilent).toEqual([]);
    watch.look([active]);
    expect(watch.fallenSilent).toEqual([active]);
    watch.look([{ ...active, lastHeardAt: 1 }]);
    expect(watch.fallenSilent).toEqual([]);
  });

  it('of a cluster that is there is nobody’s business, and is forgotten with it', () => {
    const { time, watch } = watching();
    watch.look([one]);
    time.now += 70_000;
    expect(watch.look([{ ...one, liveness: 'active' }]).size).toBe(0);
    watch.look([]);
    expect(watch.look([one]).get(one.id)?.silentMs).toBe(0);
  });
});

describe('a storm', () => {
  const clusters = [1, 2, 3, 4].map((n) => aCluster({ id: id(n), lastHeardAt: startedAt }));
  const away = (...indexes: number[]) =>
    clusters.map((each, n) =>
      indexes.includes(n) ? { ...each, liveness: 'inactive' as const } : each,
    );

  it('holds back, and gives those that are still away some time after it', () => {
    const { time, watch } = watching();
    let sequence = 0;
    const heldBack = (...indexes: number[]) => {
      sequence += 1;
      const clusters = away(...indexes).map((each) =>
        each.liveness === 'active' ? { ...each, sequence } : each,
      );
      return watch.look(clusters).get(id(1))?.heldBack;
    };
    expect(heldBack(0)).toBeUndefined();
    expect(heldBack(0, 1, 2)).toContain('3 of 4 clusters vanished within 60 s');
    expect(watch.storm?.vanished).toHaveLength(3);
    time.now += 1_000_000;
    expect(heldBack(0, 1, 2)).toContain('vanished');
    expect(heldBack(0)).toContain('coming back');
    expect(watch.storm).toBeUndefined();
    time.now += 44_999;
    expect(heldBack(0)).toContain('coming back');
    time.now += 1;
    expect(heldBack(0)).toBeUndefined();
  });

  it('is seen before all of its clusters are called inactive', () => {
    const { time, watch } = watching();
    watch.look(away());
    time.now += 45_000;
    expect(watch.look(away(0)).get(id(1))?.heldBack).toContain('no cluster is heard of');
    const heard = away(0).map((each, n) => (n === 3 ? { ...each, sequence: 9 } : each));
    expect(watch.look(heard).get(id(1))?.heldBack).toContain('3 of 4 clusters vanished');
  });

  it('holds nothing back that an administrator has confirmed', () => {
    const { watch } = watching();
    expect(watch.look(away(0, 1, 2)).get(id(1))?.heldBack).toBeDefined();
    const confirmed = away(0, 1, 2).map((each) => ({
      ...each,
      absenceConfirmedFor: each.lastHeardAt,
    }));
    expect(watch.look(confirmed).get(id(1))?.heldBack).toBeUndefined();
  });
});
