/** Signing in, tokens and keys: section 2 and `/api/auth` of section 1.3, row by row. */
import { createPublicKey, createSign, generateKeyPairSync, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { adminToken } from '../../support/app.js';
import { FakeClock } from '../../support/clock.js';
import { checkRow, error, forbidden, noToken, noTokenThere, unsound, type Row } from './golden.js';
import { OakSite } from './oak-site.js';
import { askRaw } from './raw-http.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const root = '000000000000000000000001';
const login = '/api/auth/login';
const refresh = '/api/auth/refresh';
const clock = new FakeClock();

let site: OakSite;
let known: Record<string, string>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that nobody here has signed. */
function forge(claims: object, header: object = { alg: 'RS256', typ: 'JWT' }): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${createSign('sha256').update(text).sign(privateKey, 'base64url')}`;
}

beforeAll(async () => {
  site = await OakSite.open({ now: clock.now });
  const past = await site.login();
  clock.advance(601_000);
  const { token, refresh_token: refreshToken } = await site.login();
  known = {
    admin: token,
    refresh: refreshToken,
    expired: past.token,
    forged: forge({ type: 'access', sub: 'Admin', roles: ['Admin'], organization: root, exp: 9e9 }),
    unsigned: `${encode({ alg: 'none' })}.${encode({ sub: 'Admin', exp: 9e9 })}.`,
    two: 'a.b',
    padding: 'a.b.c',
  };
  await site.as(token, {
    method: 'POST',
    path: '/api/auth/register',
    body: { name: 'ada', password: 'secret of hers', email: '', created_at: '', roles: [] },
  });
  known['ada'] = (await site.login('ada', 'secret of hers')).token;
});

afterAll(() => site.close());

const bearer = (value: string) => ({ authorization: value });
const tokens = /^\{"refresh_token":"[\w-]+\.[\w-]+\.[\w-]+","token":"[\w-]+\.[\w-]+\.[\w-]+"\}\n$/;
const wrong = 'The name or the password is wrong.';

const logins: readonly Row[] = [
  {
    name: 'good',
    path: login,
    body: { username: 'Admin', password: adminToken },
    status: 200,
    answer: tokens,
  },
  {
    name: 'good, in small letters, for the organization root',
    path: login,
    body: { username: 'admin', password: adminToken, organization_name: 'root' },
    status: 200,
    answer: tokens,
  },
  {
    name: 'good, with a field that is ignored',
    path: login,
    body: { username: 'Admin', password: adminToken, organization: 'nothing' },
    status: 200,
    answer: tokens,
  },
  {
    name: 'a wrong password',
    path: login,
    body: { username: 'Admin', password: 'wrong' },
    status: 401,
    answer: error(401, 'Unauthorized', wrong),
  },
  {
    name: 'an empty password',
    path: login,
    body: { username: 'Admin', password: '' },
    status: 401,
    answer: error(401, 'Unauthorized', wrong),
  },
  {
    name: 'an unknown name',
    path: login,
    body: { username: 'nobody', password: 'wrong' },
    status: 401,
    answer: error(401, 'Unauthorized', wrong),
  },
  {
    name: 'the password that everybody knows',
    path: login,
    body: { username: 'Admin', password: 'Admin' },
    status: 401,
    answer: error(401, 'Unauthorized', wrong),
  },
  {
    name: 'an unknown organization',
    path: login,
    body: { username: 'Admin', password: adminToken, organization_name: 'nothing' },
    status: 404,
    answer: error(404, 'Not Found', 'There is no organization of this name.'),
  },
  {
    name: 'no JSON',
    path: login,
    status: 403,
    answer: error(403, 'Forbidden', 'A JSON object is needed.'),
  },
  { name: 'malformed JSON', path: login, body: '{', status: 400, answer: unsound },
  {
    name: 'a key missing',
    path: login,
    body: { username: 'Admin' },
    status: 400,
    answer: error(400, 'Bad Request', 'password must be a text.'),
  },
].map((row) => ({ method: 'POST', ...row }));

const refreshes: readonly Row[] = [
  {
    name: 'good',
    path: refresh,
    as: 'refresh',
    status: 200,
    answer: /^\{"token":"[\w-]+\.[\w-]+\.[\w-]+"\}\n$/,
  },
  {
    name: 'good, with a body that nobody reads',
    path: refresh,
    as: 'refresh',
    body: '{',
    status: 200,
    answer: /^\{"token":"/,
  },
  {
    name: 'an access token',
    path: refresh,
    as: 'admin',
    status: 422,
    answer: '{"msg":"Only refresh tokens are allowed"}\n',
  },
  { name: 'no token', path: refresh, status: 401, answer: noToken },
].map((row) => ({ method: 'POST', ...row }));

const list = '/api/applications/';
const one = '/api/services/';
const expected = "Expected 'Authorization: Bearer <JWT>'";

const jwtRefusals: readonly Row[] = [
  { name: 'no header', path: list, status: 401, answer: noToken },
  {
    name: 'another scheme',
    path: list,
    headers: bearer('Basic abc'),
    status: 401,
    answer: `{"msg":"Missing 'Bearer' type in 'Authorization' header. ${expected}"}\n`,
  },
  {
    name: 'no token after the scheme',
    path: list,
    headers: bearer('Bearer'),
    status: 422,
    answer: `{"msg":"Bad Authorization header. ${expected}"}\n`,
  },
  {
    name: 'more than a token',
    path: list,
    headers: bearer('Bearer a b'),
    status: 422,
    answer: `{"msg":"Bad Authorization header. ${expected}"}\n`,
  },
  {
    name: 'two segments',
    path: list,
    as: 'two',
    status: 422,
    answer: '{"msg":"Not enough segments"}\n',
  },
  {
    name: 'no base64',
    path: list,
    as: 'padding',
    status: 422,
    answer: '{"msg":"Invalid header padding"}\n',
  },
  {
    name: 'a signature of somebody else',
    path: list,
    as: 'forged',
    status: 422,
    answer: '{"msg":"Signature verification failed"}\n',
  },
  {
    name: 'no signature',
    path: list,
    as: 'unsigned',
    status: 422,
    answer: '{"msg":"The specified alg value is not allowed"}\n',
  },
  {
    name: 'expired',
    path: list,
    as: 'expired',
    status: 401,
    answer: '{"msg":"Token has expired"}\n',
  },
  {
    name: 'a refresh token',
    path: list,
    as: 'refresh',
    status: 422,
    answer: '{"msg":"Only non-refresh tokens are allowed"}\n',
  },
  { name: 'not an administrator', path: list, as: 'ada', status: 403, answer: forbidden },
];

const authRefusals: readonly Row[] = [
  { name: 'no header', path: one, status: 401, answer: noTokenThere },
  {
    name: 'another scheme',
    path: one,
    headers: bearer('Basic abc'),
    status: 401,
    answer: noTokenThere,
  },
  { name: 'malformed', path: one, as: 'two', status: 401, answer: noTokenThere },
  { name: 'expired', path: one, as: 'expired', status: 401, answer: noTokenThere },
  { name: 'a refresh token', path: one, as: 'refresh', status: 401, answer: noTokenThere },
  { name: 'not an administrator', path: one, as: 'ada', status: 403, answer: forbidden },
];

describe('POST /api/auth/login', () => {
  it.each(logins)('$name', (row) => checkRow(site, row, known));
});

describe('POST /api/auth/refresh', () => {
  it.each(refreshes)('$name', (row) => checkRow(site, row, known));
});

describe('endpoints of the kind J refuse', () => {
  it.each(jwtRefusals)('$name', (row) => checkRow(site, row, known));
});

describe('endpoints of the kind A refuse', () => {
  it.each(authRefusals)('$name', (row) => checkRow(site, row, known));
});

describe('tokens', () => {
  const claimsOf = (token: string): Record<string, unknown> =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;

  it('say what the originals say, in that order', async () => {
    const { token, refresh_token: refreshToken } = await site.login();
    const [header = ''] = token.split('.');
    expect(Buffer.from(header, 'base64url').toString()).toBe('{"alg":"RS256","typ":"JWT"}');
    const now = Math.floor(clock.now() / 1000);
    const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
    const common = { fresh: false, iat: now, nbf: now, jti: uuid, csrf: uuid };
    const who = { sub: 'Admin', user: 'Admin', roles: ['Admin'], organization: root };
    expect(claimsOf(token)).toEqual({ ...common, ...who, type: 'access', exp: now + 600 });
    const month = 30 * 24 * 3_600;
    expect(claimsOf(refreshToken)).toEqual({
      ...common,
      ...who,
      type: 'refresh',
      exp: now + month,
    });
    expect(Object.keys(claimsOf(token))).toEqual(
      'fresh iat jti type sub nbf csrf exp user roles organization'.split(' '),
    );
  });

  it('are checked by others with the key that is served', async () => {
    const { status, headers, body } = await askRaw(site.keys, { path: '/key' });
    expect([status, headers['content-type']]).toEqual([200, 'application/json']);
    expect(body).toMatch(
      /^\{"public_key":"-----BEGIN PUBLIC KEY-----\\n.*-----END PUBLIC KEY-----\\n"\}\n$/,
    );
    const key = createPublicKey((JSON.parse(body) as { public_key: string }).public_key);
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);
    const [header, payload, signature = ''] = (await site.login()).token.split('.');
    const signed = Buffer.from(`${header}.${payload}`);
    expect(verify('sha256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('are not made for whoever asks', async () => {
    expect(await askRaw(site.keys, { path: '/health' })).toMatchObject({
      status: 200,
      body: 'Working!',
    });
    for (const path of ['/create', '/refresh']) {
      const answer = await askRaw(site.keys, { method: 'POST', path, body: { identity: 'Admin' } });
      expect(answer.status).toBe(404);
    }
  });

  it('lose a role with whoever has lost it', async () => {
    const lists = (token: string) => site.as(token, { path: list });
    const path = '/api/user/ada';
    const roles = (given: string[]) =>
      site.as(undefined, { method: 'PUT', path, body: { roles: given } });
    await roles(['Admin']);
    const { token } = await site.login('ada', 'secret of hers');
    expect((await lists(token)).status).toBe(200);
    await roles([]);
    expect((await lists(token)).status).toBe(403);
    await roles(['Admin']);
    expect((await lists(known['ada'] ?? '')).status).toBe(403);
  });

  it('are worth nothing when their user is gone', async () => {
    const { token, refresh_token: refreshToken } = await site.login('ada', 'secret of hers');
    await site.as(undefined, { method: 'DELETE', path: '/api/user/ada' });
    const gone = '{"msg":"The user of this token is gone."}\n';
    expect(await site.as(token, { path: list })).toMatchObject({ status: 401, body: gone });
    expect(await site.as(token, { path: one })).toMatchObject({ status: 401, body: noTokenThere });
    expect(await site.as(refreshToken, { method: 'POST', path: refresh })).toMatchObject({
      status: 404,
      body: error(404, 'Not Found', 'The user of this token is gone.'),
    });
  });
});
