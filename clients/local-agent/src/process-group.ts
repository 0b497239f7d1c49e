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
const gonePollMs = 25;
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
    await terminateAll(this.#table, () => this.#livingMembers(), patienceMs);
  }

  /** Lets go of the processes; they live on. */
  release(): void {
    this.#cancelPoll();
  }

  /** The group first; only when it is empty is it worth looking for processes that have left it. */
  #livingMembers(): readonly ProcessInfo[] {
    const members = this.members();
    return members.length > 0 ? members : this.#listStrays();
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

/** Ends processes: SIGTERM once for each, SIGKILL after the patience, until the list is empty. */
export async function terminateAll(
  table: ProcessTable,
  list: () => readonly ProcessInfo[],
  patienceMs: number,
): Promise<void> {
  const startedAt = performance.now();
  const asked = new Set<number>();
  for (let living = list(); living.length > 0; living = list()) {
    const waitedMs = performance.now() - startedAt;
    if (waitedMs >= patienceMs) {
      signalAll(table, living, 'SIGKILL');
    } else {
      const fresh = living.filter(({ pid }) => !asked.has(pid));
      signalAll(table, fresh, 'SIGTERM');
      for (const { pid } of fresh) asked.add(pid);
    }
    const stubborn = waitedMs > patienceMs + stubbornPollMs;
    const leftMs = Math.max(1, patienceMs - waitedMs);
    await delay(stubborn ? stubbornPollMs : Math.min(gonePollMs, leftMs));
  }
}

function signalAll(
  table: ProcessTable,
  members: readonly ProcessInfo[],
  signal: NodeJS.Signals,
): void {
  for (const { pid } of members) {
    try {
      // Without /proc a group can only be meant as a whole.
      process.kill(table.supported ? pid : -pid, signal);
    } catch (error) {
      // Gone meanwhile; or it has become somebody else's, and can only be waited for.
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ESRCH' && code !== 'EPERM') throw error;
    }
  }
}
