import { DomainError } from '../domain/errors.js';
import type { IdempotencyKey, IdempotentWrites, RememberedAnswer } from '../domain/idempotency.js';
import type { IdempotencyDocument } from './documents.js';
import type { Models } from './models.js';
import type { Transactions } from './unit-of-work.js';
import { durably } from '../failpoints.js';

const keptMs = 24 * 3_600_000;

const documentId = ({ principal, key }: IdempotencyKey): string => `${principal}\n${key}`;

function answerOf(document: IdempotencyDocument, key: IdempotencyKey): RememberedAnswer {
  if (document.operationId !== key.operationId || document.fingerprint !== key.fingerprint)
    throw new DomainError(
      'idempotency-key-reused',
      'This Idempotency-Key was used for another request; choose a new one.',
      { errors: [{ pointer: '#/header/Idempotency-Key', detail: 'was used for another request' }] },
    );
  return { status: document.status, headers: document.headers, body: document.body };
}

export const createIdempotentWrites = (
  { idempotency }: Models,
  transactions: Transactions,
  now: () => number,
): IdempotentWrites => {
  const remembered = async (key: IdempotencyKey): Promise<RememberedAnswer | undefined> => {
    const document = await idempotency
      .findOne({ _id: documentId(key) })
      .lean<IdempotencyDocument>();
    return document && document.expiresAt.getTime() > now() ? answerOf(document, key) : undefined;
  };

  const doAndRemember = (
    key: IdempotencyKey,
    work: () => Promise<RememberedAnswer>,
  ): Promise<RememberedAnswer> =>
    transactions.transaction(async () => {
      const answer = await work();
      const { session } = transactions.options();
      // Takes the place of one that is over; where one still counts, it is a duplicate key.
      await durably('idempotency.remember', () =>
        idempotency.collection.updateOne(
          { _id: documentId(key) as never, expiresAt: { $lte: new Date(now()) } },
          {
            $set: {
              operationId: key.operationId,
              fingerprint: key.fingerprint,
              status: answer.status,
              headers: answer.headers,
              body: answer.body,
              expiresAt: new Date(now() + keptMs),
            },
          },
          { upsert: true, ...(session && { session }) },
        ),
      );
      return answer;
    });

  return {
    async once(key, work) {
      const known = await remembered(key);
      if (known) return { answer: known, replayed: true };
      try {
        return { answer: await doAndRemember(key, work), replayed: false };
      } catch (error) {
        // Somebody with the same key was faster: then that answer counts, whatever this attempt has run into because of it.
        const faster = await remembered(key);
        if (faster) return { answer: faster, replayed: true };
        throw error;
      }
    },
  };
};
