import type { Logger } from 'pino';
import type { ClusterStore, InstanceStore } from '../domain/ports.js';
import type { Storm } from '../domain/reconcile/storm.js';
import type { Silence } from '../domain/reconcile/reconcile-services.js';
import { isLost } from '../domain/reconcile/state.js';
import { Periodic } from './periodic.js';
import type { SilenceWatch } from './silence-watch.js';

export interface LivenessOptions {
  readonly clusters: Pick<ClusterStore, 'presences' | 'markInactive'>;
  readonly instances: Pick<InstanceStore, 'servicesAt'>;
  readonly enqueue: (serviceId: string) => void;
  readonly watch: Pick<SilenceWatch, 'fallenSilent' | 'storm'>;
  readonly logger: Logger;
  readonly silence: Silence;
  readonly checkEveryMs: number;
}

/**
 * Notices clusters that have fallen silent: first inactive, then, after the grace time, their instances are lost. Services are looked
 * at again when their instances are lost, and when what has held them back begins or ends.
 */
export const createLivenessLoop = (options: LivenessOptions): Periodic => {
  const { clusters, instances, enqueue, watch, logger, silence } = options;
  /** Clusters whose services were told that they are lost, with what held them back then. */
  let told: ReadonlyMap<string, string | undefined> = new Map();
  let storm: Storm | undefined;

  const tellStorm = (): void => {
    const before = storm;
    storm = watch.storm;
    if (storm && before?.reason !== storm.reason)
      logger.warn(
        { vanished: storm.vanished.map(({ id }) => id), of: storm.of },
        `${storm.reason}; nothing is placed elsewhere for now`,
      );
    else if (before && !storm) logger.info('the clusters are no longer in a storm');
  };

  const check = async (): Promise<void> => {
    let all = await clusters.presences();
    let absences = silence.look(all);
    if (watch.fallenSilent.length > 0) {
      for (const clusterId of await clusters.markInactive(watch.fallenSilent))
        logger.warn({ clusterId }, 'the cluster has not been heard of and is inactive');
      all = await clusters.presences();
      absences = silence.look(all);
    }
    tellStorm();
    const { lostAfterMs } = silence;
    const lost = new Map(
      all
        .filter((cluster) => isLost(cluster, { absences, lostAfterMs }))
        .map(({ id }) => [id, absences.get(id)?.heldBack]),
    );
    const news = [...lost].filter(([id, heldBack]) => !told.has(id) || told.get(id) !== heldBack);
    for (const serviceId of await instances.servicesAt(news.map(([id]) => id))) enqueue(serviceId);
    told = lost;
  };
  return new Periodic(options.checkEveryMs, check, (error) => {
    logger.error({ err: error }, 'checking which clusters are alive failed');
  });
};
