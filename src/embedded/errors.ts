/** The MongoDB error codes this store answers with, by their documented names. */
export const ErrorCode = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  NamespaceNotFound: 26,
  PathNotViable: 28,
  CannotBackfillArray: 34,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  WriteConflict: 112,
  CommandNotSupported: 115,
  ConflictingOperationInProgress: 117,
  CursorInUse: 143,
  CannotIndexParallelArrays: 171,
  QueryPlanKilled: 175,
  InvalidUUID: 207,
  IncompleteTransactionHistory: 217,
  TransactionTooOld: 225,
  CursorKilled: 237,
  NoSuchTransaction: 251,
  TransactionCommitted: 256,
  InvalidResumeToken: 260,
  OperationNotSupportedInTransaction: 263,
  ChangeStreamFatalError: 280,
  ChangeStreamHistoryLost: 286,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  APIVersionError: 322,
  UnsupportedOpQueryCommand: 352,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
  KeyTooLong: 17280,
  UnrecognizedPipelineStage: 40324,
} as const;

/** Name of a MongoDB error code. */
export type ErrorCodeName = keyof typeof ErrorCode;

/** What an error may carry beyond its code and message. */
export interface ErrorExtra {
  readonly labels?: readonly string[];
  readonly keyPattern?: unknown;
  readonly keyValue?: unknown;
}

/** An error with a MongoDB code; its message goes to the client as `errmsg`. */
export class StoreError extends Error {
  readonly code: number;

  constructor(
    readonly codeName: ErrorCodeName | `Location${number}`,
    message: string,
    readonly extra: ErrorExtra = {},
  ) {
    super(message);
    this.code =
      codeName in ErrorCode
        ? ErrorCode[codeName as ErrorCodeName]
        : Number(codeName.slice('Location'.length));
  }
}

/** Something MongoDB knows and this store does not; `what` names the operator or option. */
export const unsupported = (what: string): StoreError =>
  new StoreError('CommandNotSupported', `${what} is not supported by the embedded store`);

/** Another transaction or write got there first; drivers retry the whole transaction. */
export const writeConflict = (): StoreError =>
  new StoreError(
    'WriteConflict',
    'Write conflict: the document was changed by another operation. Retry the transaction.',
    { labels: ['TransientTransactionError'] },
  );

/** The fields of an error reply; anything that is no StoreError becomes an InternalError. */
export function errorReply(error: unknown): Record<string, unknown> {
  const known = asStoreError(error);
  const { labels, keyPattern, keyValue } = known.extra;
  return {
    ok: 0,
    errmsg: known.message,
    code: known.code,
    codeName: known.codeName,
    ...(labels && { errorLabels: labels }),
    ...(keyPattern !== undefined && { keyPattern, keyValue }),
  };
}

/** Turns anything thrown into a StoreError; a full disk or map is told apart from a bug. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/MDB_MAP_FULL|ENOSPC|No space left|EDQUOT|quota|File too large/i.test(message)) {
    return new StoreError('OutOfDiskSpace', `the write was refused: ${message}`);
  }
  return new StoreError('InternalError', message);
}
