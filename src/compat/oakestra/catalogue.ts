/** What somebody has: their applications with the services in them, and how both are shown. */
import type { Application, ApplicationStore } from '../../domain/application/application.js';
import type { Cluster } from '../../domain/cluster/cluster.js';
import type { Ports, ServiceFilter } from '../../domain/ports.js';
import {
  shownInstances,
  applicationDocument,
  serviceDocument,
  type Reported,
} from './documents.js';
import type { Service } from '../../domain/service/service.js';
import type { Caller } from './guards.js';
import { idOf, type Fields } from './input.js';

export interface CataloguePorts {
  readonly ports: Ports;
  readonly applications: ApplicationStore;
  readonly reported: Reported;
  /** Waits for the end of an operation. @returns false when it has not come in time */
  readonly settled: (operationId: string) => Promise<boolean>;
}

const pageMax = 500;
/** So many are read from the store at once for one answer; others want to be served as well. */
const atOnceMax = 50;

/** Does the work for each item, a group of them at a time. */
async function inGroups<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const done: R[] = [];
  for (let from = 0; from < items.length; from += atOnceMax)
    done.push(...(await Promise.all(items.slice(from, from + atOnceMax).map(work))));
  return done;
}

/** Services that are to run. One that is being terminated is gone as far as peers know. */
export async function liveServices(
  { services }: Pick<Ports, 'services'>,
  filter: ServiceFilter,
): Promise<readonly Service[]> {
  const found: Service[] = [];
  let after: string | undefined;
  do {
    const page = await services.list(filter, { limit: pageMax, after });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return found.filter(({ lifecycle }) => lifecycle === 'live');
}

/** The services of an application. */
export const servicesOf = async (
  ports: Pick<Ports, 'services'>,
  { id, label }: Pick<Application, 'id' | 'label'>,
): Promise<readonly Service[]> =>
  (await liveServices(ports, { application: label })).filter(
    ({ descriptor }) => descriptor.microservice?.applicationId === id,
  );

const belongsTo = (application: Application, { user, membership }: Caller): boolean =>
  application.ownerId === user.id && application.organizationId === membership.organizationId;

/** An application of the caller. @returns nothing for those of others, and for what is no id */
export async function findOwn(
  { applications }: Pick<CataloguePorts, 'applications'>,
  caller: Caller,
  given: string | undefined,
): Promise<Application | undefined> {
  const id = idOf(given);
  const application = id === undefined ? undefined : await applications.find(id);
  return application && belongsTo(application, caller) ? application : undefined;
}

/** All applications of the caller, oldest first. */
export const listOwn = async (
  { applications }: Pick<CataloguePorts, 'applications'>,
  caller: Caller,
): Promise<readonly Application[]> =>
  (await applications.list({ ownerId: caller.user.id })).filter((each) => belongsTo(each, caller));

/** A service of the caller that is to run. @returns nothing for those of others, and for what is no id */
export async function findOwnService(
  catalogue: Pick<CataloguePorts, 'applications'>,
  caller: Caller,
  given: string | undefined,
): Promise<Service | undefined> {
  const id = idOf(given);
  const service = id === undefined ? undefined : await caller.ports.services.find(id);
  if (service?.lifecycle !== 'live') return undefined;
  const application = await findOwn(
    catalogue,
    caller,
    service.descriptor.microservice?.applicationId,
  );
  return application && service;
}

export const describeApplications = (
  ports: Pick<Ports, 'services'>,
  applications: readonly Application[],
): Promise<readonly Fields[]> =>
  inGroups(applications, async (application) => {
    const services = await servicesOf(ports, application);
    return applicationDocument(
      application,
      services.map(({ id }) => id),
    );
  });

async function clustersOf(
  { clusters }: Pick<Ports, 'clusters'>,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Cluster>> {
  const found = await inGroups([...ids], (id) => clusters.find(id));
  return new Map(found.flatMap((cluster) => (cluster ? [[cluster.id, cluster]] : [])));
}

/** Services with their instances, as peers read them. */
export async function describeServices(
  ports: Pick<Ports, 'instances' | 'clusters'>,
  reported: Reported,
  services: readonly Service[],
): Promise<readonly Fields[]> {
  const [instances, reports] = await Promise.all([
    inGroups(services, ({ id }) => ports.instances.liveOf(id)),
    reported.instancesOf(services.map(({ id }) => id)),
  ]);
  const places = shownInstances(instances.flat()).map(({ half }) => half.clusterId);
  const clusters = await clustersOf(ports, new Set(places));
  return services.map((service, index) =>
    serviceDocument(service, {
      instances: instances[index] ?? [],
      clusters,
      reported: reports,
    }),
  );
}
