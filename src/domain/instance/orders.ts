import { DomainError } from '../errors.js';
import type { Ports } from '../ports.js';
import type { WhenLost } from '../service/descriptor.js';
import { halfOf, type Half, type Instance } from './instance.js';

/** Names an order: the same three are the same order, however often it is told. */
export interface OrderReference {
  readonly instanceId: string;
  readonly generation: number;
  readonly action: 'run' | 'stop';
}

/** What has to be told to a cluster. */
export interface PendingOrder extends OrderReference {
  readonly serviceId: string;
  readonly ordinal: number;
  readonly revision: number;
  readonly worker?: string | undefined;
  /** As it was bound, whatever the service wishes by now; absent means `keep`. */
  readonly whenLost?: WhenLost | undefined;
  readonly leaseMs?: number | undefined;
}

/** The orders for a cluster that it has not confirmed. Derived from state, so none can get lost. */
export const pendingOrders = (instance: Instance, clusterId: string): readonly PendingOrder[] =>
  instance.halves
    .filter(
      (half) =>
        half.clusterId === clusterId &&
        !half.acknowledged &&
        !(half.deferred === true && half.action === 'run'),
    )
    .map((half) => ({
      instanceId: instance.id,
      generation: half.generation,
      action: half.action,
      serviceId: instance.serviceId,
      ordinal: instance.ordinal,
      revision: half.revision,
      worker: half.worker,
      whenLost: half.whenLost,
      leaseMs: half.leaseMs,
    }));

/**
 * Those of the orders that the store still has. What a manager knows from the change feed may be old, where it was cut off for a while: an
 * instance must not be told to run under a binding that is gone. To stop is never wrong.
 */
export async function stillDue(
  instances: Pick<Ports['instances'], 'findMany'>,
  clusterId: string,
  orders: readonly PendingOrder[],
): Promise<readonly PendingOrder[]> {
  const ids = orders.flatMap(({ action, instanceId }) => (action === 'run' ? [instanceId] : []));
  if (ids.length === 0) return orders;
  const due = new Set<string>();
  for (const instance of await instances.findMany([...new Set(ids)]))
    for (const { instanceId, generation, action } of pendingOrders(instance, clusterId))
      if (action === 'run') due.add(`${instanceId} ${generation}`);
  return orders.filter(
    ({ action, instanceId, generation }) =>
      action === 'stop' || due.has(`${instanceId} ${generation}`),
  );
}

/** How often a change is tried again when others write the same instances meanwhile. */
const attemptsMax = 20;

/** @param change - the same half where there is nothing to change */
async function changeHalves(
  ports: Ports,
  clusterId: string,
  references: readonly OrderReference[],
  change: (half: Half) => Half,
): Promise<void> {
  const ids = [...new Set(references.map((each) => each.instanceId))];
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const instances = new Map((await ports.instances.findMany(ids)).map((each) => [each.id, each]));
    const changed = new Map<string, Instance>();
    for (const { instanceId, generation, action } of references) {
      const instance = changed.get(instanceId) ?? instances.get(instanceId);
      const half = instance && halfOf(instance, clusterId, generation);
      if (instance === undefined || half?.action !== action) continue;
      const next = change(half);
      if (next === half) continue;
      changed.set(instanceId, {
        ...instance,
        halves: instance.halves.map((each) => (each === half ? next : each)),
      });
    }
    if (await ports.instances.saveAll([...changed.values()])) return;
  }
  throw new DomainError('write-conflict', 'Others keep changing these instances.');
}

/**
 * Notes that a cluster has taken orders. Acknowledgements of orders that have changed since, or of another cluster's, mean nothing.
 */
export const acknowledgeOrders = (
  ports: Ports,
  clusterId: string,
  references: readonly OrderReference[],
): Promise<void> =>
  changeHalves(ports, clusterId, references, (half) =>
    half.acknowledged ? half : { ...half, acknowledged: true },
  );

/** Notes that nothing is left of what had to stop, for clusters that cannot tell it of a single instance. */
export const endOrders = (
  ports: Ports,
  clusterId: string,
  references: readonly OrderReference[],
): Promise<void> =>
  changeHalves(
    ports,
    clusterId,
    references.filter((each) => each.action === 'stop'),
    (half) =>
      half.phase === 'UNDEPLOYED' ? half : { ...half, acknowledged: true, phase: 'UNDEPLOYED' },
  );

/** Notes on which worker something runs, where its cluster does not tell. */
export const noteWorker = (
  ports: Ports,
  clusterId: string,
  references: readonly OrderReference[],
  worker: string,
): Promise<void> =>
  changeHalves(ports, clusterId, references, (half) =>
    half.worker === undefined ? { ...half, worker } : half,
  );

/** Has orders told again that were acknowledged, because the cluster does not know of them any more. */
export const repeatOrders = (
  ports: Ports,
  clusterId: string,
  references: readonly OrderReference[],
): Promise<void> =>
  changeHalves(ports, clusterId, references, (half) =>
    half.acknowledged && half.phase !== 'UNDEPLOYED' ? { ...half, acknowledged: false } : half,
  );

/**
 * Notes that a cluster cannot carry orders out. A refused run has left nothing there; a refused stop stays to be told again. A refusal
 * of an earlier session means nothing: the orders were told again in the present one, and its answer counts.
 */
export const refuseOrders = (
  ports: Ports,
  clusterId: string,
  session: number,
  references: readonly OrderReference[],
  reason: string,
): Promise<void> =>
  ports.work.transaction(async () => {
    // Written, not only read: a session that begins at the same time has to collide with this.
    if (!(await ports.clusters.heard(clusterId, session, ports.now()))) return;
    await changeHalves(
      ports,
      clusterId,
      references.filter((each) => each.action === 'run'),
      (half) =>
        half.acknowledged ? half : { ...half, phase: 'UNDEPLOYED', acknowledged: true, reason },
    );
  });
