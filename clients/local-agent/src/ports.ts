import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import type { Port } from '@system-manager/client';

/** A port of an instance and where it is on this machine. */
export interface PortBinding {
  readonly containerPort: number;
  readonly hostPort: number;
  readonly protocol: 'tcp' | 'udp';
}

/** A port that was asked for cannot be had. */
export class PortUnavailable extends Error {
  override readonly name = 'PortUnavailable';
}

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

const attemptsMax = 200;

/**
 * Hands out ports of this machine. The range lies below the one from which the kernel picks ports for outgoing connections, so
 * that a port is still free when the instance comes to bind it.
 */
export class Ports {
  readonly #range: PortRange;
  readonly #random: () => number;
  readonly #taken = new Set<string>();

  constructor(range: PortRange, random: () => number = Math.random) {
    this.#range = range;
    this.#random = random;
  }

  /**
   * Takes a host port for each port, the earlier ones again where they are still free.
   *
   * @throws PortUnavailable - a fixed host port is in use, or the range is exhausted; nothing is taken then
   */
  async take(ports: readonly Port[], earlier: readonly PortBinding[]): Promise<PortBinding[]> {
    const bindings: PortBinding[] = [];
    try {
      for (const port of ports) {
        const protocol = port.protocol ?? 'tcp';
        const before = earlier.find(
          (one) => one.containerPort === port.containerPort && one.protocol === protocol,
        );
        const hostPort = await this.#pick(port.hostPort, before?.hostPort, protocol);
        bindings.push({ containerPort: port.containerPort, hostPort, protocol });
      }
      return bindings;
    } catch (error) {
      this.release(bindings);
      throw error;
    }
  }

  /** Takes ports that an instance, found alive, already uses. */
  adopt(bindings: readonly PortBinding[]): void {
    for (const { hostPort, protocol } of bindings) this.#taken.add(`${protocol}/${hostPort}`);
  }

  release(bindings: readonly PortBinding[]): void {
    for (const { hostPort, protocol } of bindings) this.#taken.delete(`${protocol}/${hostPort}`);
  }

  async #pick(
    fixed: number | undefined,
    before: number | undefined,
    protocol: 'tcp' | 'udp',
  ): Promise<number> {
    if (fixed !== undefined) {
      if (await this.#claim(fixed, protocol)) return fixed;
      throw new PortUnavailable(`host port ${fixed}/${protocol} is in use`);
    }
    if (before !== undefined && (await this.#claim(before, protocol))) return before;
    const { first, last } = this.#range;
    for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
      const port = first + Math.floor(this.#random() * (last - first + 1));
      if (await this.#claim(port, protocol)) return port;
    }
    throw new PortUnavailable(`no free ${protocol} port between ${first} and ${last}`);
  }

  async #claim(port: number, protocol: 'tcp' | 'udp'): Promise<boolean> {
    const key = `${protocol}/${port}`;
    if (this.#taken.has(key)) return false;
    this.#taken.add(key);
    const free = await (protocol === 'tcp' ? isTcpFree(port) : isUdpFree(port));
    if (!free) this.#taken.delete(key);
    return free;
  }
}

function isTcpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function isUdpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => socket.close(() => resolve(false)));
    socket.bind({ port, exclusive: true }, () => socket.close(() => resolve(true)));
  });
}

/** Whether somebody accepts TCP connections there. */
export function acceptsConnections(
  host: string,
  port: number,
  timeoutMs: number,
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (accepted: boolean): void => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
