/** Signing in with an identity provider (P9). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOrganization } from '../contract/context.js';
import { startTestManager, type TestManager } from '../support/app.js';
import { problemOf, type Answer, type Schemas } from '../support/calls.js';
import { FakeClock } from '../support/clock.js';
import { OpenIdProvider, openIdOptions, type Lies } from '../support/openid-provider.js';
import { World } from '../support/world.js';

const clock = new FakeClock(Date.now());
let provider: OpenIdProvider;
let world: World;

beforeAll(async () => {
  provider = await OpenIdProvider.start();
  world = new World(
    await startTestManager({
      now: clock.now,
      monotonic: () => 0,
      openid: openIdOptions(provider.issuer),
    }),
  );
});

afterAll(async () => {
  await world.manager.close();
  await provider.close();
});

const ada = (more: object = {}) => ({
  sub: 'ada-at-the-provider',
  preferred_username: 'Ada',
  name: 'Ada Lovelace',
  groups: ['developers', 'chess'],
  ...more,
});

beforeEach(() => {
  provider.claims = ada();
  provider.lies = {};
});

const begin = (at: World = world): Promise<Schemas['OpenIdFlow']> =>
  at.ask(200, { method: 'POST', path: '/api/v1/sessions/openid', token: null });

const complete = (json: object, at: World = world): Promise<Answer> =>
  at.send({ method: 'POST', path: '/api/v1/sessions/openid/callback', token: null, json });

/** The whole way, as a browser goes it. */
async function signIn(at: World = world): Promise<Answer> {
  const { authorizationUrl, flow } = await begin(at);
  return complete({ flow, ...(await provider.visit(authorizationUrl)) }, at);
}

async function signedIn(at: World = world): Promise<Schemas['SignedIn']> {
  const answer = await signIn(at);
  expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
  return JSON.parse(answer.text) as Schemas['SignedIn'];
}

const refusal = (answer: Answer): readonly unknown[] => [answer.status, problemOf(answer).code];

describe('somebody whom the provider knows', () => {
  it('gets the same tokens as with a password', async () => {
    const held = await signedIn();
    expect(held.user).toMatchObject({
      name: 'ada',
      displayName: 'Ada Lovelace',
      roles: ['applicationProvider'],
    });
    await world.ask(200, { path: '/api/v1/users/me', token: held.accessToken });
    const renewed = await world.ask<Schemas['SignedIn']>(200, {
      method: 'POST',
      path: '/api/v1/sessions/refresh',
      token: null,
      json: { refreshToken: held.refreshToken },
    });
    expect(renewed.user.id).toBe(held.user.id);
  });

  it('is the same user each time, under whatever name, with the roles of today', async () => {
    const first = await signedIn();
    const { key } = await world.ask<Schemas['ApiKeyCreated']>(201, {
      method: 'POST',
      path: '/api/v1/api-keys',
      token: first.accessToken,
      json: { name: 'pipeline', permissions: ['services:write'] },
    });
    provider.claims = ada({ preferred_username: 'countess', groups: ['platform'] });
    const promoted = await signedIn();
    expect(promoted.user).toMatchObject({ id: first.user.id, name: 'ada', roles: ['admin'] });
    provider.claims = ada({ groups: 'developers' });
    expect((await signedIn()).user.roles).toEqual(['applicationProvider']);
    // What was allowed before is over at once, in older sessions too.
    await world.ask(403, { path: '/metrics', token: promoted.accessToken });
    await world.ask(200, { path: '/api/v1/version', token: key });
  });

  it.each([
    ['whose groups mean nothing here', { sub: 'eve', preferred_username: 'eve', groups: [] }],
    ['who says no groups', { sub: 'eve', preferred_username: 'eve', groups: undefined }],
    ['without a name', { sub: 'eve', preferred_username: undefined }],
    ['whose name cannot be one', { sub: 'eve', preferred_username: 'eve <eve@example>' }],
    ['with the name of somebody else', { sub: 'eve', preferred_username: 'admin' }],
  ])('is refused %s', async (_, more) => {
    provider.claims = ada(more);
    expect(refusal(await signIn())).toEqual([401, 'sign-in-refused']);
  });

  it('is refused once switched off', async () => {
    provider.claims = ada({ sub: 'bob', preferred_username: 'bob' });
    const { user } = await signedIn();
    const path = `/api/v1/users/${user.id}`;
    await world.ask(200, { method: 'PATCH', path, json: { disabled: true } });
    expect(refusal(await signIn())).toEqual([401, 'sign-in-refused']);
  });

  it('cannot sign in with a password', async () => {
    await signedIn();
    const json = { name: 'ada', password: 'whatever it may be' };
    const answer = await world.send({
      method: 'POST',
      path: '/api/v1/sessions',
      token: null,
      json,
    });
    expect(refusal(answer)).toEqual([401, 'sign-in-refused']);
  });
});

describe('what comes back', () => {
  it('is good once', async () => {
    const { authorizationUrl, flow } = await begin();
    const back = await provider.visit(authorizationUrl);
    expect((await complete({ flow, ...back })).status).toBe(201);
    expect(refusal(await complete({ flow, ...back }))).toEqual([401, 'sign-in-refused']);
  });

  it('is good only for who went there', async () => {
    const [mine, theirs] = [await begin(), await begin()];
    const back = await provider.visit(theirs.authorizationUrl);
    for (const answer of [
      { flow: mine.flow, ...back },
      {
        flow: mine.flow,
        code: back.code,
        state: new URL(mine.authorizationUrl).searchParams.get('state'),
      },
      { flow: theirs.flow, code: back.code, state: 'another' },
      { flow: `${theirs.flow.slice(0, -4)}AAA=`, ...back },
    ])
      expect(refusal(await complete(answer))).toEqual([401, 'sign-in-refused']);
  });

  it('is too late after ten minutes', async () => {
    const { authorizationUrl, flow, expiresAt } = await begin();
    const back = await provider.visit(authorizationUrl);
    clock.advance(Date.parse(expiresAt) - clock.now());
    expect(refusal(await complete({ flow, ...back }))).toEqual([401, 'sign-in-refused']);
  });

  it.each<[string, Lies]>([
    ['for another request', { nonce: 'another' }],
    ['for another client', { audience: 'somebody-else' }],
    ['of another provider', { issuer: 'https://elsewhere.invalid' }],
    ['signed by somebody else', { forged: true }],
    ['that is over', { expired: true }],
  ])('is not believed when it is an identity %s', async (_, lies) => {
    provider.lies = lies;
    expect(refusal(await signIn())).toEqual([401, 'sign-in-refused']);
  });

  it('of nobody is refused', async () => {
    const { flow, authorizationUrl } = await begin();
    const { state } = await provider.visit(authorizationUrl);
    expect(refusal(await complete({ flow, code: 'made-up', state }))).toEqual([
      401,
      'sign-in-refused',
    ]);
  });
});

describe('the provider', () => {
  const withManager = async (
    options: Parameters<typeof startTestManager>[0],
    test: (at: World) => Promise<void>,
  ): Promise<void> => {
    const manager: TestManager = await startTestManager(options);
    try {
      await test(new World(manager));
    } finally {
      await manager.close();
    }
  };

  it('is not there where none is configured', () =>
    withManager({}, async (at) => {
      const path = '/api/v1/sessions/openid';
      const answer = await at.send({ method: 'POST', path, token: null });
      expect(refusal(answer)).toEqual([404, 'sign-in-not-offered']);
    }));

  it('may be away, and is asked again', async () => {
    const away = await OpenIdProvider.start();
    const { issuer } = away;
    await away.close();
    await withManager({ openid: openIdOptions(issuer) }, async (at) => {
      const answer = await at.send({
        method: 'POST',
        path: '/api/v1/sessions/openid',
        token: null,
      });
      expect(refusal(answer)).toEqual([503, 'unavailable']);
    });
  });

  it('says to which organization somebody belongs, where that is wished', () =>
    withManager({ openid: openIdOptions(provider.issuer, 'team') }, async (at) => {
      const acme = await createOrganization(at, 'acme');
      provider.claims = ada({ team: 'acme', groups: ['platform', 'developers'] });
      const { user } = await signedIn(at);
      // Nobody of an organization decides about the installation.
      expect(user).toMatchObject({ organizationId: acme.id, roles: ['applicationProvider'] });
      for (const team of [undefined, 'nobody-knows-it']) {
        provider.claims = ada({ sub: 'eve', preferred_username: 'eve', team });
        expect(refusal(await signIn(at))).toEqual([401, 'sign-in-refused']);
      }
    }));
});
