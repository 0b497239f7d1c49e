/**
 * Takes the lease when it can be had, renews it, and begins and ends with it what only the leader does. The lease is only there so
 * that managers do not compete; what makes a late write harmless is the fencing number that each of them carries.
 */
import type { Logger } from 'pino';
import { LeaseWatch, type Lead, type LeadHolder, type LeaseStore } from '../domain/leadership.js';
import { failpoint } from '../failpoints.js';

/** What only the leader does. */
export interface Duties {
  /** Resolves once all of it goes on. */
  start(): Promise<void>;
  /** Writes nothing new from the call on; resolves once nothing is under way. Safe while `start` is under way. */
  stop(): Promise<void>;
}

/** One time of leading, from taking the lease to losing it. */
export interface LeadTerm {
  /**
   * Since when silence of others counts, by `silenceClock`: before, they may have spoken to a manager that could not write it
   * down.
   */
  readonly listeningSince: number;
}

export interface LeadershipOptions<L extends Lead> {
  readonly leases: LeaseStore<L>;
  /** How long a lease is valid without being renewed. */
  readonly leaseMs: number;
  /** Whether the store is this process's own, so that whoever held the lease before is gone: then nobody is waited for. */
  readonly ownStore: boolean;
  readonly duties: (lead: L, term: LeadTerm) => Duties;
  /** Milliseconds of a monotonic clock. */
  readonly elapsed: () => number;
  /** The monotonic clock, in milliseconds, by which the silence of others is measured. */
  readonly silenceClock: () => number;
  readonly logger: Logger;
}

/** The holder stops this part of the lease before its end, in case clocks do not run equally fast. */
const actingShare = 0.8;
const renewalsPerLease = 3;
const looksPerLease = 6;

interface Term<L extends Lead> extends LeadTerm {
  lead: L;
  duties: Duties;
  listeningSince: number;
  /** By `elapsed`. */
  actingUntil: number;
  lapsed: boolean;
  started: Promise<void>;
}

export class Leadership<L extends Lead> {
  readonly #options: LeadershipOptions<L>;
  readonly #watch: LeaseWatch;
  #term: Term<L> | undefined;
  #ending: Promise<void> = Promise.resolve();
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #stopped = false;
  #waitMs = 0;
  #seizing: boolean;
  #troubled = false;

  constructor(options: LeadershipOptions<L>) {
    this.#options = options;
    this.#watch = new LeaseWatch(options.leaseMs);
    this.#seizing = options.ownStore;
  }

  /** Whether this manager decides at the moment. */
  get leads(): boolean {
    return this.#term !== undefined && this.#mayAct(this.#term);
  }

  /** The fencing number; 0 while another manager leads. */
  get fence(): number {
    return this.#term?.lead.fence ?? 0;
  }

  /** Tries to take the lease. If that succeeds at once, it resolves once the duties have begun. */
  async start(): Promise<void> {
    await this.#turn();
    this.#running = this.#run();
    await this.#term?.started;
  }

  /** Ends the duties and gives the lease back. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake?.();
    await this.#running;
    const term = this.#term;
    this.#term = undefined;
    await this.#ending;
    if (term === undefined) return;
    await term.duties.stop();
    await term.lead.release();
    this.#options.logger.info({ fence: term.lead.fence }, 'the lease was given back');
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      await this.#pause();
      if (!this.#stopped) await this.#turn();
    }
  }

  async #pause(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, this.#waitMs);
    });
    clearTimeout(timer);
  }

  async #turn(): Promise<void> {
    const { leaseMs, logger } = this.#options;
    const term = this.#term;
    try {
      if (term) await this.#renew(term);
      else await this.#seek();
      this.#troubled = false;
    } catch (error) {
      if (!this.#troubled) logger.warn({ err: error }, 'the lease cannot be looked at');
      this.#troubled = true;
      this.#waitMs = leaseMs / looksPerLease;
    }
    if (term && this.#term === term) this.#noteLapse(term);
  }

  async #renew(term: Term<L>): Promise<void> {
    const { elapsed, leaseMs } = this.#options;
    this.#waitMs = leaseMs / renewalsPerLease;
    const sentAt = elapsed();
    if (await term.lead.renew()) term.actingUntil = sentAt + leaseMs * actingShare;
    else this.#lose(term, 'another manager has taken over');
  }

  /** A lease that lapsed and could be renewed was nobody else's in between. */
  #noteLapse(term: Term<L>): void {
    const { logger, silenceClock } = this.#options;
    const lapsed = !this.#mayAct(term);
    if (lapsed && !term.lapsed)
      logger.warn('the lease could not be renewed in time; nothing is decided until it is');
    if (!lapsed && term.lapsed) {
      term.listeningSince = silenceClock();
      logger.info(
        { fence: term.lead.fence },
        'the lease was renewed; this manager goes on leading',
      );
    }
    term.lapsed = lapsed;
  }

  async #seek(): Promise<void> {
    const { leases, leaseMs, elapsed } = this.#options;
    await this.#ending;
    const lease = await leases.read();
    const waitMs = this.#seizing ? 0 : this.#watch.waitMs(lease, elapsed());
    this.#waitMs = Math.min(leaseMs / looksPerLease, waitMs);
    if (waitMs > 0) return;
    // Others see the same: whoever is beaten looks again a little later.
    this.#waitMs = leaseMs / looksPerLease;
    const actingUntil = elapsed() + leaseMs * actingShare;
    const own: { term?: Term<L> } = {};
    const holder: LeadHolder = {
      mayAct: () => own.term !== undefined && this.#mayAct(own.term),
      onRefused: () => {
        if (own.term) this.#lose(own.term, 'a late write was refused');
      },
    };
    const lead = await leases.take(lease, holder);
    if (lead === undefined) return;
    this.#seizing = false;
    own.term = this.#begin(lead, actingUntil);
  }

  #begin(lead: L, actingUntil: number): Term<L> {
    const { duties, silenceClock, logger, leaseMs } = this.#options;
    this.#waitMs = leaseMs / renewalsPerLease;
    logger.info({ fence: lead.fence }, 'this manager leads');
    const conditions = { listeningSince: silenceClock() };
    const term: Term<L> = Object.assign(conditions, {
      lead,
      duties: duties(lead, conditions),
      actingUntil,
      lapsed: false,
      started: Promise.resolve(),
    });
    this.#term = term;
    term.started = this.#beginDuties(term).catch((error: unknown) => {
      if (this.#term !== term) return;
      logger.error({ err: error }, 'the duties of the leader could not begin');
      this.#lose(term, 'its duties could not begin');
    });
    return term;
  }

  async #beginDuties({ duties }: Term<L>): Promise<void> {
    await failpoint?.('leadership.begun');
    await duties.start();
  }

  #lose(term: Term<L>, reason: string): void {
    if (this.#term !== term) return;
    const { logger } = this.#options;
    this.#term = undefined;
    logger.warn({ fence: term.lead.fence, reason }, 'this manager no longer leads');
    this.#ending = this.#end(term);
  }

  async #end({ duties, lead }: Term<L>): Promise<void> {
    try {
      await duties.stop();
      // Changes nothing where the lease is another's already.
      await lead.release();
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'the duties of the leader did not end in order');
    }
  }

  #mayAct(term: Term<L>): boolean {
    return this.#options.elapsed() < term.actingUntil;
  }
}
