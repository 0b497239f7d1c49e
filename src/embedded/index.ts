/**
 * The embedded store: a small, durable server that speaks the MongoDB wire protocol over LMDB, in
 * a worker thread. README.md lists what it accepts; everything else it refuses by name.
 */
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { projectFolder } from '../project-folder.js';
import { openDirectory, type DataDirectory } from './directory.js';
import { claimSocketPlace, socketUri } from './socket-place.js';
import type { StoreLimits } from './store.js';
import type { WorkerMessage, WorkerSetup } from './worker.js';

/** How to start an embedded store. */
export interface EmbeddedStoreOptions {
  /** Where the data lives; made with mode 0700 if it does not exist. */
  readonly dataDir: string;
  /** Loopback TCP port, besides the unix socket; 0 picks one. Absent: unix socket only. */
  readonly port?: number;
  /** Limits other than the usual ones. */
  readonly limits?: Partial<StoreLimits>;
  readonly onLog?: (level: 'info' | 'warn' | 'error', message: string, fields?: object) => void;
}

/** A running embedded store. */
export interface EmbeddedStore {
  /** `mongodb://` connection string, unix socket, `directConnection=true`. */
  readonly uri: string;
  /** The same over TCP, if a port was asked for. */
  readonly tcpUri: string | undefined;
  /** Settles when the worker is gone: with its error, or with undefined after `close()`. */
  readonly onExit: Promise<Error | undefined>;
  /** Finishes running writes and stops. Safe to call twice. */
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;

const LIMITS: StoreLimits = {
  changeLog: { maxAgeMs: 24 * 60 * MINUTE_MS, maxEntries: 1_000_000 },
  sweepIntervalMs: MINUTE_MS,
  transactionIdleMs: MINUTE_MS,
  transactionOrphanMs: 1_000,
  cursorIdleMs: 10 * MINUTE_MS,
  sessionIdleMs: 30 * MINUTE_MS,
};

/** Waits until the worker listens; its early end is the error. */
function ready(worker: Worker, onExit: Promise<Error | undefined>): Promise<number | undefined> {
  return new Promise((resolvePort, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'ready') resolvePort(message.port);
    });
    void onExit.then((error) => reject(error ?? new Error('the store ended before it was ready')));
  });
}

async function launch(
  options: EmbeddedStoreOptions,
  dataDir: string,
  directory: DataDirectory,
): Promise<EmbeddedStore> {
  const socket = claimSocketPlace(dataDir);
  const setup: WorkerSetup = {
    dataDir,
    storeId: directory.storeId,
    socketPath: socket.path,
    port: options.port,
    ...LIMITS,
    ...options.limits,
  };
  const entry = join(projectFolder(), 'dist', 'src', 'embedded', 'worker.js');
  // 32 MiB of young objects: with half of it a bulk of updates takes a tenth longer, and what newer engines allow wins nothing here.
  const resourceLimits = { maxYoungGenerationSizeMb: 96 };
  const worker = new Worker(entry, { workerData: setup, name: 'embedded-store', resourceLimits });
  worker.on('message', (message: WorkerMessage) => {
    if (message.type === 'log') options.onLog?.(message.level, message.message, message.fields);
  });
  let closing = false;
  let failure: Error | undefined;
  worker.on('error', (error) => {
    failure = error;
  });
  const onExit = new Promise<Error | undefined>((done) => {
    worker.once('exit', (code) => {
      socket.remove();
      const early = closing ? undefined : new Error(`the store's worker ended with code ${code}`);
      void directory.release().then(() => done(failure ?? early));
    });
  });
  const port = await ready(worker, onExit);
  return {
    uri: socketUri(socket.path),
    tcpUri: port === undefined ? undefined : `mongodb://127.0.0.1:${port}/?directConnection=true`,
    onExit,
    close: async () => {
      if (!closing) worker.postMessage('stop');
      closing = true;
      await onExit;
    },
  };
}

/**
 * Starts the store. One process at a time may use a data directory.
 *
 * @throws Error - the directory is in use, not writable, damaged, or of a newer format
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const dataDir = resolve(options.dataDir);
  const directory = await openDirectory(dataDir);
  try {
    return await launch(options, dataDir, directory);
  } catch (error) {
    await directory.release();
    throw error;
  }
}
