import type { components } from '../../generated/openapi.js';
import { DomainError, errorCatalogue, type ErrorCode } from '../domain/errors.js';

type Problem = components['schemas']['Problem'];

/** What a failure means for the session: its close code (4000 and the HTTP status that it would have), or that it goes on. */
const closeCodes: Readonly<Partial<Record<ErrorCode, number>>> = {
  'malformed-frame': 4400,
  'invalid-frame': 4400,
  forbidden: 4403,
  'cluster-pending': 4403,
  'cluster-rejected': 4403,
  'cluster-revoked': 4403,
  'enrolment-token-spent': 4403,
  'certificate-required': 4403,
  'cluster-name-in-use': 4409,
  'session-ended': 4408,
  'session-unknown': 4409,
  'cluster-not-found': 4410,
  'cluster-removed': 4410,
  'frame-too-large': 1009,
  'slow-reader': 4429,
  'shutting-down': 1001,
};

/** The close code of a failure that ends the session; nothing where the session can go on. */
export const closeCodeOf = (code: ErrorCode): number | undefined => closeCodes[code];

const statusOf = (code: ErrorCode): number => {
  const close = closeCodes[code];
  if (close === undefined) return code === 'unavailable' ? 503 : 409;
  if (close >= 4000) return close - 4000;
  return close === 1009 ? 413 : 503;
};

/** The problem document of a failure. Whatever is not a refusal of ours says nothing of the inside. */
export function toProblem(error: unknown): { code: ErrorCode; problem: Problem } {
  const known = error instanceof DomainError ? error : undefined;
  const code = known?.code ?? 'internal';
  return {
    code,
    problem: {
      type: `/problems/${code}`,
      title: errorCatalogue[code].title,
      status: known ? statusOf(code) : 500,
      ...(known ? { detail: known.detail } : {}),
      ...(known && known.errors.length > 0 ? { errors: [...known.errors] } : {}),
    },
  };
}
