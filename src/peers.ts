/** Puts together what the peers of 2021 need: their endpoints and orders, and the Cloud Scheduler. */
import type { IncomingMessage, Server } from 'node:http';
import type { Logger } from 'pino';
import type { Edgeio, EdgeioOptions } from './compat/edgeio/edgeio.js';
import { parseNetworks } from './networks.js';
import type { Ports } from './domain/ports.js';
import type { SchedulerRegistry } from './domain/scheduling/registry.js';
import { scaleService } from './domain/service/scale-service.js';
import type { Companion } from './duties.js';
import { CloudScheduler } from './scheduler/http/cloud-scheduler.js';
import type { Store } from './store/store.js';

export interface EdgeioSettings {
  /** Networks of the peers (CIDR), with commas between them. */
  readonly clients: string;
  /** Tests do not wait as long. */
  readonly timing?: EdgeioOptions['timing'];
}

export interface PeerOptions {
  readonly store: Store;
  readonly logger: Logger;
  readonly schedulerUrl?: string | undefined;
  readonly edgeio?: EdgeioSettings | undefined;
}

export interface Peers {
  /** The surfaces that are switched on. */
  readonly surfaces: readonly Edgeio[];
  /** What only the leader does for them. */
  readonly companions: readonly Companion[];
  /** Whether an upgrade request is for one of them. */
  takes(request: IncomingMessage): boolean;
  attach(server: Server): void;
  /** Ends their connections; `stop` follows. */
  hangUp(): Promise<void>;
  stop(): Promise<void>;
}

interface PeerCore {
  readonly ports: Ports;
  readonly registry: SchedulerRegistry;
  readonly ready: () => boolean;
}

const buildCloudScheduler = (
  url: string,
  { store, logger }: PeerOptions,
  { ports }: PeerCore,
): CloudScheduler =>
  new CloudScheduler({
    url,
    services: ports.services,
    feed: store.feed,
    scale: async (id, replicas) => {
      await scaleService(ports, id, { replicas });
    },
    now: ports.now,
    random: Math.random,
    logger: logger.child({ room: 'scheduler' }),
  });

/** Loaded only where it is wanted: it brings a protocol along that nobody else speaks. */
async function buildEdgeio(
  { clients, timing }: EdgeioSettings,
  { store, logger }: PeerOptions,
  { ports, ready }: PeerCore,
  scheduler: CloudScheduler | undefined,
): Promise<Edgeio> {
  const { createEdgeio } = await import('./compat/edgeio/edgeio.js');
  return createEdgeio({
    ports,
    feed: store.feed,
    documents: store.databaseApi,
    legacy: store.adoptions,
    ready,
    scheduler,
    networks: parseNetworks(clients),
    logger: logger.child({ room: 'compat' }),
    random: Math.random,
    timing,
  });
}

export async function buildPeers(options: PeerOptions, core: PeerCore): Promise<Peers> {
  const { schedulerUrl, edgeio: settings } = options;
  const cloud =
    schedulerUrl === undefined ? undefined : buildCloudScheduler(schedulerUrl, options, core);
  if (cloud) core.registry.add(cloud);
  const edgeio = settings && (await buildEdgeio(settings, options, core, cloud));
  return {
    surfaces: edgeio ? [edgeio] : [],
    companions: [cloud, edgeio].filter((each) => each !== undefined),
    takes: (request) => edgeio?.takes(request) === true,
    attach: (server) => {
      edgeio?.attach(server);
    },
    hangUp: async () => {
      await edgeio?.hangUp();
    },
    stop: async () => {
      await edgeio?.close();
      await cloud?.close();
    },
  };
}
