import mongoose from 'mongoose';
import { DomainError } from '../domain/errors.js';

const {
  MongoServerError,
  MongoError,
  MongoBulkWriteError,
  MongoNetworkError,
  MongoUnexpectedServerResponseError,
} = mongoose.mongo;

/** A write of a leader that another manager has followed. Nothing of it was stored, and nothing will be. */
export class FencedOffError extends Error {
  override readonly name = 'FencedOffError';

  /** @param fence - the number that the write carried */
  constructor(fence: number) {
    super(`Another manager leads; a write with the fencing number ${fence} was refused.`);
  }
}

const duplicateKeyCode = 11000;

/** Whether a unique index refused the write. */
export const isDuplicateKey = (error: unknown): boolean =>
  (error instanceof MongoServerError || error instanceof MongoBulkWriteError) &&
  error.code === duplicateKeyCode;

/** What sockets say of a connection that is gone. */
const brokenSocketCodes: ReadonlySet<string> = new Set([
  'ECONNABORTED',
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ETIMEDOUT',
]);

/** The driver passes on the error of the socket as it is, where a command is written in the very moment in which the connection breaks. */
const isBrokenSocket = (error: unknown): boolean =>
  error instanceof Error && brokenSocketCodes.has(String((error as NodeJS.ErrnoException).code));

/** A bulk write wraps the error of the connection in one of its own, which has its fields but not its class. */
const isBulkWithoutConnection = (error: unknown): boolean =>
  error instanceof MongoBulkWriteError && 'beforeHandshake' in error;

/**
 * Whether a connection was lost, and a new one may do. The driver labels some of these errors, not all, and when the server goes away
 * between two of its steps it says that it got no answer, or not the one that it expected.
 */
export const isConnectionLoss = (error: unknown): boolean =>
  error instanceof MongoNetworkError ||
  error instanceof MongoUnexpectedServerResponseError ||
  isBulkWithoutConnection(error) ||
  isBrokenSocket(error);

/** Whether the whole transaction may simply be tried again, as long as its commit was not begun. */
export const isTransient = (error: unknown): boolean =>
  (error instanceof DomainError && error.code === 'write-conflict') ||
  (error instanceof MongoError && error.hasErrorLabel('TransientTransactionError')) ||
  isConnectionLoss(error);

/**
 * Whether nobody knows if the commit took effect; committing again is safe. The driver forgets the label when its own attempts are
 * used up.
 */
export const isUnknownCommit = (error: unknown): boolean =>
  isConnectionLoss(error) ||
  (error instanceof MongoError &&
    (error.hasErrorLabel('UnknownTransactionCommitResult') ||
      error.hasErrorLabel('RetryableWriteError') ||
      error.name === 'MongoServerSelectionError'));

/** Whether the history of the change stream no longer reaches back to where it was left, or is that of another store. */
export const isHistoryLost = (error: unknown): boolean =>
  error instanceof MongoServerError && historyLostCodes.has(Number(error.code));

/** InvalidResumeToken, ChangeStreamFatalError, ChangeStreamHistoryLost: none of them ever gets better. */
const historyLostCodes: ReadonlySet<number> = new Set([260, 280, 286]);

/** Errors of the driver and of Mongoose that say that there is no way to the server, besides lost connections. */
const unavailableNames: ReadonlySet<string> = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoServerClosedError',
  'MongoClientClosedError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
]);

const outOfDiskSpaceCode = 14031;

/** What members of a replica set answer while they step down, start or stop: no primary at the moment. */
const noPrimaryCodes: ReadonlySet<number> = new Set([
  6, 7, 89, 91, 189, 9001, 10107, 11600, 11602, 13435, 13436,
]);

const isUnavailable = (error: Error): boolean =>
  isConnectionLoss(error) ||
  unavailableNames.has(error.name) ||
  (error instanceof MongoServerError && noPrimaryCodes.has(Number(error.code)));

/** A refusal for callers, when the store cannot be reached or cannot take more; nothing for any other error. */
export function classifyStoreError(error: unknown): DomainError | undefined {
  if (!(error instanceof Error)) return undefined;
  const full = error instanceof MongoServerError && error.code === outOfDiskSpaceCode;
  if (!full && !isUnavailable(error)) return undefined;
  return new DomainError(
    'unavailable',
    full ? 'The disk of the store is full.' : 'The store cannot be reached; try again soon.',
    { cause: error, retryAfterSeconds: 2 },
  );
}
