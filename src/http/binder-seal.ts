import { createHash } from 'node:crypto';
import { DomainError } from '../domain/errors.js';
import type { RememberedAnswer } from '../domain/idempotency.js';
import { sealJson, unsealJson } from '../sealing.js';

/**
 * Remembered answers may hold secrets, such as a credential that is shown once. They are kept sealed under the caller's own token,
 * which is kept nowhere: who reads the store reads no answers, and only the same caller can have one again.
 */
const keyOf = (token: string): Buffer => createHash('sha256').update(`answer\n${token}`).digest();

export const sealAnswer = (answer: RememberedAnswer, token: string): RememberedAnswer => ({
  ...answer,
  body: sealJson(answer.body, keyOf(token)),
});

/** @throws DomainError `idempotency-key-reused` - the answer was given to another token */
export function openAnswer(answer: RememberedAnswer, token: string): RememberedAnswer {
  try {
    return { ...answer, body: unsealJson(String(answer.body), keyOf(token)) };
  } catch (error) {
    throw new DomainError(
      'idempotency-key-reused',
      'The answer to this Idempotency-Key was given to another token; choose a new key.',
      { cause: error },
    );
  }
}
