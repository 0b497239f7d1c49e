#!/usr/bin/env -S node --max-semi-space-size=32
/** The process: reads command line and configuration, and loads only what is asked for. */
import { parseArgs } from 'node:util';
import { pino, type Logger } from 'pino';
import { ConfigError, describeSettings, readConfig, type Config } from './config.js';
import { startEmbeddedStore, type EmbeddedStore } from './embedded/index.js';
import {
  UsageError,
  readCommand,
  storeDirectory,
  type MaintenanceCommand,
} from './maintenance/command-line.js';
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

const createLogger = (level: string): Logger =>
  pino(
    process.stdout.isTTY
      ? { level, transport: { target: 'pino-pretty', options: { singleLine: true } } }
      : { level },
  );

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
  const [{ importOakestra, readSource }, { openStore }] = await Promise.all([
    import('./oakestra-import.js'),
    import('./store/store.js'),
  ]);
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

async function maintain(command: MaintenanceCommand): Promise<boolean> {
  const { runMaintenance } = await import('./maintenance/commands.js');
  return runMaintenance(command, print);
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
    const well = await (wanted.name === 'import' ? importOther(wanted) : maintain(wanted));
    if (!well) process.exitCode = 1;
    return;
  }
  const config = readConfig(process.env);
  const logger = createLogger(config.SM_LOG_LEVEL);
  // The store starts in its own thread while this one loads the rest.
  const [embedded, { run }] = await Promise.all([openEmbedded(config, logger), import('./run.js')]);
  await run(config, embedded, logger);
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
