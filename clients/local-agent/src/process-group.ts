import { spawn, type ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessIdentity, ProcessInfo, ProcessTable } from './proc.js';

/** How a process came to its end. Of one that was found again after a restart of the agent the code cannot be known. */
export interface Exit {
  readonly code: number | undefined;
  readonly signal: string | undefined;
}

/** What to start. */
export interface Launch {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly logPath: string;
}

const adoptedPollMs = 500;
const gonePollMsMin = 10;
const gonePollMsMax = 200;
const stubbornPollMs = 1_000;

/** Environment variables that tell whose a process is, whatever it does to its parent, group or session. */
export const markers = {
  agent: 'SM_AGENT_ID',
  instance: 'SM_INSTANCE_ID',
  generation: 'SM_GENERATION',
} as const;

/**
 * The processes of one run of an instance: a leader with its own session and group, and whatever it started. Output goes
 * straight to a file, so nothing breaks when the agent goes away.
 */
export class ProcessGroup {
  readonly identity: ProcessIdentity;
  /** Resolves when the leader has ended. Never, once released. */
  readonly exited: Promise<Exit>;
  readonly #table: ProcessTable;
  readonly #listStrays: () => readonly ProcessInfo[];
  #cancelPoll: () => void = () => undefined;

  private constructor(
    table: ProcessTable,
    identity: ProcessIdentity,
    listStrays: () => readonly ProcessInfo[],
    child?: ChildProcess,
  ) {
    this.#table = table;
    this.identity = identity;
    this.#listStrays = listStrays;
    this.exited = child === undefined ? this.#pollUntilGone() : exitOf(child);
  }

  /**
   * Starts a process without a shell.
   *
   * @param listStrays - finds processes that have left the group, by their environment
   * @throws Error with `code` `ENOENT` or `EACCES` - the program cannot be run
   */
  static async start(
    table: ProcessTable,
    launch: Launch,
    listStrays: () => readonly ProcessInfo[],
  ): Promise<ProcessGroup> {
    const log = await open(launch.logPath, 'a', 0o600);
    try {
      const [program = '', ...args] = launch.command;
      const child = spawn(program, args, {
        cwd: launch.workingDirectory,
        env: launch.environment,
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      });
      const spawned = new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.on('error', reject);
      });
      // Read before the event loop turns: an ended child is still a zombie then, and can be named.
      const identity = child.pid === undefined ? undefined : table.identify(child.pid);
      const group = identity && new ProcessGroup(table, identity, listStrays, child);
      await spawned;
      if (group === undefined) throw new Error('the process has no pid');
      child.unref();
      return group;
    } finally {
      await log.close();
    }
  }

  /** Takes on a leader that was started before the agent was. */
  static adopt(
    table: ProcessTable,
    identity: ProcessIdentity,
    listStrays: () => readonly ProcessInfo[],
  ): ProcessGroup {
    return new ProcessGroup(table, identity, listStrays);
  }

  members(): readonly ProcessInfo[] {
    return this.#table.listGroup(this.identity);
  }

  /** Ends every process of this run. Resolves when nothing of it is left, however long that takes. */
  async terminate(patienceMs: number): Promise<void> {
    let first = true;
    const list = (): readonly ProcessInfo[] => {
      const members = this.members();
      // Looking at every environment is dear: once at the beginning, and again to be sure of the end.
      if (members.length > 0 && !first) return members;
      first = false;
      const pids = new Set(members.map(({ pid }) => pid));
      return [...members, ...this.#listStrays().filter(({ pid }) => !pids.has(pid))];
    };
    await terminateAll(list, patienceMs, this.identity.pid);
  }

  /** Lets go of the processes; they live on. */
  release(): void {
    this.#cancelPoll();
  }

  #pollUntilGone(): Promise<Exit> {
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        if (this.#table.isAlive(this.identity)) return;
        clearInterval(timer);
        resolve({ code: undefined, signal: undefined });
      }, adoptedPollMs);
      this.#cancelPoll = () => clearInterval(timer);
    });
  }
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) =>
      resolve({ code: code ?? undefined, signal: signal ?? undefined }),
    );
  });
}

/**
 * Ends processes until the list is empty: SIGTERM once for those that are there, SIGKILL for whatever is there after the patience.
 * What they start in order to end well is left alone until then.
 *
 * @param group - a process group that is signalled as a whole
 */
export async function terminateAll(
  list: () => readonly ProcessInfo[],
  patienceMs: number,
  group?: number,
): Promise<void> {
  const startedAt = performance.now();
  let asked = false;
  let pollMs = gonePollMsMin;
  for (let living = list(); living.length > 0; living = list()) {
    const waitedMs = performance.now() - startedAt;
    if (waitedMs >= patienceMs) signalAll(living, 'SIGKILL', group);
    else if (!asked) signalAll(living, 'SIGTERM', group);
    asked = true;
    const stubborn = waitedMs > patienceMs + stubbornPollMs;
    const leftMs = Math.max(1, patienceMs - waitedMs);
    await delay(stubborn ? stubbornPollMs : Math.min(pollMs, leftMs));
    pollMs = Math.min(pollMs * 1.5, gonePollMsMax);
  }
}

function signalAll(
  members: readonly ProcessInfo[],
  signal: NodeJS.Signals,
  group: number | undefined,
): void {
  const grouped = group !== undefined && members.some((member) => member.group === group);
  if (grouped) sendSignal(-group, signal);
  for (const member of members) {
    if (!grouped || member.group !== group) sendSignal(member.pid, signal);
  }
}

/** To a process, or to a group where it is negative; it may have gone meanwhile. */
export function sendSignal(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    // Gone meanwhile; or it has become somebody else's, and can only be waited for.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
