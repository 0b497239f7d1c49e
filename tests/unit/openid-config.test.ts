import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { openIdOf } from '../../src/openid-config.js';

const complete = {
  SM_OIDC_ISSUER: 'https://login.example.org/realms/one',
  SM_OIDC_CLIENT_ID: 'system-manager',
  SM_OIDC_REDIRECT_URL: 'https://manager.example.org/ui',
  SM_OIDC_ROLES: 'platform=admin, developers=applicationProvider',
};

describe('the settings of an identity provider', () => {
  it('say who may do what', () => {
    expect(openIdOf(readConfig(complete))).toEqual({
      issuer: 'https://login.example.org/realms/one',
      clientId: 'system-manager',
      clientSecret: undefined,
      redirectUrl: 'https://manager.example.org/ui',
      scope: 'openid profile',
      nameClaim: 'preferred_username',
      groupsClaim: 'groups',
      organizationClaim: undefined,
      roles: new Map([
        ['platform', 'admin'],
        ['developers', 'applicationProvider'],
      ]),
      otherwise: undefined,
    });
    expect(openIdOf(readConfig({}))).toBeUndefined();
  });

  it.each([
    ['without a client', { SM_OIDC_CLIENT_ID: '' }, 'SM_OIDC_CLIENT_ID: goes with'],
    ['with a role that is none', { SM_OIDC_ROLES: 'x=king' }, '"x=king" is not GROUP=ROLE'],
    ['with half a pair', { SM_OIDC_ROLES: 'admin' }, '"=admin" is not GROUP=ROLE'],
    ['with another role that is none', { SM_OIDC_DEFAULT_ROLE: 'king' }, 'SM_OIDC_DEFAULT_ROLE'],
    ['that allow nothing to anybody', { SM_OIDC_ROLES: '' }, 'nobody could sign in'],
    ['over the network without TLS', { SM_OIDC_ISSUER: 'http://login.example.org' }, 'https://'],
  ])('are refused %s', (_, changed, fault) => {
    expect(() => readConfig({ ...complete, ...changed })).toThrow(fault);
  });
});
