import type { ReconcileStore, ClusterStore } from '../ports.js';
import type { Scheduler } from '../scheduling/scheduling.js';
import { changesOf, isEmpty } from './changes.js';
import { converge, finish } from './converge.js';
import { toPicture, type Surroundings } from './state.js';

export interface ReconcilePorts {
  readonly store: ReconcileStore;
  readonly clusters: Pick<ClusterStore, 'all'>;
  readonly scheduler: Scheduler;
  readonly now: () => number;
  readonly newId: () => string;
}

export interface ReconcileOutcome {
  /** When to look at a service again although nothing has changed (epoch milliseconds). */
  readonly wakeAt: ReadonlyMap<string, number>;
  /** Services with instances that found no place. */
  readonly starving: ReadonlySet<string>;
}

/**
 * Brings services closer to their wishes, all of them in one decision and one write.
 *
 * @throws DomainError `write-conflict` - something has changed meanwhile; nothing was written, call again
 */
export async function reconcileServices(
  { store, clusters, scheduler, now, newId }: ReconcilePorts,
  silence: Pick<Surroundings, 'lostAfterMs' | 'listeningSince'>,
  serviceIds: readonly string[],
): Promise<ReconcileOutcome> {
  const all = await clusters.all();
  const states = await store.load(serviceIds);
  const surroundings: Surroundings = {
    now: now(),
    clusters: new Map(all.map((cluster) => [cluster.id, cluster])),
    ...silence,
    newId,
  };
  const drafts = states.map((state) => converge(state, surroundings));
  const pictures = new Map(all.map((cluster) => [cluster.id, toPicture(cluster)]));
  const requests = drafts.flatMap((draft) => draft.wants.map((want) => want.request));
  const results =
    requests.length > 0 ? await scheduler.place(requests, [...pictures.values()]) : [];
  let taken = 0;
  const decided = drafts.map((draft) => {
    const own = results.slice(taken, (taken += draft.wants.length));
    return finish(draft, own, pictures, scheduler.name, surroundings);
  });
  const changes = changesOf(decided);
  if (!isEmpty(changes)) {
    const ledgerVersions = new Map(all.map((cluster) => [cluster.id, cluster.ledgerVersion]));
    await store.commit(changes, ledgerVersions, surroundings.now);
  }
  const refused = new Set(
    results.filter((each) => each.verdict !== 'PLACED').map((each) => each.instanceId),
  );
  return {
    wakeAt: new Map(
      decided
        .filter((each) => Number.isFinite(each.wakeAt))
        .map((each) => [each.service.id, each.wakeAt]),
    ),
    starving: new Set(
      decided
        .filter((each) => each.wants.some((want) => refused.has(want.request.instanceId)))
        .map((each) => each.service.id),
    ),
  };
}
