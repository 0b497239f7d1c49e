import { Verdict } from '../instance/instance.js';
import type { Phase, PhaseCounts } from '../phase.js';
import type { Descriptor } from './descriptor.js';

/** A descriptor as it was at one revision. */
export interface Revision {
  readonly revision: number;
  readonly descriptor: Descriptor;
}

/** An update that was stopped because its revision did not come up. It counts as long as the service wishes that revision. */
export interface Halt {
  readonly revision: number;
  readonly reason: string;
}

/** What others have written into a service; each only where it differs from what the manager holds to be true. */
export interface OutsideDecision {
  /** A phase or a verdict, or any other word. */
  readonly status?: string | undefined;
  readonly clusterId?: string | undefined;
  readonly replicas?: number | undefined;
}

export type ServiceLifecycle = 'live' | 'terminating' | 'terminated';

/**
 * What a user wants to run, and a summary of how it is doing. Users write all but `phase`, `reason`, `phaseCounts`,
 * `clusterId`, `nextNumber` and `stableRevision`, which the reconciler keeps. `halted` is written by the reconciler and cleared by users who go on.
 */
export interface Service {
  readonly id: string;
  /** The organization that it belongs to; absent: the installation. */
  readonly organizationId?: string | undefined;
  readonly name: string;
  readonly application: string;
  readonly descriptor: Descriptor;
  readonly replicas: number;
  /** Number of the next instance that is made. Rises only; absent in services that were stored before instances had numbers. */
  readonly nextNumber?: number | undefined;
  readonly revision: number;
  /** Other revisions, newest first, at most `previousRevisionsMax`; instances may still run them. */
  readonly previous: readonly Revision[];
  /** Whether users want that no further instance is replaced for now. */
  readonly paused?: boolean | undefined;
  readonly halted?: Halt | undefined;
  /** The last revision that all instances have run. */
  readonly stableRevision?: number | undefined;
  readonly lifecycle: ServiceLifecycle;
  readonly phase: Phase;
  readonly reason?: string | undefined;
  readonly phaseCounts: PhaseCounts;
  /** Where its first instance is. */
  readonly clusterId?: string | undefined;
  /** What a scheduler that shares the database has written there and nobody has taken over yet. */
  readonly outside?: OutsideDecision | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Rises with every wish; the ETag. */
  readonly version: number;
}

export const previousRevisionsMax = 10;

/** Phase and verdict in one word, as the database API has it: a service that was turned down shows the verdict. */
export const statusOf = ({ phase, reason }: Pick<Service, 'phase' | 'reason'>): string =>
  phase === 'REQUESTED' && reason !== undefined && reason in Verdict ? reason : phase;

/** The descriptor at a revision; the current one where that revision is no longer kept. */
export const descriptorAt = (
  service: Pick<Service, 'descriptor' | 'previous' | 'revision'>,
  revision: number,
): Descriptor =>
  service.previous.find((entry) => entry.revision === revision)?.descriptor ?? service.descriptor;
