/**
 * What has to change so that a service comes closer to the wish. Level-triggered: it looks at the state as it is, never at how it
 * came about, so running it twice, late or after a crash does no harm. Two steps, because a scheduler may take its time between:
 * `converge` decides all but the places, `finish` takes these in.
 */
import { isLeaving } from '../cluster/cluster.js';
import { currentHalf, incomingHalf, type Half, type Instance } from '../instance/instance.js';
import type { Operation } from '../operation/operation.js';
import type { ClusterPicture, Outcome } from '../scheduling/scheduling.js';
import type { Service } from '../service/service.js';
import {
  clearHalves,
  giveUpIncoming,
  phaseOf,
  promote,
  recallEvacuation,
  refusalDelayMs,
  stopHalves,
  type FailedMove,
} from './halves.js';
import { abandonCurrent, judgeLoss } from './losing.js';
import { failMigration, pendingMigration, settleMigrations } from './migrations.js';
import { advanceOperation, summarise } from './progress.js';
import { scaleInstances } from './scaling.js';
import type { ServiceState, Surroundings } from './state.js';
import { bind, countSiblings, createWant, postpone, refuse, type Want } from './wants.js';

/** How long an update or an evacuation waits for the new half to run, in milliseconds. */
const moveTimeoutMs = 300_000;

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

/** How many instances of a service may be on the move at once for updates and evacuations: a quarter, at least one. */
const parallelMoves = (replicas: number): number => Math.max(1, Math.floor(replicas / 4));

function deadlineOf(half: Half, operations: readonly Operation[]): number {
  const operation = operations.find((each) => each.id === half.operationId);
  return half.boundAt + (operation?.migration?.timeoutMs ?? moveTimeoutMs);
}

const unwant = (instance: Instance): Instance =>
  instance.wanted ? { ...instance, wanted: false } : instance;

/** Clears, promotes and gives up halves of one instance. Failures of migrations go into their operation. */
function settle(
  instance: Instance,
  service: Service,
  operations: readonly Operation[],
  surroundings: Surroundings,
): { instance: Instance; operations: readonly Operation[] } {
  const cleared = clearHalves(instance, surroundings);
  if (service.lifecycle !== 'live' || !instance.wanted)
    return { instance: stopHalves(unwant(cleared.instance)), operations };
  const given = giveUpIncoming(
    recallEvacuation(promote(cleared.instance), surroundings),
    (half) => deadlineOf(half, operations),
    surroundings.now,
  );
  const failed = given.failed ?? cleared.failed;
  if (failed === undefined) return { instance: given.instance, operations };
  return {
    instance: afterFailedMove(given.instance, failed, surroundings.now),
    operations: failMigration(operations, instance.id, failed),
  };
}

/** A revision that died is not tried again here; other moves are, after a while. */
function afterFailedMove(instance: Instance, { half, reason }: FailedMove, now: number): Instance {
  if (half.cause === 'update') return { ...instance, heldRevision: half.revision, reason };
  const refusals = instance.refusals + 1;
  return { ...instance, refusals, notBefore: now + refusalDelayMs(refusals) };
}

/** What the instance needs a place for, if anything. */
function causeFor(
  instance: Instance,
  service: Service,
  operations: readonly Operation[],
  surroundings: Surroundings,
): { cause: Want['cause']; migration?: Operation | undefined } | undefined {
  if (!instance.wanted || incomingHalf(instance)) return undefined;
  const half = currentHalf(instance);
  const migration = pendingMigration(operations, instance.id);
  if (half === undefined)
    return (instance.notBefore ?? 0) <= surroundings.now ? { cause: 'place' } : undefined;
  if (half.phase === 'COMPLETED') return undefined;
  if (migration) return { cause: 'migrate', migration };
  const loss = judgeLoss(half, surroundings);
  if (loss.kind === 'replaceable') return { cause: 'replace' };
  // Elsewhere it would run beside one that nobody can reach.
  if (loss.kind === 'waits') return undefined;
  if (half.revision !== service.revision && instance.heldRevision !== service.revision)
    return { cause: 'update' };
  const cluster = surroundings.clusters.get(half.clusterId);
  const waits = (instance.notBefore ?? 0) > surroundings.now || loss.kind === 'stays';
  return cluster && isLeaving(cluster) && half.phase !== 'DEAD' && !waits
    ? { cause: 'evacuate' }
    : undefined;
}

function collectWants(
  service: Service,
  instances: Iterable<Instance>,
  operations: readonly Operation[],
  surroundings: Surroundings,
): readonly Want[] {
  if (service.lifecycle !== 'live') return [];
  const all = [...instances];
  const siblings = countSiblings(all);
  const moving = all.filter(
    (each) => incomingHalf(each)?.cause === 'update' || incomingHalf(each)?.cause === 'evacuate',
  );
  let room = parallelMoves(service.replicas) - moving.length;
  const wants: Want[] = [];
  for (const instance of all) {
    const found = causeFor(instance, service, operations, surroundings);
    if (found === undefined) continue;
    if (found.cause === 'update' || found.cause === 'evacuate') {
      if (room <= 0) continue;
      room -= 1;
    }
    wants.push(createWant(service, instance, siblings, found.cause, found.migration));
  }
  return wants;
}

/** The first step: everything but the places. */
export function converge(before: ServiceState, surroundings: Surroundings): Convergence {
  const { service } = before;
  let operations = before.operations;
  const settled: Instance[] = [];
  for (const instance of before.instances) {
    const result = settle(instance, service, operations, surroundings);
    settled.push(result.instance);
    operations = result.operations;
  }
  const scaled =
    service.lifecycle === 'live'
      ? scaleInstances(service, settled, surroundings.newId, surroundings.now)
      : { instances: settled, created: [], more: false };
  const instances = new Map(
    scaled.instances.map((each) => [each.id, each.wanted ? each : stopHalves(each)]),
  );
  operations = settleMigrations(operations, instances, surroundings);
  return {
    before,
    service,
    instances,
    created: new Set(scaled.created.map((each) => each.id)),
    operations,
    wants: collectWants(service, instances.values(), operations, surroundings),
    abandoned: new Set(),
    wakeAt: scaled.more ? surroundings.now : Number.POSITIVE_INFINITY,
  };
}

/** Takes one answer of the scheduler in. */
function takeIn(
  draft: {
    instances: Map<string, Instance>;
    operations: readonly Operation[];
    abandoned: Set<string>;
  },
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
    draft.instances.set(
      instance.id,
      bind(
        lost ? abandonCurrent(instance) : instance,
        context.service,
        want,
        result,
        target,
        context.now,
      ),
    );
    return;
  }
  if (want.cause === 'migrate') {
    draft.operations = draft.operations.map((operation) =>
      operation.id === want.operationId && operation.migration
        ? {
            ...operation,
            migration: {
              ...operation.migration,
              outcomes: [
                ...operation.migration.outcomes,
                { instanceId: instance.id, done: false, reason: result.verdict },
              ],
            },
          }
        : operation,
    );
    return;
  }
  draft.instances.set(instance.id, refuse(instance, result, context.now));
}

const lossReason = (half: Half, surroundings: Surroundings): string | undefined => {
  const loss = judgeLoss(half, surroundings);
  return 'reason' in loss ? loss.reason : undefined;
};

/**
 * Reasons of the past go once the instance is up again.
 *
 * @param refused - it has just been refused a better place; the verdict stays its reason
 */
function present(instance: Instance, surroundings: Surroundings, refused: boolean): Instance {
  const phase = phaseOf(instance, surroundings);
  const live = instance.wanted || instance.halves.length > 0;
  const half = currentHalf(instance) ?? incomingHalf(instance);
  const cameUp = phase === 'RUNNING' && instance.phase !== 'RUNNING';
  const held = instance.heldRevision !== undefined;
  const reason =
    half === undefined || held || refused
      ? instance.reason
      : ((phase === 'LOST' ? lossReason(half, surroundings) : undefined) ?? half.reason);
  const refusals = cameUp ? 0 : instance.refusals;
  const same =
    phase === instance.phase &&
    live === instance.live &&
    reason === instance.reason &&
    refusals === instance.refusals;
  return same ? instance : { ...instance, phase, live, reason, refusals };
}

const soonest = (
  instances: Iterable<Instance>,
  operations: readonly Operation[],
  surroundings: Surroundings,
): number => {
  const { now } = surroundings;
  let wakeAt = Number.POSITIVE_INFINITY;
  for (const instance of instances) {
    if (!instance.wanted) continue;
    const incoming = incomingHalf(instance);
    if (incoming) wakeAt = Math.min(wakeAt, deadlineOf(incoming, operations));
    if (instance.notBefore !== undefined && instance.notBefore > now)
      wakeAt = Math.min(wakeAt, instance.notBefore);
    const half = currentHalf(instance);
    const loss = half && judgeLoss(half, surroundings);
    if (loss?.kind === 'waits' && loss.inMs !== undefined)
      wakeAt = Math.min(wakeAt, now + Math.ceil(loss.inMs));
  }
  return wakeAt;
};

/**
 * The second step: binds what was placed, keeps what was refused, and brings operations and summary up to date.
 *
 * @param results - the scheduler's answers to `wants`, in the same order
 */
export function finish(
  draft: Convergence,
  results: readonly Outcome[],
  pictures: ReadonlyMap<string, ClusterPicture>,
  surroundings: Surroundings,
): Convergence {
  const { now } = surroundings;
  const open = {
    instances: new Map(draft.instances),
    operations: draft.operations,
    abandoned: new Set<string>(),
  };
  draft.wants.forEach((want, index) => {
    const result = results[index];
    if (result) takeIn(open, want, result, { service: draft.service, pictures, now });
  });
  const refused = new Set(
    draft.wants
      .filter(({ cause }, index) => cause !== 'migrate' && results[index]?.verdict !== 'PLACED')
      .map(({ request }) => request.instanceId),
  );
  const instances = new Map(
    [...open.instances].map(([id, instance]) => [
      id,
      present(instance, surroundings, refused.has(id)),
    ]),
  );
  const all = [...instances.values()];
  return {
    ...draft,
    instances,
    service: summarise(draft.service, all, open.operations),
    abandoned: open.abandoned,
    operations: open.operations.map((each) => advanceOperation(each, draft.service, all, now)),
    wakeAt: Math.min(draft.wakeAt, soonest(all, open.operations, surroundings)),
  };
}
