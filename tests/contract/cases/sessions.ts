import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import { adminToken } from '../../support/app.js';
import { parsed, type Call, type Schemas } from '../../support/calls.js';
import { personPassword, signInNew, type Case } from '../context.js';
import { lockName, newUser, signIn, userPath } from './people.js';

const refresh = (refreshToken: string): Call => ({
  method: 'POST',
  path: '/api/v1/sessions/refresh',
  token: null,
  json: { refreshToken },
});

export const sessionCases: readonly Case[] = [
  {
    operationId: 'signIn',
    status: 201,
    name: 'tokens, also under the name in capitals',
    request: ({ world }) => signIn(world.person.user.name.toUpperCase(), personPassword),
    check: async (answer, { world }) => {
      const { accessToken, user } = parsed<Schemas['SignedIn']>(answer);
      expect(decodeJwt(accessToken)).toMatchObject({ sub: user.id, roles: ['viewer'] });
      await world.ask(200, { path: '/api/v1/services', token: accessToken });
    },
  },
  {
    operationId: 'signIn',
    status: 201,
    name: 'the first administrator, whose password is the administrator token',
    request: () => signIn('admin', adminToken),
  },
  {
    operationId: 'signIn',
    status: 401,
    name: 'a wrong password',
    problem: { code: 'sign-in-refused' },
    request: ({ world }) => signIn(world.person.user.name, 'something else entirely'),
  },
  {
    operationId: 'signIn',
    status: 401,
    name: 'a name that nobody has',
    problem: { code: 'sign-in-refused' },
    request: () => signIn('nobody', personPassword),
  },
  {
    operationId: 'signIn',
    status: 401,
    name: 'somebody who is disabled',
    problem: { code: 'sign-in-refused' },
    request: async ({ world }) => {
      const user = await newUser(world);
      const disable = { method: 'PATCH', path: userPath(user), json: { disabled: true } } as const;
      await world.ask(200, disable);
      return signIn(user.name, personPassword);
    },
  },
  {
    operationId: 'signIn',
    status: 429,
    name: 'the right password while the name is locked',
    problem: { code: 'sign-in-locked' },
    request: async ({ world }) => {
      const user = await newUser(world);
      await lockName(world, user.name);
      return signIn(user.name, personPassword);
    },
  },
  {
    operationId: 'signIn',
    status: 429,
    name: 'a name that nobody has, locked like any other',
    problem: { code: 'sign-in-locked' },
    request: async ({ world }) => {
      const name = world.name('nobody');
      await lockName(world, name);
      return signIn(name, personPassword);
    },
  },
  {
    operationId: 'refreshSession',
    status: 200,
    name: 'the next tokens',
    request: async ({ world }) => refresh((await signInNew(world, ['viewer'])).refreshToken),
    check: async (answer, { world }, call) => {
      const next = parsed<Schemas['SignedIn']>(answer);
      await world.ask(200, { path: '/api/v1/users/me', token: next.accessToken });
      expect((call.json as Schemas['Refresh']).refreshToken).not.toBe(next.refreshToken);
    },
  },
  {
    operationId: 'refreshSession',
    status: 401,
    name: 'a token of a session that has ended',
    problem: { code: 'sign-in-refused' },
    request: async ({ world }) => {
      const { accessToken, refreshToken } = await signInNew(world, ['viewer']);
      await world.send({
        method: 'DELETE',
        path: '/api/v1/sessions/current',
        token: accessToken,
      });
      return refresh(refreshToken);
    },
  },
  {
    operationId: 'refreshSession',
    status: 401,
    name: 'a token that is none',
    problem: { code: 'sign-in-refused' },
    request: () => refresh('smr_none'),
  },
  {
    operationId: 'signOut',
    status: 204,
    name: 'the access token is worth nothing any more',
    request: async ({ world }) => ({
      method: 'DELETE',
      path: '/api/v1/sessions/current',
      token: (await signInNew(world, ['viewer'])).accessToken,
    }),
    check: async (_, { world }, { token = null }) => {
      await world.ask(401, { path: '/api/v1/users/me', token });
    },
  },
  {
    operationId: 'getKeySet',
    status: 200,
    name: 'the key that signs',
    request: () => ({ path: '/.well-known/jwks.json', token: null }),
    check: (answer) => {
      const { keys } = parsed<Schemas['KeySet']>(answer);
      expect(keys.map(({ alg, use }) => ({ alg, use }))).toContainEqual({
        alg: 'EdDSA',
        use: 'sig',
      });
    },
  },
];
