import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import type { Io } from '../io.js';
import * as kinds from '../kinds.js';
import { all, findCluster, findInstance, findService } from '../lookup.js';
import { printList, printOne } from '../output.js';
import { withSession, type Session } from '../shell.js';

interface Filters {
  readonly application?: string;
  readonly service?: string;
  readonly cluster?: string;
  readonly phase?: string;
  readonly state?: string;
}

const limit = 500;

/** The fields that have a value. */
const given = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };

const serviceIdOf = async ({ client }: Session, { service, application }: Filters) =>
  service === undefined ? undefined : (await findService(client, service, application)).id;
const clusterIdOf = async ({ client }: Session, { cluster }: Filters) =>
  cluster === undefined ? undefined : (await findCluster(client, cluster)).id;

async function listWorkers({ client }: Session, name?: string): Promise<kinds.WorkerRow[]> {
  const clusters =
    name === undefined
      ? await all(client.paginate('/api/v1/clusters', { params: { query: { limit } } }))
      : [await findCluster(client, name)];
  const rows: kinds.WorkerRow[] = [];
  for (const { id, name: cluster } of clusters) {
    const params = { path: { clusterId: id }, query: { limit } };
    const path = '/api/v1/clusters/{clusterId}/workers';
    for await (const worker of client.paginate(path, { params })) rows.push({ ...worker, cluster });
  }
  return rows;
}

/** For each kind: prints all of them that pass the filters. */
const lists: Record<kinds.Kind, (session: Session, filters: Filters) => Promise<void>> = {
  clusters: async ({ io, format, client }, { state }) => {
    const query = { limit, ...given({ state }) };
    const items = await all(client.paginate('/api/v1/clusters', { params: { query } }));
    printList(io, format, kinds.clusters, items);
  },
  workers: async (session, { cluster }) => {
    printList(session.io, session.format, kinds.workers, await listWorkers(session, cluster));
  },
  services: async ({ io, format, client }, { application, phase }) => {
    const query = { limit, ...given({ application, phase }) };
    const items = await all(client.paginate('/api/v1/services', { params: { query } }));
    printList(io, format, kinds.services, items);
  },
  instances: async (session, filters) => {
    const serviceId = await serviceIdOf(session, filters);
    const clusterId = await clusterIdOf(session, filters);
    const query = { limit, ...given({ serviceId, clusterId, phase: filters.phase }) };
    const items = await all(session.client.paginate('/api/v1/instances', { params: { query } }));
    printList(session.io, session.format, kinds.instances, items);
  },
  operations: async (session, filters) => {
    const subjectId =
      (await serviceIdOf(session, filters)) ?? (await clusterIdOf(session, filters));
    const query = { limit, ...given({ subjectId, state: filters.state }) };
    const items = await all(session.client.paginate('/api/v1/operations', { params: { query } }));
    printList(session.io, session.format, kinds.operations, items);
  },
  events: async (session, filters) => {
    const subjectId =
      (await serviceIdOf(session, filters)) ?? (await clusterIdOf(session, filters));
    const query = { limit, ...given({ subjectId }) };
    const items = await all(session.client.paginate('/api/v1/events', { params: { query } }));
    printList(session.io, session.format, kinds.events, items);
  },
  schedulers: async ({ io, format, client }) => {
    const { items } = await client.get('/api/v1/schedulers');
    printList(io, format, kinds.schedulers, items);
  },
};

async function getOne(
  { io, format, client }: Session,
  kind: kinds.Kind,
  typed: string,
  { application }: Filters,
): Promise<void> {
  switch (kind) {
    case 'clusters':
      printOne(io, format, kinds.clusters, await findCluster(client, typed));
      return;
    case 'services':
      printOne(io, format, kinds.services, await findService(client, typed, application));
      return;
    case 'instances':
      printOne(io, format, kinds.instances, await findInstance(client, typed, application));
      return;
    case 'operations': {
      const params = { path: { operationId: typed } };
      const operation = await client.get('/api/v1/operations/{operationId}', { params });
      printOne(io, format, kinds.operations, operation);
      return;
    }
    default:
      throw new UsageError(`${kind} have no name here: smctl get ${kind}`);
  }
}

/** The kind that was typed. @throws UsageError - there is none */
export function kindOf(typed: string): kinds.Kind {
  const kind = kinds.toKind(typed);
  if (kind === undefined)
    throw new UsageError(`there is no kind ${typed}: ${Object.keys(kinds.kindNames).join(', ')}`);
  return kind;
}

export function addGet(program: Command, io: Io): void {
  program
    .command('get')
    .summary('list resources, or show one')
    .argument('<kind>', Object.keys(kinds.kindNames).join(', '))
    .argument('[name]', 'name or id; SERVICE/ORDINAL for an instance')
    .option('-a, --application <name>', 'only of this application')
    .option('--service <name>', 'instances, operations and events of this service')
    .option('--cluster <name>', 'workers, instances, operations and events of this cluster')
    .option('--phase <phase>', 'services and instances in this phase')
    .option('--state <state>', 'clusters and operations in this state')
    .addHelpText(
      'after',
      `
Examples:
  smctl get services
  smctl get instances --service hello -o wide
  smctl get cluster local-a -o yaml
  smctl get instances --phase FAILED -o name`,
    )
    .action(
      withSession(
        io,
        async (session, typed: string, name: string | undefined, filters: Filters) => {
          const kind = kindOf(typed);
          if (name === undefined) await lists[kind](session, filters);
          else await getOne(session, kind, name, filters);
        },
      ),
    );
}
