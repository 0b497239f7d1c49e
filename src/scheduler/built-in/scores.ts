import type { Resources } from '../../domain/resources.js';
import type {
  ClusterPicture,
  PlacementRequest,
  Scores,
} from '../../domain/scheduling/scheduling.js';
import { distanceKm, farthestKm } from '../../domain/scheduling/distance.js';

const weights: Readonly<Scores> = { bestFit: 1, spread: 2, distance: 4 };

const usedShare = (free: number, wanted: number, capacity: number): number =>
  capacity > 0 ? Math.min(1, Math.max(0, 1 - (free - wanted) / capacity)) : 1;

/** How full the cluster would be: fuller is better, so that room for large instances is kept elsewhere. */
const bestFit = (request: PlacementRequest, cluster: ClusterPicture, free: Resources): number =>
  (usedShare(free.cpuMillicores, request.resources.cpuMillicores, cluster.capacity.cpuMillicores) +
    usedShare(free.memoryMiB, request.resources.memoryMiB, cluster.capacity.memoryMiB)) /
  2;

const distance = (
  { placement: { near } }: PlacementRequest,
  { coordinates }: ClusterPicture,
): number => {
  if (near === undefined) return 1;
  return coordinates === undefined ? 0 : 1 - distanceKm(near, coordinates) / farthestKm;
};

/** @param siblings - how many of the service's instances are in the same cluster, or at the same location */
export const scoresOf = (
  request: PlacementRequest,
  cluster: ClusterPicture,
  free: Resources,
  siblings: number,
): Scores => ({
  bestFit: bestFit(request, cluster, free),
  spread: 1 / (1 + siblings),
  distance: distance(request, cluster),
});

/** The weighted mean, between 0 and 1. */
export const totalScore = (scores: Scores): number =>
  (scores.bestFit * weights.bestFit +
    scores.spread * weights.spread +
    scores.distance * weights.distance) /
  (weights.bestFit + weights.spread + weights.distance);
