import { clusterState, type Cluster } from '../cluster/cluster.js';
import type { Phase, PhaseCounts } from '../phase.js';
import { addResources, noResources, type Resources } from '../resources.js';
import type { Service } from '../service/service.js';

/** What the sum over clusters needs of each. */
export type ClusterTotals = Pick<
  Cluster,
  'organizationId' | 'lifecycle' | 'admission' | 'liveness' | 'capacity' | 'reserved'
> & { readonly workerCount: number };

/** What the sum over services needs of each: its own phase, and its live instances by theirs. */
export type ServiceTotals = Pick<Service, 'phase' | 'phaseCounts'>;

/** Where the sums are read. An organization sees its own, and the clusters that it can use. */
export interface TotalsStore {
  clusters(organizationId?: string): Promise<readonly ClusterTotals[]>;
  services(organizationId?: string): Promise<readonly ServiceTotals[]>;
  runningOperations(organizationId?: string): Promise<number>;
}

/** Everything in a few numbers. */
export interface Summary {
  readonly clusters: Readonly<Partial<Record<ReturnType<typeof clusterState>, number>>>;
  readonly workers: number;
  readonly capacity: Resources;
  readonly reserved: Resources;
  readonly services: PhaseCounts;
  readonly instances: PhaseCounts;
  readonly runningOperations: number;
  /** Nothing in the history up to here is missing in the numbers. */
  readonly lastSequence: number;
  /** Epoch milliseconds. */
  readonly countedAt: number;
}

const total = <Key extends string>(
  counts: Iterable<readonly [Key, number]>,
): Partial<Record<Key, number>> => {
  const sums: Partial<Record<Key, number>> = {};
  for (const [key, count] of counts) sums[key] = (sums[key] ?? 0) + count;
  return sums;
};

export const sumClusters = (clusters: readonly ClusterTotals[]) => ({
  clusters: total(clusters.map((cluster) => [clusterState(cluster), 1] as const)),
  workers: clusters.reduce((sum, { workerCount }) => sum + workerCount, 0),
  capacity: clusters.map(({ capacity }) => capacity).reduce(addResources, noResources),
  reserved: clusters.map(({ reserved }) => reserved).reduce(addResources, noResources),
});

export const sumServices = (services: readonly ServiceTotals[]) => ({
  services: total(services.map(({ phase }) => [phase, 1] as const)),
  instances: total(
    services.flatMap(({ phaseCounts }) => Object.entries(phaseCounts) as [Phase, number][]),
  ),
});

/** Adds everything up, as it is at this moment. */
export async function summarise(ports: {
  readonly organizationId?: string | undefined;
  readonly totals: TotalsStore;
  readonly events: { bounds(): Promise<{ readonly last: number }> };
  readonly now: () => number;
}): Promise<Summary> {
  const { organizationId, totals } = ports;
  const { last } = await ports.events.bounds();
  const [clusters, services, runningOperations] = await Promise.all([
    totals.clusters(organizationId),
    totals.services(organizationId),
    totals.runningOperations(organizationId),
  ]);
  return {
    ...sumClusters(clusters),
    ...sumServices(services),
    runningOperations,
    lastSequence: last,
    countedAt: ports.now(),
  };
}
