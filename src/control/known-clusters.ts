import type { Change, ChangeFeed } from '../domain/change.js';
import type { Cluster } from '../domain/cluster/cluster.js';
import type { ClusterStore } from '../domain/ports.js';
import type { ClustersInView } from '../domain/reconcile/reconcile-services.js';
import { addResources, type Resources } from '../domain/resources.js';

type ClusterChange = Extract<Change, { subject: 'cluster' }>;

/**
 * The clusters as the change feed tells them, so that a decision need not read all of them (3,000 of them: 0.4 s). What a decision was
 * made on is checked where it is written, so being behind costs another attempt and no more. What is told of services comes through
 * the same feed in the same order: whoever looks at a service because of it knows every cluster that was there before.
 */
export class KnownClusters implements ClustersInView {
  readonly #clusters: Pick<ClusterStore, 'all'>;
  readonly #unsubscribe: readonly (() => void)[];
  #known = new Map<string, Cluster>();
  #inOrder = true;
  /** False when all of them have to be read. */
  #certain = false;
  /** What was told while they are being read. */
  #meanwhile: ClusterChange[] | undefined;

  constructor(clusters: Pick<ClusterStore, 'all'>, feed: ChangeFeed) {
    this.#clusters = clusters;
    this.#unsubscribe = [
      feed.onChange((change) => {
        if (change.subject === 'cluster') this.#take(change);
      }),
      feed.onGap(() => {
        this.doubt();
      }),
    ];
  }

  /** All that are not removed, in the order of their ids. */
  async all(): Promise<readonly Cluster[]> {
    if (!this.#certain) await this.#read();
    if (!this.#inOrder) this.#sort();
    return [...this.#known.values()];
  }

  doubt(): void {
    this.#certain = false;
  }

  reserved(
    reservations: ReadonlyMap<string, Resources>,
    ledgerVersions: ReadonlyMap<string, number>,
  ): void {
    for (const [id, delta] of reservations) {
      const cluster = this.#known.get(id);
      // The feed may have told of it before the store has answered; it must not count twice.
      if (cluster === undefined || cluster.ledgerVersion !== ledgerVersions.get(id)) continue;
      const reserved = addResources(cluster.reserved, delta);
      this.#known.set(id, { ...cluster, reserved, ledgerVersion: cluster.ledgerVersion + 1 });
    }
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  async #read(): Promise<void> {
    const meanwhile: ClusterChange[] = [];
    this.#meanwhile = meanwhile;
    this.#certain = true;
    try {
      const all = await this.#clusters.all();
      this.#known = new Map(all.map((cluster) => [cluster.id, cluster]));
    } catch (error) {
      this.#certain = false;
      throw error;
    } finally {
      this.#meanwhile = undefined;
    }
    for (const change of meanwhile) this.#take(change);
  }

  #take(change: ClusterChange): void {
    if (this.#meanwhile) {
      this.#meanwhile.push(change);
      return;
    }
    const { id, after } = change;
    const known = this.#known.get(id);
    if (after === undefined || after.lifecycle === 'removed') this.#known.delete(id);
    // Told from before a reservation of our own; what is told of that comes after it.
    else if (known === undefined || after.ledgerVersion >= known.ledgerVersion) {
      this.#known.set(id, after);
      this.#inOrder &&= known !== undefined;
    }
  }

  #sort(): void {
    this.#known = new Map([...this.#known].sort(([one], [other]) => (one < other ? -1 : 1)));
    this.#inOrder = true;
  }
}
