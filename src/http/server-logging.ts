/** One line for each request, with secrets redacted. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Level, Logger } from 'pino';
import { principalName } from '../domain/access/principal.js';
import { sensitiveFields, type Contract } from './contract-document.js';

/**
 * Paths for pino's `redact`: the `Authorization` header, and every field that the contract marks as secret, down to the third
 * level of what is logged.
 */
export const redactionPaths = (contract: Contract): string[] =>
  ['authorization', ...sensitiveFields(contract)].flatMap((name) => [
    name,
    `*.${name}`,
    `*.*.${name}`,
  ]);

/** A logger that never writes a secret of the contract. */
export const redactingLogger = (logger: Logger, contract: Contract): Logger =>
  logger.child({}, { redact: { paths: redactionPaths(contract), censor: '[redacted]' } });

/** Asked every few seconds by whoever watches; they would drown the rest. */
const quietOperations: ReadonlySet<string> = new Set(['getHealth', 'getReadiness', 'getMetrics']);

const levelOf = (request: FastifyRequest, reply: FastifyReply): Level => {
  const quiet = quietOperations.has(request.routeOptions.config.operation?.id ?? '');
  if (quiet && reply.statusCode !== 500) return 'debug';
  // Whoever is refused for asking too often would fill the log as well; that it has begun is told once.
  if (request.failure?.code === 'rate-limited' && !request.limitNews) return 'debug';
  if (reply.statusCode >= 500) return 'error';
  return reply.statusCode >= 400 ? 'warn' : 'info';
};

/** Logs each request once, when its answer has gone out. */
export const useRequestLog = (app: FastifyInstance): void => {
  app.addHook('onResponse', (request, reply, done) => {
    const { failure, principal } = request;
    const cause: unknown = failure?.cause;
    request.log[levelOf(request, reply)](
      {
        method: request.method,
        url: request.url,
        operation: request.routeOptions.config.operation?.id,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime * 100) / 100,
        remote: request.address,
        ...(principal === undefined ? {} : { principal: principalName(principal) }),
        ...(failure === undefined ? {} : { problem: failure.code, detail: failure.detail }),
        ...(cause === undefined ? {} : { err: cause }),
      },
      'request',
    );
    done();
  });
};
