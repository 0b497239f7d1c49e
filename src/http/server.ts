/** Puts the HTTP server together. It listens only when its caller says so, so tests use the very same server without a socket. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Authenticator } from '../domain/access/principal.js';
import type { AuditTrail } from '../domain/audit/ports.js';
import type { DomainError } from '../domain/errors.js';
import type { IdempotentWrites } from '../domain/idempotency.js';
import type { RateLimits } from '../domain/limits/rate-limits.js';
import type { ConnectionGuard } from '../connections.js';
import type { RemoteAddresses } from '../remote-address.js';
import { tlsServerOptions, type TlsMaterial } from '../tls.js';
import { Auditor } from './audit.js';
import { bindOperations, guardRoutes, type Binding } from './binder.js';
import { Load, type LoadLimits } from './binder-load.js';
import { RequestSignals } from './binder-signals.js';
import { useBodyParsers } from './body.js';
import { bindCompat, ownContract, type CompatSurface } from './compat.js';
import type { Handlers } from './contract.js';
import { loadContract, type Contract } from './contract-document.js';
import { useDashboard, type Dashboard } from './dashboard.js';
import { useCors } from './cors.js';
import { useDocs, useSecurityHeaders } from './docs.js';
import type { Metrics } from './metrics.js';
import { toDomainError } from './problem.js';
import { answerParserError, sendProblem, useProblems } from './problem-handlers.js';
import { useAddressLimits } from './rates.js';
import { checkSchemes } from './security.js';
import { redactingLogger, useRequestLog } from './server-logging.js';

/** What an HTTP server needs from the rest of the house. */
export interface HttpOptions {
  readonly handlers: Handlers;
  readonly authenticator: Authenticator;
  readonly idempotency: IdempotentWrites;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Until it says so, operations outside the tag `system` are answered with 503. */
  readonly ready: () => boolean;
  /** Hold every answer against the contract, and send 500 instead of one that breaks it. */
  readonly checkResponses: boolean;
  /** Recognises failures of other rooms (a store that cannot be reached, say) as refusals. */
  readonly classify?: (error: unknown) => DomainError | undefined;
  /** Requests under way at once; more are refused with 503. @default 1,000, and 10,000 that wait or stream */
  readonly load?: LoadLimits;
  readonly audit: AuditTrail;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How often callers may ask. */
  readonly rates: RateLimits;
  readonly remote: RemoteAddresses;
  readonly connections: ConnectionGuard;
  /** Looks at the client certificates of clusters. @default they need none */
  readonly checkCertificate?: Binding['checkCertificate'];
  /** Certificate and key in PEM; plain HTTP without. */
  readonly tls?: TlsMaterial | undefined;
  /** Pages of these origins may read answers. @default none */
  readonly corsOrigins?: readonly string[];
  /** @default 1 MiB */
  readonly bodyLimitBytes?: number;
  /** Compatibility surfaces that are switched on. @default none */
  readonly compat?: readonly CompatSurface[];
  /** The page for people; none when absent. */
  readonly dashboard?: Dashboard;
  /** @default the contract of this project */
  readonly contract?: Contract;
}

const timeouts = {
  /** Until the headers have arrived. */
  headersTimeout: 10_000,
  /** Until both sides have settled on keys, with TLS. */
  handshakeTimeout: 10_000,
  /** Until the whole request has arrived; how long an answer may take is not bounded here. */
  requestTimeout: 30_000,
  /** How often that is looked at: headers and requests that are late may be this much later. */
  connectionsCheckingInterval: 2_000,
  /** How long an idle connection stays open; longer than most proxies keep theirs. */
  keepAliveTimeout: 65_000,
};

/** Also bounds the length of the URL, which stands in the first line of the headers. */
const headerBytesMax = 16 * 1024;

const saneRequestId = /^[A-Za-z0-9._:-]{1,100}$/;

const requestIdOf = (request: IncomingMessage): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && saneRequestId.test(given) ? given : randomUUID();
};

/** What Node.js is told beside what Fastify takes itself. */
const transportOf = (tls: TlsMaterial | undefined) => {
  const parser = {
    headersTimeout: timeouts.headersTimeout,
    connectionsCheckingInterval: timeouts.connectionsCheckingInterval,
    maxHeaderSize: headerBytesMax,
  };
  if (tls === undefined) return { http: parser };
  const { handshakeTimeout } = timeouts;
  const https = { ...parser, ...tlsServerOptions(tls), handshakeTimeout } as const;
  // The types know one kind of server at a time; to everything here both kinds are the same.
  return { https } as unknown as { http: typeof parser };
};

const newServer = (options: HttpOptions, contract: Contract, bodyLimitBytes: number) =>
  Fastify({
    loggerInstance: redactingLogger(options.logger, contract) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: timeouts.requestTimeout,
    keepAliveTimeout: timeouts.keepAliveTimeout,
    ...transportOf(options.tls),
    requestIdHeader: false,
    genReqId: requestIdOf,
    exposeHeadRoutes: false,
    // Requests during a close are refused by the binder, with a problem document.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 1000 },
    clientErrorHandler: answerParserError,
    frameworkErrors: (error, request, reply) => {
      void sendProblem(toDomainError(error, bodyLimitBytes), request, reply);
    },
  });

const useRequestHeaders = (
  app: FastifyInstance,
  { remote, connections }: Pick<HttpOptions, 'remote' | 'connections'>,
): void => {
  app.decorateRequest('address', '');
  app.addHook('onRequest', (request, reply, done) => {
    request.address = remote.of(request.raw);
    void reply.header('x-request-id', request.id);
    try {
      connections.check(request.raw);
      done();
    } catch (error) {
      void reply.header('connection', 'close');
      done(error as Error);
    }
  });
};

const useMeasurements = (app: FastifyInstance, metrics: Metrics): void => {
  app.addHook('onResponse', (request, reply, done) => {
    const operation = request.routeOptions.config.operation?.id ?? 'other';
    metrics.observeRequest(operation, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
};

/** Connections on which nothing was asked yet, as browsers open them in advance; Node.js takes them for busy. */
const silentConnections = (server: Server): ReadonlySet<Socket> => {
  const silent = new Set<Socket>();
  const forget = (socket: Socket) => silent.delete(socket);
  // With TLS requests come on the socket that is made after the handshake.
  server.on(server instanceof TlsServer ? 'secureConnection' : 'connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => forget(socket));
  });
  server.on('request', ({ socket }: IncomingMessage) => forget(socket));
  server.on('upgrade', ({ socket }: IncomingMessage) => forget(socket));
  return silent;
};

/** Closing waits for the connections, so each is closed as soon as nothing is under way on it. */
const useGracefulClose = (app: FastifyInstance): RequestSignals => {
  const signals = new RequestSignals();
  const silent = silentConnections(app.server);
  app.addHook('preClose', (done) => {
    signals.close();
    for (const socket of silent) socket.destroy();
    if (app.server.listening) {
      const sweep = setInterval(() => {
        app.server.closeIdleConnections();
      }, 50);
      app.server.once('close', () => {
        clearInterval(sweep);
      });
    }
    done();
  });
  return signals;
};

/**
 * The HTTP server, ready to listen or to be injected into.
 *
 * `close()` refuses new requests with 503, ends those that wait or stream, and lets the others finish.
 *
 * @throws Error - handlers, routes or security schemes do not fit the contract
 */
export const buildHttp = async (options: HttpOptions): Promise<FastifyInstance> => {
  const contract = options.contract ?? loadContract();
  const bodyLimitBytes = options.bodyLimitBytes ?? 1024 * 1024;
  checkSchemes(contract);
  const app = newServer(options, contract, bodyLimitBytes);
  const signals = useGracefulClose(app);
  options.connections.attach(app.server);
  guardRoutes(app, contract);
  useRequestHeaders(app, options);
  const auditor = new Auditor(options.audit, options.now);
  useProblems(app, bodyLimitBytes, options.classify ?? (() => undefined), auditor);
  useBodyParsers(app);
  useRequestLog(app);
  useMeasurements(app, options.metrics);
  await useSecurityHeaders(app, options.tls !== undefined);
  useCors(app, options.corsOrigins ?? []);
  useAddressLimits(app, options.rates);
  await useDocs(app, contract);
  if (options.dashboard) useDashboard(app, contract, options.dashboard);
  const load = new Load(options.load ?? { requestsMax: 1_000, waitersMax: 10_000 });
  const binding = { ...options, signals, load, auditor, bodyLimitBytes };
  bindOperations(app, { ...binding, contract: ownContract(contract) });
  const classify = options.classify ?? (() => undefined);
  await bindCompat(app, { ...binding, contract, classify }, options.compat ?? []);
  await app.ready();
  return app;
};
