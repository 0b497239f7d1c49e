import { fits, subtractResources, type Resources } from '../resources.js';
import { distanceKm } from './distance.js';
import type { ClusterPicture, FilterName, PlacementRequest } from './scheduling.js';

/** Why a filter dropped a cluster. */
export interface Drop {
  readonly droppedBy: FilterName;
  readonly detail: string;
}

/** `passes` is asked of every cluster for every kind of request, `why` only where somebody wants to know. */
interface Filter {
  readonly name: FilterName;
  passes(request: PlacementRequest, cluster: ClusterPicture, free: Resources): boolean;
  why(request: PlacementRequest, cluster: ClusterPicture, free: Resources): string;
}

const describe = (resources: Resources): string =>
  [
    resources.cpuMillicores > 0 ? `${resources.cpuMillicores / 1000} CPU cores` : '',
    resources.memoryMiB > 0 ? `${resources.memoryMiB} MiB` : '',
    resources.gpus > 0 ? `${resources.gpus} GPUs` : '',
  ]
    .filter(Boolean)
    .join(', ') || 'nothing';

const missingLabel = (
  { placement }: PlacementRequest,
  { labels }: ClusterPicture,
): readonly [string, string] | undefined =>
  placement.labels &&
  Object.entries(placement.labels).find(([key, value]) => labels[key] !== value);

const untolerated = (
  { placement }: PlacementRequest,
  { taints }: ClusterPicture,
): string | undefined =>
  taints.length === 0
    ? undefined
    : taints.find((each) => !(placement.tolerations ?? []).includes(each));

const kmTo = (
  { placement: { near } }: PlacementRequest,
  { coordinates }: ClusterPicture,
): number | undefined => near && coordinates && distanceKm(near, coordinates);

/**
 * In the order in which they are asked; the first that is not passed drops the cluster. Demands of the user come before the state of
 * the cluster, so that the verdict can tell "not found" from "not active" from "no capacity".
 */
const filters: readonly Filter[] = [
  {
    name: 'organization',
    passes: ({ organizationId }, { organizationId: owner }) =>
      owner === undefined || owner === organizationId,
    why: () => 'belongs to others',
  },
  {
    name: 'cluster',
    passes: ({ placement: { cluster } }, { name }) => cluster === undefined || cluster === name,
    why: ({ placement }) => `is not ${placement.cluster}`,
  },
  {
    name: 'location',
    passes: ({ placement }, { location }) =>
      placement.location === undefined || placement.location === location,
    why: ({ placement }) => `is not in ${placement.location}`,
  },
  {
    name: 'worker',
    passes: ({ placement: { worker } }, { workers }) =>
      worker === undefined || workers === undefined || workers.includes(worker),
    why: ({ placement }) => `has no worker ${placement.worker}`,
  },
  {
    name: 'liveness',
    passes: (_, { active }) => active,
    why: () => 'has not been heard of lately',
  },
  {
    name: 'schedulable',
    passes: (_, { schedulable }) => schedulable,
    why: () => 'takes no new instances',
  },
  {
    name: 'capability',
    passes: ({ runtime }, { capabilities }) => capabilities.includes(runtime),
    why: ({ runtime }) => `does not offer the runtime ${runtime}`,
  },
  {
    name: 'labels',
    passes: (request, cluster) => missingLabel(request, cluster) === undefined,
    why: (request, cluster) => `has no label ${missingLabel(request, cluster)?.join('=')}`,
  },
  {
    name: 'taints',
    passes: (request, cluster) => untolerated(request, cluster) === undefined,
    why: (request, cluster) => `has the taint ${untolerated(request, cluster)}`,
  },
  {
    name: 'distance',
    passes: (request, cluster) =>
      request.placement.near?.maxKm === undefined ||
      (kmTo(request, cluster) ?? Number.POSITIVE_INFINITY) <= request.placement.near.maxKm,
    why: (request, cluster) => {
      const km = kmTo(request, cluster);
      return km === undefined
        ? 'its coordinates are not known'
        : `is ${Math.round(km)} km away, ${request.placement.near?.maxKm} km are allowed`;
    },
  },
  {
    name: 'capacity',
    passes: ({ resources }, _, free) => fits(resources, free),
    why: ({ resources }, _, free) => `needs ${describe(resources)}; free are ${describe(free)}`,
  },
];

const firstNotPassed = (
  request: PlacementRequest,
  cluster: ClusterPicture,
  free: Resources,
): Filter | undefined => {
  for (const filter of filters) if (!filter.passes(request, cluster, free)) return filter;
  return undefined;
};

/** The filter that drops the cluster; nothing where it can take the instance. `free` is what is left of it at this point. */
export const droppedBy = (
  request: PlacementRequest,
  cluster: ClusterPicture,
  free: Resources,
): FilterName | undefined => firstNotPassed(request, cluster, free)?.name;

/** Why the cluster cannot take the instance; nothing where it can. `free` is what is left of it at this point. */
export function drop(
  request: PlacementRequest,
  cluster: ClusterPicture,
  free: Resources,
): Drop | undefined {
  const filter = firstNotPassed(request, cluster, free);
  return filter && { droppedBy: filter.name, detail: filter.why(request, cluster, free) };
}

/** What is left after the instance has taken its share. */
export const take = (free: Resources, request: PlacementRequest): Resources =>
  subtractResources(free, request.resources);
