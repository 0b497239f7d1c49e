import type { Ports } from '../ports.js';
import { unexplainedAbsences } from '../reconcile/storm.js';

/**
 * An administrator says that the clusters that are away now are really gone. What ran there may be placed elsewhere, as if each had
 * vanished by itself. A cluster that comes back and vanishes again counts anew.
 *
 * @throws DomainError `write-conflict`
 */
export const releaseStorm = (ports: Ports): Promise<void> =>
  ports.work.transaction(async () => {
    for (const cluster of unexplainedAbsences(await ports.clusters.all()))
      await ports.clusters.replace({ ...cluster, absenceConfirmedFor: cluster.lastHeardAt });
  });
