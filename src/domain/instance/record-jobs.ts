/**
 * Reports of clusters that know services as a whole ("jobs") and not their instances: one status for all replicas, and free
 * resources in place of a capacity.
 */
import type { Aggregate, Cluster } from '../cluster/cluster.js';
import { getCluster } from '../cluster/get-cluster.js';
import { DomainError } from '../errors.js';
import type { ObservedPhase } from '../phase.js';
import type { Ports } from '../ports.js';
import { addResources, noResources, type Resources } from '../resources.js';
import type { Half, Instance } from './instance.js';
import { repeatOrders, type OrderReference } from './orders.js';
import { recordReportOf, type InstanceObservation } from './record-report.js';

/** How a cluster sees one service. Without a phase it only says that the service is there. */
export interface JobObservation {
  readonly serviceId: string;
  readonly phase?: ObservedPhase | undefined;
  readonly reason?: string | undefined;
}

export interface JobReport {
  readonly aggregate: Aggregate;
  readonly capabilities?: readonly string[] | undefined;
  /** All services that the cluster has. */
  readonly jobs: readonly JobObservation[];
}

/** What a report means for the instances that are bound to the cluster. */
export interface JobsMeaning {
  readonly observations: readonly InstanceObservation[];
  /** Acknowledged orders of which the cluster knows nothing. */
  readonly forgotten: readonly OrderReference[];
  /** Services that are there although nothing of them is bound to the cluster. */
  readonly strangers: readonly string[];
  /** What the cluster has taken for instances already, so that it is not among its free resources. */
  readonly taken: Resources;
}

/** Phases in which a cluster has set resources aside. */
const holding: ReadonlySet<string> = new Set([
  'NODE_SCHEDULED',
  'CREATING',
  'RUNNING',
  'UNDEPLOYING',
]);

interface Bound {
  readonly instance: Instance;
  readonly half: Half;
}

const boundAt = (clusterId: string, instances: readonly Instance[]): readonly Bound[] =>
  instances.flatMap((instance) =>
    instance.halves
      .filter((half) => half.clusterId === clusterId && half.phase !== 'UNDEPLOYED')
      .map((half) => ({ instance, half })),
  );

const referenceTo = ({ instance, half }: Bound): OrderReference => ({
  instanceId: instance.id,
  generation: half.generation,
  action: half.action,
});

/** What becomes of one half. A run that was not acknowledged is not what is there: its order is still to come. */
function observe(
  { instance, half }: Bound,
  job: JobObservation | undefined,
  runsThere: boolean,
): InstanceObservation | undefined {
  const told = { instanceId: instance.id, generation: half.generation };
  if (half.action === 'run')
    return half.acknowledged && job?.phase !== undefined
      ? { ...told, phase: job.phase, reason: job.reason }
      : undefined;
  // The number of replicas has been told together with what else runs there, so what is there is not this half.
  const gone = half.acknowledged && (job === undefined || runsThere);
  return gone || job?.phase === 'UNDEPLOYED' ? { ...told, phase: 'UNDEPLOYED' } : undefined;
}

/**
 * Holds a report against what is bound to the cluster. Pure.
 *
 * @param mayForget - whether an order for the service was answered so long ago that the report must know of it
 */
export function meaningOfJobs(
  clusterId: string,
  jobs: readonly JobObservation[],
  instances: readonly Instance[],
  mayForget: (serviceId: string) => boolean,
): JobsMeaning {
  const seen = new Map(jobs.map((job) => [job.serviceId, job]));
  const bound = boundAt(clusterId, instances);
  const running = new Set(
    bound
      .filter(({ half }) => half.action === 'run' && half.acknowledged)
      .map(({ instance }) => instance.serviceId),
  );
  const observations: InstanceObservation[] = [];
  const forgotten: OrderReference[] = [];
  let taken = noResources;
  for (const each of bound) {
    const { serviceId } = each.instance;
    const job = seen.get(serviceId);
    const observation = observe(each, job, running.has(serviceId));
    if (observation) observations.push(observation);
    else if (job === undefined && each.half.acknowledged && mayForget(serviceId))
      forgotten.push(referenceTo(each));
    if (job && holding.has(observation?.phase ?? each.half.phase))
      taken = addResources(taken, each.half.resources);
  }
  const known = new Set(bound.map(({ instance }) => instance.serviceId));
  return {
    observations,
    forgotten,
    strangers: [...seen.keys()].filter((serviceId) => !known.has(serviceId)),
    taken,
  };
}

/** What is free, and what is taken already. Nothing is known to be there until the cluster says so. */
const capacityOf = (
  { cpuCores, memoryMiB }: Aggregate,
  taken: Resources,
  before: Resources,
): Resources => ({
  cpuMillicores:
    cpuCores === undefined
      ? before.cpuMillicores
      : Math.max(0, Math.floor(cpuCores * 1000)) + taken.cpuMillicores,
  memoryMiB:
    memoryMiB === undefined
      ? before.memoryMiB
      : Math.max(0, Math.floor(memoryMiB)) + taken.memoryMiB,
  gpus: before.gpus,
});

/** How often a report is tried again when another one of the same cluster was faster. */
const attemptsMax = 5;

async function attempt(
  ports: Ports,
  cluster: Cluster,
  instances: readonly Instance[],
  report: JobReport,
  mayForget: (serviceId: string) => boolean,
): Promise<JobsMeaning | undefined> {
  const meaning = meaningOfJobs(cluster.id, report.jobs, instances, mayForget);
  const reported = {
    session: cluster.session,
    sequence: cluster.sequence + 1,
    full: false,
    capacity: capacityOf(report.aggregate, meaning.taken, cluster.capacity),
    capabilities: report.capabilities,
    aggregate: report.aggregate,
    instances: meaning.observations,
  };
  const { applied } = await recordReportOf(ports, cluster, reported, instances);
  return applied ? meaning : undefined;
}

/**
 * Takes over what a cluster with an endpoint reports. These reports carry no number; the order in which they come is theirs.
 *
 * @returns services that are there without being bound there
 * @throws DomainError `cluster-not-found` - also for a cluster that has a session: it proves itself, which this one cannot
 */
export async function recordJobs(
  ports: Ports,
  clusterId: string,
  report: JobReport,
  mayForget: (serviceId: string) => boolean,
): Promise<readonly string[]> {
  for (let count = 1; count <= attemptsMax; count += 1) {
    const [cluster, instances] = await Promise.all([
      getCluster(ports.clusters, clusterId),
      ports.instances.atCluster(clusterId),
    ]);
    if (cluster.endpoint === undefined || cluster.endpoint.protocol !== undefined)
      throw new DomainError('cluster-not-found', `The cluster ${clusterId} does not report here.`);
    const meaning = await attempt(ports, cluster, instances, report, mayForget);
    if (meaning === undefined) continue;
    await repeatOrders(ports, clusterId, meaning.forgotten);
    return meaning.strangers;
  }
  throw new DomainError('write-conflict', 'Too many reports of this cluster at once.');
}
