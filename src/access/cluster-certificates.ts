/**
 * The authority that signs the client certificates of clusters. All managers share it through the store, where its key lies sealed
 * under the administrator token, like the keys that sign access tokens.
 */
import {
  createHash,
  createPublicKey,
  hkdfSync,
  webcrypto,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { AuthorityStore, StoredAuthority } from '../domain/access/ports.js';
import type { CertificateRequest, ShownCertificate } from '../domain/cluster/certificate.js';
import { DomainError } from '../domain/errors.js';
import { sealJson, unsealJson } from '../sealing.js';

const dayMs = 24 * 3_600_000;
const authorityMs = 3_650 * dayMs;
const certificateMs = 90 * dayMs;
/** Clocks of clusters may be behind. */
const backdatedMs = 3_600_000;

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signature = { name: 'ECDSA', hash: 'SHA-256' } as const;

export interface ClusterCertificates {
  /** The certificates of the authority, now and before, in PEM: what shown certificates are held against. */
  readonly trusted: readonly string[];
  /** @throws DomainError `invalid-frame` - no public key that is taken here */
  request(publicKey: string): CertificateRequest;
}

const sealingKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'system-manager cluster authority', 32));

const hashOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');

/** The certificate that a request came with. One that is expired, or not of our authority, is none. */
export function shownCertificate({ socket }: IncomingMessage): ShownCertificate | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const certificate = socket.getPeerX509Certificate();
  return (
    certificate && {
      keyHash: hashOf(certificate.publicKey),
      expiresAt: Date.parse(certificate.validTo),
    }
  );
}

interface Authority {
  readonly name: string;
  readonly certificate: string;
  readonly key: webcrypto.CryptoKey;
}

function unsealed({ sealedKey }: StoredAuthority, key: Buffer): webcrypto.JsonWebKey | undefined {
  try {
    return unsealJson(sealedKey, key) as webcrypto.JsonWebKey;
  } catch {
    // Sealed under another administrator token: it signs no more, its certificates stay good.
    return undefined;
  }
}

const period = (from: number, lengthMs: number) => ({
  notBefore: new Date(from - backdatedMs),
  notAfter: new Date(from + lengthMs),
});

async function makeAuthority(number: number, now: number, key: Buffer): Promise<StoredAuthority> {
  const keys = await webcrypto.subtle.generateKey(curve, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [`System Manager clusters ${number}`] }],
    ...period(now, authorityMs),
    keys,
    signingAlgorithm: signature,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return {
    number,
    certificate: certificate.toString('pem'),
    sealedKey: sealJson(await webcrypto.subtle.exportKey('jwk', keys.privateKey), key),
    expiresAt: now + authorityMs,
  };
}

/** Reads the authority, or makes one; of several managers that make one at the same time the first is everybody's. */
async function openAuthority(
  store: AuthorityStore,
  key: Buffer,
  now: number,
): Promise<{ readonly authority: Authority; readonly trusted: readonly string[] }> {
  const stored = (await store.all()).filter(({ expiresAt }) => expiresAt > now);
  const [newest] = stored;
  const jwk = newest && unsealed(newest, key);
  if (newest === undefined || jwk === undefined || newest.expiresAt - now < certificateMs) {
    await store.insert(await makeAuthority((newest?.number ?? 0) + 1, now, key));
    return openAuthority(store, key, now);
  }
  const name = new X509Certificate(newest.certificate).subject;
  return {
    authority: {
      name,
      certificate: newest.certificate,
      key: await webcrypto.subtle.importKey('jwk', jwk, curve, false, ['sign']),
    },
    trusted: stored.map(({ certificate }) => certificate),
  };
}

const keyFault = (detail: string): DomainError =>
  new DomainError('invalid-frame', 'The frame breaks the contract.', {
    errors: [{ pointer: '#/publicKey', detail }],
  });

function readPublicKey(text: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: text, format: 'pem', type: 'spki' });
  } catch {
    throw keyFault('is no public key in PEM (SubjectPublicKeyInfo)');
  }
  const known =
    key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  if (text.includes('PRIVATE') || !known) throw keyFault('has to be a key of the curve P-256');
  return key;
}

async function sign(
  { name, key }: Authority,
  clusterId: string,
  publicKey: KeyObject,
  now: number,
): Promise<string> {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const certificate = await X509CertificateGenerator.create({
    subject: [{ CN: [clusterId] }],
    issuer: name,
    ...period(now, certificateMs),
    publicKey: await webcrypto.subtle.importKey('spki', spki, curve, true, ['verify']),
    signingKey: key,
    signingAlgorithm: signature,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth], true),
    ],
  });
  return certificate.toString('pem');
}

/** @param secret - what the key of the authority is sealed under: the administrator token, the same for all managers of one store */
export async function openClusterCertificates(
  store: AuthorityStore,
  secret: string,
  now: () => number,
): Promise<ClusterCertificates> {
  const { authority, trusted } = await openAuthority(store, sealingKey(secret), now());
  return {
    trusted,
    request(text) {
      const publicKey = readPublicKey(text);
      return {
        keyHash: hashOf(publicKey),
        issue: (clusterId) => sign(authority, clusterId, publicKey, now()),
      };
    },
  };
}
