/**
 * Tokens as the peers know them: RS256, with claims that say who somebody is, what they are, and for which organization they act.
 * They are made and checked here; others check them with the public key.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  hkdfSync,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { SigningKeyStore } from '../../domain/access/ports.js';
import { sealJson, unsealJson } from '../../sealing.js';

const accessSeconds = 600;
const refreshSeconds = 30 * 24 * 3_600;
const modulusLength = 2048;
const digest = 'sha256';
const centuryMs = 100 * 365 * 24 * 3_600_000;

const generate = promisify(generateKeyPair);
const signAsync = promisify(sign);

export type TokenType = 'access' | 'refresh';

/** What a token says. */
export interface Claims {
  readonly type: TokenType;
  readonly user: string;
  readonly roles: readonly string[];
  readonly organization: string;
}

/** Why a token is not taken. */
export type Fault =
  | 'Not enough segments'
  | 'Invalid header padding'
  | 'Invalid payload padding'
  | 'Invalid crypto padding'
  | 'Invalid header string'
  | 'Invalid payload string'
  | 'The specified alg value is not allowed'
  | 'Signature verification failed'
  | 'Token has expired'
  | 'The token is not yet valid (nbf)'
  | 'Invalid claims';

export interface Tokens {
  /** In PEM (SPKI). */
  readonly publicKey: string;
  issue(claims: Claims): Promise<string>;
  read(token: string): Claims | Fault;
}

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const sealingKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'system-manager oakestra keys', 32));

const pairOf = (jwk: JsonWebKey): KeyPair => {
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
};

async function makePair(): Promise<{ publicJwk: JsonWebKey; privateJwk: JsonWebKey }> {
  const made = await generate('rsa', { modulusLength });
  return {
    publicJwk: made.publicKey.export({ format: 'jwk' }),
    privateJwk: made.privateKey.export({ format: 'jwk' }),
  };
}

/**
 * The pair of this installation: made once, and sealed under the secret, so that all managers of one store have the same.
 *
 * @throws Error - it can neither be read nor made
 */
async function keepPair(
  store: SigningKeyStore,
  secret: string,
  now: () => number,
): Promise<KeyPair> {
  const key = sealingKey(secret);
  // Under another secret there is another pair: the old one cannot be opened any more.
  const kid = `oakestra-${createHash(digest).update(key).digest('hex').slice(0, 16)}`;
  const find = async (): Promise<KeyPair | undefined> => {
    const kept = (await store.all()).find((each) => each.kid === kid);
    return kept && pairOf(unsealJson(kept.sealedPrivateJwk, key) as JsonWebKey);
  };
  const known = await find();
  if (known) return known;
  const { publicJwk, privateJwk } = await makePair();
  const createdAt = now();
  try {
    await store.insert({
      kid,
      publicJwk: { ...publicJwk },
      sealedPrivateJwk: sealJson(privateJwk, key),
      createdAt,
      expiresAt: createdAt + centuryMs,
    });
  } catch (error) {
    // Another manager may have been faster.
    const theirs = await find();
    if (theirs) return theirs;
    throw error;
  }
  return pairOf(privateJwk);
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @returns nothing when the text is not base64 */
const decode = (segment: string): Buffer | undefined =>
  segment.replace(/=+$/, '').length % 4 === 1 ? undefined : Buffer.from(segment, 'base64url');

const parse = (bytes: Buffer): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value = JSON.parse(bytes.toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    // Not JSON: told to whoever has sent it.
    return undefined;
  }
};

function readClaims(payload: Readonly<Record<string, unknown>>): Claims | Fault {
  const { type = 'access', sub, roles, organization } = payload;
  const sound =
    (type === 'access' || type === 'refresh') &&
    typeof sub === 'string' &&
    typeof organization === 'string' &&
    Array.isArray(roles);
  return sound ? { type, user: sub, roles: roles.map(String), organization } : 'Invalid claims';
}

function timeFault(payload: Readonly<Record<string, unknown>>, seconds: number): Fault | undefined {
  const { exp, nbf } = payload;
  if (typeof exp !== 'number') return 'Invalid claims';
  if (exp <= seconds) return 'Token has expired';
  return typeof nbf === 'number' && nbf > seconds ? 'The token is not yet valid (nbf)' : undefined;
}

const read = (token: string, publicKey: KeyObject, seconds: number): Claims | Fault => {
  const [header = '', payload, signature, ...rest] = token.split('.');
  if (payload === undefined || signature === undefined || rest.length > 0)
    return 'Not enough segments';
  const headerBytes = decode(header);
  if (headerBytes === undefined) return 'Invalid header padding';
  const head = parse(headerBytes);
  if (head === undefined) return 'Invalid header string';
  const payloadBytes = decode(payload);
  if (payloadBytes === undefined) return 'Invalid payload padding';
  const signatureBytes = decode(signature);
  if (signatureBytes === undefined) return 'Invalid crypto padding';
  if (head['alg'] !== 'RS256') return 'The specified alg value is not allowed';
  if (!verify(digest, Buffer.from(`${header}.${payload}`), publicKey, signatureBytes))
    return 'Signature verification failed';
  const said = parse(payloadBytes);
  if (said === undefined) return 'Invalid payload string';
  return timeFault(said, seconds) ?? readClaims(said);
};

/**
 * @param secret - what the private key is sealed under: the administrator token, the same for all managers of one store
 * @throws Error - the keys can neither be read nor made
 */
export async function openTokens(
  store: SigningKeyStore,
  secret: string,
  now: () => number,
): Promise<Tokens> {
  const { privateKey, publicKey } = await keepPair(store, secret, now);
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    async issue({ type, user, roles, organization }) {
      const iat = Math.floor(now() / 1000);
      const claims = {
        fresh: false,
        iat,
        jti: crypto.randomUUID(),
        type,
        sub: user,
        nbf: iat,
        csrf: crypto.randomUUID(),
        exp: iat + (type === 'access' ? accessSeconds : refreshSeconds),
        user,
        roles,
        organization,
      };
      const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
      const signature = await signAsync(digest, Buffer.from(signed), privateKey);
      return `${signed}.${signature.toString('base64url')}`;
    },
    read: (token) => read(token, publicKey, Math.floor(now() / 1000)),
  };
}
