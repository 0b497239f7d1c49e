/** Makes a write repeatable when its caller sent an `Idempotency-Key`. */
import { createHash } from 'node:crypto';
import { principalName, type Principal } from '../domain/access/principal.js';
import type { IdempotentWrites, RememberedAnswer } from '../domain/idempotency.js';
import { openAnswer, sealAnswer } from './binder-seal.js';

/** The name of the header, as the contract writes it. */
export const keyHeader = 'Idempotency-Key';

/** What of a request makes it the same as another one. */
export interface WriteRequest {
  readonly operationId: string;
  readonly method: string;
  /** Path parameters; with the operation they are the path. */
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly principal: Principal;
}

/** JSON with the fields of each object in the order of their names. The value has passed validation, so its depth is bounded. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
};

/** Digest of all that makes two requests the same: method, path, query, condition and body. */
export const fingerprint = (request: WriteRequest): string =>
  createHash('sha256')
    .update(
      canonical([
        request.method,
        request.operationId,
        request.path,
        request.query,
        request.header['If-Match'],
        request.body,
      ]),
    )
    .digest('hex');

/**
 * Does the work once for each key; without a key, every time.
 *
 * @param token - what the caller proved itself with; it seals the remembered answer
 */
export const onceForKey = async (
  writes: IdempotentWrites,
  request: WriteRequest,
  token: string,
  work: () => Promise<RememberedAnswer>,
): Promise<{ answer: RememberedAnswer; replayed: boolean }> => {
  const key = request.header[keyHeader];
  if (typeof key !== 'string') return { answer: await work(), replayed: false };
  const { answer, replayed } = await writes.once(
    {
      principal: principalName(request.principal),
      key,
      operationId: request.operationId,
      fingerprint: fingerprint(request),
    },
    async () => sealAnswer(await work(), token),
  );
  return { answer: openAnswer(answer, token), replayed };
};
