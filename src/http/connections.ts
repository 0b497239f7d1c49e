/** Bounds the connections of each address, whatever they speak. */
import { randomUUID } from 'node:crypto';
import { Server as TlsServer } from 'node:https';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { DomainError } from '../domain/errors.js';
import { limitKey } from '../remote-address.js';
import { writeAnswer } from './problem-handlers.js';
import { problemOf } from './problem.js';

/** How many connections there may be at once; 0: as many as the system allows. */
export interface ConnectionLimits {
  readonly max: number;
  readonly perAddressMax: number;
}

/** Seconds after which one may have become free. */
const retryAfterSeconds = 5;

const refuse = (socket: Socket): void => {
  const detail = 'There are too many connections from this address; close some.';
  const error = new DomainError('rate-limited', detail, { retryAfterSeconds });
  const { problem, headers } = problemOf(error, randomUUID());
  writeAnswer(socket, problem, headers);
};

/**
 * Refuses connections with 429 that are one too many for their address. Those that carry TLS are closed without a word: nothing can be
 * said before both sides have settled on keys, and that is what costs.
 *
 * @param isProxy - whether many callers share connections from this address, which has no limit of its own then
 */
export function limitConnections(
  server: Server,
  { max, perAddressMax }: ConnectionLimits,
  isProxy: (address: string) => boolean,
): void {
  if (max > 0) server.maxConnections = max;
  if (perAddressMax === 0) return;
  const counts = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (isProxy(address)) return;
    const key = limitKey(address);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    socket.once('close', () => {
      const left = (counts.get(key) ?? 1) - 1;
      if (left === 0) counts.delete(key);
      else counts.set(key, left);
    });
    if (count <= perAddressMax) return;
    if (server instanceof TlsServer) socket.destroy();
    else refuse(socket);
  });
}
