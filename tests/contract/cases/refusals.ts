/** Refusals that follow from the contract alone, for every operation that documents them: who may ask, and what is not there. */
import type { OperationId } from '../../../src/http/contract.js';
import { adminToken, enrolmentToken, schedulerToken } from '../../support/app.js';
import { contract, documentedAnswer } from '../../support/contract.js';
import type { Case, Context } from '../context.js';
import { validRequest } from '../valid-requests.js';

type Operation = (typeof contract.operations)[number];

export const idOf = (operation: Operation): OperationId => operation.id as OperationId;

export const valid = (operation: Operation, context: Context) =>
  validRequest(idOf(operation), context.resident, context.world);

const documents = (operation: Operation, status: number): boolean =>
  documentedAnswer(operation.id, status) !== undefined;

const unauthenticated = (operation: Operation): readonly Case[] => {
  // Of an open operation nobody proves anything by a token; its 401 is the answer to something in its body.
  if (operation.schemes.size === 0) return [];
  return [
    ['no token', null],
    ['a token that nobody knows', 'nobody-knows-this-token'],
    ['a credential with the right cluster and a wrong secret', 'wrong-secret'],
  ].map(([name, token]) => ({
    operationId: idOf(operation),
    status: 401,
    name: `${String(name)}`,
    problem: { code: 'unauthenticated' },
    request: (context) => {
      const { id } = context.resident.cluster;
      const forged = `smc_${id}_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`;
      const sent = token === 'wrong-secret' ? forged : (token ?? null);
      return { ...valid(operation, context), token: sent };
    },
  }));
};

const principals: Readonly<Record<string, (context: Context) => string>> = {
  administrator: () => adminToken,
  user: ({ world }) => world.person.accessToken,
  apiKey: ({ world }) => world.apiKey.key,
  enrolment: () => enrolmentToken,
  scheduler: () => schedulerToken,
  cluster: ({ resident }) => resident.cluster.credential,
};

const forbidden = (operation: Operation): readonly Case[] =>
  Object.entries(principals)
    .filter(([scheme]) => !operation.schemes.has(scheme))
    .map(([scheme, token]) => ({
      operationId: idOf(operation),
      status: 403,
      name: `token of the scheme ${scheme}`,
      problem: { code: 'forbidden' },
      request: (context) => ({ ...valid(operation, context), token: token(context) }),
    }));

const pathNames = (operation: Operation): readonly string[] =>
  operation.parameters.filter((each) => each.in === 'path').map((each) => each.name);

/** What is not there, by the parameter that names it. */
const unknown: Readonly<Record<string, readonly [string, string]>> = {
  clusterId: ['f'.repeat(24), 'cluster-not-found'],
  serviceId: ['f'.repeat(24), 'service-not-found'],
  instanceId: ['f'.repeat(24), 'instance-not-found'],
  operationId: ['f'.repeat(24), 'operation-not-found'],
  schedulerName: ['nobody', 'scheduler-not-found'],
  organizationId: ['f'.repeat(24), 'organization-not-found'],
  userId: ['f'.repeat(24), 'user-not-found'],
  tokenId: ['f'.repeat(24), 'enrolment-token-not-found'],
  webhookId: ['f'.repeat(24), 'webhook-not-found'],
  letterId: ['f'.repeat(24), 'dead-letter-not-found'],
  keyId: ['f'.repeat(24), 'api-key-not-found'],
};

const notFound = (operation: Operation): readonly Case[] =>
  pathNames(operation).map((name) => {
    const [value = '', code = ''] = unknown[name] ?? [];
    return {
      operationId: idOf(operation),
      status: 404,
      name: `unknown ${name}`,
      problem: { code: code as NonNullable<Case['problem']>['code'] },
      request: (context) =>
        validRequest(idOf(operation), context.resident, context.world, { [name]: value }),
    };
  });

const takes = (operation: Operation, header: string): boolean =>
  operation.parameters.some((each) => each.in === 'header' && each.name === header);

const preconditionFailed = (operation: Operation): readonly Case[] =>
  !takes(operation, 'If-Match')
    ? []
    : ['"999999"', 'W/"999999"'].map((version) => ({
        operationId: idOf(operation),
        status: 412,
        name: `If-Match: ${version}`,
        problem: { code: 'version-mismatch' },
        request: (context) => ({
          ...valid(operation, context),
          headers: { 'if-match': version },
        }),
      }));

const keyReused = (operation: Operation): readonly Case[] =>
  !takes(operation, 'Idempotency-Key')
    ? []
    : [
        {
          operationId: idOf(operation),
          status: 422,
          name: 'Idempotency-Key of another request',
          problem: { code: 'idempotency-key-reused', pointers: ['#/header/Idempotency-Key'] },
          request: (context) => ({
            ...valid(operation, context),
            headers: { 'idempotency-key': context.usedKey },
          }),
        },
      ];

/** By the status that each of them produces. */
const makers: readonly (readonly [number, (operation: Operation) => readonly Case[]])[] = [
  [401, unauthenticated],
  [403, forbidden],
  [404, notFound],
  [412, preconditionFailed],
  [422, keyReused],
];

export const refusals: readonly Case[] = contract.operations.flatMap((operation) =>
  makers.flatMap(([status, make]) => (documents(operation, status) ? make(operation) : [])),
);
