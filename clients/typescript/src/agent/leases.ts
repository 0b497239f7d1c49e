import { createBootClock, type Clock } from '../session/clock.js';
import {
  OrderRefused,
  leaseMsOf,
  type InstanceReport,
  type RunOrder,
  type StopOrder,
} from './frames.js';
import { LeaseKeeper, type LeasedInstance } from './lease-keeper.js';
import type { AgentLog, LeaseOptions } from './options.js';

export interface LeasesContext {
  readonly options: LeaseOptions | undefined;
  /** The agent's clock, where it was given one. */
  readonly clock: Clock | undefined;
  readonly log: AgentLog | undefined;
  /** A lease ends: the order has to be carried out as if the manager had told it. */
  onEnd(order: StopOrder): void;
}

const leadMsDefault = 5_000;
/** Phases in which nothing runs, and never will again. */
const over: ReadonlySet<InstanceReport['phase']> = new Set(['COMPLETED', 'DEAD', 'UNDEPLOYED']);

const describe = (leaseMs: number): string =>
  `the manager has not answered for its lease of ${leaseMs / 1000} s`;

/** What an agent does about leases: which orders fall under one, which answers renew them, and what follows from their end. */
export class Leases {
  readonly #context: LeasesContext;
  readonly #clock: Clock;
  readonly #keeper: LeaseKeeper;
  #greetedAt = Number.NEGATIVE_INFINITY;

  constructor(context: LeasesContext) {
    this.#context = context;
    const { options, clock } = context;
    this.#clock = options?.clock ?? clock ?? createBootClock();
    this.#keeper = new LeaseKeeper({
      clock: this.#clock,
      leadMs: options?.leadMs ?? leadMsDefault,
      held: options?.held ?? [],
      renewedAt: options?.renewedAt,
      onEnd: (instance, withinMs) => this.#end(instance, withinMs),
    });
  }

  start(): void {
    this.#keeper.start();
  }

  stop(): void {
    this.#keeper.stop();
  }

  now(): number {
    return this.#clock.now();
  }

  everyMs(): number | undefined {
    return this.#keeper.renewEveryMs;
  }

  renewed(sentAt: number): void {
    this.#keeper.renewed(sentAt);
    this.#context.options?.onRenewed?.(sentAt);
  }

  /** `hello` is about to be sent. */
  greet(): void {
    this.#greetedAt = this.now();
  }

  /** `welcome` has answered it. */
  welcomed(): void {
    this.renewed(this.#greetedAt);
  }

  /**
   * Begins the lease of an order, if it has one. The order may have been on its way for longer than that.
   *
   * @returns whether it has one
   * @throws OrderRefused - its lease is over
   */
  take(order: RunOrder): boolean {
    const { instanceId, generation } = order;
    const leaseMs = leaseMsOf(order);
    if (leaseMs === undefined) return false;
    if (!this.#keeper.hold({ instanceId, generation, leaseMs }))
      throw new OrderRefused('lease-over', 'The lease is over', describe(leaseMs));
    return true;
  }

  release(of: Pick<LeasedInstance, 'instanceId' | 'generation'>): void {
    this.#keeper.release(of);
  }

  /** Of what has ended nothing has to be watched. */
  reported(report: InstanceReport): void {
    if (over.has(report.phase)) this.#keeper.release(report);
  }

  #end({ instanceId, generation, leaseMs }: LeasedInstance, withinMs: number): void {
    const reason = describe(leaseMs);
    this.#context.log?.warn({ instanceId, generation, withinMs }, `stopping: ${reason}`);
    this.#context.onEnd({
      action: 'stop',
      instanceId,
      generation,
      leaseEnd: { withinMs, reason },
    });
  }
}
