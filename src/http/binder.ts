/**
 * Binds handlers to routes by `operationId`. What the compiler cannot see is compared at boot: the names of the handlers with
 * the operations of the contract, and every route with the contract. A request passes, in this order: limits of
 * its address, closing, readiness, authentication, limits of its caller, media type, load, body parser, parameters, own cluster, body,
 * idempotency, handler, check of the answer.
 */
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { principalName, type Authenticator, type Principal } from '../domain/access/principal.js';
import { DomainError } from '../domain/errors.js';
import type { IdempotentWrites, RememberedAnswer } from '../domain/idempotency.js';
import { onceForKey, type WriteRequest } from './binder-idempotency.js';
import type { RateLimits } from '../domain/limits/rate-limits.js';
import type { Load } from './binder-load.js';
import type { RequestSignals } from './binder-signals.js';
import type { Auditor } from './audit.js';
import { announcedBytes, checkMediaType } from './body.js';
import { withoutHandler, type Handlers } from './contract.js';
import type { Contract, Operation } from './contract-document.js';
import { countUnproven, limitCaller } from './rates.js';
import { checkAllowed, checkOwnCluster, identify } from './security.js';
import { requestValidators, type RequestValidator } from './validation.js';
import { responseCheck, type ResponseCheck } from './validation-response.js';
import { failpoint } from '../failpoints.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation of the contract that the route answers. */
    readonly operation?: Operation;
  }
}

/** What the binder needs. */
export interface Binding {
  readonly contract: Contract;
  readonly handlers: Handlers;
  readonly authenticator: Authenticator;
  readonly idempotency: IdempotentWrites;
  readonly signals: RequestSignals;
  readonly load: Load;
  readonly rates: RateLimits;
  /** @throws DomainError `certificate-required` - who asks needs a client certificate that the connection does not have */
  readonly checkCertificate?:
    ((principal: Principal, request: IncomingMessage) => void) | undefined;
  readonly auditor: Auditor;
  /** Largest body that is taken. */
  readonly bodyLimitBytes: number;
  /** Until then only operations of the tag `system` are served. */
  readonly ready: () => boolean;
  /** Hold every answer against the contract, and send 500 instead of one that breaks it. */
  readonly checkResponses: boolean;
}

interface AnyRequest extends Omit<WriteRequest, 'principal'> {
  readonly principal: Principal | undefined;
  readonly signal: AbortSignal;
  readonly request: FastifyRequest;
}

/** A handler as the binder sees it; the types of contract.ts have been checked where the handlers were written. */
type AnyHandler = (request: AnyRequest) => Promise<
  Omit<RememberedAnswer, 'headers'> & {
    readonly headers?: Readonly<Record<string, string>>;
  }
>;

const gatewayTag = 'gateway';

const compareNames = (contract: Contract, handlers: Readonly<Record<string, unknown>>): void => {
  const elsewhere: readonly string[] = withoutHandler;
  const wanted = contract.operations.map(({ id }) => id).filter((id) => !elsewhere.includes(id));
  const given = Object.keys(handlers);
  const missing = wanted.filter((id) => typeof handlers[id] !== 'function');
  const extra = given.filter((id) => !wanted.includes(id));
  if (missing.length > 0) throw new Error(`operations without handler: ${missing.join(', ')}`);
  if (extra.length > 0) throw new Error(`handlers without operation: ${extra.join(', ')}`);
};

/** Throws on every route that the contract does not know, also on one that is added later. */
export const guardRoutes = (app: FastifyInstance, contract: Contract): void => {
  const known = new Set(contract.operations);
  app.addHook('onRoute', ({ url, method, config }) => {
    // Files of Swagger UI; the contract names the page and says that they lie below it. Those of the dashboard name its operation.
    if (url === '/docs' || url.startsWith('/docs/')) return;
    const operation = config?.operation;
    if (operation === undefined || !known.has(operation)) {
      throw new Error(`the contract has no operation for the route ${String(method)} ${url}`);
    }
  });
};

/** What happens before the body is read. */
const entrance =
  (binding: Binding, operation: Operation) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (binding.signals.closing) {
      throw new DomainError(
        'shutting-down',
        'Try again; another manager or the next start answers.',
      );
    }
    if (operation.tag !== 'system' && !binding.ready()) {
      throw new DomainError('unavailable', 'The manager is not ready yet.');
    }
    try {
      request.principal = await identify(binding.authenticator, operation, request);
    } catch (error) {
      countUnproven(binding.rates, request, error);
      throw error;
    }
    if (request.principal) {
      limitCaller(binding.rates, request.principal, request, reply);
      binding.checkCertificate?.(request.principal, request.raw);
      checkAllowed(request.principal, operation);
    }
    checkMediaType(operation, request);
    binding.auditor.requireRoom(operation);
    if (operation.tag === 'system') return;
    const caller = request.principal ? principalName(request.principal) : request.address;
    const bodyBytes = announcedBytes(request, binding.bodyLimitBytes);
    binding.load.enter({ operationId: operation.id, caller, bodyBytes }, reply.raw);
  };

const send = (
  operation: Operation,
  reply: FastifyReply,
  answer: RememberedAnswer,
): FastifyReply => {
  const media = operation.responses.get(String(answer.status)) ?? {};
  const [type] = Object.keys(media);
  void reply.code(answer.status).headers(answer.headers).header('cache-control', 'no-store');
  if (type === undefined) return reply.send();
  const text = type === 'application/json' ? JSON.stringify(answer.body) : answer.body;
  return reply.type(`${type}; charset=utf-8`).send(text);
};

const answerWith = (
  binding: Binding,
  operation: Operation,
  validator: RequestValidator,
  check: ResponseCheck | undefined,
) => {
  const handlers = binding.handlers as unknown as Readonly<Record<string, AnyHandler | undefined>>;
  const handler = handlers[operation.id];
  const work = async (request: AnyRequest): Promise<RememberedAnswer> => {
    if (handler === undefined) throw new Error(`operation without handler: ${operation.id}`);
    const answer = await handler(request);
    const fault = check?.(operation.id, answer.status, answer.body);
    if (fault !== undefined) throw new DomainError('internal', fault, { cause: new Error(fault) });
    return { headers: {}, ...answer };
  };
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const parameters = validator.parameters(request);
    checkOwnCluster(request.principal, parameters.path);
    validator.body(request.body, request.bodyBytes);
    const { principal, body } = request;
    const { id: operationId, method } = operation;
    const bound: AnyRequest = {
      ...parameters,
      ...{ operationId, method, body, principal, request },
      get signal() {
        return binding.signals.of(reply);
      },
    };
    if (principal === undefined) {
      const answer = await work(bound);
      binding.auditor.done(request, operation, answer.status, answer.body);
      return send(operation, reply, answer);
    }
    const write: WriteRequest = { operationId, method, body, principal, ...parameters };
    const token = request.headers.authorization ?? '';
    const once = await onceForKey(binding.idempotency, write, token, () => work(bound));
    await failpoint?.('request.done');
    binding.auditor.done(request, operation, once.answer.status, once.answer.body);
    if (once.replayed) void reply.header('idempotency-replayed', 'true');
    return send(operation, reply, once.answer);
  };
};

const bindHandlers = (app: FastifyInstance, binding: Binding): void => {
  const validators = requestValidators(binding.contract);
  const check = binding.checkResponses ? responseCheck(binding.contract) : undefined;
  const elsewhere: readonly string[] = withoutHandler;
  for (const operation of binding.contract.operations) {
    const validator = validators.get(operation.id);
    if (validator === undefined || elsewhere.includes(operation.id)) continue;
    app.route({
      method: operation.method,
      url: operation.url,
      config: { operation },
      onRequest: entrance(binding, operation),
      handler: answerWith(binding, operation, validator, check),
    });
  }
};

/** The upgrade itself never reaches the router; who comes here speaks plain HTTP. */
const bindGatewayDoors = (app: FastifyInstance, binding: Binding): void => {
  for (const operation of binding.contract.operations) {
    if (operation.tag !== gatewayTag) continue;
    app.route({
      method: operation.method,
      url: operation.url,
      config: { operation },
      onRequest: entrance(binding, operation),
      handler: () => {
        const detail = 'Connect with a WebSocket client, subprotocol `system-manager.v1`.';
        throw new DomainError('upgrade-required', detail);
      },
    });
  }
};

/**
 * Makes a route for each operation that a handler or the gateway answers.
 *
 * @throws Error - handlers and operations differ
 */
export const bindOperations = (app: FastifyInstance, binding: Binding): void => {
  compareNames(binding.contract, binding.handlers);
  app.decorateRequest('principal', undefined);
  bindHandlers(app, binding);
  bindGatewayDoors(app, binding);
};
