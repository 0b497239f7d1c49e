/** Commands that show why something is as it is, and what happens. */
import type { Cluster, Event } from '@system-manager/client';
import type { Command } from 'commander';
import { setTimeout as delay } from 'node:timers/promises';
import { UsageError } from '../errors.js';
import type { Io } from '../io.js';
import * as kinds from '../kinds.js';
import { all, findCluster, findInstance, findService } from '../lookup.js';
import { printList, printWhole, type Column } from '../output.js';
import { withSession, type Session } from '../shell.js';
import { considered } from './deploy.js';
import { toNumber } from './waiting.js';

function addExplain(program: Command, io: Io): void {
  program
    .command('explain')
    .summary('tell why an instance is where it is')
    .argument('<instance>', 'its id, or SERVICE/ORDINAL')
    .option('-a, --application <name>', 'application of the service')
    .addHelpText('after', '\nExample:\n  smctl explain hello/0')
    .action(
      withSession(
        io,
        async ({ client, format }, typed: string, options: { application?: string }) => {
          const { id } = await findInstance(client, typed, options.application);
          const params = { path: { instanceId: id } };
          const path = '/api/v1/instances/{instanceId}/explanation';
          const explanation = await client.get(path, { params });
          if (format === 'json' || format === 'yaml') printWhole(io, format, explanation);
          else {
            printWhole(io, format, { decision: explanation.decision ?? 'none was made yet' });
            io.out.write(`\n${considered(io, explanation.clusters)}`);
          }
        },
      ),
    );
}

interface EventOptions {
  readonly follow?: boolean;
  readonly after?: number;
  readonly subject?: string;
}

/** `service/hello`, `cluster/local-a`, `instance/hello/0`, or an id. */
async function subjectIdOf({ client }: Session, subject?: string): Promise<string | undefined> {
  if (subject === undefined || !subject.includes('/')) return subject;
  const [typed = '', ...rest] = subject.split('/');
  const name = rest.join('/');
  switch (kinds.toKind(typed)) {
    case 'services':
      return (await findService(client, name)).id;
    case 'clusters':
      return (await findCluster(client, name)).id;
    case 'instances':
      return (await findInstance(client, name)).id;
    case 'operations':
      return name;
    default:
      throw new UsageError(`there is no subject ${subject}: service/NAME, cluster/NAME, an id`);
  }
}

/** One event to a line, in columns that do not change while it goes on. */
function printEvent({ io, format }: Session, event: Event): void {
  if (format === 'json') io.out.write(`${JSON.stringify(event)}\n`);
  else if (format === 'yaml') {
    io.out.write('---\n');
    printWhole(io, format, event);
  } else if (format === 'name') io.out.write(`${kinds.events.name(event)}\n`);
  else {
    const shown = kinds.events.columns.filter(({ wide }) => wide !== true || format === 'wide');
    const [sequence = '', ...rest] = shown.map(({ value }) => value(event));
    io.out.write(`${[sequence.padStart(6), ...rest].join('  ').trimEnd()}\n`);
  }
}

function addEvents(program: Command, io: Io): void {
  program
    .command('events')
    .summary('list what has happened, or follow what happens')
    .option('--follow', 'go on until you press Ctrl-C')
    .option('--after <sequence>', 'what came after this event', toNumber)
    .option('--subject <kind/name>', 'only of this: service/hello, cluster/local-a, or an id')
    .addHelpText(
      'after',
      `
Examples:
  smctl events --subject service/hello
  smctl events --follow
  smctl events --follow --after 100 -o json | jq .type`,
    )
    .action(
      withSession(io, async (session, { follow, after, subject }: EventOptions) => {
        const { client, format } = session;
        const subjectId = await subjectIdOf(session, subject);
        const filter = {
          ...(after === undefined ? {} : { after }),
          ...(subjectId === undefined ? {} : { subjectId }),
        };
        if (follow) {
          const stop = new AbortController();
          process.once('SIGINT', () => stop.abort());
          const events = client.watchEvents({ ...filter, signal: stop.signal });
          for await (const event of events) printEvent(session, event);
        } else {
          const query = { limit: 500, ...filter };
          const events = await all(client.paginate('/api/v1/events', { params: { query } }));
          printList(io, format, kinds.events, events);
        }
      }),
    );
}

const percent = (part: number | undefined, whole: number | undefined): string =>
  part === undefined || !whole ? '-' : `${Math.round((part / whole) * 100)}%`;

/** What `top` shows of each cluster. */
const fullness: readonly Column<Cluster>[] = [
  { title: 'CLUSTER', value: ({ name }) => name },
  { title: 'STATE', value: ({ state }) => state, tone: ({ state }) => kinds.toneOf(state) },
  {
    title: 'CPU RESERVED',
    value: ({ reserved, capacity }) => percent(reserved.cpuCores, capacity.cpuCores),
  },
  { title: 'CPU USED', value: ({ use, capacity }) => percent(use?.cpuCores, capacity.cpuCores) },
  {
    title: 'MEMORY RESERVED',
    value: ({ reserved, capacity }) => percent(reserved.memoryMiB, capacity.memoryMiB),
  },
  {
    title: 'MEMORY USED',
    value: ({ use, capacity }) => percent(use?.memoryMiB, capacity.memoryMiB),
  },
];

async function showTop({ io, client, format }: Session): Promise<void> {
  const query = { limit: 500 };
  const clusters = await all(client.paginate('/api/v1/clusters', { params: { query } }));
  printList(io, format, { ...kinds.clusters, columns: fullness }, clusters);
}

function addTop(program: Command, io: Io): void {
  program
    .command('top')
    .summary('show how full and how busy the clusters are')
    .option('--watch', 'again every two seconds, until you press Ctrl-C')
    .addHelpText('after', '\nExample:\n  smctl top --watch')
    .action(
      withSession(io, async (session, { watch }: { watch?: boolean }) => {
        const stop = new AbortController();
        process.once('SIGINT', () => stop.abort());
        do {
          if (watch && io.out.isTerminal) io.out.write('\x1b[H\x1b[2J');
          await showTop(session);
          if (watch) await delay(2_000, undefined, { signal: stop.signal }).catch(() => undefined);
        } while (watch && !stop.signal.aborted);
      }),
    );
}

export function addWatching(program: Command, io: Io): void {
  addExplain(program, io);
  addEvents(program, io);
  addTop(program, io);
}
