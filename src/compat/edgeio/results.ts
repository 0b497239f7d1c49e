/** Reads what the Cloud Scheduler sends: an object, or a JSON text that holds it in Extended JSON. */
import { refuse } from '../refuse.js';
import { countOf, idOf, isFields, parseJson } from '../input.js';

/** Where a job goes. */
export interface SchedulerResult {
  readonly serviceId: string;
  readonly clusterId: string | undefined;
  readonly replicas: number | undefined;
}

const replicasMax = 100_000;

/** @throws DomainError `validation-failed` */
export function readResult(body: Buffer): SchedulerResult {
  const outer = parseJson(body);
  const value = typeof outer === 'string' ? parseJson(Buffer.from(outer)) : outer;
  if (!isFields(value)) return refuse('the result is no object');
  const serviceId = idOf(value['job_id']) ?? idOf(value['job']);
  if (serviceId === undefined) return refuse('job_id must be the id of a job');
  const clusterId = idOf(value['cluster']);
  if (clusterId === undefined) return refuse('cluster must be a cluster or its id');
  const { replicas } = value;
  return {
    serviceId,
    clusterId,
    replicas:
      replicas === undefined || replicas === null
        ? undefined
        : countOf(replicas, 'replicas', replicasMax),
  };
}
