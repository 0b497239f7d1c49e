/**
 * OpenID Connect, as a client: authorization code flow with PKCE, state and nonce. What has to be remembered until the browser comes
 * back travels with it, sealed, so that any manager can go on.
 */
import { hkdfSync } from 'node:crypto';
import * as openid from 'openid-client';
import type {
  BegunSignIn,
  ForeignIdentity,
  IdentityProvider,
  ProviderAnswer,
} from '../domain/access/foreign-sign-in.js';
import { DomainError } from '../domain/errors.js';
import { sealJson, unsealJson } from '../sealing.js';

export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a client that cannot keep one. */
  readonly clientSecret?: string | undefined;
  /** Where the provider sends the browser back to. */
  readonly redirectUrl: string;
  /** With spaces between them. */
  readonly scope: string;
  readonly nameClaim: string;
  readonly groupsClaim: string;
  readonly organizationClaim?: string | undefined;
}

interface Flow {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly expiresAt: number;
}

const flowMs = 10 * 60_000;
const timeoutSeconds = 10;

const refused = (detail: string, cause?: unknown): DomainError =>
  new DomainError('sign-in-refused', detail, cause === undefined ? {} : { cause });

/** The provider has spoken against it, or what it says does not hold; anything else may pass. */
const isRefusal = (error: unknown): boolean =>
  error instanceof openid.AuthorizationResponseError ||
  error instanceof openid.ResponseBodyError ||
  (error instanceof openid.ClientError &&
    error.code !== 'OAUTH_TIMEOUT' &&
    error.code !== 'OAUTH_ABORT');

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((each) => textOf(each) ?? []);

export function createOpenId(
  settings: OpenIdSettings,
  secret: string,
  now: () => number,
): IdentityProvider {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'system-manager openid flows', 32));
  const issuer = new URL(settings.issuer);
  let discovered: Promise<openid.Configuration> | undefined;

  const discover = async (): Promise<openid.Configuration> => {
    const { clientId, clientSecret } = settings;
    const proof =
      clientSecret === undefined ? openid.None() : openid.ClientSecretBasic(clientSecret);
    const configuration = await openid.discovery(issuer, clientId, undefined, proof, {
      timeout: timeoutSeconds,
      execute: [
        openid.enableNonRepudiationChecks,
        ...(issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : []),
      ],
    });
    return configuration;
  };

  /** Asked once, and again after it has failed. */
  const provider = async (): Promise<openid.Configuration> => {
    discovered ??= discover();
    try {
      return await discovered;
    } catch (error) {
      discovered = undefined;
      throw new DomainError('unavailable', 'The identity provider cannot be asked; try again.', {
        cause: error,
      });
    }
  };

  /** @throws DomainError `sign-in-refused` */
  const open = (sealed: string): Flow => {
    const again = 'The sign-in took too long, or was begun elsewhere; begin anew.';
    let flow: Flow;
    try {
      flow = unsealJson(sealed, key) as Flow;
    } catch (error) {
      throw refused(again, error);
    }
    if (flow.expiresAt <= now()) throw refused(again);
    return flow;
  };

  const identityOf = (claims: openid.IDToken): ForeignIdentity => {
    const name = textOf(claims[settings.nameClaim]);
    if (name === undefined)
      throw refused(`The identity provider does not say ${settings.nameClaim}.`);
    const { organizationClaim } = settings;
    return {
      issuer: claims.iss,
      subject: claims.sub,
      name,
      displayName: textOf(claims['name'])?.slice(0, 200),
      groups: textsOf(claims[settings.groupsClaim]),
      organization: organizationClaim === undefined ? undefined : textOf(claims[organizationClaim]),
    };
  };

  return {
    async begin(): Promise<BegunSignIn> {
      const configuration = await provider();
      const verifier = openid.randomPKCECodeVerifier();
      const flow: Flow = {
        verifier,
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        expiresAt: now() + flowMs,
      };
      const url = openid.buildAuthorizationUrl(configuration, {
        redirect_uri: settings.redirectUrl,
        scope: settings.scope,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: flow.state,
        nonce: flow.nonce,
      });
      return { authorizationUrl: url.href, flow: sealJson(flow, key), expiresAt: flow.expiresAt };
    },

    async complete({ flow: sealed, code, state, issuer: iss }: ProviderAnswer) {
      const flow = open(sealed);
      const configuration = await provider();
      const back = new URL(settings.redirectUrl);
      back.searchParams.set('code', code);
      back.searchParams.set('state', state);
      if (iss !== undefined) back.searchParams.set('iss', iss);
      try {
        const tokens = await openid.authorizationCodeGrant(configuration, back, {
          pkceCodeVerifier: flow.verifier,
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) throw refused('The identity provider says nothing of you.');
        return identityOf(claims);
      } catch (error) {
        if (error instanceof DomainError) throw error;
        if (isRefusal(error))
          throw refused('What the identity provider says does not hold.', error);
        throw new DomainError('unavailable', 'The identity provider cannot be asked; try again.', {
          cause: error,
        });
      }
    },
  };
}
