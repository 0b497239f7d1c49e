import { backoffDelayMs } from '../backoff.js';
import type { Ending } from './connection.js';
import type { AgentTiming } from './options.js';

const retryAfterMsMax = 60_000;

/** Whether the manager does not let the agent in. It may be put right there, so the agent asks on, but slowly. */
export function isRefused({ status }: Ending): boolean {
  return status === 401 || status === 403;
}

/** Whether the cluster is no more. */
export function isRemoved({ code, problem }: Ending): boolean {
  return code === 4410 || problem?.type.endsWith('/cluster-removed') === true;
}

/** How long to wait before the next attempt: exponential with full jitter, anew after a session that was stable. */
export class Reconnect {
  readonly #timing: AgentTiming;
  readonly #random: () => number;
  #failures = 0;

  constructor(timing: AgentTiming, random: () => number = Math.random) {
    this.#timing = timing;
    this.#random = random;
  }

  /** @param sessionMs - how long the session lasted; undefined when there was none */
  nextDelayMs(ending: Ending, sessionMs: number | undefined): number {
    const { reconnectDelayMsMin, reconnectDelayMsMax, stableSessionMs } = this.#timing;
    if (sessionMs !== undefined && sessionMs >= stableSessionMs) this.#failures = 0;
    const attempt = this.#failures;
    this.#failures += 1;
    if (isRefused(ending)) return Math.floor(reconnectDelayMsMax * (0.5 + this.#random() / 2));
    const delayMs = backoffDelayMs(attempt, {
      delayMsMin: reconnectDelayMsMin,
      delayMsMax: reconnectDelayMsMax,
      random: this.#random,
    });
    return Math.max(delayMs, Math.min(ending.retryAfterMs ?? 0, retryAfterMsMax));
  }
}

/**
 * Address of the door for agents.
 *
 * @throws TypeError - not an address that begins with http or ws
 */
export function toRegisterUrl(address: string): string {
  const url = new URL(address);
  if (url.protocol === 'http:') url.protocol = 'ws:';
  if (url.protocol === 'https:') url.protocol = 'wss:';
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    throw new TypeError(`an address of a manager begins with http or ws: ${address}`);
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/register`;
  return url.href;
}
