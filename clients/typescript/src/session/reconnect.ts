import { backoffDelayMs } from '../backoff.js';
import type { Ending } from './connection.js';

/** Times of connecting again. */
export interface ReconnectTiming {
  /** Bound of the first delay before connecting again. @default 250 */
  readonly reconnectDelayMsMin: number;
  /** No such delay is longer. @default 15000 */
  readonly reconnectDelayMsMax: number;
  /** A session that lasts this long starts the delays anew. @default 10000 */
  readonly stableSessionMs: number;
}

const retryAfterMsMax = 60_000;

const forbiddenCode = 4403;

/**
 * The status with which the manager does not let it in, at the upgrade or by a close code; nothing where it does. It may be put right
 * there, so it asks on, but slowly.
 */
export function refusedWith({ status, code }: Ending): number | undefined {
  if (status === 401 || status === 403) return status;
  return code === forbiddenCode ? 403 : undefined;
}

/** Whether the cluster is no more. */
export function isRemoved({ code, problem }: Ending): boolean {
  return code === 4410 || problem?.type.endsWith('/cluster-removed') === true;
}

/** How long to wait before the next attempt: exponential with full jitter, anew after a session that was stable. */
export class Reconnect {
  readonly #timing: ReconnectTiming;
  readonly #random: () => number;
  #failures = 0;

  constructor(timing: ReconnectTiming, random: () => number = Math.random) {
    this.#timing = timing;
    this.#random = random;
  }

  /** @param sessionMs - how long the session lasted; undefined when there was none */
  nextDelayMs(ending: Ending, sessionMs: number | undefined): number {
    const { reconnectDelayMsMin, reconnectDelayMsMax, stableSessionMs } = this.#timing;
    if (sessionMs !== undefined && sessionMs >= stableSessionMs) this.#failures = 0;
    const attempt = this.#failures;
    this.#failures += 1;
    if (refusedWith(ending) !== undefined)
      return Math.floor(reconnectDelayMsMax * (0.5 + this.#random() / 2));
    const delayMs = backoffDelayMs(attempt, {
      delayMsMin: reconnectDelayMsMin,
      delayMsMax: reconnectDelayMsMax,
      random: this.#random,
    });
    return Math.max(delayMs, Math.min(ending.retryAfterMs ?? 0, retryAfterMsMax));
  }
}

/**
 * Address of a door of the manager.
 *
 * @param door - its path: `/register`
 *
 * @throws TypeError - not an address that begins with http or ws
 */
export function toDoorUrl(address: string, door: string): string {
  const url = new URL(address);
  if (url.protocol === 'http:') url.protocol = 'ws:';
  if (url.protocol === 'https:') url.protocol = 'wss:';
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    throw new TypeError(`an address of a manager begins with http or ws: ${address}`);
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${door}`;
  return url.href;
}
