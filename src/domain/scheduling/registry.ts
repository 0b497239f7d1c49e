import type {
  ClusterPicture,
  Consideration,
  PlacementRequest,
  PlacementResult,
  Scheduler,
} from './scheduling.js';

/** What is known of a scheduler from the outside. */
export interface SchedulerStanding {
  readonly name: string;
  readonly kind: string;
  readonly available: boolean;
  /** Answers since the manager started. */
  readonly decisions: number;
  readonly verdicts: Readonly<Record<string, number>>;
}

/** A scheduler that counts what it answers. */
class CountedScheduler implements Scheduler {
  readonly name: string;
  readonly #scheduler: Scheduler;
  readonly #kind: string;
  readonly #verdicts = new Map<string, number>();

  constructor(scheduler: Scheduler, kind: string) {
    this.name = scheduler.name;
    this.#scheduler = scheduler;
    this.#kind = kind;
  }

  async place(
    requests: readonly PlacementRequest[],
    picture: readonly ClusterPicture[],
  ): Promise<readonly PlacementResult[]> {
    const results = await this.#scheduler.place(requests, picture);
    for (const { verdict } of results)
      this.#verdicts.set(verdict, (this.#verdicts.get(verdict) ?? 0) + 1);
    return results;
  }

  explain(request: PlacementRequest, picture: readonly ClusterPicture[]): readonly Consideration[] {
    return this.#scheduler.explain(request, picture);
  }

  standing(): SchedulerStanding {
    const counts = [...this.#verdicts.values()];
    return {
      name: this.name,
      kind: this.#kind,
      available: true,
      decisions: counts.reduce((sum, count) => sum + count, 0),
      verdicts: Object.fromEntries(this.#verdicts),
    };
  }
}

/** The schedulers that can be asked. The first is the one that decides. */
export class SchedulerRegistry {
  readonly #schedulers: readonly CountedScheduler[];
  /** Decides where instances go. */
  readonly deciding: Scheduler;

  constructor(builtIn: Scheduler) {
    const counted = new CountedScheduler(builtIn, 'built-in');
    this.deciding = counted;
    this.#schedulers = [counted];
  }

  list(): readonly SchedulerStanding[] {
    return this.#schedulers.map((each) => each.standing());
  }

  find(name: string): Scheduler | undefined {
    return this.#schedulers.find((each) => each.name === name);
  }
}
