import type { Decision, Half, HalfCause, Instance } from '../instance/instance.js';
import { currentHalf } from '../instance/instance.js';
import type { Destination, Operation } from '../operation/operation.js';
import type {
  ClusterPicture,
  Pending,
  PlacementRequest,
  PlacementResult,
} from '../scheduling/scheduling.js';
import {
  leaseOf,
  requestedResources,
  type Descriptor,
  type Placement,
} from '../service/descriptor.js';
import { revisionToPlace } from '../service/revisions.js';
import { descriptorAt, type Service } from '../service/service.js';
import { retire } from './halves.js';

/** An instance that needs a place, and what for. */
export interface Want {
  readonly request: PlacementRequest;
  readonly cause: 'place' | HalfCause;
  readonly operationId?: string | undefined;
  /** The revision that it gets. */
  readonly revision: number;
  /** Whether what runs now has to stop before the new one starts. */
  readonly breaksFirst: boolean;
}

/** Where the user wants it now comes before where the descriptor wanted it. */
function towards(placement: Placement, to: Destination): Placement {
  const { cluster: _cluster, location: _location, worker: _worker, ...rest } = placement;
  return { ...rest, ...to };
}

/** What a descriptor says about where its instances may go. */
const demandsOf = (descriptor: Descriptor) => ({
  serviceName: descriptor.name,
  application: descriptor.application,
  scheduler: descriptor.scheduler,
  labels: descriptor.labels ?? {},
  runtime: descriptor.runtime,
  resources: requestedResources(descriptor),
  placement: descriptor.placement ?? {},
});

/** A migration and a way back go where they go; everything else where the descriptor wants it. */
function placementOf(
  { placement = {} }: Descriptor,
  { returnTo }: Instance,
  cause: Want['cause'],
  migration: Operation | undefined,
): Placement {
  if (migration?.migration) return towards(placement, migration.migration.to);
  return cause === 'place' && returnTo !== undefined
    ? towards(placement, { cluster: returnTo })
    : placement;
}

/** The revision that the instance gets: an update brings the present one, a move keeps what it has as long as that is kept. */
function revisionFor(service: Service, instance: Instance, cause: Want['cause']): number {
  if (cause === 'update') return service.revision;
  if (cause === 'place' || cause === 'replace') return revisionToPlace(service);
  const own = currentHalf(instance)?.revision;
  const kept = service.previous.some((each) => each.revision === own);
  return kept && own !== undefined ? own : service.revision;
}

export function createWant(
  service: Service,
  instance: Instance,
  siblings: ReadonlyMap<string, number>,
  cause: Want['cause'],
  migration?: Operation,
): Want {
  const revision = revisionFor(service, instance, cause);
  const descriptor = descriptorAt(service, revision);
  return {
    cause,
    operationId: migration?.id,
    revision,
    breaksFirst: migration?.migration?.strategy === 'breakBeforeMake',
    request: {
      ...demandsOf(descriptor),
      instanceId: instance.id,
      serviceId: service.id,
      organizationId: service.organizationId,
      generation: instance.lastGeneration + 1,
      placement: placementOf(descriptor, instance, cause, migration),
      siblings,
    },
  };
}

/** A request for a service that is not deployed yet: for plans and tests of a scheduler. */
export const draftRequest = (
  descriptor: Descriptor,
  id: string,
  organizationId?: string,
): PlacementRequest => ({
  ...demandsOf(descriptor),
  organizationId,
  instanceId: id,
  serviceId: id,
  generation: 1,
  siblings: new Map(),
});

/** Whether a half is already where a migration goes. */
export const isAt = (half: Half, to: Destination, location: string | undefined): boolean =>
  (to.cluster === undefined || to.cluster === half.clusterName) &&
  (to.location === undefined || to.location === location) &&
  (to.worker === undefined || to.worker === half.worker);

/** Number of instances by the cluster of their current half. */
export function countSiblings(instances: Iterable<Instance>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const instance of instances) {
    const half = instance.wanted ? currentHalf(instance) : undefined;
    if (half) counts.set(half.clusterId, (counts.get(half.clusterId) ?? 0) + 1);
  }
  return counts;
}

/** Binds an instance to the cluster that the scheduler chose: a new half, and the decision to explain it. */
export function bind(
  instance: Instance,
  service: Service,
  want: Want,
  result: PlacementResult,
  target: ClusterPicture,
  now: number,
): Instance {
  const generation = instance.lastGeneration + 1;
  // What is without a half, or has lost it, has nothing that has to go on until the new one runs.
  const atOnce = want.cause === 'place' || want.cause === 'replace';
  const descriptor = descriptorAt(service, want.revision);
  const before = want.breaksFirst
    ? instance.halves.map((each) => (each.role === 'current' ? retire(each) : each))
    : instance.halves;
  // Where nobody keeps the lease, what runs there might still run when its time is over.
  const unkept = target.leases === false && descriptor.whenLost === 'move';
  const half: Half = {
    generation,
    role: atOnce ? 'current' : 'incoming',
    clusterId: target.id,
    clusterName: target.name,
    worker: result.worker,
    revision: want.revision,
    resources: want.request.resources,
    action: 'run',
    acknowledged: false,
    deferred: want.breaksFirst ? true : undefined,
    from: want.breaksFirst ? currentHalf(instance)?.clusterName : undefined,
    cause: want.cause === 'place' ? undefined : want.cause,
    operationId: want.operationId,
    boundAt: now,
    whenLost: unkept ? 'keep' : descriptor.whenLost,
    leaseMs: unkept ? undefined : leaseOf(descriptor),
    phase: 'CLUSTER_SCHEDULED',
  };
  return {
    ...instance,
    lastGeneration: generation,
    revision: atOnce ? want.revision : instance.revision,
    reason: atOnce ? undefined : instance.reason,
    returnTo: undefined,
    halves: [...before, half],
    decision: {
      ...decisionOf(result, now),
      clusterId: target.id,
      clusterName: target.name,
      score: result.score,
    },
  };
}

const decisionOf = (result: PlacementResult, now: number): Decision => ({
  verdict: result.verdict,
  scheduler: result.scheduler,
  decidedAt: now,
  considered: result.considered,
  dropped: result.dropped,
  reason: result.reason,
});

/** Keeps a negative verdict beside the instance; the same verdict again changes nothing. */
export function refuse(instance: Instance, result: PlacementResult, now: number): Instance {
  const { decision } = instance;
  const known =
    instance.reason === result.verdict &&
    decision?.verdict === result.verdict &&
    decision.scheduler === result.scheduler &&
    decision.reason === result.reason;
  return known
    ? instance
    : { ...instance, reason: result.verdict, decision: decisionOf(result, now) };
}

/** Says beside the instance what it waits for. */
export const postpone = (instance: Instance, { reason }: Pending): Instance =>
  reason === undefined || reason === instance.reason ? instance : { ...instance, reason };
