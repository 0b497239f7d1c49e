import type { ClusterPicture, PlacementRequest } from './frames.js';

const earthRadiusKm = 6371.0088;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** Great-circle distance between two places on earth. */
export function distanceKm(a: Place, b: Place): number {
  const sine = (from: number, to: number): number => Math.sin(radians(to - from) / 2) ** 2;
  const haversine =
    sine(a.latitude, b.latitude) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * sine(a.longitude, b.longitude);
  return 2 * earthRadiusKm * Math.asin(Math.sqrt(Math.min(1, haversine)));
}

function near({ coordinates }: ClusterPicture, { placement }: PlacementRequest): boolean {
  const { near: wanted } = placement;
  if (wanted?.maxKm === undefined) return true;
  return coordinates !== undefined && distanceKm(wanted, coordinates) <= wanted.maxKm;
}

/** Whether the cluster is up, offers the runtime, and is one of those that the user demands. */
export function suits(cluster: ClusterPicture, request: PlacementRequest): boolean {
  const { placement } = request;
  const { labels = {}, tolerations = [] } = placement;
  return (
    cluster.active &&
    cluster.schedulable &&
    cluster.capabilities.includes(request.runtime) &&
    (placement.cluster ?? cluster.name) === cluster.name &&
    (placement.location ?? cluster.location) === cluster.location &&
    (placement.worker === undefined || cluster.workers.includes(placement.worker)) &&
    Object.entries(labels).every(([key, value]) => cluster.labels[key] === value) &&
    cluster.taints.every((taint) => tolerations.includes(taint)) &&
    near(cluster, request)
  );
}

/** Whether there is room. What is not wanted always fits. */
export function fits({ free }: ClusterPicture, { resources }: PlacementRequest): boolean {
  const { cpuCores = 0, memoryMiB = 0, gpus = 0 } = resources;
  // Cores are counted in thousandths; sums of fractions may be off by less than that.
  const thousandth = 0.0005;
  return (
    (cpuCores === 0 || cpuCores <= free.cpuCores + thousandth) &&
    (memoryMiB === 0 || memoryMiB <= free.memoryMiB) &&
    (gpus === 0 || gpus <= free.gpus)
  );
}
