/** Clusters, applications and services of an installation of Oakestra, as ours. Pure. */
import type { Application } from '../../../domain/application/application.js';
import type { User } from '../../../domain/access/user.js';
import type { Cluster } from '../../../domain/cluster/cluster.js';
import type { Half, Instance } from '../../../domain/instance/instance.js';
import { noResources } from '../../../domain/resources.js';
import { requestedResources, type Descriptor } from '../../../domain/service/descriptor.js';
import type { Service } from '../../../domain/service/service.js';
import { clusterName, findUnusable, isFields, type Fields } from '../../input.js';
import { refuse } from '../../refuse.js';
import { readReport } from '../reports/report.js';
import { fromStatus } from '../reports/status-words.js';
import { extraFields, labelOf, readSla, toDescriptor, type SlaApplication } from '../sla.js';
import type { Foreign, Surroundings } from './source.js';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * A cluster that had registered. It goes on reporting under its id.
 *
 * @throws DomainError `validation-failed` - it says what is wrong
 */
export function readCluster(
  { id, fields }: Foreign,
  { now, credentialHash }: Surroundings,
): Cluster {
  const name = textOf(fields['candidate_name']);
  if (!clusterName.test(name)) refuse('candidate_name has another form than ours');
  const host = textOf(fields['ip']).replace(/^\[|\]$/g, '');
  if (host === '' || !/^\d{1,5}$/.test(String(fields['port'])))
    refuse('ip and port are no address');
  const { numbered } = readReport({ ...fields, jobs: [] });
  const location = textOf(fields['candidate_location']);
  const heard = fields['last_modified_timestamp'];
  const info = fields['clusterinfo'];
  return {
    id,
    name,
    ...(location === '' ? {} : { location }),
    endpoint: { host, port: Number(fields['port']), protocol: 'oakestra' },
    info: isFields(info) && findUnusable(info) === undefined ? info : {},
    more: numbered.aggregate.more,
    capabilities: numbered.capabilities ?? ['docker'],
    labels: {},
    taints: [],
    schedulable: true,
    lifecycle: 'present',
    admission: 'approved',
    liveness: 'registered',
    capacity: numbered.capacity ?? noResources,
    reserved: noResources,
    anonymousWorkers: 0,
    addedWorkers: [],
    reportedWorkers: [],
    credentialHash: credentialHash(id),
    session: 1,
    sequence: 0,
    ...(typeof heard === 'number' ? { lastHeardAt: heard * 1000 } : {}),
    createdAt: now,
    version: 1,
    ledgerVersion: 1,
  };
}

/** @throws DomainError `validation-failed` - it says what is wrong */
export function readApplication(
  { id, fields }: Foreign,
  owners: ReadonlyMap<string, User>,
  { now }: Surroundings,
): Application {
  const owner = owners.get(textOf(fields['userId']).toLowerCase());
  if (owner === undefined) return refuse('its owner is not there');
  const name = textOf(fields['application_name']);
  const namespace = textOf(fields['application_namespace']);
  if (name === '' || namespace === '') refuse('it has no name');
  const description = textOf(fields['application_desc']);
  return {
    id,
    ownerId: owner.id,
    ownerName: textOf(fields['userId']),
    organizationId: owner.organizationId,
    name,
    namespace,
    ...(description === '' ? {} : { description }),
    label: labelOf(name, namespace),
    more: extraFields(fields as unknown as SlaApplication),
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

/** @throws Refusal, DomainError `validation-failed` - they say what is wrong */
function descriptorOf(fields: Fields, application: Application): Descriptor {
  const said = Object.entries(fields).filter(([, value]) => value !== null);
  const microservice = { ...Object.fromEntries(said), microserviceID: '' };
  const sla = readSla(
    {
      sla_version: 'v2.0',
      customerID: '',
      applications: [
        {
          application_name: application.name,
          application_namespace: application.namespace,
          microservices: [microservice],
        },
      ],
    },
    422,
  );
  const [read] = sla.applications[0]?.microservices ?? [];
  return read ? toDescriptor(read, application) : refuse('it is no microservice');
}

const halfAt = (cluster: Cluster, descriptor: Descriptor, fields: Fields, now: number): Half => {
  const { phase, reason } = fromStatus(fields['status'], fields['status_detail']);
  return {
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
  };
};

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0;

/**
 * A service, with the instances that its clusters have of it.
 *
 * @param clusters - those that were read, by id
 * @throws Refusal, DomainError `validation-failed` - they say what is wrong
 */
export function readService(
  { id, fields }: Foreign,
  application: Application,
  clusters: ReadonlyMap<string, Cluster>,
  { now, newId }: Surroundings,
): { service: Service; instances: readonly Instance[] } {
  const descriptor = descriptorOf(fields, application);
  const { organizationId } = application;
  const list = Array.isArray(fields['instance_list']) ? (fields['instance_list'] as unknown[]) : [];
  const instances = list.filter(isFields).flatMap((each, ordinal): readonly Instance[] => {
    const cluster = clusters.get(textOf(each['cluster_id']));
    const number = each['instance_number'];
    if (cluster === undefined || !isNumber(number)) return [];
    const half = halfAt(cluster, descriptor, each, now);
    return [
      {
        id: newId(),
        serviceId: id,
        organizationId,
        serviceName: descriptor.name,
        application: descriptor.application,
        ordinal,
        number,
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
      },
    ];
  });
  const next = fields['next_instance_progressive_number'];
  const replicas = instances.length;
  const phase = instances[0]?.phase ?? 'REQUESTED';
  return {
    instances,
    service: {
      id,
      organizationId,
      name: descriptor.name,
      application: descriptor.application,
      descriptor: { ...descriptor, replicas },
      replicas,
      nextNumber: Math.max(
        isNumber(next) ? next : 0,
        ...instances.map(({ number = 0 }) => number + 1),
      ),
      revision: 1,
      previous: [],
      lifecycle: 'live',
      phase,
      phaseCounts: replicas > 0 ? { [phase]: replicas } : {},
      clusterId: instances[0]?.halves[0]?.clusterId,
      createdAt: now,
      updatedAt: now,
      version: 1,
    },
  };
}
