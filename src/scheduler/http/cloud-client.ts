/** Calls to a Cloud Scheduler of 2021: bounded in time and size, tried again for a short while, and never redirected. */
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request, type Dispatcher } from 'undici';

const attemptsMax = 4;
const retryMsMin = 50;
const callMsMax = 5_000;
const answerBytesMax = 64 * 1024;

export class CloudClient {
  readonly #origin: string;
  readonly #random: () => number;
  readonly #agent: Dispatcher;

  /** @param url - `http://host:port` of the scheduler */
  constructor(url: string, random: () => number) {
    this.#origin = url.replace(/\/$/, '');
    this.#random = random;
    this.#agent = new Agent({
      connections: 8,
      pipelining: 1,
      connect: { timeout: callMsMax },
      headersTimeout: callMsMax,
      bodyTimeout: callMsMax,
      maxResponseSize: answerBytesMax,
    });
  }

  /** Posts until it was taken, as long as the signal lets it. @throws Error - it was not */
  async post(path: string, body: unknown, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const status = await this.#call('POST', path, body, signal);
        if (status >= 200 && status < 300) return;
        throw new Error(`${path} was answered with ${status}`);
      } catch (error) {
        if (attempt === attemptsMax || signal.aborted) throw error;
        const ms = retryMsMin * 2 ** attempt * (0.5 + this.#random() / 2);
        await delay(ms, undefined, { signal });
      }
    }
  }

  /** @returns the status that it answers with, or nothing when it does not answer */
  async status(): Promise<number | undefined> {
    try {
      return await this.#call('GET', '/status', undefined, AbortSignal.timeout(callMsMax));
    } catch {
      // Whoever asks wants to know just that.
      return undefined;
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #call(
    method: 'GET' | 'POST',
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<number> {
    const answer = await request(`${this.#origin}${path}`, {
      dispatcher: this.#agent,
      method,
      signal,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    await answer.body.dump();
    return answer.statusCode;
  }
}
