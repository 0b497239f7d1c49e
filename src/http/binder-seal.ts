import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { DomainError } from '../domain/errors.js';
import type { RememberedAnswer } from '../domain/idempotency.js';

/**
 * Remembered answers may hold secrets, such as a credential that is shown once. They are kept sealed (AES-256-GCM) under the
 * caller's own token, which is kept nowhere: who reads the store reads no answers, and only the same caller can have one again.
 */
const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

const keyOf = (token: string): Buffer => createHash('sha256').update(`answer\n${token}`).digest();

export function sealAnswer(answer: RememberedAnswer, token: string): RememberedAnswer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, keyOf(token), iv);
  const sealed = Buffer.concat([
    cipher.update(JSON.stringify(answer.body), 'utf8'),
    cipher.final(),
  ]);
  return { ...answer, body: Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64') };
}

/** @throws DomainError `idempotency-key-reused` - the answer was given to another token */
export function openAnswer(answer: RememberedAnswer, token: string): RememberedAnswer {
  const bytes = Buffer.from(String(answer.body), 'base64');
  const decipher = createDecipheriv(algorithm, keyOf(token), bytes.subarray(0, ivBytes));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    const opened = Buffer.concat([
      decipher.update(bytes.subarray(ivBytes + tagBytes)),
      decipher.final(),
    ]);
    return { ...answer, body: JSON.parse(opened.toString('utf8')) as unknown };
  } catch (error) {
    throw new DomainError(
      'idempotency-key-reused',
      'The answer to this Idempotency-Key was given to another token; choose a new key.',
      { cause: error },
    );
  }
}
