/** Which instances go when a service is scaled down, and why those. */
import { currentHalf, type Half, type Instance } from '../instance/instance.js';
import { removalsToldMax, type Operation } from '../operation/operation.js';
import type { Service } from '../service/service.js';
import { isLost, type Surroundings } from './state.js';

/** Why an instance is expendable; those further up go first. */
const reasons = [
  'it has no place',
  'it does not run',
  'its cluster is away',
  'it does not run yet',
  'its cluster is being left',
  'it runs an older revision',
  'it runs',
  'it has completed',
] as const;

type Expendable = (typeof reasons)[number];

function expendable(instance: Instance, service: Service, surroundings: Surroundings): Expendable {
  const half = currentHalf(instance);
  if (half === undefined) return 'it has no place';
  const cluster = surroundings.clusters.get(half.clusterId);
  if (half.phase === 'COMPLETED') return 'it has completed';
  if (half.phase === 'DEAD' || half.phase === 'FAILED') return 'it does not run';
  if (cluster && isLost(cluster, surroundings)) return 'its cluster is away';
  if (half.phase !== 'RUNNING') return 'it does not run yet';
  if (cluster && cluster.lifecycle !== 'present') return 'its cluster is being left';
  return half.revision === service.revision ? 'it runs' : 'it runs an older revision';
}

/** The cluster of an instance, as a key; one for all that have none. */
const placeOf = (instance: Instance): string => currentHalf(instance)?.clusterId ?? '';

/** Why the instance goes rather than another. */
const explain = (reason: Expendable, half: Half | undefined, crowd: number): string =>
  reason === 'it runs' && half !== undefined && crowd > 1
    ? `${half.clusterName} has ${crowd} of the instances, no other cluster more`
    : reason;

/**
 * Takes equally expendable instances in turn: from the cluster that has most of the service, the highest ordinal first.
 *
 * @param crowds - instances of the service by cluster; counted down with each that is taken
 */
function* mostCrowdedFirst(
  instances: readonly Instance[],
  crowds: Map<string, number>,
): Generator<{ readonly instance: Instance; readonly crowd: number }> {
  const queues = new Map<string, Instance[]>();
  for (const instance of [...instances].sort((a, b) => a.ordinal - b.ordinal)) {
    const queue = queues.get(placeOf(instance));
    if (queue) queue.push(instance);
    else queues.set(placeOf(instance), [instance]);
  }
  const levels = new Map<number, string[]>();
  const enter = (place: string): void => {
    const crowd = crowds.get(place) ?? 0;
    const level = levels.get(crowd);
    if (level) level.push(place);
    else levels.set(crowd, [place]);
  };
  for (const place of queues.keys()) enter(place);
  const next = (place: string): number => queues.get(place)?.at(-1)?.ordinal ?? -1;
  for (let crowd = Math.max(0, ...levels.keys()); crowd > 0; crowd -= 1)
    for (const place of (levels.get(crowd) ?? []).sort((a, b) => next(b) - next(a))) {
      const instance = queues.get(place)?.pop();
      if (instance === undefined) continue;
      yield { instance, crowd };
      crowds.set(place, crowd - 1);
      enter(place);
    }
}

/** @returns why each of the chosen instances goes, by id */
export function chooseVictims(
  service: Service,
  wanted: readonly Instance[],
  count: number,
  surroundings: Surroundings,
): ReadonlyMap<string, string> {
  const crowds = new Map<string, number>();
  const ranks = new Map<Expendable, Instance[]>();
  for (const instance of wanted) {
    crowds.set(placeOf(instance), (crowds.get(placeOf(instance)) ?? 0) + 1);
    const reason = expendable(instance, service, surroundings);
    const rank = ranks.get(reason);
    if (rank) rank.push(instance);
    else ranks.set(reason, [instance]);
  }
  const victims = new Map<string, string>();
  for (const reason of reasons)
    for (const { instance, crowd } of mostCrowdedFirst(ranks.get(reason) ?? [], crowds)) {
      if (victims.size === count) return victims;
      const why = explain(reason, currentHalf(instance), crowd);
      victims.set(instance.id, `chosen by scaling to ${service.replicas}: ${why}`);
    }
  return victims;
}

/** The operations, with the newest that changed the number of replicas told which instances go. */
export function tellRemovals(
  operations: readonly Operation[],
  removed: readonly Instance[],
): readonly Operation[] {
  const teller = operations.findLast(
    (each) => each.before && each.before.replicas !== each.after?.replicas,
  );
  if (teller === undefined || removed.length === 0) return operations;
  const removals = [
    ...(teller.removals ?? []),
    ...removed.map(({ id, ordinal, removalReason }) => ({
      instanceId: id,
      ordinal,
      reason: removalReason ?? '',
    })),
  ].slice(0, removalsToldMax);
  return operations.map((each) => (each === teller ? { ...teller, removals } : each));
}
