/** Draining, taking back and removing a cluster. The reconciler moves the instances; these verbs only state the wish. */
import { DomainError } from '../errors.js';
import { endOperation, newOperation, type Operation } from '../operation/operation.js';
import type { Ports } from '../ports.js';
import { parallelMovesDefault } from '../reconcile/evacuation.js';
import { requireVersion } from '../versions.js';
import { changeCluster } from './change-cluster.js';
import type { Cluster } from './cluster.js';
import { getCluster } from './get-cluster.js';

export interface ClusterWish {
  readonly cluster: Cluster;
  readonly operation: Operation;
}

/** A wish that is repeated is answered with the operation that is already under way. */
async function openOperation(
  ports: Ports,
  clusterId: string,
  kind: Operation['kind'],
): Promise<Operation | undefined> {
  const open = await ports.operations.openFor([clusterId]);
  return open.find((operation) => operation.kind === kind);
}

async function start(
  ports: Ports,
  cluster: Cluster,
  kind: 'drain' | 'removeCluster',
  force = false,
): Promise<Operation> {
  const instances = await ports.instances.atCluster(cluster.id);
  const operation = newOperation(
    {
      id: ports.newId(),
      organizationId: cluster.organizationId,
      kind,
      subjectKind: 'cluster',
      subjectId: cluster.id,
      subjectName: cluster.name,
      total: instances.length,
      force,
    },
    ports.now(),
  );
  await ports.operations.insert(operation);
  return operation;
}

async function cancelOpen(
  ports: Ports,
  clusterId: string,
  kind: Operation['kind'],
  reason: string,
): Promise<void> {
  for (const operation of await ports.operations.openFor([clusterId]))
    if (operation.kind === kind)
      await ports.operations.replace(endOperation(operation, 'cancelled', ports.now(), reason));
}

const refuseWhileRemoving = (cluster: Cluster): void => {
  if (cluster.lifecycle === 'removing')
    throw new DomainError('cluster-removing', `The cluster ${cluster.name} is being removed.`);
};

/**
 * @param parallelMoves - how many instances may be on the move at once; a later wish changes it
 * @throws DomainError `cluster-not-found`, `version-mismatch`, `cluster-removing`
 */
export const drainCluster = (
  ports: Ports,
  id: string,
  parallelMoves = parallelMovesDefault,
  expectedVersion?: number,
): Promise<ClusterWish> =>
  ports.work.transaction(async () => {
    const cluster = await getCluster(ports.clusters, id);
    requireVersion(cluster, expectedVersion);
    refuseWhileRemoving(cluster);
    const open = await openOperation(ports, id, 'drain');
    if (open && cluster.parallelMoves === parallelMoves) return { cluster, operation: open };
    const drained = await ports.clusters.replace({
      ...cluster,
      lifecycle: 'draining',
      parallelMoves,
    });
    return { cluster: drained, operation: open ?? (await start(ports, drained, 'drain')) };
  });

/**
 * Takes a cluster back that is drained or being removed. What has moved stays where it is now, the rest stays here.
 *
 * @throws DomainError `cluster-not-found` - also when the removal is over, `version-mismatch`
 */
export const resumeCluster = (
  ports: Ports,
  id: string,
  expectedVersion?: number,
): Promise<Cluster> =>
  ports.work.transaction(async () => {
    await cancelOpen(ports, id, 'drain', 'the cluster was resumed');
    await cancelOpen(ports, id, 'removeCluster', 'the cluster was resumed');
    return changeCluster(ports, id, expectedVersion, (cluster) => ({
      ...cluster,
      lifecycle: 'present',
      parallelMoves: undefined,
      schedulable: true,
    }));
  });

/**
 * Evacuates the cluster and then forgets it. With `force` it is forgotten at once, and what was bound there is placed elsewhere.
 *
 * @throws DomainError `cluster-not-found`, `version-mismatch`
 */
export const removeCluster = (
  ports: Ports,
  id: string,
  { force, parallelMoves }: { readonly force: boolean; readonly parallelMoves: number },
  expectedVersion?: number,
): Promise<ClusterWish> =>
  ports.work.transaction(async () => {
    const cluster = await getCluster(ports.clusters, id);
    requireVersion(cluster, expectedVersion);
    const open = await openOperation(ports, id, 'removeCluster');
    if (open && !force && cluster.parallelMoves === parallelMoves)
      return { cluster, operation: open };
    await cancelOpen(ports, id, 'drain', 'the cluster is being removed');
    const removed = await ports.clusters.replace({
      ...cluster,
      lifecycle: force ? 'removed' : 'removing',
      parallelMoves,
    });
    return {
      cluster: removed,
      operation: open ?? (await start(ports, removed, 'removeCluster', force)),
    };
  });
