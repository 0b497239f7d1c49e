/**
 * The catalogue of everything that can be refused. It knows no status and no transport: `http/problem.ts` maps each code to a
 * status, the gateway maps it to a close code or an `error` frame.
 */

interface Entry {
  /** The kind of failure in words; the same for every occurrence. */
  readonly title: string;
  /** Whether the same request may succeed later without being changed. */
  readonly retryable: boolean;
}

export const errorCatalogue = {
  'validation-failed': { title: 'The request breaks the contract', retryable: false },
  'malformed-body': { title: 'The body cannot be parsed', retryable: false },
  'unsupported-media-type': { title: 'The content type is not taken here', retryable: false },
  'body-too-large': { title: 'The body is too large', retryable: false },
  'malformed-cursor': { title: 'The cursor is not one of ours', retryable: false },
  unauthenticated: { title: 'No valid token', retryable: false },
  forbidden: { title: 'The token does not allow this', retryable: false },
  'route-not-found': { title: 'There is no such address', retryable: false },
  'cluster-not-found': { title: 'There is no such cluster', retryable: false },
  'service-not-found': { title: 'There is no such service', retryable: false },
  'application-not-found': { title: 'There is no such application', retryable: false },
  'instance-not-found': { title: 'There is no such instance', retryable: false },
  'operation-not-found': { title: 'There is no such operation', retryable: false },
  'user-not-found': { title: 'There is no such user', retryable: false },
  'api-key-not-found': { title: 'There is no such API key', retryable: false },
  'enrolment-token-not-found': { title: 'There is no such enrolment token', retryable: false },
  'enrolment-token-spent': { title: 'The enrolment token is used up', retryable: false },
  'webhook-not-found': { title: 'There is no such webhook', retryable: false },
  'dead-letter-not-found': { title: 'There is no such dead letter', retryable: false },
  'too-many-webhooks': { title: 'There are as many webhooks as there may be', retryable: false },
  'delivery-failed': { title: 'The receiver has not taken it', retryable: false },
  'organization-not-found': { title: 'There is no such organization', retryable: false },
  'organization-name-in-use': { title: 'Another organization has this name', retryable: false },
  'organization-in-use': { title: 'Something belongs to the organization still', retryable: false },
  'quota-exceeded': { title: 'The organization would want more than it may', retryable: false },
  'user-name-in-use': { title: 'Another user has this name', retryable: false },
  'sign-in-refused': { title: 'Signing in was refused', retryable: false },
  'sign-in-not-offered': { title: 'This way of signing in is not offered', retryable: false },
  'sign-in-locked': { title: 'Signing in failed too often', retryable: true },
  'scheduler-not-found': { title: 'There is no such scheduler', retryable: false },
  'cluster-name-in-use': { title: 'Another cluster has this name', retryable: false },
  'application-name-in-use': { title: 'Another application has this name', retryable: false },
  'service-name-in-use': { title: 'Another service has this name', retryable: false },
  'cluster-removing': { title: 'The cluster is being removed', retryable: false },
  'cluster-removed': { title: 'The cluster was removed', retryable: false },
  'cluster-pending': { title: 'The cluster waits for approval', retryable: false },
  'cluster-rejected': { title: 'The cluster was rejected', retryable: false },
  'cluster-revoked': { title: 'The cluster was shut out', retryable: false },
  'certificate-required': { title: 'A client certificate is needed', retryable: false },
  'service-terminating': { title: 'The service is being terminated', retryable: false },
  'replicas-below-zero': { title: 'The number of replicas would be below zero', retryable: false },
  'replicas-above-limit': {
    title: 'The number of replicas would be above the limit',
    retryable: false,
  },
  'worker-count-zero': { title: 'There is no worker to remove', retryable: false },
  'worker-count-below-known': {
    title: 'The number is below the workers known by name',
    retryable: false,
  },
  'nothing-to-migrate': { title: 'No instance can be migrated', retryable: false },
  'destination-not-found': { title: 'The destination does not exist', retryable: false },
  'revision-not-found': { title: 'There is no such revision', retryable: false },
  'operation-not-cancellable': { title: 'The operation cannot be cancelled', retryable: false },
  'session-unknown': { title: 'The manager did not give this session', retryable: false },
  'session-ended': { title: 'Another session has taken over', retryable: false },
  'instance-not-yours': { title: 'The instance is not bound to this cluster', retryable: false },
  'illegal-transition': { title: 'The state does not allow this', retryable: false },
  'version-mismatch': { title: 'The resource has changed', retryable: false },
  'idempotency-key-reused': {
    title: 'The idempotency key was used for another request',
    retryable: false,
  },
  'history-trimmed': { title: 'The history is no longer kept', retryable: false },
  'upgrade-required': { title: 'This address speaks WebSocket', retryable: false },
  'placement-not-asked': { title: 'This placement was not asked for', retryable: false },
  'malformed-frame': { title: 'The frame cannot be parsed', retryable: false },
  'invalid-frame': { title: 'The frame breaks the contract', retryable: false },
  'frame-too-large': { title: 'The frame is too large', retryable: false },
  'slow-reader': { title: 'The peer reads too slowly', retryable: true },
  'write-conflict': { title: 'Too many writers at once', retryable: true },
  'rate-limited': { title: 'Too many requests of one caller', retryable: true },
  overloaded: { title: 'Too much work at once', retryable: true },
  unavailable: { title: 'The manager cannot do its work at the moment', retryable: true },
  'shutting-down': { title: 'The manager is shutting down', retryable: true },
  internal: { title: 'An internal error', retryable: false },
} as const satisfies Record<string, Entry>;

/** Stable code of a failure; the last part of a problem's `type`. */
export type ErrorCode = keyof typeof errorCatalogue;

/** What is wrong with one field of the input. */
export interface FieldError {
  /** JSON pointer into the body as URI fragment (`#/replicas`), or `#/query/<name>`, `#/path/<name>`, `#/header/<name>`. */
  readonly pointer: string;
  readonly detail: string;
}

interface DomainErrorOptions {
  readonly errors?: readonly FieldError[];
  /** Seconds after which a retry makes sense. */
  readonly retryAfterSeconds?: number;
  /** What went wrong inside; logged, never shown. */
  readonly cause?: unknown;
}

/** A refusal. `detail` is public and says what to do; `cause` is private. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, detail: string, options: DomainErrorOptions = {}) {
    super(`${code}: ${detail}`, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.detail = detail;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
