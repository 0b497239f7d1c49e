import { readFileSync, readdirSync } from 'node:fs';

/** One process as the kernel sees it. */
export interface ProcessInfo {
  readonly pid: number;
  readonly group: number;
  readonly session: number;
  /** Clock ticks since boot; with the pid and the boot it names a process for good. */
  readonly startTicks: number;
  /** CPU time used so far, user and system. */
  readonly cpuTicks: number;
  readonly residentPages: number;
}

/** What names a process across restarts of the agent: pids are used again, this is not. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTicks: number;
  readonly bootId: string;
}

const snapshotAgeMsMax = 20;
const environmentBytesMax = 1024 * 1024;

/**
 * Reads `/proc`. On systems without it the agent still runs things, but measures nothing, and after a restart tells a process by
 * its pid alone.
 */
export class ProcessTable {
  readonly supported: boolean;
  readonly bootId: string;
  readonly ticksPerSecond: number;
  readonly pageBytes: number;
  #snapshot: readonly ProcessInfo[] = [];
  #takenAt = Number.NEGATIVE_INFINITY;
  /** What the processes of the snapshot have in their environment; made when first asked for. */
  readonly #marked = new Map<string, readonly MarkedProcess[]>();

  constructor() {
    this.supported = readText('/proc/self/stat') !== undefined;
    this.bootId = readText('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
    const auxiliary = this.supported ? readAuxiliaryVector() : new Map<number, number>();
    this.pageBytes = auxiliary.get(6) ?? 4096;
    this.ticksPerSecond = auxiliary.get(17) ?? 100;
  }

  /** A process that lives; neither gone nor a zombie. */
  find(pid: number): ProcessInfo | undefined {
    if (!this.supported) return isThere(pid) ? unmeasured(pid) : undefined;
    const text = readText(`/proc/${pid}/stat`);
    return text === undefined ? undefined : parseStat(pid, text);
  }

  /** Names a process that was just started. */
  identify(pid: number): ProcessIdentity {
    // A zombie counts here: the process was started, however soon it ended.
    const text = readText(`/proc/${pid}/stat`);
    const startTicks = text === undefined ? 0 : Number(fieldsOf(text)[19]);
    return { pid, startTicks, bootId: this.bootId };
  }

  isAlive(identity: ProcessIdentity): boolean {
    if (identity.bootId !== this.bootId) return false;
    return this.find(identity.pid)?.startTicks === identity.startTicks;
  }

  /** All living processes, at most 20 ms old. */
  list(): readonly ProcessInfo[] {
    if (!this.supported || performance.now() - this.#takenAt < snapshotAgeMsMax) {
      return this.#snapshot;
    }
    const found: ProcessInfo[] = [];
    for (const entry of readdirSync('/proc')) {
      const pid = Number(entry);
      const info = Number.isInteger(pid) ? this.find(pid) : undefined;
      if (info !== undefined) found.push(info);
    }
    this.#snapshot = found;
    this.#takenAt = performance.now();
    this.#marked.clear();
    return found;
  }

  /** Living processes of a group or of the session that its leader founded. */
  listGroup(leader: ProcessIdentity): readonly ProcessInfo[] {
    if (!this.supported) return isThere(-leader.pid) ? [unmeasured(leader.pid)] : [];
    return this.list().filter(
      ({ group, session, startTicks }) =>
        (group === leader.pid || session === leader.pid) && startTicks >= leader.startTicks,
    );
  }

  /** Living processes whose environment holds this variable with this value; only those of our own user can be read. */
  listMarked(name: string, value: string): readonly MarkedProcess[] {
    const processes = this.list();
    const marker = `${name}=${value}`;
    const known = this.#marked.get(marker);
    if (known !== undefined) return known;
    const marked = processes.flatMap((info) => {
      const text = readText(`/proc/${info.pid}/environ`);
      if (text === undefined || text.length > environmentBytesMax) return [];
      const environment = text.includes(marker) ? parseEnvironment(text) : undefined;
      return environment?.get(name) === value ? [{ info, environment }] : [];
    });
    this.#marked.set(marker, marked);
    return marked;
  }
}

/** A process and the environment that it was started with. */
export interface MarkedProcess {
  readonly info: ProcessInfo;
  readonly environment: Environment;
}

export type Environment = ReadonlyMap<string, string>;

function parseEnvironment(text: string): Environment {
  return new Map(
    text.split('\0').flatMap((entry): [string, string][] => {
      const at = entry.indexOf('=');
      return at > 0 ? [[entry.slice(0, at), entry.slice(at + 1)]] : [];
    }),
  );
}

/** Fields after the program's name, which may itself hold blanks and brackets; the first is the state (field 3 of proc(5)). */
function fieldsOf(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function parseStat(pid: number, text: string): ProcessInfo | undefined {
  const fields = fieldsOf(text);
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return {
    pid,
    group: Number(fields[2]),
    session: Number(fields[3]),
    cpuTicks: Number(fields[11]) + Number(fields[12]),
    startTicks: Number(fields[19]),
    residentPages: Number(fields[21]),
  };
}

function unmeasured(pid: number): ProcessInfo {
  return { pid, group: pid, session: pid, startTicks: 0, cpuTicks: 0, residentPages: 0 };
}

/** Undefined when there is no such file, or it is not ours to read: processes come and go while we look. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Pairs of 64-bit words: 6 is the page size, 17 the ticks a second (getauxval(3)). */
function readAuxiliaryVector(): Map<number, number> {
  const bytes = Buffer.from(readText('/proc/self/auxv') ?? '', 'latin1');
  const values = new Map<number, number>();
  for (let at = 0; at + 16 <= bytes.length; at += 16) {
    values.set(Number(bytes.readBigUInt64LE(at)), Number(bytes.readBigUInt64LE(at + 8)));
  }
  return values;
}
