import type { Logger } from 'pino';
import { isLeaving } from '../domain/cluster/cluster.js';
import type { ClusterStore, InstanceStore } from '../domain/ports.js';
import { isLost } from '../domain/reconcile/state.js';
import { Periodic } from './periodic.js';

export interface LivenessOptions {
  readonly clusters: Pick<ClusterStore, 'all' | 'markInactive'>;
  readonly instances: Pick<InstanceStore, 'servicesAt'>;
  readonly enqueue: (serviceId: string) => void;
  readonly now: () => number;
  readonly logger: Logger;
  readonly inactiveAfterMs: number;
  readonly lostAfterMs: number;
  /** Since when agents could reach the manager: silence before does not count (epoch milliseconds). */
  readonly listeningSince: number;
  readonly checkEveryMs: number;
}

/** Notices clusters that have fallen silent: first inactive, then, after the grace time, their instances are lost. */
export const createLivenessLoop = (options: LivenessOptions): Periodic => {
  const { clusters, instances, enqueue, now, logger } = options;
  /** Clusters whose services were told already that they are lost. */
  let told: ReadonlySet<string> = new Set();
  const check = async (): Promise<void> => {
    const time = now();
    if (time - options.listeningSince >= options.inactiveAfterMs)
      for (const clusterId of await clusters.markInactive(time - options.inactiveAfterMs))
        logger.warn({ clusterId }, 'the cluster has not been heard of and is inactive');
    const lost = (await clusters.all())
      .filter((cluster) => isLost(cluster, { ...options, now: time }) && !isLeaving(cluster))
      .map((cluster) => cluster.id);
    for (const serviceId of await instances.servicesAt(lost.filter((id) => !told.has(id))))
      enqueue(serviceId);
    told = new Set(lost);
  };
  return new Periodic(options.checkEveryMs, check, (error) => {
    logger.error({ err: error }, 'checking which clusters are alive failed');
  });
};
