/** What users see of the nouns of the domain, and how their wishes come in. Conversions stand in pairs where there are two ways. */
import { clusterState, workerCount, type Cluster } from '../domain/cluster/cluster.js';
import {
  currentHalf,
  incomingHalf,
  type Decision,
  type Half,
  type Instance,
} from '../domain/instance/instance.js';
import type { Explanation } from '../domain/instance/explain-placement.js';
import type { Operation } from '../domain/operation/operation.js';
import type { Phase } from '../domain/phase.js';
import type { Consideration, PlacementResult } from '../domain/scheduling/scheduling.js';
import { ownDescriptor, type Descriptor } from '../domain/service/descriptor.js';
import type { Plan } from '../domain/service/plan-service.js';
import { isHalted, revisionsOf, rolloutState } from '../domain/service/revisions.js';
import type { Service } from '../domain/service/service.js';
import { defined, toResources, toTimestamp } from '../wire/values.js';
import type { Body, Schema } from './contract.js';

/** Pins the phases of the domain to those of the contract, both ways: a phase on one side only does not compile. */
export type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
export const phasesArePinned: Same<Phase, Schema<'Phase'>> = true;

export const etag = (resource: { readonly version: number }): string => `"${resource.version}"`;

/** The version in an `If-Match`; nothing when any will do. */
export function expectedVersion(header: string | undefined): number | undefined {
  const digits = header === undefined ? undefined : /"(\d+)"/.exec(header)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export const fromDescriptorBody = (body: Body<'deployService'>): Descriptor => body as Descriptor;

export const toCluster = (cluster: Cluster): Schema<'Cluster'> => ({
  ...defined({
    organizationId: cluster.organizationId,
    location: cluster.location,
    coordinates: cluster.coordinates,
    agentVersion: cluster.agentVersion,
    enrolledWith: cluster.enrolledWith,
    certificateKey: cluster.certificateKey,
  }),
  id: cluster.id,
  name: cluster.name,
  state: clusterState(cluster),
  admission: cluster.admission,
  schedulable:
    cluster.schedulable && cluster.lifecycle === 'present' && cluster.admission === 'approved',
  draining: cluster.lifecycle === 'draining',
  capabilities: [...cluster.capabilities],
  labels: { ...cluster.labels },
  taints: [...cluster.taints],
  capacity: toResources(cluster.capacity),
  reserved: toResources(cluster.reserved),
  ...(cluster.use ? { use: defined(cluster.use) } : {}),
  workerCount: workerCount(cluster),
  ...(cluster.lastHeardAt === undefined ? {} : { lastHeardAt: toTimestamp(cluster.lastHeardAt) }),
  createdAt: toTimestamp(cluster.createdAt),
  version: cluster.version,
});

export const toWorkerCount = (cluster: Cluster): Schema<'WorkerCount'> => ({
  clusterId: cluster.id,
  count: workerCount(cluster),
});

export const toService = (service: Service): Schema<'Service'> => ({
  ...defined({ reason: service.reason, organizationId: service.organizationId }),
  id: service.id,
  name: service.name,
  application: service.application,
  phase: service.phase,
  replicas: service.replicas,
  revision: service.revision,
  rollout: {
    ...defined({
      stableRevision: service.stableRevision,
      reason: isHalted(service) ? service.halted?.reason : undefined,
    }),
    state: rolloutState(service),
  },
  descriptor: ownDescriptor(service.descriptor) as Schema<'ServiceDescriptor'>,
  instances: service.phaseCounts as Schema<'PhaseCounts'>,
  createdAt: toTimestamp(service.createdAt),
  updatedAt: toTimestamp(service.updatedAt),
  version: service.version,
});

export const toRevisionList = (service: Service): Schema<'RevisionList'> => ({
  items: revisionsOf(service).map(({ revision, descriptor }) => ({
    revision,
    current: revision === service.revision,
    stable: revision === service.stableRevision,
    descriptor: ownDescriptor(descriptor) as Schema<'ServiceDescriptor'>,
  })),
});

export const toOperation = (operation: Operation): Schema<'Operation'> => ({
  ...defined({ reason: operation.reason }),
  id: operation.id,
  kind: operation.kind,
  state: operation.state,
  subjectKind: operation.subjectKind,
  subjectId: operation.subjectId,
  subjectName: operation.subjectName,
  progress: { done: operation.done, total: operation.total },
  ...(operation.removals ? { removals: operation.removals.map((each) => ({ ...each })) } : {}),
  createdAt: toTimestamp(operation.createdAt),
  updatedAt: toTimestamp(operation.updatedAt),
  ...(operation.endedAt === undefined ? {} : { endedAt: toTimestamp(operation.endedAt) }),
});

const toHalf = (half: Half): Schema<'Half'> => ({
  ...defined({ worker: half.worker, reason: half.reason }),
  generation: half.generation,
  role: half.role,
  clusterId: half.clusterId,
  clusterName: half.clusterName,
  action: half.action,
  acknowledged: half.acknowledged,
  revision: half.revision,
  phase: half.phase,
});

export function toInstance(instance: Instance): Schema<'Instance'> {
  const half = currentHalf(instance) ?? incomingHalf(instance);
  return {
    ...defined({
      reason: instance.reason,
      removalReason: instance.removalReason,
      clusterId: half?.clusterId,
      clusterName: half?.clusterName,
      worker: half?.worker,
      restarts: half?.restarts,
    }),
    id: instance.id,
    serviceId: instance.serviceId,
    serviceName: instance.serviceName,
    application: instance.application,
    ordinal: instance.ordinal,
    revision: instance.revision,
    phase: instance.phase,
    ...(half?.addresses ? { addresses: half.addresses.map((each) => defined(each)) } : {}),
    ...(half?.use ? { use: defined(half.use) } : {}),
    halves: instance.halves.map(toHalf),
    createdAt: toTimestamp(instance.createdAt),
    updatedAt: toTimestamp(instance.updatedAt),
    version: instance.version,
  };
}

const toDecision = (decision: Decision): Schema<'PlacementDecision'> => ({
  ...defined({
    clusterId: decision.clusterId,
    clusterName: decision.clusterName,
    score: decision.score,
    reason: decision.reason,
  }),
  verdict: decision.verdict,
  scheduler: decision.scheduler,
  decidedAt: toTimestamp(decision.decidedAt),
  considered: decision.considered,
  dropped: { ...decision.dropped },
});

const toConsideration = (consideration: Consideration): Schema<'ClusterConsideration'> => ({
  ...defined({
    droppedBy: consideration.droppedBy,
    detail: consideration.detail,
    score: consideration.score,
  }),
  clusterId: consideration.clusterId,
  clusterName: consideration.clusterName,
  ...(consideration.scores ? { scores: { ...consideration.scores } } : {}),
});

export const toExplanation = (explanation: Explanation): Schema<'PlacementExplanation'> => ({
  instanceId: explanation.instance.id,
  ...(explanation.instance.decision ? { decision: toDecision(explanation.instance.decision) } : {}),
  clusters: explanation.considerations.map(toConsideration),
});

const toPlanned = (result: PlacementResult, ordinal: number): Schema<'PlannedPlacement'> => ({
  ...defined({
    clusterId: result.clusterId,
    clusterName: result.clusterName,
    reason: result.reason,
  }),
  scheduler: result.scheduler,
  ordinal,
  verdict: result.verdict,
});

export const toPlan = (plan: Plan): Schema<'Plan'> => ({
  placements: plan.placements.map(toPlanned),
  clusters: plan.considerations.map(toConsideration),
});
