export type OperationKind =
  'deploy' | 'update' | 'scale' | 'migrate' | 'terminate' | 'drain' | 'removeCluster';

export type OperationState = 'running' | 'succeeded' | 'failed' | 'cancelled';

/** Where a migration goes; what is named must all hold. */
export interface Destination {
  readonly cluster?: string | undefined;
  readonly location?: string | undefined;
  readonly worker?: string | undefined;
}

/** What became of one instance of a migration: `done`, or why not. */
export interface MigrationOutcome {
  readonly instanceId: string;
  readonly done: boolean;
  readonly reason?: string | undefined;
}

export interface Migration {
  readonly to: Destination;
  readonly instanceIds: readonly string[];
  readonly timeoutMs: number;
  readonly outcomes: readonly MigrationOutcome[];
}

/** One accepted wish and how far it is. */
export interface Operation {
  readonly id: string;
  readonly kind: OperationKind;
  readonly state: OperationState;
  readonly subjectKind: 'service' | 'cluster';
  readonly subjectId: string;
  readonly subjectName: string;
  readonly done: number;
  readonly total: number;
  readonly reason?: string | undefined;
  readonly migration?: Migration | undefined;
  readonly force?: boolean | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly endedAt?: number | undefined;
  readonly version: number;
}

export const hasEnded = (operation: Pick<Operation, 'state'>): boolean =>
  operation.state !== 'running';

type NewOperation = Pick<Operation, 'id' | 'kind' | 'subjectKind' | 'subjectId' | 'subjectName'> &
  Partial<Pick<Operation, 'total' | 'migration' | 'force'>>;

/** A wish that has just been accepted. */
export const newOperation = (fields: NewOperation, now: number): Operation => ({
  total: 0,
  ...fields,
  state: 'running',
  done: 0,
  createdAt: now,
  updatedAt: now,
  version: 1,
});

/** The same operation, ended. An operation that has ended stays as it is. */
export const endOperation = (
  operation: Operation,
  state: Exclude<OperationState, 'running'>,
  now: number,
  reason?: string,
): Operation =>
  hasEnded(operation) ? operation : { ...operation, state, reason, endedAt: now, updatedAt: now };
