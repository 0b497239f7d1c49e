/** Very much to look after, written down beforehand: clusters, services, and instances that run. */
import { secrets } from '../../src/secrets.js';
import { toClusterDocument } from '../../src/store/clusters.js';
import { toInstanceDocument } from '../../src/store/instances.js';
import { toServiceDocument } from '../../src/store/services.js';
import type { Store } from '../../src/store/store.js';
import { aCluster, aDescriptor, aHalf, anInstance, aService, id } from './builders.js';

const clusterIdOf = (index: number): string => id(0x1_000_000 + index);
const serviceIdOf = (index: number): string => id(0x2_000_000 + index);
const instanceIdOf = (index: number): string => id(0x3_000_000 + index);
const perService = 100;
const writtenAtOnce = 5_000;
const resources = { cpuMillicores: 10, memoryMiB: 8, gpus: 0 };

const clusterAt = (index: number, instances: number) =>
  toClusterDocument(
    aCluster({
      id: clusterIdOf(index),
      name: clusterNameAt(index),
      credentialHash: secrets.hash(credentialAt(index)),
      location: `region-${index % 40}`,
      coordinates: { latitude: ((index * 37) % 120) - 50, longitude: ((index * 91) % 340) - 170 },
      capacity: { cpuMillicores: 64_000, memoryMiB: 262_144, gpus: 0 },
      reserved: {
        cpuMillicores: resources.cpuMillicores * instances,
        memoryMiB: resources.memoryMiB * instances,
        gpus: 0,
      },
      anonymousWorkers: 4,
      lastHeardAt: Date.now(),
    }),
  );

const serviceAt = (index: number) =>
  toServiceDocument(
    aService({
      id: serviceIdOf(index),
      name: `service-${index}`,
      descriptor: aDescriptor({
        name: `service-${index}`,
        replicas: perService,
        resources: { cpuCores: 0.01, memoryMiB: 8, gpus: 0 },
      }),
      replicas: perService,
      phase: 'RUNNING',
      phaseCounts: { RUNNING: perService },
      stableRevision: 1,
    }),
  );

function instanceAt(index: number, clusters: number) {
  const service = Math.floor(index / perService);
  const cluster = index % clusters;
  const clusterId = clusterIdOf(cluster);
  return toInstanceDocument(
    anInstance({
      id: instanceIdOf(index),
      serviceId: serviceIdOf(service),
      serviceName: `service-${service}`,
      ordinal: index % perService,
      halves: [aHalf({ clusterId, clusterName: clusterNameAt(cluster), resources })],
    }),
  );
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

export interface Filling {
  readonly clusters: number;
  /** A multiple of 100; services have 100 each. */
  readonly instances: number;
}

/** The credential of a cluster of a filled store. */
export const credentialAt = (index: number): string =>
  `smc_${clusterIdOf(index)}_${'f'.repeat(32)}`;

/** The name of a cluster of a filled store. */
export const clusterNameAt = (index: number): string => `site-${index}`;

/** The instances that a cluster of a filled store runs. */
export const instanceIdsAt = (index: number, { clusters, instances }: Filling): string[] =>
  range(0, Math.ceil((instances - index) / clusters)).map((nth) =>
    instanceIdOf(index + nth * clusters),
  );

export async function fill(store: Store, { clusters, instances }: Filling): Promise<void> {
  const { models } = store;
  const each = Math.ceil(instances / clusters);
  await models.clusters.collection.insertMany(
    range(0, clusters).map((index) => clusterAt(index, each)),
  );
  const services = Math.ceil(instances / perService);
  await models.services.collection.insertMany(range(0, services).map(serviceAt));
  for (let from = 0; from < instances; from += writtenAtOnce)
    await models.instances.collection.insertMany(
      range(from, Math.min(instances, from + writtenAtOnce)).map((index) =>
        instanceAt(index, clusters),
      ),
    );
}
