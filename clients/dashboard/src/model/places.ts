import type { Cluster } from '@system-manager/client';

/** Clusters that lie so close together that a map of the world shows them as one. */
export interface Place {
  readonly key: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly clusters: readonly Cluster[];
}

/** Degrees. */
const grid = 2;

const rounded = (degrees: number): number => Math.round(degrees / grid) * grid;

/** Clusters by place, those with most clusters first, and those that tell no coordinates. */
export function placesOf(clusters: readonly Cluster[]): {
  readonly places: readonly Place[];
  readonly nowhere: readonly Cluster[];
} {
  const places = new Map<string, Place>();
  const nowhere: Cluster[] = [];
  for (const cluster of clusters) {
    if (!cluster.coordinates) {
      nowhere.push(cluster);
      continue;
    }
    const { latitude, longitude } = cluster.coordinates;
    const key = `${rounded(latitude)} ${rounded(longitude)}`;
    const place = places.get(key);
    places.set(key, {
      key,
      name: place?.name ?? cluster.location ?? cluster.name,
      latitude: place?.latitude ?? latitude,
      longitude: place?.longitude ?? longitude,
      clusters: [...(place?.clusters ?? []), cluster],
    });
  }
  const sorted = [...places.values()].sort((a, b) => b.clusters.length - a.clusters.length);
  return { places: sorted, nowhere };
}

/** Whether all, some or none of the clusters are heard of. */
export function livenessOf(clusters: readonly Cluster[]): 'good' | 'busy' | 'bad' {
  const active = clusters.filter(({ state }) => state === 'active').length;
  if (active === clusters.length) return 'good';
  return active === 0 ? 'bad' : 'busy';
}
