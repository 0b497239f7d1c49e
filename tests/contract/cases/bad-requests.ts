/** Requests that break the contract: in the path, in the query, in the headers and in the body, for every operation. */
import type { Call } from '../../support/calls.js';
import { contract, documentedAnswer } from '../../support/contract.js';
import type { Case, Context } from '../context.js';
import { validRequest } from '../valid-requests.js';
import { idOf, valid } from './refusals.js';

type Operation = (typeof contract.operations)[number];
type Parameter = Operation['parameters'][number];

const bad = (
  operation: Operation,
  name: string,
  pointer: string,
  request: (context: Context) => Call,
): Case => ({
  operationId: idOf(operation),
  status: 400,
  name,
  problem: { code: 'validation-failed', pointers: [pointer] },
  request,
});

const inPath = (operation: Operation): readonly Case[] =>
  operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .map(({ name }) =>
      bad(operation, `${name} of a wrong form`, `#/path/${name}`, (context) =>
        validRequest(idOf(operation), context.resident, context.world, { [name]: 'Not_An-Id!' }),
      ),
    );

/** A value that the schema of a query parameter refuses. */
const refused: Readonly<Record<string, string>> = {
  limit: '0',
  state: 'resting',
  phase: 'RESTING',
  name: '-',
  application: 'Not_A_Label',
  location: '',
  force: 'perhaps',
  serviceId: 'x',
  clusterId: 'x',
  subjectId: 'x',
  waitMs: '60001',
  after: '-1',
  before: '0',
  order: 'random',
  cursor: '',
  actorId: 'x',
  operation: 'list-audit',
  outcome: 'maybe',
  from: 'yesterday',
  until: 'tomorrow',
};

const inQuery = (operation: Operation): readonly Case[] => {
  const names = operation.parameters.filter((each) => each.in === 'query').map(({ name }) => name);
  const known = names.map((name) =>
    bad(operation, `${name}=${refused[name] ?? '?'}`, `#/query/${name}`, (context) => {
      const call = valid(operation, context);
      return { ...call, path: `${call.path}?${name}=${refused[name] ?? '?'}` };
    }),
  );
  const unknown = bad(operation, 'an unknown query parameter', '#/query/colour', (context) => {
    const call = valid(operation, context);
    return { ...call, path: `${call.path}?colour=red` };
  });
  const cursor: Case = {
    ...bad(operation, 'a cursor that is none of ours', '#/query/cursor', (context) => {
      const call = valid(operation, context);
      return { ...call, path: `${call.path}?cursor=!!!` };
    }),
    problem: { code: 'malformed-cursor', pointers: ['#/query/cursor'] },
  };
  return [...known, unknown, ...(names.includes('cursor') ? [cursor] : [])];
};

const headerValues: Readonly<Record<string, string>> = {
  'If-Match': 'latest',
  'Idempotency-Key': 'k'.repeat(201),
  'Last-Event-ID': 'the-last',
};

const inHeaders = (operation: Operation): readonly Case[] =>
  operation.parameters
    .filter((parameter: Parameter) => parameter.in === 'header')
    .map(({ name }) =>
      bad(operation, `${name} of a wrong form`, `#/header/${name}`, (context) => ({
        ...valid(operation, context),
        headers: { [name]: headerValues[name] ?? '' },
      })),
    );

const malformed = (operation: Operation, name: string, text: string, type: string): Case => ({
  operationId: idOf(operation),
  status: 400,
  name,
  problem: { code: 'malformed-body' },
  request: (context) => ({ ...valid(operation, context), text, type }),
});

/** What a fault is added to. A scaling has room for one field only. */
const base = (operation: Operation, call: Call): object =>
  operation.id === 'scaleService' ? {} : (call.json as object);

const wrongType = (operation: Operation): readonly Case[] => {
  const media = Object.values(operation.body?.media ?? {})[0]?.schema;
  const name = typeof media?.['$ref'] === 'string' ? media['$ref'].split('/').at(-1) : undefined;
  const schema = contract.document.components.schemas[name ?? ''] ?? {};
  const fields = Object.keys((schema['properties'] ?? {}) as Readonly<Record<string, unknown>>);
  return fields.map((field) =>
    bad(operation, `${field} of a wrong type`, `#/${field}`, (context) => {
      const call = valid(operation, context);
      return { ...call, json: { ...base(operation, call), [field]: null } };
    }),
  );
};

const inBody = (operation: Operation): readonly Case[] => {
  if (operation.body === undefined) {
    if (operation.method === 'GET') return [];
    return [
      bad(operation, 'a body where none is taken', '#', (context) => ({
        ...valid(operation, context),
        json: { unasked: true },
      })),
    ];
  }
  const yaml = 'application/yaml' in operation.body.media;
  return [
    malformed(operation, 'broken JSON', '{"name": ', 'application/json'),
    ...(yaml ? [malformed(operation, 'broken YAML', 'name: [', 'application/yaml')] : []),
    bad(operation, 'a body that is no object', '#', (context) => ({
      ...valid(operation, context),
      json: 'a text',
    })),
    bad(operation, 'no body', '#', (context) => {
      const { json: _json, ...call } = valid(operation, context);
      return call;
    }),
    bad(operation, 'an unknown field', '#/colour', (context) => {
      const call = valid(operation, context);
      return { ...call, json: { ...base(operation, call), colour: 'red' } };
    }),
    ...wrongType(operation),
  ];
};

const foreignType = (operation: Operation): readonly Case[] =>
  ['text/plain', 'application/xml', 'application/x-www-form-urlencoded'].map((type) => ({
    operationId: idOf(operation),
    status: 415,
    name: `a body of the type ${type}`,
    problem: { code: 'unsupported-media-type' },
    request: (context) => {
      const call = valid(operation, context);
      return { ...call, text: JSON.stringify(call.json), type };
    },
  }));

const twoMebibytes = 2 * 1024 * 1024;

const tooLarge = (operation: Operation): readonly Case[] => [
  {
    operationId: idOf(operation),
    status: 413,
    name: 'a body of 2 MiB',
    problem: { code: 'body-too-large' },
    request: (context) => {
      const call = valid(operation, context);
      return {
        ...call,
        text: JSON.stringify(call.json).padEnd(twoMebibytes),
        type: 'application/json',
      };
    },
  },
];

const makers: readonly (readonly [number, (operation: Operation) => readonly Case[]])[] = [
  [400, inPath],
  [400, inQuery],
  [400, inHeaders],
  [400, inBody],
  [415, foreignType],
  [413, tooLarge],
];

export const badRequests: readonly Case[] = contract.operations.flatMap((operation) =>
  makers.flatMap(([status, make]) =>
    documentedAnswer(operation.id, status) === undefined ? [] : make(operation),
  ),
);
