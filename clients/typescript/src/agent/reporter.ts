import type { Clock } from '../session/clock.js';
import {
  instanceKey,
  type InstanceReport,
  type ReportedFrame,
  type ReportFrame,
} from './frames.js';
import type { AgentLog, AgentTiming, ClusterAgentOptions } from './options.js';

export type ReporterSource = Pick<
  ClusterAgentOptions,
  'capacity' | 'use' | 'workers' | 'instances'
>;

/** The session that reports go to. */
export interface ReporterSession {
  readonly session: number;
  readonly reportIntervalMs: number;
  send(frame: ReportFrame): void;
  writable(): boolean;
  /** The manager does not answer reports any more. */
  onStuck(): void;
}

/** Answers to reports renew the leases of the cluster. */
export interface Renewal {
  /** On the clock of the leases. */
  now(): number;
  renewed(sentAt: number): void;
  /** How often an answer is needed at the least, in milliseconds; nothing when none is. */
  everyMs(): number | undefined;
}

interface InFlight {
  readonly sequence: number;
  readonly full: boolean;
  /** On the clock of the leases, before it was sent. */
  readonly sentAt: number;
  readonly changes: ReadonlyMap<string, InstanceReport>;
  readonly workers: string | undefined;
}

const changesPerReportMax = 5000;
const instancesPerReportMax = 20_000;

/**
 * Says what changed until the manager has taken it in: the latest state of each generation is kept and goes into the next report,
 * over any number of sessions, so memory is bounded by the number of generations. At most one report is in flight.
 */
export class Reporter {
  readonly #source: ReporterSource;
  readonly #timing: AgentTiming;
  readonly #clock: Clock;
  readonly #renewal: Renewal;
  readonly #log: AgentLog | undefined;
  readonly #pending = new Map<string, InstanceReport>();
  #session: ReporterSession | undefined;
  #sequence = 0;
  #inFlight: InFlight | undefined;
  /** A report is wanted now; sent as soon as nothing is in flight. */
  #wanted = false;
  #fullWanted = false;
  #fullSentAt = 0;
  /** Names and capacities of the workers as the manager last took them in. */
  #workersKnown: string | undefined;
  #cancelCoalesce: (() => void) | undefined;
  #cancelInterval: (() => void) | undefined;
  #cancelStuck: (() => void) | undefined;
  #idleWaiters: (() => void)[] = [];
  /** Is shown all that a full report is about to name. */
  onFull: (reports: readonly InstanceReport[]) => void = () => undefined;

  constructor(
    source: ReporterSource,
    timing: AgentTiming,
    clock: Clock,
    renewal: Renewal,
    log?: AgentLog,
  ) {
    this.#source = source;
    this.#timing = timing;
    this.#clock = clock;
    this.#renewal = renewal;
    this.#log = log;
  }

  /** A session begins: the full state goes out at once, as sequence 1. */
  attach(session: ReporterSession): void {
    this.detach();
    this.#session = session;
    this.#sequence = 0;
    this.#fullWanted = true;
    this.#wanted = true;
    this.#send();
  }

  /** The session is over. What it did not confirm is kept for the next one. */
  detach(): void {
    this.#session = undefined;
    this.#cancelCoalesce?.();
    this.#cancelCoalesce = undefined;
    this.#cancelInterval?.();
    this.#cancelStuck?.();
    this.#abandonInFlight();
    this.#workersKnown = undefined;
    this.#wakeIfIdle();
  }

  /** @param urgent - false: it may wait for the next regular report */
  changed(report: InstanceReport, urgent: boolean): void {
    this.#pending.set(instanceKey(report), report);
    if (urgent) this.#soon();
  }

  /** The manager has taken a report in. */
  reported({ session, sequence, applied }: ReportedFrame): void {
    if (session !== this.#session?.session || sequence !== this.#inFlight?.sequence) return;
    const { full, workers, changes, sentAt } = this.#inFlight;
    this.#inFlight = undefined;
    this.#cancelStuck?.();
    if (applied) {
      this.#renewal.renewed(sentAt);
      if (full) this.#fullWanted = false;
      if (workers !== undefined) this.#workersKnown = workers;
    } else {
      // Stale to the manager although it is our latest: the next regular report says everything anew.
      this.#log?.warn({ session, sequence }, 'the manager took a report for stale');
      this.#fullWanted = true;
      this.#takeBack(changes);
    }
    if (this.#wanted) this.#send();
    this.#wakeIfIdle();
  }

  /** Leases need an answer soon, whether or not anything has changed. */
  renew(): void {
    this.#soon();
  }

  /** The connection has room again. */
  drained(): void {
    if (this.#wanted) this.#send();
  }

  /** Sends what is pending and resolves when it has been taken in, or the session is over. */
  async flush(): Promise<void> {
    if (this.#session === undefined) return;
    if (this.#pending.size > 0) {
      this.#wanted = true;
      this.#send();
    }
    if (this.#inFlight === undefined) return;
    await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }

  #abandonInFlight(): void {
    if (this.#inFlight !== undefined) this.#takeBack(this.#inFlight.changes);
    this.#inFlight = undefined;
  }

  /** Changes that were not taken in; newer ones of the same generation stay. */
  #takeBack(changes: ReadonlyMap<string, InstanceReport>): void {
    for (const [key, report] of changes) {
      if (!this.#pending.has(key)) this.#pending.set(key, report);
    }
  }

  #wakeIfIdle(): void {
    if (this.#session !== undefined && (this.#inFlight !== undefined || this.#wanted)) return;
    for (const wake of this.#idleWaiters.splice(0)) wake();
  }

  #soon(): void {
    if (this.#session === undefined) return;
    this.#cancelCoalesce ??= this.#clock.after(this.#timing.coalesceMs, () => {
      this.#cancelCoalesce = undefined;
      this.#wanted = true;
      this.#send();
    });
  }

  #send(): void {
    const session = this.#session;
    if (session === undefined || this.#inFlight !== undefined || !session.writable()) return;
    this.#wanted = false;
    this.#cancelInterval?.();
    const renewEveryMs = this.#renewal.everyMs() ?? Number.POSITIVE_INFINITY;
    const intervalMs = Math.min(session.reportIntervalMs, renewEveryMs);
    this.#cancelInterval = this.#clock.after(intervalMs, () => {
      this.#wanted = true;
      this.#send();
    });
    const full =
      this.#fullWanted || this.#clock.now() - this.#fullSentAt >= this.#timing.fullReportIntervalMs;
    try {
      session.send(this.#build(session.session, full));
    } catch (error) {
      this.#log?.error({ err: error }, 'the state of this cluster cannot be reported');
      this.#abandonInFlight();
      return;
    }
    if (full) this.#fullSentAt = this.#clock.now();
    this.#cancelStuck?.();
    const timeoutMs = Math.min(this.#timing.reportTimeoutMs, renewEveryMs);
    this.#cancelStuck = this.#clock.after(timeoutMs, () => session.onStuck());
  }

  /** Moves what is pending into the report that is now in flight. */
  #build(session: number, full: boolean): ReportFrame {
    const workers = this.#source.workers?.();
    const use = this.#source.use?.();
    const capacity = this.#source.capacity();
    const workersNow =
      workers && JSON.stringify(workers.map(({ name, capacity: has }) => [name, has]));
    const withWorkers = workers !== undefined && (full || workersNow !== this.#workersKnown);
    const existing = full ? this.#source.instances() : [];

    const reports = new Map<string, InstanceReport>();
    for (const report of existing) reports.set(instanceKey(report), report);
    if (reports.size > instancesPerReportMax) {
      throw new RangeError(`${reports.size} instances do not fit into one report`);
    }
    const changes = new Map<string, InstanceReport>();
    const limit = full ? instancesPerReportMax - reports.size : changesPerReportMax;
    for (const [key, report] of this.#pending) {
      if (reports.has(key) && full) this.#pending.delete(key);
      if (reports.has(key)) continue;
      if (changes.size >= limit) {
        this.#wanted = true;
        break;
      }
      changes.set(key, report);
      this.#pending.delete(key);
    }
    if (full) this.onFull([...reports.values(), ...changes.values()]);
    this.#sequence += 1;
    const sentAt = this.#renewal.now();
    this.#inFlight = { sequence: this.#sequence, full, sentAt, changes, workers: workersNow };
    return {
      type: 'report',
      session,
      sequence: this.#sequence,
      ...(full ? { full } : {}),
      capacity,
      ...(use === undefined ? {} : { use }),
      ...(withWorkers ? { workers: [...workers] } : {}),
      instances: [...reports.values(), ...changes.values()],
    };
  }
}
