/**
 * What the scheduler and addons read of clusters, applications and services: the port of the resource abstractor. It takes no
 * credentials, so it only reads; what would change something is refused.
 */
import type { ApplicationStore } from '../../domain/application/application.js';
import { isLeaving, type Cluster } from '../../domain/cluster/cluster.js';
import type { Ports } from '../../domain/ports.js';
import { subtractResources } from '../../domain/resources.js';
import { fullName } from '../../domain/service/descriptor.js';
import type { Service } from '../../domain/service/service.js';
import { describeServices, liveServices } from './catalogue.js';
import { activeMs } from './clusters.js';
import { applicationDocument, clusterDocument, plainId, type Reported } from './documents.js';
import { err, obj, Refusal, str, txt, type Answer } from './http/encodings.js';
import type { Method, OakRequest, Route } from './http/routes.js';
import { idOf, isFields, type Fields } from './input.js';

export interface ResourceOptions {
  readonly ports: Pick<Ports, 'clusters' | 'services' | 'instances' | 'now'>;
  readonly applications: Pick<ApplicationStore, 'list'>;
  readonly reported: Reported;
}

const listed = [
  '_id',
  'cpu_percent',
  'vcpus',
  'memory_percent',
  'vram',
  'vram_percent',
  'gpu_temp',
  'gpu_drivers',
  'gpu_percent',
  'vgpus',
  'memory',
  'virtualization',
  'supported_addons',
  'active_nodes',
  'ip',
  'port',
  'candidate_location',
  'candidate_name',
  'cpu_history',
  'memory_history',
  'csi_drivers',
];

const typed = [
  '_id',
  'candidate_name',
  'candidate_location',
  'ip',
  'port',
  'active_nodes',
  'active',
  'memory',
  'vcpus',
  'vgpus',
  'cpu_percent',
  'aggregation_per_architecture',
  'memory_percent',
  'gpu_percent',
  'virtualization',
  'supported_addons',
  'csi_drivers',
  'architecture',
  'last_modified_timestamp',
];

const only = (document: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(
    names.filter((name) => name in document).map((name) => [name, document[name]]),
  );

const yes: ReadonlySet<string> = new Set(['true', 't', 'yes', 'y', 'on', '1']);
const no: ReadonlySet<string> = new Set(['false', 'f', 'no', 'n', 'off', '0']);

/** @throws Refusal 422 - it is neither */
function booleanOf(query: URLSearchParams, name: string): boolean {
  const text = query.get(name)?.toLowerCase();
  if (text === undefined || no.has(text)) return false;
  if (yes.has(text)) return true;
  const details = { query: { [name]: ['Not a valid boolean.'] } };
  throw new Refusal(obj({ details, message: 'Invalid input' }, 422));
}

/** @throws Refusal - it has not the form of an id */
function requireId(text: string | undefined, status: number): string {
  const id = idOf(text);
  if (id !== undefined) return id;
  throw new Refusal(err(status, { message: 'This is no id.' }));
}

const missing = (what: string): Refusal =>
  new Refusal(err(404, { message: `There is no such ${what}.` }));

/** What the scheduler may count on: not more than is free, whatever the cluster has. */
function withRoom(document: Fields, { capacity, reserved }: Cluster): Fields {
  const free = subtractResources(capacity, reserved);
  const least = (name: string, room: number): Fields => {
    const reported = document[name];
    return { [name]: Math.max(0, Math.min(typeof reported === 'number' ? reported : 0, room)) };
  };
  return {
    ...document,
    ...least('vcpus', Math.floor(free.cpuMillicores / 1000)),
    ...least('memory', free.memoryMiB),
    ...least('vgpus', free.gpus),
  };
}

/** Whether anything may be placed there. */
const takesNew = (cluster: Cluster): boolean => cluster.schedulable && !isLeaving(cluster);

async function listResources(
  { ports, reported }: ResourceOptions,
  query: URLSearchParams,
): Promise<readonly Fields[]> {
  const active = booleanOf(query, 'active');
  const job = query.get('job_id');
  if (job !== null) {
    requireId(job, 400);
    // No document of the originals has the key that is looked for.
    throw missing('placement');
  }
  const all = (await ports.clusters.all()).filter(({ admission }) => admission === 'approved');
  const reports = await reported.clusters(all.map(({ id }) => id));
  const activeSince = ports.now() - activeMs;
  const wanted = (query.get('resources') ?? '').split(',').filter((name) => name !== '');
  const matches = (document: Fields): boolean =>
    ['candidate_name', 'ip'].every((name) => {
      const value = query.get(name);
      return value === null || document[name] === value;
    });
  return all.flatMap((cluster) => {
    const document = withRoom(
      clusterDocument(cluster, reports.get(cluster.id), activeSince),
      cluster,
    );
    if (active && !(document['active'] === true && takesNew(cluster))) return [];
    return matches(document) ? [only(document, [...listed, ...wanted])] : [];
  });
}

async function readResource({ ports, reported }: ResourceOptions, id: string): Promise<Fields> {
  const cluster = await ports.clusters.find(id);
  if (cluster === undefined || cluster.lifecycle === 'removed') throw missing('resource');
  const reports = await reported.clusters([id]);
  const document = clusterDocument(cluster, reports.get(id), ports.now() - activeMs);
  return only(document, typed);
}

async function jobDocuments(
  { ports, reported }: ResourceOptions,
  services: readonly Service[],
): Promise<readonly Fields[]> {
  return (await describeServices(ports, reported, services)).map(plainId);
}

async function listJobs(
  options: ResourceOptions,
  query: URLSearchParams,
): Promise<readonly Fields[]> {
  const application = query.get('applicationID');
  const name = query.get('job_name');
  const services = (await liveServices(options.ports, {})).filter(
    ({ descriptor }) =>
      (application === null || descriptor.microservice?.applicationId === application) &&
      (name === null || fullName(descriptor) === name),
  );
  return jobDocuments(options, services);
}

async function readJob(options: ResourceOptions, given: string | undefined): Promise<Fields> {
  const service = await options.ports.services.find(requireId(given, 400));
  if (service === undefined || service.lifecycle === 'terminated') throw missing('job');
  const [document] = await jobDocuments(options, [service]);
  if (document === undefined) throw missing('job');
  return document;
}

async function readInstance(
  options: ResourceOptions,
  given: string | undefined,
  number: string | undefined,
): Promise<Fields> {
  const document = await readJob(options, given);
  const all = document['instance_list'] as readonly Fields[];
  const found = all.filter((each) => String(each['instance_number']) === number);
  if (found.length === 0) throw missing('instance');
  return { ...document, instance_list: found };
}

async function listApplications(
  { applications, ports }: ResourceOptions,
  query: URLSearchParams,
): Promise<readonly Fields[]> {
  const services = await liveServices(ports, {});
  const documents = (await applications.list({})).map((application) =>
    plainId(
      applicationDocument(
        application,
        services
          .filter(({ descriptor }) => descriptor.microservice?.applicationId === application.id)
          .map(({ id }) => id),
      ),
    ),
  );
  return documents.filter((document) =>
    ['application_name', 'application_namespace', 'userId'].every((name) => {
      const value = query.get(name);
      return value === null || document[name] === value;
    }),
  );
}

const root = '/api/v1';

const refusals: readonly (readonly [Method, string])[] = [
  ['POST', 'resources'],
  ['PUT', 'resources'],
  ['PATCH', 'resources/:id'],
  ['DELETE', 'resources/:id'],
  ['POST', 'applications'],
  ['PATCH', 'applications/:id'],
  ['DELETE', 'applications/:id'],
  ['POST', 'jobs'],
  ['PUT', 'jobs'],
  ['PATCH', 'jobs/:id'],
  ['DELETE', 'jobs/:id'],
  ['PUT', 'jobs/:id/:number'],
  ['PATCH', 'jobs/:id/:number'],
  ['DELETE', 'jobs/:id/:number'],
  ['POST', 'hooks'],
  ['PATCH', 'hooks/:id'],
  ['DELETE', 'hooks/:id'],
  ['POST', 'custom-resources'],
  ['DELETE', 'custom-resources/:type'],
];

const refusal =
  'Nothing can be changed at this port, since nobody proves here who they are. Users change it at the port for users, clusters report there.';

type Handle = (request: OakRequest) => Promise<Answer>;

const route = (method: Method, path: string, handle: Handle): Route => ({
  id: `oakestraResources ${method} ${path}`,
  method,
  path,
  guard: 'peer',
  handle,
});

/** With a slash at the end, and without. */
const both = (method: Method, path: string, handle: Handle): readonly Route[] => [
  route(method, `${root}/${path}`, handle),
  route(method, `${root}/${path}/`, handle),
];

const identified = (document: unknown): unknown => (isFields(document) ? document : null);

export const resourceRoutes = (options: ResourceOptions): readonly Route[] => [
  route('GET', '/', () => Promise.resolve(str('ok'))),
  ...both('GET', 'resources', async ({ query }) => obj(await listResources(options, query))),
  ...both('GET', 'resources/:id', async ({ path }) =>
    obj(await readResource(options, requireId(path['id'], 400))),
  ),
  ...both('GET', 'jobs', async ({ query }) => txt(await listJobs(options, query))),
  ...both('GET', 'jobs/:id', async ({ path }) => txt(await readJob(options, path['id']))),
  ...both('GET', 'jobs/:id/:number', async ({ path }) =>
    txt(await readInstance(options, path['id'], path['number'])),
  ),
  ...both('GET', 'applications', async ({ query }) => txt(await listApplications(options, query))),
  ...both('GET', 'applications/:id', async ({ path, query }) => {
    const id = requireId(path['id'], 400);
    const all = await listApplications(options, query);
    return txt(identified(all.find((each) => each['_id'] === id)));
  }),
  ...both('GET', 'hooks', () => Promise.resolve(obj([]))),
  ...both('GET', 'custom-resources', () => Promise.resolve(obj([]))),
  ...refusals.flatMap(([method, path]) =>
    both(method, path, () => Promise.resolve(err(501, { message: refusal }))),
  ),
];
