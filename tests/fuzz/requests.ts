/** Requests made from the contract, with something wrong in each. */
import type { InjectOptions } from 'fastify';
import { contract } from '../support/contract.js';
import { enrolmentToken, schedulerToken } from '../support/app.js';
import type { Random } from '../simulation/engine/random.js';
import { mutateText, mutateValue, strangeText } from './mutate.js';
import type { Plant } from './plant.js';

type Operation = (typeof contract.operations)[number];

interface Example {
  readonly value?: unknown;
  readonly $ref?: string;
}

const examplesOf = (operation: Operation): readonly unknown[] => {
  const media = operation.body?.media['application/json'] as
    { examples?: Record<string, Example> } | undefined;
  const shared = contract.document.components['examples'] as Record<string, Example>;
  return Object.values(media?.examples ?? {}).map(
    ({ value, $ref }) => value ?? shared[$ref?.split('/').at(-1) ?? '']?.value,
  );
};

/** Upgrades, streams and files are asked for elsewhere; hashing is slow on purpose. */
const leftOut = new Set([
  'streamEvents',
  'getDocs',
  'getContract',
  'connectAgent',
  'connectScheduler',
]);
const slow = new Set(['signIn', 'createUser', 'setPassword', 'changePassword']);
/** Ends the session of everybody who fuzzes, or takes away what is fuzzed. */
const ending = new Set([
  'signOut',
  'endSessions',
  'removeUser',
  'removeOrganization',
  'revokeApiKey',
  'removeCluster',
  'revokeCluster',
  'rejectCluster',
]);

/** Whether it may be asked for without being sure that it is refused. Webhooks deliver by themselves, to places that are elsewhere. */
const isHarmless = ({ id, tag }: Operation): boolean =>
  !slow.has(id) && !ending.has(id) && tag !== 'webhooks';

const operations = contract.operations.filter(({ id }) => !leftOut.has(id));

/** Half of a surrogate pair cannot be in a URL; it becomes the sign for what cannot be read. */
const inUrl = (text: string): string => encodeURIComponent(Buffer.from(text).toString());

const idsOf = (plant: Plant): Readonly<Record<string, string>> => ({
  clusterId: plant.cluster.cluster.id,
  serviceId: plant.service.id,
  instanceId: plant.instanceId,
  schedulerName: 'built-in',
});

const queryValue = (random: Random, schema: Readonly<Record<string, unknown>>): string => {
  const choices = schema['enum'] as readonly string[] | undefined;
  if (choices && random.chance(0.5)) return random.pick(choices);
  return random.chance(0.5) ? String(random.int(1_000)) : strangeText(random);
};

/** How the request is made sure to be refused; `wild` ones may be right by chance. */
export type Flaw = 'nobody' | 'stranger' | 'nowhere' | 'malformed' | 'unknown-field' | 'wild';

const flaws: readonly (readonly [number, Flaw])[] = [
  [2, 'nobody'],
  [2, 'stranger'],
  [2, 'nowhere'],
  [2, 'malformed'],
  [2, 'unknown-field'],
];

const wrongTokens = [
  'wrong',
  'smk_000000000000000000000000_AAAAAAAAAAAAAAAAAAAAAAAA',
  'a.b.c',
  'x'.repeat(999),
];

function tokenFor(random: Random, plant: Plant, operation: Operation, flaw: Flaw): string {
  if (flaw === 'nobody') return random.pick(wrongTokens);
  if (flaw === 'stranger') {
    const strangers = [
      ...(operation.schemes.has('enrolment') ? [] : [enrolmentToken]),
      ...(operation.schemes.has('scheduler') ? [] : [schedulerToken]),
    ];
    return strangers.length === 0 ? random.pick(wrongTokens) : random.pick(strangers);
  }
  return random.pick(plant.tokens);
}

function pathOf(random: Random, plant: Plant, operation: Operation, flaw: Flaw): string {
  const ids = idsOf(plant);
  const path = operation.url.replaceAll(/:(\w+)/g, (_, name: string) => {
    if (flaw === 'wild' && random.chance(0.2)) return inUrl(strangeText(random));
    return ids[name] ?? '000000000000000000000000';
  });
  if (flaw === 'nowhere')
    return `${path}/${random.pick(['nothing', '..%2f', '%00', 'x'.repeat(300)])}`;
  const query = operation.parameters.filter((each) => each.in === 'query' && random.chance(0.3));
  const pairs = query.map(({ name, schema }) => `${name}=${inUrl(queryValue(random, schema))}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

function bodyOf(
  random: Random,
  operation: Operation,
  flaw: Flaw,
): { payload?: string; type?: string } {
  if (operation.method === 'GET') return {};
  const examples = examplesOf(operation);
  const type = random.chance(0.1) ? 'application/yaml' : 'application/json';
  if (flaw === 'malformed')
    return { payload: `{"${strangeText(random)}": [`, type: 'application/json' };
  if (examples.length === 0) return random.chance(0.5) ? {} : { payload: '{"unasked": 1}', type };
  const example = random.pick(examples) as object;
  if (flaw === 'unknown-field')
    return {
      payload: JSON.stringify({ ...example, 'no-such-field': 1 }),
      type: 'application/json',
    };
  const text = JSON.stringify(mutateValue(random, example)) ?? 'null';
  return { payload: random.chance(0.2) ? mutateText(random, text) : text, type };
}

/** Whether the flaw can be put into this operation. */
const fits = ({ method, body, schemes }: Operation, flaw: Flaw): boolean => {
  if (flaw === 'nobody' || flaw === 'stranger') return schemes.size > 0;
  return flaw === 'nowhere' || flaw === 'wild' || (method !== 'GET' && body !== undefined);
};

const headerFor = (random: Random): Record<string, string> => {
  if (random.chance(0.9)) return {};
  const name = random.pick([
    'if-match',
    'idempotency-key',
    'x-request-id',
    'accept',
    'content-encoding',
  ]);
  return { [name]: random.pick(['"1"', '*', 'gzip', 'k'.repeat(300), 'latest']) };
};

function requestFor(random: Random, plant: Plant, flaw: Flaw): InjectOptions {
  const candidates = operations.filter(
    (each) => fits(each, flaw) && (flaw !== 'wild' || isHarmless(each)),
  );
  const operation = random.pick(candidates);
  const { payload, type } = bodyOf(random, operation, flaw);
  const method = flaw === 'wild' && random.chance(0.02) ? 'PATCH' : operation.method;
  return {
    method,
    url: pathOf(random, plant, operation, flaw),
    headers: {
      authorization: `Bearer ${tokenFor(random, plant, operation, flaw)}`,
      ...headerFor(random),
      ...(type !== undefined && { 'content-type': type }),
    },
    ...(payload !== undefined && method !== 'GET' && { payload }),
  };
}

/** Nothing of the inside may leave. */
const inside = /node_modules|\n\s+at |Mongo|lmdb|\/src\/|\/dist\//;

async function send(plant: Plant, index: number, random: Random, flaw: Flaw): Promise<void> {
  const request = requestFor(random, plant, flaw);
  const { statusCode, body, headers } = await plant.manager.app.http.inject(request);
  const fail = (what: string): void => {
    const shown = JSON.stringify(request).slice(0, 2_000);
    plant.failures.push({
      kind: 'requests',
      index,
      what: `${what}: ${shown} got ${statusCode} ${body.slice(0, 500)}`,
    });
  };
  if (statusCode >= 500 && statusCode !== 503) fail('a failure inside');
  else if (flaw !== 'wild' && statusCode < 400)
    fail(`a request with the flaw "${flaw}" was not refused`);
  else if (
    statusCode >= 400 &&
    !String(headers['content-type']).startsWith('application/problem+json')
  )
    fail('a refusal that is no problem document');
  else if (statusCode >= 400 && inside.test(body)) fail('an answer that tells of the inside');
}

export const requestsPerBlock = 2_000;
const wildPerBlock = 200;
const atOnce = 8;

const isWild = (index: number): boolean => index % requestsPerBlock < wildPerBlock;

/** One case. */
export const requestCase = (plant: Plant, index: number): Promise<void> => {
  const random = plant.random('requests', index);
  return send(plant, index, random, isWild(index) ? 'wild' : random.weighted(flaws));
};

async function cases(plant: Plant, from: number, to: number): Promise<number> {
  for (let first = from; first < to; first += atOnce)
    await Promise.all(
      Array.from({ length: Math.min(atOnce, to - first) }, (_, n) => requestCase(plant, first + n)),
    );
  return to - from;
}

export const refusedRequests = (plant: Plant, block: number): Promise<number> =>
  cases(plant, block * requestsPerBlock + wildPerBlock, (block + 1) * requestsPerBlock);

export const wildRequests = (plant: Plant, block: number): Promise<number> =>
  cases(plant, block * requestsPerBlock, block * requestsPerBlock + wildPerBlock);
