/** The data layer behind a proxy that breaks things, and the worker counts that must come out exact. */
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addWorker } from '../../src/domain/cluster/count-workers.js';
import { workerCount } from '../../src/domain/cluster/cluster.js';
import type { DomainEvent } from '../../src/domain/event/event.js';
import type { Ports } from '../../src/domain/ports.js';
import { startEmbeddedStore, type EmbeddedStore } from '../../src/embedded/index.js';
import { secrets } from '../../src/secrets.js';
import { newId } from '../../src/store/ids.js';
import { openStore, type Store } from '../../src/store/store.js';
import { aCluster, id } from '../support/builders.js';
import { FaultyProxy } from '../support/faulty-proxy.js';

/** The cluster whose workers are counted. */
export const countedCluster = id(0xc1);

export class FaultWorld {
  readonly proxy: FaultyProxy;
  readonly store: Store;
  /** The same data without a proxy between, to look at what is true. */
  readonly direct: Store;
  /** What the store told of itself. */
  readonly errors: { readonly error: unknown; readonly message: string }[];
  readonly #told: EventEmitter;
  readonly #embedded: EmbeddedStore;
  readonly #dataDir: string;

  private constructor(parts: {
    proxy: FaultyProxy;
    store: Store;
    direct: Store;
    errors: FaultWorld['errors'];
    told: EventEmitter;
    embedded: EmbeddedStore;
    dataDir: string;
  }) {
    this.proxy = parts.proxy;
    this.store = parts.store;
    this.direct = parts.direct;
    this.errors = parts.errors;
    this.#told = parts.told;
    this.#embedded = parts.embedded;
    this.#dataDir = parts.dataDir;
  }

  /** One more data layer through the proxy, as of another manager. Its caller closes it. Options are those of a connection string, like `&a=1`. */
  another(options = ''): Promise<Store> {
    const onError = (error: unknown, message: string): void =>
      void this.errors.push({ error, message });
    return openStore({ uri: this.proxy.uri + options, now: Date.now, onError });
  }

  /** A store with one cluster; its feed is not started. */
  static async start(): Promise<FaultWorld> {
    const dataDir = await mkdtemp(join(tmpdir(), 'sm-fault-'));
    const embedded = await startEmbeddedStore({ dataDir });
    const proxy = await FaultyProxy.start(embedded.uri);
    const errors: FaultWorld['errors'] = [];
    const told = new EventEmitter();
    const onError = (error: unknown, message: string): void => {
      errors.push({ error, message });
      told.emit('error told');
    };
    const store = await openStore({ uri: proxy.uri, now: Date.now, onError });
    const direct = await openStore({ uri: embedded.uri, now: Date.now, onError });
    await store.clusters.insert(aCluster({ id: countedCluster }));
    return new FaultWorld({ proxy, store, direct, errors, told, embedded, dataDir });
  }

  /** The ports of the domain, through the proxy. */
  get ports(): Ports {
    const { clusters, services, instances, operations, events, totals, transactions } = this.store;
    const work = transactions;
    return {
      clusters,
      services,
      instances,
      operations,
      events,
      totals,
      enrolmentTokens: this.store.access.enrolmentTokens,
      work,
      now: Date.now,
      newId,
      secrets,
    };
  }

  /** Resolves once the store has told this of itself. */
  async told(message: string): Promise<void> {
    while (!this.errors.some((each) => each.message === message))
      await once(this.#told, 'error told');
  }

  addWorker(): Promise<unknown> {
    return addWorker(this.ports, countedCluster, undefined);
  }

  /** Workers that are really there. */
  async workers(): Promise<number> {
    const cluster = await this.direct.clusters.find(countedCluster);
    if (cluster === undefined) throw new Error('the cluster is gone');
    return workerCount(cluster);
  }

  /** The counts that the history tells, once it has got to this one. */
  async countsUpTo(count: number): Promise<readonly number[]> {
    for (;;) {
      const counts = (await this.history())
        .filter(({ type }) => type === 'cluster.workersCounted')
        .map(({ data }) => Number(data['count']));
      if (counts.includes(count)) return counts;
      await this.#appended();
    }
  }

  /** All that the history tells, checked for gaps. */
  async history(): Promise<readonly DomainEvent[]> {
    const { trimmedTo } = await this.direct.events.bounds();
    const events = await this.direct.events.read(trimmedTo, 10_000);
    events.forEach(({ sequence }, index) => {
      if (sequence !== trimmedTo + index + 1) throw new Error(`event ${sequence} is out of order`);
    });
    return events;
  }

  async #appended(): Promise<void> {
    await new Promise<void>((resolve) => {
      const stop = this.store.events.onAppend(() => {
        stop();
        clearTimeout(timer);
        resolve();
      });
      // It may have been appended just before; then nothing more is told.
      const timer = setTimeout(() => {
        stop();
        resolve();
      }, 50);
    });
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.direct.close();
    this.proxy.goAway();
    await this.#embedded.close();
    await rm(this.#dataDir, { recursive: true });
  }
}
