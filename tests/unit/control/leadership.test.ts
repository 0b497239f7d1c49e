import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Leadership, type LeadTerm } from '../../../src/control/leadership.js';
import {
  LeaseWatch,
  type Lead,
  type LeadHolder,
  type Lease,
  type LeaseStore,
} from '../../../src/domain/leadership.js';

describe('a lease that is watched', () => {
  const lease = (renewals: number, holder?: string): Lease => ({ fence: 1, renewals, holder });

  it('may be taken when nobody has it', () => {
    const watch = new LeaseWatch(1_000);
    expect([watch.waitMs(undefined, 5), watch.waitMs(lease(3), 5)]).toEqual([0, 0]);
  });

  it('may be taken once it was seen unchanged for its whole time, counted from the first look', () => {
    const watch = new LeaseWatch(1_000);
    expect(watch.waitMs(lease(3, 'a'), 500)).toBe(1_000);
    expect(watch.waitMs(lease(3, 'a'), 1_400)).toBe(100);
    expect(watch.waitMs(lease(3, 'a'), 1_500)).toBe(0);
  });

  it('is waited for anew after each renewal and each change of hands', () => {
    const watch = new LeaseWatch(1_000);
    watch.waitMs(lease(3, 'a'), 0);
    expect(watch.waitMs(lease(4, 'a'), 900)).toBe(1_000);
    expect(watch.waitMs({ fence: 2, renewals: 4, holder: 'b' }, 1_800)).toBe(1_000);
  });
});

/** A lease in memory that can be made unreachable. */
class MemoryLeases implements LeaseStore<Lead> {
  lease: Lease | undefined;
  away = false;

  read(): Promise<Lease | undefined> {
    return this.#answer(() => this.lease);
  }

  take(seen: Lease | undefined, _holder: LeadHolder): Promise<Lead | undefined> {
    return this.#answer(() => {
      if (seen?.fence !== this.lease?.fence || seen?.renewals !== this.lease?.renewals)
        return undefined;
      const fence = (seen?.fence ?? 0) + 1;
      this.lease = { fence, renewals: 0, holder: 'somebody' };
      return {
        fence,
        renew: () =>
          this.#answer(() => {
            if (this.lease?.fence !== fence) return false;
            this.lease = { ...this.lease, renewals: this.lease.renewals + 1 };
            return true;
          }),
        release: () =>
          this.#answer(() => {
            if (this.lease?.fence === fence)
              this.lease = { fence, renewals: this.lease.renewals + 1 };
          }),
      };
    });
  }

  #answer<T>(work: () => T): Promise<T> {
    return this.away ? Promise.reject(new Error('the store is away')) : Promise.resolve(work());
  }
}

describe('a manager', () => {
  const leaseMs = 1_000;
  let leases: MemoryLeases;
  const open: Leadership<Lead>[] = [];

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    leases = new MemoryLeases();
  });
  afterEach(async () => {
    leases.away = false;
    for (const leadership of open.splice(0)) await leadership.stop();
    vi.useRealTimers();
  });

  function manager(ownStore = false) {
    const terms: LeadTerm[] = [];
    let working = 0;
    const leadership = new Leadership<Lead>({
      leases,
      leaseMs,
      ownStore,
      duties: (_, term) => {
        terms.push(term);
        return {
          start: () => Promise.resolve(void (working += 1)),
          stop: () => Promise.resolve(void (working -= 1)),
        };
      },
      elapsed: () => performance.now(),
      silenceClock: Date.now,
      logger: pino({ level: 'silent' }),
    });
    open.push(leadership);
    return { leadership, terms, working: () => working };
  }

  it('that finds the lease free leads at once, the other one waits', async () => {
    const [first, second] = [manager(), manager()];
    await first.leadership.start();
    await second.leadership.start();
    await vi.advanceTimersByTimeAsync(10 * leaseMs);
    expect([first.leadership.leads, second.leadership.leads]).toEqual([true, false]);
    expect([first.working(), second.working()]).toEqual([1, 0]);
  });

  it('takes over at once what was given back, with a higher number', async () => {
    const [first, second] = [manager(), manager()];
    await first.leadership.start();
    await second.leadership.start();
    await first.leadership.stop();
    await vi.advanceTimersByTimeAsync(leaseMs / 2);
    expect([second.leadership.leads, second.leadership.fence]).toEqual([true, 2]);
    expect(first.working()).toBe(0);
  });

  it('waits for the end of a lease that nobody renews, unless the store is its own', async () => {
    leases.lease = { fence: 7, renewals: 9, holder: 'one that was killed' };
    const patient = manager();
    await patient.leadership.start();
    expect(patient.leadership.leads).toBe(false);
    await vi.advanceTimersByTimeAsync(2 * leaseMs);
    expect([patient.leadership.leads, patient.leadership.fence]).toEqual([true, 8]);
    const owner = manager(true);
    await owner.leadership.start();
    expect([owner.leadership.leads, owner.leadership.fence]).toEqual([true, 9]);
  });

  it('stops deciding before its lease ends, and goes on when nobody has taken it', async () => {
    const { leadership, terms, working } = manager();
    await leadership.start();
    leases.away = true;
    await vi.advanceTimersByTimeAsync(0.9 * leaseMs);
    expect(leadership.leads).toBe(false);
    leases.away = false;
    await vi.advanceTimersByTimeAsync(leaseMs);
    expect([leadership.leads, leadership.fence, working()]).toEqual([true, 1, 1]);
    // Agents may have been silent only because nobody could write down that they were heard of.
    expect(terms[0]?.listeningSince).toBeGreaterThan(1_000_000);
  });

  it('that was followed by another ends its duties, and becomes a follower', async () => {
    const { leadership, working } = manager();
    await leadership.start();
    leases.lease = { fence: 2, renewals: 0, holder: 'another' };
    await vi.advanceTimersByTimeAsync(leaseMs / 2);
    expect([leadership.leads, leadership.fence, working()]).toEqual([false, 0, 0]);
  });

  it('counts silence from when it took over', async () => {
    const { leadership, terms } = manager();
    leases.lease = { fence: 1, renewals: 0, holder: 'one that was killed' };
    await leadership.start();
    await vi.advanceTimersByTimeAsync(2 * leaseMs);
    expect(terms[0]?.listeningSince).toBeGreaterThanOrEqual(1_000_000 + leaseMs);
  });
});
