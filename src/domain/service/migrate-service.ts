import { DomainError } from '../errors.js';
import { currentHalf, type Instance } from '../instance/instance.js';
import type { Destination, MigrationStrategy } from '../operation/operation.js';
import type { Ports } from '../ports.js';
import { mayHaveWorker } from '../cluster/cluster.js';
import { changeService } from './change-service.js';
import type { ServiceWish } from './deploy-service.js';

export interface MigrationWish {
  readonly to: Destination;
  /** All of the service when absent. */
  readonly instanceIds?: readonly string[] | undefined;
  readonly strategy: MigrationStrategy;
  readonly timeoutMs: number;
  readonly healthyMs: number;
}

/** @throws DomainError `destination-not-found` - no cluster is what was named, whatever its state */
async function checkDestination(ports: Ports, to: Destination): Promise<void> {
  const clusters = await ports.clusters.all();
  const found = clusters.some(
    (cluster) =>
      (to.cluster === undefined || to.cluster === cluster.name) &&
      (to.location === undefined || to.location === cluster.location) &&
      (to.worker === undefined || mayHaveWorker(cluster, to.worker)),
  );
  if (found) return;
  const named = Object.entries(to).map(([kind, name]) => `${kind} ${name}`);
  throw new DomainError('destination-not-found', `There is no ${named.join(' with ')}.`);
}

/** @throws DomainError `instance-not-found`, `nothing-to-migrate` */
function chooseInstances(
  instances: readonly Instance[],
  ids: readonly string[] | undefined,
): readonly string[] {
  const placed = instances.filter((each) => each.wanted && currentHalf(each) !== undefined);
  const unknown = ids?.find((id) => !instances.some((each) => each.id === id));
  if (unknown !== undefined)
    throw new DomainError('instance-not-found', `The service has no instance ${unknown}.`);
  const chosen = ids ? placed.filter((each) => ids.includes(each.id)) : placed;
  if (chosen.length === 0)
    throw new DomainError(
      'nothing-to-migrate',
      'No instance is placed yet; there is nothing to move.',
    );
  return chosen.map((each) => each.id);
}

/**
 * Wishes that instances go elsewhere. Each is healthy at its target before it stops at its source, unless the strategy is
 * `breakBeforeMake`; where that fails, the source stays, or it is brought back there.
 *
 * @throws DomainError `service-not-found`, `version-mismatch`, `service-terminating`, `destination-not-found`,
 * `instance-not-found`, `nothing-to-migrate`
 */
export const migrateService = (
  ports: Ports,
  id: string,
  { to, instanceIds, ...how }: MigrationWish,
  expectedVersion?: number,
): Promise<ServiceWish> =>
  changeService(ports, id, expectedVersion, async (service) => {
    await checkDestination(ports, to);
    const chosen = chooseInstances(await ports.instances.liveOf(id), instanceIds);
    return {
      kind: 'migrate',
      service,
      fields: {
        total: chosen.length,
        migration: { to, instanceIds: chosen, ...how, outcomes: [] },
      },
    };
  });
