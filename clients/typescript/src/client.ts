import createHttpClient from 'openapi-fetch';
import { createDispatcher, Request, type Dispatcher } from '#platform';
import { sleep } from './backoff.js';
import type { Init, Methods, PagedPath, PageItem, RawMethods } from './calls.js';
import { watchEvents, type EventSourceOptions, type WatchOptions } from './events.js';
import type { paths } from './generated/openapi.js';
import { createFetch, type RetryOptions } from './http.js';
import { ProblemError, retryAfterMs, toProblem } from './problem.js';
import type { Event, Operation } from './types.js';

/** How to reach a manager. */
export interface ClientOptions {
  /** Address of the manager: `http://127.0.0.1:10000`. */
  readonly baseUrl: string;
  /** Bearer token, or who to ask for it before each request. */
  readonly token: string | (() => string | Promise<string>);
  /** How long one attempt may take. @default 30000 */
  readonly timeoutMs?: number;
  /** A stream of events that says nothing for this long is opened anew. @default 60000 */
  readonly idleTimeoutMs?: number;
  readonly retry?: RetryOptions;
  /** undici dispatcher, for TLS options or a proxy; Node.js only. `close()` leaves it open. */
  readonly dispatcher?: Dispatcher;
}

/** How long to wait for an operation. */
export interface WaitOptions {
  /** @default 300000 */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Typed client of the System Manager. Paths, parameters, bodies and answers are those of the contract; the methods hand out the
 * body of a success and throw everything else.
 *
 * @throws ProblemError - the manager refused
 * @throws ConnectionError - no answer, after all retries
 */
export interface SystemManagerClient extends Methods {
  /** The same without throwing what is refused: `{ data, error, response }`, with status and headers. */
  readonly http: RawMethods;
  /**
   * All items of a list, page after page: `for await (const cluster of client.paginate('/api/v1/clusters'))`. The history of
   * events ends with the newest one; use `watchEvents` to go on.
   */
  paginate<Path extends PagedPath>(
    path: Path,
    init?: Init<Path, 'get'>,
  ): AsyncGenerator<PageItem<Path>, void, void>;
  /**
   * Waits until an operation has ended, well or not: look at its `state`.
   *
   * @throws OperationTimeoutError - it is still running when the time is up
   */
  waitForOperation(operationId: string, options?: WaitOptions): Promise<Operation>;
  /** Follows the history without gap and duplicate, reconnecting as needed. Ends when the signal aborts. */
  watchEvents(options?: WatchOptions): AsyncGenerator<Event, void, void>;
  /** Closes idle connections. Calls that are under way end first. */
  close(): Promise<void>;
}

/** An operation did not end in time. It goes on, and can be waited for again. */
export class OperationTimeoutError extends Error {
  override readonly name = 'OperationTimeoutError';
  /** As it was last seen. */
  readonly operation: Operation;

  constructor(operation: Operation, timeoutMs: number) {
    super(`operation ${operation.id} is still ${operation.state} after ${timeoutMs} ms`);
    this.operation = operation;
  }
}

interface Answer {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}
type UntypedRequest = (method: string, path: string, init?: object) => Promise<Answer>;

const waitMsMax = 30_000;
const hastyAnswerMs = 200;

/** Creates a client. Safe to share; it keeps a pool of connections. */
export function createClient(options: ClientOptions): SystemManagerClient {
  const ownDispatcher = options.dispatcher === undefined ? createDispatcher() : undefined;
  const dispatcher = options.dispatcher ?? ownDispatcher;
  const timeoutMs = options.timeoutMs ?? 30_000;
  const retry = {
    attempts: options.retry?.attempts ?? 5,
    delayMsMin: options.retry?.delayMsMin ?? 200,
    delayMsMax: options.retry?.delayMsMax ?? 5_000,
    retryAfterMsMax: options.retry?.retryAfterMsMax ?? 60_000,
    random: options.retry?.random ?? Math.random,
  };
  const transport = { timeoutMs, retry, ...(dispatcher === undefined ? {} : { dispatcher }) };
  const authorization = async (): Promise<string> =>
    `Bearer ${typeof options.token === 'string' ? options.token : await options.token()}`;

  // openapi-fetch is typed against the global fetch; undici's own classes have the same shape, and must not be mixed with it.
  const http = createHttpClient<paths>({
    baseUrl: options.baseUrl,
    Request: Request as unknown as typeof globalThis.Request,
    fetch: asGlobalFetch(createFetch(transport)),
  });
  http.use({
    onRequest: async ({ request }) => {
      request.headers.set('authorization', await authorization());
    },
  });

  const untyped = http.request.bind(http) as unknown as UntypedRequest;
  const call = async (method: string, path: string, init?: object): Promise<unknown> => {
    const { data, error, response } = await untyped(method, path, init);
    if (response.ok) return data;
    const problem = toProblem(error, response.status, response.statusText);
    throw new ProblemError(problem, retryAfterMs(response.headers.get('retry-after')));
  };
  const methods = Object.fromEntries(
    (['get', 'post', 'put', 'patch', 'delete'] as const).map((method) => [
      method,
      (path: string, init?: object) => call(method, path, init),
    ]),
  ) as unknown as Methods;

  const longFetch = asGlobalFetch(createFetch({ ...transport, timeoutMs: timeoutMs + waitMsMax }));
  const source: EventSourceOptions = {
    baseUrl: options.baseUrl,
    authorization,
    timeoutMs,
    idleTimeoutMs: options.idleTimeoutMs ?? 60_000,
    backoff: retry,
    ...(dispatcher === undefined ? {} : { dispatcher }),
  };
  return {
    http: http as unknown as RawMethods,
    ...methods,
    paginate: <Path extends PagedPath>(path: Path, init?: Init<Path, 'get'>) =>
      paginate(call, path, init) as AsyncGenerator<PageItem<Path>, void, void>,
    waitForOperation: (operationId, wait) =>
      waitForOperation(methods, longFetch, operationId, wait),
    watchEvents: (watch) => watchEvents(source, watch),
    close: async () => ownDispatcher?.close(),
  };
}

function asGlobalFetch(fetch: ReturnType<typeof createFetch>) {
  return fetch as unknown as (input: globalThis.Request) => Promise<globalThis.Response>;
}

interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor?: string;
  readonly lastSequence?: number;
}

async function* paginate(
  call: (method: string, path: string, init?: object) => Promise<unknown>,
  path: string,
  init?: object,
): AsyncGenerator<unknown, void, void> {
  const params = (init as { params?: { query?: object } } | undefined)?.params;
  let position: object = {};
  for (;;) {
    const query = { ...params?.query, ...position };
    const page = (await call('get', path, { ...init, params: { ...params, query } })) as Page;
    yield* page.items;
    if (page.nextCursor !== undefined) position = { cursor: page.nextCursor };
    else if (page.lastSequence !== undefined && page.items.length > 0)
      position = nextEvents(page, query);
    else return;
  }
}

/** Where the next page of the history begins, which is read in both directions. */
function nextEvents({ items, lastSequence }: Page, query: { readonly order?: unknown }): object {
  if (query.order !== 'newestFirst') return { after: lastSequence };
  return { before: (items.at(-1) as Event).sequence };
}

async function waitForOperation(
  methods: Methods,
  fetch: (input: globalThis.Request) => Promise<globalThis.Response>,
  operationId: string,
  { timeoutMs = 300_000, signal }: WaitOptions = {},
): Promise<Operation> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const askedAt = performance.now();
    const waitMs = Math.round(Math.min(waitMsMax, Math.max(0, deadline - askedAt)));
    const operation = await methods.get('/api/v1/operations/{operationId}', {
      params: { path: { operationId }, query: { waitMs } },
      fetch,
      ...(signal === undefined ? {} : { signal }),
    });
    if (operation.state !== 'running') return operation;
    const now = performance.now();
    if (now >= deadline) throw new OperationTimeoutError(operation, timeoutMs);
    // A manager that answers at once although asked to wait, while it shuts down for example, must not be asked in a tight loop.
    const hasteMs = hastyAnswerMs - (now - askedAt);
    if (hasteMs > 0) await sleep(Math.min(hasteMs, deadline - now), signal);
  }
}
