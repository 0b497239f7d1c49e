/** Commands for those who run the manager and its clusters. */
import type { Command } from 'commander';
import { CommandFailed, judge } from '../errors.js';
import { paint, type Io, type Tone } from '../io.js';
import { all } from '../lookup.js';
import { printWhole } from '../output.js';
import { toNumber } from './waiting.js';
import { connect, findContext, withSession, type GlobalOptions } from '../shell.js';

interface EnrolOptions {
  readonly hours: number;
  readonly approval: boolean;
}

function addEnrol(program: Command, io: Io): void {
  program
    .command('enrol')
    .summary('prepare a cluster, and print what its agent needs')
    .description(
      'Makes a token with which the agent of this cluster can enrol it, once, and prints it. It is shown this once. Afterwards the agent has a credential of its own.',
    )
    .argument('<name>', 'name of the cluster')
    .option('--hours <n>', 'how long the token is good', toNumber, 24)
    .option('--approval', 'the cluster waits until somebody approves it', false)
    .addHelpText('after', '\nExample:\n  smctl enrol garage -o json | jq -r .token > garage.token')
    .action(
      withSession(
        io,
        async ({ client, url, format }, name: string, { hours, approval }: EnrolOptions) => {
          const body = { clusterName: name, hours, requiresApproval: approval };
          const made = await client.post('/api/v1/enrolment-tokens', { body });
          const { expiresAt } = made.enrolmentToken;
          printWhole(io, format, { url, name, token: made.token, expiresAt });
          io.err.write(
            `\nKeep the token where only the agent can read it. For the local agent:\n\n` +
              `  (umask 077; printf %s TOKEN > ${name}.token)\n` +
              `  system-manager-local-agent --name ${name} --url ${url} --data-dir data/agents/${name} --enrolment-token-file ${name}.token\n`,
          );
        },
      ),
    );
}

interface Finding {
  readonly what: string;
  readonly how: 'good' | 'warning' | 'bad';
  readonly detail: string;
  readonly next?: string;
}

/** Clocks that differ by more than this make times hard to compare. */
const clockMsMax = 5_000;

/** Asks for everything that can be wrong; what cannot be asked is bad. */
async function examine(io: Io, options: GlobalOptions): Promise<readonly Finding[]> {
  const context = await findContext(io, options);
  const client = connect(context, true);
  const findings: Finding[] = [];
  const look = async (what: string, ask: () => Promise<Omit<Finding, 'what'>>): Promise<void> => {
    try {
      findings.push({ what, ...(await ask()) });
    } catch (error) {
      const { message, next } = judge(error);
      findings.push({ what, how: 'bad', detail: message, ...(next === undefined ? {} : { next }) });
    }
  };
  try {
    await look('connection', async () => {
      const askedAt = performance.now();
      const { response } = await client.http.GET('/healthz');
      const ms = Math.round(performance.now() - askedAt);
      const date = Date.parse(response.headers.get('date') ?? '');
      const apartMs = Number.isNaN(date) ? 0 : Math.abs(Date.now() - date);
      findings.push({
        what: 'clock',
        how: apartMs <= clockMsMax ? 'good' : 'warning',
        detail: apartMs <= clockMsMax ? 'agrees' : `${Math.round(apartMs / 1000)} s apart`,
        ...(apartMs <= clockMsMax
          ? {}
          : { next: 'Set the clock of this machine, or the manager’s.' }),
      });
      return { how: 'good', detail: `${context.url} answers in ${ms} ms` };
    });
    // Without a connection everything else would say the same.
    if (findings.some(({ how }) => how === 'bad')) return findings;
    await look('sign-in', async () => {
      const { version, contract, store } = await client.get('/api/v1/version');
      findings.push({
        what: 'versions',
        how: 'good',
        detail: `manager ${version}, contract ${contract}`,
      });
      return { how: 'good', detail: `the token is known; the store is ${store}` };
    });
    await look('readiness', async () => {
      const { role, checks } = await client.get('/readyz');
      const parts = Object.entries(checks).map(([part, state]) => `${part} ${state}`);
      return { how: 'good', detail: [role, ...parts].join(', ') };
    });
    await look('clusters', async () => {
      const clusters = await all(client.paginate('/api/v1/clusters'));
      const away = clusters.filter(({ state }) => state !== 'active').map(({ name }) => name);
      if (clusters.length === 0)
        return { how: 'warning', detail: 'there are none', next: 'smctl enrol NAME' };
      return away.length === 0
        ? { how: 'good', detail: `${clusters.length} are active` }
        : {
            how: 'warning',
            detail: `away: ${away.join(', ')}`,
            next: `smctl describe cluster ${away[0] ?? ''}`,
          };
    });
    await look('schedulers', async () => {
      const { items } = await client.get('/api/v1/schedulers');
      const away = items.filter(({ available }) => !available).map(({ name }) => name);
      return away.length === 0
        ? { how: 'good', detail: items.map(({ name }) => name).join(', ') }
        : { how: 'warning', detail: `away: ${away.join(', ')}`, next: 'smctl get schedulers' };
    });
    return findings;
  } finally {
    await client.close();
  }
}

const tones: Record<Finding['how'], Tone> = { good: 'good', warning: 'busy', bad: 'bad' };

function addDoctor(program: Command, io: Io): void {
  program
    .command('doctor')
    .summary('look for what is wrong: connection, clock, versions, store, clusters')
    .addHelpText('after', '\nExample:\n  smctl doctor')
    .action(async (_options: object, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const findings = await examine(io, options);
      if (options.output === 'json' || options.output === 'yaml')
        printWhole(io, options.output, { items: findings });
      else
        for (const { what, how, detail, next } of findings)
          io.out.write(
            `${paint(io, io.out, tones[how], how.padEnd(7))}  ${what.padEnd(10)}  ${detail}${next === undefined ? '' : ` (${next})`}\n`,
          );
      const bad = findings.filter(({ how }) => how === 'bad').length;
      if (bad > 0)
        throw new CommandFailed(
          `${bad} of ${findings.length} are bad`,
          'Is the manager running, and is this its address? smctl context list',
        );
    });
}

export function addSite(program: Command, io: Io): void {
  addEnrol(program, io);
  addDoctor(program, io);
}
