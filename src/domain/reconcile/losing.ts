/**
 * What becomes of an instance whose cluster is away. The promise for `move` is that it never runs twice, without trusting the clock
 * of another machine: docs/decisions says who counts what from when, and where the margin comes from.
 */
import type { Half, Instance } from '../instance/instance.js';
import { currentHalf } from '../instance/instance.js';
import { retire } from './halves.js';
import type { Surroundings } from './state.js';

/** How this manager sees the absence of a cluster. */
export interface Absence {
  /** For how long it has known of no sign of the cluster, by its own monotonic clock, in milliseconds. */
  readonly silentMs: number;
  /** Why nothing that ran there is placed elsewhere for now. */
  readonly heldBack?: string | undefined;
}

const marginMsMin = 5_000;
const marginShare = 1 / 20;

/**
 * What the manager waits beyond a lease, in milliseconds: clocks that drift by 1 % each, and more than 4.9 seconds from the end of the
 * lease until the last process has gone.
 */
export const leaseMarginMs = (leaseMs: number): number => marginMsMin + leaseMs * marginShare;

/** What follows from the absence of the cluster for one half. */
export type Loss =
  /** Nothing: the cluster is there, or the half has ended by itself. */
  | { readonly kind: 'none' }
  /** It is left to its site. */
  | { readonly kind: 'stays'; readonly reason: string }
  /** It may not be placed elsewhere yet; `inMs` says when to look again, where that is known. */
  | { readonly kind: 'waits'; readonly reason: string; readonly inMs?: number }
  /** It may be placed elsewhere. */
  | { readonly kind: 'replaceable' };

type AbsenceSurroundings = Pick<Surroundings, 'now' | 'clusters' | 'lostAfterMs' | 'absences'>;

function waitOf({ clusterName, leaseMs }: Half): string {
  const lease = leaseMs === undefined ? '' : `, and its lease of ${leaseMs / 1000} s and a margin,`;
  return `${clusterName} is away; it is placed elsewhere once the grace time${lease} is over`;
}

/** What the absence of its cluster means for a half. */
export function judgeLoss(half: Half, surroundings: AbsenceSurroundings): Loss {
  const cluster = surroundings.clusters.get(half.clusterId);
  if (cluster?.liveness !== 'inactive' || half.phase === 'COMPLETED' || half.phase === 'DEAD')
    return { kind: 'none' };
  const { clusterName, whenLost = 'keep', leaseMs } = half;
  if (whenLost === 'keep')
    return { kind: 'stays', reason: `${clusterName} is away; it is left to its site` };
  const absence = surroundings.absences.get(half.clusterId);
  const waitMs = Math.max(
    surroundings.lostAfterMs,
    leaseMs === undefined ? 0 : leaseMs + leaseMarginMs(leaseMs),
  );
  const leftMs = waitMs - (absence?.silentMs ?? 0);
  if (leftMs > 0) return { kind: 'waits', reason: waitOf(half), inMs: leftMs };
  if (absence?.heldBack !== undefined)
    return { kind: 'waits', reason: `${clusterName} is away; ${absence.heldBack}` };
  return { kind: 'replaceable' };
}

/** Gives the current half up for one elsewhere. It keeps its room there until its cluster says that it is gone. */
export const abandonCurrent = (instance: Instance): Instance => {
  const current = currentHalf(instance);
  return current === undefined
    ? instance
    : {
        ...instance,
        halves: instance.halves.map((half) => (half === current ? retire(half) : half)),
      };
};
