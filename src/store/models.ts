import mongoose from 'mongoose';
import { createAccessModels, type AccessModels } from './access/models.js';
import { createWebhookModels, type WebhookModels } from './webhooks/models.js';
import type { Databases } from './connection.js';
import type {
  ApplicationDocument,
  ClusterDocument,
  EventDocument,
  FeedDocument,
  FenceDocument,
  IdempotencyDocument,
  InstanceDocument,
  LeaseDocument,
  NoticeDocument,
  OperationDocument,
  ServiceDocument,
} from './documents.js';

type IndexDescription = mongoose.mongo.IndexDescription;

const { Schema } = mongoose;
const mixed = Schema.Types.Mixed;
const objectId = Schema.Types.ObjectId;
const options = { versionKey: false, minimize: false, strict: true } as const;
/** The index of what belongs to an organization; see owner.ts. */
const ofOrganization = { partialFilterExpression: { owned: true }, name: 'organization' };
const resources = { cpuMillicores: Number, memoryMiB: Number, gpus: Number };

const clusterSchema = new Schema(
  {
    cluster_name: { type: String, required: true, alias: 'name' },
    cluster_location: { type: String, alias: 'location' },
    nodes: { type: Number, required: true, alias: 'workerCount' },
    active_nodes: Number,
    technology: { type: [String], alias: 'capabilities' },
    total_cpu_cores: { type: Number, alias: 'freeCpuCores' },
    memory_in_mb: { type: Number, alias: 'freeMemoryMiB' },
    last_modified: Date,
    last_modified_timestamp: Number,
    coordinates: mixed,
    labels: mixed,
    taints: [String],
    schedulable: Boolean,
    lifecycle: String,
    admission: String,
    enrolledWith: String,
    credentialProved: Boolean,
    parallelMoves: Number,
    live: Boolean,
    liveness: String,
    capacity: resources,
    reserved: resources,
    use: mixed,
    anonymousWorkers: Number,
    addedWorkers: [String],
    reportedWorkers: [mixed],
    agentVersion: String,
    ip: String,
    port: String,
    protocol: String,
    clusterinfo: mixed,
    aggregated_cpu_percent: Number,
    aggregated_memory_percent: Number,
    more: mixed,
    credentialHash: String,
    nextCredentialHash: String,
    certificateKey: String,
    session: Number,
    sequence: Number,
    lastHeardAt: Date,
    absenceConfirmedFor: Date,
    createdAt: Date,
    version: Number,
    ledgerVersion: Number,
    organizationId: objectId,
    owned: Boolean,
  },
  { ...options, collection: 'clusters' },
);
clusterSchema.index(
  { cluster_name: 1 },
  { unique: true, partialFilterExpression: { live: true }, name: 'live_name' },
);
clusterSchema.index({ liveness: 1, lastHeardAt: 1 }, { name: 'liveness' });
clusterSchema.index({ live: 1, _id: 1 }, { name: 'live' });
clusterSchema.index({ organizationId: 1, _id: 1 }, ofOrganization);

const serviceSchema = new Schema(
  {
    job_name: { type: String, required: true, alias: 'fullName' },
    file_content: { type: mixed, required: true },
    status: { type: String, required: true },
    replicas: Number,
    cluster: objectId,
    descriptor: mixed,
    phase: String,
    replicasWanted: Number,
    nextNumber: Number,
    name: String,
    application: String,
    revision: Number,
    previous: [mixed],
    paused: Boolean,
    halted: mixed,
    stableRevision: Number,
    lifecycle: String,
    live: Boolean,
    reason: String,
    phaseCounts: mixed,
    createdAt: Date,
    updatedAt: Date,
    version: Number,
    expiresAt: Date,
    organizationId: objectId,
    owned: Boolean,
  },
  { ...options, collection: 'jobs' },
);
serviceSchema.index(
  { job_name: 1 },
  { unique: true, partialFilterExpression: { live: true }, name: 'live_name' },
);
serviceSchema.index({ live: 1, _id: 1 }, { name: 'live' });
serviceSchema.index(
  { application: 1, name: 1, organizationId: 1 },
  { unique: true, partialFilterExpression: { live: true }, name: 'live_service_name' },
);
serviceSchema.index({ phase: 1, _id: 1 }, { name: 'service_phase' });
serviceSchema.index({ application: 1, live: 1, _id: 1 }, { name: 'application' });
serviceSchema.index({ name: 1, live: 1, _id: 1 }, { name: 'name' });
serviceSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' });
serviceSchema.index({ organizationId: 1, _id: 1 }, ofOrganization);

const instanceSchema = new Schema(
  {
    serviceId: { type: objectId, required: true },
    serviceName: String,
    application: String,
    ordinal: Number,
    number: Number,
    revision: Number,
    wanted: Boolean,
    live: Boolean,
    phase: String,
    reason: String,
    clusterId: objectId,
    incomingClusterId: objectId,
    moving: Boolean,
    generation: Number,
    standing: String,
    halves: [mixed],
    lastGeneration: Number,
    decision: mixed,
    refusals: Number,
    notBefore: Number,
    removalReason: String,
    returnTo: String,
    createdAt: Date,
    updatedAt: Date,
    version: Number,
    expiresAt: Date,
    organizationId: objectId,
    owned: Boolean,
  },
  { ...options, collection: 'instances' },
);
instanceSchema.index(
  { serviceId: 1, ordinal: 1 },
  { unique: true, partialFilterExpression: { live: true }, name: 'live_ordinal' },
);
instanceSchema.index({ serviceId: 1, live: 1, _id: 1 }, { name: 'service' });
instanceSchema.index({ 'halves.clusterId': 1 }, { name: 'cluster' });
instanceSchema.index({ phase: 1, _id: 1 }, { name: 'phase' });
instanceSchema.index(
  { moving: 1, _id: 1 },
  { partialFilterExpression: { moving: true }, name: 'moving' },
);
instanceSchema.index({ live: 1, _id: 1 }, { name: 'live' });
instanceSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' });
instanceSchema.index({ organizationId: 1, _id: 1 }, ofOrganization);

const applicationSchema = new Schema(
  {
    userId: objectId,
    userName: String,
    application_name: String,
    application_namespace: String,
    application_desc: String,
    label: String,
    more: mixed,
    createdAt: Date,
    updatedAt: Date,
    version: Number,
    organizationId: objectId,
    owned: Boolean,
  },
  { ...options, collection: 'apps' },
);
applicationSchema.index(
  { userId: 1, application_name: 1, application_namespace: 1, organizationId: 1 },
  { unique: true, name: 'owner_name' },
);
applicationSchema.index({ organizationId: 1, _id: 1 }, ofOrganization);

const operationSchema = new Schema(
  {
    kind: String,
    state: String,
    subjectKind: String,
    subjectId: objectId,
    subjectName: String,
    done: Number,
    total: Number,
    reason: String,
    migration: mixed,
    force: Boolean,
    before: mixed,
    after: mixed,
    removals: [mixed],
    progressAt: Date,
    createdAt: Date,
    updatedAt: Date,
    endedAt: Date,
    version: Number,
    expiresAt: Date,
    organizationId: objectId,
    owned: Boolean,
  },
  { ...options, collection: 'operations' },
);
operationSchema.index({ subjectId: 1, _id: 1 }, { name: 'subject' });
operationSchema.index({ subjectId: 1, state: 1, _id: 1 }, { name: 'subject_state' });
operationSchema.index({ state: 1, _id: 1 }, { name: 'state' });
operationSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' });
operationSchema.index({ organizationId: 1, _id: 1 }, ofOrganization);

const eventSchema = new Schema(
  {
    _id: Number,
    type: String,
    at: Date,
    subjectKind: String,
    subjectId: objectId,
    relatedIds: [objectId],
    data: mixed,
    organizationId: objectId,
    owned: Boolean,
  },
  { ...options, collection: 'events' },
);
eventSchema.index({ subjectId: 1, _id: 1 }, { name: 'subject' });
eventSchema.index({ relatedIds: 1, _id: 1 }, { name: 'related' });
eventSchema.index({ organizationId: 1, _id: 1 }, ofOrganization);

const feedSchema = new Schema(
  { _id: String, sequence: Number, trimmedTo: Number, resumeToken: mixed, fence: Number },
  { ...options, collection: 'feed' },
);

const leaseSchema = new Schema(
  {
    _id: String,
    holder: String,
    fence: Number,
    renewals: Number,
    sessions: [mixed],
    touches: Number,
  },
  { ...options, collection: 'leases' },
);

const noticeSchema = new Schema(
  { _id: String, value: String },
  { ...options, collection: 'notices' },
);

const idempotencySchema = new Schema(
  {
    _id: String,
    operationId: String,
    fingerprint: String,
    status: Number,
    headers: mixed,
    body: mixed,
    expiresAt: Date,
  },
  { ...options, collection: 'idempotency' },
);
idempotencySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' });

/** One Mongoose model a collection, bound to its database. */
export interface Models extends AccessModels, WebhookModels {
  readonly clusters: mongoose.Model<ClusterDocument>;
  readonly services: mongoose.Model<ServiceDocument>;
  readonly applications: mongoose.Model<ApplicationDocument>;
  readonly instances: mongoose.Model<InstanceDocument>;
  readonly operations: mongoose.Model<OperationDocument>;
  readonly events: mongoose.Model<EventDocument>;
  readonly feed: mongoose.Model<FeedDocument>;
  readonly leases: mongoose.Model<LeaseDocument | FenceDocument>;
  readonly notices: mongoose.Model<NoticeDocument>;
  readonly idempotency: mongoose.Model<IdempotencyDocument>;
}

const model = <T>(
  db: mongoose.Connection,
  name: string,
  schema: mongoose.Schema,
): mongoose.Model<T> => db.model(name, schema) as unknown as mongoose.Model<T>;

export const createModels = ({ clusters, jobs, access }: Databases): Models => ({
  ...createAccessModels(access),
  ...createWebhookModels(jobs),
  clusters: model<ClusterDocument>(clusters, 'Cluster', clusterSchema),
  services: model<ServiceDocument>(jobs, 'Service', serviceSchema),
  applications: model<ApplicationDocument>(jobs, 'Application', applicationSchema),
  instances: model<InstanceDocument>(jobs, 'Instance', instanceSchema),
  operations: model<OperationDocument>(jobs, 'Operation', operationSchema),
  events: model<EventDocument>(jobs, 'Event', eventSchema),
  feed: model<FeedDocument>(jobs, 'Feed', feedSchema),
  leases: model<LeaseDocument | FenceDocument>(jobs, 'Lease', leaseSchema),
  notices: model<NoticeDocument>(jobs, 'Notice', noticeSchema),
  idempotency: model<IdempotencyDocument>(jobs, 'Idempotency', idempotencySchema),
});

/** Builds the indexes that are missing; safe beside other managers that do the same. */
export async function createIndexes(models: Models): Promise<void> {
  // Side by side, and one command for each collection: what is written at the same time shares the wait for the disk.
  const build = async (model: mongoose.Model<unknown>): Promise<void> => {
    const wanted = model.schema.indexes().map(([key, rest]) => ({ ...rest, key }));
    if (wanted.length > 0) await model.collection.createIndexes(wanted as IndexDescription[]);
    else await model.createCollection();
  };
  await Promise.all((Object.values(models) as mongoose.Model<unknown>[]).map(build));
}
