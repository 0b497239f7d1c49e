import type { Operation, Plan } from '@system-manager/client';
import type { Command } from 'commander';
import { CommandFailed } from '../errors.js';
import { readDescriptors, type Found } from '../input.js';
import { paint, type Io } from '../io.js';
import { waitFor } from '../progress.js';
import { printWhole, tableOf } from '../output.js';
import { withSession, type Session } from '../shell.js';
import { addWaiting, timeoutMsOf, type Waiting } from './waiting.js';

interface Options extends Waiting {
  readonly file: readonly string[];
  readonly dryRun?: boolean;
}

/** Deploys it, or makes it the next revision of the service that is there. */
async function apply({ io, client }: Session, { descriptor }: Found): Promise<Operation> {
  const { name, application = 'default' } = descriptor;
  const query = { name, application };
  const known = (await client.get('/api/v1/services', { params: { query } })).items[0];
  const { operation } =
    known === undefined
      ? await client.post('/api/v1/services', { body: descriptor })
      : await client.put('/api/v1/services/{serviceId}', {
          params: { path: { serviceId: known.id }, header: { 'If-Match': `"${known.version}"` } },
          body: descriptor,
        });
  const what = known === undefined ? 'is being deployed' : 'is being updated';
  io.err.write(`service/${name} ${what}: operation ${operation.id}\n`);
  return operation;
}

function showPlan(io: Io, { descriptor }: Found, plan: Plan): void {
  io.out.write(
    tableOf(
      io,
      [
        { title: 'REPLICA', value: ({ ordinal }) => `${descriptor.name}/${ordinal}` },
        {
          title: 'VERDICT',
          value: ({ verdict }) => verdict,
          tone: ({ verdict }) => (verdict === 'PLACED' ? 'good' : 'bad'),
        },
        { title: 'CLUSTER', value: ({ clusterName }) => clusterName ?? '-' },
      ],
      plan.placements,
    ),
  );
  io.out.write(`\n${paint(io, io.out, 'strong', 'Why: the clusters as they look to the first')}\n`);
  io.out.write(considered(io, plan.clusters));
}

/** What each cluster looks like to the scheduler. */
export const considered = (io: Io, clusters: Plan['clusters']): string =>
  tableOf(
    io,
    [
      { title: 'CLUSTER', value: ({ clusterName }) => clusterName },
      { title: 'SCORE', value: ({ score }) => score?.toFixed(3) ?? '-' },
      { title: 'DROPPED BY', value: ({ droppedBy }) => droppedBy ?? '' },
      { title: 'WHY', value: ({ detail }) => detail ?? '' },
    ],
    clusters,
  );

/** Shows where all of them would go. @throws CommandFailed - one of them would find no place */
async function plan({ io, client, format }: Session, found: readonly Found[]): Promise<void> {
  let homeless = 0;
  const plans: Plan[] = [];
  for (const each of found) {
    const planned = await client.post('/api/v1/services/plan', { body: each.descriptor });
    homeless += planned.placements.filter(({ verdict }) => verdict !== 'PLACED').length;
    plans.push(planned);
    if (format === 'table' || format === 'wide') showPlan(io, each, planned);
  }
  if (format === 'json' || format === 'yaml') printWhole(io, format, { items: plans });
  if (homeless > 0)
    throw new CommandFailed(
      `${homeless} would find no place now`,
      'Nothing was changed. Deployed all the same they would wait for a cluster that fits.',
    );
}

export function addDeploy(program: Command, io: Io): void {
  const command = program
    .command('deploy')
    .summary('deploy services, or update those that are there')
    .description(
      'Each descriptor becomes a service, or the next revision of the service of its name and application.',
    )
    .requiredOption(
      '-f, --file <path...>',
      'JSON or YAML, a directory of such, or - for the standard input',
    )
    .option('--dry-run', 'change nothing; show where the instances would go, and why');
  addWaiting(command)
    .addHelpText(
      'after',
      `
Examples:
  smctl deploy -f examples/hello.yaml --wait
  smctl deploy -f examples/hello.yaml --dry-run
  cat hello.yaml | smctl deploy -f -`,
    )
    .action(
      withSession(io, async (session, options: Options) => {
        const found = await readDescriptors(io, options.file);
        if (options.dryRun) return plan(session, found);
        const operations: Operation[] = [];
        for (const each of found) operations.push(await apply(session, each));
        for (const { descriptor } of found) io.out.write(`service/${descriptor.name}\n`);
        if (!options.wait) return;
        for (const operation of operations) await waitFor(session, operation, timeoutMsOf(options));
      }),
    );
}
