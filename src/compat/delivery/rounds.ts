/**
 * Goes round the clusters that take orders over HTTP in one form: whenever there may be something to tell a cluster about a service,
 * the service is looked at, one at a time for each cluster, and again until it was told.
 */
import type { Logger } from 'pino';
import type { ChangeFeed } from '../../domain/change.js';
import type { Cluster, Endpoint } from '../../domain/cluster/cluster.js';
import type { Instance } from '../../domain/instance/instance.js';
import type { Ports } from '../../domain/ports.js';
import { Lane } from './lane.js';

export type Peer = Cluster & { readonly endpoint: Endpoint };

export interface RoundsOptions {
  readonly ports: Ports;
  readonly feed: ChangeFeed;
  /** The form in which these clusters take orders. */
  readonly protocol: Endpoint['protocol'];
  /** Tells a cluster what it has to be told about a service. Throws where it was not answered. */
  readonly serve: (clusterId: string, serviceId: string) => Promise<void>;
  readonly logger: Logger;
  readonly random: () => number;
  readonly retryMsMin: number;
  readonly retryMsMax: number;
}

export class Rounds {
  readonly #options: RoundsOptions;
  readonly #peers = new Map<string, Peer>();
  readonly #lanes = new Map<string, Lane>();
  readonly #unsubscribe: (() => void)[] = [];
  /** Nothing while another manager brings the orders. */
  #startedAt: number | undefined;
  #looking: Promise<void> | undefined;

  constructor(options: RoundsOptions) {
    this.#options = options;
  }

  /** When it was started (epoch milliseconds); nothing while it is stopped. */
  get startedAt(): number | undefined {
    return this.#startedAt;
  }

  /** A cluster that takes orders in this form. */
  peer(id: string): Peer | undefined {
    return this.#peers.get(id);
  }

  /** Resolves once everything that was left open is on its way. It may be stopped and started again. */
  async start(): Promise<void> {
    const { feed, ports } = this.#options;
    this.#startedAt = ports.now();
    this.#unsubscribe.push(
      feed.onChange((change) => {
        if (change.subject === 'cluster') this.#onCluster(change.id, change.after, change.fields);
        if (change.subject === 'instance' && change.after) this.#offerHalves(change.after);
      }),
      feed.onGap(() => {
        this.#looking = this.#lookAtAll().catch((error: unknown) => {
          this.#options.logger.error({ err: error }, 'the orders cannot be read');
        });
      }),
    );
    await this.#lookAtAll();
  }

  async stop(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    this.#startedAt = undefined;
    await this.#looking;
    const lanes = [...this.#lanes.values()];
    this.#lanes.clear();
    this.#peers.clear();
    await Promise.all(lanes.map((lane) => lane.stop()));
  }

  /** Has a service looked at for a cluster, if that takes orders in this form. */
  offer(clusterId: string, serviceId: string): void {
    if (this.#peers.has(clusterId)) this.#laneOf(clusterId).offer(serviceId);
  }

  #isPeer(cluster: Cluster | undefined): cluster is Peer {
    return (
      cluster?.endpoint !== undefined &&
      cluster.endpoint.protocol === this.#options.protocol &&
      cluster.lifecycle !== 'removed' &&
      cluster.admission === 'approved'
    );
  }

  async #lookAtAll(): Promise<void> {
    const { clusters, instances } = this.#options.ports;
    for (const cluster of await clusters.all()) {
      if (!this.#isPeer(cluster)) continue;
      this.#peers.set(cluster.id, cluster);
      for (const instance of await instances.atCluster(cluster.id)) this.#offerHalves(instance);
    }
  }

  #onCluster(id: string, after: Cluster | undefined, fields: ReadonlySet<string>): void {
    if (!this.#isPeer(after)) {
      this.#peers.delete(id);
      this.#lanes
        .get(id)
        ?.stop()
        .catch((error: unknown) => {
          this.#options.logger.error({ err: error, clusterId: id }, 'orders did not end in order');
        });
      this.#lanes.delete(id);
      return;
    }
    this.#peers.set(id, after);
    if (fields.has('lastHeardAt') || fields.has('ip') || fields.has('port'))
      this.#lanes.get(id)?.wake();
  }

  /** Only what is unacknowledged, or has just ended, can bring something to tell. */
  #offerHalves({ halves, serviceId }: Instance): void {
    for (const { clusterId, action, acknowledged, phase } of halves)
      if (!acknowledged || action === 'stop' || phase === 'UNDEPLOYED')
        this.offer(clusterId, serviceId);
  }

  #laneOf(clusterId: string): Lane {
    const known = this.#lanes.get(clusterId);
    if (known) return known;
    const { logger, random, serve, retryMsMin, retryMsMax } = this.#options;
    const lane = new Lane({
      serve: (serviceId) => serve(clusterId, serviceId),
      onFailure: (error, failures, retryInMs) => {
        logger.warn(
          { err: error, clusterId, failures, retryInMs: Math.round(retryInMs) },
          'an order was not answered; it is kept and tried again',
        );
      },
      random,
      retryMsMin,
      retryMsMax,
    });
    this.#lanes.set(clusterId, lane);
    return lane;
  }
}
