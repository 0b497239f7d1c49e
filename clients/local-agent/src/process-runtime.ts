import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  OrderRefused,
  instanceKey,
  leaseMsOf,
  type AgentLog,
  type Clock,
  type InstanceReport,
  type LeasedInstance,
  type ResourceUse,
  type RunOrder,
  type StopOrder,
  type Worker,
} from '@system-manager/client/agent';
import { portsFromEnvironment } from './environment.js';
import { Instance, type Found, type InstanceSurroundings } from './instance.js';
import { Journal, type InstanceRecord, type JournalState } from './journal.js';
import { LeaseGuard } from './lease-guard.js';
import { LogFiles } from './log-files.js';
import { Ports, type PortRange } from './ports.js';
import { ProcessTable, type MarkedProcess, type ProcessInfo } from './proc.js';
import { markers, terminateAll } from './process-group.js';
import { UseMeter } from './use-meter.js';
import type { Workers } from './workers.js';

export interface RuntimeOptions {
  readonly dataDir: string;
  readonly host: string;
  readonly portRange: PortRange;
  readonly stopTimeoutMs: number;
  readonly instancesMax: number;
  readonly sampleIntervalMs: number;
  readonly workers: Workers;
  readonly log: AgentLog;
  /** @param urgent - false for measured values */
  onChange(report: InstanceReport, urgent: boolean): void;
}

interface Marked extends MarkedProcess {
  readonly key: string;
}

const voidedMax = 5_000;
const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Runtime `process`: instances as processes of this machine. An order is durable before it is taken for done; after a crash the
 * processes that live on are found again, by the journal or by their environment.
 */
export class ProcessRuntime {
  readonly #options: RuntimeOptions;
  readonly #agentId: string;
  readonly #table = new ProcessTable();
  readonly #ports: Ports;
  readonly #meter: UseMeter;
  readonly #logs: LogFiles;
  readonly #journal: Journal;
  readonly #guard: LeaseGuard;
  readonly #instances = new Map<string, Instance>();
  readonly #voided: Set<string>;
  readonly #stopping = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #closing = false;
  #sampling = false;

  private constructor(options: RuntimeOptions, state: JournalState) {
    this.#options = options;
    this.#agentId = state.agentId;
    this.#voided = new Set(state.voided);
    this.#ports = new Ports(options.portRange);
    this.#meter = new UseMeter(this.#table);
    this.#logs = new LogFiles(join(options.dataDir, 'logs'));
    this.#journal = Journal.at(options.dataDir, () => this.#state());
    this.#guard = new LeaseGuard({
      dataDir: options.dataDir,
      agentId: state.agentId,
      table: this.#table,
      log: options.log,
      leased: () => this.leased(),
    });
  }

  /**
   * Reads the journal, finds what still runs, and goes on from there.
   *
   * @throws Error - the journal cannot be read or written
   */
  static async open(options: RuntimeOptions): Promise<ProcessRuntime> {
    const state = await Journal.load(options.dataDir);
    const runtime = new ProcessRuntime(options, state);
    await runtime.#logs.prepare();
    await runtime.#recover(state.instances);
    // Without this the processes started from now on could not be told from those of others.
    await runtime.#journal.save();
    runtime.#timer = setInterval(() => void runtime.#sample(), options.sampleIntervalMs);
    return runtime;
  }

  /** @throws OrderRefused - this agent cannot run it */
  async run(order: RunOrder): Promise<void> {
    const key = instanceKey(order);
    const existing = this.#instances.get(key);
    if (existing !== undefined) return this.#options.onChange(existing.report(), true);
    if (this.#voided.has(key)) return this.#reportGone(order);
    this.#check(order);
    const loads = [...this.#instances.values()].map(({ record }) => ({
      worker: record.worker,
      resources: record.order.descriptor.resources ?? {},
    }));
    const worker = this.#options.workers.choose(order.worker, loads);
    const record: InstanceRecord = {
      order,
      worker,
      desired: 'run',
      ports: [],
      restarts: 0,
      ready: false,
    };
    const instance = this.#create(record);
    try {
      await this.#journal.save();
      if (leaseMsOf(order) !== undefined) await this.#guard.cover();
    } catch (error) {
      this.#instances.delete(key);
      throw error;
    }
    this.#options.onChange(instance.report(), true);
    instance.start();
  }

  /** Resolves when the order is durable; `UNDEPLOYED` is reported when nothing is left. */
  async stop(order: StopOrder): Promise<void> {
    const key = instanceKey(order);
    this.#void(key);
    const instance = this.#instances.get(key);
    if (instance !== undefined) instance.record.desired = 'stop';
    await this.#journal.save();
    if (instance === undefined) this.#reportGone(order);
    else this.#takeDown(key, instance, order.leaseEnd);
  }

  /** Everything that runs under a lease, or is about to. */
  leased(): readonly LeasedInstance[] {
    return [...this.#instances.values()].flatMap(({ record }) => {
      const leased = record.outcome === undefined ? leasedOf(record) : undefined;
      return leased ?? [];
    });
  }

  /** The clock on which leases count. */
  get leaseClock(): Clock {
    return this.#guard.clock;
  }

  /** When the last frame that was answered had been sent, on that clock. */
  get renewedAt(): number | undefined {
    return this.#guard.renewedAt;
  }

  /** The manager has answered a frame that was sent then. */
  renewed(sentAt: number): void {
    this.#guard.renewed(sentAt);
  }

  instances(): readonly InstanceReport[] {
    return [...this.#instances.values()].map((instance) => instance.report());
  }

  /** CPU and memory really used by all instances. */
  use(): ResourceUse | undefined {
    return sumUse([...this.#instances.values()]);
  }

  workers(): readonly Worker[] {
    return this.#options.workers.list().map((worker) => {
      const its = [...this.#instances.values()].filter(
        ({ record }) => record.worker === worker.name,
      );
      const use = sumUse(its);
      return use === undefined ? worker : { ...worker, use };
    });
  }

  /** Waits until everything that was told to stop is gone. */
  async settle(): Promise<void> {
    while (this.#stopping.size > 0) await Promise.allSettled([...this.#stopping]);
  }

  /**
   * Ends the runtime.
   *
   * @param keep - leave the processes running, to be found again; otherwise they are stopped, and started again next time
   */
  async close(keep: boolean): Promise<void> {
    this.#closing = true;
    if (this.#timer !== undefined) clearInterval(this.#timer);
    const all = [...this.#instances.values()];
    await Promise.all(all.map((one) => (keep ? one.release() : one.suspend())));
    if (!keep) await this.settle();
    await this.#guard.close(keep);
    await this.#journal.save();
  }

  #check(order: RunOrder): void {
    const { descriptor, instanceId } = order;
    const runtime = descriptor.runtime ?? 'process';
    if (runtime !== 'process') {
      const detail = `this agent offers the runtime process, not ${runtime}`;
      throw new OrderRefused('runtime-not-offered', 'The runtime is not offered here', detail);
    }
    if (!idPattern.test(instanceId) || (descriptor.command?.length ?? 0) === 0) {
      const detail = 'a process needs an instance id and a command';
      throw new OrderRefused('validation-failed', 'The order breaks the contract', detail, 400);
    }
    if (this.#closing) {
      throw new OrderRefused('shutting-down', 'The agent is shutting down', 'try again later', 503);
    }
    if (this.#instances.size >= this.#options.instancesMax) {
      const detail = `this agent holds at most ${this.#options.instancesMax} instances`;
      throw new OrderRefused('too-many-instances', 'The agent is full', detail, 503);
    }
  }

  #create(record: InstanceRecord): Instance {
    const key = instanceKey(record.order);
    const name = `${record.order.instanceId}-${record.order.generation}`;
    const around: InstanceSurroundings = {
      agentId: this.#agentId,
      table: this.#table,
      ports: this.#ports,
      host: this.#options.host,
      stopTimeoutMs: this.#options.stopTimeoutMs,
      directory: join(this.#options.dataDir, 'instances', name),
      logPath: this.#logs.pathOf(name),
      mayStart: () => {
        // An end that is on its way is not overtaken by an answer that comes later.
        if (record.desired === 'stop') return false;
        const leased = leasedOf(record);
        return leased === undefined || this.#guard.holds(leased);
      },
      save: () => this.#journal.save(),
      onChange: (instance) => this.#options.onChange(instance.report(), true),
      onTrouble: (error, what) => this.#options.log.error({ err: error, instance: key }, what),
      listStrays: () => this.#listStrays(key),
    };
    const instance = new Instance(record, around);
    this.#instances.set(key, instance);
    return instance;
  }

  #void(key: string): void {
    this.#voided.add(key);
    if (this.#voided.size <= voidedMax) return;
    const [oldest] = this.#voided;
    if (oldest !== undefined) this.#voided.delete(oldest);
  }

  #reportGone({ instanceId, generation }: RunOrder | StopOrder): void {
    this.#options.onChange({ instanceId, generation, phase: 'UNDEPLOYED' }, true);
  }

  /** Stops an instance in the background; it is forgotten when nothing of it is left. */
  #takeDown(key: string, instance: Instance, leaseEnd?: StopOrder['leaseEnd']): void {
    const work = (async () => {
      try {
        await instance.stop(leaseEnd);
        this.#instances.delete(key);
        this.#guard.refresh();
        await this.#journal.save();
        await rm(instance.directory, { recursive: true, force: true });
        await this.#logs.prune(this.#livingLogs());
      } catch (error) {
        this.#options.log.error({ err: error, instance: key }, 'an instance is not cleaned up');
      }
    })();
    this.#stopping.add(work);
    void work.finally(() => this.#stopping.delete(work));
  }

  /** All records first, then the processes: whatever saves the journal meanwhile must not lose one. */
  async #recover(records: readonly InstanceRecord[]): Promise<void> {
    const marked = this.#listMarked();
    const begun = records.map((record) => {
      const key = instanceKey(record.order);
      const found = this.#find(
        record,
        marked.filter((one) => one.key === key),
      );
      return { key, found, instance: this.#create(record) };
    });
    const led = new Set(
      begun.flatMap(({ key, found }) => (found.leader === undefined ? [] : [key])),
    );
    const orphaned = new Set(marked.map(({ key }) => key).filter((key) => !led.has(key)));
    await Promise.all([...orphaned].map((key) => this.#killStrays(key)));
    if (this.leased().length > 0) await this.#guard.cover();
    for (const { key, found, instance } of begun) {
      const { log } = this.#options;
      log.info({ instance: key, pid: found.leader?.pid, lost: found.lost === true }, 'found again');
      const stopping = instance.record.desired === 'stop';
      if (!stopping || found.leader !== undefined) instance.start(found);
      if (stopping) this.#takeDown(key, instance);
    }
  }

  #find(record: InstanceRecord, marked: readonly Marked[]): Found {
    const { process } = record;
    if (process !== undefined && this.#table.isAlive(process)) return { leader: process };
    delete record.process;
    record.ready = false;
    // Started right before a crash: not in the journal, but its environment tells.
    const leader = marked.find(({ info }) => info.pid === info.session);
    if (leader === undefined) return { lost: process !== undefined };
    const { pid, startTicks } = leader.info;
    record.process = { pid, startTicks, bootId: this.#table.bootId };
    record.ports = portsFromEnvironment(record.order.descriptor, leader.environment);
    return { leader: record.process };
  }

  /** Processes of this agent without a leader or without a record: their instance has ended, so they must not go on. */
  async #killStrays(key: string): Promise<void> {
    const list = (): readonly ProcessInfo[] => this.#listStrays(key);
    this.#options.log.warn({ instance: key, count: list().length }, 'stopping leftover processes');
    await terminateAll(list, this.#options.stopTimeoutMs);
  }

  #listStrays(key: string): readonly ProcessInfo[] {
    return this.#listMarked().flatMap((one) => (one.key === key ? [one.info] : []));
  }

  #listMarked(): readonly Marked[] {
    return this.#table
      .listMarked(markers.agent, this.#agentId)
      .map(({ info, environment }) => {
        const instanceId = environment.get(markers.instance) ?? '';
        const generation = Number(environment.get(markers.generation));
        return { info, environment, key: instanceKey({ instanceId, generation }) };
      })
      .filter(({ info }) => info.pid !== process.pid);
  }

  async #sample(): Promise<void> {
    if (this.#sampling) return;
    this.#sampling = true;
    try {
      const running = [...this.#instances.values()].filter(({ group }) => group !== undefined);
      this.#meter.measure(running, (instance) => this.#options.onChange(instance.report(), false));
      await this.#logs.bound(running.map(({ logPath }) => logPath));
    } catch (error) {
      this.#options.log.error({ err: error }, 'what instances use cannot be measured');
    } finally {
      this.#sampling = false;
    }
  }

  #livingLogs(): ReadonlySet<string> {
    return new Set([...this.#instances.values()].map(({ logPath }) => logPath));
  }

  #state(): JournalState {
    return {
      version: 1,
      agentId: this.#agentId,
      instances: [...this.#instances.values()].map(({ record }) => record),
      voided: [...this.#voided],
    };
  }
}

/** The lease of an instance, where it has one. */
function leasedOf({ order }: InstanceRecord): LeasedInstance | undefined {
  const { instanceId, generation } = order;
  const leaseMs = leaseMsOf(order);
  return leaseMs === undefined ? undefined : { instanceId, generation, leaseMs };
}

function sumUse(instances: readonly Instance[]): ResourceUse | undefined {
  const measured = instances.flatMap(({ use }) => (use === undefined ? [] : [use]));
  if (measured.length === 0) return undefined;
  const sum = (pick: (use: ResourceUse) => number | undefined): number =>
    measured.reduce((total, use) => total + (pick(use) ?? 0), 0);
  return { cpuCores: sum((use) => use.cpuCores), memoryMiB: sum((use) => use.memoryMiB) };
}
