/** The store's own thread: opens the files, listens, and serves until told to stop. */
import { chmodSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { serveConnection } from './connection.js';
import { createDispatcher } from './dispatch.js';
import { removeHalfBuilt } from './commands/catalog.js';
import { Store, type StoreLimits } from './store.js';
import { Wakefulness } from './wakefulness.js';

/** What the main thread hands over. */
export interface WorkerSetup extends StoreLimits {
  readonly dataDir: string;
  readonly storeId: string;
  readonly socketPath: string;
  readonly port: number | undefined;
}

/** What the worker tells the main thread. */
export type WorkerMessage =
  | { readonly type: 'ready'; readonly port: number | undefined }
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly message: string;
      readonly fields?: object;
    };

const setup = workerData as WorkerSetup;
const post = (message: WorkerMessage): void => parentPort?.postMessage(message);
const log = (level: 'info' | 'warn' | 'error', message: string, fields?: object): void =>
  post({ type: 'log', level, message, ...(fields && { fields }) });

const store = new Store({
  ...setup,
  address: setup.port === undefined ? setup.socketPath : `127.0.0.1:${setup.port}`,
  log,
});
const dispatch = createDispatcher(store);
const sockets = new Set<Socket>();
const servers: Server[] = [];
const wakefulness = new Wakefulness();
let connections = 0;

const clientLeft = /ECONNRESET|EPIPE/;

function accept(socket: Socket, local: boolean): void {
  const connection = { id: ++connections, local };
  sockets.add(socket);
  socket.on('data', () => wakefulness.touch());
  socket.on('close', () => {
    sockets.delete(socket);
    store.sessions.connectionClosed(connection.id);
  });
  serveConnection(socket, connection, dispatch, (fault) => {
    // A client that goes away without a word is no fault of anybody.
    if (!clientLeft.test(fault)) log('warn', 'a connection to the store failed', { fault });
  });
}

function listen(where: { path: string } | { host: string; port: number }): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => accept(socket, 'path' in where));
    servers.push(server);
    server.once('error', reject);
    server.listen(where, () => resolve(server));
  });
}

async function stop(): Promise<void> {
  for (const server of servers) server.close();
  for (const socket of sockets) socket.destroy();
  await store.close();
  parentPort?.close();
}

async function start(): Promise<void> {
  await removeHalfBuilt(store);
  await listen({ path: setup.socketPath });
  chmodSync(setup.socketPath, 0o600);
  let port: number | undefined;
  if (setup.port !== undefined) {
    const server = await listen({ host: '127.0.0.1', port: setup.port });
    const address = server.address();
    port = typeof address === 'object' && address ? address.port : setup.port;
    log('info', 'the store also listens on TCP, on loopback only and without a password', { port });
  }
  parentPort?.once('message', () => void stop());
  post({ type: 'ready', port });
}

await start();
