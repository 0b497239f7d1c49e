/** What runs at a site. It outlives the site's agent, not a loss of power. Everything that it does is a fact of the history. */
import {
  leaseMsOf,
  type InstanceReport,
  type LeasedInstance,
  type RunOrder,
  type StopOrder,
} from '@system-manager/client/agent';
import type { Machine } from '../engine/machine.js';
import type { History, Run } from '../history.js';

/** Where a runtime lives: in a simulated world, or in this one. */
export interface RuntimeHost {
  readonly history: History;
  readonly time: { at(machine: Machine, delayMs: number, run: () => void): unknown };
}

interface Running {
  readonly run: Run;
  readonly oneShot: boolean;
  readonly leaseMs: number | undefined;
  report: InstanceReport;
  /** Those who wait until nothing of it is left; absent while nobody has told it to stop. */
  onGone?: (() => void)[];
}

const keyOf = ({ instanceId, generation }: { instanceId: string; generation: number }): string =>
  `${instanceId}/${generation}`;

/** How often a watchdog looks, in milliseconds. */
const watchMs = 250;

export interface RuntimeHabits {
  /** Share of starts that fail for good. */
  readonly deadRate: number;
  /** Share of run orders that are refused. */
  readonly refusalRate: number;
  /** Longest time from start to running, in milliseconds. */
  readonly startMs: number;
  /** Longest time from stop to gone. */
  readonly stopMs: number;
}

export class Runtime {
  readonly machine: Machine;
  readonly #world: RuntimeHost;
  readonly #cluster: string;
  readonly #habits: RuntimeHabits;
  readonly #running = new Map<string, Running>();
  /** Generations that were stopped: a run that comes late is void. */
  readonly #stopped = new Set<string>();
  /** When the manager has last answered, by the clock of this site; kept where the agent and its watchdog find it. */
  renewedAt = Number.NEGATIVE_INFINITY;
  /** Tells the agent, if there is one. */
  onChange: (report: InstanceReport) => void = () => undefined;

  constructor(world: RuntimeHost, machine: Machine, cluster: string, habits: RuntimeHabits) {
    this.#world = world;
    this.machine = machine;
    this.#cluster = cluster;
    this.#habits = habits;
  }

  /** What an agent finds when it looks. */
  list(): readonly InstanceReport[] {
    return [...this.#running.values()].map(({ report }) => report);
  }

  /** What runs under a lease. */
  leased(): readonly LeasedInstance[] {
    return [...this.#running.values()].flatMap(({ run, leaseMs }) =>
      leaseMs === undefined ? [] : [{ ...run, leaseMs }],
    );
  }

  has(order: { instanceId: string; generation: number }): boolean {
    return this.#running.has(keyOf(order));
  }

  /** Whether it was stopped for good: a run that comes after that has nothing to start. */
  isVoid(order: { instanceId: string; generation: number }): boolean {
    return this.#stopped.has(keyOf(order)) && !this.has(order);
  }

  refuses(): boolean {
    return this.machine.random.chance(this.#habits.refusalRate);
  }

  /** Starts it, unless that was done or is void. */
  start(order: RunOrder): void {
    const key = keyOf(order);
    if (this.#running.has(key) || this.#stopped.has(key)) return;
    const { instanceId, generation, serviceId, descriptor } = order;
    const run: Run = {
      instanceId,
      generation,
      serviceId,
      cluster: this.#cluster,
      cpuMillicores: Math.round((descriptor.resources?.cpuCores ?? 0) * 1000),
      memoryMiB: descriptor.resources?.memoryMiB ?? 0,
    };
    const running: Running = {
      run,
      oneShot: descriptor.oneShot === true,
      leaseMs: leaseMsOf(order),
      report: { instanceId, generation, phase: 'CREATING', worker: `${this.#cluster}-worker-1` },
    };
    this.#running.set(key, running);
    this.#world.history.add({ kind: 'started', ...run });
    this.#tell(running);
    this.#bringUp(key, running);
    this.#guard(key, running);
  }

  /** Stops it for good. @param done - called once nothing of it is left */
  stop({ instanceId, generation }: StopOrder, done: () => void): void {
    const key = `${instanceId}/${generation}`;
    this.#stopped.add(key);
    const running = this.#running.get(key);
    if (running === undefined) {
      done();
      return;
    }
    if (running.onGone) {
      running.onGone.push(done);
      return;
    }
    running.onGone = [done];
    this.#later(key, running, this.#habits.stopMs, () => {
      this.#running.delete(key);
      this.#noteEnd(running, 'told');
      for (const each of running.onGone ?? []) each();
    });
  }

  /** Something that runs breaks. It comes up again, or is dead. */
  breakOne(): boolean {
    const up = [...this.#running].filter(([, { report }]) => report.phase === 'RUNNING');
    if (up.length === 0) return false;
    const [key, running] = this.machine.random.pick(up);
    if (running.onGone) return false;
    const dead = this.machine.random.chance(0.3);
    running.report = { ...running.report, phase: dead ? 'DEAD' : 'FAILED', reason: 'exit code 1' };
    this.#world.history.add({ kind: 'ended', why: 'failed', ...running.run });
    this.#tell(running);
    if (!dead)
      this.#later(key, running, 3_000, () => {
        running.report = { ...running.report, phase: 'CREATING' };
        this.#world.history.add({ kind: 'started', ...running.run });
        this.#bringUp(key, running);
      });
    return true;
  }

  /** The power goes: nothing runs any more, and nobody remembers that it did. */
  losePower(): void {
    for (const running of this.#running.values()) this.#noteEnd(running, 'power');
    this.#running.clear();
    this.#stopped.clear();
    this.machine.life += 1;
  }

  #bringUp(key: string, running: Running): void {
    this.#later(key, running, this.#habits.startMs, () => {
      const dead = this.machine.random.chance(this.#habits.deadRate);
      if (dead) {
        running.report = { ...running.report, phase: 'DEAD', reason: 'it does not start' };
        this.#world.history.add({ kind: 'ended', why: 'failed', ...running.run });
      } else {
        running.report = { ...running.report, phase: 'RUNNING' };
        delete (running.report as { reason?: string }).reason;
        this.#world.history.add({ kind: 'up', ...running.run });
      }
      this.#tell(running);
      if (!dead && running.oneShot)
        this.#later(key, running, 8_000, () => {
          running.report = { ...running.report, phase: 'COMPLETED' };
          this.#world.history.add({ kind: 'ended', why: 'completed', ...running.run });
          this.#tell(running);
        });
    });
  }

  /** As a watchdog beside the agent: ends what is over, whatever the agent does. */
  #guard(key: string, running: Running): void {
    const { leaseMs } = running;
    if (leaseMs === undefined) return;
    const leftMs = this.renewedAt + leaseMs - performance.now();
    const { random } = this.machine;
    this.#world.time.at(this.machine, Math.max(0, leftMs) + random.between(0, watchMs), () => {
      if (this.#running.get(key) !== running) return;
      if (this.renewedAt + leaseMs > performance.now()) this.#guard(key, running);
      else {
        this.#running.delete(key);
        this.#noteEnd(running, 'lease');
        for (const each of running.onGone ?? []) each();
      }
    });
  }

  /** What has ended by itself cannot end again. */
  #noteEnd(running: Running, why: 'told' | 'power' | 'lease'): void {
    const { phase } = running.report;
    if (phase === 'CREATING' || phase === 'RUNNING')
      this.#world.history.add({ kind: 'ended', why, ...running.run });
  }

  /** Later, if it is still there then, in the same phase, and was not told to stop meanwhile. */
  #later(key: string, running: Running, maxMs: number, act: () => void): void {
    const { phase } = running.report;
    const stopping = running.onGone !== undefined;
    this.#world.time.at(this.machine, this.machine.random.between(1, maxMs), () => {
      if (this.#running.get(key) !== running || running.report.phase !== phase) return;
      if ((running.onGone !== undefined) === stopping) act();
    });
  }

  #tell(running: Running): void {
    this.onChange(running.report);
  }
}
