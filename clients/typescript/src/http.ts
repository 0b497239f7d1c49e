import { Headers, Response, fetch, type Dispatcher, type Request } from '#platform';
import { backoffDelayMs, sleep } from './backoff.js';
import { ConnectionError, retryAfterMs } from './problem.js';

/** How requests are repeated when the manager is busy or out of reach. */
export interface RetryOptions {
  /** Attempts in all; 1 switches retries off. @default 5 */
  readonly attempts?: number;
  /** Bound of the first delay; it doubles each time. @default 200 */
  readonly delayMsMin?: number;
  /** No delay is longer, unless `Retry-After` asks for it. @default 5000 */
  readonly delayMsMax?: number;
  /** A longer `Retry-After` is not waited for: the refusal is handed to the caller. @default 60000 */
  readonly retryAfterMsMax?: number;
  /** Uniform in [0, 1), for the jitter. @default Math.random */
  readonly random?: () => number;
}

export interface TransportOptions {
  readonly timeoutMs: number;
  readonly retry: Required<RetryOptions>;
  readonly dispatcher?: Dispatcher;
}

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
const busyStatus = new Set([429, 503]);
const bodilessStatus = new Set([204, 205, 304]);

/**
 * A fetch with a time limit per attempt and bounded retries. Each write carries an `Idempotency-Key` from its first attempt
 * on, so that a repetition after a lost answer has no second effect.
 *
 * @throws ConnectionError - no answer after the last attempt
 */
export function createFetch(options: TransportOptions): (request: Request) => Promise<Response> {
  const { retry } = options;
  return async (request) => {
    const headers = new Headers(request.headers);
    if (!readingMethods.has(request.method) && !headers.has('idempotency-key')) {
      headers.set('idempotency-key', randomKey());
    }
    const body = readingMethods.has(request.method) ? null : await bytesOf(request);
    const signal = request.signal;
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt + 1 >= retry.attempts;
      let delayMs = backoffDelayMs(attempt, retry);
      try {
        const response = await tryOnce(request, headers, body, options);
        const askedMs = retryAfterMs(response.headers.get('retry-after')) ?? 0;
        if (last || !busyStatus.has(response.status) || askedMs > retry.retryAfterMsMax) {
          return response;
        }
        delayMs = Math.max(delayMs, askedMs);
      } catch (error) {
        signal.throwIfAborted();
        if (last) throw toConnectionError(error, request.url, attempt + 1);
      }
      await sleep(delayMs, signal);
    }
  };
}

/** 128 random bits. Unlike `randomUUID` this also works on pages that were not loaded over TLS. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

async function bytesOf(request: Request): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  return bytes.length === 0 ? null : bytes;
}

/** Reads the whole body too: a connection that breaks in the middle of an answer counts as a failed attempt. */
async function tryOnce(
  request: Request,
  headers: Headers,
  body: Uint8Array | null,
  options: TransportOptions,
): Promise<Response> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(new TimeUp(options.timeoutMs)), options.timeoutMs);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers,
      body,
      redirect: request.redirect,
      signal: AbortSignal.any([request.signal, timeout.signal]),
      ...(options.dispatcher === undefined ? {} : { dispatcher: options.dispatcher }),
    });
    const bytes = bodilessStatus.has(response.status) ? null : await response.arrayBuffer();
    const { status, statusText, headers: answered } = response;
    return new Response(bytes, { status, statusText, headers: answered });
  } finally {
    clearTimeout(timer);
  }
}

class TimeUp extends Error {
  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
  }
}

function toConnectionError(error: unknown, url: string, attempts: number): ConnectionError {
  const timedOut = error instanceof TimeUp;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? cause.message || cause.name : String(cause);
  const { origin } = new URL(url);
  return new ConnectionError(`no answer from ${origin} (attempt ${attempts}): ${why}`, {
    timedOut,
    attempts,
    cause: error,
  });
}
