/**
 * A whole agent: runs commands as processes of this machine. Kill it at any moment: its next start goes on where it was. Each process
 * claims its pid file before it becomes the command, and a stop claims it too; whoever comes second does nothing.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  JournaledAgent,
  OrderRefused,
  directoryPlace,
  machineCapacity,
} from '@system-manager/client/agent';

type Generation = { instanceId: string; generation: number };
const [url = 'http://127.0.0.1:10000', name = 'minimal'] = process.argv.slice(2);
const directory = join('data/agents', name);
const claim = 'echo $$ > "$0.$$" && ln "$0.$$" "$0" && rm "$0.$$" && exec "$@"';
const keyOf = (of: Generation): string => `${of.instanceId}-${of.generation}`;
const pidFile = (of: Generation): string => join(directory, keyOf(of));

/** Sends a signal to the process group of a generation; 0 only asks whether it is there. */
const signal = (of: Generation, which: 'SIGKILL' | 0): boolean => {
  try {
    const pid = Number(readFileSync(pidFile(of), 'utf8'));
    return pid > 0 && process.kill(-pid, which);
  } catch {
    return false;
  }
};

mkdirSync(directory, { recursive: true, mode: 0o700 });
const agent = await JournaledAgent.open({
  ...{ url, name, capabilities: ['process'], place: directoryPlace(directory) },
  token: process.env['SM_ENROLMENT_TOKEN'] ?? '',
  capacity: () => machineCapacity({ memoryMiB: 512 }),
  run: async (order) => {
    const { command } = order.descriptor;
    if (!command) throw new OrderRefused('no-command', 'Nothing to run', 'there is no command');
    const env = { PATH: process.env['PATH'], INSTANCE: keyOf(order) };
    const child = spawn('sh', ['-c', claim, pidFile(order), ...command], {
      ...{ env, detached: true, stdio: 'ignore' },
    });
    child.once('exit', () => signal(order, 0) || agent.report(order, { phase: 'DEAD' }));
    return {};
  },
  resume: async (order) => (signal(order, 0) ? {} : { phase: 'DEAD' }),
  stop: async (order) => {
    try {
      writeFileSync(pidFile(order), '0', { flag: 'wx' });
    } catch {
      signal(order, 'SIGKILL');
    }
  },
});
agent.on('connected', ({ session }) => process.stdout.write(`session ${session}\n`));
agent.on('removed', () => process.exit(0));
await agent.start();
process.once('SIGTERM', () => void agent.leave());
