/** Jobs of 2021 are services here: one is deployed, scaled and ended like any other. */
import { DomainError } from '../../domain/errors.js';
import type { Ports } from '../../domain/ports.js';
import { deployService } from '../../domain/service/deploy-service.js';
import { fullName, replicasMax, type Descriptor } from '../../domain/service/descriptor.js';
import { getService } from '../../domain/service/get-service.js';
import { scaleService } from '../../domain/service/scale-service.js';
import { statusOf, type Service } from '../../domain/service/service.js';
import { terminateService } from '../../domain/service/terminate-service.js';
import { updateService } from '../../domain/service/update-service.js';
import { ok, text, type Answer } from './answers.js';
import { countOf, idOf, type Fields } from '../input.js';
import { readJobDescriptor } from './job-descriptor.js';

const unknownJob = (): DomainError => new DomainError('service-not-found', 'Error: no such job');

/** @throws DomainError `service-not-found` - it is no id at all */
export function requireId(value: unknown): string {
  const id = idOf(value);
  if (id === undefined) throw unknownJob();
  return id;
}

export const requireJob = (fields: Fields): string => requireId(fields['job_id']);

const sameDescriptor = (a: Descriptor, b: Descriptor): boolean =>
  JSON.stringify(a.job?.fields) === JSON.stringify(b.job?.fields) && a.job !== undefined;

async function findByName(ports: Ports, descriptor: Descriptor): Promise<Service | undefined> {
  const { application, name } = descriptor;
  const { items } = await ports.services.list({ application, name }, { limit: 1 });
  return items[0];
}

/** A job of a known name is updated, and keeps its id and its replicas. What is the same already stays as it is. */
async function deployOrUpdate(ports: Ports, descriptor: Descriptor): Promise<string> {
  const known = await findByName(ports, descriptor);
  if (known === undefined) return (await deployService(ports, descriptor)).service.id;
  if (fullName(known.descriptor) !== fullName(descriptor))
    throw new DomainError(
      'service-name-in-use',
      `Error: the name ${fullName(descriptor)} is taken by another service`,
    );
  if (known.lifecycle === 'live' && sameDescriptor(known.descriptor, descriptor)) return known.id;
  await updateService(ports, known.id, { ...descriptor, replicas: known.replicas });
  return known.id;
}

/** @throws DomainError `validation-failed`, `malformed-body`, `body-too-large`, `service-name-in-use`, `service-terminating` */
export const deployJob = (ports: Ports, yaml: string): Promise<string> => {
  const descriptor = readJobDescriptor(yaml, `job-${ports.newId()}`);
  return ports.work.transaction(() => deployOrUpdate(ports, descriptor));
};

export async function jobStatus(ports: Ports, jobId: unknown): Promise<Answer> {
  const service = await getService(ports.services, requireId(jobId));
  return text(200, `${statusOf(service)}\n`);
}

export async function deleteJob(ports: Ports, jobId: unknown): Promise<Answer> {
  await terminateService(ports, requireId(jobId));
  return text(200, 'ok\n');
}

/** Scales to a number. With a direction, a number that goes the other way is refused. */
export async function replicate(
  ports: Ports,
  jobId: unknown,
  wanted: unknown,
  direction?: 'up' | 'down',
): Promise<Answer> {
  const serviceId = requireId(jobId);
  const replicas = countOf(wanted, 'replicas', replicasMax);
  return ports.work.transaction(async () => {
    const service = await getService(ports.services, serviceId);
    const against =
      (direction === 'up' && replicas < service.replicas) ||
      (direction === 'down' && replicas > service.replicas);
    if (against)
      return text(
        409,
        `Error: the job has ${service.replicas} replicas, ${replicas} is not ${direction === 'up' ? 'more' : 'fewer'}`,
      );
    if (replicas !== service.replicas || service.lifecycle !== 'live')
      await scaleService(ports, serviceId, { replicas });
    return ok;
  });
}
