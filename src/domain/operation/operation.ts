export type OperationKind =
  'deploy' | 'update' | 'rollback' | 'scale' | 'migrate' | 'terminate' | 'drain' | 'removeCluster';

export const operationStates = ['running', 'succeeded', 'failed', 'cancelled'] as const;
export type OperationState = (typeof operationStates)[number];

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

/** Whether the target has to run before the source stops, or the source has to stop before the target starts. */
export type MigrationStrategy = 'makeBeforeBreak' | 'breakBeforeMake';

export interface Migration {
  readonly to: Destination;
  /** Absent means `makeBeforeBreak`. */
  readonly strategy?: MigrationStrategy | undefined;
  readonly instanceIds: readonly string[];
  /** How long a target may take until it runs, and a source until it has confirmed its stop. */
  readonly timeoutMs: number;
  /** How long a target has to run without a break until its source is told to stop. */
  readonly healthyMs?: number | undefined;
  readonly outcomes: readonly MigrationOutcome[];
}

/** What a wish has changed of a service, so that it can be taken back. */
export interface WishedChange {
  readonly revision: number;
  readonly replicas: number;
}

/** An instance that was chosen to go, and why that one. */
export interface Removal {
  readonly instanceId: string;
  readonly ordinal: number;
  readonly reason: string;
}

/** One accepted wish and how far it is. */
export interface Operation {
  readonly id: string;
  /** That of its subject. */
  readonly organizationId?: string | undefined;
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
  /** The service before and after the wish. */
  readonly before?: WishedChange | undefined;
  readonly after?: WishedChange | undefined;
  /** Instances that scaling down has chosen, at most `removalsToldMax`. */
  readonly removals?: readonly Removal[] | undefined;
  /** When it last came closer to its end (epoch milliseconds); absent while it waits for something outside, which may take any time. */
  readonly progressAt?: number | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly endedAt?: number | undefined;
  readonly version: number;
}

export const hasEnded = (operation: Pick<Operation, 'state'>): boolean =>
  operation.state !== 'running';

/** Whether the operation brings another revision. */
export const isUpdate = ({ kind }: Pick<Operation, 'kind'>): boolean =>
  kind === 'update' || kind === 'rollback';

type NewOperation = Pick<Operation, 'id' | 'kind' | 'subjectKind' | 'subjectId' | 'subjectName'> &
  Partial<Pick<Operation, 'organizationId' | 'total' | 'migration' | 'force' | 'before' | 'after'>>;

/** At most this many removals are told. */
export const removalsToldMax = 100;

/** A wish that has just been accepted. */
export const newOperation = (fields: NewOperation, now: number): Operation => ({
  total: 0,
  ...fields,
  state: 'running',
  done: 0,
  progressAt: now,
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
