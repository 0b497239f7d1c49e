#!/usr/bin/env -S node --max-semi-space-size=32
/** The process: reads the configuration, opens the store, listens, and closes all of it in order. */
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pino, type Logger } from 'pino';
import { buildApp, type App } from './app.js';
import {
  ConfigError,
  describeSettings,
  doorSettings,
  readConfig,
  schedulesOutside,
  type Config,
} from './config.js';
import { startEmbeddedStore, type EmbeddedStore } from './embedded/index.js';
import {
  UsageError,
  readCommand,
  runMaintenance,
  storeDirectory,
  type MaintenanceCommand,
} from './maintenance/commands.js';
import { peerSettings } from './peer-config.js';
import { loadDashboard } from './http/dashboard.js';
import { openIdOf } from './openid-config.js';
import { keepToken } from './secrets.js';
import { openStore, type Store } from './store/store.js';
import { readTls } from './tls.js';
import { version } from './version.js';

const help = `system-manager ${version}: root control plane of a hierarchical edge orchestrator

Usage: system-manager [--env-file FILE] [--help] [--version]
       system-manager verify [--data-dir DIR]
       system-manager backup FILE [--data-dir DIR]
       system-manager restore FILE [--data-dir DIR]
       system-manager import oakestra URL [--data-dir DIR]

Without a command the manager runs. Commands on its embedded store:
  verify          compare documents and indexes; the manager must not run
  backup FILE     write the store of one moment to a new file; the manager may run
  restore FILE    make the store out of a backup, where there is none yet
  import oakestra URL  take over users, applications, services and clusters of an installation of Oakestra from its
                  database (mongodb://host:10007); the manager must not run
They work on SM_DATA_DIR unless --data-dir names another directory.

Settings are environment variables:
${describeSettings()}
`;

/** How long an orderly end may take until the process ends anyway. */
const shutdownMsMax = 15_000;

const createLogger = (level: string): Logger =>
  pino(
    process.stdout.isTTY
      ? { level, transport: { target: 'pino-pretty', options: { singleLine: true } } }
      : { level },
  );

interface Running {
  readonly app: App;
  readonly store: Store;
  readonly embedded: EmbeddedStore | undefined;
}

async function openEmbedded(config: Config, logger: Logger): Promise<EmbeddedStore | undefined> {
  if (config.MONGODB_URI !== undefined) return undefined;
  return startEmbeddedStore({
    dataDir: storeDirectory(config.SM_DATA_DIR),
    ...(config.SM_STORE_PORT === undefined ? {} : { port: config.SM_STORE_PORT }),
    onLog: (level, message, fields) => {
      logger[level]({ room: 'embedded', ...fields }, message);
    },
  });
}

/** How often files of TLS are looked at. */
const tlsLookMs = 5_000;

/** @throws Error - they cannot be read, or do not fit */
async function tlsOf({ SM_TLS_CERT: cert, SM_TLS_KEY: key }: Config) {
  if (cert === undefined || key === undefined) return undefined;
  const files = { cert, key };
  return { files, material: await readTls(files, Date.now()), everyMs: tlsLookMs };
}

async function start(config: Config, logger: Logger): Promise<Running> {
  const tls = await tlsOf(config);
  const dataDir = resolve(config.SM_DATA_DIR);
  const admin = await keepToken(dataDir, 'admin-token', config.SM_ADMIN_TOKEN);
  const enrolment = await keepToken(dataDir, 'enrolment-token', config.SM_ENROLMENT_TOKEN);
  const scheduler = await keepToken(dataDir, 'scheduler-token', config.SM_SCHEDULER_TOKEN);
  const embedded = await openEmbedded(config, logger);
  const uri = config.MONGODB_URI ?? embedded?.uri ?? '';
  const store = await openStore({
    uri,
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
  const address = await app.http.listen({ host: config.SM_HOST, port: config.SM_PORT });
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

/** Where an installation of another make has its database. */
interface ImportCommand {
  readonly name: 'import';
  readonly url: string;
  readonly dataDir: string;
}

/** @throws UsageError - it is not what the command takes */
function readImport([make, url, ...rest]: readonly string[], dataDir: string): ImportCommand {
  if (make !== 'oakestra' || url === undefined || rest.length > 0 || !/^mongodb(\+srv)?:/.test(url))
    throw new UsageError('import takes oakestra and the address of its database (mongodb://...)');
  return { name: 'import', url, dataDir };
}

async function importOther({ url, dataDir }: ImportCommand): Promise<boolean> {
  const { importOakestra, readSource } = await import('./oakestra-import.js');
  const config = { ...readConfig(process.env), SM_DATA_DIR: dataDir };
  const logger = createLogger(config.SM_LOG_LEVEL);
  const source = await readSource(url);
  const embedded = await openEmbedded(config, logger);
  const store = await openStore({
    uri: config.MONGODB_URI ?? embedded?.uri ?? '',
    now: Date.now,
    onError: (error, message) => {
      logger.error({ room: 'store', err: error }, message);
    },
  });
  try {
    return await importOakestra(store, source, print, Date.now());
  } finally {
    await store.close();
    await embedded?.close();
  }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function readArguments(): 'help' | 'version' | 'run' | MaintenanceCommand | ImportCommand {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'data-dir': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
      'env-file': { type: 'string' },
    },
  });
  if (values.help === true) return 'help';
  if (values.version === true) return 'version';
  if (values['env-file'] !== undefined) process.loadEnvFile(values['env-file']);
  const dataDir = values['data-dir'];
  const directory = dataDir ?? (process.env['SM_DATA_DIR'] || './data');
  const [word, ...rest] = positionals;
  if (word === 'import') return readImport(rest, directory);
  const command = readCommand(positionals, directory);
  if (command === undefined && dataDir !== undefined)
    throw new UsageError('--data-dir goes with a command; the manager itself takes SM_DATA_DIR');
  return command ?? 'run';
}

async function main(): Promise<void> {
  const wanted = readArguments();
  if (wanted === 'help') {
    process.stdout.write(help);
    return;
  }
  if (wanted === 'version') {
    process.stdout.write(`${version}\n`);
    return;
  }
  if (wanted !== 'run') {
    const well =
      wanted.name === 'import' ? await importOther(wanted) : await runMaintenance(wanted, print);
    if (!well) process.exitCode = 1;
    return;
  }
  const config = readConfig(process.env);
  const logger = createLogger(config.SM_LOG_LEVEL);
  stopOnSignals(await start(config, logger), logger);
}

/** What went wrong in one line, with what to do about it where that is known. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `${error.message}; choose another port with SM_PORT`;
  if (code === 'EACCES') return `${error.message}; see SM_DATA_DIR and SM_PORT`;
  return error.message;
}

try {
  await main();
} catch (error) {
  const usage =
    error instanceof ConfigError ||
    error instanceof UsageError ||
    (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE'));
  const message = explain(error);
  process.stderr.write(`system-manager: ${message}\n`);
  if (usage) process.stderr.write('See system-manager --help.\n');
  process.exit(usage ? 2 : 1);
}
