import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { paint, type Io } from '../io.js';
import * as kinds from '../kinds.js';
import { all, findCluster, findInstance, findService, instancesOf } from '../lookup.js';
import { printList, printWhole, type Printed } from '../output.js';
import { withSession, type Session } from '../shell.js';
import { kindOf } from './get.js';

/** The newest events and operations that are shown of each. */
const newest = 10;

/** What belongs to a resource; other tools get the resource alone. */
function section<Row>(
  { io, format }: Session,
  title: string,
  printed: Printed<Row>,
  rows: readonly Row[],
): void {
  if (rows.length === 0 || format === 'json' || format === 'yaml') return;
  io.out.write(`\n${paint(io, io.out, 'strong', title)}\n`);
  printList(io, 'table', printed, rows);
}

async function describeHistory(session: Session, subjectId: string): Promise<void> {
  const { client } = session;
  const query = { subjectId, limit: newest };
  const { items } = await client.get('/api/v1/operations', { params: { query } });
  section(session, 'Operations', kinds.operations, items);
  const events = await all(
    client.paginate('/api/v1/events', { params: { query: { subjectId, limit: 500 } } }),
  );
  section(session, 'Events', kinds.events, events.slice(-newest));
}

const describers: Partial<
  Record<kinds.Kind, (session: Session, typed: string, application?: string) => Promise<void>>
> = {
  clusters: async (session, typed) => {
    const { io, client, format } = session;
    const cluster = await findCluster(client, typed);
    printWhole(io, format, cluster);
    const path = { clusterId: cluster.id };
    const workers = await all(
      client.paginate('/api/v1/clusters/{clusterId}/workers', { params: { path } }),
    );
    section(
      session,
      'Workers',
      kinds.workers,
      workers.map((worker) => ({ ...worker, cluster: cluster.name })),
    );
    const query = { clusterId: cluster.id, limit: 500 };
    const instances = await all(client.paginate('/api/v1/instances', { params: { query } }));
    section(session, 'Instances', kinds.instances, instances);
    await describeHistory(session, cluster.id);
  },
  services: async (session, typed, application) => {
    const { io, client, format } = session;
    const service = await findService(client, typed, application);
    printWhole(io, format, service);
    section(session, 'Instances', kinds.instances, await instancesOf(client, service.id));
    const path = { serviceId: service.id };
    const { items } = await client.get('/api/v1/services/{serviceId}/revisions', {
      params: { path },
    });
    section(session, 'Revisions', revisions, items);
    await describeHistory(session, service.id);
  },
  instances: async (session, typed, application) => {
    const instance = await findInstance(session.client, typed, application);
    printWhole(session.io, session.format, instance);
    await describeHistory(session, instance.id);
  },
  operations: async ({ io, client, format }, typed) => {
    const path = { operationId: typed };
    printWhole(
      io,
      format,
      await client.get('/api/v1/operations/{operationId}', { params: { path } }),
    );
  },
};

interface Revision {
  readonly revision: number;
  readonly current: boolean;
  readonly stable: boolean;
}

const revisions: Printed<Revision> = {
  none: 'There are no revisions.',
  name: ({ revision }) => String(revision),
  columns: [
    { title: 'REVISION', value: ({ revision }) => String(revision) },
    { title: 'CURRENT', value: ({ current }) => (current ? 'yes' : '') },
    { title: 'STABLE', value: ({ stable }) => (stable ? 'yes' : '') },
  ],
};

export function addDescribe(program: Command, io: Io): void {
  program
    .command('describe')
    .summary('tell all about one resource, and what has happened to it')
    .argument('<kind>', 'cluster, service, instance or operation')
    .argument('<name>', 'name or id; SERVICE/ORDINAL for an instance')
    .option('-a, --application <name>', 'application of the service')
    .addHelpText(
      'after',
      `
Examples:
  smctl describe service hello
  smctl describe instance hello/0`,
    )
    .action(
      withSession(
        io,
        async (session, typed: string, name: string, options: { application?: string }) => {
          const describer = describers[kindOf(typed)];
          if (describer === undefined)
            throw new UsageError(`nothing more is known: smctl get ${typed}`);
          await describer(session, name, options.application);
        },
      ),
    );
}
