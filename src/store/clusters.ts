import { workerCount, type Cluster, type ClusterPresence } from '../domain/cluster/cluster.js';
import { DomainError } from '../domain/errors.js';
import type {
  AgentIntroduction,
  ClusterStore,
  LastSign,
  Page,
  PageRequest,
} from '../domain/ports.js';
import { createClusterProofs } from './cluster-proofs.js';
import { approved, stateFilter, visibleFilter } from './cluster-filters.js';
import { isOurs, type ClusterDocument } from './documents.js';
import { isDuplicateKey } from './errors.js';
import { FindsById } from './finds-by-id.js';
import { createHeartbeats, heardFields } from './heartbeats.js';
import { toObjectId } from './ids.js';
import type { LedgerGate } from './ledger-gate.js';
import type { Models } from './models.js';
import { createObservations } from './observations.js';
import { fromOwnerFields, ownerFields } from './owner.js';
import { toPage } from './pages.js';
import type { Transactions } from './unit-of-work.js';
import { compact, fromDate, setOrUnset, toDate } from './updates.js';
import { durably } from '../failpoints.js';

export const toClusterDocument = (cluster: Cluster): ClusterDocument =>
  compact({
    _id: toObjectId(cluster.id),
    ...ownerFields(cluster.organizationId),
    ...userFields(cluster),
    technology: [...cluster.capabilities],
    liveness: cluster.liveness,
    capacity: cluster.capacity,
    reserved: cluster.reserved,
    use: cluster.use,
    reportedWorkers: [...cluster.reportedWorkers],
    agentVersion: cluster.agentVersion,
    enrolledWith: cluster.enrolledWith,
    credentialHash: cluster.credentialHash,
    nextCredentialHash: cluster.nextCredentialHash,
    certificateKey: cluster.certificateKey,
    session: cluster.session,
    sequence: cluster.sequence,
    lastHeardAt: toDate(cluster.lastHeardAt),
    createdAt: new Date(cluster.createdAt),
    version: cluster.version,
    ledgerVersion: cluster.ledgerVersion,
  }) as ClusterDocument;

const fromEndpointFields = ({ ip, port, protocol }: ClusterDocument): Cluster['endpoint'] =>
  ip === undefined || port === undefined
    ? undefined
    : { host: ip, port: Number(port), ...(protocol === undefined ? {} : { protocol }) };

export const fromClusterDocument = (document: ClusterDocument): Cluster => ({
  id: document._id.toHexString(),
  organizationId: fromOwnerFields(document),
  name: document.cluster_name,
  location: document.cluster_location,
  coordinates: document.coordinates,
  capabilities: document.technology,
  labels: document.labels,
  taints: document.taints,
  schedulable: document.schedulable,
  lifecycle: document.lifecycle,
  admission: document.admission ?? 'approved',
  enrolledWith: document.enrolledWith,
  parallelMoves: document.parallelMoves,
  liveness: document.liveness,
  capacity: document.capacity,
  reserved: document.reserved,
  use: document.use,
  anonymousWorkers: document.anonymousWorkers,
  addedWorkers: document.addedWorkers,
  reportedWorkers: document.reportedWorkers,
  agentVersion: document.agentVersion,
  endpoint: fromEndpointFields(document),
  info: document.clusterinfo,
  more: document.more,
  credentialHash: document.credentialHash,
  nextCredentialHash: document.nextCredentialHash,
  certificateKey: document.certificateKey,
  session: document.session,
  sequence: document.sequence,
  lastHeardAt: fromDate(document.lastHeardAt),
  absenceConfirmedFor: fromDate(document.absenceConfirmedFor),
  createdAt: document.createdAt.getTime(),
  version: document.version,
  ledgerVersion: document.ledgerVersion,
});

/** The fields that tell whether a cluster is away. */
const presenceFields = {
  cluster_name: 1,
  lifecycle: 1,
  admission: 1,
  liveness: 1,
  session: 1,
  sequence: 1,
  lastHeardAt: 1,
  absenceConfirmedFor: 1,
} as const;

type PresenceDocument = Pick<ClusterDocument, '_id' | keyof typeof presenceFields>;

const fromPresenceDocument = (document: PresenceDocument): ClusterPresence => ({
  id: document._id.toHexString(),
  name: document.cluster_name,
  lifecycle: document.lifecycle,
  admission: document.admission ?? 'approved',
  liveness: document.liveness,
  session: document.session,
  sequence: document.sequence,
  lastHeardAt: fromDate(document.lastHeardAt),
  absenceConfirmedFor: fromDate(document.absenceConfirmedFor),
});

/** What users may change, and what follows from it. */
const userFields = (cluster: Cluster) => ({
  cluster_name: cluster.name,
  // A scheduler of 2021 takes the first cluster that has the location, and does not know of removed ones.
  cluster_location: cluster.lifecycle === 'removed' ? undefined : cluster.location,
  ip: cluster.endpoint?.host,
  port: cluster.endpoint && String(cluster.endpoint.port),
  protocol: cluster.endpoint?.protocol,
  clusterinfo: cluster.info,
  coordinates: cluster.coordinates,
  labels: cluster.labels,
  taints: [...cluster.taints],
  schedulable: cluster.schedulable,
  lifecycle: cluster.lifecycle,
  admission: cluster.admission === 'approved' ? undefined : cluster.admission,
  parallelMoves: cluster.parallelMoves,
  live: cluster.lifecycle !== 'removed',
  anonymousWorkers: cluster.anonymousWorkers,
  addedWorkers: [...cluster.addedWorkers],
  absenceConfirmedFor: toDate(cluster.absenceConfirmedFor),
  nodes: workerCount(cluster),
});

/** Location and labels are told at enrolment only; from then on they are the users'. */
const introductionFields = (introduction: AgentIntroduction) =>
  compact({
    technology: [...introduction.capabilities],
    capacity: introduction.capacity,
    agentVersion: introduction.agentVersion,
  });

/** So few clusters are marked together that the signs of life of others need not wait for long. */
const markedAtOnceMax = 100;

export const createClusterStore = (
  { clusters }: Models,
  transactions: Transactions,
  gate: LedgerGate,
): ClusterStore => {
  const byId = new FindsById(clusters, transactions);
  const heard = createHeartbeats({ clusters }, transactions, gate);
  const find = async (id: string): Promise<Cluster | undefined> => {
    const document = await byId.find(id);
    return document && isOurs(document) ? fromClusterDocument(document) : undefined;
  };

  const findMany = async (ids: readonly string[]): Promise<readonly Cluster[]> =>
    (await byId.findMany(ids)).filter(isOurs).map(fromClusterDocument);

  return {
    find,
    observe: createObservations({ clusters }, transactions, gate, findMany),
    async list(
      { organizationId, visibleTo, name, location, state },
      page: PageRequest,
    ): Promise<Page<Cluster>> {
      const documents = await clusters
        .find(
          {
            live: true,
            ...ownerFields(organizationId),
            ...visibleFilter(visibleTo),
            ...(name === undefined ? {} : { cluster_name: name }),
            ...(location === undefined ? {} : { cluster_location: location }),
            ...stateFilter(state),
            ...(page.after === undefined ? {} : { _id: { $gt: toObjectId(page.after) } }),
          },
          null,
          transactions.options(),
        )
        .sort({ _id: 1 })
        .limit(page.limit + 1)
        .lean<ClusterDocument[]>();
      return toPage(documents.map(fromClusterDocument), page);
    },
    async all() {
      const documents = await clusters
        .find({ live: true }, null, transactions.options())
        .sort({ _id: 1 })
        .lean<ClusterDocument[]>();
      return documents.map(fromClusterDocument);
    },
    async presences() {
      const documents = await clusters
        .find({ live: true }, presenceFields, transactions.options())
        .sort({ _id: 1 })
        .lean<PresenceDocument[]>();
      return documents.map(fromPresenceDocument);
    },
    async insert(cluster) {
      try {
        await durably('cluster.insert', () =>
          clusters.collection.insertOne(toClusterDocument(cluster), transactions.options()),
        );
      } catch (error) {
        if (isDuplicateKey(error))
          throw new DomainError(
            'cluster-name-in-use',
            `A cluster with the name ${cluster.name} is registered already. Its agent proves itself with that cluster's credential.`,
          );
        throw error;
      }
    },
    async replace(cluster) {
      const { $set, $unset } = setOrUnset(userFields(cluster));
      const result = await durably('cluster.replace', () =>
        clusters.collection.updateOne(
          { _id: toObjectId(cluster.id), version: cluster.version },
          // A decision that was made on what it was before must not be written.
          {
            ...($set && { $set }),
            ...($unset && { $unset }),
            $inc: { version: 1, ledgerVersion: 1 },
          },
          transactions.options(),
        ),
      );
      if (result.matchedCount === 0)
        throw new DomainError('write-conflict', 'The cluster has changed meanwhile; try again.');
      return { ...cluster, version: cluster.version + 1 };
    },
    ...createClusterProofs({ clusters }, transactions, fromClusterDocument),
    async beginSession(id, introduction, heardAt) {
      const document = await gate.pass(() =>
        durably('cluster.beginSession', () =>
          clusters.collection.findOneAndUpdate(
            { _id: toObjectId(id), live: true, ...approved },
            {
              $set: { ...heardFields(heardAt), ...introductionFields(introduction), sequence: 0 },
              $inc: { session: 1, ledgerVersion: 1 },
            },
            { returnDocument: 'after', ...transactions.options() },
          ),
        ),
      );
      return document ? fromClusterDocument(document as unknown as ClusterDocument) : undefined;
    },
    heard: (clusterId, session, heardAt) => heard({ clusterId, session, heardAt }),
    async markInactive(silent) {
      const mark = async (some: readonly LastSign[]): Promise<readonly string[]> => {
        const marked: string[] = [];
        for (const { id, session, sequence, lastHeardAt } of some) {
          const result = await durably('cluster.markInactive', () =>
            clusters.collection.updateOne(
              {
                _id: toObjectId(id),
                liveness: 'active',
                session,
                sequence,
                lastHeardAt: toDate(lastHeardAt),
              },
              { $set: { liveness: 'inactive' } },
              transactions.options(),
            ),
          );
          if (result.modifiedCount === 1) marked.push(id);
        }
        return marked;
      };
      const marked: string[] = [];
      for (let from = 0; from < silent.length; from += markedAtOnceMax) {
        const some = silent.slice(from, from + markedAtOnceMax);
        marked.push(...(await gate.hold(() => transactions.transaction(() => mark(some)))));
      }
      return marked;
    },
  };
};
