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

export type ServiceLifecycle = 'live' | 'terminating' | 'terminated';

/**
 * What a user wants to run, and a summary of how it is doing. Users write all but `phase`, `reason`, `phaseCounts` and
 * `stableRevision`, which the reconciler keeps. `halted` is written by the reconciler and cleared by users who go on.
 */
export interface Service {
  readonly id: string;
  readonly name: string;
  readonly application: string;
  readonly descriptor: Descriptor;
  readonly replicas: number;
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
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Rises with every wish; the ETag. */
  readonly version: number;
}

export const previousRevisionsMax = 10;

/** The descriptor at a revision; the current one where that revision is no longer kept. */
export const descriptorAt = (
  service: Pick<Service, 'descriptor' | 'previous' | 'revision'>,
  revision: number,
): Descriptor =>
  service.previous.find((entry) => entry.revision === revision)?.descriptor ?? service.descriptor;
