/** Commands that make a wish about something that is there. */
import type { MigrateRequest, Operation } from '@system-manager/client';
import { InvalidArgumentError, type Command } from 'commander';
import { UsageError } from '../errors.js';
import type { Io } from '../io.js';
import { findCluster, findInstance, findService } from '../lookup.js';
import { waitFor } from '../progress.js';
import { withSession, type Session } from '../shell.js';
import { addWaiting, timeoutMsOf, toNumber, type Waiting } from './waiting.js';

interface OfService extends Waiting {
  readonly application?: string;
}

/** Says what was accepted, and waits for its end where that is wished. */
async function begun(session: Session, operation: Operation, options: Waiting): Promise<void> {
  const { kind, subjectKind, subjectName, id } = operation;
  session.io.err.write(`${subjectKind}/${subjectName}: ${kind}, operation ${id}\n`);
  session.io.out.write(`operation/${id}\n`);
  if (options.wait) await waitFor(session, operation, timeoutMsOf(options));
}

const serviceCommand = (program: Command, name: string, summary: string): Command =>
  addWaiting(
    program
      .command(name)
      .summary(summary)
      .description(`${summary[0]?.toUpperCase() ?? ''}${summary.slice(1)}.`)
      .argument('<service>', 'name or id of the service')
      .option('-a, --application <name>', 'application of the service'),
  );

const toDifference = (text: string): number => {
  if (!/^[+-]?\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
};

function addScale(program: Command, io: Io): void {
  serviceCommand(program, 'scale', 'change the number of instances')
    .argument('[replicas]', 'wanted number of instances', toNumber)
    .option('--by <difference>', 'how many more (3), or less (-1)', toDifference)
    .addHelpText('after', '\nExamples:\n  smctl scale hello 4 --wait\n  smctl scale hello --by -1')
    .action(
      withSession(
        io,
        async (
          session,
          name: string,
          replicas: number | undefined,
          options: OfService & { by?: number },
        ) => {
          const { by } = options;
          if ((replicas === undefined) === (by === undefined))
            throw new UsageError('say either a number or --by: smctl scale hello 4');
          const { id } = await findService(session.client, name, options.application);
          const { operation } = await session.client.post('/api/v1/services/{serviceId}/scale', {
            params: { path: { serviceId: id } },
            body: replicas === undefined ? { by: by ?? 0 } : { replicas },
          });
          await begun(session, operation, options);
        },
      ),
    );
}

interface MigrateOptions extends OfService {
  readonly toCluster?: string;
  readonly toLocation?: string;
  readonly toWorker?: string;
  readonly instance?: readonly string[];
  readonly breakBeforeMake?: boolean;
}

async function migrate(session: Session, name: string, options: MigrateOptions): Promise<void> {
  const { toCluster: cluster, toLocation: location, toWorker: worker } = options;
  if (cluster === undefined && location === undefined && worker === undefined)
    throw new UsageError('say where to: --to-cluster, --to-location or --to-worker');
  const { client } = session;
  const service = await findService(client, name, options.application);
  const instances = options.instance?.map((typed) =>
    findInstance(
      client,
      /^\d+$/.test(typed) ? `${service.name}/${typed}` : typed,
      service.application,
    ),
  );
  const ids = (await Promise.all(instances ?? [])).map(({ id }) => id);
  const body: MigrateRequest = {
    to: {
      ...(cluster === undefined ? {} : { cluster }),
      ...(location === undefined ? {} : { location }),
      ...(worker === undefined ? {} : { worker }),
    },
    ...(ids.length === 0 ? {} : { instanceIds: ids }),
    ...(options.breakBeforeMake ? { strategy: 'breakBeforeMake' } : {}),
  };
  const params = { path: { serviceId: service.id } };
  const { operation } = await client.post('/api/v1/services/{serviceId}/migrate', { params, body });
  await begun(session, operation, options);
}

function addMigrate(program: Command, io: Io): void {
  serviceCommand(program, 'migrate', 'move instances elsewhere')
    .option('--to-cluster <name>', 'to this cluster')
    .option('--to-location <name>', 'to a cluster at this location')
    .option('--to-worker <name>', 'to this worker')
    .option('--instance <id...>', 'only these: ordinals or ids')
    .option('--break-before-make', 'stop it here before it starts there')
    .addHelpText(
      'after',
      '\nExample:\n  smctl migrate hello --to-cluster local-b --instance 0 --wait',
    )
    .action(withSession(io, migrate));
}

function addTerminate(program: Command, io: Io): void {
  serviceCommand(program, 'terminate', 'stop all instances, and forget the service')
    .addHelpText('after', '\nExample:\n  smctl terminate hello --wait')
    .action(
      withSession(io, async (session, name: string, options: OfService) => {
        const { id } = await findService(session.client, name, options.application);
        const params = { path: { serviceId: id } };
        const { operation } = await session.client.delete('/api/v1/services/{serviceId}', {
          params,
        });
        await begun(session, operation, options);
      }),
    );
}

function addRollback(program: Command, io: Io): void {
  serviceCommand(program, 'rollback', 'go back to an earlier revision')
    .option('--revision <number>', 'that one; else the last that all instances have run', toNumber)
    .addHelpText('after', '\nExample:\n  smctl rollback hello --revision 1 --wait')
    .action(
      withSession(io, async (session, name: string, options: OfService & { revision?: number }) => {
        const { id } = await findService(session.client, name, options.application);
        const { revision } = options;
        const { operation } = await session.client.post('/api/v1/services/{serviceId}/rollback', {
          params: { path: { serviceId: id } },
          body: revision === undefined ? {} : { revision },
        });
        await begun(session, operation, options);
      }),
    );
}

/** What is done with a cluster at once. */
const decisions = [
  ['resume', 'take a drained cluster back'],
  ['approve', 'let a cluster take part that waits for it, or was shut out'],
  ['reject', 'refuse a cluster that waits for approval'],
  ['revoke', 'shut a cluster out'],
] as const;

function addDraining(program: Command, io: Io): void {
  addWaiting(
    program
      .command('drain')
      .summary('move all instances away from a cluster, and put none there')
      .argument('<cluster>', 'name or id of the cluster'),
  )
    .addHelpText('after', '\nExample:\n  smctl drain local-a --wait')
    .action(
      withSession(io, async (session, name: string, options: Waiting) => {
        const { id } = await findCluster(session.client, name);
        const params = { path: { clusterId: id } };
        const path = '/api/v1/clusters/{clusterId}/drain';
        const { operation } = await session.client.post(path, { params });
        await begun(session, operation, options);
      }),
    );
  for (const [verb, summary] of decisions)
    program
      .command(verb)
      .summary(summary)
      .argument('<cluster>', 'name or id of the cluster')
      .addHelpText('after', `\nExample:\n  smctl ${verb} local-a`)
      .action(
        withSession(io, async ({ client }, name: string) => {
          const { id } = await findCluster(client, name);
          const params = { path: { clusterId: id } };
          await client.post(`/api/v1/clusters/{clusterId}/${verb}`, { params });
          io.out.write(`cluster/${name}\n`);
        }),
      );
}

function addOperations(program: Command, io: Io): void {
  addWaiting(
    program
      .command('wait')
      .summary('wait for an operation')
      .argument('<operation>', 'id of the operation'),
  )
    .addHelpText('after', '\nExample:\n  smctl wait 6b030942a1ba52d13998a4a3 --timeout 60')
    .action(
      withSession(io, async (session, operationId: string, options: Waiting) => {
        const params = { path: { operationId } };
        const path = '/api/v1/operations/{operationId}';
        const operation = await session.client.get(path, { params });
        await waitFor(session, operation, timeoutMsOf(options));
      }),
    );
  program
    .command('cancel')
    .summary('take a wish back that is under way')
    .argument('<operation>', 'id of the operation')
    .addHelpText('after', '\nExample:\n  smctl cancel 6b030942a1ba52d13998a4a3')
    .action(
      withSession(io, async ({ client }, operationId: string) => {
        const params = { path: { operationId } };
        await client.post('/api/v1/operations/{operationId}/cancel', { params });
        io.out.write(`operation/${operationId}\n`);
      }),
    );
}

export function addChanges(program: Command, io: Io): void {
  addScale(program, io);
  addMigrate(program, io);
  addTerminate(program, io);
  addRollback(program, io);
  addDraining(program, io);
  addOperations(program, io);
}
