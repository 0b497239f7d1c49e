/** Decides which requests are remembered in the audit log, and what of them. */
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../domain/access/principal.js';
import type { AuditActor } from '../domain/audit/entry.js';
import type { AuditTrail } from '../domain/audit/ports.js';
import type { DomainError } from '../domain/errors.js';
import type { Operation } from './contract-document.js';
import { problemStatus } from './problem.js';

/** Neither agents and peers that report, nor questions in the form of a POST change what anybody wishes. */
const notChanging: ReadonlySet<string> = new Set([
  'submitReport',
  'planService',
  'testScheduler',
  'edgeioReport',
  'edgeioDeployResult',
  'edgeioReplicateResult',
]);

/** What peers of 2021 change by a GET. */
const changingByGet: ReadonlySet<string> = new Set([
  'edgeioDelete',
  'edgeioReplicateDown',
  'edgeioAddNode',
  'edgeioRemoveNode',
  'edgeioSetNodes',
]);

/** Happens every few minutes for everybody who has signed in, and is remembered only when it is refused. */
const quiet = 'refreshSession';

/** Nothing has happened, and nobody has proved to be anybody: these could be as many as an attacker likes. */
const notRemembered: ReadonlySet<string> = new Set([
  'unauthenticated',
  'rate-limited',
  'overloaded',
  'shutting-down',
]);

const refusals: ReadonlySet<string> = new Set(['forbidden', 'sign-in-refused', 'sign-in-locked']);

const isChanging = ({ id, method }: Operation): boolean =>
  method === 'GET' ? changingByGet.has(id) : !notChanging.has(id);

const nameMax = 128;

/** Who somebody says to be who wants to sign in. */
const claimedName = (body: unknown): string | undefined => {
  const name = (body as { name?: unknown } | undefined)?.name;
  return typeof name === 'string' ? name.slice(0, nameMax) : undefined;
};

const actorOf = (
  principal: Principal | undefined,
  operation: Operation,
  body: unknown,
): AuditActor => {
  if (principal === undefined) {
    if (operation.id.startsWith('edgeio')) return { kind: 'peer' };
    return { kind: 'nobody', name: operation.id === 'signIn' ? claimedName(body) : undefined };
  }
  switch (principal.kind) {
    case 'user':
      return { kind: 'user', id: principal.userId, name: principal.name };
    case 'apiKey':
      return { kind: 'apiKey', id: principal.keyId, name: principal.name };
    case 'cluster':
      return { kind: 'cluster', id: principal.clusterId };
    default:
      return { kind: principal.kind };
  }
};

/** Id of what an answer is about: its own, or that of the thing in it that is no operation. */
const idIn = (body: unknown): string | undefined => {
  if (typeof body !== 'object' || body === null) return undefined;
  const { operation: _operation, ...things } = body as Readonly<Record<string, unknown>>;
  for (const each of [things, ...Object.values(things)]) {
    const id = (each as { id?: unknown } | null | undefined)?.id;
    if (typeof id === 'string') return id;
  }
  return undefined;
};

/** Id of the thing that the address names; of a worker, that of its cluster. */
const idInPath = (request: FastifyRequest): string | undefined => {
  const [id] = Object.values((request.params ?? {}) as Readonly<Record<string, string>>);
  return id?.slice(0, nameMax);
};

export class Auditor {
  readonly #trail: AuditTrail;
  readonly #now: () => number;

  constructor(trail: AuditTrail, now: () => number) {
    this.#trail = trail;
    this.#now = now;
  }

  /** @throws DomainError `unavailable` - it would change something, and could not be remembered */
  requireRoom(operation: Operation): void {
    if (isChanging(operation)) this.#trail.requireRoom();
  }

  /** Something has been done. Called as soon as it is, whether or not the answer arrives. */
  done(request: FastifyRequest, operation: Operation, status: number, body: unknown): void {
    if (!isChanging(operation) || operation.id === quiet) return;
    this.#record(request, operation, { status, subjectId: idInPath(request) ?? idIn(body) });
  }

  /** Something was refused, or has failed. */
  refused(request: FastifyRequest, { code }: DomainError): void {
    const { operation } = request.routeOptions.config;
    if (operation === undefined || notRemembered.has(code)) return;
    if (!isChanging(operation) && !refusals.has(code)) return;
    this.#record(request, operation, {
      status: problemStatus[code],
      code,
      subjectId: idInPath(request),
    });
  }

  #record(
    request: FastifyRequest,
    operation: Operation,
    result: { status: number; code?: string; subjectId: string | undefined },
  ): void {
    this.#trail.record({
      at: this.#now(),
      actor: actorOf(request.principal, operation, request.body),
      address: request.address,
      operationId: operation.id,
      requestId: request.id,
      ...result,
    });
  }
}
