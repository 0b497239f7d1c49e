/** Counts requests against the limits, and tells callers how much they have left. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { principalName, type Principal } from '../domain/access/principal.js';
import { DomainError } from '../domain/errors.js';
import {
  requireRate,
  type RateClass,
  type RateLimits,
  type RateVerdict,
} from '../domain/limits/rate-limits.js';
import { limitKey } from '../remote-address.js';
import { rateHeaders } from '../wire/rate-headers.js';
import type { Operation } from './contract-document.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Address of whoever asks, without the proxies between. */
    address: string;
    /** Whether its refusal for a limit is the first for a while, and so worth a line in the log. */
    limitNews: boolean;
  }
}

/** Each of them costs a hash that is slow on purpose, or a signature. */
const signingIn: ReadonlySet<string> = new Set([
  'signIn',
  'refreshSession',
  'beginOpenIdSignIn',
  'completeOpenIdSignIn',
]);

/** Asked by whoever decides whether this process is to be restarted; an answer costs next to nothing. */
const unlimited: ReadonlySet<string> = new Set(['getHealth', 'getReadiness']);

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** Sets the headers of a verdict. @throws DomainError `rate-limited` */
function pass(
  verdict: RateVerdict | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (verdict === undefined) return;
  void reply.headers(rateHeaders(verdict));
  request.limitNews = verdict.news;
  requireRate(verdict);
}

/** What requests without a proof are counted as; nothing where a proof is needed, or nothing is counted. */
function openClassOf(operation: Operation | undefined, method: string): RateClass | undefined {
  if (operation === undefined) return 'unproven';
  if (unlimited.has(operation.id) || operation.schemes.size > 0) return undefined;
  if (signingIn.has(operation.id)) return 'signIn';
  // Peers of 2021 have no tokens, and are let in by their address.
  if (operation.id.startsWith('edgeio')) return isReading(method) ? 'read' : 'write';
  return 'unproven';
}

/**
 * Limits what addresses may ask that prove nothing: open operations, the documentation, addresses that do not exist. An address that
 * has shown too many wrong tokens shows no more of them for a while.
 */
export const useAddressLimits = (app: FastifyInstance, limits: RateLimits): void => {
  app.decorateRequest('limitNews', false);
  app.addHook('onRequest', (request, reply, done) => {
    const { operation } = request.routeOptions.config;
    const key = limitKey(request.address);
    const open = openClassOf(operation, request.method);
    try {
      if (open !== undefined) pass(limits.take(open, key), request, reply);
      else if (!unlimited.has(operation?.id ?? '')) requireRate(limits.look('unproven', key));
      done();
    } catch (error) {
      done(error as DomainError);
    }
  });
};

/** Counts a token that nobody knows for the address that has shown it. */
export function countUnproven(limits: RateLimits, request: FastifyRequest, error: unknown): void {
  if (error instanceof DomainError && error.code === 'unauthenticated')
    limits.take('unproven', limitKey(request.address));
}

/** Counts a request for whoever has proved who they are. @throws DomainError `rate-limited` */
export function limitCaller(
  limits: RateLimits,
  principal: Principal,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const name = isReading(request.method) ? 'read' : 'write';
  pass(limits.take(name, principalName(principal)), request, reply);
}
