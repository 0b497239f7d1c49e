import { fits, subtractResources, type Resources } from '../resources.js';
import { distanceKm } from './distance.js';
import type { ClusterPicture, FilterName, PlacementRequest } from './scheduling.js';

/** Why a filter dropped a cluster. */
export interface Drop {
  readonly droppedBy: FilterName;
  readonly detail: string;
}

type Filter = (
  request: PlacementRequest,
  cluster: ClusterPicture,
  free: Resources,
) => string | undefined;

const describe = (resources: Resources): string =>
  [
    resources.cpuMillicores > 0 ? `${resources.cpuMillicores / 1000} CPU cores` : '',
    resources.memoryMiB > 0 ? `${resources.memoryMiB} MiB` : '',
    resources.gpus > 0 ? `${resources.gpus} GPUs` : '',
  ]
    .filter(Boolean)
    .join(', ') || 'nothing';

const labelsMissing: Filter = ({ placement }, { labels }) => {
  const missing = Object.entries(placement.labels ?? {}).find(
    ([key, value]) => labels[key] !== value,
  );
  return missing && `has no label ${missing[0]}=${missing[1]}`;
};

const tooFar: Filter = ({ placement: { near } }, { coordinates }) => {
  if (near?.maxKm === undefined) return undefined;
  if (coordinates === undefined) return 'its coordinates are not known';
  const km = distanceKm(near, coordinates);
  return km > near.maxKm ? `is ${Math.round(km)} km away, ${near.maxKm} km are allowed` : undefined;
};

/**
 * In the order in which they are asked; the first that says why drops the cluster. Demands of the user come before the state of the
 * cluster, so that the verdict can tell "not found" from "not active" from "no capacity".
 */
const filters: readonly (readonly [FilterName, Filter])[] = [
  [
    'organization',
    ({ organizationId }, { organizationId: owner }) =>
      owner !== undefined && owner !== organizationId ? 'belongs to others' : undefined,
  ],
  [
    'cluster',
    ({ placement }, { name }) =>
      placement.cluster !== undefined && placement.cluster !== name
        ? `is not ${placement.cluster}`
        : undefined,
  ],
  [
    'location',
    ({ placement }, { location }) =>
      placement.location !== undefined && placement.location !== location
        ? `is not in ${placement.location}`
        : undefined,
  ],
  [
    'worker',
    ({ placement }, { workers }) =>
      placement.worker !== undefined && workers && !workers.includes(placement.worker)
        ? `has no worker ${placement.worker}`
        : undefined,
  ],
  ['liveness', (_, { active }) => (active ? undefined : 'has not been heard of lately')],
  ['schedulable', (_, { schedulable }) => (schedulable ? undefined : 'takes no new instances')],
  [
    'capability',
    ({ runtime }, { capabilities }) =>
      capabilities.includes(runtime) ? undefined : `does not offer the runtime ${runtime}`,
  ],
  ['labels', labelsMissing],
  [
    'taints',
    ({ placement }, { taints }) => {
      const taint = taints.find((each) => !(placement.tolerations ?? []).includes(each));
      return taint && `has the taint ${taint}`;
    },
  ],
  ['distance', tooFar],
  [
    'capacity',
    ({ resources }, _, free) =>
      fits(resources, free)
        ? undefined
        : `needs ${describe(resources)}; free are ${describe(free)}`,
  ],
];

/** Why the cluster cannot take the instance; nothing where it can. `free` is what is left of it at this point. */
export function drop(
  request: PlacementRequest,
  cluster: ClusterPicture,
  free: Resources,
): Drop | undefined {
  for (const [droppedBy, filter] of filters) {
    const detail = filter(request, cluster, free);
    if (detail !== undefined) return { droppedBy, detail };
  }
  return undefined;
}

/** What is left after the instance has taken its share. */
export const take = (free: Resources, request: PlacementRequest): Resources =>
  subtractResources(free, request.resources);
