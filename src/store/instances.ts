import {
  currentHalf,
  incomingHalf,
  type Half,
  type Instance,
} from '../domain/instance/instance.js';
import type { InstanceStore, PageRequest } from '../domain/ports.js';
import type { HalfDocument, InstanceDocument } from './documents.js';
import { FindsById } from './finds-by-id.js';
import { toObjectId } from './ids.js';
import { createInstancesAtClusters } from './instances-at-clusters.js';
import type { Models } from './models.js';
import { fromOwnerFields, ownerFields } from './owner.js';
import { toPage } from './pages.js';
import type { Transactions } from './unit-of-work.js';
import { compact, setOrUnset } from './updates.js';
import { durably } from '../failpoints.js';

/** How long an instance that is gone can still be read. */
const undeployedKeptMs = 24 * 3_600_000;

const toHalfDocument = ({ clusterId, boundAt, operationId, ...half }: Half): HalfDocument =>
  compact({
    ...half,
    clusterId: toObjectId(clusterId),
    boundAt: new Date(boundAt),
    operationId: operationId === undefined ? undefined : toObjectId(operationId),
  }) as HalfDocument;

const fromHalfDocument = ({ clusterId, boundAt, operationId, ...half }: HalfDocument): Half => ({
  ...half,
  clusterId: clusterId.toHexString(),
  boundAt: boundAt.getTime(),
  ...(operationId ? { operationId: operationId.toHexString() } : {}),
});

const standingOf = ({ generation, role, action, phase, worker }: Half): string =>
  [generation, role, action, phase, worker].join('/');

/** What may change in the life of an instance. */
const mutableFields = (instance: Instance, now: number) => {
  const current = currentHalf(instance);
  const incoming = incomingHalf(instance);
  return {
    revision: instance.revision,
    wanted: instance.wanted,
    live: instance.live,
    phase: instance.phase,
    reason: instance.reason,
    clusterId: current && toObjectId(current.clusterId),
    incomingClusterId: incoming && toObjectId(incoming.clusterId),
    moving: incoming ? true : undefined,
    generation: current?.generation,
    standing: instance.halves.map(standingOf).join(' '),
    halves: instance.halves.map(toHalfDocument),
    lastGeneration: instance.lastGeneration,
    decision: instance.decision && compact({ ...instance.decision }),
    refusals: instance.refusals,
    notBefore: instance.notBefore,
    removalReason: instance.removalReason,
    returnTo: instance.returnTo,
    updatedAt: new Date(now),
    expiresAt: instance.live ? undefined : new Date(now + undeployedKeptMs),
  };
};

export const toInstanceDocument = (instance: Instance): InstanceDocument =>
  compact({
    _id: toObjectId(instance.id),
    serviceId: toObjectId(instance.serviceId),
    ...ownerFields(instance.organizationId),
    serviceName: instance.serviceName,
    application: instance.application,
    ordinal: instance.ordinal,
    number: instance.number,
    ...mutableFields(instance, instance.updatedAt),
    createdAt: new Date(instance.createdAt),
    version: instance.version,
  }) as InstanceDocument;

export const fromInstanceDocument = (document: InstanceDocument): Instance => ({
  id: document._id.toHexString(),
  serviceId: document.serviceId.toHexString(),
  organizationId: fromOwnerFields(document),
  serviceName: document.serviceName,
  application: document.application,
  ordinal: document.ordinal,
  number: document.number,
  revision: document.revision,
  wanted: document.wanted,
  live: document.live,
  phase: document.phase,
  reason: document.reason,
  halves: document.halves.map(fromHalfDocument),
  lastGeneration: document.lastGeneration,
  decision: document.decision,
  refusals: document.refusals,
  notBefore: document.notBefore,
  removalReason: document.removalReason,
  returnTo: document.returnTo,
  createdAt: document.createdAt.getTime(),
  updatedAt: document.updatedAt.getTime(),
  version: document.version,
});

/** The write of one instance, if its version is still the one that it carries. */
export const instanceUpdate = (instance: Instance, now: number) => ({
  updateOne: {
    filter: { _id: toObjectId(instance.id), version: instance.version },
    update: { ...setOrUnset(mutableFields(instance, now)), $inc: { version: 1 } },
  },
});

export const createInstanceStore = (
  { instances }: Models,
  transactions: Transactions,
  now: () => number,
): InstanceStore => {
  const byId = new FindsById(instances, transactions);
  const atCluster = createInstancesAtClusters({ instances }, transactions);
  const read = async (filter: object): Promise<readonly Instance[]> => {
    const documents = await instances
      .find(filter, null, transactions.options())
      .lean<InstanceDocument[]>();
    return documents.map(fromInstanceDocument);
  };

  return {
    async find(id) {
      const document = await byId.find(id);
      return document ? fromInstanceDocument(document) : undefined;
    },
    findMany: async (ids) => (await byId.findMany(ids)).map(fromInstanceDocument),
    async list({ organizationId, serviceId, clusterId, phase }, page: PageRequest) {
      const documents = await instances
        .find(
          {
            ...ownerFields(organizationId),
            ...(phase === 'UNDEPLOYED' ? { live: false } : { live: true }),
            ...(serviceId === undefined ? {} : { serviceId: toObjectId(serviceId) }),
            ...(clusterId === undefined ? {} : { 'halves.clusterId': toObjectId(clusterId) }),
            ...(phase === undefined ? {} : { phase }),
            ...(page.after === undefined ? {} : { _id: { $gt: toObjectId(page.after) } }),
          },
          null,
          transactions.options(),
        )
        .sort({ _id: 1 })
        .limit(page.limit + 1)
        .lean<InstanceDocument[]>();
      return toPage(documents.map(fromInstanceDocument), page);
    },
    atCluster: async (clusterId) => (await atCluster(clusterId)).map(fromInstanceDocument),
    liveOf: (serviceId) => read({ serviceId: toObjectId(serviceId), live: true }),
    async servicesAt(clusterIds) {
      if (clusterIds.length === 0) return [];
      const documents = await instances
        .find(
          { 'halves.clusterId': { $in: clusterIds.map(toObjectId) }, live: true },
          { serviceId: 1 },
          transactions.options(),
        )
        .lean<Pick<InstanceDocument, 'serviceId'>[]>();
      return [...new Set(documents.map((each) => each.serviceId.toHexString()))];
    },
    async saveAll(changed) {
      if (changed.length === 0) return true;
      const result = await durably('instance.saveAll', () =>
        instances.collection.bulkWrite(
          changed.map((instance) => instanceUpdate(instance, now())),
          { ordered: false, ...transactions.options() },
        ),
      );
      return result.matchedCount === changed.length;
    },
  };
};
