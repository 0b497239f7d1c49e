import { expect } from 'vitest';
import { parsed, type Call, type Schemas } from '../../support/calls.js';
import { personPassword, signInNew, type Case } from '../context.js';
import { lockName, newUser, signIn, userPath } from './people.js';

const changeOwn = (token: string, present: string): Call => ({
  method: 'PUT',
  path: '/api/v1/users/me/password',
  token,
  json: { present, next: 'the next long sentence' },
});

export const userCases: readonly Case[] = [
  {
    operationId: 'getMe',
    status: 200,
    name: 'oneself',
    request: ({ world }) => ({ path: '/api/v1/users/me', token: world.person.accessToken }),
    check: (answer, { world }) => {
      expect(parsed<Schemas['User']>(answer)).toEqual(world.person.user);
    },
  },
  {
    operationId: 'changePassword',
    status: 204,
    name: 'the new password is good, the old one and the session are not',
    request: async ({ world }) =>
      changeOwn((await signInNew(world, ['viewer'])).accessToken, personPassword),
    check: async (_, { world }, { token = null }) => {
      await world.ask(401, { path: '/api/v1/users/me', token });
    },
  },
  {
    operationId: 'changePassword',
    status: 401,
    name: 'a wrong present password',
    problem: { code: 'sign-in-refused' },
    request: ({ world }) => changeOwn(world.person.accessToken, 'not the present one'),
  },
  {
    operationId: 'changePassword',
    status: 400,
    name: 'a password with the name in it',
    problem: { code: 'validation-failed', pointers: ['#/next'] },
    request: ({ world }) => {
      const { accessToken, user } = world.person;
      const json = { present: personPassword, next: `${user.name} ${user.name}` };
      return { ...changeOwn(accessToken, personPassword), json };
    },
  },
  {
    operationId: 'changePassword',
    status: 429,
    name: 'after too many wrong ones',
    problem: { code: 'sign-in-locked' },
    request: async ({ world }) => {
      const { accessToken, user } = await signInNew(world, ['viewer']);
      await lockName(world, user.name);
      return changeOwn(accessToken, personPassword);
    },
  },
  {
    operationId: 'listUsers',
    status: 200,
    name: 'the first administrator first',
    request: () => ({ path: '/api/v1/users' }),
    check: (answer) => {
      const { items } = parsed<Schemas['UserPage']>(answer);
      expect(items[0]).toMatchObject({ name: 'admin', roles: ['admin'] });
      expect(answer.text).not.toContain('argon2');
    },
  },
  {
    operationId: 'createUser',
    status: 201,
    name: 'somebody who may sign in',
    request: ({ world }) => ({
      method: 'POST',
      path: '/api/v1/users',
      json: {
        name: world.name('Ada'),
        displayName: 'Ada Lovelace',
        roles: ['applicationProvider'],
        password: personPassword,
      },
    }),
    check: async (answer, { world }) => {
      const { name } = parsed<Schemas['User']>(answer);
      await world.ask(201, signIn(name, personPassword));
    },
  },
  {
    operationId: 'createUser',
    status: 403,
    name: 'somebody who may do more than the one who asks',
    problem: { code: 'forbidden', pointers: ['#/roles'] },
    request: async ({ world }) => ({
      method: 'POST',
      path: '/api/v1/users',
      token: (await signInNew(world, ['organizationAdmin'])).accessToken,
      json: { name: world.name('user'), roles: ['admin'], password: personPassword },
    }),
  },
  {
    operationId: 'createUser',
    status: 409,
    name: 'a name that somebody has',
    problem: { code: 'user-name-in-use' },
    request: () => ({
      method: 'POST',
      path: '/api/v1/users',
      json: { name: 'ADMIN', roles: ['viewer'], password: personPassword },
    }),
  },
  {
    operationId: 'createUser',
    status: 400,
    name: 'a password with the name in it',
    problem: { code: 'validation-failed', pointers: ['#/password'] },
    request: () => ({
      method: 'POST',
      path: '/api/v1/users',
      json: { name: 'grace', roles: ['viewer'], password: 'Grace is the password' },
    }),
  },
  {
    operationId: 'getUser',
    status: 200,
    name: 'somebody',
    request: ({ world }) => ({ path: userPath(world.person.user) }),
  },
  {
    operationId: 'updateUser',
    status: 200,
    name: 'another role',
    request: async ({ world }) => {
      const { user, accessToken } = await signInNew(world, ['viewer']);
      await world.ask(403, { path: '/api/v1/users', token: accessToken });
      return { method: 'PATCH', path: userPath(user), json: { roles: ['admin'] } };
    },
    check: (answer) => {
      expect(parsed<Schemas['User']>(answer).permissions).toContain('users:write');
    },
  },
  {
    operationId: 'updateUser',
    status: 403,
    name: 'somebody who may do more than the one who asks',
    problem: { code: 'forbidden' },
    request: async ({ world }) => ({
      method: 'PATCH',
      path: userPath((await signInNew(world, ['admin'])).user),
      token: (await signInNew(world, ['organizationAdmin'])).accessToken,
      json: { disabled: true },
    }),
  },
  {
    operationId: 'removeUser',
    status: 204,
    name: 'somebody who is gone then, with the keys',
    request: async ({ world }) => {
      const { user, accessToken } = await signInNew(world, ['applicationProvider']);
      await world.ask(201, {
        method: 'POST',
        path: '/api/v1/api-keys',
        token: accessToken,
        json: { name: 'of somebody', permissions: ['services:read'] },
      });
      return { method: 'DELETE', path: userPath(user) };
    },
    check: async (_, { world }, { path }) => {
      await world.ask(404, { path });
      const { items } = await world.ask<Schemas['ApiKeyPage']>(200, { path: '/api/v1/api-keys' });
      expect(items.map(({ name }) => name)).not.toContain('of somebody');
    },
  },
  {
    operationId: 'setPassword',
    status: 204,
    name: 'the new password is good',
    request: async ({ world }) => ({
      method: 'PUT',
      path: `${userPath(await newUser(world))}/password`,
      json: { password: 'some other long sentence' },
    }),
    check: async (_, { world }, { path }) => {
      const { name } = await world.ask<Schemas['User']>(200, {
        path: path.replace('/password', ''),
      });
      await world.ask(401, signIn(name, personPassword));
      await world.ask(201, signIn(name, 'some other long sentence'));
    },
  },
  {
    operationId: 'endSessions',
    status: 204,
    name: 'signed out everywhere',
    request: async ({ world }) => ({
      method: 'DELETE',
      path: `${userPath(await newUser(world))}/sessions`,
    }),
  },
];
