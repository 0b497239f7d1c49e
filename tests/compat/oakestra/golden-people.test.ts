/** Users and permissions of section 1.3, row by row. */
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import {
  checkRow,
  error,
  forbidden,
  malformed,
  noTokenThere,
  nobody,
  page,
  type Known,
  type Row,
} from './golden.js';
import { aUser, openPeople, password } from './golden-world.js';
import type { OakSite } from './oak-site.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const root = '000000000000000000000001';

let site: OakSite;
let known: Known;

beforeAll(async () => {
  ({ site, known } = await openPeople());
  const path = '/api/auth/register';
  await site.as(undefined, { method: 'POST', path, body: aUser('bob') });
});

afterAll(() => site.close());

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const documentOf = (name: string, id: string | undefined, email: string, roles?: string): string =>
  `{"name": "${name}", "email": "${email}", "password": "********", "created_at": "22/11/2026 12:39", "_id": {"$oid": "${id}"}${roles === undefined ? '' : `, "roles": [${roles}]`}}`;
const ada = ({ adaId }: Known, roles?: string): string =>
  documentOf('Ada', adaId, 'ada@example.org', roles);
const admin = ({ adminId }: Known, roles?: string): string =>
  documentOf('Admin', adminId, '', roles);
const provider = '"Application_Provider"';
const administrator = '"Admin"';

const users: readonly Row[] = [
  {
    name: 'permissions: good',
    path: '/api/permission/Ada',
    as: 'ada',
    status: 200,
    answer: `{"roles":[${provider}]}\n`,
  },
  {
    name: 'permissions: in another organization',
    path: '/api/permission/Ada',
    as: 'hers',
    status: 200,
    answer: `{"roles":[${administrator}]}\n`,
  },
  {
    name: 'permissions: of somebody else',
    path: '/api/permission/Admin',
    as: 'ada',
    status: 403,
    answer: forbidden,
  },
  { name: 'permissions: no token', path: '/api/permission/Ada', status: 401, answer: noTokenThere },
  {
    name: 'GET: good',
    path: '/api/user/Ada',
    as: 'ada',
    status: 200,
    type: page,
    answer: (known) => ada(known, provider),
  },
  {
    name: 'GET: somebody else',
    path: '/api/user/Admin',
    as: 'ada',
    status: 403,
    answer: forbidden,
  },
  {
    name: 'GET all: good',
    path: '/api/users/',
    as: 'admin',
    status: 200,
    type: page,
    answer: (known) =>
      new RegExp(`^\\[${escape(admin(known))}, ${escape(ada(known))}, \\{"name": "bob"`),
  },
  {
    name: 'GET all: not an administrator',
    path: '/api/users/',
    as: 'ada',
    status: 403,
    answer: forbidden,
  },
  {
    name: 'GET members: good',
    path: ({ team }) => `/api/users/${team}`,
    as: 'admin',
    status: 200,
    type: page,
    answer: (known) => `[${ada(known, administrator)}]`,
  },
  {
    name: 'GET members: of root',
    path: `/api/users/${root}`,
    as: 'admin',
    status: 200,
    type: page,
    answer: (known) =>
      new RegExp(`^\\[${escape(admin(known, administrator))}, ${escape(ada(known, provider))}, `),
  },
  {
    name: 'GET members: of an organization that is not the own',
    path: `/api/users/${root}`,
    as: 'hers',
    status: 200,
    type: page,
    answer: '[]',
  },
  {
    name: 'GET members: unknown',
    path: `/api/users/${nobody}`,
    as: 'admin',
    status: 200,
    type: page,
    answer: '[]',
  },
  {
    name: 'GET members: no id',
    path: '/api/users/xyz',
    as: 'admin',
    status: 400,
    answer: error(400, 'Bad Request', 'The id of an organization has 24 hexadecimal digits.'),
  },
  {
    name: 'PUT: good, with what stands for the password',
    method: 'PUT',
    path: '/api/user/bob',
    as: 'admin',
    body: aUser('bob', { password: '********', roles: [provider] }),
    status: 200,
    type: page,
    answer: '"ok"',
  },
  {
    name: 'PUT: the password is still good',
    method: 'POST',
    path: '/api/auth/login',
    body: { username: 'bob', password },
    status: 200,
    answer: /"token"/,
  },
  {
    name: 'PUT: another name',
    method: 'PUT',
    path: '/api/user/bob',
    as: 'admin',
    body: { name: 'Admin' },
    status: 409,
    answer: error(409, 'Conflict', 'The name of a user cannot be changed.'),
  },
  {
    name: 'PUT: unknown',
    method: 'PUT',
    path: '/api/user/nobody',
    as: 'admin',
    body: {},
    status: 404,
    answer: error(404, 'Not Found', 'There is no such user.'),
  },
  {
    name: 'PUT: no JSON',
    method: 'PUT',
    path: '/api/user/bob',
    as: 'admin',
    status: 400,
    answer: error(400, 'Bad Request', 'A JSON object is needed.'),
  },
  {
    name: 'PUT: malformed',
    method: 'PUT',
    path: '/api/user/bob',
    as: 'admin',
    body: '{',
    status: 400,
    answer: malformed,
  },
  {
    name: 'PUT: not an administrator',
    method: 'PUT',
    path: '/api/user/Ada',
    as: 'ada',
    body: {},
    status: 403,
    answer: forbidden,
  },
  {
    name: 'PUT: the last administrator',
    method: 'PUT',
    path: '/api/user/Admin',
    as: 'admin',
    body: { roles: [] },
    status: 409,
    answer: error(409, 'Conflict', 'The last administrator has to stay one.'),
  },
  {
    name: 'DELETE: good',
    method: 'DELETE',
    path: '/api/user/bob',
    as: 'admin',
    status: 200,
    type: page,
    answer: (known) => `[${admin(known)}, ${ada(known)}]`,
  },
  {
    name: 'DELETE: unknown',
    method: 'DELETE',
    path: '/api/user/bob',
    as: 'admin',
    status: 404,
    answer: error(404, 'Not Found', 'There is no such user.'),
  },
  {
    name: 'DELETE: the last administrator',
    method: 'DELETE',
    path: '/api/user/Admin',
    as: 'admin',
    status: 409,
    answer: error(409, 'Conflict', 'The last administrator has to stay one.'),
  },
  {
    name: 'POST: a wrong old password',
    method: 'POST',
    path: '/api/user/Ada',
    as: 'ada',
    body: { oldPassword: 'wrong', newPassword: 'another' },
    status: 400,
    answer: '{"message":"Old password is not valid!"}\n',
  },
  {
    name: 'POST: the same password',
    method: 'POST',
    path: '/api/user/Ada',
    as: 'ada',
    body: { oldPassword: password, newPassword: password },
    status: 400,
    answer: `{"message":"Old password can't be the new password!"}\n`,
  },
  {
    name: 'POST: a key missing',
    method: 'POST',
    path: '/api/user/Ada',
    as: 'ada',
    body: { oldPassword: password },
    status: 400,
    answer: error(400, 'Bad Request', 'newPassword must be a text.'),
  },
  {
    name: 'POST: of somebody else',
    method: 'POST',
    path: '/api/user/Admin',
    as: 'ada',
    body: {},
    status: 403,
    answer: forbidden,
  },
  {
    name: 'POST: good',
    method: 'POST',
    path: '/api/user/Ada',
    as: 'ada',
    body: { oldPassword: password, newPassword: 'another secret' },
    status: 200,
    answer: '{}\n',
  },
  {
    name: 'a reset: asked for',
    method: 'POST',
    path: '/api/user/',
    body: { username: 'Ada', domain: 'http://d' },
    status: 200,
    answer: '{}\n',
  },
  {
    name: 'a reset: asked for by nobody',
    method: 'POST',
    path: '/api/user/',
    body: { username: 'nobody', domain: 'http://d' },
    status: 404,
    answer: '{"message":"User does not exists"}\n',
  },
  {
    name: 'a reset: no link is valid',
    method: 'PUT',
    path: '/api/user/',
    body: { token: 'x', password: 'y' },
    status: 400,
    answer: '{"message":"Link invalid! Please request a new one!"}\n',
  },
];

describe('users', () => {
  it.each(users)('$name', (row) => checkRow(site, row, known));
});
