import type { RemoteScheduler } from './remote.js';
import type { Scheduler } from './scheduling.js';
import { SchedulerStatistics, type SchedulerRecord } from './statistics.js';

/** What is known of a scheduler from the outside. */
export interface SchedulerStanding extends SchedulerRecord {
  readonly name: string;
  readonly kind: string;
  /** Whether it can be asked now. */
  readonly available: boolean;
}

interface Entry {
  readonly kind: string;
  readonly statistics: SchedulerStatistics;
  remote?: RemoteScheduler | undefined;
}

/** Schedulers that are away and still remembered; the longest known goes first. */
const rememberedMax = 100;

/** Lets a scheduler decide and counts what it answers. */
const counted = (scheduler: Scheduler, statistics: SchedulerStatistics): Scheduler => ({
  name: scheduler.name,
  async place(requests, picture) {
    const startedAt = performance.now();
    const results = await scheduler.place(requests, picture);
    statistics.answered(
      results.map(({ verdict }) => verdict),
      performance.now() - startedAt,
    );
    return results;
  },
  explain: (request, picture) => scheduler.explain(request, picture),
});

/** The schedulers that there are: the built-in one always, remote ones while they are connected. */
export class SchedulerRegistry {
  readonly builtIn: Scheduler;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<(name: string) => void>();

  constructor(builtIn: Scheduler) {
    const statistics = new SchedulerStatistics();
    this.builtIn = counted(builtIn, statistics);
    this.#entries.set(builtIn.name, { kind: 'built-in', statistics });
  }

  list(): readonly SchedulerStanding[] {
    return [...this.#entries].map(([name, { kind, remote, statistics }]) => ({
      name,
      kind,
      available: name === this.builtIn.name || remote !== undefined,
      ...statistics.record(),
    }));
  }

  /** Whether there is, or lately was, a scheduler of this name. */
  knows(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The remote scheduler of this name, while it can be asked. */
  find(name: string): RemoteScheduler | undefined {
    return this.#entries.get(name)?.remote;
  }

  /** Counters of the scheduler; they outlive its connection. */
  statistics(name: string): SchedulerStatistics {
    return this.#entries.get(name)?.statistics ?? new SchedulerStatistics();
  }

  /** From now on it is asked. The newest of a name counts. @returns the one before it */
  add(remote: RemoteScheduler): RemoteScheduler | undefined {
    const known = this.#entries.get(remote.name);
    const before = known?.remote;
    const statistics = known?.statistics ?? new SchedulerStatistics();
    this.#entries.delete(remote.name);
    this.#entries.set(remote.name, { kind: remote.kind, statistics, remote });
    this.#forgetSome();
    this.#tell(remote.name);
    return before;
  }

  /** It is no longer asked, unless another one has taken its place already. */
  remove(remote: RemoteScheduler): void {
    const entry = this.#entries.get(remote.name);
    if (entry?.remote !== remote) return;
    entry.remote = undefined;
    this.#tell(remote.name);
  }

  /** Calls the listener with the name of each scheduler that comes or goes. @returns how to stop it */
  onChange(listener: (name: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(name: string): void {
    for (const listener of this.#listeners) listener(name);
  }

  #forgetSome(): void {
    for (const [name, { remote }] of this.#entries) {
      if (this.#entries.size <= rememberedMax) return;
      if (remote === undefined && name !== this.builtIn.name) this.#entries.delete(name);
    }
  }
}
