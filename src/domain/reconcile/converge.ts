/**
 * What has to change so that a service comes closer to the wish. Level-triggered: it looks at the state as it is, never at how it
 * came about, so running it twice, late or after a crash does no harm. Two steps, because a scheduler may take its time between:
 * `converge` decides all but the places, `finish` takes these in.
 */
import { isLeaving } from '../cluster/cluster.js';
import { currentHalf, incomingHalf, type Instance } from '../instance/instance.js';
import { isUpdate, type Operation } from '../operation/operation.js';
import type { ClusterPicture, Outcome } from '../scheduling/scheduling.js';
import type { Service } from '../service/service.js';
import { nextTryMs } from './admission.js';
import { stopHalves } from './halves.js';
import {
  failMigration,
  hasArrived,
  pendingMigration,
  refuseMigration,
  settleMigrations,
} from './migrations.js';
import { abandonCurrent, judgeLoss } from './losing.js';
import { hasLeftover } from './moves.js';
import { present } from './present.js';
import { advanceOperation } from './progress.js';
import { halt, isOutdated, isRolling, stopOutdated, surgeRoom } from './rollout.js';
import { scaleInstances } from './scaling.js';
import { settle } from './settle.js';
import { standingOf } from './standing.js';
import type { ServiceState, Surroundings } from './state.js';
import { summarise } from './summary.js';
import { tellRemovals } from './victims.js';
import { nextLook } from './waking.js';
import { bind, countSiblings, createWant, postpone, refuse, type Want } from './wants.js';

/** A decision under way. */
export interface Convergence {
  readonly before: ServiceState;
  readonly service: Service;
  readonly instances: ReadonlyMap<string, Instance>;
  readonly created: ReadonlySet<string>;
  readonly operations: readonly Operation[];
  readonly wants: readonly Want[];
  /** Clusters that were given up for an instance: they must still be away when that is written. */
  readonly abandoned: ReadonlySet<string>;
  /** When to look again although nothing has changed (epoch milliseconds). */
  readonly wakeAt: number;
}

/** How many instances of a service may be on the move at once for evacuations: a quarter, at least one. */
const parallelMoves = (replicas: number): number => Math.max(1, Math.floor(replicas / 4));

/** What the instance needs a place for, if anything. */
function causeFor(
  instance: Instance,
  service: Service,
  operations: readonly Operation[],
  surroundings: Surroundings,
): { cause: Want['cause']; migration?: Operation | undefined } | undefined {
  // Nothing is started beside what may still run: an instance runs once, and twice only while it moves.
  if (!instance.wanted || incomingHalf(instance) || hasLeftover(instance, surroundings))
    return undefined;
  const half = currentHalf(instance);
  const waits = (instance.notBefore ?? 0) > surroundings.now;
  if (half === undefined) return waits ? undefined : { cause: 'place' };
  if (half.phase === 'COMPLETED') return undefined;
  const migration = pendingMigration(operations, instance.id);
  if (migration?.migration && !hasArrived(instance, migration.migration.to, surroundings))
    return { cause: 'migrate', migration };
  const loss = judgeLoss(half, surroundings);
  if (loss.kind === 'replaceable') return { cause: 'replace' };
  // Elsewhere it would run beside one that nobody can reach.
  if (waits || loss.kind === 'waits') return undefined;
  if (isOutdated(instance, service) && isRolling(service)) return { cause: 'update' };
  const cluster = surroundings.clusters.get(half.clusterId);
  const leaves = cluster && isLeaving(cluster) && half.phase !== 'DEAD' && loss.kind !== 'stays';
  return leaves === true ? { cause: 'evacuate' } : undefined;
}

function collectWants(
  service: Service,
  instances: readonly Instance[],
  operations: readonly Operation[],
  surroundings: Surroundings,
): readonly Want[] {
  if (service.lifecycle !== 'live') return [];
  const siblings = countSiblings(instances);
  const evacuating = instances.filter((each) => incomingHalf(each)?.cause === 'evacuate');
  const room: Partial<Record<Want['cause'], number>> = {
    update: surgeRoom(service, instances),
    evacuate: parallelMoves(service.replicas) - evacuating.length,
  };
  const wants: Want[] = [];
  for (const instance of instances) {
    const found = causeFor(instance, service, operations, surroundings);
    if (found === undefined) continue;
    const left = room[found.cause] ?? Number.POSITIVE_INFINITY;
    if (left <= 0) continue;
    room[found.cause] = left - 1;
    wants.push(createWant(service, instance, siblings, found.cause, found.migration));
  }
  return wants;
}

/** Settles each instance, and tells what has failed to the operations and to the service. */
function settleAll(before: ServiceState, surroundings: Surroundings) {
  let { service, operations } = before;
  const instances: Instance[] = [];
  for (const each of before.instances) {
    const { instance, failed, halts } = settle(each, service, operations, surroundings);
    instances.push(instance);
    if (failed) operations = failMigration(operations, instance.id, failed);
    if (halts !== undefined) service = halt(service, halts);
  }
  return { service, operations, instances };
}

/** The first step: everything but the places. */
export function converge(before: ServiceState, surroundings: Surroundings): Convergence {
  const settled = settleAll(before, surroundings);
  const live = settled.service.lifecycle === 'live';
  const scaled = live
    ? scaleInstances(settled.service, settled.instances, surroundings)
    : { ...settled, created: [], removed: [], more: false };
  const { service } = scaled;
  const told = tellRemovals(settled.operations, scaled.removed);
  const stopped = scaled.instances.map((each) => (each.wanted ? each : stopHalves(each)));
  const outdated = live
    ? stopOutdated(
        service,
        stopped,
        surroundings,
        ({ id }) => pendingMigration(told, id) === undefined,
      )
    : stopped;
  const instances = new Map(outdated.map((each) => [each.id, each]));
  const operations = settleMigrations(told, instances, surroundings);
  return {
    before,
    service,
    instances,
    created: new Set(scaled.created.map((each) => each.id)),
    operations,
    wants: collectWants(service, outdated, operations, surroundings),
    abandoned: new Set(),
    wakeAt: scaled.more ? surroundings.now : Number.POSITIVE_INFINITY,
  };
}

interface Draft {
  readonly instances: Map<string, Instance>;
  operations: readonly Operation[];
  readonly abandoned: Set<string>;
  lookAgainAt: number;
}

/** Takes one answer of the scheduler in. */
function takeIn(
  draft: Draft,
  want: Want,
  result: Outcome,
  context: {
    service: Service;
    pictures: ReadonlyMap<string, ClusterPicture>;
    now: number;
  },
): void {
  const instance = draft.instances.get(want.request.instanceId);
  if (instance === undefined) return;
  if (result.verdict === 'PENDING') {
    if (want.cause !== 'migrate') draft.instances.set(instance.id, postpone(instance, result));
    return;
  }
  const target =
    result.clusterId === undefined ? undefined : context.pictures.get(result.clusterId);
  if (result.verdict === 'PLACED' && target) {
    const lost = want.cause === 'replace' ? currentHalf(instance) : undefined;
    if (lost) draft.abandoned.add(lost.clusterId);
    const { service, now } = context;
    const freed = lost ? abandonCurrent(instance) : instance;
    draft.instances.set(instance.id, bind(freed, service, want, result, target, now));
    return;
  }
  if (want.cause === 'migrate') {
    draft.operations = refuseMigration(
      draft.operations,
      want.operationId,
      instance.id,
      result.verdict,
    );
    return;
  }
  const refused = refuse(instance, result, context.now);
  if (refused.returnTo === undefined) {
    draft.instances.set(instance.id, refused);
    return;
  }
  // Where it cannot go back, it goes anywhere.
  draft.instances.set(instance.id, { ...refused, returnTo: undefined });
  draft.lookAgainAt = context.now;
}

/** An update whose operation has failed stops: what has not been replaced stays as it is. */
const haltFailed = (service: Service, operations: readonly Operation[]): Service => {
  const failed = operations.find((each) => isUpdate(each) && each.state === 'failed');
  return failed === undefined ? service : halt(service, failed.reason ?? 'the update has failed');
};

/**
 * The second step: binds what was placed, keeps what was refused, and brings operations and summary up to date.
 *
 * @param results - the scheduler's answers to `wants`, in the same order; nothing for what has to wait for its turn
 */
export function finish(
  draft: Convergence,
  results: readonly (Outcome | undefined)[],
  pictures: ReadonlyMap<string, ClusterPicture>,
  surroundings: Surroundings,
): Convergence {
  const { now } = surroundings;
  const open: Draft = {
    instances: new Map(draft.instances),
    operations: draft.operations,
    abandoned: new Set(),
    lookAgainAt: draft.wakeAt,
  };
  const refused = new Set<string>();
  draft.wants.forEach((want, index) => {
    const result = results[index];
    if (result === undefined) {
      open.lookAgainAt = Math.min(open.lookAgainAt, now + nextTryMs);
      return;
    }
    takeIn(open, want, result, { service: draft.service, pictures, now });
    if (want.cause !== 'migrate' && result.verdict !== 'PLACED')
      refused.add(want.request.instanceId);
  });
  const instances = new Map(
    [...open.instances].map(([id, instance]) => [
      id,
      present(instance, surroundings, refused.has(id)),
    ]),
  );
  const all = [...instances.values()];
  const standing = standingOf(draft.service, all, now);
  const service = summarise(draft.service, all, standing, open.operations);
  const operations = open.operations.map((each) =>
    advanceOperation(each, service, all, standing, surroundings),
  );
  return {
    ...draft,
    instances,
    service: haltFailed(service, operations),
    abandoned: open.abandoned,
    operations,
    wakeAt: Math.min(open.lookAgainAt, nextLook(service, all, operations, surroundings)),
  };
}
