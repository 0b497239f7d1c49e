/** What the binder promises at compile time: a handler that does not fit the contract does not compile. */
import { Readable } from 'node:stream';
import type { Handlers, Result, Schema } from '../../src/http/contract.js';
import type { Equal, Expect } from './equal.js';

declare const all: Handlers;
declare const cluster: Schema<'Cluster'>;

// A complete set compiles.
export const complete = { ...all } satisfies Handlers;

const { getCluster: _left, ...incomplete } = all;
// @ts-expect-error a handler is missing
export const missing = incomplete satisfies Handlers;

export const extra = {
  // @ts-expect-error no operation has this name
  conquerWorld: async () => ({ status: 200, body: cluster }),
} satisfies Partial<Handlers>;

export const gateway = {
  // @ts-expect-error the gateway answers this operation
  connectAgent: async () => ({ status: 101, body: { type: 'bye' } }),
} satisfies Partial<Handlers>;

export const right = {
  getCluster: async ({ path }) => ({
    status: 200,
    body: { ...cluster, id: path.clusterId },
    headers: { ETag: '"1"' },
  }),
  getMetrics: async () => ({ status: 200, body: 'up 1' }),
  streamEvents: async () => ({ status: 200, body: Readable.from(['data: 1\n\n']) }),
} satisfies Partial<Handlers>;

export const undeclaredStatus = {
  // @ts-expect-error the operation declares 200
  getCluster: async () => ({ status: 201, body: cluster }),
} satisfies Partial<Handlers>;

export const failureAsResult = {
  // @ts-expect-error failures are thrown
  getCluster: async () => ({ status: 404, body: { type: 'x', title: 'x', status: 404 } }),
} satisfies Partial<Handlers>;

export const wrongBody = {
  // @ts-expect-error a cluster is more than an id
  getCluster: async ({ path }) => ({ status: 200, body: { id: path.clusterId } }),
} satisfies Partial<Handlers>;

// The compiler looks for surplus fields only where a type is written down, as views do; elsewhere the response check finds them.
// @ts-expect-error the contract knows no field `credential` here
export const undeclaredField: Schema<'Cluster'> = { ...cluster, credential: 'secret' };

export const undeclaredHeader = {
  // @ts-expect-error the answer declares only ETag
  getCluster: async () => ({ status: 200, body: cluster, headers: { Etag: '"1"' } }),
} satisfies Partial<Handlers>;

export const unknownInput = {
  // @ts-expect-error the operation has no parameter of this name
  getCluster: async ({ query: { name } }) => ({
    status: 200,
    body: { ...cluster, location: `${name}` },
  }),
} satisfies Partial<Handlers>;

type Input<Op extends keyof Handlers> = Parameters<Handlers[Op]>[0];

// A default makes a parameter or field certain; without one it may be absent.
export type Limit = Expect<Equal<Input<'listClusters'>['query']['limit'], number>>;
export type Cursor = Expect<Equal<Input<'listClusters'>['query']['cursor'], string | undefined>>;
export type Replicas = Expect<Equal<Input<'deployService'>['body']['replicas'], number>>;
export type Image = Expect<Equal<Input<'deployService'>['body']['image'], string | undefined>>;
export type Key = Expect<
  Equal<Input<'deployService'>['header']['Idempotency-Key'], string | undefined>
>;

// Who may call is known from the contract: only a cluster reports, so its id is there without asking.
export type Reporter = Expect<Equal<Input<'submitReport'>['principal']['clusterId'], string>>;
export type Deployer = Expect<
  Equal<Input<'deployService'>['principal']['kind'], 'administrator' | 'user' | 'apiKey'>
>;
export type SignedOut = Expect<Equal<Input<'signOut'>['principal']['kind'], 'user'>>;
export type Nobody = Expect<Equal<Input<'getHealth'>['principal'], undefined>>;

export type OnlySuccess = Expect<Equal<Result<'getReadiness'>['status'], 200>>;
