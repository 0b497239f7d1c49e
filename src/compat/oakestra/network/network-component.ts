/**
 * The network component beside the manager: it is told which clusters, services and instances there are. What it still has to be told
 * follows from the state and from what it has taken before, so a crash loses nothing, and nothing waits for it longer than a moment.
 */
import type { Logger } from 'pino';
import type { ChangeFeed } from '../../../domain/change.js';
import type { Cluster } from '../../../domain/cluster/cluster.js';
import type { Ports } from '../../../domain/ports.js';
import type { Service } from '../../../domain/service/service.js';
import { Lane } from '../../delivery/lane.js';
import type { Fields } from '../../input.js';
import type { NeighbourAnswer } from '../neighbour.js';
import { NetworkLedger } from './ledger.js';
import {
  networkAddressOf,
  networkSteps,
  nothingKnown,
  placesOf,
  type KnownService,
  type NetworkAddress,
  type NetworkStep,
  type Notices,
} from './told.js';

export interface NetworkComponentOptions {
  readonly ports: Ports;
  readonly feed: ChangeFeed;
  readonly notices: Notices;
  readonly call: (
    method: 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ) => Promise<NeighbourAnswer>;
  /** A service without instances, as peers read it. */
  readonly describe: (service: Service) => Fields;
  readonly logger: Logger;
  readonly random: () => number;
  readonly timing?: Partial<typeof defaultTiming> | undefined;
}

const defaultTiming = { retryMsMin: 1_000, retryMsMax: 60_000, announceMsMax: 2_000 };

const pageSize = 500;
/** Names that the network component takes; a service of another name has no network there. */
const takenName = /^[a-zA-Z0-9]{1,30}$/;
const nameFields = ['app_name', 'app_ns', 'microservice_name', 'microservice_namespace'];

const isTaken = (document: Fields): boolean =>
  nameFields.every((field) => takenName.test(String(document[field] ?? '')));

const isClusterKey = (key: string): boolean => key.startsWith('cluster/');
const idOfKey = (key: string): string => key.slice(key.indexOf('/') + 1);

export class NetworkComponent {
  readonly #options: NetworkComponentOptions;
  readonly #timing: typeof defaultTiming;
  readonly #unsubscribe: (() => void)[] = [];
  readonly #clusters = new Map<string, NetworkAddress>();
  /** Who waits until a service has been looked at. */
  readonly #waiting = new Map<string, Set<() => void>>();
  #ledger: NetworkLedger | undefined;
  #lane: Lane | undefined;
  #failing = false;
  #looking: Promise<void> | undefined;

  constructor(options: NetworkComponentOptions) {
    this.#options = options;
    this.#timing = { ...defaultTiming, ...options.timing };
  }

  /** Begins to tell what is not told yet. It may be stopped and started again. */
  async start(): Promise<void> {
    const { feed, notices } = this.#options;
    this.#ledger = await NetworkLedger.read(notices);
    const lane = this.#openLane();
    this.#lane = lane;
    this.#unsubscribe.push(
      feed.onChange(({ subject, id, kind, after, fields }) => {
        if (subject === 'cluster') this.#onCluster(id, after);
        if (subject === 'service' && (kind !== 'update' || fields.has('lifecycle')))
          lane.offer(`service/${id}`);
        if (subject === 'instance' && after && (kind === 'insert' || fields.has('standing')))
          lane.offer(`service/${after.serviceId}`);
      }),
      feed.onGap(() => {
        this.#look();
      }),
    );
    this.#look();
  }

  async stop(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    const lane = this.#lane;
    this.#lane = undefined;
    for (const id of [...this.#waiting.keys()]) this.#wake(id);
    await this.#looking;
    await lane?.stop();
  }

  /** Waits until a service and its instances have been told, for a moment: a network component that is away holds nothing up. */
  async announce(serviceId: string): Promise<void> {
    const lane = this.#lane;
    if (lane === undefined || this.#failing) return;
    await new Promise<void>((resolve) => {
      const waiting = this.#waiting.get(serviceId) ?? new Set();
      this.#waiting.set(serviceId, waiting);
      const timer = setTimeout(resolve, this.#timing.announceMsMax);
      waiting.add(() => {
        clearTimeout(timer);
        resolve();
      });
      lane.offer(`service/${serviceId}`);
    });
  }

  #openLane(): Lane {
    const { logger, random } = this.#options;
    const { retryMsMin, retryMsMax } = this.#timing;
    this.#failing = false;
    return new Lane({
      serve: (key) => this.#serve(key),
      onFailure: (error, failures, retryInMs) => {
        this.#failing = true;
        for (const id of [...this.#waiting.keys()]) this.#wake(id);
        logger.warn(
          { err: error, failures, retryInMs: Math.round(retryInMs) },
          'the network component was not told; it is tried again',
        );
      },
      random,
      retryMsMin,
      retryMsMax,
    });
  }

  #wake(serviceId: string): void {
    const waiting = this.#waiting.get(serviceId);
    this.#waiting.delete(serviceId);
    for (const wake of waiting ?? []) wake();
  }

  #look(): void {
    this.#looking = this.#lookAtAll().catch((error: unknown) => {
      this.#options.logger.error({ err: error }, 'what the network needs cannot be read');
    });
  }

  async #lookAtAll(): Promise<void> {
    const { clusters, services } = this.#options.ports;
    for (const cluster of await clusters.all()) this.#onCluster(cluster.id, cluster);
    for (const id of this.#ledger?.clusters ?? []) this.#lane?.offer(`cluster/${id}`);
    for (const id of this.#ledger?.services ?? []) this.#lane?.offer(`service/${id}`);
    let after: string | undefined;
    do {
      const page = await services.list({}, { limit: pageSize, after });
      for (const { id } of page.items) this.#lane?.offer(`service/${id}`);
      after = page.next;
    } while (after !== undefined && this.#lane !== undefined);
  }

  #onCluster(id: string, cluster: Cluster | undefined): void {
    const address = cluster && networkAddressOf(cluster);
    if (address) this.#clusters.set(id, address);
    else this.#clusters.delete(id);
    const told = address !== undefined && this.#ledger?.knowsCluster(id, address) === true;
    if (address !== undefined && !told) this.#lane?.offer(`cluster/${id}`);
  }

  async #serve(key: string): Promise<void> {
    const id = idOfKey(key);
    if (isClusterKey(key)) await this.#tellCluster(id);
    else {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      await this.#tellService(id).finally(() => {
        for (const wake of waiting ?? []) wake();
      });
    }
    this.#failing = false;
  }

  async #tellCluster(id: string): Promise<void> {
    const address = this.#clusters.get(id);
    if (address === undefined) return this.#forgetCluster(id);
    if (this.#ledger?.knowsCluster(id, address) === true) return;
    await this.#post('/api/net/cluster', {
      cluster_id: id,
      cluster_address: address.host,
      cluster_port: address.port,
    });
    await this.#ledger?.clusterTold(id, address);
  }

  /** There is no call that takes a cluster away. One that has not told its port yet, after an import, stays known. */
  async #forgetCluster(id: string): Promise<void> {
    const cluster = await this.#options.ports.clusters.find(id);
    const stays = cluster?.endpoint?.protocol === 'oakestra' && cluster.lifecycle !== 'removed';
    if (!stays) await this.#ledger?.clusterGone(id);
  }

  async #tellService(id: string): Promise<void> {
    const service = await this.#options.ports.services.find(id);
    const document = this.#documentOf(service);
    const wanted = document ? await this.#wantedOf(id) : nothingKnown;
    const ledger = this.#ledger;
    for (const step of ledger ? networkSteps(ledger.of(id), wanted) : []) {
      if (this.#lane === undefined) return;
      await this.#take(id, step, document);
      await ledger?.took(id, step);
    }
  }

  /** Nothing where the network component is not to know of the service. */
  #documentOf(service: Service | undefined): Fields | undefined {
    if (service === undefined || service.lifecycle === 'terminated') return undefined;
    const { _id: _unsent, ...document } = this.#options.describe(service);
    return isTaken(document) ? document : undefined;
  }

  async #wantedOf(serviceId: string): Promise<KnownService> {
    const instances = await this.#options.ports.instances.liveOf(serviceId);
    return { known: true, instances: placesOf(instances, (id) => this.#knows(id)) };
  }

  #knows(clusterId: string): boolean {
    return this.#clusters.has(clusterId) || this.#ledger?.knows(clusterId) === true;
  }

  async #take(id: string, step: NetworkStep, document: Fields | undefined): Promise<void> {
    switch (step.kind) {
      case 'tell-service': {
        const descriptor = { ...document, microserviceID: '' };
        return this.#post('/api/net/service/deploy', {
          deployment_descriptor: descriptor,
          _id: id,
        });
      }
      case 'tell-instance':
        return this.#post('/api/net/instance/deploy', {
          instance_number: step.number,
          cluster_id: step.clusterId,
          _id: id,
        });
      case 'forget-instance':
        return this.#forget(`/api/net/${id}/${step.number}`);
      case 'forget-service':
        return this.#forgetService(id);
    }
  }

  /** @throws Error - it was not taken */
  async #post(path: string, body: Fields): Promise<void> {
    const { status, text } = await this.#options.call('POST', path, body);
    if (status >= 400) throw new Error(`${path} was answered with ${status}: ${text.trim()}`);
  }

  /** What is not known there need not be forgotten. @throws Error - it was not taken */
  async #forget(path: string): Promise<void> {
    const { status, text } = await this.#options.call('DELETE', path);
    if (status >= 500) throw new Error(`${path} was answered with ${status}: ${text.trim()}`);
  }

  async #forgetService(id: string): Promise<void> {
    const path = `/api/net/service/${id}`;
    const { status, text } = await this.#options.call('DELETE', path);
    if (status >= 500 || text.includes('still deployed')) {
      // It knows of instances that the manager does not; -1 stands for all of them.
      await this.#options.call('DELETE', `/api/net/${id}/-1`);
      throw new Error(`${path} was answered with ${status}: ${text.trim()}`);
    }
  }
}
