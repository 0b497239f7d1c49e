import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { KnownClusters } from '../../../src/control/known-clusters.js';
import type { Change } from '../../../src/domain/change.js';
import type { Cluster } from '../../../src/domain/cluster/cluster.js';
import { aCluster, id } from '../../support/builders.js';

const one = aCluster({ id: id(1), ledgerVersion: 5 });
const two = aCluster({ id: id(2), ledgerVersion: 5 });
const room = { cpuMillicores: 100, memoryMiB: 10, gpus: 0 };

/** A store that is read by hand, and a feed that tells what it is told. */
function knowing(...stored: Cluster[]) {
  const events = new EventEmitter<{ change: [Change]; gap: [] }>();
  const store = { stored, reads: 0, whileRead: (): void => undefined, fails: false };
  const known = new KnownClusters(
    {
      all: async () => {
        store.reads += 1;
        const read = store.stored;
        if (store.fails) throw new Error('the store is away');
        store.whileRead();
        await Promise.resolve();
        return read;
      },
    },
    {
      onChange: (listener) => {
        events.on('change', listener);
        return () => events.off('change', listener);
      },
      onGap: (listener) => {
        events.on('gap', listener);
        return () => events.off('gap', listener);
      },
    },
  );
  const tell = (clusterId: string, after: Cluster | undefined): void => {
    events.emit('change', {
      subject: 'cluster',
      id: clusterId,
      kind: 'update',
      after,
      fields: new Set(),
      at: 1,
    });
  };
  return { known, store, tell, gap: () => events.emit('gap') };
}

describe('known clusters', () => {
  it('are read once, and follow what is told', async () => {
    const { known, store, tell } = knowing(one, two);
    expect(await known.all()).toEqual([one, two]);
    const changed = { ...one, name: 'other', ledgerVersion: 6 };
    tell(one.id, changed);
    expect(await known.all()).toEqual([changed, two]);
    expect(store.reads).toBe(1);
  });

  it('come in the order of their ids, whenever they were told', async () => {
    const { known, tell } = knowing(two);
    await known.all();
    const three = aCluster({ id: id(3) });
    tell(three.id, three);
    tell(one.id, one);
    expect(await known.all()).toEqual([one, two, three]);
  });

  it('are without those that are removed', async () => {
    const { known, tell } = knowing(one, two);
    await known.all();
    tell(one.id, { ...one, lifecycle: 'removed' });
    tell(two.id, undefined);
    expect(await known.all()).toEqual([]);
  });

  it('have what was told while they were read', async () => {
    const { known, store, tell } = knowing(one);
    const changed = { ...one, name: 'other', ledgerVersion: 6 };
    store.whileRead = () => {
      tell(one.id, changed);
      tell(two.id, two);
    };
    expect(await known.all()).toEqual([changed, two]);
  });

  it('have what was reserved at once, and do not lose it to what is told from before', async () => {
    const { known, tell } = knowing(one, two);
    await known.all();
    known.reserved(new Map([[one.id, room]]), new Map([[one.id, 5]]));
    const reserved = { ...one, reserved: room, ledgerVersion: 6 };
    expect(await known.all()).toEqual([reserved, two]);
    tell(one.id, { ...one, sequence: 9 });
    expect(await known.all()).toEqual([reserved, two]);
    tell(one.id, { ...reserved, sequence: 9 });
    expect(await known.all()).toEqual([{ ...reserved, sequence: 9 }, two]);
  });

  it('do not have twice what the feed has told before the store has answered', async () => {
    const { known, tell } = knowing(one, two);
    await known.all();
    const told = { ...one, reserved: room, ledgerVersion: 6 };
    tell(one.id, told);
    known.reserved(new Map([[one.id, room]]), new Map([[one.id, 5]]));
    expect(await known.all()).toEqual([told, two]);
  });

  it('do not come to be by a reservation', async () => {
    const { known } = knowing(one);
    await known.all();
    known.reserved(new Map([[two.id, room]]), new Map([[two.id, 5]]));
    expect(await known.all()).toEqual([one]);
  });

  it('are read again after a doubt, a gap, or a read that failed', async () => {
    const { known, store, gap } = knowing(one);
    await known.all();
    store.stored = [two];
    known.doubt();
    expect(await known.all()).toEqual([two]);
    store.stored = [one, two];
    gap();
    expect(await known.all()).toEqual([one, two]);
    store.fails = true;
    gap();
    await expect(known.all()).rejects.toThrow('the store is away');
    store.fails = false;
    expect(await known.all()).toEqual([one, two]);
    expect(store.reads).toBe(5);
  });

  it('are read once more when a doubt comes while they are read', async () => {
    const { known, store } = knowing(one);
    store.whileRead = () => {
      known.doubt();
      store.whileRead = () => undefined;
    };
    await known.all();
    await known.all();
    expect(store.reads).toBe(2);
  });

  it('hear nothing after they were stopped', async () => {
    const { known, tell } = knowing(one);
    await known.all();
    known.stop();
    tell(two.id, two);
    expect(await known.all()).toEqual([one]);
  });
});
