/** Keeps migrations from overloading a target: only so many start there at once, the rest wait in their order. */
import type { Outcome } from '../scheduling/scheduling.js';
import type { Want } from './wants.js';

/** How many halves may be on their way to one cluster by migrations. */
export const incomingPerClusterMax = 10;

/** How long those that wait are left until they are tried again, in milliseconds. */
export const nextTryMs = 1_000;

/**
 * The results that may be carried out now; nothing stands for one that has to wait.
 *
 * @param results - the answers to `wants`, in the same order
 * @param incoming - what is on its way to each cluster already; migrations that are let in are added to it
 */
export const admit = (
  wants: readonly Want[],
  results: readonly Outcome[],
  incoming: Map<string, number>,
): readonly (Outcome | undefined)[] =>
  results.map((result, index) => {
    const clusterId = result.verdict === 'PLACED' ? result.clusterId : undefined;
    if (wants[index]?.cause !== 'migrate' || clusterId === undefined) return result;
    const there = incoming.get(clusterId) ?? 0;
    if (there >= incomingPerClusterMax) return undefined;
    incoming.set(clusterId, there + 1);
    return result;
  });
