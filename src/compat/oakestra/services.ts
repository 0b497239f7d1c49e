/** Services of users, and their instances by number. */
import type { Application } from '../../domain/application/application.js';
import { numberOf } from '../../domain/instance/instance.js';
import { removeInstances } from '../../domain/service/remove-instances.js';
import { scaleService } from '../../domain/service/scale-service.js';
import type { Service } from '../../domain/service/service.js';
import { terminateService } from '../../domain/service/terminate-service.js';
import { updateService } from '../../domain/service/update-service.js';
import {
  describeServices,
  findOwn,
  findOwnService,
  liveServices,
  servicesOf,
  type CataloguePorts,
} from './catalogue.js';
import { addMicroservices, retryWhileEnding } from './deploying.js';
import type { Caller } from './guards.js';
import { dbl, err, obj, Refusal, type Answer } from './http/encodings.js';
import type { CallerRequest, Route } from './http/routes.js';
import { unlessMissing } from './input.js';
import { jobNameOf, readSla, toDescriptor, type SlaApplication } from './sla.js';

const refusal = (status: number, message: string): Refusal => new Refusal(err(status, { message }));

/** @throws Refusal 404 */
async function requireOwn(
  catalogue: CataloguePorts,
  { caller, path }: CallerRequest,
): Promise<Service> {
  const service = await findOwnService(catalogue, caller, path['id']);
  if (service === undefined) throw refusal(404, 'There is no such service.');
  return service;
}

/** The one application that an SLA is about here. @throws Refusal 400 */
async function addressed(
  catalogue: CataloguePorts,
  { caller, fields }: CallerRequest,
): Promise<{ given: SlaApplication; application: Application }> {
  const [given] = readSla(fields, 400).applications;
  if (given === undefined) throw refusal(400, 'applications: one is needed.');
  const application = await findOwn(catalogue, caller, given.applicationID);
  if (application === undefined)
    throw refusal(400, 'applications/0/applicationID: you have no such application.');
  return { given, application };
}

/** All of them are added, or none. */
async function create(catalogue: CataloguePorts, request: CallerRequest): Promise<Answer> {
  const { given, application } = await addressed(catalogue, request);
  const { ports } = request.caller;
  const { microservices } = given;
  const named = {
    application_name: application.name,
    application_namespace: application.namespace,
    microservices,
  };
  const ids = await retryWhileEnding(catalogue, ports, [named], () =>
    ports.work.transaction(async () => {
      // Written to, so that it is not removed at the same time.
      await catalogue.applications.replace({ ...application, updatedAt: ports.now() });
      return addMicroservices(ports, application, microservices);
    }),
  );
  return obj({
    deployed_services: microservices.map(({ microservice_name: name }) => ({
      service_name: name,
      status: 200,
    })),
    failed_services: [],
    job_id: ids.at(-1) ?? 'None',
  });
}

const describeOne = async ({ reported }: CataloguePorts, { ports }: Caller, service: Service) =>
  (await describeServices(ports, reported, [service]))[0];

/** A new revision. The original never did it, whatever it was sent. */
async function update(catalogue: CataloguePorts, request: CallerRequest): Promise<Answer> {
  const { caller } = request;
  const service = await requireOwn(catalogue, request);
  const [given] = readSla(request.fields, 400).applications;
  const [microservice] = given?.microservices ?? [];
  if (microservice === undefined) throw refusal(400, 'applications/0/microservices/0 is needed.');
  const written = service.descriptor.microservice;
  const application = await findOwn(catalogue, caller, written?.applicationId);
  if (application === undefined || written === undefined)
    throw refusal(404, 'There is no such service.');
  if (jobNameOf(application, microservice) !== written.jobName)
    throw refusal(409, `A service keeps its name, ${written.jobName}.`);
  const descriptor = toDescriptor(microservice, application);
  const { replicas } = service;
  const { service: updated } = await updateService(caller.ports, service.id, {
    ...descriptor,
    replicas,
  });
  return obj(await describeOne(catalogue, caller, updated));
}

async function get(catalogue: CataloguePorts, request: CallerRequest): Promise<Answer> {
  const service = await requireOwn(catalogue, request);
  return dbl(await describeOne(catalogue, request.caller, service));
}

async function remove(catalogue: CataloguePorts, request: CallerRequest): Promise<Answer> {
  const { id } = await requireOwn(catalogue, request);
  await terminateService(request.caller.ports, id);
  return obj({ message: 'Job deleted' });
}

async function listAll({ reported }: CataloguePorts, { ports }: Caller): Promise<Answer> {
  return dbl(await describeServices(ports, reported, await liveServices(ports, {})));
}

async function listOf(catalogue: CataloguePorts, { caller, path }: CallerRequest): Promise<Answer> {
  const application = await findOwn(catalogue, caller, path['applicationId']);
  if (application === undefined) throw refusal(404, 'There is no such application.');
  const services = await servicesOf(caller.ports, application);
  return dbl(await describeServices(caller.ports, catalogue.reported, services));
}

const done = obj({ message: 'ok' });

/** Where there is no such service, nothing happens, and that is what was asked for. */
async function addInstance(catalogue: CataloguePorts, { caller, path }: CallerRequest) {
  const service = await findOwnService(catalogue, caller, path['id']);
  if (service) await unlessMissing(scaleService(caller.ports, service.id, { by: 1 }));
  return done;
}

const allInstances = -1;

/** @throws Refusal 400 */
function instanceNumber(text: string | undefined): number {
  const number = Number(text);
  if (/^-?\d{1,15}$/.test(text ?? '') && number >= allInstances) return number;
  throw refusal(400, 'The number of an instance is a whole number, or -1 for all.');
}

async function removeInstance(catalogue: CataloguePorts, { caller, path }: CallerRequest) {
  const number = instanceNumber(path['number']);
  const service = await findOwnService(catalogue, caller, path['id']);
  if (service === undefined) return done;
  const { ports } = caller;
  await unlessMissing(
    number === allInstances
      ? scaleService(ports, service.id, { replicas: 0 })
      : removeInstances(ports, service.id, (instance) => numberOf(instance) === number),
  );
  return done;
}

export const serviceRoutes = (catalogue: CataloguePorts): readonly Route[] => [
  {
    id: 'oakestraCreateService',
    method: 'POST',
    path: '/api/service/',
    guard: 'auth',
    writes: true,
    body: 'checked',
    handle: (request) => create(catalogue, request),
  },
  {
    id: 'oakestraGetService',
    method: 'GET',
    path: '/api/service/:id',
    guard: 'auth',
    handle: (request) => get(catalogue, request),
  },
  {
    id: 'oakestraUpdateService',
    method: 'PUT',
    path: '/api/service/:id',
    guard: 'auth',
    writes: true,
    body: 'checked',
    handle: (request) => update(catalogue, request),
  },
  {
    id: 'oakestraDeleteService',
    method: 'DELETE',
    path: '/api/service/:id',
    guard: 'auth',
    writes: true,
    handle: (request) => remove(catalogue, request),
  },
  {
    id: 'oakestraListServices',
    method: 'GET',
    path: '/api/services/',
    guard: 'auth',
    admin: true,
    handle: ({ caller }) => listAll(catalogue, caller),
  },
  {
    id: 'oakestraListServicesOf',
    method: 'GET',
    path: '/api/services/:applicationId',
    guard: 'auth',
    handle: (request) => listOf(catalogue, request),
  },
  {
    id: 'oakestraAddInstance',
    method: 'POST',
    path: '/api/service/:id/instance',
    guard: 'auth',
    writes: true,
    handle: (request) => addInstance(catalogue, request),
  },
  {
    id: 'oakestraRemoveInstance',
    method: 'DELETE',
    path: '/api/service/:id/instance/:number',
    guard: 'auth',
    writes: true,
    handle: (request) => removeInstance(catalogue, request),
  },
];
