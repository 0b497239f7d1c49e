import type { ResourceUse, Resources } from '../resources.js';

/** A place on earth in degrees (WGS 84). */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** What users want of the cluster as a whole. `removed` clusters are kept as tombstones that refuse the old credential. */
export type ClusterLifecycle = 'present' | 'draining' | 'removing' | 'removed';

/** `registered`: never heard of; `active`: heard of lately; `inactive`: not heard of for too long. */
export type Liveness = 'registered' | 'active' | 'inactive';

/**
 * Whether the cluster may take part. `pending`: it has enrolled and somebody has to approve it; `rejected`: that was refused;
 * `revoked`: it was approved once.
 */
export type Admission = 'pending' | 'approved' | 'rejected' | 'revoked';

export interface Worker {
  readonly name: string;
  readonly capacity?: Resources | undefined;
  readonly use?: ResourceUse | undefined;
}

/** Where a cluster takes orders over HTTP. */
export interface Endpoint {
  /** IP address. */
  readonly host: string;
  readonly port: number;
  /** In which form it takes them; absent: that of 2021. */
  readonly protocol?: 'oakestra' | undefined;
}

/**
 * The sums over all workers as a cluster of 2021 reports them: percents, cores and MiB that are free, workers that are up. They are
 * kept as they came; the manager decides on `capacity`.
 */
export interface Aggregate {
  readonly cpuPercent?: number | undefined;
  readonly cpuCores?: number | undefined;
  readonly memoryPercent?: number | undefined;
  readonly memoryMiB?: number | undefined;
  readonly activeWorkers?: number | undefined;
  readonly more?: unknown;
}

/**
 * A site with an agent of its own. Each field has one writer: users (`version`), the placing of instances and reported capacity
 * (`ledgerVersion`), reports (`session`, `sequence`). What users change raises `ledgerVersion` too: nothing is placed by what was before.
 */
export interface Cluster {
  readonly id: string;
  /** The organization that it belongs to; absent: the installation. */
  readonly organizationId?: string | undefined;
  readonly name: string;
  readonly location?: string | undefined;
  readonly coordinates?: Coordinates | undefined;
  readonly capabilities: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly string[];
  readonly schedulable: boolean;
  readonly lifecycle: ClusterLifecycle;
  readonly admission: Admission;
  /** With which enrolment token its agent came: the id of one, or `installation`. Absent where somebody registered it. */
  readonly enrolledWith?: string | undefined;
  /** How many of its instances may be on the move at once while it is evacuated. */
  readonly parallelMoves?: number | undefined;
  readonly liveness: Liveness;
  /** What it reported; `reserved` is what is bound to it. */
  readonly capacity: Resources;
  readonly reserved: Resources;
  readonly use?: ResourceUse | undefined;
  /** Workers counted without a name. */
  readonly anonymousWorkers: number;
  /** Workers that users added by name. */
  readonly addedWorkers: readonly string[];
  /** Workers that the agent reported. */
  readonly reportedWorkers: readonly Worker[];
  readonly agentVersion?: string | undefined;
  /** Absent where an agent holds a session, over which orders go. */
  readonly endpoint?: Endpoint | undefined;
  /** What a cluster with an endpoint told of itself when it registered; kept as it came. */
  readonly info?: unknown;
  /** What else a cluster with an endpoint last reported of itself as a whole; kept as it came. */
  readonly more?: unknown;
  /** SHA-256 of the credential, hexadecimal. */
  readonly credentialHash: string;
  /** The same of a credential that takes its place as soon as it is used. */
  readonly nextCredentialHash?: string | undefined;
  /** SHA-256 of the key in its client certificate, hexadecimal. */
  readonly certificateKey?: string | undefined;
  /** Number of the agent's session; rises with each. */
  readonly session: number;
  /** Last report taken in of that session. */
  readonly sequence: number;
  /** Epoch milliseconds, the manager's clock. */
  readonly lastHeardAt?: number | undefined;
  /** The `lastHeardAt` of an absence of which an administrator has said that it is no storm. */
  readonly absenceConfirmedFor?: number | undefined;
  readonly createdAt: number;
  readonly version: number;
  readonly ledgerVersion: number;
}

/** What tells whether a cluster is away, and whether that is expected. */
export type ClusterPresence = Pick<
  Cluster,
  | 'id'
  | 'name'
  | 'lifecycle'
  | 'admission'
  | 'liveness'
  | 'session'
  | 'sequence'
  | 'lastHeardAt'
  | 'absenceConfirmedFor'
>;

/** What users see of lifecycle, admission and liveness in one word. */
export type ClusterState = Liveness | 'removing' | Exclude<Admission, 'approved'>;

export const clusterState = (
  cluster: Pick<Cluster, 'lifecycle' | 'admission' | 'liveness'>,
): ClusterState => {
  if (cluster.lifecycle === 'removing' || cluster.lifecycle === 'removed') return 'removing';
  return cluster.admission === 'approved' ? cluster.liveness : cluster.admission;
};

/** The names of all workers that are known by name, sorted. */
export const workerNames = (
  cluster: Pick<Cluster, 'addedWorkers' | 'reportedWorkers'>,
): readonly string[] =>
  [
    ...new Set([...cluster.addedWorkers, ...cluster.reportedWorkers.map((worker) => worker.name)]),
  ].sort();

/** How many workers the cluster has, named or not. */
export const workerCount = (
  cluster: Pick<Cluster, 'addedWorkers' | 'reportedWorkers' | 'anonymousWorkers'>,
): number => cluster.anonymousWorkers + workerNames(cluster).length;

/** Whether the cluster may have a worker of that name. One that only counts its workers does not tell their names. */
export const mayHaveWorker = (
  cluster: Pick<Cluster, 'addedWorkers' | 'reportedWorkers' | 'endpoint'>,
  name: string,
): boolean => cluster.endpoint !== undefined || workerNames(cluster).includes(name);

/** Whether instances that are bound there have to go elsewhere. */
export const isLeaving = (cluster: Pick<Cluster, 'lifecycle'>): boolean =>
  cluster.lifecycle !== 'present';
