import { expect } from 'vitest';
import { startTestManager } from '../../support/app.js';
import { parsed, send, type Schemas } from '../../support/calls.js';
import type { OpenIdProvider } from '../../support/openid-provider.js';
import type { Case, ContractWorld } from '../context.js';

const path = '/api/v1/sessions/openid';

const providerOf = ({ provider }: ContractWorld): OpenIdProvider => {
  if (provider === undefined) throw new Error('this manager has no identity provider');
  return provider;
};

/** Somebody comes back from the provider. */
async function visited(world: ContractWorld) {
  const begun = await world.ask<Schemas['OpenIdFlow']>(200, { method: 'POST', path, token: null });
  const back = await providerOf(world).visit(begun.authorizationUrl);
  return { flow: begun.flow, ...back };
}

export const openIdCases: readonly Case[] = [
  {
    operationId: 'beginOpenIdSignIn',
    status: 200,
    name: 'where to go',
    request: () => ({ method: 'POST', path, token: null }),
    check: (answer, { world }) => {
      const { authorizationUrl } = parsed<Schemas['OpenIdFlow']>(answer);
      expect(authorizationUrl).toContain(`${providerOf(world).issuer}/authorize?`);
    },
  },
  {
    operationId: 'beginOpenIdSignIn',
    status: 404,
    name: 'where no provider is configured',
    problem: { code: 'sign-in-not-offered' },
    request: () => ({ method: 'POST', path, token: null }),
    transport: async (_, call) => {
      const other = await startTestManager();
      const answer = await send(other.app.http, call);
      await other.close();
      return answer;
    },
  },
  {
    operationId: 'completeOpenIdSignIn',
    status: 201,
    name: 'somebody whom the provider knows',
    request: async ({ world }) => {
      providerOf(world).claims = { sub: 'ada', preferred_username: 'ada', groups: ['developers'] };
      const json = await visited(world);
      return { method: 'POST', path: `${path}/callback`, token: null, json };
    },
    check: (answer) => {
      const { user } = parsed<Schemas['SignedIn']>(answer);
      expect([user.name, user.roles]).toEqual(['ada', ['applicationProvider']]);
    },
  },
  {
    operationId: 'completeOpenIdSignIn',
    status: 401,
    name: 'somebody to whom nothing is allowed',
    problem: { code: 'sign-in-refused' },
    request: async ({ world }) => {
      providerOf(world).claims = { sub: 'eve', preferred_username: 'eve', groups: [] };
      const json = await visited(world);
      return { method: 'POST', path: `${path}/callback`, token: null, json };
    },
  },
];
