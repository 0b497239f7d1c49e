import type { Cluster, ClusterPresence } from '../cluster/cluster.js';
import type { InstanceStore, ReconcileStore } from '../ports.js';
import type { Resources } from '../resources.js';
import { decide, type Deciders } from '../scheduling/decide.js';
import { admit } from './admission.js';
import { changesOf, isEmpty, type Changes } from './changes.js';
import { converge, finish } from './converge.js';
import { evacuatedFrom, limitEvacuations, roomToMove } from './evacuation.js';
import { toPicture, type Surroundings } from './state.js';

/** The clusters as far as they are known. Whatever is decided on them is checked where it is written. */
export interface ClustersInView {
  all(): Promise<readonly Cluster[]>;
  /**
   * Takes in what this manager itself has just reserved.
   *
   * @param ledgerVersions - of the clusters as they were when that was decided
   */
  reserved(
    reservations: ReadonlyMap<string, Resources>,
    ledgerVersions: ReadonlyMap<string, number>,
  ): void;
  /** What is known was found to be outdated, or may be: the next look has to read all of them. */
  doubt(): void;
}

export interface ReconcilePorts extends Deciders {
  readonly store: ReconcileStore;
  readonly clusters: ClustersInView;
  readonly instances: Pick<InstanceStore, 'atCluster'>;
  readonly now: () => number;
  readonly newId: () => string;
}

/** What this manager knows of clusters that are away. */
export interface Silence extends Pick<Surroundings, 'lostAfterMs'> {
  look(clusters: readonly ClusterPresence[]): Surroundings['absences'];
}

export interface ReconcileOutcome {
  /** When to look at a service again although nothing has changed (epoch milliseconds). */
  readonly wakeAt: ReadonlyMap<string, number>;
  /** Services with instances that found no place. */
  readonly starving: ReadonlySet<string>;
}

/** How many instances may set out from each cluster that is being evacuated. */
async function roomOf(
  sources: readonly (string | undefined)[],
  clusters: ReadonlyMap<string, Cluster>,
  instances: ReconcilePorts['instances'],
): Promise<ReadonlyMap<string, number>> {
  const room = new Map<string, number>();
  for (const id of new Set(sources)) {
    const cluster = id === undefined ? undefined : clusters.get(id);
    if (cluster) room.set(cluster.id, roomToMove(cluster, await instances.atCluster(cluster.id)));
  }
  return room;
}

/** @throws DomainError `write-conflict` */
async function commit(
  { store, clusters }: ReconcilePorts,
  all: readonly Cluster[],
  changes: Changes,
  now: number,
): Promise<void> {
  if (isEmpty(changes)) return;
  const ledgerVersions = new Map(all.map((cluster) => [cluster.id, cluster.ledgerVersion]));
  try {
    await store.commit(changes, ledgerVersions, now);
  } catch (error) {
    clusters.doubt();
    throw error;
  }
  clusters.reserved(changes.reservations, ledgerVersions);
  if (changes.abandoned.size > 0) clusters.doubt();
}

/**
 * Brings services closer to their wishes, all of them in one decision and one write.
 *
 * @throws DomainError `write-conflict` - something has changed meanwhile; nothing was written, call again
 */
export async function reconcileServices(
  ports: ReconcilePorts,
  silence: Silence,
  serviceIds: readonly string[],
): Promise<ReconcileOutcome> {
  const { store, clusters, instances, builtIn, desk, now, newId } = ports;
  const all = await clusters.all();
  const absences = silence.look(all);
  const states = await store.load(serviceIds);
  const surroundings: Surroundings = {
    now: now(),
    clusters: new Map(all.map((cluster) => [cluster.id, cluster])),
    lostAfterMs: silence.lostAfterMs,
    absences,
    newId,
  };
  const drafts = states.map((state) => converge(state, surroundings));
  const pictures = new Map(all.map((cluster) => [cluster.id, toPicture(cluster)]));
  const requests = drafts.flatMap((draft) => draft.wants.map((want) => want.request));
  const { outcomes: placements, again } = await decide({ builtIn, desk }, requests, pictures);
  const sources = evacuatedFrom(drafts);
  const room = await roomOf(sources, surroundings.clusters, instances);
  const outcomes = limitEvacuations(placements, sources, room);
  const wants = drafts.flatMap((draft) => draft.wants);
  const moving = wants.some(({ cause }) => cause === 'migrate');
  const incoming = new Map(moving ? await store.migratingTo() : []);
  const admitted = admit(wants, outcomes, incoming);
  let taken = 0;
  const decided = drafts.map((draft) => {
    const own = admitted.slice(taken, (taken += draft.wants.length));
    return finish(draft, own, pictures, surroundings);
  });
  await commit(ports, all, changesOf(decided), surroundings.now);
  const open = outcomes.filter((each) => each.verdict !== 'PLACED');
  desk?.settle(serviceIds, new Set(open.map((each) => each.instanceId)));
  if (desk?.ready === true) desk.dispatch((await clusters.all()).map(toPicture));
  const refused = new Set(
    open.filter((each) => each.verdict !== 'PENDING').map((each) => each.instanceId),
  );
  return {
    wakeAt: new Map(
      decided
        .map(
          ({ service, wakeAt }) =>
            [
              service.id,
              Math.min(wakeAt, again.get(service.id) ?? Number.POSITIVE_INFINITY),
            ] as const,
        )
        .filter(([, wakeAt]) => Number.isFinite(wakeAt)),
    ),
    starving: new Set(
      decided
        .filter((each) => each.wants.some((want) => refused.has(want.request.instanceId)))
        .map((each) => each.service.id),
    ),
  };
}
