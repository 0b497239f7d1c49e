/** Finds out who asks, and whether the operation is for them, before anything else of the request is looked at. */
import type { FastifyRequest } from 'fastify';
import type { Authenticator, Principal } from '../domain/access/principal.js';
import { DomainError } from '../domain/errors.js';
import type { Contract, Operation } from './contract-document.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; nobody on open operations. */
    principal: Principal | undefined;
  }
}

/** The security schemes of the contract that this server can check: each is a kind of principal. */
const knownSchemes: ReadonlySet<string> = new Set<Principal['kind']>([
  'administrator',
  'enrolment',
  'scheduler',
  'cluster',
]);

/** Refuses to serve a contract with a scheme that nobody checks. */
export const checkSchemes = (contract: Contract): void => {
  for (const operation of contract.operations) {
    const unknown = operation.schemes.filter((scheme) => !knownSchemes.has(scheme));
    if (unknown.length > 0) {
      throw new Error(`${operation.id}: no handler for security scheme ${unknown.join(', ')}`);
    }
  }
};

/** RFC 6750; longer ones are none of ours. */
const bearer = /^Bearer +([A-Za-z0-9._~+/-]{1,1000}=*) *$/i;

/**
 * Who asks for an operation.
 *
 * @returns nobody for an open operation
 * @throws DomainError `unauthenticated` - no token, or one that nobody knows
 * @throws DomainError `forbidden` - the token is known, but not among those that the operation is for
 */
export const admit = async (
  authenticator: Authenticator,
  operation: Operation,
  request: FastifyRequest,
): Promise<Principal | undefined> => {
  if (operation.schemes.length === 0) return undefined;
  const token = bearer.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) {
    throw new DomainError('unauthenticated', 'Send `Authorization: Bearer <token>`.');
  }
  const principal = await authenticator.authenticate(token);
  if (principal === undefined) {
    throw new DomainError('unauthenticated', 'Nobody knows this token, or it was revoked.');
  }
  if (!operation.schemes.includes(principal.kind)) {
    throw new DomainError('forbidden', `${operation.id} is for: ${operation.schemes.join(', ')}.`);
  }
  return principal;
};

/**
 * A cluster speaks only for itself. To it, another cluster is the same as one that does not exist.
 *
 * @throws DomainError `cluster-not-found`
 */
export const checkOwnCluster = (
  principal: Principal | undefined,
  path: Readonly<Record<string, unknown>>,
): void => {
  if (principal?.kind !== 'cluster' || path['clusterId'] === undefined) return;
  if (path['clusterId'] !== principal.clusterId) {
    throw new DomainError('cluster-not-found', 'There is no cluster with this id.');
  }
};
