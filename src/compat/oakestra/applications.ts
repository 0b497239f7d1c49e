/** Applications of users: made with their services in one piece, and removed with them. */
import type { Application } from '../../domain/application/application.js';
import { DomainError } from '../../domain/errors.js';
import { terminateService } from '../../domain/service/terminate-service.js';
import {
  describeApplications,
  findOwn,
  listOwn,
  servicesOf,
  type CataloguePorts,
} from './catalogue.js';
import { addMicroservices, retryWhileEnding } from './deploying.js';
import type { Caller } from './guards.js';
import { requiredFields } from './http/body.js';
import { dbl, err, obj, Refusal, type Answer } from './http/encodings.js';
import type { CallerRequest, Route } from './http/routes.js';
import { applicationNames, extraFields, labelOf, readSla, type SlaApplication } from './sla.js';

const noSuch = (): Refusal => new Refusal(err(404, { message: 'There is no such application.' }));

/** @throws Refusal 404 */
async function requireOwn(
  catalogue: CataloguePorts,
  caller: Caller,
  id: string | undefined,
): Promise<Application> {
  const application = await findOwn(catalogue, caller, id);
  if (application === undefined) throw noSuch();
  return application;
}

function newApplication(caller: Caller, given: SlaApplication): Application {
  const { ports, user, name, membership } = caller;
  const now = ports.now();
  return {
    id: ports.newId(),
    organizationId: membership.organizationId,
    ownerId: user.id,
    ownerName: name,
    name: given.application_name,
    namespace: given.application_namespace,
    description: given.application_desc,
    label: labelOf(given.application_name, given.application_namespace),
    more: extraFields(given),
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

/** @throws DomainError `application-name-in-use`, `service-name-in-use`, `quota-exceeded` - nothing is made then */
const createAll = (
  { applications }: CataloguePorts,
  caller: Caller,
  given: readonly SlaApplication[],
): Promise<void> =>
  caller.ports.work.transaction(async () => {
    for (const each of given) {
      const application = newApplication(caller, each);
      await applications.insert(application);
      await addMicroservices(caller.ports, application, each.microservices);
    }
  });

async function listed(catalogue: CataloguePorts, caller: Caller): Promise<Answer> {
  return dbl(await describeApplications(caller.ports, await listOwn(catalogue, caller)));
}

async function create(
  catalogue: CataloguePorts,
  { caller, fields }: CallerRequest,
): Promise<Answer> {
  const { applications } = readSla(fields, 422);
  await retryWhileEnding(catalogue, caller.ports, applications, () =>
    createAll(catalogue, caller, applications),
  );
  return listed(catalogue, caller);
}

/** Names and description; the services in it are changed where they are. */
async function update(
  catalogue: CataloguePorts,
  { caller, path, contentType, body }: CallerRequest,
): Promise<Answer> {
  const change = applicationNames(requiredFields(contentType, body));
  await caller.ports.work.transaction(async () => {
    const application = await requireOwn(catalogue, caller, path['id']);
    await catalogue.applications.replace({
      ...application,
      ...change,
      updatedAt: caller.ports.now(),
    });
  });
  return obj({ message: 'Application is updated' });
}

async function remove(catalogue: CataloguePorts, { caller, path }: CallerRequest): Promise<Answer> {
  await caller.ports.work.transaction(async () => {
    const application = await requireOwn(catalogue, caller, path['id']);
    for (const { id } of await servicesOf(caller.ports, application))
      await terminateService(caller.ports, id);
    await catalogue.applications.remove(application.id);
  });
  return obj({ message: 'Application Deleted' });
}

async function listOf(catalogue: CataloguePorts, { caller, path }: CallerRequest): Promise<Answer> {
  if (path['userId']?.toLowerCase() !== caller.user.id)
    throw new DomainError('unauthenticated', 'These are the applications of somebody else.');
  return listed(catalogue, caller);
}

async function listAll(
  { applications }: CataloguePorts,
  { ports, membership: { organizationId } }: Caller,
): Promise<Answer> {
  return dbl(await describeApplications(ports, await applications.list({ organizationId })));
}

async function get(catalogue: CataloguePorts, { caller, path }: CallerRequest): Promise<Answer> {
  const application = await requireOwn(catalogue, caller, path['id']);
  const [document] = await describeApplications(caller.ports, [application]);
  return obj(document);
}

export const applicationRoutes = (catalogue: CataloguePorts): readonly Route[] => [
  {
    id: 'oakestraCreateApplication',
    method: 'POST',
    path: '/api/application/',
    guard: 'jwt',
    writes: true,
    body: 'checked',
    handle: (request) => create(catalogue, request),
  },
  {
    id: 'oakestraGetApplication',
    method: 'GET',
    path: '/api/application/:id',
    guard: 'jwt',
    handle: (request) => get(catalogue, request),
  },
  {
    id: 'oakestraUpdateApplication',
    method: 'PUT',
    path: '/api/application/:id',
    guard: 'jwt',
    writes: true,
    handle: (request) => update(catalogue, request),
  },
  {
    id: 'oakestraDeleteApplication',
    method: 'DELETE',
    path: '/api/application/:id',
    guard: 'jwt',
    writes: true,
    handle: (request) => remove(catalogue, request),
  },
  {
    id: 'oakestraListApplications',
    method: 'GET',
    path: '/api/applications/',
    guard: 'jwt',
    admin: true,
    handle: ({ caller }) => listAll(catalogue, caller),
  },
  {
    id: 'oakestraListOwnApplications',
    method: 'GET',
    path: '/api/applications/:userId',
    guard: 'jwt',
    handle: (request) => listOf(catalogue, request),
  },
];
