/** Finds out who asks, and whether the operation is for them, before anything else of the request is looked at. */
import type { FastifyRequest } from 'fastify';
import { permissions } from '../domain/access/permissions.js';
import { holds, type Authenticator, type Principal } from '../domain/access/principal.js';
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
  'user',
  'apiKey',
  'enrolment',
  'scheduler',
  'cluster',
]);

const knownPermissions: ReadonlySet<string> = new Set(permissions);

/** Refuses to serve a contract with a scheme that nobody checks, or a permission that nobody holds. */
export const checkSchemes = (contract: Contract): void => {
  for (const { id, schemes } of contract.operations) {
    for (const [scheme, needed] of schemes) {
      if (!knownSchemes.has(scheme))
        throw new Error(`${id}: no handler for security scheme ${scheme}`);
      const unknown = needed.filter((permission) => !knownPermissions.has(permission));
      if (unknown.length > 0) throw new Error(`${id}: nobody holds ${unknown.join(', ')}`);
    }
  }
};

/** RFC 6750; longer ones are none of ours. */
const bearer = /^Bearer +([A-Za-z0-9._~+/-]{1,1000}=*) *$/i;

/**
 * Finds out who asks for an operation.
 *
 * @returns nobody for an open operation
 * @throws DomainError `unauthenticated` - no token, or one that nobody knows
 */
export const identify = async (
  authenticator: Authenticator,
  operation: Operation,
  request: FastifyRequest,
): Promise<Principal | undefined> => {
  if (operation.schemes.size === 0) return undefined;
  const token = bearer.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) {
    throw new DomainError('unauthenticated', 'Send `Authorization: Bearer <token>`.');
  }
  const principal = await authenticator.authenticate(token);
  if (principal === undefined) {
    throw new DomainError(
      'unauthenticated',
      'Nobody knows this token, or it has expired or was revoked.',
    );
  }
  return principal;
};

/** @throws DomainError `forbidden` - the operation is for others, or needs permissions that the principal does not hold */
export const checkAllowed = (principal: Principal, operation: Operation): void => {
  const needed = operation.schemes.get(principal.kind);
  if (needed === undefined) {
    const kinds = [...operation.schemes.keys()].join(', ');
    throw new DomainError('forbidden', `${operation.id} is for: ${kinds}.`);
  }
  if (!holds(principal, needed)) {
    throw new DomainError('forbidden', `${operation.id} needs ${needed.join(', ')}.`);
  }
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
