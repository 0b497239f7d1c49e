/** Access tokens of people: signed with EdDSA, so that others can check them with the published keys alone. */
import { errors, importJWK, jwtVerify, SignJWT, type CryptoKey } from 'jose';
import type { AccessTokens } from '../domain/access/ports.js';
import { permissionsOf } from '../domain/access/permissions.js';
import type { SigningKeys } from './signing-keys.js';

const algorithm = 'EdDSA';
const tokenName = 'system-manager';
/** How long a token is good, in seconds. Whether its session still is, is asked with every request. */
const lifetimeSeconds = 900;

/** Tokens signed with the present key; those of keys that were replaced a short while ago are still read. */
export function createAccessTokens(keys: SigningKeys, now: () => number): AccessTokens {
  const imported = new Map<string, Promise<CryptoKey | Uint8Array>>();
  const publicKey = async (kid: string): Promise<CryptoKey | Uint8Array> => {
    const known = imported.get(kid);
    if (known) return known;
    const jwk = (await keys.published()).find((each) => each.kid === kid);
    if (jwk === undefined) throw new errors.JWKSNoMatchingKey();
    const key = importJWK(jwk, algorithm);
    imported.set(kid, key);
    return key;
  };
  return {
    async issue({ id, userId, userName, roles }) {
      const { kid, privateKey } = await keys.current();
      const issuedAt = Math.floor(now() / 1000);
      const token = await new SignJWT({
        sid: id,
        name: userName,
        roles: [...roles],
        scope: permissionsOf(roles).join(' '),
      })
        .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
        .setIssuer(tokenName)
        .setAudience(tokenName)
        .setSubject(userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .sign(privateKey);
      return { token, expiresAt: (issuedAt + lifetimeSeconds) * 1000 };
    },
    async read(token) {
      try {
        const { payload } = await jwtVerify(token, ({ kid }) => publicKey(kid ?? ''), {
          algorithms: [algorithm],
          issuer: tokenName,
          audience: tokenName,
          currentDate: new Date(now()),
        });
        return typeof payload['sid'] === 'string' ? payload['sid'] : undefined;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}
