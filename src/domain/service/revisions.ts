/** Which revision of a service its instances should run, and which ones it can go back to. */
import { DomainError } from '../errors.js';
import type { Descriptor } from './descriptor.js';
import { previousRevisionsMax, type Revision, type Service } from './service.js';

type Revisions = Pick<Service, 'revision' | 'descriptor' | 'previous' | 'stableRevision'>;

/** All revisions that are kept, the newest first. */
export const revisionsOf = ({ revision, descriptor, previous }: Revisions): readonly Revision[] =>
  [{ revision, descriptor }, ...previous].sort((a, b) => b.revision - a.revision);

/** The oldest go, but never the one that is known to run. */
function keepBounded(revisions: readonly Revision[], stable: number | undefined) {
  const kept = revisions.slice(0, previousRevisionsMax);
  const proven = revisions.find((each) => each.revision === stable);
  return proven === undefined || kept.includes(proven) ? kept : [...kept.slice(0, -1), proven];
}

/** The service with a new revision. */
export function addRevision(service: Service, descriptor: Descriptor): Service {
  const all = revisionsOf(service);
  return {
    ...service,
    descriptor,
    revision: (all[0]?.revision ?? 0) + 1,
    previous: keepBounded(all, service.stableRevision),
    halted: undefined,
  };
}

/**
 * The service with an earlier revision, under its own number: instances that still run it stay as they are.
 *
 * @throws DomainError `revision-not-found`
 */
export function switchRevision(service: Service, revision: number): Service {
  const all = revisionsOf(service);
  const wanted = all.find((each) => each.revision === revision);
  if (wanted === undefined)
    throw new DomainError(
      'revision-not-found',
      `Revision ${revision} is not kept; there are ${all.map((each) => each.revision).join(', ')}.`,
    );
  return {
    ...service,
    descriptor: wanted.descriptor,
    revision,
    previous: all.filter((each) => each !== wanted),
    halted: undefined,
  };
}

/**
 * Where a rollback goes that names no revision: to the last one that all instances have run, or else to the one before.
 *
 * @returns nothing when there is no other
 */
export function previousRevision(service: Revisions): number | undefined {
  const { stableRevision, revision, previous } = service;
  const proven = previous.find((each) => each.revision === stableRevision);
  return (proven ?? previous.find((each) => each.revision < revision))?.revision;
}

/** Whether the update to the present revision was stopped. */
export const isHalted = ({ halted, revision }: Pick<Service, 'halted' | 'revision'>): boolean =>
  halted?.revision === revision;

/** Whether instances are being replaced by the present revision. */
export const isUpdating = ({
  revision,
  stableRevision,
}: Pick<Service, 'revision' | 'stableRevision'>): boolean =>
  stableRevision !== undefined && stableRevision !== revision;

/** What a user sees of it in one word. */
export type RolloutState = 'settled' | 'progressing' | 'paused' | 'halted';

export function rolloutState(
  service: Pick<Service, 'revision' | 'stableRevision' | 'halted' | 'paused'>,
): RolloutState {
  if (isHalted(service)) return 'halted';
  if (service.paused === true) return 'paused';
  return service.stableRevision === service.revision ? 'settled' : 'progressing';
}

/** The revision of an instance that is placed anew: while the present one is held back, the last that is known to run. */
export function revisionToPlace(service: Service): number {
  const heldBack = isHalted(service) || service.paused === true;
  const { stableRevision, previous, revision } = service;
  const proven = previous.some((each) => each.revision === stableRevision);
  return heldBack && stableRevision !== undefined && proven ? stableRevision : revision;
}
