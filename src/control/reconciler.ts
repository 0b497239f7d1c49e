/**
 * Brings services closer to their wishes. It only knows which services to look at; what to do is decided by the rules of the
 * domain from the state as it is. Whoever is in doubt enqueues: looking once too often does no harm.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Change, ChangeFeed } from '../domain/change.js';
import { isLeaving, type Cluster } from '../domain/cluster/cluster.js';
import { DomainError } from '../domain/errors.js';
import type { Ports } from '../domain/ports.js';
import { reconcileCluster } from '../domain/reconcile/reconcile-clusters.js';
import {
  reconcileServices,
  type ReconcilePorts,
  type Silence,
} from '../domain/reconcile/reconcile-services.js';
import { Periodic } from './periodic.js';
import { WakeTimer } from './wake-timer.js';

export interface ReconcilerOptions {
  readonly ports: Ports;
  readonly reconcile: ReconcilePorts;
  readonly feed: ChangeFeed;
  readonly logger: Logger;
  /** How long a cluster may be silent until its instances are lost, and since when silence counts. */
  readonly silence: Silence;
  /** How often everything is looked at although nothing was told. */
  readonly resyncMs: number;
}

const servicesAtOnceMax = 64;
/** Instances that are looked at together: what is decided for them is one transaction, and what was decided before can go out meanwhile. */
const instancesAtOnceMax = 4_000;
const pageSize = 500;
const retryDelayMsMin = 10;
const retryDelayMsMax = 5_000;
/** Batches that were beaten in a row until their services are taken one by one: one of them may be held by somebody for long. */
const beatenMax = 6;
/** How long a service rests whose reconciliation fails for no known reason. */
const restMs = 30_000;
/** How long news of free capacity gather until the services without a place are tried again. */
const gatherMs = 50;

/** Changes of a cluster that may give a waiting instance a place. */
const hopeful = [
  'liveness',
  'schedulable',
  'lifecycle',
  'capacity',
  'reserved',
  'labels',
  'taints',
  'technology',
  'cluster_location',
  'coordinates',
  'reportedWorkers',
  'addedWorkers',
];
/** What the reconciler itself writes into a service. */
const summary: ReadonlySet<string> = new Set([
  'status',
  'reason',
  'phaseCounts',
  'stableRevision',
  'halted',
  'phase',
  'cluster',
  'replicas',
  'nextNumber',
]);

const touches = (fields: ReadonlySet<string>, names: readonly string[]): boolean =>
  names.some((name) => fields.has(name));

export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #services = new Set<string>();
  /** How many instances each service is to have, as far as it was told. */
  readonly #sizes = new Map<string, number>();
  readonly #clusters = new Set<string>();
  readonly #starving = new Set<string>();
  /** Clusters that are being evacuated. */
  readonly #leaving = new Map<string, Cluster>();
  readonly #wakes: WakeTimer;
  readonly #resync: Periodic;
  readonly #stop = new AbortController();
  readonly #unsubscribe: (() => void)[] = [];
  #hopeTimer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #underWay = 0;
  #beaten = 0;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#wakes = new WakeTimer(options.ports.now, (id) => {
      this.enqueue(id);
    });
    this.#resync = new Periodic(
      options.resyncMs,
      () => this.#enqueueAll(),
      (error) => {
        options.logger.error({ err: error }, 'the periodic look at everything failed');
      },
    );
  }

  /** Resolves once everything that was left open has been enqueued. */
  async start(): Promise<void> {
    const { feed, logger } = this.#options;
    this.#unsubscribe.push(
      feed.onChange((change) => {
        this.#onChange(change);
      }),
      feed.onGap(() => {
        this.#enqueueAll().catch((error: unknown) => {
          logger.error({ err: error }, 'the look at everything after a gap failed');
        });
      }),
    );
    await this.#enqueueAll();
    this.#resync.start();
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#stop.abort();
    this.#wakes.stop();
    clearTimeout(this.#hopeTimer);
    this.#wake?.();
    await this.#resync.stop();
    await this.#running;
  }

  /** How much waits to be looked at or is being looked at; 0 when there is nothing to do. */
  get waiting(): number {
    const hoping = this.#hopeTimer ? this.#starving.size : 0;
    return this.#services.size + this.#clusters.size + hoping + this.#underWay;
  }

  /** Has the service looked at soon. */
  enqueue(serviceId: string): void {
    this.#services.add(serviceId);
    this.#wake?.();
  }

  #enqueueCluster(clusterId: string): void {
    this.#clusters.add(clusterId);
    this.#wake?.();
  }

  #onChange(change: Change): void {
    switch (change.subject) {
      case 'service':
        if (change.after?.lifecycle === 'live') this.#sizes.set(change.id, change.after.replicas);
        else this.#sizes.delete(change.id);
        if (change.kind !== 'insert' && [...change.fields].every((field) => summary.has(field)))
          return;
        this.enqueue(change.id);
        return;
      case 'instance':
        // Acknowledgements and measurements change nothing that is decided here.
        if (change.kind === 'update' && !touches(change.fields, ['standing', 'wanted', 'reason']))
          return;
        if (change.after) this.enqueue(change.after.serviceId);
        for (const clusterId of this.#leaving.keys()) this.#enqueueCluster(clusterId);
        return;
      case 'operation':
        if (change.kind === 'insert' && change.after) {
          if (change.after.subjectKind === 'service') this.enqueue(change.after.subjectId);
          else this.#enqueueCluster(change.after.subjectId);
        }
        return;
      case 'cluster':
        this.#onClusterChange(change.id, change.after, change.fields);
    }
  }

  #onClusterChange(id: string, after: Cluster | undefined, fields: ReadonlySet<string>): void {
    if (after && isLeaving(after)) this.#leaving.set(id, after);
    else this.#leaving.delete(id);
    if (fields.size === 0 || touches(fields, hopeful)) this.#hope();
    if (touches(fields, ['lifecycle', 'liveness', 'absenceConfirmedFor'])) this.#enqueueCluster(id);
  }

  /** Gives the services without a place another try, once for all that happens within a short time. */
  #hope(): void {
    if (this.#starving.size === 0 || this.#hopeTimer) return;
    this.#hopeTimer = setTimeout(() => {
      this.#hopeTimer = undefined;
      for (const id of this.#starving) this.enqueue(id);
      this.#starving.clear();
    }, gatherMs);
  }

  async #enqueueAll(): Promise<void> {
    const { services, clusters, operations } = this.#options.ports;
    this.#options.reconcile.clusters.doubt();
    for (const cluster of await clusters.all())
      if (isLeaving(cluster)) {
        this.#leaving.set(cluster.id, cluster);
        this.#enqueueCluster(cluster.id);
      }
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const page = await services.list({}, { limit: pageSize, after });
      for (const service of page.items) {
        this.#sizes.set(service.id, service.replicas);
        this.enqueue(service.id);
      }
      after = page.next;
    }
    // A cluster that was removed by force is in no list any more; its operation still is.
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const page = await operations.list({ state: 'running' }, { limit: pageSize, after });
      for (const { subjectKind, subjectId } of page.items)
        if (subjectKind === 'cluster') this.#enqueueCluster(subjectId);
      after = page.next;
    }
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      if (this.#services.size === 0 && this.#clusters.size === 0) {
        await this.#woken();
        continue;
      }
      failures = (await this.#turn()) ? 0 : failures + 1;
      if (failures > 0) await this.#backOff(failures);
    }
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }

  async #backOff(failures: number): Promise<void> {
    const ms = Math.min(retryDelayMsMax, retryDelayMsMin * 2 ** Math.min(12, failures - 1));
    try {
      await delay(ms * (0.5 + Math.random() / 2), undefined, { signal: this.#stop.signal });
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error;
    }
  }

  /** @returns false when the next turn should wait a little */
  async #turn(): Promise<boolean> {
    const clusters = [...this.#clusters];
    this.#clusters.clear();
    const services = this.#takeServices();
    this.#underWay = services.length + clusters.length;
    const clustersDone = await this.#reconcileClusters(clusters);
    const servicesDone = await this.#reconcileServices(services);
    this.#underWay = 0;
    return clustersDone && servicesDone;
  }

  /** Those that wait longest. */
  #takeServices(): readonly string[] {
    const taken: string[] = [];
    let instances = 0;
    for (const id of this.#services) {
      instances += this.#sizes.get(id) ?? 1;
      if (taken.length > 0 && instances > instancesAtOnceMax) break;
      taken.push(id);
      if (taken.length === servicesAtOnceMax) break;
    }
    for (const id of taken) this.#services.delete(id);
    return taken;
  }

  async #reconcileServices(ids: readonly string[]): Promise<boolean> {
    if (ids.length === 0) return true;
    const { reconcile, silence, ports } = this.#options;
    try {
      const outcome = await reconcileServices(reconcile, silence, ids);
      this.#beaten = 0;
      for (const id of ids) this.#wakes.delete(id);
      for (const [id, at] of outcome.wakeAt) {
        if (at <= ports.now()) this.enqueue(id);
        else this.#wakes.set(id, at);
      }
      for (const id of outcome.starving) this.#starving.add(id);
      return true;
    } catch (error) {
      return this.#afterFailure(ids, error);
    }
  }

  /** Beaten by others or without a store: all of them again. Otherwise one by one, so that one cannot stop the rest. */
  async #afterFailure(ids: readonly string[], error: unknown): Promise<boolean> {
    const { logger, ports } = this.#options;
    const beaten = error instanceof DomainError && error.code === 'write-conflict';
    if (beaten) this.#beaten += 1;
    if (beaten && (ids.length === 1 || this.#beaten <= beatenMax)) {
      for (const id of ids) this.enqueue(id);
      return false;
    }
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) {
      logger.error({ err: error, serviceId: only }, 'a service cannot be reconciled; it rests');
      this.#wakes.set(only, ports.now() + restMs);
      return true;
    }
    logger.warn({ err: error, services: ids.length }, 'reconciling failed; one by one now');
    let done = true;
    for (const id of ids) {
      if (this.#stop.signal.aborted) return true;
      done = (await this.#reconcileServices([id])) && done;
    }
    return done;
  }

  async #reconcileClusters(ids: readonly string[]): Promise<boolean> {
    let done = true;
    for (const id of ids) {
      try {
        await this.#reconcileCluster(id);
      } catch (error) {
        if (!(error instanceof DomainError && error.code === 'write-conflict'))
          this.#options.logger.error(
            { err: error, clusterId: id },
            'a cluster cannot be reconciled',
          );
        this.#enqueueCluster(id);
        done = false;
      }
    }
    return done;
  }

  async #reconcileCluster(id: string): Promise<void> {
    const { ports } = this.#options;
    const cluster = await ports.clusters.find(id);
    if (cluster === undefined) return;
    for (const serviceId of await ports.instances.servicesAt([id])) this.enqueue(serviceId);
    if (!isLeaving(cluster)) return;
    const open = await reconcileCluster(ports, cluster);
    if (cluster.lifecycle === 'removed' && !open) this.#leaving.delete(id);
    else this.#leaving.set(id, cluster);
  }
}
