/** What the words mean in which clusters tell how an instance is doing. */
import type { NumberedObservation } from '../../../domain/instance/record-numbered.js';
import type { ObservedPhase } from '../../../domain/phase.js';

const phases: Readonly<Record<string, ObservedPhase>> = {
  NODE_SCHEDULED: 'NODE_SCHEDULED',
  CREATING: 'CREATING',
  CREATED: 'CREATING',
  RUNNING: 'RUNNING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  // Clusters start by themselves again what has died.
  DEAD: 'FAILED',
  UNDEPLOYED: 'UNDEPLOYED',
};

/** The cluster looks for a worker, for the first time or again. */
const waiting: ReadonlySet<string> = new Set(['REQUESTED', 'CLUSTER_SCHEDULED']);

/** The cluster has found no worker; it tries on. */
const unplaced: ReadonlySet<string> = new Set([
  'TargetClusterNotFound',
  'TargetClusterNotActive',
  'TargetClusterNoCapacity',
  'NoActiveClusterWithCapacity',
  'NO_WORKER_CAPACITY',
  'NO_QUALIFIED_WORKER_FOUND',
  'NO_NODE_FOUND',
]);

/** Reasons that say nothing. */
const empty: ReadonlySet<unknown> = new Set(['', 'No extra information', undefined, null]);

/** What a status says of an instance; a word that nobody knows says only that it is there. */
export function fromStatus(
  status: unknown,
  detail: unknown,
): Pick<NumberedObservation, 'phase' | 'waits' | 'reason'> {
  if (typeof status !== 'string') return {};
  if (waiting.has(status)) return { waits: true };
  if (unplaced.has(status)) return { phase: 'FAILED', reason: status };
  const phase = Object.hasOwn(phases, status) ? phases[status] : undefined;
  if (phase !== 'FAILED') return phase === undefined ? {} : { phase };
  return {
    phase,
    reason: empty.has(detail) ? status : String(detail).slice(0, 200),
  };
}
