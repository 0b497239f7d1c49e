import { DomainError } from '../domain/errors.js';
import type { PageRequest, ServiceStore } from '../domain/ports.js';
import type { Phase } from '../domain/phase.js';
import { fullName, type Descriptor } from '../domain/service/descriptor.js';
import { statusOf, type OutsideDecision, type Service } from '../domain/service/service.js';
import { toJobFields } from '../wire/job-descriptor.js';
import { isOurs, type ServiceDocument } from './documents.js';
import { isDuplicateKey } from './errors.js';
import { FindsById } from './finds-by-id.js';
import { toObjectId } from './ids.js';
import type { Models } from './models.js';
import { fromOwnerFields, ownerFields } from './owner.js';
import { toPage } from './pages.js';
import type { Transactions } from './unit-of-work.js';
import { compact, setOrUnset } from './updates.js';
import { durably } from '../failpoints.js';

export const toServiceDocument = (service: Service): ServiceDocument =>
  compact({
    _id: toObjectId(service.id),
    ...ownerFields(service.organizationId),
    ...wishFields(service),
    ...summaryFields(service),
    createdAt: new Date(service.createdAt),
    version: service.version,
  }) as ServiceDocument;

/** What the manager holds to be true; documents of earlier versions have it where others write now. */
const ownFields = (document: ServiceDocument) => ({
  descriptor: document.descriptor ?? (document.file_content as unknown as Descriptor),
  phase: document.phase ?? (document.status as Phase),
  replicas: document.replicasWanted ?? document.replicas,
});

/** What a scheduler of 2021 has written, told from our own by what stands beside it. `REQUESTED` is what everybody starts from. */
function outsideOf(document: ServiceDocument): OutsideDecision | undefined {
  const { status, replicas, reason, cluster } = document;
  const own = ownFields(document);
  const foreignStatus = status !== statusOf({ ...own, reason }) && status !== 'REQUESTED';
  const foreignReplicas = replicas !== own.replicas;
  if (!foreignStatus && !foreignReplicas) return undefined;
  return compact({
    status: foreignStatus ? status : undefined,
    replicas: foreignReplicas ? replicas : undefined,
    clusterId: cluster?.toHexString(),
  });
}

export const fromServiceDocument = (document: ServiceDocument): Service => ({
  id: document._id.toHexString(),
  organizationId: fromOwnerFields(document),
  name: document.name,
  application: document.application,
  ...ownFields(document),
  nextNumber: document.nextNumber,
  revision: document.revision,
  previous: document.previous,
  paused: document.paused,
  halted: document.halted,
  stableRevision: document.stableRevision,
  lifecycle: document.lifecycle,
  reason: document.reason,
  phaseCounts: document.phaseCounts,
  clusterId: document.cluster?.toHexString(),
  outside: outsideOf(document),
  createdAt: document.createdAt.getTime(),
  updatedAt: document.updatedAt.getTime(),
  version: document.version,
});

/** Names are unique within an organization; those by which clusters know a service, everywhere. */
const uniqueName = (service: Service): string =>
  service.organizationId === undefined || service.descriptor.microservice !== undefined
    ? fullName(service.descriptor)
    : `${service.organizationId}.${fullName(service.descriptor)}`;

/** What users wish. */
const wishFields = (service: Service) => ({
  job_name: uniqueName(service),
  name: service.name,
  application: service.application,
  file_content: service.descriptor.job?.fields ?? toJobFields(service.descriptor),
  descriptor: service.descriptor,
  replicas: service.replicas,
  replicasWanted: service.replicas,
  revision: service.revision,
  previous: [...service.previous],
  paused: service.paused,
  halted: service.halted,
  lifecycle: service.lifecycle,
  live: service.lifecycle !== 'terminated',
  updatedAt: new Date(service.updatedAt),
});

/** What the reconciler keeps up to date. */
export const summaryFields = (service: Service) => ({
  replicas: service.replicas,
  nextNumber: service.nextNumber,
  status: statusOf(service),
  phase: service.phase,
  reason: service.reason,
  phaseCounts: service.phaseCounts,
  stableRevision: service.stableRevision,
  halted: service.halted,
  cluster: service.clusterId === undefined ? undefined : toObjectId(service.clusterId),
});

export const createServiceStore = (
  { services }: Models,
  transactions: Transactions,
): ServiceStore => {
  const byId = new FindsById(services, transactions);
  return {
    async find(id) {
      const document = await byId.find(id);
      return document && isOurs(document) ? fromServiceDocument(document) : undefined;
    },
    async list({ organizationId, application, name, phase }, page: PageRequest) {
      const documents = await services
        .find(
          {
            ...ownerFields(organizationId),
            ...(phase === 'UNDEPLOYED' ? { live: false } : { live: true }),
            ...(application === undefined ? {} : { application }),
            ...(name === undefined ? {} : { name }),
            ...(phase === undefined ? {} : { phase }),
            ...(page.after === undefined ? {} : { _id: { $gt: toObjectId(page.after) } }),
          },
          null,
          transactions.options(),
        )
        .sort({ _id: 1 })
        .limit(page.limit + 1)
        .lean<ServiceDocument[]>();
      return toPage(documents.map(fromServiceDocument), page);
    },
    async insert(service) {
      try {
        await durably('service.insert', () =>
          services.collection.insertOne(toServiceDocument(service), transactions.options()),
        );
      } catch (error) {
        if (isDuplicateKey(error))
          throw new DomainError(
            'service-name-in-use',
            `The application ${service.application} has a service named ${service.name} already; update it, or choose another name.`,
            { errors: [{ pointer: '#/name', detail: 'is in use' }] },
          );
        throw error;
      }
    },
    async replace(service) {
      const { $set, $unset } = setOrUnset({
        ...wishFields(service),
        status: statusOf(service),
        phase: service.phase,
      });
      const result = await durably('service.replace', () =>
        services.collection.updateOne(
          { _id: toObjectId(service.id), version: service.version },
          { ...($set && { $set }), ...($unset && { $unset }), $inc: { version: 1 } },
          transactions.options(),
        ),
      );
      if (result.matchedCount === 0)
        throw new DomainError('write-conflict', 'The service has changed meanwhile; try again.');
      return { ...service, version: service.version + 1 };
    },
    async invite(id) {
      const invited = { _id: toObjectId(id), live: true, status: { $ne: 'REQUESTED' } };
      await services.collection.updateOne(invited, { $set: { status: 'REQUESTED' } });
    },
    async restore(service) {
      const { outside } = service;
      if (outside === undefined) return;
      await services.collection.updateOne(
        {
          _id: toObjectId(service.id),
          version: service.version,
          ...(outside.status === undefined ? {} : { status: outside.status }),
          ...(outside.replicas === undefined ? {} : { replicas: outside.replicas }),
        },
        { $set: { status: statusOf(service), replicas: service.replicas } },
      );
    },
  };
};
