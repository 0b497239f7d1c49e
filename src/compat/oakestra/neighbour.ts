/** Calls to a neighbour of the manager at an address that is configured: bounded in time and size, and never redirected. */
import { Agent, request, type Dispatcher } from 'undici';

export interface NeighbourAnswer {
  readonly status: number;
  readonly text: string;
}

const connectMsMax = 3_000;
const answerBytesMax = 64 * 1024;
const connections = 4;

export class Neighbour {
  readonly #origin: string;
  readonly #callMsMax: number;
  readonly #agent: Dispatcher;

  /**
   * @param url - `http://host:port`
   * @param callMsMax - until an answer is complete
   */
  constructor(url: string, callMsMax = 10_000) {
    this.#origin = url.replace(/\/$/, '');
    this.#callMsMax = callMsMax;
    this.#agent = new Agent({
      connections,
      pipelining: 1,
      connect: { timeout: connectMsMax },
      headersTimeout: callMsMax,
      bodyTimeout: callMsMax,
      maxResponseSize: answerBytesMax,
    });
  }

  /** @throws Error - it was not answered, not in time, or with too much */
  async call(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<NeighbourAnswer> {
    const answer = await request(`${this.#origin}${path}`, {
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
