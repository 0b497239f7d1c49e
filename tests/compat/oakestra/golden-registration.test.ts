/** Registering users, of section 1.3, row by row. */
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import {
  checkRow,
  error,
  forbidden,
  noToken,
  page,
  unsound,
  type Known,
  type Row,
} from './golden.js';
import { aUser, openPeople } from './golden-world.js';
import type { OakSite } from './oak-site.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: OakSite;
let known: Known;

beforeAll(async () => {
  ({ site, known } = await openPeople());
});

afterAll(() => site.close());

const register = '/api/auth/register';
const registrations: readonly Row[] = [
  {
    name: 'good',
    as: 'admin',
    path: register,
    body: aUser('bob', { email: '', roles: ['Admin', 'Nonsense'] }),
    status: 200,
    type: page,
    answer:
      /^\{"name": "bob", "email": "", "password": "\*{8}", "created_at": "22\/11\/2026 12:39", "_id": \{"\$oid": "[0-9a-f]{24}"\}, "roles": \["Admin"\]\}$/,
  },
  {
    name: 'a name that is taken',
    as: 'admin',
    path: register,
    body: aUser('ada'),
    status: 409,
    answer: error(409, 'Conflict', 'Another user has the name ada.'),
  },
  {
    name: 'an empty name',
    as: 'admin',
    path: register,
    body: aUser(''),
    status: 400,
    answer: /"code":400,"message":"A name has letters/,
  },
  {
    name: 'an empty password',
    as: 'admin',
    path: register,
    body: aUser('eve', { password: '' }),
    status: 400,
    answer: error(400, 'Bad Request', 'A password has 1 to 256 characters.'),
  },
  {
    name: 'a key missing',
    as: 'admin',
    path: register,
    body: aUser('eve', { email: undefined }),
    status: 400,
    answer: error(400, 'Bad Request', 'email must be a text.'),
  },
  {
    name: 'roles that are no list',
    as: 'admin',
    path: register,
    body: aUser('eve', { roles: 'Admin' }),
    status: 400,
    answer: error(400, 'Bad Request', 'roles must be a list.'),
  },
  {
    name: 'malformed, also without a token',
    path: register,
    body: '{',
    status: 400,
    answer: unsound,
  },
  { name: 'no token', path: register, body: aUser('eve'), status: 401, answer: noToken },
  {
    name: 'not an administrator',
    as: 'ada',
    path: register,
    body: aUser('eve'),
    status: 403,
    answer: forbidden,
  },
].map((row) => ({ method: 'POST', ...row }));

describe('POST /api/auth/register', () => {
  it.each(registrations)('$name', (row) => checkRow(site, row, known));
});
