import type { Cluster } from '../cluster/cluster.js';
import { endOperation, type Operation } from '../operation/operation.js';
import { incomingHalf, type Half, type Instance } from '../instance/instance.js';
import type { Ports } from '../ports.js';

const isBusy = (half: Half): boolean =>
  half.action === 'stop' || (half.phase !== 'COMPLETED' && half.phase !== 'DEAD');

/** Instances that still have something to do at the cluster. */
const remainingAt = (clusterId: string, instances: readonly Instance[]): readonly Instance[] =>
  instances.filter((instance) =>
    instance.halves.some((half) => half.clusterId === clusterId && isBusy(half)),
  );

/** What an instance that is left there waits for. */
function stateOf(instance: Instance, { id, liveness }: Cluster): string {
  const away = liveness === 'inactive';
  const half = instance.halves.find((each) => each.clusterId === id && isBusy(each));
  if (half?.action === 'stop') return away ? 'has to stop when the cluster returns' : 'stops';
  if (incomingHalf(instance)) return 'moves';
  if (instance.reason !== undefined) return instance.reason;
  return away ? 'waits for the cluster to return' : 'waits for its turn';
}

/** How many instances are left, and what they wait for: the most common first. */
export function describeRemaining(
  cluster: Cluster,
  remaining: readonly Instance[],
): string | undefined {
  if (remaining.length === 0) return undefined;
  const counts = new Map<string, number>();
  for (const instance of remaining) {
    const state = stateOf(instance, cluster);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const states = [...counts]
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .slice(0, 5)
    .map(([state, count]) => `${count} ${state}`);
  const left = `${remaining.length} left: ${states.join('; ')}`;
  return cluster.liveness === 'inactive'
    ? `${left}. ${cluster.name} is away; remove it with force to give up what runs there`
    : left;
}

function advance(
  operation: Operation,
  cluster: Cluster,
  remaining: readonly Instance[],
  now: number,
): Operation {
  const total = Math.max(operation.total, remaining.length);
  const done = total - remaining.length;
  const reason = describeRemaining(cluster, remaining);
  const same = operation.done === done && operation.total === total && operation.reason === reason;
  const next = same ? operation : { ...operation, done, total, reason, updatedAt: now };
  return remaining.length === 0 ? endOperation(next, 'succeeded', now) : next;
}

/**
 * Brings the operations on a cluster up to date, and forgets the cluster once its removal has nothing left to wait for.
 *
 * @param cluster - as it is; also one that is removed already, while its operation has not ended
 * @returns whether an operation on the cluster is still open
 */
export const reconcileCluster = (ports: Ports, cluster: Cluster): Promise<boolean> =>
  ports.work.transaction(async () => {
    const open = await ports.operations.openFor([cluster.id]);
    if (open.length === 0) return false;
    const remaining = remainingAt(cluster.id, await ports.instances.atCluster(cluster.id));
    const now = ports.now();
    for (const operation of open) {
      const next = advance(operation, cluster, remaining, now);
      if (next !== operation) await ports.operations.replace(next);
    }
    if (cluster.lifecycle === 'removing' && remaining.length === 0)
      await ports.clusters.replace({ ...cluster, lifecycle: 'removed' });
    return remaining.length > 0;
  });
