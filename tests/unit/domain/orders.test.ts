import { describe, expect, it } from 'vitest';
import type { Instance } from '../../../src/domain/instance/instance.js';
import { refuseOrders, stillDue } from '../../../src/domain/instance/orders.js';
import type { Ports } from '../../../src/domain/ports.js';
import { aHalf, anInstance, id } from '../../support/builders.js';

const cluster = id(0xc1);
const order = { instanceId: id(0x10), generation: 1, action: 'run' } as const;

/** A cluster in its second session, to which an instance is bound that it has not answered for. */
function world() {
  const saved: Instance[] = [];
  const instance = anInstance({
    halves: [aHalf({ phase: 'CLUSTER_SCHEDULED', acknowledged: false })],
  });
  const ports = {
    now: () => 0,
    work: { transaction: (work: () => Promise<unknown>) => work() },
    clusters: { heard: (_id: string, session: number) => Promise.resolve(session === 2) },
    instances: {
      findMany: () => Promise.resolve([instance]),
      saveAll: (instances: readonly Instance[]) => {
        saved.push(...instances);
        return Promise.resolve(true);
      },
    },
  } as unknown as Ports;
  return { ports, saved };
}

describe('the refusal of an order', () => {
  it('says that nothing of the run is left', async () => {
    const { ports, saved } = world();
    await refuseOrders(ports, cluster, 2, [order], 'no disk');
    expect(saved.map(({ halves }) => halves[0])).toMatchObject([
      { phase: 'UNDEPLOYED', acknowledged: true, reason: 'no disk' },
    ]);
  });

  it('means nothing once a later session has begun, which was told the order again (P2, P6)', async () => {
    const { ports, saved } = world();
    await refuseOrders(ports, cluster, 1, [order], 'no disk');
    expect(saved).toEqual([]);
  });
});

describe('orders that were derived a while ago', () => {
  const told = (generation: number, action: 'run' | 'stop' = 'run', instanceId = id(0x10)) => ({
    ...{ instanceId, generation, action },
    ...{ serviceId: id(0x5e), ordinal: 0, revision: 1 },
  });
  const stored = (...instances: readonly Instance[]) => ({
    findMany: (ids: readonly string[]) =>
      Promise.resolve(instances.filter((each) => ids.includes(each.id))),
  });

  it('are told as long as the store has them, and no run of a binding that is gone', async () => {
    const second = aHalf({ generation: 2, acknowledged: false });
    const instances = stored(anInstance({ halves: [second] }));
    const orders = [told(1), told(2), told(1, 'stop'), told(3, 'run', id(0x11))];
    expect(await stillDue(instances, second.clusterId, orders)).toEqual([orders[1], orders[2]]);
    expect(await stillDue(instances, id(0xc2), orders)).toEqual([orders[2]]);
  });

  it('are no run that was acknowledged meanwhile', async () => {
    const half = aHalf({ acknowledged: true });
    const instances = stored(anInstance({ halves: [half] }));
    expect(await stillDue(instances, half.clusterId, [told(1)])).toEqual([]);
  });
});
