/**
 * The keys that sign access tokens. They are shared by all managers through the store, where the private half lies sealed under the
 * administrator token: who reads the store, or a backup of it, cannot sign.
 */
import { hkdfSync } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { SigningKeyStore } from '../domain/access/ports.js';
import { sealJson, unsealJson } from '../sealing.js';

const dayMs = 24 * 3_600_000;
/** How long a key signs, and how long its tokens may still be around after that. */
const signsMs = 30 * dayMs;
const readMs = dayMs;
/** How long the published keys are not looked up again: tokens with made-up key ids must not become reads. */
const publishedForMs = 5_000;

/** A pair that signs. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey | Uint8Array;
}

export interface SigningKeys {
  /** The key to sign with; a new one is made when the last is old, or was sealed under another token. */
  current(): Promise<SigningKey>;
  /** Public keys whose tokens may still be around. */
  published(): Promise<readonly JWK[]>;
}

const sealingKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'system-manager signing keys', 32));

/** @returns nothing when it was sealed under another secret */
function unsealed(text: string, key: Buffer): JWK | undefined {
  try {
    return unsealJson(text, key) as JWK;
  } catch {
    // Sealed under another token: this key signs no more, its tokens are still read.
    return undefined;
  }
}

/** @param secret - what private keys are sealed under: the administrator token, the same for all managers of one store */
export function createSigningKeys(
  store: SigningKeyStore,
  secret: string,
  options: { readonly now: () => number; readonly newId: () => string },
): SigningKeys {
  const key = sealingKey(secret);
  let signing: { readonly key: SigningKey; readonly until: number } | undefined;
  /** Requests that come together share one look. */
  let looking: Promise<SigningKey> | undefined;
  let published: { readonly keys: readonly JWK[]; readonly until: number } | undefined;

  const make = async (): Promise<{ key: SigningKey; createdAt: number }> => {
    const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const kid = options.newId();
    const createdAt = options.now();
    await store.insert({
      kid,
      publicJwk: { ...(await exportJWK(pair.publicKey)), kid, alg: 'EdDSA', use: 'sig' },
      sealedPrivateJwk: sealJson(await exportJWK(pair.privateKey), key),
      createdAt,
      expiresAt: createdAt + signsMs + readMs,
    });
    published = undefined;
    return { key: { kid, privateKey: pair.privateKey }, createdAt };
  };

  const newest = async (): Promise<{ key: SigningKey; createdAt: number } | undefined> => {
    for (const stored of await store.all()) {
      if (stored.createdAt + signsMs <= options.now()) return undefined;
      const jwk = unsealed(stored.sealedPrivateJwk, key);
      if (jwk)
        return {
          key: { kid: stored.kid, privateKey: await importJWK(jwk, 'EdDSA') },
          createdAt: stored.createdAt,
        };
    }
    return undefined;
  };

  const look = async (): Promise<SigningKey> => {
    const found = (await newest()) ?? (await make());
    signing = { key: found.key, until: found.createdAt + signsMs };
    return found.key;
  };

  return {
    async current() {
      if (signing && signing.until > options.now()) return signing.key;
      looking ??= look().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    async published() {
      const now = options.now();
      if (published && published.until > now) return published.keys;
      const good = (await store.all()).filter(({ expiresAt }) => expiresAt > now);
      const keys = good.map(({ publicJwk }) => publicJwk as JWK);
      published = { keys, until: now + publishedForMs };
      return keys;
    },
  };
}
