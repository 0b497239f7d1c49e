/**
 * What a handler is, read off the contract. `Handlers` has one entry for each operation, so a missing, an extra or a misshapen
 * handler does not compile. The binder (binder.ts) connects them to routes.
 */
import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { OperationSchemes, operations as InputOperations } from '../../generated/input.js';
import type { components, operations } from '../../generated/openapi.js';
import type { Principal } from '../domain/access/principal.js';

/** Name of an operation of the contract; what receivers of webhooks answer is none of ours. */
export type OperationId = keyof operations & keyof OperationSchemes;

/**
 * Operations that no handler answers: the WebSocket doors belong to the gateway (a plain GET is told to upgrade), the contract
 * and its page are served as files.
 */
export const withoutHandler = [
  'connectAgent',
  'connectScheduler',
  'getDocs',
  'getContract',
  'getDashboard',
] as const satisfies readonly OperationId[];

/** Operations of compatibility surfaces (compat.ts), which have handlers of their own kind. */
export type CompatOperation = Extract<OperationId, `edgeio${string}`>;

/** Name of an operation that a handler answers. */
export type HandledOperation = Exclude<
  OperationId,
  (typeof withoutHandler)[number] | CompatOperation
>;

/** A schema of the contract as it goes over the wire. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

type Nothing = Readonly<Record<never, never>>;

type ParametersOf<Op extends OperationId, Where extends 'path' | 'query' | 'header'> = [
  Exclude<InputOperations[Op]['parameters'][Where], undefined>,
] extends [never]
  ? Nothing
  : Readonly<Exclude<InputOperations[Op]['parameters'][Where], undefined>>;

/** The parsed body of an operation, with its defaults filled in; JSON and YAML look the same here. */
export type Body<Op extends OperationId> = InputOperations[Op] extends {
  requestBody: { content: { 'application/json': infer Json } };
}
  ? Json
  : undefined;

/** Who may call the operation, as its `security` says. */
export type PrincipalOf<Op extends OperationId> = [OperationSchemes[Op]] extends [never]
  ? undefined
  : Extract<Principal, { kind: OperationSchemes[Op] }>;

/** A request that has passed authentication and validation. */
export interface HandlerRequest<Op extends OperationId> {
  readonly path: ParametersOf<Op, 'path'>;
  /** A parameter that has a default is always there. */
  readonly query: ParametersOf<Op, 'query'>;
  /** Declared headers under the names of the contract, as in `header['If-Match']`. */
  readonly header: ParametersOf<Op, 'header'>;
  readonly body: Body<Op>;
  readonly principal: PrincipalOf<Op>;
  /** Aborted when the caller goes away or the server closes; whoever waits or streams ends then. */
  readonly signal: AbortSignal;
  readonly request: FastifyRequest;
}

/** JSON is given as a value; every other media type as text, at once or piece by piece. */
type Content<Response> = Response extends { content: infer Media }
  ? {
      [Type in keyof Media]: Type extends `${string}json` ? Media[Type] : string | Readable;
    }[keyof Media]
  : undefined;

type HeaderNames<Response> = Response extends { headers: infer Headers }
  ? keyof { [Name in keyof Headers as string extends Name ? never : Name]: Headers[Name] }
  : never;

interface Answer<Status, Response> {
  readonly status: Status;
  readonly body: Content<Response>;
  /** Only headers that the contract declares for this answer. */
  readonly headers?: Readonly<Partial<Record<HeaderNames<Response>, string>>>;
}

type Answers<Responses> = {
  [Status in keyof Responses]: Status extends number
    ? `${Status}` extends `2${string}`
      ? Answer<Status, Responses[Status]>
      : never
    : never;
}[keyof Responses];

/** The declared answers of an operation that are no failures; failures are thrown as `DomainError`. */
export type Result<Op extends OperationId> = Answers<operations[Op]['responses']>;

/** Answers one operation. */
export type Handler<Op extends OperationId> = (request: HandlerRequest<Op>) => Promise<Result<Op>>;

/** One handler for each operation of the contract. */
export type Handlers = { readonly [Op in HandledOperation]: Handler<Op> };
