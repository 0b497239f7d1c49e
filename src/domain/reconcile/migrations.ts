import { currentHalf, type Instance } from '../instance/instance.js';
import type { Destination, MigrationOutcome, Operation } from '../operation/operation.js';
import type { FailedMove } from './halves.js';
import type { Surroundings } from './state.js';
import { isAt } from './wants.js';

const withOutcome = (operation: Operation, outcome: MigrationOutcome): Operation => {
  const { migration } = operation;
  if (migration?.outcomes.some((each) => each.instanceId === outcome.instanceId) !== false)
    return operation;
  return { ...operation, migration: { ...migration, outcomes: [...migration.outcomes, outcome] } };
};

/** Notes in the operation that the instance could not move, and why. */
export const failMigration = (
  operations: readonly Operation[],
  instanceId: string,
  { half, reason }: FailedMove,
): readonly Operation[] =>
  operations.map((operation) =>
    operation.id === half.operationId
      ? withOutcome(operation, { instanceId, done: false, reason })
      : operation,
  );

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

/** What can be said of an instance already; nothing while it still has to move. */
function outcomeOf(
  instance: Instance | undefined,
  to: Destination,
  { clusters }: Surroundings,
): Omit<MigrationOutcome, 'instanceId'> | undefined {
  if (instance?.wanted !== true) return { done: false, reason: 'the instance is gone' };
  const half = currentHalf(instance);
  if (half?.phase === 'COMPLETED') return { done: false, reason: 'it has completed' };
  return half && isAt(half, to, clusters.get(half.clusterId)?.location)
    ? { done: true }
    : undefined;
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
      const outcome = outcomeOf(instances.get(instanceId), next.migration.to, surroundings);
      if (outcome) next = withOutcome(next, { instanceId, ...outcome });
    }
    return next;
  });
