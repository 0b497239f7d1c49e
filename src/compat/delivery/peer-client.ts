/**
 * Calls to a cluster that takes its orders over HTTP. Where they go was said by a peer that nobody has proved, so they go only to the peer's own address,
 * to ports that need no privilege, inside the networks that are allowed; redirects are not followed, and answers are bounded.
 */
import { Agent, request, type Dispatcher } from 'undici';
import type { Endpoint } from '../../domain/cluster/cluster.js';
import type { Networks } from '../../networks.js';

export interface PeerCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

export interface PeerAnswer {
  readonly status: number;
  readonly text: string;
}

export const portMin = 1024;
const answerBytesMax = 64 * 1024;
const connectMsMax = 3_000;

export const mayCall = ({ host, port }: Endpoint, networks: Networks): boolean =>
  port >= portMin && port <= 65_535 && networks.contains(host);

const hostOf = (host: string): string => (host.includes(':') ? `[${host}]` : host);

export class PeerClient {
  readonly #networks: Networks;
  readonly #callMsMax: number;
  readonly #agent: Dispatcher;

  /** @param callMsMax - until an answer is complete */
  constructor(networks: Networks, callMsMax = 10_000) {
    this.#networks = networks;
    this.#callMsMax = callMsMax;
    this.#agent = new Agent({
      connections: 2,
      pipelining: 1,
      connect: { timeout: connectMsMax },
      headersTimeout: callMsMax,
      bodyTimeout: callMsMax,
      maxResponseSize: answerBytesMax,
    });
  }

  /** @throws Error - it was not answered, not in time, or with too much; or it may not be asked */
  async call(endpoint: Endpoint, { method, path, body }: PeerCall): Promise<PeerAnswer> {
    if (!mayCall(endpoint, this.#networks))
      throw new Error(`${endpoint.host}:${endpoint.port} is not an address that may be called`);
    const answer = await request(`http://${hostOf(endpoint.host)}:${endpoint.port}${path}`, {
      dispatcher: this.#agent,
      method,
      signal: AbortSignal.timeout(this.#callMsMax),
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}
