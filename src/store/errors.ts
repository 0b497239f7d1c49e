import mongoose from 'mongoose';
import { DomainError } from '../domain/errors.js';

const { MongoServerError, MongoError, MongoBulkWriteError } = mongoose.mongo;

const duplicateKeyCode = 11000;

/** Whether a unique index refused the write. */
export const isDuplicateKey = (error: unknown): boolean =>
  (error instanceof MongoServerError || error instanceof MongoBulkWriteError) &&
  error.code === duplicateKeyCode;

/** Whether the whole transaction may simply be tried again. */
export const isTransient = (error: unknown): boolean =>
  (error instanceof DomainError && error.code === 'write-conflict') ||
  (error instanceof MongoError && error.hasErrorLabel('TransientTransactionError'));

/** Whether nobody knows if the commit took effect; committing again is safe. */
export const isUnknownCommit = (error: unknown): boolean =>
  error instanceof MongoError && error.hasErrorLabel('UnknownTransactionCommitResult');

const unavailableNames: ReadonlySet<string> = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'MongoPoolClearedError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
]);

const outOfDiskSpaceCode = 14031;

/** A refusal for callers, when the store cannot be reached or cannot take more; nothing for any other error. */
export function classifyStoreError(error: unknown): DomainError | undefined {
  if (!(error instanceof Error)) return undefined;
  const full = error instanceof MongoServerError && error.code === outOfDiskSpaceCode;
  if (!full && !unavailableNames.has(error.name)) return undefined;
  return new DomainError(
    'unavailable',
    full ? 'The disk of the store is full.' : 'The store cannot be reached; try again soon.',
    { cause: error, retryAfterSeconds: 2 },
  );
}
