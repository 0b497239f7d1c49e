import DataLoader from 'dataloader';
import type { InstanceDocument } from './documents.js';
import { toObjectId } from './ids.js';
import type { Models } from './models.js';
import type { Transactions } from './unit-of-work.js';

/** So many clusters are looked up by one command. */
const togetherMax = 100;

/**
 * Finds the live instances with a half at a cluster. Clusters that are asked for in one turn of the event loop are one command, as it
 * is with what is found by id. Nothing is kept. Inside a transaction each is a command of its own.
 */
export function createInstancesAtClusters(
  { instances }: Pick<Models, 'instances'>,
  transactions: Transactions,
): (clusterId: string) => Promise<readonly InstanceDocument[]> {
  const read = (clusterIds: readonly string[]): Promise<InstanceDocument[]> => {
    const [only] = clusterIds.map(toObjectId);
    const wanted = clusterIds.length === 1 ? only : { $in: clusterIds.map(toObjectId) };
    const filter: object = { 'halves.clusterId': wanted, live: true };
    return instances.find(filter, null, transactions.options()).lean<InstanceDocument[]>();
  };

  const readAll = async (clusterIds: readonly string[]): Promise<InstanceDocument[][]> => {
    const at = new Map<string, Set<InstanceDocument>>(clusterIds.map((id) => [id, new Set()]));
    for (const document of await read([...at.keys()]))
      for (const { clusterId } of document.halves) at.get(clusterId.toHexString())?.add(document);
    return clusterIds.map((id) => [...(at.get(id) ?? [])]);
  };

  const together = new DataLoader(readAll, {
    cache: false,
    maxBatchSize: togetherMax,
    batchScheduleFn: (dispatch) => void setImmediate(dispatch),
  });
  return (clusterId) =>
    transactions.options().session === undefined ? together.load(clusterId) : read([clusterId]);
}
