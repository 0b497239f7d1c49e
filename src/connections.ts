/** Bounds the connections of each address, whatever they speak. */
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { DomainError } from './domain/errors.js';
import { limitKey } from './remote-address.js';

/** How many connections there may be at once; 0: as many as the system allows. */
export interface ConnectionLimits {
  readonly max: number;
  readonly perAddressMax: number;
}

/** Seconds after which one may have become free. */
const retryAfterSeconds = 5;

/** So many times as many as an address may have are answered, and what is more is closed without a word. */
const answeredFactor = 1.5;

/** With TLS a request knows only the socket that was made of the connection; both have the same peer. */
const peerOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

/**
 * Counts the connections of a server. Those that are one too many for their address may ask once, and are told then: an answer that
 * is written before the request has come is lost when the connection is closed with the request unread.
 */
export class ConnectionGuard {
  readonly #limits: ConnectionLimits;
  readonly #isProxy: (address: string) => boolean;
  readonly #counts = new Map<string, number>();
  /** Peers of those that are too many. */
  readonly #tooMany = new Set<string>();

  /** @param isProxy - whether many callers share connections from this address, which has no limit of its own then */
  constructor(limits: ConnectionLimits, isProxy: (address: string) => boolean) {
    this.#limits = limits;
    this.#isProxy = isProxy;
  }

  attach(server: Server): void {
    if (this.#limits.max > 0) server.maxConnections = this.#limits.max;
    if (this.#limits.perAddressMax > 0)
      server.on('connection', (socket: Socket) => {
        this.#count(socket);
      });
  }

  /** @throws DomainError `rate-limited` - there are too many connections from where the request came */
  check({ socket }: IncomingMessage): void {
    if (this.#tooMany.size === 0 || !this.#tooMany.has(peerOf(socket))) return;
    throw new DomainError(
      'rate-limited',
      'There are too many connections from this address; close some.',
      { retryAfterSeconds },
    );
  }

  #count(socket: Socket): void {
    const { perAddressMax } = this.#limits;
    const address = socket.remoteAddress ?? '';
    if (this.#isProxy(address)) return;
    const key = limitKey(address);
    const peer = peerOf(socket);
    const open = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, open);
    socket.once('close', () => {
      this.#tooMany.delete(peer);
      const left = (this.#counts.get(key) ?? 1) - 1;
      if (left === 0) this.#counts.delete(key);
      else this.#counts.set(key, left);
    });
    if (open > perAddressMax * answeredFactor) socket.destroy();
    else if (open > perAddressMax) this.#tooMany.add(peer);
  }
}
