/** Reads the report that a cluster sends every 15 seconds. */
import type {
  NumberedObservation,
  NumberedReport,
} from '../../../domain/instance/record-numbered.js';
import type { Resources } from '../../../domain/resources.js';
import { findUnusable, idOf, isFields, type Fields } from '../../input.js';
import { refuse } from '../../refuse.js';
import type { MeasuredInstance, Measurement } from './measurements.js';
import { fromStatus } from './status-words.js';

export interface OakestraReport {
  readonly numbered: NumberedReport;
  readonly measurement: Measurement;
  /** Services that the cluster has, also those of which it has no instance. */
  readonly serviceIds: readonly string[];
}

const jobsMax = 100_000;
const instancesMax = 100_000;
/** Longer logs lose their beginning. */
const logCharactersMax = 16 * 1024;
const textCharactersMax = 1_000;
const extraBytesMax = 64 * 1024;

/** What a cluster may not say of itself, and what is kept in another form. */
const notKept: ReadonlySet<string> = new Set([
  '_id',
  'active',
  'candidate_location',
  'candidate_name',
  'cluster_location',
  'cluster_name',
  'clusterinfo',
  'cpu_history',
  'ip',
  'jobs',
  'last_modified',
  'last_modified_timestamp',
  'memory_history',
  'port',
]);

const wholeNumbers = ['memory', 'vcpus', 'vgpus', 'active_nodes', 'gpu_percent'];
const numbers = ['cpu_percent', 'memory_percent'];
const lists = ['virtualization', 'supported_addons', 'csi_drivers'];

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/** A number, also where it is written as a text. @throws DomainError `validation-failed` naming the field */
function numberOf(fields: Fields, name: string): number | null {
  const value = fields[name];
  if (isAbsent(value)) return null;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number)
    ? number
    : refuse(`${name} must be a number.`);
}

/** @throws DomainError `validation-failed` naming the field */
function listOf(fields: Fields, name: string): readonly unknown[] | null {
  const value = fields[name];
  if (isAbsent(value)) return null;
  return Array.isArray(value) ? (value as unknown[]) : refuse(`${name} must be a list.`);
}

/** The typed fields, and what else the cluster says. @throws DomainError `validation-failed` naming the field */
function resourceFields(fields: Fields): Fields {
  const rest = Object.fromEntries(Object.entries(fields).filter(([name]) => !notKept.has(name)));
  const unusable = findUnusable(rest);
  if (unusable !== undefined) refuse(`The report cannot be kept: ${unusable}.`);
  if (JSON.stringify(rest).length > extraBytesMax)
    refuse(`The report has more than ${extraBytesMax} bytes beside jobs and histories.`);
  const typed: Record<string, unknown> = { ...rest };
  for (const name of [...wholeNumbers, ...numbers]) {
    if (!(name in rest)) continue;
    const value = numberOf(rest, name);
    typed[name] = value !== null && wholeNumbers.includes(name) ? Math.trunc(value) : value;
  }
  for (const name of lists) if (name in rest) typed[name] = listOf(rest, name);
  return typed;
}

const capability = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What the cluster can run, each once; nothing where it has no worker that could tell. */
function capabilitiesOf({ virtualization }: Fields): readonly string[] | undefined {
  if (!Array.isArray(virtualization)) return undefined;
  const all = (virtualization as unknown[]).filter(
    (each): each is string => typeof each === 'string' && capability.test(each),
  );
  return [...new Set(all)];
}

const amount = (value: unknown): number => (typeof value === 'number' ? Math.max(0, value) : 0);

const capacityOf = ({ vcpus, memory, vgpus }: Fields): Resources => ({
  cpuMillicores: amount(vcpus) * 1000,
  memoryMiB: amount(memory),
  gpus: amount(vgpus),
});

const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value).slice(0, textCharactersMax)
    : null;

/** What is told of an instance beside its status. Clients insist on the types. */
const instanceFields = (fields: Fields): Fields => ({
  cpu_percent: textOf(fields['cpu_percent']),
  memory_percent: textOf(fields['memory_percent']),
  publicip: textOf(fields['publicip']),
  disk: textOf(fields['disk']),
  status_detail: textOf(fields['status_detail']) ?? 'No extra information',
  logs: typeof fields['logs'] === 'string' ? fields['logs'].slice(-logCharactersMax) : '',
  worker_id: textOf(fields['worker_id']),
  host_ip: textOf(fields['host_ip']),
  host_port: Number.isInteger(fields['host_port']) ? fields['host_port'] : null,
  last_modified_timestamp:
    typeof fields['last_modified_timestamp'] === 'number'
      ? fields['last_modified_timestamp']
      : null,
});

interface ReadInstance {
  readonly observation: NumberedObservation;
  readonly measured: MeasuredInstance;
}

/** One that makes no sense says nothing; the others count. */
function readInstance(serviceId: string, fields: unknown): ReadInstance | undefined {
  if (!isFields(fields)) return undefined;
  const number = fields['instance_number'];
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0) return undefined;
  const worker = fields['worker_id'];
  return {
    observation: {
      serviceId,
      number,
      ...fromStatus(fields['status'], fields['status_detail']),
      ...(typeof worker === 'string' && worker !== ''
        ? { worker: worker.slice(0, textCharactersMax) }
        : {}),
    },
    measured: { serviceId, number, fields: instanceFields(fields) },
  };
}

interface ReadJob {
  readonly serviceId: string;
  readonly instances: readonly ReadInstance[];
}

function readJob(fields: unknown): ReadJob | undefined {
  if (!isFields(fields)) return undefined;
  const serviceId = idOf(fields['_id']);
  if (serviceId === undefined) return undefined;
  const list = fields['instance_list'];
  const instances = Array.isArray(list) ? (list as unknown[]) : [];
  return {
    serviceId,
    instances: instances
      .map((each) => readInstance(serviceId, each))
      .filter((each) => each !== undefined),
  };
}

/** @throws DomainError `validation-failed` naming the field */
export function readReport(fields: Fields): OakestraReport {
  const { jobs } = fields;
  if (!Array.isArray(jobs)) return refuse('jobs must be a list.');
  if (jobs.length > jobsMax) refuse(`jobs has more than ${jobsMax} entries.`);
  const cluster = resourceFields(fields);
  const read = (jobs as unknown[]).map(readJob).filter((each) => each !== undefined);
  const instances = read.flatMap((job) => job.instances);
  if (instances.length > instancesMax) refuse(`There are more than ${instancesMax} instances.`);
  const percent = (value: unknown): number | undefined =>
    typeof value === 'number' ? value : undefined;
  return {
    numbered: {
      aggregate: {
        cpuPercent: percent(cluster['cpu_percent']),
        memoryPercent: percent(cluster['memory_percent']),
        activeWorkers: percent(cluster['active_nodes']),
        more: cluster,
      },
      capacity: capacityOf(cluster),
      capabilities: capabilitiesOf(cluster),
      instances: instances.map(({ observation }) => observation),
    },
    measurement: { cluster, instances: instances.map(({ measured }) => measured) },
    serviceIds: read.map(({ serviceId }) => serviceId),
  };
}
