import {
  signInForeign,
  type ForeignRules,
  type IdentityProvider,
} from '../../domain/access/foreign-sign-in.js';
import type { AccessPorts } from '../../domain/access/ports.js';
import { DomainError } from '../../domain/errors.js';
import { toTimestamp } from '../../wire/values.js';
import type { Handlers } from '../contract.js';
import { toSignedIn } from './access.js';

/** The identity provider, and what it decides. */
export interface ForeignSignIn {
  readonly provider: IdentityProvider;
  readonly rules: ForeignRules;
}

/** @throws DomainError `sign-in-not-offered` */
function offered(foreign: ForeignSignIn | undefined): ForeignSignIn {
  if (foreign) return foreign;
  throw new DomainError('sign-in-not-offered', 'No identity provider is configured here.');
}

/** Signing in with an identity provider. */
export const openIdHandlers = (ports: AccessPorts, foreign: ForeignSignIn | undefined) =>
  ({
    beginOpenIdSignIn: async () => {
      const { expiresAt, ...begun } = await offered(foreign).provider.begin();
      return { status: 200, body: { ...begun, expiresAt: toTimestamp(expiresAt) } };
    },
    completeOpenIdSignIn: async ({ body }) => {
      const { provider, rules } = offered(foreign);
      const answer = { ...body, issuer: body.iss };
      return { status: 201, body: toSignedIn(await signInForeign(ports, provider, rules, answer)) };
    },
  }) satisfies Partial<Handlers>;
