/** Moves in the words of 2021: by location, and by node. */
import type { Cluster } from '../../domain/cluster/cluster.js';
import { currentHalf, type Half, type Instance } from '../../domain/instance/instance.js';
import { noteWorker } from '../../domain/instance/orders.js';
import type { Ports } from '../../domain/ports.js';
import { getService } from '../../domain/service/get-service.js';
import { migrateService } from '../../domain/service/migrate-service.js';
import { text, type Answer } from './answers.js';
import { textOf, type Fields } from '../input.js';
import { requireJob } from './jobs.js';

/** A move starts at its target first, and counts as soon as it runs there. */
const manner = { strategy: 'makeBeforeBreak', healthyMs: 0, timeoutMs: 300_000 } as const;

const at = (clusters: readonly Cluster[], location: string): readonly Cluster[] =>
  clusters.filter((cluster) => cluster.location === location);

interface Resident {
  readonly instance: Instance;
  readonly half: Half;
}

/** The instances that are at one of the clusters. */
const residentsOf = (
  instances: readonly Instance[],
  clusters: readonly Cluster[],
): readonly Resident[] =>
  instances.flatMap((instance) => {
    const half = instance.wanted ? currentHalf(instance) : undefined;
    return half && clusters.some(({ id }) => id === half.clusterId) ? [{ instance, half }] : [];
  });

export async function moveBetweenClusters(ports: Ports, fields: Fields): Promise<Answer> {
  const from = textOf(fields, 'from_location');
  const to = textOf(fields, 'to_location');
  const clusters = await ports.clusters.all();
  const sources = at(clusters, from);
  if (sources.length === 0) return text(404, 'Error: Source Cluster does not exist');
  if (at(clusters, to).length === 0) return text(404, 'Error: Target Cluster does not exist');
  const serviceId = requireJob(fields);
  await getService(ports.services, serviceId);
  const residents = residentsOf(await ports.instances.liveOf(serviceId), sources);
  if (residents.length === 0) return text(409, `Error: the job is not at ${from}`);
  await migrateService(ports, serviceId, {
    to: { location: to },
    instanceIds: residents.map(({ instance }) => instance.id),
    ...manner,
  });
  return text(200, 'ok\n');
}

/** Who is on the node; where a cluster does not tell, whoever asks knows it. */
const chosenAt = (residents: readonly Resident[], node: string): readonly Resident[] => {
  const there = residents.filter(({ half }) => half.worker === node);
  return there.length > 0
    ? there
    : residents.filter(({ half }) => half.worker === undefined).slice(0, 1);
};

export async function moveBetweenNodes(ports: Ports, fields: Fields): Promise<Answer> {
  const location = textOf(fields, 'cluster');
  const from = textOf(fields, 'from_node');
  const to = textOf(fields, 'to_node');
  const clusters = at(await ports.clusters.all(), location);
  if (clusters.length === 0) return text(404, 'ClusterNotFound\n');
  const serviceId = requireJob(fields);
  await getService(ports.services, serviceId);
  const residents = residentsOf(await ports.instances.liveOf(serviceId), clusters);
  const chosen = chosenAt(residents, from);
  const [first] = chosen;
  if (first === undefined) return text(409, `Error: the job is not on ${from} at ${location}\n`);
  const { clusterId, clusterName } = first.half;
  const moving = chosen.filter(({ half }) => half.clusterId === clusterId);
  await ports.work.transaction(async () => {
    await noteWorker(
      ports,
      clusterId,
      moving.map(({ instance, half }) => ({
        instanceId: instance.id,
        generation: half.generation,
        action: half.action,
      })),
      from,
    );
    await migrateService(ports, serviceId, {
      to: { cluster: clusterName, worker: to },
      instanceIds: moving.map(({ instance }) => instance.id),
      ...manner,
    });
  });
  return text(200, 'Ok\n');
}
