/** The one place of composition: hands every room what it needs and starts and stops them in order. */
import type { FastifyInstance } from 'fastify';
import type { AppOptions, CoreOptions } from './app-options.js';
import type { Authenticator } from './domain/access/principal.js';
import { createAccessTokens } from './access/access-tokens.js';
import { openCertificates } from './certificates.js';
import { createPasswords } from './access/passwords.js';
import { createSigningKeys, type SigningKeys } from './access/signing-keys.js';
import type { AccessPorts } from './domain/access/ports.js';
import type { AuditStore } from './domain/audit/ports.js';
import { createAuthenticator } from './domain/access/tokens.js';
import { withQuotas } from './domain/access/quotas.js';
import { portsFor } from './domain/access/tenancy.js';
import { ensureFirstUser } from './domain/access/users.js';
import type { Ports } from './domain/ports.js';
import { SchedulerRegistry } from './domain/scheduling/registry.js';
import { AuditWriter } from './control/audit-writer.js';
import { Leadership } from './control/leadership.js';
import { OperationWaiter } from './control/operation-waiter.js';
import { SilenceWatch } from './control/silence-watch.js';
import { defaultStormRules } from './domain/reconcile/storm.js';
import { openDoor, type Door } from './door.js';
import { createDuties, type Companion, type LeaderDuties } from './duties.js';
import { registerGauges } from './gauges.js';
import { buildForeignSignIn, createHandlers } from './handlers.js';
import { buildHooks } from './hooks.js';
import { createGateway, type Gateway } from './gateway/gateway.js';
import { loadContract } from './http/contract-document.js';
import { systemHandlers } from './http/handlers/system.js';
import { createMetrics } from './http/metrics.js';
import { buildHttp } from './http/server.js';
import { builtInScheduler } from './scheduler/built-in/built-in-scheduler.js';
import { buildPeers, outsideScheduler } from './peers.js';
import { secrets } from './secrets.js';
import { classifyStoreError } from './store/errors.js';
import { newId as newObjectId } from './store/ids.js';
import type { StoreLead } from './store/lead.js';
import { reloadTls } from './tls.js';
import { version } from './version.js';

/** The manager without its HTTP door. */
export interface Core {
  readonly ports: Ports;
  readonly access: AccessPorts & { readonly audit: AuditStore };
  readonly signingKeys: SigningKeys;
  readonly registry: SchedulerRegistry;
  readonly scheduling: { readonly defaultScheduler: string; readonly deadlineMs: number };
  readonly authenticator: Authenticator;
  readonly waiter: OperationWaiter;
  readonly gateway: Gateway;
  readonly door: Door;
  readonly watch: SilenceWatch;
  readonly leadership: Leadership<StoreLead>;
  /** Services and clusters that the reconciler still has to look at; 0 while another manager leads. */
  waiting(): number;
  /** Whether it has been started. */
  ready(): boolean;
  /** Follows the changes, and leads if nobody else does. */
  start(): Promise<void>;
  /** Ends sessions and waiting requests; `stop` follows. */
  hangUp(): Promise<void>;
  /** Ends leading. The store stays open. */
  stop(): Promise<void>;
}

export interface App {
  readonly http: FastifyInstance;
  readonly gateway: Gateway;
  readonly ports: Ports;
  /** Services and clusters that the reconciler still has to look at. */
  waiting(): number;
  /**
   * Starts the loops; HTTP answers before, and says that it is not ready.
   *
   * @returns addresses of ports beside that of `http`, by name
   */
  start(): Promise<Readonly<Record<string, string>>>;
  /** Refuses new work, finishes what is under way, ends sessions and loops. The store stays open. */
  stop(): Promise<void>;
}

const schedulerDeadlineMs = 10_000;
const frameBytesMax = 4 * 1024 * 1024;
const sessionsMax = 20_000;
const defaultLimits = {
  exchangeMs: 300_000,
  helloTimeoutMs: 10_000,
  inboxMax: 64,
  inboxBytesMax: 1024 * 1024,
  framesPerSecondMax: 500,
  framesAtOnceMax: 2_000,
  ordersPerFrameMax: 200,
  windowMax: 2_000,
  bufferedBytesMax: 16 * 1024 * 1024,
  takenWithinMs: 30_000,
} as const;

/** Puts everything together that needs no HTTP. */
export function buildCore(options: CoreOptions): Core {
  const { store, logger, newId = newObjectId } = options;
  const now = options.now ?? Date.now;
  const registry = new SchedulerRegistry(options.scheduler ?? builtInScheduler);
  const ports: Ports = {
    clusters: store.clusters,
    services: withQuotas(store.services, store.access.organizations, store.transactions),
    instances: store.instances,
    operations: store.operations,
    events: store.events,
    totals: store.totals,
    enrolmentTokens: store.access.enrolmentTokens,
    work: store.transactions,
    now,
    newId,
    secrets,
  };
  const signingKeys = createSigningKeys(store.access.signingKeys, options.adminToken, {
    now,
    newId,
  });
  const access = {
    ...store.access,
    passwords: createPasswords(),
    accessTokens: createAccessTokens(signingKeys, now),
    work: store.transactions,
    now,
    newId,
    secrets,
  };
  const authenticator = createAuthenticator(
    {
      administratorHash: secrets.hash(options.adminToken),
      enrolmentHash: secrets.hash(options.enrolmentToken),
      ...(options.schedulerToken === undefined
        ? {}
        : { schedulerHash: secrets.hash(options.schedulerToken) }),
      requiresApproval: options.approveClusters ?? false,
    },
    { ...access, clusters: store.clusters, secrets },
  );
  const waiter = new OperationWaiter(store.operations, store.feed);
  const scheduling = {
    defaultScheduler: options.defaultScheduler ?? registry.builtIn.name,
    deadlineMs: options.schedulerDeadlineMs ?? schedulerDeadlineMs,
  };
  let started = false;
  const monotonic = options.monotonic ?? options.now ?? (() => performance.now());
  const door = openDoor(options.door ?? {}, monotonic);
  const gateway = createGateway({
    ready: () => started,
    certificates: options.certificates,
    ports,
    portsFor: (principal) => portsFor(ports, store.access.organizations, principal),
    feed: store.feed,
    authenticator,
    rates: door.limits,
    addressOf: (request) => door.remote.of(request),
    monotonic,
    checkConnection: (request) => {
      door.guard.check(request);
    },
    logger: logger.child({ room: 'gateway' }),
    frameBytesMax,
    sessionsMax,
    limits: {
      ...defaultLimits,
      heartbeatMs: options.heartbeatMs,
      reportMs: options.reportMs,
      ...options.sessionLimits,
    },
    schedulers: {
      registry,
      deadlineMs: scheduling.deadlineMs,
      accepting: () => leadership.leads,
    },
  });
  const watch = new SilenceWatch({
    monotonic,
    storm: options.storm ?? defaultStormRules,
    inactiveAfterMs: options.inactiveAfterMs,
  });
  let duties: LeaderDuties | undefined;
  const leadership = new Leadership({
    leases: store.leases,
    leaseMs: options.leaseMs,
    ownStore: options.ownStore,
    duties: (lead, term) =>
      (duties = createDuties(
        {
          ports,
          feed: store.feed,
          registry,
          ...scheduling,
          fallback: options.schedulerFallback ?? 'built-in',
          companions: options.companions ?? [],
          logger,
          inactiveAfterMs: options.inactiveAfterMs,
          lostAfterMs: options.lostAfterMs,
          watch,
          eventsKept: options.eventsKept,
          audit: store.access.audit,
          auditKept: options.auditKept ?? 1_000_000,
          auditKeptMs: options.auditKeptMs ?? 400 * 24 * 3_600_000,
          dismissSchedulers: () => gateway.dismissSchedulers(),
        },
        lead,
        term,
      )),
    elapsed: () => performance.now(),
    silenceClock: monotonic,
    logger: logger.child({ room: 'control' }),
  });
  return {
    ports,
    access,
    signingKeys,
    registry,
    scheduling,
    authenticator,
    waiter,
    gateway,
    door,
    watch,
    leadership,
    waiting: () => duties?.waiting ?? 0,
    ready: () => started,
    async start() {
      await store.feed.start();
      await leadership.start();
      started = true;
    },
    async hangUp() {
      waiter.close();
      await gateway.close();
    },
    stop: () => leadership.stop(),
  };
}

/** @throws Error - the handlers do not fit the contract */
export async function buildApp(options: AppOptions): Promise<App> {
  const { store, logger } = options;
  const companions: Companion[] = [];
  const certificates = await openCertificates(
    options.certificatePolicy ?? 'off',
    store.access.authorities,
    options.adminToken,
    options.now ?? Date.now,
  );
  const tls = options.tls && {
    ...options.tls,
    material: { ...options.tls.material, clientAuthorities: certificates?.trusted },
  };
  const core = buildCore({
    ...outsideScheduler(options),
    ...options,
    ownStore: options.storeKind === 'embedded',
    companions,
    certificates,
  });
  const { ports, authenticator, gateway, leadership } = core;
  const contract = loadContract();
  const metrics = createMetrics();
  const audit = new AuditWriter({
    store: store.access.audit,
    logger: logger.child({ room: 'control' }),
    random: Math.random,
  });
  registerGauges(metrics, store, core, audit);
  const peers = await buildPeers(options, core, audit);
  const hooks = buildHooks({ ...options, ...core.ports });
  companions.push(...peers.companions, hooks.companion);
  const http = await buildHttp({
    handlers: createHandlers(
      core,
      hooks.ports,
      await buildForeignSignIn(options.openid, options.adminToken, ports.now),
      systemHandlers(
        {
          version,
          contractVersion: contract.document.info.version,
          store: options.storeKind,
          role: () => (leadership.leads ? 'leader' : 'follower'),
          checks: async () => ({
            store: (await store.ping()) ? 'ok' : 'unreachable',
            feed: store.feed.following ? 'ok' : 'interrupted',
            control: core.ready() ? 'ok' : 'starting',
          }),
        },
        metrics,
      ),
    ),
    authenticator,
    idempotency: store.idempotency,
    logger: logger.child({ room: 'http' }),
    metrics,
    ready: () => core.ready(),
    audit,
    now: ports.now,
    tls: tls?.material,
    checkCertificate: certificates?.check,
    corsOrigins: options.corsOrigins ?? [],
    rates: core.door.limits,
    remote: core.door.remote,
    connections: core.door.guard,
    checkResponses: options.checkResponses,
    classify: classifyStoreError,
    contract,
    ...(options.dashboard && { dashboard: options.dashboard }),
    compat: peers.surfaces,
  });
  const reloader = reloadTls(tls, http.server, ports.now, logger);
  gateway.attach(http.server, (request) => peers.takes(request));
  peers.attach(http.server);
  return {
    http,
    gateway,
    ports,
    waiting: () => core.waiting(),
    async start() {
      await ensureFirstUser(core.access, options.adminToken);
      await core.start();
      reloader?.start();
      return peers.listen();
    },
    async stop() {
      await reloader?.stop();
      await peers.hangUp();
      await core.hangUp();
      await http.close();
      await audit.close();
      await core.stop();
      await peers.stop();
      await hooks.close();
    },
  };
}
