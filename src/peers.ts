/** Puts together what peers of other makes need: those of 2021 with their Cloud Scheduler, and those of Oakestra. */
import type { IncomingMessage, Server } from 'node:http';
import type { Logger } from 'pino';
import type { Edgeio, EdgeioOptions } from './compat/edgeio/edgeio.js';
import type { Oakestra } from './compat/oakestra/oakestra.js';
import type { PeerSide, PeerSideOptions } from './compat/oakestra/peer-side.js';
import { parseNetworks } from './networks.js';
import type { AccessPorts } from './domain/access/ports.js';
import type { AuditTrail } from './domain/audit/ports.js';
import type { Ports } from './domain/ports.js';
import type { SchedulerRegistry } from './domain/scheduling/registry.js';
import { scaleService } from './domain/service/scale-service.js';
import { hasEnded } from './domain/operation/operation.js';
import type { OperationWaiter } from './control/operation-waiter.js';
import type { Companion } from './duties.js';
import type { CloudScheduler } from './scheduler/http/cloud-scheduler.js';
import { cloudSchedulerName } from './scheduler/http/name.js';
import type { Door } from './door.js';
import { problemStatus } from './http/problem.js';
import { classifyStoreError } from './store/errors.js';
import type { Store } from './store/store.js';

/** Name of the scheduler of Oakestra, where one is configured. */
const oakestraSchedulerName = 'oakestra-scheduler';

export interface EdgeioSettings {
  /** Networks of the peers (CIDR), with commas between them. */
  readonly clients: string;
  /** Tests do not wait as long. */
  readonly timing?: EdgeioOptions['timing'];
}

export interface OakestraSettings {
  /** Networks of the peers (CIDR), with commas between them. */
  readonly clients: string;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly keyPort: number;
  readonly grpcPort: number;
  readonly resourcesPort: number;
  readonly schedulerUrl?: string | undefined;
  readonly networkUrl?: string | undefined;
  /** Tests do not wait as long. */
  readonly timing?: PeerSideOptions['timing'];
  readonly defaultAdmin: boolean;
}

export interface PeerOptions {
  readonly store: Store;
  readonly logger: Logger;
  readonly schedulerUrl?: string | undefined;
  readonly edgeio?: EdgeioSettings | undefined;
  readonly oakestra?: OakestraSettings | undefined;
  /** The administrator's. */
  readonly adminToken: string;
}

/** A scheduler of others that is configured is there to decide. */
export function outsideScheduler({
  schedulerUrl,
  oakestra,
}: Pick<PeerOptions, 'schedulerUrl' | 'oakestra'>): { readonly defaultScheduler?: string } {
  if (oakestra?.schedulerUrl !== undefined) return { defaultScheduler: oakestraSchedulerName };
  return schedulerUrl === undefined ? {} : { defaultScheduler: cloudSchedulerName };
}

export interface Peers {
  /** The surfaces that are switched on. */
  readonly surfaces: readonly Edgeio[];
  /** What only the leader does for them. */
  readonly companions: readonly Companion[];
  /** Opens ports of their own. @returns their addresses by name @throws Error - one of them is taken */
  listen(): Promise<Readonly<Record<string, string>>>;
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
  readonly access: AccessPorts;
  readonly door: Door;
  readonly waiter: OperationWaiter;
}

/** Loaded only where one is configured. */
async function buildCloudScheduler(
  url: string,
  { store, logger }: PeerOptions,
  { ports }: PeerCore,
): Promise<CloudScheduler> {
  const { CloudScheduler } = await import('./scheduler/http/cloud-scheduler.js');
  return new CloudScheduler({
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
}

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

/** How long a user waits for something of the same name to end. */
const endWaitedMs = 8_000;

interface OakestraPeers {
  readonly surface: Oakestra;
  readonly side: PeerSide;
}

/** Loaded only where it is wanted. */
async function buildOakestra(
  { clients, ...settings }: OakestraSettings,
  { store, logger: parent, adminToken }: PeerOptions,
  { ports, access, door, registry, waiter }: PeerCore,
  audit: AuditTrail,
): Promise<OakestraPeers> {
  const { createOakestra } = await import('./compat/oakestra/oakestra.js');
  const { createPeerSide } = await import('./compat/oakestra/peer-side.js');
  const logger = parent.child({ room: 'compat' });
  const common = {
    ...settings,
    ports,
    applications: store.applications,
    networks: parseNetworks(clients),
    logger,
  };
  const side = createPeerSide({
    ...common,
    feed: store.feed,
    notices: store.notices,
    builtIn: registry.builtIn,
    schedulerName: oakestraSchedulerName,
    random: Math.random,
  });
  if (side.scheduler) registry.add(side.scheduler);
  const surface = createOakestra({
    ...common,
    access,
    reported: side.reported,
    belongings: { ...ports, webhooks: store.webhooks },
    settled: async (id) =>
      hasEnded(await waiter.wait(id, endWaitedMs, new AbortController().signal)),
    keys: store.access.peerKeys,
    adminToken,
    rates: door.limits,
    audit,
    statusOf: ({ code }) => problemStatus[code],
    classify: classifyStoreError,
    parts: [side.part],
  });
  return { surface, side };
}

export async function buildPeers(
  options: PeerOptions,
  core: PeerCore,
  audit: AuditTrail,
): Promise<Peers> {
  const { schedulerUrl, edgeio: settings } = options;
  const cloud =
    schedulerUrl === undefined ? undefined : await buildCloudScheduler(schedulerUrl, options, core);
  if (cloud) core.registry.add(cloud);
  const edgeio = settings && (await buildEdgeio(settings, options, core, cloud));
  const oakestra =
    options.oakestra && (await buildOakestra(options.oakestra, options, core, audit));
  return {
    surfaces: edgeio ? [edgeio] : [],
    companions: [cloud, edgeio, oakestra?.side].filter((each) => each !== undefined),
    listen: async () => (await oakestra?.surface.start()) ?? {},
    takes: (request) => edgeio?.takes(request) === true,
    attach: (server) => {
      edgeio?.attach(server);
    },
    hangUp: async () => {
      await oakestra?.surface.stop();
      await edgeio?.hangUp();
    },
    stop: async () => {
      await edgeio?.close();
      await oakestra?.side.close();
      await cloud?.close();
    },
  };
}
