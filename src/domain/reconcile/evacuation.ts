/** How fast clusters are evacuated. Each of them says how many of its instances may be on the move at once. */
import type { Cluster } from '../cluster/cluster.js';
import { currentHalf, incomingHalf, type Instance } from '../instance/instance.js';
import type { Outcome } from '../scheduling/scheduling.js';
import type { Convergence } from './converge.js';

/** For clusters that do not say it. */
export const parallelMovesDefault = 10;

/** How many instances are on their way from the cluster because it is being evacuated. */
export const movesFrom = (clusterId: string, instances: readonly Instance[]): number =>
  instances.filter(
    (instance) =>
      currentHalf(instance)?.clusterId === clusterId &&
      incomingHalf(instance)?.cause === 'evacuate',
  ).length;

/** How many more may set out. */
export const roomToMove = (cluster: Cluster, there: readonly Instance[]): number =>
  Math.max(0, (cluster.parallelMoves ?? parallelMovesDefault) - movesFrom(cluster.id, there));

/** Where each want that is to be evacuated comes from; nothing for the others. In the order of the scheduler's outcomes. */
export const evacuatedFrom = (drafts: readonly Convergence[]): readonly (string | undefined)[] =>
  drafts.flatMap(({ wants, instances }) =>
    wants.map(({ cause, request }) => {
      const instance = cause === 'evacuate' ? instances.get(request.instanceId) : undefined;
      return instance && currentHalf(instance)?.clusterId;
    }),
  );

/**
 * Leaves those undecided that have a place but would exceed the number of moves. What has no place takes nobody's turn.
 *
 * @param sources - for each outcome the cluster that it is evacuated from
 * @param room - how many may set out from each of these clusters
 */
export function limitEvacuations(
  outcomes: readonly Outcome[],
  sources: readonly (string | undefined)[],
  room: ReadonlyMap<string, number>,
): readonly Outcome[] {
  const left = new Map(room);
  return outcomes.map((outcome, index) => {
    const source = sources[index];
    if (source === undefined || outcome.verdict !== 'PLACED') return outcome;
    const turns = left.get(source) ?? 0;
    left.set(source, turns - 1);
    return turns > 0 ? outcome : { ...outcome, verdict: 'PENDING' as const };
  });
}
