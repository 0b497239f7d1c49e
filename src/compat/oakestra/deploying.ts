/** Puts microservices into applications, also where one of the same name is on its way out. */
import type { Application } from '../../domain/application/application.js';
import { DomainError } from '../../domain/errors.js';
import type { Ports } from '../../domain/ports.js';
import { deployService } from '../../domain/service/deploy-service.js';
import type { Service } from '../../domain/service/service.js';
import { updateService } from '../../domain/service/update-service.js';
import type { CataloguePorts } from './catalogue.js';
import { labelOf, toDescriptor, type SlaApplication, type SlaMicroservice } from './sla.js';

/** One for each organization. */
const namedMax = 10_000;

async function findNamed(
  ports: Pick<Ports, 'services' | 'organizationId'>,
  application: string,
  name: string,
): Promise<Service | undefined> {
  const { items } = await ports.services.list({ application, name }, { limit: namedMax });
  // The installation sees those of organizations as well.
  return items.find(({ organizationId }) => organizationId === ports.organizationId);
}

/** One that is there already is brought up to date and keeps its id and its instances: clusters know it by its name. */
async function addOne(
  ports: Ports,
  application: Application,
  given: SlaMicroservice,
): Promise<string> {
  const descriptor = toDescriptor(given, application);
  const known = await findNamed(ports, descriptor.application, descriptor.name);
  const same =
    known?.lifecycle === 'live' && known.descriptor.microservice?.applicationId === application.id;
  if (!same) return (await deployService(ports, descriptor)).service.id;
  await updateService(ports, known.id, { ...descriptor, replicas: known.replicas });
  return known.id;
}

/**
 * Adds microservices without deploying them. Only within a transaction.
 *
 * @returns their ids
 * @throws DomainError `service-name-in-use`, `quota-exceeded`
 */
export async function addMicroservices(
  ports: Ports,
  application: Application,
  given: readonly SlaMicroservice[],
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const each of given) ids.push(await addOne(ports, application, each));
  return ids;
}

type Named = Pick<SlaApplication, 'application_name' | 'application_namespace' | 'microservices'>;

/** What stands in the way of names that are wanted: services that stay, or the operations that end them. */
async function blockersOf(
  ports: Ports,
  wanted: readonly Named[],
): Promise<{ readonly stays: boolean; readonly ending: readonly string[] }> {
  const ending: string[] = [];
  for (const { application_name: name, application_namespace: namespace, microservices } of wanted)
    for (const each of microservices) {
      const label = labelOf(each.microservice_name, each.microservice_namespace);
      const known = await findNamed(ports, labelOf(name, namespace), label);
      if (known?.lifecycle === 'live') return { stays: true, ending };
      if (known === undefined) continue;
      const open = await ports.operations.openFor([known.id]);
      ending.push(...open.filter(({ kind }) => kind === 'terminate').map(({ id }) => id));
    }
  return { stays: false, ending };
}

const attemptsMax = 5;

/**
 * Tries again when a service whose name is wanted has come to its end: whoever deletes something and makes it anew does so at once.
 *
 * @throws DomainError what the work throws
 */
export async function retryWhileEnding<T>(
  { settled }: Pick<CataloguePorts, 'settled'>,
  ports: Ports,
  wanted: readonly Named[],
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'service-name-in-use') throw error;
      const { stays, ending } = await blockersOf(ports, wanted);
      if (stays || attempt === attemptsMax) throw error;
      // None is left where the end has come since.
      for (const each of ending) if (!(await settled(each))) throw error;
    }
}
