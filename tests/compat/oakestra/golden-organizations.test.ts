/** Organizations of section 1.3, row by row. */
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import {
  checkRow,
  error,
  forbidden,
  malformed,
  noToken,
  nobody,
  twice,
  type Known,
  type Row,
} from './golden.js';
import { openPeople } from './golden-world.js';
import type { OakSite } from './oak-site.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const root = '000000000000000000000001';

let site: OakSite;
let known: Known;

beforeAll(async () => {
  ({ site, known } = await openPeople());
});

afterAll(() => site.close());

const organizationOf = (id: (known: Known) => string | undefined) => (known: Known) =>
  `/api/organization/${id(known)}`;
const team = ({ team: id, adaId }: Known): string =>
  `{"name": "team", "member": [{"user_id": "${adaId}", "roles": ["Admin"]}], "_id": {"$oid": "${id}"}}`;
const rootDocument = ({ adaId, adminId }: Known): string =>
  `{"name": "root", "member": [{"user_id": "${adminId}", "roles": ["Admin"]}, {"user_id": "${adaId}", "roles": ["Application_Provider"]}], "_id": {"$oid": "${root}"}}`;
const updated = '{"message":"Organization is updated"}\n';
const stays = error(409, 'Conflict', 'The organization root stays, under its name.');

const organizations: readonly Row[] = [
  {
    name: 'GET: good',
    path: '/api/organization/',
    as: 'admin',
    status: 200,
    answer: (known) => twice(`[${rootDocument(known)}, ${team(known)}]`),
  },
  {
    name: 'GET: not an administrator',
    path: '/api/organization/',
    as: 'ada',
    status: 403,
    answer: forbidden,
  },
  { name: 'GET: no token', path: '/api/organization/', status: 401, answer: noToken },
  {
    name: 'GET one: there is none',
    path: organizationOf(({ team: id }) => id),
    as: 'admin',
    status: 405,
    answer: error(405, 'Method Not Allowed'),
  },
  {
    name: 'POST: good, an id in a string in a string',
    method: 'POST',
    path: '/api/organization/',
    as: 'admin',
    body: { name: 'newOrganization', member: [] },
    status: 200,
    answer: /^"\\"[0-9a-f]{24}\\""\n$/,
  },
  {
    name: 'POST: a name that is taken',
    method: 'POST',
    path: '/api/organization/',
    as: 'admin',
    body: { name: 'team', member: [] },
    status: 409,
    answer: /There is an organization named team already/,
  },
  {
    name: 'POST: malformed',
    method: 'POST',
    path: '/api/organization/',
    as: 'admin',
    body: '{',
    status: 400,
    answer: malformed,
  },
  {
    name: 'PUT: what is absent stays',
    method: 'PUT',
    path: organizationOf(({ team: id }) => id),
    as: 'admin',
    body: {},
    status: 200,
    answer: updated,
  },
  {
    name: 'PUT: so it has',
    path: '/api/organization/',
    as: 'hers',
    status: 200,
    answer: (known) => twice(`[${team(known)}]`),
  },
  {
    name: 'PUT: unknown',
    method: 'PUT',
    path: organizationOf(() => nobody),
    as: 'admin',
    body: { name: 'x', member: [] },
    status: 200,
    answer: updated,
  },
  {
    name: 'PUT: no id',
    method: 'PUT',
    path: organizationOf(() => 'xyz'),
    as: 'admin',
    body: {},
    status: 400,
    answer: error(400, 'Bad Request', 'The id of an organization has 24 hexadecimal digits.'),
  },
  {
    name: 'PUT: of others',
    method: 'PUT',
    path: `/api/organization/${root}`,
    as: 'hers',
    body: { member: [] },
    status: 403,
    answer: forbidden,
  },
  {
    name: 'PUT: members that are no list',
    method: 'PUT',
    path: organizationOf(({ team: id }) => id),
    as: 'admin',
    body: { member: 7 },
    status: 400,
    answer: error(400, 'Bad Request', 'member must be a list.'),
  },
  {
    name: 'PUT: root under another name',
    method: 'PUT',
    path: `/api/organization/${root}`,
    as: 'admin',
    body: { name: 'other' },
    status: 409,
    answer: stays,
  },
  {
    name: 'DELETE: root',
    method: 'DELETE',
    path: `/api/organization/${root}`,
    as: 'admin',
    status: 409,
    answer: stays,
  },
  {
    name: 'DELETE: no id',
    method: 'DELETE',
    path: organizationOf(() => 'xyz'),
    as: 'admin',
    status: 400,
    answer: error(400, 'Bad Request', 'The id of an organization has 24 hexadecimal digits.'),
  },
  {
    name: 'DELETE: unknown',
    method: 'DELETE',
    path: organizationOf(() => nobody),
    as: 'admin',
    status: 200,
    answer: '{"message":"Organization deleted"}\n',
  },
  {
    name: 'DELETE: good',
    method: 'DELETE',
    path: organizationOf(({ team: id }) => id),
    as: 'admin',
    status: 200,
    answer: '{"message":"Organization deleted"}\n',
  },
];

describe('organizations', () => {
  it.each(organizations)('$name', (row) => checkRow(site, row, known));
});
