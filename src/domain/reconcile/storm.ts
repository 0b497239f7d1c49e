/**
 * Many clusters that vanish together are more likely one fault, of the network or of this manager, than many sites that died. While
 * such a storm lasts, nothing is placed elsewhere because its cluster is away. It follows from the clusters as they are stored, so
 * a restart does not end it.
 */
import { isLeaving, type ClusterPresence } from '../cluster/cluster.js';

export interface StormRules {
  /** More than this share of the clusters makes a storm; between 0 and 1. */
  readonly share: number;
  /** Fewer clusters than this make none. */
  readonly clustersMin: number;
  /** How close together they were last heard of, in milliseconds. */
  readonly windowMs: number;
}

export const defaultStormRules: StormRules = { share: 0.5, clustersMin: 3, windowMs: 120_000 };

export interface Storm {
  /** The clusters that vanished together, the first one first. */
  readonly vanished: readonly ClusterPresence[];
  /** How many there were before. */
  readonly of: number;
  readonly reason: string;
}

/** Whether an administrator has said that this very absence is real. */
export const isConfirmedAway = ({
  lastHeardAt,
  absenceConfirmedFor,
}: Pick<ClusterPresence, 'lastHeardAt' | 'absenceConfirmedFor'>): boolean =>
  absenceConfirmedFor !== undefined && absenceConfirmedFor === lastHeardAt;

/** Whether it matters that the cluster is away: who is leaving, or does not take part, vanishes on purpose. */
const isExpected = (cluster: ClusterPresence): boolean =>
  cluster.admission === 'approved' && !isLeaving(cluster);

/** Clusters that are away, unexpectedly and against nobody's word. */
export const unexplainedAbsences = <T extends ClusterPresence>(clusters: readonly T[]): T[] =>
  clusters.filter(
    (each) => each.liveness === 'inactive' && isExpected(each) && !isConfirmedAway(each),
  );

/** The largest number of clusters that were last heard of within one window. */
function largestGroup(
  away: readonly ClusterPresence[],
  windowMs: number,
): readonly ClusterPresence[] {
  const heardAt = ({ lastHeardAt = 0 }: ClusterPresence): number => lastHeardAt;
  const sorted = [...away].sort((a, b) => heardAt(a) - heardAt(b));
  let largest: readonly ClusterPresence[] = [];
  let from = 0;
  sorted.forEach((last, index) => {
    while (heardAt(last) - heardAt(sorted[from] ?? last) > windowMs) from += 1;
    if (index - from + 1 > largest.length) largest = sorted.slice(from, index + 1);
  });
  return largest;
}

const words = (vanished: number, of: number, windowMs: number): string =>
  `${vanished} of ${of} clusters vanished within ${windowMs / 1000} s`;

/** The storm that the clusters are in, if any. A manager that hears nobody is in one: it may itself be cut off. */
export function findStorm(
  clusters: readonly ClusterPresence[],
  { share, clustersMin, windowMs }: StormRules,
): Storm | undefined {
  const away = unexplainedAbsences(clusters);
  const active = clusters.filter((each) => each.liveness === 'active' && isExpected(each)).length;
  if (active === 0 && away.length > 1)
    return { vanished: away, of: away.length, reason: 'no cluster is heard of' };
  const vanished = largestGroup(away, windowMs);
  const of = active + vanished.length;
  return vanished.length >= clustersMin && vanished.length > share * of
    ? { vanished, of, reason: words(vanished.length, of, windowMs) }
    : undefined;
}
