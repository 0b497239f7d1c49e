/** Reads the report that a cluster of 2021 sends every 15 seconds. */
import type { JobObservation, JobReport } from '../../domain/instance/record-jobs.js';
import type { ObservedPhase } from '../../domain/phase.js';
import { refuse } from '../refuse.js';
import { findUnusable, idOf, isFields, type Fields } from '../input.js';

const jobsMax = 100_000;

const phases: ReadonlySet<string> = new Set<ObservedPhase>([
  'NODE_SCHEDULED',
  'CREATING',
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'DEAD',
  'UNDEPLOYING',
  'UNDEPLOYED',
]);

/** Words of clusters for jobs that they could not give to a node. */
const negative = /^no[A-Z_]|not_?(found|active)|no_?(capacity|active)|fail|error/i;

/** What a status means; a word that nobody knows says only that the job is there. */
export function fromStatus(status: string): Omit<JobObservation, 'serviceId'> {
  const word = status.toUpperCase();
  if (phases.has(word)) return { phase: word as ObservedPhase };
  return negative.test(status) ? { phase: 'FAILED', reason: status.slice(0, 200) } : {};
}

/** @throws DomainError `validation-failed` naming the field */
function numberOf(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : refuse(`${name} must be a number`);
}

/** @throws DomainError `validation-failed` naming the field */
function listOf(fields: Fields, name: string): readonly unknown[] | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? (value as unknown[]) : refuse(`${name} must be a list`);
}

/** @throws DomainError `validation-failed` naming the field */
function jobOf(value: unknown): JobObservation | undefined {
  const status = isFields(value) ? value['status'] : undefined;
  if (!isFields(value) || typeof status !== 'string')
    return refuse('jobs must have entries with system_job_id and status');
  const serviceId = idOf(value['system_job_id']);
  // An id of another form was never given by this manager.
  return serviceId === undefined ? undefined : { serviceId, ...fromStatus(status) };
}

const capability = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What a cluster can run; nothing where it does not say. */
export const capabilitiesOf = (technology: unknown): readonly string[] | undefined =>
  Array.isArray(technology)
    ? technology.filter((each): each is string => typeof each === 'string' && capability.test(each))
    : undefined;

/** @throws DomainError `validation-failed` naming the field */
export function readReport(fields: Fields): JobReport {
  const jobs = listOf(fields, 'jobs') ?? [];
  if (jobs.length > jobsMax) refuse(`jobs has more than ${jobsMax} entries`);
  const unusable = findUnusable(fields['more']);
  if (unusable !== undefined) refuse(`more cannot be kept: ${unusable}`);
  const technology = listOf(fields, 'technology');
  return {
    aggregate: {
      cpuPercent: numberOf(fields, 'cpu_percent'),
      cpuCores: numberOf(fields, 'cpu_cores'),
      memoryPercent: numberOf(fields, 'memory_percent'),
      memoryMiB: numberOf(fields, 'cumulative_memory_in_mb'),
      activeWorkers: numberOf(fields, 'number_of_nodes'),
      more: fields['more'],
    },
    capabilities: capabilitiesOf(technology),
    jobs: jobs.map(jobOf).filter((each) => each !== undefined),
  };
}
