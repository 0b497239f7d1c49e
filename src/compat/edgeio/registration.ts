/** The door at which clusters of 2021 register: Socket.IO, namespace `/register`, four steps, then the cluster goes on over HTTP. */
import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { Server, type Socket } from 'socket.io';
import { registerPeer, type PeerRegistration } from '../../domain/cluster/register-peer.js';
import type { Ports } from '../../domain/ports.js';
import { plainAddress, type Networks } from '../../networks.js';
import { clusterName, findUnusable, isFields } from '../input.js';
import { mayCall } from '../delivery/peer-client.js';

export interface RegistrationOptions {
  readonly ports: Ports;
  readonly networks: Networks;
  /** Before, nobody is let in: what was there from earlier is taken over first. */
  readonly ready: () => boolean;
  readonly logger: Logger;
  /** Until a connection has registered, it is closed after this time. @defaultValue 30 s */
  readonly registerWithinMs?: number | undefined;
}

const registerWithinMs = 30_000;
const connectionsMax = 1_000;
const messageBytesMax = 64 * 1024;
const locationCharactersMax = 200;

/** The own port of the manager is no port of a cluster, or it would send orders to itself. */
const isOurselves = ({ conn }: Socket, host: string, port: number): boolean => {
  const { localAddress, localPort } = conn.request.socket;
  return port === localPort && host === plainAddress(localAddress ?? '');
};

/** What a cluster says of itself, with the address that it has. @throws Error that says what is wrong */
function readRegistration(message: unknown, socket: Socket, networks: Networks): PeerRegistration {
  if (!isFields(message)) throw new Error('cs1 is no object');
  const { port, cluster_name: name, cluster_location: location, cluster_info: info } = message;
  if (typeof name !== 'string' || !clusterName.test(name))
    throw new Error('cluster_name is no name of letters, digits, dots, dashes and underscores');
  const number = typeof port === 'string' && /^\d{1,5}$/.test(port) ? Number(port) : port;
  if (typeof number !== 'number') throw new Error('port is no number');
  const endpoint = { host: plainAddress(socket.handshake.address), port: number };
  if (!mayCall(endpoint, networks) || isOurselves(socket, endpoint.host, number))
    throw new Error(`${endpoint.host}:${number} is no address that orders may go to`);
  const unusable = findUnusable(info);
  if (unusable !== undefined) throw new Error(`cluster_info cannot be kept: ${unusable}`);
  return {
    name,
    endpoint,
    info: info ?? {},
    ...(typeof location === 'string' && location !== ''
      ? { location: location.slice(0, locationCharactersMax) }
      : {}),
  };
}

export class RegistrationDoor {
  readonly #options: RegistrationOptions;
  readonly #server: Server;
  readonly #underWay = new Set<Promise<void>>();
  #open = 0;

  constructor(options: RegistrationOptions) {
    this.#options = options;
    this.#server = new Server({
      serveClient: false,
      maxHttpBufferSize: messageBytesMax,
      perMessageDeflate: false,
      httpCompression: false,
      // Other WebSocket doors of the same server take what is not for this one.
      destroyUpgrade: false,
      allowRequest: (request, decide) => {
        const allowed = options.networks.contains(request.socket.remoteAddress ?? '');
        const reason = allowed ? 'not ready yet' : 'this address may not register';
        const taken = allowed && options.ready();
        decide(taken ? null : reason, taken);
      },
    });
    this.#server.of('/register').on('connection', (socket) => {
      this.#greet(socket);
    });
  }

  attach(server: HttpServer): void {
    this.#server.attach(server);
  }

  /** Closes every connection, and waits for registrations that are under way. The HTTP server stays open. */
  async close(): Promise<void> {
    this.#server.disconnectSockets(true);
    this.#server.engine.close();
    await Promise.allSettled([...this.#underWay]);
  }

  #greet(socket: Socket): void {
    const { logger } = this.#options;
    if (this.#open >= connectionsMax) {
      logger.warn({ address: socket.handshake.address }, 'too many clusters register at once');
      socket.disconnect(true);
      return;
    }
    this.#open += 1;
    const timer = setTimeout(() => {
      logger.warn({ address: socket.handshake.address }, 'a cluster did not register in time');
      socket.disconnect(true);
    }, this.#options.registerWithinMs ?? registerWithinMs);
    socket.once('disconnect', () => {
      clearTimeout(timer);
      this.#open -= 1;
    });
    socket.once('cs1', (message: unknown) => {
      const work = this.#register(socket, message).finally(() => this.#underWay.delete(work));
      this.#underWay.add(work);
    });
    socket.emit('sc1', { 'Hello-Cluster_Manager': 'please send your cluster info' });
  }

  async #register(socket: Socket, message: unknown): Promise<void> {
    const { ports, networks, logger } = this.#options;
    try {
      const cluster = await registerPeer(ports, readRegistration(message, socket, networks));
      logger.info(
        { clusterId: cluster.id, cluster: cluster.name, endpoint: cluster.endpoint },
        'a cluster has registered',
      );
      socket.emit('sc2', JSON.stringify({ id: cluster.id }));
    } catch (error) {
      logger.warn(
        { err: error, address: socket.handshake.address },
        'a cluster was not registered',
      );
      socket.disconnect(true);
    }
  }
}
