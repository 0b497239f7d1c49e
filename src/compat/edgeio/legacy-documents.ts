/** Reads documents that an installation of 2021 has left, and says what they are here. Pure. */
import { noResources } from '../../domain/resources.js';
import type { Cluster } from '../../domain/cluster/cluster.js';
import type { Half, Instance } from '../../domain/instance/instance.js';
import {
  replicasMax,
  requestedResources,
  type Descriptor,
} from '../../domain/service/descriptor.js';
import type { Service } from '../../domain/service/service.js';
import { refuse } from '../refuse.js';
import { clusterName, findUnusable, idOf, isFields, type Fields } from '../input.js';
import { fromJobFields } from './job-descriptor.js';
import { capabilitiesOf, fromStatus } from './report.js';

/** Where times and ids come from. */
export interface Surroundings {
  readonly now: number;
  readonly newId: () => string;
}

const amount = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.floor(value) : 0;

/** What has become of a job whose cluster has it no more. */
const over: ReadonlySet<string> = new Set(['UNDEPLOYED', 'UNDEPLOYING', 'COMPLETED', 'DEAD']);

/**
 * A cluster that had registered. It goes on reporting under its id, so it is not asked to register again.
 *
 * @param credentialHash - of a credential that nobody has
 * @throws DomainError `validation-failed` - it says what is wrong
 */
export function fromLegacyCluster(
  id: string,
  fields: Fields,
  credentialHash: string,
  { now }: Surroundings,
): Cluster {
  const { cluster_name: name, cluster_location: location, ip, port } = fields;
  if (typeof name !== 'string' || !clusterName.test(name)) return refuse('cluster_name is no name');
  if (typeof ip !== 'string' || !/^\d{1,5}$/.test(String(port)))
    return refuse('ip and port are no address');
  const heard = fields['last_modified_timestamp'];
  return {
    id,
    name,
    location: typeof location === 'string' && location !== '' ? location : undefined,
    endpoint: { host: ip, port: Number(port) },
    info: findUnusable(fields['clusterinfo']) === undefined ? (fields['clusterinfo'] ?? {}) : {},
    capabilities: capabilitiesOf(fields['technology']) ?? ['docker'],
    labels: {},
    taints: [],
    schedulable: true,
    lifecycle: 'present',
    admission: 'approved',
    liveness: 'registered',
    capacity: {
      cpuMillicores: amount(Number(fields['total_cpu_cores']) * 1000),
      memoryMiB: amount(fields['memory_in_mb']),
      gpus: 0,
    },
    reserved: noResources,
    anonymousWorkers: amount(Number(fields['nodes'])),
    addedWorkers: [],
    reportedWorkers: [],
    credentialHash,
    session: 1,
    sequence: 0,
    ...(typeof heard === 'number' ? { lastHeardAt: heard * 1000 } : {}),
    createdAt: now,
    version: 1,
    ledgerVersion: 1,
  };
}

/** @throws DomainError `validation-failed` naming the field */
function descriptorOf(id: string, fields: Fields): Descriptor {
  const content = fields['file_content'];
  if (!isFields(content)) return refuse('file_content is no descriptor');
  const { job_name: name } = fields;
  const named = typeof name === 'string' && name !== '' ? { ...content, job_name: name } : content;
  const descriptor = fromJobFields(named, `job-${id}`);
  // What clusters were sent is what they know it by.
  return { ...descriptor, job: { name: descriptor.job.name, fields: content } };
}

const halfAt = (
  cluster: Cluster,
  descriptor: Descriptor,
  { phase, reason }: ReturnType<typeof fromStatus>,
  now: number,
): Half => ({
  generation: 1,
  role: 'current',
  clusterId: cluster.id,
  clusterName: cluster.name,
  revision: 1,
  resources: requestedResources(descriptor),
  action: 'run',
  // It was told. If the cluster does not have it, its reports say so, and it is told again.
  acknowledged: true,
  boundAt: now,
  whenLost: 'keep',
  phase: phase ?? 'CLUSTER_SCHEDULED',
  reason,
  ...(phase === 'RUNNING' ? { runningSince: now } : {}),
});

/**
 * A job, with the instances that its cluster has of it.
 *
 * @param find - the cluster with that id
 * @throws DomainError `validation-failed` - it says what is wrong
 */
export function fromLegacyJob(
  id: string,
  fields: Fields,
  find: (clusterId: string) => Cluster | undefined,
  { now, newId }: Surroundings,
): { service: Service; instances: readonly Instance[] } {
  const descriptor = descriptorOf(id, fields);
  const status = typeof fields['status'] === 'string' ? fields['status'] : 'REQUESTED';
  if (over.has(status)) return refuse(`its status is ${status}`);
  const clusterId = idOf(fields['cluster']);
  const cluster = clusterId === undefined ? undefined : find(clusterId);
  const replicas = Math.min(replicasMax, amount(fields['replicas']) || 1);
  const { name, application } = descriptor;
  const half = cluster && halfAt(cluster, descriptor, fromStatus(status), now);
  const instances =
    half === undefined
      ? []
      : Array.from({ length: replicas }, (_, ordinal) => ({
          id: newId(),
          serviceId: id,
          serviceName: name,
          application,
          ordinal,
          revision: 1,
          wanted: true,
          live: true,
          phase: half.phase,
          reason: half.reason,
          halves: [half],
          lastGeneration: 1,
          refusals: 0,
          createdAt: now,
          updatedAt: now,
          version: 1,
        }));
  const phase = half?.phase ?? 'REQUESTED';
  const service: Service = {
    id,
    name,
    application,
    descriptor: { ...descriptor, replicas },
    replicas,
    revision: 1,
    previous: [],
    lifecycle: 'live',
    phase,
    phaseCounts: half ? { [phase]: replicas } : {},
    clusterId: half?.clusterId,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  return { service, instances };
}
