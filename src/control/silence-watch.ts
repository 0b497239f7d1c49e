import type { ClusterPresence } from '../domain/cluster/cluster.js';
import type { Absence } from '../domain/reconcile/losing.js';
import {
  findStorm,
  isConfirmedAway,
  type Storm,
  type StormRules,
} from '../domain/reconcile/storm.js';

export interface SilenceWatchOptions {
  /** Milliseconds that never go back, whatever happens to the time of day. */
  readonly monotonic: () => number;
  readonly storm: StormRules;
  /** Silence after which a cluster counts as away, and what it gets to come back after a storm, in milliseconds. */
  readonly inactiveAfterMs: number;
}

interface Sign {
  /** Names the last sign of the cluster that is stored. */
  readonly mark: string;
  /** When this manager has first seen it; monotonic. */
  readonly seenAt: number;
}

const markOf = ({ session, sequence, lastHeardAt }: ClusterPresence): string =>
  `${session}/${sequence}/${lastHeardAt ?? ''}`;

const untilWhen = 'nothing is placed elsewhere until they return or an administrator confirms it';

/**
 * Knows how long each cluster has been silent, on this manager's own monotonic clock. A sign is stored before its agent is answered,
 * so whoever has seen the same last sign for some time knows that no manager has answered the agent in that time. What was before
 * this manager has looked for the first time does not count.
 */
export class SilenceWatch {
  readonly #options: SilenceWatchOptions;
  readonly #signs = new Map<string, Sign>();
  #fallenSilent: readonly ClusterPresence[] = [];
  #storm: Storm | undefined;
  #stormSeenAt = Number.NEGATIVE_INFINITY;

  constructor(options: SilenceWatchOptions) {
    this.#options = options;
  }

  /** The storm at the time of the last look. */
  get storm(): Storm | undefined {
    return this.#storm;
  }

  /** Those which at the last look were stored as active, and have been silent for too long. */
  get fallenSilent(): readonly ClusterPresence[] {
    return this.#fallenSilent;
  }

  /**
   * Takes the clusters in as they were just read.
   *
   * @param clusters - all that are not removed
   * @param listeningSince - silence before does not count; by the monotonic clock
   * @returns the absences of those that are away, by id
   */
  look(
    clusters: readonly ClusterPresence[],
    listeningSince = Number.NEGATIVE_INFINITY,
  ): ReadonlyMap<string, Absence> {
    const { monotonic, storm, inactiveAfterMs } = this.#options;
    const now = monotonic();
    this.#note(clusters, now);
    const silentMs = ({ id }: ClusterPresence): number =>
      now - Math.max(this.#signs.get(id)?.seenAt ?? now, listeningSince);
    this.#fallenSilent = clusters.filter(
      (each) => each.liveness === 'active' && silentMs(each) >= inactiveAfterMs,
    );
    // Whoever is silent is about to be called inactive: the first one must not be judged without the others.
    const fallen = new Set(this.#fallenSilent);
    const seen = clusters.map((each) =>
      fallen.has(each) ? { ...each, liveness: 'inactive' as const } : each,
    );
    this.#storm = findStorm(seen, storm);
    if (this.#storm) this.#stormSeenAt = now;
    const heldBack = this.#heldBack(now);
    return new Map(
      clusters
        .filter((cluster) => cluster.liveness === 'inactive')
        .map((cluster) => [
          cluster.id,
          {
            silentMs: silentMs(cluster),
            heldBack: isConfirmedAway(cluster) ? undefined : heldBack,
          },
        ]),
    );
  }

  #note(clusters: readonly ClusterPresence[], now: number): void {
    const present = new Set(clusters.map(({ id }) => id));
    for (const id of this.#signs.keys()) if (!present.has(id)) this.#signs.delete(id);
    for (const cluster of clusters) {
      const mark = markOf(cluster);
      if (this.#signs.get(cluster.id)?.mark !== mark)
        this.#signs.set(cluster.id, { mark, seenAt: now });
    }
  }

  #heldBack(now: number): string | undefined {
    if (this.#storm) return `${this.#storm.reason}: ${untilWhen}`;
    return now - this.#stormSeenAt < this.#options.inactiveAfterMs
      ? 'many clusters are just coming back: it gets some time to do the same'
      : undefined;
  }
}
