/** What all endpoints for Oakestra have in common: routing, redirects, cross-origin requests, and the forms of failures. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OakSite } from './oak-site.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: OakSite;
let closed: OakSite;

beforeAll(async () => {
  site = await OakSite.open();
  closed = await OakSite.open({ oakestra: { clients: '10.0.0.0/8' } });
});

afterAll(async () => {
  await site.close();
  await closed.close();
});

const notFound = '{"code":404,"status":"Not Found"}\n';
const wrongMethod = '{"code":405,"status":"Method Not Allowed"}\n';

describe('routing', () => {
  it.each(['/', '/status', '/api/nothing', '/api/auth/login/', '/api/clusters/active/', '/%zz'])(
    'knows no %s',
    async (path) => {
      const { status, headers, body } = await site.raw({ path });
      expect([status, body]).toEqual([404, notFound]);
      expect(headers['content-type']).toBe('application/json');
      expect(headers['connection']).toBe('close');
    },
  );

  it.each([
    ['GET', '/api/auth/login'],
    ['DELETE', '/api/clusters'],
    ['POST', '/api/clusters'],
    ['PATCH', '/api/clusters/'],
  ])('refuses %s %s, and does not say what it takes', async (method, path) => {
    const { status, headers, body } = await site.raw({ method, path });
    expect([status, body]).toEqual([405, wrongMethod]);
    expect(headers['allow']).toBeUndefined();
  });

  it.each([
    ['GET', '/api/clusters', '/api/clusters/'],
    ['GET', '/api/clusters?a=1&b=2', '/api/clusters/?a=1&b=2'],
    ['OPTIONS', '/api/clusters', '/api/clusters/'],
    ['GET', '//api///clusters/', '/api/clusters/'],
  ])('sends %s %s to %s, with the method that it had', async (method, path, to) => {
    const { status, headers, body } = await site.raw({ method, path });
    expect(status).toBe(308);
    expect(headers['location']).toBe(`${site.oak}${to}`);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('<title>Redirecting...</title>');
  });

  it('answers HEAD where there is a GET, without a body', async () => {
    const { status, headers, body } = await site.raw({ method: 'HEAD', path: '/api/clusters/' });
    expect([status, body]).toEqual([200, '']);
    expect(headers['content-length']).toBe('2');
  });

  it('lists the methods of a known path for OPTIONS', async () => {
    const login = await site.raw({ method: 'OPTIONS', path: '/api/auth/login' });
    expect([login.status, login.body, login.headers['allow']]).toEqual([200, '', 'OPTIONS, POST']);
    const list = await site.raw({ method: 'OPTIONS', path: '/api/clusters/' });
    expect(list.headers['allow']).toBe('GET, HEAD, OPTIONS');
    expect((await site.raw({ method: 'OPTIONS', path: '/api/nothing' })).status).toBe(404);
  });
});

describe('cross-origin requests', () => {
  it('are open to every origin, on every answer', async () => {
    const headersOf = async (path: string, headers: Record<string, string> = {}) =>
      (await site.raw({ path, headers })).headers;
    expect((await headersOf('/api/clusters/'))['access-control-allow-origin']).toBe('*');
    const origin = { origin: 'http://dashboard.example' };
    for (const path of ['/api/clusters/', '/api/clusters', '/nothing'])
      expect(await headersOf(path, origin)).toMatchObject({
        'access-control-allow-origin': 'http://dashboard.example',
        vary: 'Origin',
      });
  });

  it('are told what they may send when they ask before', async () => {
    const { status, headers } = await site.raw({
      method: 'OPTIONS',
      path: '/api/auth/login',
      headers: {
        origin: 'http://dashboard.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'access-control-allow-methods': 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
      'access-control-allow-headers': 'authorization, content-type',
    });
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });
});

describe('endpoints without a token', () => {
  it.each(['/api/clusters/', '/api/clusters/active'])(
    '%s is closed to addresses outside of SM_COMPAT_CLIENTS',
    async (path) => {
      const { status, body } = await closed.raw({ path });
      expect(status).toBe(403);
      expect(JSON.parse(body)).toEqual({
        code: 403,
        status: 'Forbidden',
        message: 'This address may not use this endpoint.',
      });
      expect((await site.raw({ path })).status).toBe(200);
    },
  );

  it('lets users in from everywhere: they have a token', async () => {
    expect((await closed.login()).token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });
});

describe('bodies', () => {
  const login = (body: string, type = 'application/json') =>
    site.raw({
      method: 'POST',
      path: '/api/auth/login',
      body,
      headers: { 'content-type': type },
    });

  it('must be sound where they are looked at first', async () => {
    const malformed = await login('{"username":');
    expect([malformed.status, malformed.body]).toEqual([
      400,
      '{"code":400,"errors":{"json":["Invalid JSON body."]},"status":"Bad Request"}\n',
    ]);
    for (const body of ['[]', '"text"', '7', 'null']) {
      const answer = await login(body);
      expect([answer.status, answer.body]).toEqual([
        422,
        '{"code":422,"errors":{"json":{"_schema":["Invalid input type."]}},"status":"Unprocessable Entity"}\n',
      ]);
    }
  });

  it('are none when they are declared as something else', async () => {
    expect((await login('{}', 'text/plain')).status).toBe(403);
  });

  it('have bounds', async () => {
    const answer = await login(JSON.stringify({ username: 'x'.repeat(1_100_000) }));
    expect([answer.status, answer.body]).toEqual([
      413,
      '{"code":413,"status":"Request Entity Too Large"}\n',
    ]);
  });

  it('may not mean anything to a database', async () => {
    const answer = await login('{"username":{"$gt":""},"password":"x"}');
    expect(answer.status).toBe(400);
  });
});
