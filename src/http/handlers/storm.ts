import { releaseStorm } from '../../domain/cluster/release-storm.js';
import type { Ports } from '../../domain/ports.js';
import type { Storm } from '../../domain/reconcile/storm.js';
import { toTimestamp } from '../../wire/values.js';
import type { Handlers, Schema } from '../contract.js';

const toStorm = (storm: Storm | undefined): Schema<'Storm'> =>
  storm
    ? {
        active: true,
        reason: storm.reason,
        of: storm.of,
        vanished: storm.vanished.map(({ id, name, lastHeardAt }) => ({
          clusterId: id,
          clusterName: name,
          ...(lastHeardAt === undefined ? {} : { lastHeardAt: toTimestamp(lastHeardAt) }),
        })),
      }
    : { active: false, of: 0, vanished: [] };

/** @param findStorm - looks at the clusters as they are now */
export const stormHandlers = (ports: Ports, findStorm: () => Promise<Storm | undefined>) =>
  ({
    getStorm: async () => ({ status: 200, body: toStorm(await findStorm()) }),
    releaseStorm: async () => {
      await releaseStorm(ports);
      return { status: 200, body: toStorm(await findStorm()) };
    },
  }) satisfies Partial<Handlers>;
