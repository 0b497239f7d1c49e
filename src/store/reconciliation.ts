import type mongoose from 'mongoose';
import { DomainError } from '../domain/errors.js';
import type { Operation } from '../domain/operation/operation.js';
import type { ReconcileStore } from '../domain/ports.js';
import type { Changes } from '../domain/reconcile/changes.js';
import type { ServiceState } from '../domain/reconcile/state.js';
import type { Service } from '../domain/service/service.js';
import type { InstanceDocument, OperationDocument, ServiceDocument } from './documents.js';
import { toObjectId } from './ids.js';
import { fromInstanceDocument, instanceUpdate, toInstanceDocument } from './instances.js';
import type { LedgerGate } from './ledger-gate.js';
import type { Models } from './models.js';
import { fromOperationDocument, operationUpdate } from './operations.js';
import { fromServiceDocument, summaryFields } from './services.js';
import type { Transactions } from './unit-of-work.js';
import { setOrUnset, toDate } from './updates.js';
import { durably, failpoint } from '../failpoints.js';

/** How long a terminated service can still be read. */
const terminatedKeptMs = 7 * 24 * 3_600_000;

const groupBy = <T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
};

const serviceUpdate = (service: Service, now: number) => ({
  updateOne: {
    filter: { _id: toObjectId(service.id), version: service.version },
    update: setOrUnset({
      ...summaryFields(service),
      lifecycle: service.lifecycle,
      live: service.lifecycle !== 'terminated',
      expiresAt: toDate(service.lifecycle === 'terminated' ? now + terminatedKeptMs : undefined),
    }),
  },
});

const reservationUpdates = (
  { reservations }: Changes,
  ledgerVersions: ReadonlyMap<string, number>,
) =>
  [...reservations]
    .filter(([clusterId]) => ledgerVersions.has(clusterId))
    .map(([clusterId, delta]) => ({
      updateOne: {
        filter: { _id: toObjectId(clusterId), ledgerVersion: ledgerVersions.get(clusterId) },
        update: {
          $inc: {
            'reserved.cpuMillicores': delta.cpuMillicores,
            'reserved.memoryMiB': delta.memoryMiB,
            'reserved.gpus': delta.gpus,
            ledgerVersion: 1,
          },
        },
      },
    }));

/**
 * Clusters that were given up because they are away must still be so. They are written to, and not only read: a sign of theirs that
 * comes meanwhile collides with it.
 */
const abandonments = ({ abandoned }: Changes) =>
  [...abandoned].map((clusterId) => ({
    updateOne: {
      filter: { _id: toObjectId(clusterId), liveness: 'inactive' },
      update: { $inc: { ledgerVersion: 1 } },
    },
  }));

type AnyBulkWriteOperation = mongoose.mongo.AnyBulkWriteOperation;

interface Bulk {
  bulkWrite(
    operations: readonly AnyBulkWriteOperation[],
    options: object,
  ): Promise<{ matchedCount: number }>;
}

export function createReconcileStore(
  models: Models,
  transactions: Transactions,
  gate: LedgerGate,
): ReconcileStore {
  const updateAll = async (
    collection: unknown,
    updates: readonly AnyBulkWriteOperation[],
  ): Promise<void> => {
    if (updates.length === 0) return;
    const result = await (collection as Bulk).bulkWrite(updates, {
      ordered: true,
      ...transactions.options(),
    });
    if (result.matchedCount !== updates.length)
      throw new DomainError('write-conflict', 'The state has changed meanwhile.');
  };

  const load = async (serviceIds: readonly string[]): Promise<readonly ServiceState[]> => {
    const ids = serviceIds.map(toObjectId);
    // Operations first: whatever wish one of them stands for is then in the service that is read after it.
    const operations = await models.operations
      .find({ subjectId: { $in: ids }, state: 'running' })
      .lean<OperationDocument[]>();
    const [services, instances] = await Promise.all([
      models.services.find({ _id: { $in: ids }, live: true }).lean<ServiceDocument[]>(),
      models.instances.find({ serviceId: { $in: ids }, live: true }).lean<InstanceDocument[]>(),
    ]);
    const instancesOf = groupBy(instances.map(fromInstanceDocument), (each) => each.serviceId);
    const operationsOf = groupBy(operations.map(fromOperationDocument), (each) => each.subjectId);
    const inOrder = (a: Operation, b: Operation): number => (a.id < b.id ? -1 : 1);
    return services.map(fromServiceDocument).map((service) => ({
      service,
      instances: instancesOf.get(service.id) ?? [],
      operations: (operationsOf.get(service.id) ?? []).sort(inOrder),
    }));
  };

  const migratingTo = async (): Promise<ReadonlyMap<string, number>> => {
    const moving = await models.instances
      .find({ moving: true }, { halves: 1 })
      .lean<Pick<InstanceDocument, 'halves'>[]>();
    const counts = new Map<string, number>();
    for (const { role, cause, phase, clusterId } of moving.flatMap(({ halves }) => halves)) {
      if (role !== 'incoming' || cause !== 'migrate' || phase === 'RUNNING') continue;
      const id = clusterId.toHexString();
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  };

  return {
    load,
    migratingTo,
    commit: (changes, ledgerVersions, now) => {
      const write = (): Promise<void> =>
        transactions.attempt(async () => {
          await updateAll(models.clusters.collection, reservationUpdates(changes, ledgerVersions));
          await updateAll(models.clusters.collection, abandonments(changes));
          await failpoint?.('binding.reserved');
          await updateAll(
            models.services.collection,
            changes.services.map((service) => serviceUpdate(service, now)),
          );
          if (changes.createdInstances.length > 0)
            await models.instances.collection.insertMany(
              changes.createdInstances.map(toInstanceDocument),
              transactions.options(),
            );
          await updateAll(
            models.instances.collection,
            changes.instances.map((instance) => instanceUpdate(instance, now)),
          );
          await updateAll(
            models.operations.collection,
            changes.operations.map((operation) =>
              operationUpdate({ ...operation, updatedAt: now }),
            ),
          );
        });
      const reserves = changes.reservations.size > 0;
      return durably('binding.commit', () => (reserves ? gate.hold(write) : write()));
    },
  };
}
