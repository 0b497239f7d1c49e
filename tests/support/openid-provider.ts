/** An identity provider of OpenID Connect on loopback, whose people are all signed in. It can be made to lie. */
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';

import type { OpenIdOptions } from '../../src/openid-config.js';

export const clientId = 'system-manager-test';
export const clientSecret = 'a secret between the two';
export const redirectUrl = 'http://127.0.0.1:1/signed-in';

/** How a manager is told of the provider. */
export const openIdOptions = (issuer: string, organizationClaim?: string): OpenIdOptions => ({
  ...{ issuer, clientId, clientSecret, redirectUrl, organizationClaim },
  scope: 'openid profile',
  nameClaim: 'preferred_username',
  groupsClaim: 'groups',
  roles: new Map([
    ['platform', 'admin'],
    ['developers', 'applicationProvider'],
  ]),
});

interface Asked {
  readonly challenge: string;
  readonly nonce: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What the provider can say that is not so. */
export interface Lies {
  readonly nonce?: string;
  readonly audience?: string;
  readonly issuer?: string;
  readonly forged?: boolean;
  readonly expired?: boolean;
}

export class OpenIdProvider {
  /** Who is signed in there. */
  claims: Readonly<Record<string, unknown>> = {};
  lies: Lies = {};
  readonly #server: Server;
  readonly #codes = new Map<string, Asked>();
  readonly #key: CryptoKey;
  readonly #forger: CryptoKey;
  readonly #jwk: JWK;

  private constructor(server: Server, key: CryptoKey, forger: CryptoKey, jwk: JWK) {
    this.#server = server;
    this.#key = key;
    this.#forger = forger;
    this.#jwk = jwk;
  }

  static async start(): Promise<OpenIdProvider> {
    const pair = await generateKeyPair('RS256', { extractable: true });
    const other = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
    const server = createServer();
    const provider = new OpenIdProvider(server, pair.privateKey, other.privateKey, jwk);
    server.on('request', (request, response) => {
      provider.#answer(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Goes there as a browser does. @returns what comes back in the address */
  async visit(authorizationUrl: string): Promise<{ code: string; state: string }> {
    const answer = await fetch(authorizationUrl, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    if (`${back.origin}${back.pathname}` !== redirectUrl) throw new Error(`sent to ${back.href}`);
    return {
      code: back.searchParams.get('code') ?? '',
      state: back.searchParams.get('state') ?? '',
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    const send = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        send(200, {
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/authorize`,
          token_endpoint: `${this.issuer}/token`,
          jwks_uri: `${this.issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          code_challenge_methods_supported: ['S256'],
        });
        return;
      case '/keys':
        send(200, { keys: [this.#jwk] });
        return;
      case '/authorize': {
        const { searchParams: asked } = url;
        const code = randomUUID();
        this.#codes.set(code, {
          challenge: asked.get('code_challenge') ?? '',
          nonce: asked.get('nonce') ?? '',
          claims: this.claims,
        });
        const back = new URL(asked.get('redirect_uri') ?? '');
        back.searchParams.set('code', code);
        back.searchParams.set('state', asked.get('state') ?? '');
        response.writeHead(302, { location: back.href }).end();
        return;
      }
      case '/token':
        await this.#exchange(request, send);
        return;
      default:
        response.writeHead(404).end();
    }
  }

  async #exchange(
    request: IncomingMessage,
    send: (status: number, body: object) => void,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const [id, secret] = Buffer.from(
      request.headers.authorization?.replace('Basic ', '') ?? '',
      'base64',
    )
      .toString('utf8')
      .split(':')
      .map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
    if (id !== clientId || secret !== clientSecret) {
      send(401, { error: 'invalid_client' });
      return;
    }
    const code = form.get('code') ?? '';
    const asked = this.#codes.get(code);
    this.#codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (asked?.challenge !== challenge || form.get('redirect_uri') !== redirectUrl) {
      send(400, { error: 'invalid_grant' });
      return;
    }
    const { lies } = this;
    const seconds = Math.floor(Date.now() / 1000);
    const idToken = await new SignJWT({ ...asked.claims, nonce: lies.nonce ?? asked.nonce })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(lies.issuer ?? this.issuer)
      .setAudience(lies.audience ?? clientId)
      .setIssuedAt(seconds - 7_200)
      .setExpirationTime(lies.expired === true ? seconds - 3_600 : seconds + 300)
      .sign(lies.forged === true ? this.#forger : this.#key);
    send(200, { access_token: 'unused', token_type: 'Bearer', id_token: idToken });
  }
}
