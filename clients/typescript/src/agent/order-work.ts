import type { InstanceReport, RunOrder, StopOrder } from './frames.js';
import type { Journal, JournalEntry } from './journal.js';
import type { AgentLog } from './options.js';

/** What an agent says of an instance; the rest of the report is known. */
export type Observation = Omit<InstanceReport, 'instanceId' | 'generation'>;

/** How an order comes to its handler. */
export interface Attempt {
  /**
   * True when an earlier attempt was cut off by the end of the process: its effect may be there. Look before you start it, or
   * start it under a name of which there can be one only.
   */
  readonly interrupted: boolean;
}

/** What an author writes: how things are started and stopped. */
export interface OrderHandlers {
  /**
   * Starts a generation of an instance. Called once, and never again after it has resolved, also not after a crash; see `Attempt`
   * for a crash in between.
   *
   * @returns what to report of it: addresses, the worker. `{}` says that it runs
   * @throws OrderRefused - it cannot run here; any error says so, and that nothing of it is left
   */
  run(order: RunOrder, attempt: Attempt): Promise<Partial<Observation>>;
  /**
   * Sees to it that nothing of a generation is left. May come for what was never started, and again where the process has ended
   * before it was done.
   */
  stop(order: StopOrder): Promise<void>;
  /**
   * Asked at the start for each instance that an earlier process of the agent has started: what became of it?
   *
   * @returns what is different from the last report; `{}` says that it goes on as it was. Without this handler all do
   */
  resume?(order: RunOrder, last: Observation): Promise<Partial<Observation>>;
}

/**
 * Gives each order its one effect: what is about to be done is written down before, and what is done after. An order that is told
 * again is answered from the journal, over any number of restarts.
 */
export class OrderWork {
  readonly #journal: Journal;
  readonly #handlers: OrderHandlers;
  readonly #tell: (report: InstanceReport) => void;
  readonly #log: AgentLog | undefined;

  constructor(
    journal: Journal,
    handlers: OrderHandlers,
    tell: (report: InstanceReport) => void,
    log?: AgentLog,
  ) {
    this.#journal = journal;
    this.#handlers = handlers;
    this.#tell = tell;
    this.#log = log;
  }

  /** Looks what became of the instances that an earlier process has started. */
  async resume(): Promise<void> {
    const started = this.#journal.entries().filter(({ stage }) => stage === 'started');
    await Promise.all(started.map((entry) => this.#resume(entry)));
    if (started.length > 0) await this.#journal.save();
  }

  /** Orders that an earlier process has begun and not finished. */
  unfinished(): readonly (RunOrder | StopOrder)[] {
    return this.#journal.entries().flatMap(({ order, stage }) => {
      if (stage === 'started') return [];
      const { instanceId, generation } = order;
      return [stage === 'begun' ? order : { action: 'stop' as const, instanceId, generation }];
    });
  }

  async run(order: RunOrder): Promise<void> {
    const known = this.#journal.find(order);
    if (known?.stage === 'started') {
      this.#tell(known.report);
      return;
    }
    if (this.#journal.isStopped(order)) {
      if (known === undefined) this.#tell(toReport(order, { phase: 'UNDEPLOYED' }));
      return;
    }
    if (known === undefined) await this.#begin(order);
    const observed = await this.#start(order, known !== undefined);
    const meanwhile = this.#journal.find(order)?.report;
    const report = {
      ...toReport(order, { phase: 'RUNNING', ...observed }),
      // It may have ended before its start was seen to be done.
      ...(meanwhile?.phase === 'CREATING' ? {} : meanwhile),
    };
    this.#journal.put({ order, stage: 'started', report });
    await this.#note();
    this.#tell(report);
  }

  async stop(order: StopOrder): Promise<void> {
    this.#journal.stop(order);
    await this.#journal.save();
    await this.#handlers.stop(order);
    this.#journal.drop(order);
    await this.#journal.save();
  }

  /** Takes in what the author has observed. Of what is not there, or is being stopped, nothing is said any more. */
  async observe(
    order: Pick<RunOrder, 'instanceId' | 'generation'>,
    observed: Partial<Observation>,
  ): Promise<void> {
    const entry = this.#journal.find(order);
    if (entry === undefined || entry.stage === 'stopping') return;
    const report = { ...withoutReason(entry.report), ...observed };
    this.#journal.put({ ...entry, report });
    if (report.phase !== entry.report.phase) await this.#note();
    this.#tell(report);
  }

  async #resume({ order, stage, report: last }: JournalEntry): Promise<void> {
    const observed = await this.#handlers.resume?.(order, last);
    if (observed === undefined) return;
    this.#journal.put({ order, stage, report: { ...withoutReason(last), ...observed } });
  }

  async #begin(order: RunOrder): Promise<void> {
    const report = toReport(order, { phase: 'CREATING' });
    this.#journal.put({ order, stage: 'begun', report });
    try {
      await this.#journal.save();
    } catch (error) {
      this.#journal.drop(order);
      throw error;
    }
    this.#tell(report);
  }

  async #start(order: RunOrder, interrupted: boolean): Promise<Partial<Observation>> {
    try {
      return await this.#handlers.run(order, { interrupted });
    } catch (error) {
      this.#journal.drop(order);
      await this.#note();
      // The manager may have taken the order for accepted by now, from a report; then only another report undoes it.
      const reason = (error instanceof Error ? error.message : String(error)).slice(0, reasonMax);
      this.#tell(toReport(order, { phase: 'UNDEPLOYED', reason }));
      throw error;
    }
  }

  /** Saves what has already happened: a failure changes nothing about it, and the next save tries again. */
  async #note(): Promise<void> {
    try {
      await this.#journal.save();
    } catch (error) {
      this.#log?.error({ err: error }, 'the journal cannot be written');
    }
  }
}

const reasonMax = 500;

function toReport(
  { instanceId, generation }: Pick<RunOrder, 'instanceId' | 'generation'>,
  observed: Observation,
): InstanceReport {
  return { instanceId, generation, ...observed };
}

/** A reason belongs to the phase for which it was given. */
function withoutReason({ reason: _, ...rest }: InstanceReport): InstanceReport {
  return rest;
}
