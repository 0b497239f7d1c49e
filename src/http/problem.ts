/** Problem documents (RFC 9457): what every failure looks like when it leaves over HTTP. */
import { DomainError, errorCatalogue, type ErrorCode, type FieldError } from '../domain/errors.js';

/** Media type of a problem document. */
export const problemMediaType = 'application/problem+json';

/** HTTP status of each failure. */
export const problemStatus = {
  'validation-failed': 400,
  'malformed-body': 400,
  'unsupported-media-type': 415,
  'body-too-large': 413,
  'malformed-cursor': 400,
  unauthenticated: 401,
  forbidden: 403,
  'route-not-found': 404,
  'cluster-not-found': 404,
  'service-not-found': 404,
  'application-not-found': 404,
  'instance-not-found': 404,
  'operation-not-found': 404,
  'user-not-found': 404,
  'api-key-not-found': 404,
  'enrolment-token-not-found': 404,
  'enrolment-token-spent': 403,
  'webhook-not-found': 404,
  'dead-letter-not-found': 404,
  'too-many-webhooks': 409,
  'delivery-failed': 409,
  'organization-not-found': 404,
  'organization-name-in-use': 409,
  'organization-in-use': 409,
  'quota-exceeded': 409,
  'user-name-in-use': 409,
  'sign-in-refused': 401,
  'sign-in-not-offered': 404,
  'sign-in-locked': 429,
  'scheduler-not-found': 404,
  'cluster-name-in-use': 409,
  'application-name-in-use': 409,
  'service-name-in-use': 409,
  'cluster-removing': 409,
  'cluster-removed': 409,
  'cluster-pending': 403,
  'cluster-rejected': 403,
  'cluster-revoked': 403,
  'certificate-required': 403,
  'service-terminating': 409,
  'replicas-below-zero': 409,
  'replicas-above-limit': 409,
  'worker-count-zero': 409,
  'worker-count-below-known': 409,
  'nothing-to-migrate': 409,
  'destination-not-found': 409,
  'revision-not-found': 409,
  'operation-not-cancellable': 409,
  'session-unknown': 409,
  'session-ended': 409,
  'instance-not-yours': 409,
  'illegal-transition': 409,
  'version-mismatch': 412,
  'idempotency-key-reused': 422,
  'history-trimmed': 410,
  'upgrade-required': 426,
  'placement-not-asked': 409,
  'malformed-frame': 400,
  'invalid-frame': 400,
  'frame-too-large': 413,
  'slow-reader': 503,
  'write-conflict': 503,
  'rate-limited': 429,
  overloaded: 503,
  unavailable: 503,
  'shutting-down': 503,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

/** A problem document. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly errors?: FieldError[];
}

/** A problem and the headers that go with it. */
export interface ProblemAnswer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
}

const headersOf = (error: DomainError): Record<string, string> => {
  if (problemStatus[error.code] === 401) return { 'www-authenticate': 'Bearer' };
  if (error.code === 'upgrade-required') return { upgrade: 'websocket', connection: 'upgrade' };
  if (error.retryAfterSeconds !== undefined || errorCatalogue[error.code].retryable) {
    return { 'retry-after': String(Math.ceil(error.retryAfterSeconds ?? 1)) };
  }
  return {};
};

/**
 * The problem that tells a failure to a caller.
 *
 * @param instance - id of the request, which finds the private cause in the log
 */
export const problemOf = (error: DomainError, instance: string): ProblemAnswer => ({
  headers: headersOf(error),
  problem: {
    type: `/problems/${error.code}`,
    title: errorCatalogue[error.code].title,
    status: problemStatus[error.code],
    detail:
      error.code === 'internal'
        ? 'Something went wrong inside. The operator finds the cause under the id in `instance`.'
        : error.detail,
    instance,
    ...(error.errors.length > 0 ? { errors: [...error.errors] } : {}),
  },
});

interface FrameworkError {
  readonly code?: unknown;
  readonly statusCode?: unknown;
}

/** Failures that the framework finds before a handler is reached. */
const frameworkFailures: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'The content type cannot be read.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'malformed-body',
    'The body is not as long as `Content-Length` says.',
  ],
  FST_ERR_BAD_URL: ['validation-failed', 'The address is not a valid URL.'],
};

/** Brings whatever was thrown into the form of the catalogue; what nobody expected becomes `internal`. */
export const toDomainError = (error: unknown, bodyLimitBytes: number): DomainError => {
  if (error instanceof DomainError) return error;
  const { code, statusCode } = (error ?? {}) as FrameworkError;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new DomainError('body-too-large', `A body may have ${bodyLimitBytes} bytes.`, {
      cause: error,
    });
  }
  const known = typeof code === 'string' ? frameworkFailures[code] : undefined;
  if (known) return new DomainError(known[0], known[1], { cause: error });
  if (statusCode === 404) {
    return new DomainError('route-not-found', 'There is nothing at this address.', {
      cause: error,
    });
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new DomainError('validation-failed', 'The request cannot be read.', { cause: error });
  }
  return new DomainError('internal', 'unexpected', { cause: error });
};
