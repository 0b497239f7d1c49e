/** What becomes of each instance of a migration, and where it goes next. */
import { currentHalf, incomingHalf, type Half, type Instance } from '../instance/instance.js';
import type {
  Destination,
  Migration,
  MigrationOutcome,
  Operation,
} from '../operation/operation.js';
import type { FailedMove } from './halves.js';
import { mayRun } from './moves.js';
import type { Surroundings } from './state.js';
import { isAt } from './wants.js';

const withOutcome = (operation: Operation, outcome: MigrationOutcome): Operation => {
  const { migration } = operation;
  if (migration?.outcomes.some((each) => each.instanceId === outcome.instanceId) !== false)
    return operation;
  return { ...operation, migration: { ...migration, outcomes: [...migration.outcomes, outcome] } };
};

/** Notes in an operation that the instance could not move, and why. */
export const refuseMigration = (
  operations: readonly Operation[],
  operationId: string | undefined,
  instanceId: string,
  reason: string,
): readonly Operation[] =>
  operations.map((operation) =>
    operation.id === operationId
      ? withOutcome(operation, { instanceId, done: false, reason })
      : operation,
  );

/** Notes in the operation that the half was made for that it did not make it. */
export const failMigration = (
  operations: readonly Operation[],
  instanceId: string,
  { half, reason }: FailedMove,
): readonly Operation[] => refuseMigration(operations, half.operationId, instanceId, reason);

const isOpen = (operation: Operation, instanceId: string): boolean =>
  operation.kind === 'migrate' &&
  operation.state === 'running' &&
  operation.migration !== undefined &&
  operation.migration.instanceIds.includes(instanceId) &&
  !operation.migration.outcomes.some((outcome) => outcome.instanceId === instanceId);

/** The oldest migration that still has to move the instance. */
export const pendingMigration = (
  operations: readonly Operation[],
  instanceId: string,
): Operation | undefined => operations.find((operation) => isOpen(operation, instanceId));

/** Whether the current half is where the migration goes. */
export function hasArrived(
  instance: Instance,
  to: Destination,
  { clusters }: Pick<Surroundings, 'clusters'>,
): boolean {
  const half = currentHalf(instance);
  return half !== undefined && isAt(half, to, clusters.get(half.clusterId)?.location);
}

/** A source that has not confirmed its stop. */
const openSource = (instance: Instance): Half | undefined =>
  instance.halves.find((half) => half.role === 'retiring' && mayRun(half));

/** How long the migration waits for a source to confirm its stop (epoch milliseconds). */
const confirmedBy = (source: Half, { timeoutMs }: Migration): number =>
  (source.stopToldAt ?? source.boundAt) + timeoutMs;

/** What can be said of an instance already; nothing while it is on its way. */
function outcomeOf(
  instance: Instance | undefined,
  migration: Migration,
  surroundings: Surroundings,
): Omit<MigrationOutcome, 'instanceId'> | undefined {
  if (instance?.wanted !== true) return { done: false, reason: 'the instance is gone' };
  const half = currentHalf(instance);
  if (half?.phase === 'COMPLETED') return { done: false, reason: 'it has completed' };
  const arrived = hasArrived(instance, migration.to, surroundings);
  const source = openSource(instance);
  if (source === undefined) return arrived ? { done: true } : undefined;
  if (incomingHalf(instance) || surroundings.now < confirmedBy(source, migration)) return undefined;
  const silent = `${source.clusterName} has not confirmed that it has stopped there`;
  return {
    done: false,
    reason: arrived
      ? `it runs at ${half?.clusterName ?? ''}, but ${silent}`
      : `${silent}, and nothing is started beside it`,
  };
}

/** Notes what is already where it should be, and what can no longer be moved. */
export const settleMigrations = (
  operations: readonly Operation[],
  instances: ReadonlyMap<string, Instance>,
  surroundings: Surroundings,
): readonly Operation[] =>
  operations.map((operation) => {
    let next = operation;
    for (const instanceId of operation.migration?.instanceIds ?? []) {
      if (!next.migration || !isOpen(next, instanceId)) continue;
      const outcome = outcomeOf(instances.get(instanceId), next.migration, surroundings);
      if (outcome) next = withOutcome(next, { instanceId, ...outcome });
    }
    return next;
  });

/** When a migration has to be looked at again because a source does not confirm its stop. */
export function confirmationDueAt(instance: Instance, operations: readonly Operation[]): number {
  const migration = pendingMigration(operations, instance.id)?.migration;
  const source = openSource(instance);
  return migration && source ? confirmedBy(source, migration) : Number.POSITIVE_INFINITY;
}
