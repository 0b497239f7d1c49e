import type { Cluster } from '../cluster/cluster.js';
import { endOperation, type Operation } from '../operation/operation.js';
import type { Instance } from '../instance/instance.js';
import type { Ports } from '../ports.js';

/** Halves that still have something to do at the cluster. */
const remainingAt = (clusterId: string, instances: readonly Instance[]): readonly Instance[] =>
  instances.filter((instance) =>
    instance.halves.some(
      (half) =>
        half.clusterId === clusterId &&
        (half.action === 'stop' || (half.phase !== 'COMPLETED' && half.phase !== 'DEAD')),
    ),
  );

const waitingFor = (remaining: readonly Instance[]): string | undefined => {
  const refused = remaining.find((each) => each.reason !== undefined);
  return refused && `${remaining.length} left: ${refused.reason ?? ''}`;
};

function advance(operation: Operation, remaining: readonly Instance[], now: number): Operation {
  const total = Math.max(operation.total, remaining.length);
  const done = total - remaining.length;
  const reason = waitingFor(remaining);
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
      const next = advance(operation, remaining, now);
      if (next !== operation) await ports.operations.replace(next);
    }
    if (cluster.lifecycle === 'removing' && remaining.length === 0)
      await ports.clusters.replace({ ...cluster, lifecycle: 'removed' });
    return remaining.length > 0;
  });
