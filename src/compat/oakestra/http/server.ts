/** An HTTP server that routes, reads and answers as the originals do. It has no other routes than it is given. */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';
import type { AuditTrail } from '../../../domain/audit/ports.js';
import { DomainError } from '../../../domain/errors.js';
import {
  requireRate,
  type RateClass,
  type RateLimits,
} from '../../../domain/limits/rate-limits.js';
import { plainAddress, type Networks } from '../../../networks.js';
import { limitKey } from '../../../remote-address.js';
import { identify, permit, type Caller, type GuardPorts } from '../guards.js';
import { checkedFields } from './body.js';
import { err, Refusal, type Answer } from './encodings.js';
import { RouteTable, type Guard, type Method, type OakRequest, type Route } from './routes.js';

export interface ServerOptions {
  readonly routes: readonly Route[];
  readonly guards: GuardPorts;
  /** Who may use endpoints that ask for no token. */
  readonly networks: Networks;
  readonly rates: RateLimits;
  readonly audit: AuditTrail;
  readonly logger: Logger;
  readonly now: () => number;
  /** HTTP status of a refusal of the domain. */
  readonly statusOf: (error: DomainError) => number;
  /** Recognises failures of the store as refusals. */
  readonly classify: (error: unknown) => DomainError | undefined;
}

export interface Listener {
  /** @returns `http://host:port` */
  listen(host: string, port: number): Promise<string>;
  close(): Promise<void>;
}

/** Descriptors are small; reports carry histories and logs. */
const bodyBytesMax = 1024 * 1024;
const reportBytesMax = 16 * 1024 * 1024;
const reports = '/api/information/*';

const timeouts = {
  requestTimeout: 30_000,
  http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16 * 1024 },
};

const methods = 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT';

/** A browser asks with whatever origin it has; tokens travel in a header, which no page sends by itself. */
function corsHeaders({ headers, method }: FastifyRequest): Record<string, string> {
  const { origin } = headers;
  const wanted = headers['access-control-request-headers'];
  return {
    'access-control-allow-origin': origin ?? '*',
    ...(origin === undefined ? {} : { vary: 'Origin' }),
    ...(method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
      ? {
          'access-control-allow-methods': methods,
          ...(wanted === undefined
            ? {}
            : { 'access-control-allow-headers': wanted.split(/\s*,\s*/).join(', ') }),
        }
      : {}),
  };
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Keeps method and body, in whatever client. */
function redirect({ headers }: FastifyRequest, to: string): Answer {
  const location = `http://${headers.host ?? 'localhost'}${to}`;
  const link = escapeHtml(location);
  return {
    status: 308,
    type: 'text/html; charset=utf-8',
    body: `<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n<p>It is at <a href="${link}">${link}</a>.\n`,
    headers: { location },
  };
}

/** Attempts that cost a hash, or that tell whether somebody is known. */
const signingIn: ReadonlySet<string> = new Set([
  'oakestraLogin',
  'oakestraRefresh',
  'oakestraRequestReset',
  'oakestraReset',
]);
/** Changes nothing that anybody wishes, or happens all the time. */
const quiet: ReadonlySet<string> = new Set([
  'oakestraReport',
  'oakestraDeployResult',
  'oakestraRefresh',
]);

const isReading = (method: Method): boolean => method === 'GET';
const isAudited = ({ id, method }: Route): boolean => !isReading(method) && !quiet.has(id);
type TokenGuard = Exclude<Guard, 'public' | 'peer'>;

const asksForToken = ({ guard }: Route): boolean => guard !== 'public' && guard !== 'peer';

class OakestraServer {
  readonly #options: ServerOptions;
  readonly #table: RouteTable;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#table = new RouteTable(options.routes);
  }

  /** Before the body is read: strangers are not listened to. */
  readonly enter = (request: FastifyRequest): void => {
    const { rates, networks } = this.#options;
    const address = addressOf(request);
    const found = this.#table.find(request.method, request.raw.url ?? '/');
    if (found.kind !== 'route') {
      requireRate(rates.take('unproven', limitKey(address)));
      return;
    }
    const { route, params } = found;
    if (route.guard === 'peer' && !networks.contains(address))
      throw new DomainError('forbidden', 'This address may not use this endpoint.');
    if (isAudited(route)) this.#options.audit.requireRoom();
    if (asksForToken(route)) requireRate(rates.look('unproven', limitKey(address)));
    else {
      const kind = isReading(route.method) ? 'read' : 'write';
      const name: RateClass = signingIn.has(route.id) ? 'signIn' : kind;
      // Many clusters may report from one address.
      requireRate(rates.take(name, [limitKey(address), ...Object.values(params)].join(' ')));
    }
  };

  readonly answer = async (request: FastifyRequest): Promise<Answer> => {
    const found = this.#table.find(request.method, request.raw.url ?? '/');
    switch (found.kind) {
      case 'redirect':
        return redirect(request, found.to);
      case 'options':
        return { ...empty, headers: { allow: found.allow } };
      case 'wrong-method':
        return err(405);
      case 'unknown':
        return err(404);
      case 'route':
        return this.#run(found.route, found.params, request);
    }
  };

  /** What a failure looks like. Failures inside are logged under the id of the request and tell nothing. */
  readonly refuse = (thrown: unknown, request: FastifyRequest): Answer => {
    if (thrown instanceof Refusal) return thrown.answer;
    const status = (thrown as { statusCode?: unknown }).statusCode;
    if (status === 413 || status === 415) return err(status);
    const error = thrown instanceof DomainError ? thrown : this.#options.classify(thrown);
    if (error === undefined || error.code === 'internal') {
      this.#options.logger.error({ err: thrown, reqId: request.id }, 'a request failed');
      return err(500);
    }
    const { retryAfterSeconds } = error;
    return {
      ...err(this.#options.statusOf(error), { message: error.detail }),
      ...(retryAfterSeconds === undefined
        ? {}
        : { headers: { 'retry-after': String(Math.ceil(retryAfterSeconds)) } }),
    };
  };

  async #run(
    route: Route,
    path: Readonly<Record<string, string>>,
    request: FastifyRequest,
  ): Promise<Answer> {
    const contentType = request.headers['content-type'] ?? '';
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    let caller: Caller | undefined;
    let answer: Answer;
    try {
      const asked: OakRequest = {
        path,
        query: new URL(request.raw.url ?? '/', 'http://localhost').searchParams,
        contentType,
        body,
        fields: route.body === 'checked' ? checkedFields(contentType, body) : undefined,
        address: addressOf(request),
      };
      if (route.guard === 'public' || route.guard === 'peer') answer = await route.handle(asked);
      else {
        caller = await this.#identify(route.guard, route.method, request);
        permit(caller, route, path);
        answer = await route.handle({ ...asked, caller });
      }
    } catch (error) {
      answer = this.refuse(error, request);
    }
    this.#remember(route, path, request, caller, answer.status);
    return answer;
  }

  /** @throws Refusal; DomainError `rate-limited` */
  async #identify(guard: TokenGuard, method: Method, request: FastifyRequest): Promise<Caller> {
    const { rates, guards } = this.#options;
    try {
      const caller = await identify(guards, guard, request.headers.authorization);
      requireRate(rates.take(isReading(method) ? 'read' : 'write', `user:${caller.user.id}`));
      return caller;
    } catch (error) {
      if (error instanceof Refusal) rates.take('unproven', limitKey(addressOf(request)));
      throw error;
    }
  }

  #remember(
    route: Route,
    path: Readonly<Record<string, string>>,
    request: FastifyRequest,
    caller: Caller | undefined,
    status: number,
  ): void {
    // Who shows no token can be as many as they like, and has done nothing.
    if (!isAudited(route) || (asksForToken(route) && caller === undefined)) return;
    const { audit, now } = this.#options;
    const [subjectId] = Object.values(path);
    audit.record({
      at: now(),
      actor: caller
        ? { kind: 'user', id: caller.user.id, name: caller.user.name }
        : { kind: route.guard === 'peer' ? 'peer' : 'nobody' },
      address: addressOf(request),
      operationId: route.id,
      subjectId: subjectId?.slice(0, 128),
      status,
      requestId: request.id,
    });
  }
}

const empty: Answer = { status: 200, type: 'text/html; charset=utf-8', body: '' };

const addressOf = ({ raw }: FastifyRequest): string => plainAddress(raw.socket.remoteAddress ?? '');

/** Sent as bytes, so that the content type stays as it is. */
const send = (
  request: FastifyRequest,
  reply: FastifyReply,
  { status, type, body, headers }: Answer,
): FastifyReply => {
  const bytes = Buffer.from(body);
  return reply
    .code(status)
    .headers({
      connection: 'close',
      ...corsHeaders(request),
      ...headers,
      'content-type': type,
      'content-length': String(bytes.length),
    })
    .send(request.method === 'HEAD' ? undefined : bytes);
};

/** A server that does not listen yet. */
export function createServer(options: ServerOptions): Listener & { readonly app: FastifyInstance } {
  const server = new OakestraServer(options);
  const app = Fastify({
    loggerInstance: options.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyBytesMax,
    ...timeouts,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 1_000 },
    frameworkErrors: (_error, request, reply) => {
      void send(request, reply, err(404));
    },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (_request, bytes, done) => {
    done(null, bytes);
  });
  app.addHook('onRequest', (request, _reply, done) => {
    try {
      server.enter(request);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  app.setErrorHandler((error, request, reply) =>
    send(request, reply, server.refuse(error, request)),
  );
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    send(request, reply, await server.answer(request));
  app.all(reports, { bodyLimit: reportBytesMax }, handler);
  app.all('/*', handler);
  app.setNotFoundHandler(handler);
  return {
    app,
    async listen(host, port) {
      await app.listen({ host, port });
      const { address, family, port: chosen } = app.server.address() as AddressInfo;
      return `http://${family === 'IPv6' ? `[${address}]` : address}:${chosen}`;
    },
    close: () => app.close(),
  };
}
