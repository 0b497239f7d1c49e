/**
 * A process beside the agent that ends what runs under a lease when the lease is over, also when the agent is dead, stopped or stuck.
 * It knows nothing but the file that the agent writes. It goes when another one has taken over, or when the agent is dead and nothing
 * is left to watch.
 *
 * Arguments: the file, the pid of the agent.
 */
import { uptime } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { readLeases, type LeaseState } from './lease-file.js';
import { ProcessTable, type ProcessInfo } from './proc.js';
import { markers, sendSignal } from './process-group.js';

const lookEveryMs = 250;

const keyOf = (instanceId: string | undefined, generation: string | number | undefined): string =>
  `${instanceId ?? ''}/${generation ?? ''}`;

/** Living processes of these instances. */
function processesOf(
  table: ProcessTable,
  agentId: string,
  leases: LeaseState['leases'],
): readonly ProcessInfo[] {
  const keys = new Set(leases.map((each) => keyOf(each.instanceId, each.generation)));
  return table
    .listMarked(markers.agent, agentId)
    .filter(({ environment }) =>
      keys.has(keyOf(environment.get(markers.instance), environment.get(markers.generation))),
    )
    .map(({ info }) => info);
}

/** The leases that are over. */
function overOf({ bootId, renewedAt, leases }: LeaseState, table: ProcessTable) {
  const sinceMs = bootId === table.bootId ? uptime() * 1000 - renewedAt : Number.POSITIVE_INFINITY;
  return leases.filter(({ leaseMs }) => sinceMs >= leaseMs);
}

async function watch(path: string, agentPid: number): Promise<void> {
  const table = new ProcessTable();
  const agent = table.identify(agentPid);
  let state: LeaseState | undefined;
  for (;;) {
    // Without the file what was known last still holds.
    state = readLeases(path) ?? state;
    if (state?.watchdogPid !== undefined && state.watchdogPid !== process.pid) return;
    const over = state === undefined ? [] : overOf(state, table);
    // Looking for processes is dear, so only where it matters.
    if (state !== undefined && over.length > 0)
      for (const { pid } of processesOf(table, state.agentId, over)) sendSignal(pid, 'SIGKILL');
    if (!table.isAlive(agent)) {
      if (state === undefined) return;
      if (processesOf(table, state.agentId, state.leases).length === 0) return;
    }
    await delay(lookEveryMs);
  }
}

const [path = '', agentPid = ''] = process.argv.slice(2);
process.stdout.write('watching\n');
await watch(path, Number(agentPid));
