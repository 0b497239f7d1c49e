/** What the domain needs from outside: a store, a clock, ids. Implemented in `store/`, handed over in `app.ts`. */
import type { EnrolmentTokenStore } from './access/ports.js';
import type {
  Aggregate,
  Cluster,
  ClusterPresence,
  ClusterState,
  Worker,
} from './cluster/cluster.js';
import type { DomainEvent } from './event/event.js';
import type { Instance } from './instance/instance.js';
import type { Operation, OperationState } from './operation/operation.js';
import type { Phase } from './phase.js';
import type { Changes } from './reconcile/changes.js';
import type { ServiceState } from './reconcile/state.js';
import type { ResourceUse, Resources } from './resources.js';
import type { Service } from './service/service.js';
import type { TotalsStore } from './summary/summary.js';

/** One page of a list, in a stable order. `after` is the id of the last item of the page before. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Id to go on after; absent on the last page. */
  readonly next?: string | undefined;
}

export interface ClusterFilter {
  readonly name?: string | undefined;
  readonly location?: string | undefined;
  readonly state?: ClusterState | undefined;
  /** Only those that belong to the organization. */
  readonly organizationId?: string | undefined;
  /** Only those that the organization can use: its own, and those of the installation. */
  readonly visibleTo?: string | undefined;
}

/** What an agent tells of its cluster when it connects. */
export interface AgentIntroduction {
  readonly location?: string | undefined;
  readonly coordinates?: Cluster['coordinates'];
  readonly capabilities: readonly string[];
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly capacity?: Resources | undefined;
  readonly agentVersion?: string | undefined;
}

/** What a report changes of its cluster. */
export interface ClusterObservation {
  readonly session: number;
  readonly sequence: number;
  readonly heardAt: number;
  readonly capacity?: Resources | undefined;
  readonly use?: ResourceUse | undefined;
  readonly workers?: readonly Worker[] | undefined;
  readonly capabilities?: readonly string[] | undefined;
  readonly aggregate?: Aggregate | undefined;
}

/** The last sign of a cluster. */
export type LastSign = Pick<Cluster, 'id' | 'session' | 'sequence' | 'lastHeardAt'>;

export interface ClusterStore {
  find(id: string): Promise<Cluster | undefined>;
  list(filter: ClusterFilter, page: PageRequest): Promise<Page<Cluster>>;
  /** All clusters that are not removed. */
  all(): Promise<readonly Cluster[]>;
  /** The same clusters, only what tells whether they are away. */
  presences(): Promise<readonly ClusterPresence[]>;
  /** @throws DomainError `cluster-name-in-use` */
  insert(cluster: Cluster): Promise<void>;
  /**
   * Writes what users may change, if the version is still `cluster.version`; the version rises by one.
   *
   * @returns the cluster as it is now
   * @throws DomainError `write-conflict`
   */
  replace(cluster: Cluster): Promise<Cluster>;
  /**
   * Gives a cluster that has enrolled by itself, and has never shown its credential, another one.
   *
   * @param enrolledWith - the token, which must be the one that it came with
   * @returns the cluster, or nothing when there is none like that
   */
  renewCredential(
    name: string,
    enrolledWith: string,
    hash: (clusterId: string) => string,
  ): Promise<Cluster | undefined>;
  /** Notes that the agent of a cluster that waits for approval has its credential. */
  proveCredential(id: string): Promise<void>;
  /**
   * Notes a credential that is to take the place of the present one, as soon as it is used. Another one that was noted is void.
   *
   * @returns false when the cluster is not there any more
   */
  offerCredential(id: string, hash: string): Promise<boolean>;
  /** Puts the credential that was noted in the place of the present one. @returns false when it is not the one that was noted */
  takeCredential(id: string, hash: string): Promise<boolean>;
  /**
   * Pins the key that certificates of the cluster are for.
   *
   * @param replaced - the one that was pinned; nothing when there was none
   * @returns false when that is not so any more
   */
  pinKey(id: string, keyHash: string, replaced: string | undefined): Promise<boolean>;
  /** Forgets the pinned key. */
  unpinKey(id: string): Promise<void>;
  /** Starts the next session of an approved cluster and takes over capabilities, capacity and version of the agent. */
  beginSession(
    id: string,
    introduction: AgentIntroduction,
    heardAt: number,
  ): Promise<Cluster | undefined>;
  /**
   * Takes a report over.
   *
   * @param before - the cluster as it was read
   * @returns false when a later report or session was faster
   */
  observe(before: Cluster, observation: ClusterObservation): Promise<boolean>;
  /**
   * Notes that the cluster was heard of (epoch milliseconds) and is active.
   *
   * @param session - in which it was heard of
   * @returns false when the cluster has a newer session by now; then nothing is noted
   */
  heard(id: string, session: number, heardAt: number): Promise<boolean>;
  /**
   * Moves clusters from active to inactive, unless there is a later sign of them.
   *
   * @returns the ids of those that were moved
   */
  markInactive(silent: readonly LastSign[]): Promise<readonly string[]>;
}

export interface ServiceFilter {
  readonly organizationId?: string | undefined;
  readonly application?: string | undefined;
  readonly name?: string | undefined;
  readonly phase?: Phase | undefined;
}

export interface ServiceStore {
  find(id: string): Promise<Service | undefined>;
  list(filter: ServiceFilter, page: PageRequest): Promise<Page<Service>>;
  /** @throws DomainError `service-name-in-use` */
  insert(service: Service): Promise<void>;
  /** Writes the wish, if the version is still `service.version`; it rises by one. @throws DomainError `write-conflict` */
  replace(service: Service): Promise<Service>;
  /** Lets the decision of a scheduler that writes into the database stand out, also where it decides the same as last time. */
  invite(id: string): Promise<void>;
  /** Puts the manager's own truth where others have written, unless they have written something else meanwhile. */
  restore(service: Service): Promise<void>;
}

export interface InstanceFilter {
  readonly organizationId?: string | undefined;
  readonly serviceId?: string | undefined;
  readonly clusterId?: string | undefined;
  readonly phase?: Phase | undefined;
}

export interface InstanceStore {
  find(id: string): Promise<Instance | undefined>;
  findMany(ids: readonly string[]): Promise<readonly Instance[]>;
  list(filter: InstanceFilter, page: PageRequest): Promise<Page<Instance>>;
  /** Live instances with a half at the cluster. */
  atCluster(clusterId: string): Promise<readonly Instance[]>;
  liveOf(serviceId: string): Promise<readonly Instance[]>;
  /** Ids of services with a live instance at one of the clusters. */
  servicesAt(clusterIds: readonly string[]): Promise<readonly string[]>;
  /**
   * Writes each instance whose version is still the one it carries; the versions rise by one.
   *
   * @returns false when others have changed some of them meanwhile: read all of them again and decide anew
   */
  saveAll(instances: readonly Instance[]): Promise<boolean>;
}

export interface OperationFilter {
  readonly organizationId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly state?: OperationState | undefined;
}

export interface OperationStore {
  find(id: string): Promise<Operation | undefined>;
  /** Newest first. */
  list(filter: OperationFilter, page: PageRequest): Promise<Page<Operation>>;
  insert(operation: Operation): Promise<void>;
  /** Running operations of the subjects, oldest first. */
  openFor(subjectIds: readonly string[]): Promise<readonly Operation[]>;
  /** Writes it if the version is still `operation.version`. @throws DomainError `write-conflict` */
  replace(operation: Operation): Promise<void>;
}

/** What somebody who follows the history has not seen yet. */
export interface NewEvents {
  readonly events: readonly DomainEvent[];
  /** Everything up to here was looked at. */
  readonly upTo: number;
  /** The last that is gone for good; whoever is before it has missed something. */
  readonly trimmedTo: number;
}

export interface EventStore {
  /** Events after a sequence number, oldest first. */
  read(
    after: number,
    limit: number,
    subjectId?: string,
    organizationId?: string,
  ): Promise<readonly DomainEvent[]>;
  /** Events before a sequence number, newest first; without one, the newest. */
  readBack(
    before: number | undefined,
    limit: number,
    subjectId?: string,
    organizationId?: string,
  ): Promise<readonly DomainEvent[]>;
  /**
   * What comes after a sequence number, for somebody who listens with `onAppend`. Many who are at the same place get the same object,
   * from memory.
   */
  next(
    after: number,
    limit: number,
    subjectId?: string,
    organizationId?: string,
  ): Promise<NewEvents>;
  /** First and last sequence number that is kept; both 0 when there is none yet. `trimmedTo` is the last that is gone. */
  bounds(): Promise<{ trimmedTo: number; last: number }>;
  /** Calls the listener after each append with the last sequence number. @returns how to stop it */
  onAppend(listener: (last: number) => void): () => void;
}

/** Where the reconciler reads and writes. */
export interface ReconcileStore {
  load(serviceIds: readonly string[]): Promise<readonly ServiceState[]>;
  /** How many halves are on their way to each cluster by migrations, and do not run yet. */
  migratingTo(): Promise<ReadonlyMap<string, number>>;
  /**
   * Writes everything or nothing.
   *
   * @param ledgerVersions - per cluster whose reservation changes, the version that the decision was made on
   * @throws DomainError `write-conflict` - something has changed since it was loaded
   */
  commit(changes: Changes, ledgerVersions: ReadonlyMap<string, number>, now: number): Promise<void>;
}

export interface UnitOfWork {
  /**
   * Runs the work in one transaction, which it joins when there is one already. Work is repeated after a `write-conflict`, so it
   * must have no effects but store writes.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>;
}

/** What verbs are given. */
export interface Ports {
  /** On whose behalf verbs act; absent: of the whole installation. */
  readonly organizationId?: string | undefined;
  readonly clusters: ClusterStore;
  readonly services: ServiceStore;
  readonly instances: InstanceStore;
  readonly operations: OperationStore;
  readonly events: EventStore;
  readonly totals: TotalsStore;
  readonly enrolmentTokens: Pick<EnrolmentTokenStore, 'use'>;
  readonly work: UnitOfWork;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new id, 24 hexadecimal digits, rising with time. */
  readonly newId: () => string;
  readonly secrets: Secrets;
}

/** Credentials: random to make, hashed to keep. */
export interface Secrets {
  createCredential(clusterId: string): { credential: string; hash: string };
  hash(credential: string): string;
}
