import { DomainError } from './errors.js';

/** How far an instance is. The words are those of the 2021 system where it had one. */
export const Phase = {
  REQUESTED: 'REQUESTED',
  CLUSTER_SCHEDULED: 'CLUSTER_SCHEDULED',
  NODE_SCHEDULED: 'NODE_SCHEDULED',
  CREATING: 'CREATING',
  RUNNING: 'RUNNING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  DEAD: 'DEAD',
  LOST: 'LOST',
  UNDEPLOYING: 'UNDEPLOYING',
  UNDEPLOYED: 'UNDEPLOYED',
} as const;
export type Phase = (typeof Phase)[keyof typeof Phase];

/** The phases that an agent may report of one binding; the others are the manager's own. */
export type ObservedPhase = Exclude<Phase, 'REQUESTED' | 'CLUSTER_SCHEDULED' | 'LOST'>;

const started: readonly Phase[] = [
  'NODE_SCHEDULED',
  'CREATING',
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'DEAD',
  'UNDEPLOYING',
  'UNDEPLOYED',
];

/**
 * The legal moves of one binding. Agents report the latest state only, so steps between may be missing. What has ended for
 * good (`COMPLETED`, `DEAD`) can only be cleared away, and what is cleared away never comes back under the same generation.
 */
const legalMoves: Readonly<Record<Phase, readonly Phase[]>> = {
  REQUESTED: ['CLUSTER_SCHEDULED', 'UNDEPLOYED'],
  CLUSTER_SCHEDULED: started,
  NODE_SCHEDULED: started,
  CREATING: started,
  RUNNING: started,
  FAILED: started,
  LOST: started,
  COMPLETED: ['UNDEPLOYING', 'UNDEPLOYED'],
  DEAD: ['UNDEPLOYING', 'UNDEPLOYED'],
  UNDEPLOYING: ['UNDEPLOYED'],
  UNDEPLOYED: [],
};

/** Whether a binding may move from one phase to another. Staying where it is is always legal. */
export const canMove = (from: Phase, to: Phase): boolean =>
  from === to || legalMoves[from].includes(to);

/** @throws DomainError `illegal-transition` */
export function move(from: Phase, to: Phase): Phase {
  if (!canMove(from, to))
    throw new DomainError('illegal-transition', `${from} cannot become ${to}.`);
  return to;
}

/** From least to most advanced; a service shows the first of these that one of its instances is in. */
const leastAdvancedFirst: readonly Phase[] = [
  'DEAD',
  'LOST',
  'FAILED',
  'REQUESTED',
  'CLUSTER_SCHEDULED',
  'NODE_SCHEDULED',
  'CREATING',
  'UNDEPLOYING',
  'RUNNING',
  'COMPLETED',
];

export type PhaseCounts = Readonly<Partial<Record<Phase, number>>>;

/** The phase of a service that is to run, from the number of its live instances by phase and its wanted number. */
export function summarisePhase(counts: PhaseCounts, replicas: number): Phase {
  const live = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const worst = leastAdvancedFirst.find((phase) => (counts[phase] ?? 0) > 0) ?? 'RUNNING';
  const missing = live < replicas;
  return missing && leastAdvancedFirst.indexOf(worst) > leastAdvancedFirst.indexOf('REQUESTED')
    ? 'REQUESTED'
    : worst;
}
