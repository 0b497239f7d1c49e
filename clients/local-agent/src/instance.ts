import { mkdir, stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { InstanceReport, ResourceUse, StopOrder } from '@system-manager/client/agent';
import { toEnvironment } from './environment.js';
import type { InstanceRecord } from './journal.js';
import { acceptsConnections, type Ports } from './ports.js';
import type { ProcessIdentity, ProcessInfo, ProcessTable } from './proc.js';
import { ProcessGroup, terminateAll, type Exit } from './process-group.js';
import { judgeExit, restartDelayMs, type Judgement } from './restart.js';

/** What an instance needs from its surroundings. */
export interface InstanceSurroundings {
  readonly agentId: string;
  readonly table: ProcessTable;
  readonly ports: Ports;
  /** Name or address under which others reach ports of this machine. */
  readonly host: string;
  readonly stopTimeoutMs: number;
  /** Directory for one generation, made when needed. */
  readonly directory: string;
  readonly logPath: string;
  /** Whether it may be started now. */
  mayStart(): boolean;
  /** Makes the record durable. */
  save(): Promise<void>;
  onChange(instance: Instance): void;
  /** Something went wrong that no phase tells. */
  onTrouble(error: unknown, what: string): void;
  /** Processes of this generation, wherever they are, by their environment. */
  listStrays(): readonly ProcessInfo[];
}

/** Where an instance goes on after a restart of the agent. */
export interface Found {
  /** Its leader, alive. */
  readonly leader?: ProcessIdentity;
  /** It had been started, and its leader is gone. */
  readonly lost?: boolean;
}

const probeDelayMsMin = 50;
const probeDelayMsMax = 500;
const probeTimeoutMs = 1_000;
const graceMs = 10_000;
/** An instance that ran this long has recovered: the delays before restarts begin anew. */
const recoveredMs = 30_000;
const unseen: Exit = { code: undefined, signal: undefined };
/** Stands for an attempt that was called off; nobody looks at it. */
const halted: Judgement = { phase: 'FAILED', reason: 'called off' };

/**
 * One generation of an instance: started, watched, restarted by policy, stopped. Its record is durable before a process counts
 * as started, and a process that is not in it is found by its environment.
 */
export class Instance {
  readonly record: InstanceRecord;
  use: ResourceUse | undefined;
  readonly #around: InstanceSurroundings;
  readonly #halt = new AbortController();
  readonly #halted: Promise<undefined>;
  #phase: InstanceReport['phase'] = 'NODE_SCHEDULED';
  #reason: string | undefined;
  #group: ProcessGroup | undefined;
  #released = false;
  #failures = 0;
  /** Time between SIGTERM and SIGKILL. */
  #patienceMs: number;
  #life: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;

  constructor(record: InstanceRecord, around: InstanceSurroundings) {
    this.record = record;
    this.#around = around;
    this.#patienceMs = around.stopTimeoutMs;
    this.#halted = new Promise((resolve) => {
      this.#halt.signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    // Taken at once, whoever is started first: what a record says is nobody else's.
    around.ports.adopt(record.ports);
    if (record.outcome !== undefined) {
      this.#phase = record.outcome.phase;
      this.#reason = record.outcome.reason;
    }
  }

  get group(): ProcessGroup | undefined {
    return this.#group;
  }

  get directory(): string {
    return this.#around.directory;
  }

  get logPath(): string {
    return this.#around.logPath;
  }

  report(): InstanceReport {
    const { order, worker, ports, restarts, exitCode } = this.record;
    const addresses = ports.map((port) => ({
      host: this.#around.host,
      port: port.hostPort,
      containerPort: port.containerPort,
      protocol: port.protocol,
    }));
    return {
      instanceId: order.instanceId,
      generation: order.generation,
      phase: this.#phase,
      worker,
      restarts,
      ...(this.#reason === undefined ? {} : { reason: this.#reason.slice(0, 2000) }),
      ...(exitCode === undefined ? {} : { exitCode }),
      ...(addresses.length === 0 ? {} : { addresses }),
      ...(this.use === undefined || this.#group === undefined ? {} : { use: this.use }),
    };
  }

  /** Begins, or goes on with what was found after a restart of the agent. Does nothing for one that has come to its end. */
  start(found: Found = {}): void {
    if (this.#life !== undefined || this.record.outcome !== undefined) return;
    this.#life = this.#live(found).catch((error: unknown) => {
      this.#around.onTrouble(error, 'an instance cannot be managed');
      this.#enter('DEAD', 'the agent cannot manage it; see its log');
    });
  }

  /** Stops it for good. Resolves when nothing of it is left. */
  stop(leaseEnd?: StopOrder['leaseEnd']): Promise<void> {
    this.#stopped ??= this.#stop(leaseEnd);
    return this.#stopped;
  }

  /** Stops its processes; the record says that it should run, so the next start of the agent brings it back. */
  async suspend(): Promise<void> {
    this.#halt.abort();
    await (this.#stopped ?? this.#life);
    const over = this.#stopped !== undefined || this.record.outcome !== undefined;
    if (!over) this.#enter('FAILED', 'the agent was shut down');
  }

  /** Lets go of its processes; the next start of the agent finds them again. */
  async release(): Promise<void> {
    this.#released = true;
    this.#halt.abort();
    await this.#life;
  }

  async #stop(leaseEnd: StopOrder['leaseEnd']): Promise<void> {
    if (leaseEnd) this.#patienceMs = Math.min(this.#patienceMs, leaseEnd.withinMs);
    this.#enter('UNDEPLOYING', leaseEnd?.reason);
    this.#halt.abort();
    await this.#life;
    // Sure is sure: whatever went wrong before, nothing may be left when that is what we say.
    await terminateAll(() => this.#around.listStrays(), this.#patienceMs);
    this.#around.ports.release(this.record.ports);
    this.#enter('UNDEPLOYED', leaseEnd?.reason);
  }

  async #live(found: Found): Promise<void> {
    const { descriptor } = this.record.order;
    if (found.leader !== undefined) this.#adopt(found.leader);
    let end = found.lost === true ? judgeExit(descriptor, unseen) : await this.#attempt();
    while (!this.#halt.signal.aborted) {
      if (end.phase !== 'FAILED') {
        this.record.outcome = end;
        this.#around.ports.release(this.record.ports);
        this.record.ports = [];
        await this.#around.save();
        this.#enter(end.phase, 'reason' in end ? end.reason : undefined);
        return;
      }
      this.#failures += 1;
      this.#enter('FAILED', end.reason);
      await this.#pause(restartDelayMs(this.#failures), this.#halt.signal);
      if (this.#halt.signal.aborted) return;
      if (this.#around.mayStart()) this.record.restarts += 1;
      end = await this.#attempt();
    }
  }

  /** One run from start to end. When it returns, no process of it is left. */
  async #attempt(): Promise<Judgement> {
    const failed = this.#group === undefined ? await this.#launch() : undefined;
    const group = this.#group;
    if (failed !== undefined || group === undefined) return failed ?? halted;
    const startedAt = performance.now();
    const over = new AbortController();
    const probing = this.#probe(over.signal);
    const exit = await Promise.race([group.exited, this.#halted]);
    over.abort();
    await probing;
    group.release();
    if (this.#released) return halted;
    // What a leader leaves behind must not go on beside its successor.
    await group.terminate(this.#patienceMs);
    this.#group = undefined;
    this.use = undefined;
    delete this.record.process;
    this.record.ready = false;
    if (exit === undefined) return halted;
    if (exit.code === undefined) delete this.record.exitCode;
    else this.record.exitCode = exit.code;
    if (performance.now() - startedAt >= recoveredMs) this.#failures = 0;
    return judgeExit(this.record.order.descriptor, exit);
  }

  #adopt(leader: ProcessIdentity): void {
    this.#phase = 'CREATING';
    this.#group = ProcessGroup.adopt(this.#around.table, leader, () => this.#around.listStrays());
  }

  /** @returns why there is no process now; undefined when there is one, and the record of it is durable */
  async #launch(): Promise<Judgement | undefined> {
    this.#enter('CREATING');
    const { record } = this;
    const { descriptor } = record.order;
    const { agentId, ports, table, directory, logPath } = this.#around;
    try {
      ports.release(record.ports);
      const earlier = record.ports;
      record.ports = [];
      record.ports = await ports.take(descriptor.ports ?? [], earlier);
      const workingDirectory = await this.#prepareDirectory(descriptor.workingDirectory, directory);
      if (this.#halt.signal.aborted) return halted;
      if (!this.#around.mayStart()) return { phase: 'FAILED', reason: 'its lease is over' };
      const environment = toEnvironment(agentId, record, record.ports);
      const launch = { command: descriptor.command ?? [], environment, workingDirectory, logPath };
      const group = await ProcessGroup.start(table, launch, () => this.#around.listStrays());
      this.#group = group;
      record.process = group.identity;
    } catch (error) {
      return judgeLaunch(error, descriptor.command?.[0] ?? '');
    }
    try {
      await this.#around.save();
      return undefined;
    } catch (error) {
      this.#around.onTrouble(error, 'the journal cannot be written');
      await this.#group.terminate(this.#around.stopTimeoutMs);
      this.#group = undefined;
      delete record.process;
      return { phase: 'FAILED', reason: 'the agent cannot write its journal' };
    }
  }

  async #prepareDirectory(wanted: string | undefined, own: string): Promise<string> {
    await mkdir(own, { recursive: true, mode: 0o700 });
    if (wanted === undefined) return own;
    const directory = isAbsolute(wanted) ? wanted : resolve(own, wanted);
    const found = await stat(directory).catch(() => undefined);
    if (found?.isDirectory() === true) return directory;
    throw Object.assign(new Error(`there is no directory ${directory}`), { code: 'ENOTDIR' });
  }

  /** Running means: the first TCP port accepts connections, or there is none and the process lives. */
  async #probe(over: AbortSignal): Promise<void> {
    const port = this.record.ports.find(({ protocol }) => protocol === 'tcp');
    if (port !== undefined && !this.record.ready) {
      const startedAt = performance.now();
      let delayMs = probeDelayMsMin;
      while (!(await this.#accepts(port.hostPort))) {
        if (over.aborted) return;
        if (performance.now() - startedAt > graceMs) {
          this.#enter('CREATING', `port ${port.containerPort} does not accept connections yet`);
        }
        await this.#pause(delayMs, over);
        delayMs = Math.min(delayMs * 2, probeDelayMsMax);
      }
    }
    if (over.aborted) return;
    this.#enter('RUNNING');
    if (this.record.ready) return;
    this.record.ready = true;
    this.#around.save().catch((error: unknown) => {
      this.#around.onTrouble(error, 'the journal cannot be written');
    });
  }

  async #accepts(port: number): Promise<boolean> {
    const hosts = new Set(['127.0.0.1', this.#around.host]);
    for (const host of hosts) {
      if (await acceptsConnections(host, port, probeTimeoutMs)) return true;
    }
    return false;
  }

  async #pause(delayMs: number, signal: AbortSignal): Promise<void> {
    try {
      await delay(delayMs, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #enter(phase: InstanceReport['phase'], reason?: string): void {
    if (this.#phase === phase && this.#reason === reason) return;
    // Once it has to go, nothing but its end is worth telling.
    if (this.#phase === 'UNDEPLOYED') return;
    if (this.#phase === 'UNDEPLOYING' && phase !== 'UNDEPLOYED') return;
    this.#phase = phase;
    this.#reason = reason;
    this.#around.onChange(this);
  }
}

const hopeless = new Set([
  'ENOENT',
  'EACCES',
  'ENOTDIR',
  'ENOEXEC',
  'E2BIG',
  'ERR_INVALID_ARG_VALUE',
]);

function judgeLaunch(error: unknown, program: string): Judgement {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return { phase: 'DEAD', reason: `command not found: ${program}` };
  if (hopeless.has(code)) return { phase: 'DEAD', reason: `cannot be started: ${message}` };
  return { phase: 'FAILED', reason: `cannot be started: ${message}` };
}
