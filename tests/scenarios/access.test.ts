/** People and programs over time: tokens that grow old, sessions that end, names that are locked (P9). */
import { decodeProtectedHeader, createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminToken, startTestManager } from '../support/app.js';
import { problemOf, type Call, type Schemas } from '../support/calls.js';
import { FakeClock } from '../support/clock.js';
import { World } from '../support/world.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const password = 'correct horse battery staple';

let clock: FakeClock;
let world: World;

beforeEach(async () => {
  clock = new FakeClock(Date.now());
  world = new World(await startTestManager({ now: clock.now }));
});

afterEach(() => world.manager.close());

const signIn = (name: string, given: string): Call => ({
  method: 'POST',
  path: '/api/v1/sessions',
  token: null,
  json: { name, password: given },
});

const refresh = (refreshToken: string): Call => ({
  method: 'POST',
  path: '/api/v1/sessions/refresh',
  token: null,
  json: { refreshToken },
});

const me = (token: string): Call => ({ path: '/api/v1/users/me', token });

async function ada(roles: readonly Schemas['Role'][] = ['viewer']): Promise<Schemas['SignedIn']> {
  await world.ask(201, {
    method: 'POST',
    path: '/api/v1/users',
    json: { name: 'ada', roles, password },
  });
  return world.ask(201, signIn('ada', password));
}

describe('an access token', () => {
  it('is good for 15 minutes', async () => {
    const { accessToken } = await ada();
    clock.advance(15 * minuteMs - 1_000);
    await world.ask(200, me(accessToken));
    clock.advance(1_000);
    await world.ask(401, me(accessToken));
  });

  it('can be checked by others with the published keys, and with no others', async () => {
    const { accessToken } = await ada(['applicationProvider']);
    const keys = await world.ask<JSONWebKeySet>(200, {
      path: '/.well-known/jwks.json',
      token: null,
    });
    const { payload } = await jwtVerify(accessToken, createLocalJWKSet(keys), {
      issuer: 'system-manager',
      currentDate: new Date(clock.now()),
    });
    expect(payload).toMatchObject({ name: 'ada', roles: ['applicationProvider'] });
    expect(decodeProtectedHeader(accessToken).alg).toBe('EdDSA');
  });

  it('is worth nothing with another signature, or none', async () => {
    const { accessToken } = await ada();
    const [header = '', payload = ''] = accessToken.split('.');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const forged of [`${header}.${payload}.AAAA`, `${unsigned}.${payload}.AAAA`])
      await world.ask(401, me(forged));
  });

  it('is signed with a new key after 30 days, and the old one is still published', async () => {
    const before = decodeProtectedHeader((await ada()).accessToken).kid;
    clock.advance(30 * dayMs);
    const { accessToken } = await world.ask<Schemas['SignedIn']>(201, signIn('ada', password));
    const after = decodeProtectedHeader(accessToken).kid;
    expect(after).not.toBe(before);
    const { keys } = await world.ask<Schemas['KeySet']>(200, {
      path: '/.well-known/jwks.json',
      token: null,
    });
    expect(keys.map(({ kid }) => kid)).toEqual([after, before]);
  });
});

describe('a refresh token', () => {
  it('carries a session over days, each token once', async () => {
    let { refreshToken } = await ada();
    for (let day = 1; day <= 80; day += 10) {
      clock.advance(10 * dayMs);
      const next = await world.ask<Schemas['SignedIn']>(200, refresh(refreshToken));
      await world.ask(200, me(next.accessToken));
      refreshToken = next.refreshToken;
    }
    clock.advance(11 * dayMs);
    // Ninety days after the sign-in it is over, however often it was refreshed.
    await world.ask(401, refresh(refreshToken));
  });

  it('may come again at once, because its answer may have been lost', async () => {
    const { refreshToken } = await ada();
    await world.ask(200, refresh(refreshToken));
    clock.advance(5_000);
    const next = await world.ask<Schemas['SignedIn']>(200, refresh(refreshToken));
    await world.ask(200, me(next.accessToken));
  });

  it('ends the session when it comes again later: somebody else has a copy', async () => {
    const { refreshToken } = await ada();
    const next = await world.ask<Schemas['SignedIn']>(200, refresh(refreshToken));
    clock.advance(minuteMs);
    await world.ask(401, refresh(refreshToken));
    await world.ask(401, refresh(next.refreshToken));
    await world.ask(401, me(next.accessToken));
  });

  it('gives both of two that come at once a session that goes on', async () => {
    const { refreshToken } = await ada();
    const both = await Promise.all([
      world.ask<Schemas['SignedIn']>(200, refresh(refreshToken)),
      world.ask<Schemas['SignedIn']>(200, refresh(refreshToken)),
    ]);
    for (const { accessToken } of both) await world.ask(200, me(accessToken));
  });

  it('of 14 days without use is too old', async () => {
    const { refreshToken } = await ada();
    clock.advance(14 * dayMs);
    await world.ask(401, refresh(refreshToken));
  });
});

describe('a change of a user', () => {
  const change = (id: string, json: object): Call => ({
    method: 'PATCH',
    path: `/api/v1/users/${id}`,
    json,
  });

  it('of the roles counts at once for open sessions, and revokes keys that allow too much', async () => {
    const { user, accessToken } = await ada(['applicationProvider']);
    const make = (permissions: string[]): Call => ({
      method: 'POST',
      path: '/api/v1/api-keys',
      token: accessToken,
      json: { name: 'key', permissions },
    });
    const reads = await world.ask<Schemas['ApiKeyCreated']>(201, make(['services:read']));
    const writes = await world.ask<Schemas['ApiKeyCreated']>(201, make(['services:write']));
    await world.ask(200, change(user.id, { roles: ['viewer'] }));
    const deploy = { method: 'POST', path: '/api/v1/services', json: world.descriptor() } as const;
    await world.ask(403, { ...deploy, token: accessToken });
    await world.ask(401, { ...deploy, token: writes.key });
    await world.ask(200, { path: '/api/v1/services', token: reads.key });
  });

  it('to disabled ends sessions and keys, and lets nobody in again until it is undone', async () => {
    const { user, accessToken, refreshToken } = await ada(['applicationProvider']);
    await world.ask(200, change(user.id, { disabled: true }));
    await world.ask(401, me(accessToken));
    await world.ask(401, refresh(refreshToken));
    await world.ask(401, signIn('ada', password));
    await world.ask(200, change(user.id, { disabled: false }));
    await world.ask(201, signIn('ada', password));
  });
});

describe('signing in', () => {
  it('is locked from the fifth failure on, for twice as long with each, and free again after a success', async () => {
    await ada();
    const fails = () => world.send(signIn('ada', 'a wrong password'));
    for (let failure = 1; failure <= 5; failure += 1) expect((await fails()).status).toBe(401);
    const locked = await fails();
    expect([locked.status, problemOf(locked).code]).toEqual([429, 'sign-in-locked']);
    expect(locked.headers['retry-after']).toBe('1');
    clock.advance(1_000);
    expect((await fails()).status).toBe(401);
    expect((await fails()).headers['retry-after']).toBe('2');
    clock.advance(2_000);
    await world.ask(201, signIn('ada', password));
    expect((await fails()).status).toBe(401);
  });

  it('survives a restart with what it had: users, sessions and keys lie in the store', async () => {
    const { accessToken } = await ada();
    const { manager } = world;
    expect(await manager.store.access.users.findByName('ada')).toMatchObject({ name: 'ada' });
    await world.ask(200, me(accessToken));
    const stored = await manager.store.access.signingKeys.all();
    // The private half is sealed: neither it nor the password can be read from the store.
    expect(JSON.stringify(stored)).not.toMatch(/"d":/);
  });

  it('as the first administrator works with the administrator token, never with a default', async () => {
    await world.ask(401, signIn('admin', 'admin'));
    const { accessToken } = await world.ask<Schemas['SignedIn']>(201, signIn('admin', adminToken));
    await world.ask(200, { path: '/api/v1/users', token: accessToken });
  });
});

describe('an API key', () => {
  it('is good until it expires', async () => {
    const { key } = await world.ask<Schemas['ApiKeyCreated']>(201, {
      method: 'POST',
      path: '/api/v1/api-keys',
      json: { name: 'for a day', permissions: ['services:read'], days: 1 },
    });
    await world.ask(200, { path: '/api/v1/services', token: key });
    clock.advance(dayMs);
    await world.ask(401, { path: '/api/v1/services', token: key });
  });
});
