import { ClusterAgent } from './cluster-agent.js';
import { placedCertificateStore } from './certificates.js';
import { placedCredentialStore } from './credentials.js';
import { leaseMsOf, type InstanceReport, type OrderReference } from './frames.js';
import { Journal } from './journal.js';
import type { LeasedInstance } from './lease-keeper.js';
import type { ClusterAgentOptions } from './options.js';
import { OrderWork, type Observation, type OrderHandlers } from './order-work.js';
import { memoryPlace, type Place } from './place.js';

/** What an agent is, and how it starts and stops things. */
export interface JournaledAgentOptions
  extends
    Omit<
      ClusterAgentOptions,
      'credentialStore' | 'certificateStore' | 'instances' | 'onRun' | 'onStop'
    >,
    OrderHandlers {
  /** Where the credential and the journal are kept. One agent at a time uses a place. @default nowhere: in memory */
  readonly place?: Place;
  /** Whether it asks the manager for a client certificate, which is kept there too. @default false */
  readonly clientCertificate?: boolean;
}

/**
 * An agent with a memory: each order has one effect, however often it is told and wherever the process ends. What it has taken in
 * is written down first, and finished after a restart.
 *
 * `reportChanged` of the base class bypasses the journal; use `report`.
 */
export class JournaledAgent extends ClusterAgent {
  readonly #work: OrderWork;
  readonly #journal: Journal;

  /** @throws Error - the journal cannot be read */
  static async open(options: JournaledAgentOptions): Promise<JournaledAgent> {
    const place = options.place ?? memoryPlace();
    return new JournaledAgent(options, place, await Journal.open(place));
  }

  private constructor(options: JournaledAgentOptions, place: Place, journal: Journal) {
    const tell = (report: InstanceReport): void => this.reportChanged(report);
    const work = new OrderWork(journal, options, tell, options.log);
    super({
      ...options,
      credentialStore: placedCredentialStore(place),
      ...(options.clientCertificate === true
        ? { certificateStore: placedCertificateStore(place) }
        : {}),
      instances: () => journal.entries().map(({ report }) => report),
      leases: { held: heldIn(journal), ...options.leases },
      onRun: (order) => work.run(order),
      onStop: (order) => work.stop(order),
    });
    this.#work = work;
    this.#journal = journal;
  }

  /**
   * Looks what became of the instances of an earlier process, connects, and finishes what that process had begun.
   *
   * @throws Error - there is neither a credential nor an enrolment token, or `resume` has failed
   */
  override async start(): Promise<void> {
    await this.#work.resume();
    const unfinished = this.#work.unfinished();
    await super.start();
    for (const order of unfinished) void this.finish(order);
  }

  /** Says what became of an instance: it has ended, it has another address. Of what is not there nothing is said. */
  report(
    of: Pick<OrderReference, 'instanceId' | 'generation'>,
    observed: Partial<Observation>,
  ): void {
    void this.#work.observe(of, observed);
  }

  /** Resolves when nothing is being written to the journal any more, too. */
  override async close(): Promise<void> {
    await super.close();
    await this.#journal.settled();
  }
}

/** What an earlier process has started under a lease. */
const heldIn = (journal: Journal): readonly LeasedInstance[] =>
  journal.entries().flatMap(({ order, stage }) => {
    const leaseMs = stage === 'started' ? leaseMsOf(order) : undefined;
    if (leaseMs === undefined) return [];
    return [{ instanceId: order.instanceId, generation: order.generation, leaseMs }];
  });
