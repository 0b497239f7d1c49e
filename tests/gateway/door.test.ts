/** Who gets a socket, and who gets a problem instead. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminToken, enrolmentToken, schedulerToken } from '../support/app.js';
import { problemOf, type Answer } from '../support/calls.js';
import { Site } from '../support/site.js';
import { upgrade } from '../support/upgrade.js';

let site: Site;

beforeAll(async () => {
  site = await Site.start();
});

afterAll(() => site.close());

const refused = (answer: Answer): readonly unknown[] => {
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(site.manager.app.gateway.sessions).toBe(0);
  return [answer.status, problemOf(answer).code];
};

describe('an upgrade at /register', () => {
  it.each([
    ['without a token', null],
    ['with a token that nobody knows', 'nobody-knows-this-token'],
    ['with a forged credential', `smc_${'f'.repeat(24)}_${'A'.repeat(32)}`],
  ])('%s gets 401 and no socket', async (_, token) => {
    const answer = await upgrade(site.url, { path: '/register', token });
    expect(refused(answer)).toEqual([401, 'unauthenticated']);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('with another scheme than Bearer gets 401 and no socket', async () => {
    const headers = { authorization: `Basic ${enrolmentToken}` };
    const answer = await upgrade(site.url, { path: '/register', token: null, headers });
    expect(refused(answer)).toEqual([401, 'unauthenticated']);
  });

  it('with the scheduler token gets 403', async () => {
    const answer = await upgrade(site.url, { path: '/register', token: schedulerToken });
    expect(refused(answer)).toEqual([403, 'forbidden']);
  });

  it('with the administrator’s token gets 403: a cluster speaks only for itself (P9)', async () => {
    const answer = await upgrade(site.url, { path: '/register', token: adminToken });
    expect(refused(answer)).toEqual([403, 'forbidden']);
  });

  it.each([[[]], [['system-manager.v2']]])(
    'that offers the subprotocols %j gets 426',
    async (offered) => {
      const call = { path: '/register', token: enrolmentToken };
      expect(refused(await upgrade(site.url, call, offered))).toEqual([426, 'upgrade-required']);
    },
  );

  it('that offers several subprotocols gets ours', async () => {
    const call = { path: '/register', token: enrolmentToken };
    const answer = await upgrade(site.url, call, ['other.v9', 'system-manager.v1']);
    expect([answer.status, answer.headers['sec-websocket-protocol']]).toEqual([
      101,
      'system-manager.v1',
    ]);
  });
});

describe('an upgrade elsewhere', () => {
  it.each([
    ['with the scheduler token', schedulerToken, 101],
    ['with the token of the administrator', adminToken, 101],
    ['without a token', null, 401],
    ['with the enrolment token', enrolmentToken, 403],
  ])('at /schedule %s gets %3$s', async (_, token, status) => {
    expect((await upgrade(site.url, { path: '/schedule', token })).status).toBe(status);
  });

  it.each(['/', '/registers', '/api/v1/clusters'])('at %s gets 404', async (path) => {
    const answer = await upgrade(site.url, { path, token: enrolmentToken });
    expect(refused(answer)).toEqual([404, 'route-not-found']);
  });
});
