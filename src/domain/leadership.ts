/**
 * Which of several managers leads: decides, watches who is alive, writes the history. A lease in the store says so; its fencing
 * number rises with every change of hands, and every write of a leader is refused that carries another number.
 */

/** The lease as it stands in the store. Two that are equal in `fence` and `renewals` are the same one, not renewed in between. */
export interface Lease {
  readonly fence: number;
  readonly renewals: number;
  /** Name of the manager that has it; absent when it was given back. */
  readonly holder?: string | undefined;
}

/** The lease in the hands of this manager. */
export interface Lead {
  readonly fence: number;
  /** @returns false when another manager has taken over */
  renew(): Promise<boolean>;
  /** Gives it back, so that another manager need not wait; ends what belongs to it. */
  release(): Promise<void>;
}

/** What a lead asks of, and tells to, whoever holds it. */
export interface LeadHolder {
  /** Whether the lease is valid by the holder's own clock. Nothing is written otherwise. */
  mayAct(): boolean;
  /** A write was refused, because another manager has taken over. */
  onRefused(): void;
}

/** Where the lease lies. */
export interface LeaseStore<L extends Lead> {
  read(): Promise<Lease | undefined>;
  /**
   * Takes the lease if it is still as it was seen. From then on every write of an earlier holder is refused.
   *
   * @returns nothing when somebody was faster
   */
  take(seen: Lease | undefined, holder: LeadHolder): Promise<L | undefined>;
}

/**
 * Tells when a lease may be taken, by one's own monotonic clock alone: once it has been seen unchanged for its whole time. No
 * clock of another machine is trusted, so none needs to be right.
 */
export class LeaseWatch {
  readonly #leaseMs: number;
  #seen: Lease | undefined;
  #since = 0;

  /** @param leaseMs - how long a lease is valid without being renewed */
  constructor(leaseMs: number) {
    this.#leaseMs = leaseMs;
  }

  /**
   * @param now - milliseconds of a monotonic clock
   * @returns milliseconds until it may be taken; 0 when it may be taken now
   */
  waitMs(lease: Lease | undefined, now: number): number {
    if (lease?.holder === undefined) return 0;
    if (this.#seen?.fence !== lease.fence || this.#seen.renewals !== lease.renewals) {
      this.#seen = lease;
      this.#since = now;
    }
    return Math.max(0, this.#since + this.#leaseMs - now);
  }
}
