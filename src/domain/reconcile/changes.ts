import type { Instance } from '../instance/instance.js';
import type { Operation } from '../operation/operation.js';
import {
  addResources,
  noResources,
  sameResources,
  subtractResources,
  type Resources,
} from '../resources.js';
import type { Service } from '../service/service.js';
import type { Convergence } from './converge.js';

/** What has to be written, all of it or nothing. Every update names the version that it was decided on. */
export interface Changes {
  readonly services: readonly Service[];
  readonly createdInstances: readonly Instance[];
  /** As they should be; `version` is still the one that they had. */
  readonly instances: readonly Instance[];
  readonly operations: readonly Operation[];
  /** What each cluster's reservation grows (or shrinks) by. */
  readonly reservations: ReadonlyMap<string, Resources>;
  /** Clusters that must still be away. */
  readonly abandoned: ReadonlySet<string>;
}

const reservedBy = (
  instance: Instance | undefined,
  into: Map<string, Resources>,
  sign: 1 | -1,
): void => {
  for (const { clusterId, resources } of instance?.halves ?? []) {
    const sum = into.get(clusterId) ?? noResources;
    into.set(
      clusterId,
      sign === 1 ? addResources(sum, resources) : subtractResources(sum, resources),
    );
  }
};

/** The difference between the state before and the decision. */
export function changesOf(convergences: readonly Convergence[]): Changes {
  const services: Service[] = [];
  const createdInstances: Instance[] = [];
  const instances: Instance[] = [];
  const operations: Operation[] = [];
  const reservations = new Map<string, Resources>();
  const abandoned = new Set(convergences.flatMap((each) => [...each.abandoned]));
  for (const {
    before,
    service,
    instances: after,
    created,
    operations: operationsAfter,
  } of convergences) {
    if (service !== before.service) services.push(service);
    const known = new Map(before.instances.map((instance) => [instance.id, instance]));
    for (const [id, instance] of after) {
      const old = known.get(id);
      if (old === instance) continue;
      (created.has(id) ? createdInstances : instances).push(instance);
      reservedBy(old, reservations, -1);
      reservedBy(instance, reservations, 1);
    }
    const operationsBefore = new Map(
      before.operations.map((operation) => [operation.id, operation]),
    );
    for (const operation of operationsAfter)
      if (operationsBefore.get(operation.id) !== operation) operations.push(operation);
  }
  for (const [clusterId, delta] of reservations)
    if (sameResources(delta, noResources)) reservations.delete(clusterId);
  return { services, createdInstances, instances, operations, reservations, abandoned };
}

export const isEmpty = (changes: Changes): boolean =>
  changes.services.length === 0 &&
  changes.createdInstances.length === 0 &&
  changes.instances.length === 0 &&
  changes.operations.length === 0;
