import { fetch, type Dispatcher, type Response } from '#platform';
import { backoffDelayMs, sleep, type BackoffOptions } from './backoff.js';
import { ProblemError, retryAfterMs, toProblem } from './problem.js';
import { ServerSentEventParser } from './sse.js';
import type { Event } from './types.js';

/** What to follow, and from where. */
export interface WatchOptions {
  /** Sequence number of the last event already seen; absent: what happens from now on. */
  readonly after?: number;
  /** Only events that concern this service, cluster, instance or operation. */
  readonly subjectId?: string;
  /** Is told when a connection stands, and when it was lost or could not be made; another one follows by itself. */
  readonly onConnection?: (state: 'open' | 'lost') => void;
  /** Ends the watch; the iterator then returns without an error. */
  readonly signal?: AbortSignal;
}

export interface EventSourceOptions {
  readonly baseUrl: string;
  readonly authorization: () => Promise<string>;
  readonly backoff: BackoffOptions;
  /** A stream that says nothing at all for this long is taken for dead. */
  readonly idleTimeoutMs: number;
  /** How long an answer to the request may take. */
  readonly timeoutMs: number;
  readonly dispatcher?: Dispatcher;
}

/**
 * Follows the history without gap and duplicate, over any number of connections: each new one goes on from the last event
 * that was handed out. Reads no faster than the caller takes, so memory stays bounded.
 *
 * @throws ProblemError - the manager refuses (401, 403, 400), or the history is no longer kept (410, `history-trimmed`)
 */
export async function* watchEvents(
  source: EventSourceOptions,
  options: WatchOptions = {},
): AsyncGenerator<Event, void, void> {
  let position = options.after === undefined ? undefined : String(options.after);
  let failures = 0;
  while (options.signal?.aborted !== true) {
    let askedMs = 0;
    const connection = new AbortController();
    const stop = (): void => connection.abort();
    options.signal?.addEventListener('abort', stop, { once: true });
    try {
      const response = await open(source, options, position, connection);
      options.onConnection?.('open');
      for await (const message of read(response, connection, source.idleTimeoutMs)) {
        failures = 0;
        if (message.lastEventId !== undefined) position = message.lastEventId;
        if (message.type === 'trimmed') throw trimmed(message.data);
        if (message.data !== '') yield JSON.parse(message.data) as Event;
        if (connection.signal.aborted) break;
      }
    } catch (error) {
      // Whatever is wrong with the connection is mended by the next one; a refusal and a broken message are not.
      if (error instanceof RangeError || error instanceof SyntaxError) throw error;
      if (error instanceof ProblemError && !mayPass(error)) throw error;
      if (error instanceof ProblemError) askedMs = error.retryAfterMs ?? 0;
    } finally {
      options.signal?.removeEventListener('abort', stop);
      connection.abort();
    }
    tellLost(options);
    await waitOrAbort(Math.max(askedMs, backoffDelayMs(failures, source.backoff)), options.signal);
    failures += 1;
  }
}

/** Whoever has ended the watch has lost nothing. */
function tellLost({ signal, onConnection }: WatchOptions): void {
  if (signal?.aborted !== true) onConnection?.('lost');
}

/** Refusals that say "not now", and answers of a proxy whose manager is away. */
function mayPass(error: ProblemError): boolean {
  return error.status === 429 || error.status >= 500;
}

async function waitOrAbort(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(delayMs, signal);
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
}

async function open(
  source: EventSourceOptions,
  options: WatchOptions,
  position: string | undefined,
  connection: AbortController,
): Promise<Response> {
  const url = new URL(`${source.baseUrl.replace(/\/+$/, '')}/api/v1/events/stream`);
  if (options.subjectId !== undefined) url.searchParams.set('subjectId', options.subjectId);
  const timer = setTimeout(() => connection.abort(), source.timeoutMs);
  try {
    const response = await fetch(url, {
      headers: {
        accept: 'text/event-stream',
        authorization: await source.authorization(),
        ...(position === undefined ? {} : { 'last-event-id': position }),
      },
      signal: connection.signal,
      ...(source.dispatcher === undefined ? {} : { dispatcher: source.dispatcher }),
    });
    if (response.status === 200) return response;
    const body = parse((await response.text()).slice(0, 65_536));
    const askedMs = retryAfterMs(response.headers.get('retry-after'));
    throw new ProblemError(toProblem(body, response.status, response.statusText), askedMs);
  } finally {
    clearTimeout(timer);
  }
}

async function* read(response: Response, connection: AbortController, idleTimeoutMs: number) {
  if (response.body === null) return;
  const parser = new ServerSentEventParser();
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  for (;;) {
    const timer = setTimeout(() => connection.abort(), idleTimeoutMs);
    let chunk;
    try {
      chunk = await reader.read();
    } finally {
      clearTimeout(timer);
    }
    if (chunk.done) return;
    yield* parser.push(decoder.decode(chunk.value as Uint8Array, { stream: true }));
  }
}

function trimmed(data: string): ProblemError {
  const body = parse(data);
  const problem = toProblem(body, 410, 'The history is no longer kept');
  return new ProblemError({ ...problem, type: '/problems/history-trimmed' });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
