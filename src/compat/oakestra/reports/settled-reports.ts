/**
 * Remembers which reports had nothing left open. Clusters say every 15 seconds all that they have, nearly always the same, and
 * to look at it costs reading each instance of the cluster.
 */
import { createHash } from 'node:crypto';
import type { ChangeFeed } from '../../../domain/change.js';
import type { Instance } from '../../../domain/instance/instance.js';
import type { OakestraReport } from './report.js';

interface Settled {
  readonly digest: string;
  readonly instanceIds: readonly string[];
}

/** Names what a report says of instances, short. */
export const digestOf = ({ numbered, serviceIds }: OakestraReport): string =>
  createHash('sha256')
    .update(JSON.stringify([numbered.instances, serviceIds]))
    .digest('base64');

/** What is remembered of a cluster is forgotten as soon as the feed tells of a change of an instance that is or was there. */
export class SettledReports {
  readonly #settled = new Map<string, Settled>();
  /** Where the instances are of which that was remembered. */
  readonly #places = new Map<string, string>();
  /** What was told since each look began that goes on: ids of instances, and of the clusters where they are now. */
  readonly #looks = new Set<Set<string>>();
  readonly #unsubscribe: readonly (() => void)[];

  constructor(feed: ChangeFeed) {
    this.#unsubscribe = [
      feed.onChange((change) => {
        if (change.subject === 'instance') this.#onInstance(change.id, change.after);
        if (change.subject === 'cluster' && change.after?.lifecycle === 'removed')
          this.#forget(change.id);
      }),
      feed.onGap(() => {
        this.#forgetAll();
      }),
    ];
  }

  /** Whether the last report of the cluster said the same, and nothing has changed since. */
  repeats(clusterId: string, digest: string): boolean {
    return this.#settled.get(clusterId)?.digest === digest;
  }

  /**
   * Begins to look at a report; the end must be called.
   *
   * @returns takes the ids of the cluster's instances, when nothing of them is left open
   */
  look(clusterId: string, digest: string): (settled: readonly string[] | undefined) => void {
    const told = new Set<string>();
    this.#looks.add(told);
    return (instanceIds) => {
      const sawAll = this.#looks.delete(told);
      if (!sawAll || instanceIds === undefined) return;
      if (told.has(clusterId) || instanceIds.some((id) => told.has(id))) return;
      this.#forget(clusterId);
      this.#settled.set(clusterId, { digest, instanceIds });
      for (const id of instanceIds) this.#places.set(id, clusterId);
    };
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #onInstance(id: string, after: Instance | undefined): void {
    const place = this.#places.get(id);
    if (place !== undefined) this.#forget(place);
    const clusterIds = after?.halves.map((half) => half.clusterId) ?? [];
    for (const clusterId of clusterIds) this.#forget(clusterId);
    for (const told of this.#looks) for (const each of [id, ...clusterIds]) told.add(each);
  }

  #forget(clusterId: string): void {
    for (const id of this.#settled.get(clusterId)?.instanceIds ?? []) this.#places.delete(id);
    this.#settled.delete(clusterId);
  }

  #forgetAll(): void {
    this.#settled.clear();
    this.#places.clear();
    // What was missed may have been of any of them.
    this.#looks.clear();
  }
}
