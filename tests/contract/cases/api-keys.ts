import { expect } from 'vitest';
import { parsed, type Schemas } from '../../support/calls.js';
import { createKey, signInNew, type Case } from '../context.js';

export const apiKeyCases: readonly Case[] = [
  {
    operationId: 'listApiKeys',
    status: 200,
    name: 'people see their own only',
    request: async ({ world }) => ({
      path: '/api/v1/api-keys',
      token: (await signInNew(world, ['applicationProvider'])).accessToken,
    }),
    check: (answer) => {
      expect(parsed<Schemas['ApiKeyPage']>(answer).items).toEqual([]);
    },
  },
  {
    operationId: 'listApiKeys',
    status: 200,
    name: 'administrators see all',
    request: () => ({ path: '/api/v1/api-keys?limit=500' }),
    check: (answer, { world }) => {
      const { items } = parsed<Schemas['ApiKeyPage']>(answer);
      const found = items.find(({ id }) => id === world.apiKey.apiKey.id);
      expect(found?.lastUsedAt).toBeDefined();
    },
  },
  {
    operationId: 'createApiKey',
    status: 201,
    name: 'a key that is good for what it names',
    request: ({ world }) => ({
      method: 'POST',
      path: '/api/v1/api-keys',
      json: { name: world.name('key'), permissions: ['services:read'], days: 1 },
    }),
    check: async (answer, { world }) => {
      const { key: token } = parsed<Schemas['ApiKeyCreated']>(answer);
      await world.ask(200, { path: '/api/v1/services', token });
      await world.ask(403, { path: '/api/v1/clusters', token });
    },
  },
  {
    operationId: 'createApiKey',
    status: 403,
    name: 'more than the maker may do',
    problem: { code: 'forbidden', pointers: ['#/permissions'] },
    request: async ({ world }) => ({
      method: 'POST',
      path: '/api/v1/api-keys',
      token: (await signInNew(world, ['applicationProvider'])).accessToken,
      json: { name: 'too much', permissions: ['services:write', 'clusters:write'] },
    }),
  },
  {
    operationId: 'revokeApiKey',
    status: 204,
    name: 'the key is worth nothing any more',
    request: async ({ world }) => {
      const { apiKey } = await createKey(world, ['services:read']);
      return { method: 'DELETE', path: `/api/v1/api-keys/${apiKey.id}` };
    },
  },
  {
    operationId: 'revokeApiKey',
    status: 404,
    name: 'the key of somebody else',
    problem: { code: 'api-key-not-found' },
    request: async ({ world }) => ({
      method: 'DELETE',
      path: `/api/v1/api-keys/${world.apiKey.apiKey.id}`,
      token: (await signInNew(world, ['applicationProvider'])).accessToken,
    }),
  },
];
