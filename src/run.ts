/** The manager on its store: opens the store, listens, and closes all of it in order. */
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { buildApp, type App } from './app.js';
import { doorSettings, schedulesOutside, type Config } from './config.js';
import type { EmbeddedStore } from './embedded/index.js';
import { loadDashboard } from './http/dashboard.js';
import { openIdOf } from './openid-config.js';
import { peerSettings } from './peer-config.js';
import { keepToken } from './secrets.js';
import { openStore, type Store } from './store/store.js';
import { readTls } from './tls.js';

/**
 * Connections that wait until they are accepted; systems have limits of their own. Those beyond it try again later and later, so that
 * of 10,000 agents that came back at once the last was there after 113 s with the usual 511.
 */
const connectionsWaitingMax = 4_096;

/** How long an orderly end may take until the process ends anyway. */
const shutdownMsMax = 15_000;

interface Running {
  readonly app: App;
  readonly store: Store;
  readonly embedded: EmbeddedStore | undefined;
}

/** How often files of TLS are looked at. */
const tlsLookMs = 5_000;

/** @throws Error - they cannot be read, or do not fit */
async function tlsOf({ SM_TLS_CERT: cert, SM_TLS_KEY: key }: Config) {
  if (cert === undefined || key === undefined) return undefined;
  const files = { cert, key };
  return { files, material: await readTls(files, Date.now()), everyMs: tlsLookMs };
}

async function start(
  config: Config,
  embedded: EmbeddedStore | undefined,
  logger: Logger,
): Promise<Running> {
  const tls = await tlsOf(config);
  const dataDir = resolve(config.SM_DATA_DIR);
  const admin = await keepToken(dataDir, 'admin-token', config.SM_ADMIN_TOKEN);
  const enrolment = await keepToken(dataDir, 'enrolment-token', config.SM_ENROLMENT_TOKEN);
  const scheduler = await keepToken(dataDir, 'scheduler-token', config.SM_SCHEDULER_TOKEN);
  const uri = config.MONGODB_URI ?? embedded?.uri ?? '';
  const store = await openStore({
    uri,
    trusted: embedded !== undefined,
    now: Date.now,
    managerName: config.SM_MANAGER_NAME ?? hostname(),
    leaseTimeoutMs: (config.SM_LEASE_SECONDS * 1000) / 3,
    onError: (error, message) => {
      logger.error({ room: 'store', err: error }, message);
    },
  });
  const app = await buildApp({
    store,
    storeKind: embedded ? 'embedded' : 'mongodb',
    adminToken: admin.token,
    enrolmentToken: enrolment.token,
    schedulerToken: scheduler.token,
    approveClusters: config.SM_APPROVE_CLUSTERS,
    logger,
    checkResponses: config.SM_CHECK_RESPONSES,
    ...(config.SM_UI === 'on' ? { dashboard: loadDashboard() } : {}),
    heartbeatMs: config.SM_HEARTBEAT_SECONDS * 1000,
    reportMs: config.SM_REPORT_SECONDS * 1000,
    inactiveAfterMs: config.SM_INACTIVE_AFTER_SECONDS * 1000,
    lostAfterMs: config.SM_LOST_AFTER_SECONDS * 1000,
    storm: {
      share: config.SM_STORM_SHARE,
      clustersMin: config.SM_STORM_CLUSTERS_MIN,
      windowMs: config.SM_STORM_WINDOW_SECONDS * 1000,
    },
    door: doorSettings(config),
    tls,
    certificatePolicy: config.SM_CLUSTER_CERTIFICATES,
    corsOrigins: (config.SM_CORS_ORIGINS ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
    eventsKept: config.SM_EVENTS_KEPT,
    auditKept: config.SM_AUDIT_KEPT,
    auditKeptMs: config.SM_AUDIT_DAYS * 24 * 3_600_000,
    leaseMs: config.SM_LEASE_SECONDS * 1000,
    ...peerSettings(config),
    // A scheduler of others is configured to decide; the name of another one comes before it.
    ...(schedulesOutside(config) && config.SM_SCHEDULER === 'built-in'
      ? {}
      : { defaultScheduler: config.SM_SCHEDULER }),
    openid: openIdOf(config),
    webhookNetworks: config.SM_WEBHOOK_NETWORKS,
    schedulerUrl: config.SM_SCHEDULER_URL,
    schedulerFallback: config.SM_SCHEDULER_FALLBACK,
    schedulerDeadlineMs: config.SM_SCHEDULER_DEADLINE_SECONDS * 1000,
  });
  const address = await app.http.listen({
    host: config.SM_HOST,
    port: config.SM_PORT,
    backlog: connectionsWaitingMax,
  });
  const others = await app.start();
  logger.info(
    {
      address,
      ...others,
      docs: `${address}/docs`,
      store: embedded ? 'embedded' : 'mongodb',
      ...(admin.path === undefined ? {} : { adminTokenFile: admin.path }),
      ...(enrolment.path === undefined ? {} : { enrolmentTokenFile: enrolment.path }),
      ...(scheduler.path === undefined ? {} : { schedulerTokenFile: scheduler.path }),
    },
    'ready',
  );
  return { app, store, embedded };
}

/** Ends in the reverse order of the start. A part that fails to end does not keep the others from it. */
async function stop({ app, store, embedded }: Running, logger: Logger): Promise<void> {
  for (const [name, end] of [
    ['app', () => app.stop()],
    ['store', () => store.close()],
    ['embedded store', () => embedded?.close()],
  ] as const) {
    try {
      await end();
    } catch (error) {
      logger.error({ err: error }, `the ${name} did not end in order`);
      process.exitCode = 1;
    }
  }
}

function stopOnSignals(running: Running, logger: Logger): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'shutting down');
    const timer = setTimeout(() => {
      logger.error('the orderly end took too long; ending now');
      process.exit(1);
    }, shutdownMsMax);
    stop(running, logger)
      .then(() => {
        clearTimeout(timer);
        logger.info('ended');
      })
      .catch((error: unknown) => {
        logger.fatal({ err: error }, 'the end failed');
        process.exit(1);
      });
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  running.embedded?.onExit
    .then((error) => {
      if (stopping) return;
      logger.fatal({ err: error }, 'the embedded store has ended; the manager cannot go on');
      process.exit(1);
    })
    .catch((error: unknown) => {
      logger.fatal({ err: error }, 'the embedded store failed');
      process.exit(1);
    });
}

/**
 * Runs until a signal ends it.
 *
 * @param embedded - the store to use; absent where the configuration names another one
 * @throws Error - it cannot start
 */
export async function run(
  config: Config,
  embedded: EmbeddedStore | undefined,
  logger: Logger,
): Promise<void> {
  stopOnSignals(await start(config, embedded, logger), logger);
}
