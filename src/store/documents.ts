/** How the nouns of the domain lie in the database. Field names of the 2021 database API are kept; all else lies beside them. */
import type { OwnerFields } from './owner.js';
import type { Cluster, Worker } from '../domain/cluster/cluster.js';
import type { Half, Instance } from '../domain/instance/instance.js';
import type { Operation } from '../domain/operation/operation.js';
import type { Phase, PhaseCounts } from '../domain/phase.js';
import type { ResourceUse, Resources } from '../domain/resources.js';
import type { Descriptor } from '../domain/service/descriptor.js';
import type { Halt, Revision, Service } from '../domain/service/service.js';
import type { Binary, ObjectId } from './ids.js';

/** What others have put into a collection has no version, whatever it looks like otherwise. */
export const isOurs = (document: object): boolean => 'version' in document;

/** `clusters.clusters` */
export interface ClusterDocument extends OwnerFields {
  _id: ObjectId;
  cluster_name: string;
  cluster_location?: string;
  /** Number of workers, named or not. */
  nodes: number;
  active_nodes?: number;
  technology: string[];
  /** Free cores and free memory, as the 2021 scheduler reads them. */
  total_cpu_cores?: number;
  memory_in_mb?: number;
  last_modified?: Date;
  /** Seconds, with fraction. */
  last_modified_timestamp?: number;
  coordinates?: Cluster['coordinates'];
  labels: Record<string, string>;
  taints: string[];
  schedulable: boolean;
  lifecycle: Cluster['lifecycle'];
  /** Absent: approved. */
  admission?: Exclude<Cluster['admission'], 'approved'>;
  enrolledWith?: string;
  /** A cluster that waits for approval has come with its credential. */
  credentialProved?: true;
  parallelMoves?: number;
  /** False once removed; the name is free again then. */
  live: boolean;
  liveness: Cluster['liveness'];
  capacity: Resources;
  reserved: Resources;
  use?: ResourceUse;
  anonymousWorkers: number;
  addedWorkers: string[];
  reportedWorkers: Worker[];
  agentVersion?: string;
  /** Address and port at which a cluster of 2021 takes orders, as it told them. */
  ip?: string;
  port?: string;
  /** In which form it takes orders; absent: that of 2021. */
  protocol?: 'oakestra';
  clusterinfo?: unknown;
  aggregated_cpu_percent?: number;
  aggregated_memory_percent?: number;
  more?: unknown;
  credentialHash: string;
  nextCredentialHash?: string;
  certificateKey?: string;
  session: number;
  sequence: number;
  lastHeardAt?: Date;
  absenceConfirmedFor?: Date;
  createdAt: Date;
  version: number;
  ledgerVersion: number;
}

/** `jobs.jobs` */
export interface ServiceDocument extends OwnerFields {
  _id: ObjectId;
  job_name: string;
  /** The descriptor in the form of 2021. */
  file_content: Readonly<Record<string, unknown>>;
  /** These three are also written by a scheduler of 2021; what the manager holds to be true is beside them. */
  status: string;
  replicas: number;
  cluster?: ObjectId;
  descriptor?: Descriptor;
  phase?: Phase;
  replicasWanted?: number;
  nextNumber?: number;
  name: string;
  application: string;
  revision: number;
  previous: Revision[];
  paused?: boolean;
  halted?: Halt;
  stableRevision?: number;
  lifecycle: Service['lifecycle'];
  /** False once terminated; the name is free again then. */
  live: boolean;
  reason?: string;
  phaseCounts: PhaseCounts;
  createdAt: Date;
  updatedAt: Date;
  version: number;
  /** When a terminated service is forgotten. */
  expiresAt?: Date;
}

/** `jobs.apps` */
export interface ApplicationDocument extends OwnerFields {
  _id: ObjectId;
  userId: ObjectId;
  userName: string;
  application_name: string;
  application_namespace: string;
  application_desc?: string;
  label: string;
  more: Readonly<Record<string, unknown>>;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface HalfDocument extends Omit<Half, 'clusterId' | 'boundAt' | 'operationId'> {
  clusterId: ObjectId;
  operationId?: ObjectId;
  boundAt: Date;
}

/** `jobs.instances` */
export interface InstanceDocument extends OwnerFields {
  _id: ObjectId;
  serviceId: ObjectId;
  serviceName: string;
  application: string;
  ordinal: number;
  number?: number;
  revision: number;
  wanted: boolean;
  live: boolean;
  phase: Phase;
  reason?: string;
  /** What the current and the incoming half are bound to, so that a change of either can be told from the change feed. */
  clusterId?: ObjectId;
  incomingClusterId?: ObjectId;
  /** There while there is an incoming half, so that those few can be found. */
  moving?: true;
  /** Generation of the current half. */
  generation?: number;
  /** Everything of the halves that the reconciler decides on, in one text: measurements do not change it. */
  standing: string;
  halves: HalfDocument[];
  lastGeneration: number;
  decision?: Instance['decision'];
  refusals: number;
  notBefore?: number;
  removalReason?: string;
  returnTo?: string;
  createdAt: Date;
  updatedAt: Date;
  version: number;
  expiresAt?: Date;
}

/** `jobs.operations` */
export interface OperationDocument extends OwnerFields {
  _id: ObjectId;
  kind: Operation['kind'];
  state: Operation['state'];
  subjectKind: Operation['subjectKind'];
  subjectId: ObjectId;
  subjectName: string;
  done: number;
  total: number;
  reason?: string;
  migration?: Operation['migration'];
  force?: boolean;
  before?: Operation['before'];
  after?: Operation['after'];
  removals?: Operation['removals'];
  progressAt?: Date;
  createdAt: Date;
  updatedAt: Date;
  endedAt?: Date;
  version: number;
  expiresAt?: Date;
}

/** `jobs.events` */
export interface EventDocument extends OwnerFields {
  /** The sequence number. */
  _id: number;
  type: string;
  at: Date;
  subjectKind: string;
  subjectId: ObjectId;
  relatedIds: ObjectId[];
  data: Record<string, unknown>;
}

/** `jobs.feed`: how far the history has been written, in one document. */
export interface FeedDocument {
  _id: 'history';
  sequence: number;
  /** Last sequence number that is no longer kept. */
  trimmedTo: number;
  resumeToken?: unknown;
  /** Fencing number of the manager that writes the history. */
  fence?: number;
}

/** `jobs.leases`, the document `lease`: which manager leads. */
export interface LeaseDocument {
  _id: 'lease';
  /** Absent when the lease was given back. */
  holder?: string;
  /** Rises by one with every change of hands. */
  fence: number;
  /** Rises with every renewal. */
  renewals: number;
  /** Ids of the sessions in which the holder writes as the leader. */
  sessions?: Binary[];
}

/** `jobs.leases`, the document `fence`: every transaction of the leader writes to it. */
export interface FenceDocument {
  _id: 'fence';
  fence: number;
  touches: number;
}

/** `jobs.notices`: what a neighbour of the manager has been told. */
export interface NoticeDocument {
  _id: string;
  value: string;
}

/** `jobs.idempotency` */
export interface IdempotencyDocument {
  _id: string;
  operationId: string;
  fingerprint: string;
  status: number;
  headers: Record<string, string>;
  body: unknown;
  expiresAt: Date;
}
