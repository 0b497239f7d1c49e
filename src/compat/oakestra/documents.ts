/** Services, instances, applications and clusters as the peers read them. Types and the presence of fields matter to them. */
import type { Application } from '../../domain/application/application.js';
import { workerCount, type Cluster } from '../../domain/cluster/cluster.js';
import { currentHalf, numberOf, type Half, type Instance } from '../../domain/instance/instance.js';
import type { Phase } from '../../domain/phase.js';
import { fullName } from '../../domain/service/descriptor.js';
import { statusOf, type Service } from '../../domain/service/service.js';
import type { Fields } from './input.js';
import { toMicroservice } from './sla.js';

/** What a cluster has reported of an instance beyond what everybody else knows of one; field names are those of the report. */
export type ReportedInstance = Fields;
/** What a cluster has reported of itself, in the field names of the report, with its histories. */
export type ReportedCluster = Fields;

/** Keeps what peers report and nobody but peers reads. */
export interface Reported {
  /** By id of the service and number of the instance: `<id>/<number>`. */
  instancesOf(serviceIds: readonly string[]): Promise<ReadonlyMap<string, ReportedInstance>>;
  /** By id. */
  clusters(ids: readonly string[]): Promise<ReadonlyMap<string, ReportedCluster>>;
}

export const oid = (id: string): { readonly $oid: string } => ({ $oid: id });

/** Words that clients of the peers do not know, in words that they do. */
const otherWords: Readonly<Partial<Record<Phase, string>>> = {
  LOST: 'FAILED',
  UNDEPLOYING: 'RUNNING',
};

const word = (status: string): string =>
  (otherWords as Readonly<Record<string, string>>)[status] ?? status;

export const unknownLocation = 'location-unknown';
const waiting = 'Waiting for scheduling decision';

export const applicationDocument = (
  application: Application,
  serviceIds: readonly string[],
): Fields => ({
  ...application.more,
  applicationID: application.id,
  application_name: application.name,
  application_namespace: application.namespace,
  // The Python client wants it, also where there is none.
  application_desc: application.description ?? '',
  microservices: serviceIds,
  userId: application.ownerName,
  _id: oid(application.id),
});

/** Percent of one core, as a text with two digits. */
const cpuPercent = (half: Half): string => ((half.use?.cpuCores ?? 0) * 100).toFixed(2);

/** @param reported - overrides what is known otherwise */
export function instanceDocument(
  instance: Instance,
  half: Half,
  cluster: Pick<Cluster, 'location'> | undefined,
  reported: ReportedInstance = {},
): Fields {
  const [address] = half.addresses ?? [];
  return {
    instance_number: numberOf(instance),
    cluster_id: half.clusterId,
    cluster_location: cluster?.location ?? unknownLocation,
    status: word(half.phase),
    cpu_history: [],
    memory_history: [],
    cpu_percent: cpuPercent(half),
    memory_percent: '0.00',
    publicip: address?.host ?? '',
    disk: '0',
    status_detail: half.reason ?? '',
    logs: '',
    worker_id: half.worker ?? '',
    host_ip: address?.host ?? '',
    host_port: address?.port ?? 0,
    last_modified_timestamp: instance.updatedAt / 1000,
    ...reported,
  };
}

/** Instances that a service shows: those that have a place and are to stay. */
export const shownInstances = (
  instances: readonly Instance[],
): readonly { readonly instance: Instance; readonly half: Half }[] =>
  instances
    .filter((instance) => instance.wanted)
    .flatMap((instance) => {
      const half = currentHalf(instance);
      return half ? [{ instance, half }] : [];
    })
    .sort((a, b) => numberOf(a.instance) - numberOf(b.instance));

export interface ServiceSurroundings {
  readonly instances: readonly Instance[];
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly reported: ReadonlyMap<string, ReportedInstance>;
}

/** Nothing is said of a service that nobody has deployed yet. */
function statusFields(service: Service): Fields {
  if (service.replicas === 0 && (service.nextNumber ?? 0) === 0) return {};
  const status = word(statusOf(service));
  return {
    status,
    status_detail: service.reason ?? (status === 'REQUESTED' ? waiting : ''),
  };
}

/** A service with its instances. `_id` is an ObjectId in Extended JSON; `plainId` makes a text of it. */
export function serviceDocument(
  service: Service,
  { instances, clusters, reported }: ServiceSurroundings,
): Fields {
  const { descriptor } = service;
  const microservice = toMicroservice(descriptor);
  const [applicationName, applicationNamespace = ''] = fullName(descriptor).split('.');
  return {
    job_name: fullName(descriptor),
    ...microservice,
    microserviceID: service.id,
    // A service that was not made by peers belongs to no application of theirs.
    applicationID: descriptor.microservice?.applicationId ?? '',
    app_name: applicationName,
    app_ns: descriptor.microservice === undefined ? '' : applicationNamespace,
    service_name: microservice['microservice_name'],
    service_ns: microservice['microservice_namespace'],
    image: microservice['code'],
    next_instance_progressive_number: service.nextNumber ?? 0,
    ...addressFields(microservice['addresses']),
    _id: oid(service.id),
    instance_list: shownInstances(instances).map(({ instance, half }) =>
      instanceDocument(
        instance,
        half,
        clusters.get(half.clusterId),
        reported.get(`${service.id}/${numberOf(instance)}`),
      ),
    ),
    ...statusFields(service),
  };
}

/** The addresses that a service balances over, where it has some. */
const addressFields = (addresses: unknown): Fields =>
  typeof addresses === 'object' && addresses !== null
    ? {
        RR_ip: (addresses as Fields)['rr_ip'] ?? null,
        RR_ip_v6: (addresses as Fields)['rr_ip_v6'] ?? null,
      }
    : {};

/** The same document with its id as a plain text. */
export const plainId = (document: Fields): Fields => {
  const { _id: id } = document as { readonly _id: { readonly $oid: string } };
  return { ...document, _id: id.$oid };
};

const percent = (used: number | undefined, of: number): number =>
  used === undefined || of === 0 ? 0 : Math.round((used / of) * 10_000) / 100;

const whole = (value: unknown): number => (typeof value === 'number' ? Math.round(value) : 0);

/** Until a cluster has reported in the way of the peers, what is known of it otherwise. */
const knownOf = (cluster: Cluster): Fields => ({
  active_nodes: workerCount(cluster),
  cpu_percent: percent(cluster.use?.cpuCores, cluster.capacity.cpuMillicores / 1000),
  memory_percent: percent(cluster.use?.memoryMiB, cluster.capacity.memoryMiB),
  cpu_history: [],
  memory_history: [],
  csi_drivers: [],
  gpu_drivers: [],
  gpu_percent: 0,
  gpu_temp: 0,
  memory: cluster.capacity.memoryMiB,
  supported_addons: [],
  vcpus: Math.floor(cluster.capacity.cpuMillicores / 1000),
  vgpus: cluster.capacity.gpus,
  virtualization: cluster.capabilities,
  vram: 0,
  vram_percent: 0,
});

/**
 * A cluster, with the names of its fields that are in use now and those that were before. `_id` is a plain text.
 *
 * @param activeSince - whether it is active depends on whether it was heard of since (epoch milliseconds)
 */
export function clusterDocument(
  cluster: Cluster,
  reported: ReportedCluster | undefined,
  activeSince: number,
): Fields {
  const { lastHeardAt = 0 } = cluster;
  const fields: Fields = { ...knownOf(cluster), ...reported };
  const location = cluster.location ?? unknownLocation;
  return {
    _id: cluster.id,
    ...fields,
    active: cluster.liveness === 'active' && lastHeardAt >= activeSince,
    candidate_location: location,
    candidate_name: cluster.name,
    ip: cluster.endpoint?.host ?? '',
    port: cluster.endpoint === undefined ? '' : String(cluster.endpoint.port),
    last_modified_timestamp: lastHeardAt / 1000,
    // Fractions fail the whole list at one of the clients.
    vram: whole(fields['vram']),
    cluster_name: cluster.name,
    cluster_location: location,
    aggregated_cpu_percent: fields['cpu_percent'] ?? 0,
    memory_in_mb: whole(fields['memory']),
    total_cpu_cores: whole(fields['vcpus']),
    total_gpu_cores: whole(fields['vgpus']),
  };
}
