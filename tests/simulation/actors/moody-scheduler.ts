/** A scheduler beside the managers that thinks long, answers twice or not at all, and sometimes talks nonsense. */
import type {
  PlacementAnswer,
  RemoteRequest,
  RemoteScheduler,
} from '../../../src/domain/scheduling/remote.js';
import type { ClusterPicture } from '../../../src/domain/scheduling/scheduling.js';
import { builtInScheduler } from '../../../src/scheduler/built-in/built-in-scheduler.js';
import type { Random } from '../engine/random.js';

export interface SchedulerFaults {
  /** How long it thinks at most, about a world that goes on meanwhile. */
  delayMs: number;
  confused: boolean;
}

const thinksMs = 20;

export class MoodyScheduler implements RemoteScheduler {
  readonly name = 'moody';
  readonly kind = 'simulated';
  readonly requestsMax = 100;
  readonly faults: SchedulerFaults = { delayMs: 0, confused: false };
  readonly #random: Random;
  readonly #count: (fault: string) => void;

  constructor(random: Random, count: (fault: string) => void) {
    this.#random = random;
    this.#count = count;
  }

  async place(
    requests: readonly RemoteRequest[],
    picture: readonly ClusterPicture[],
  ): Promise<readonly PlacementAnswer[]> {
    const answers = await builtInScheduler.place(requests, picture);
    const { delayMs, confused } = this.faults;
    if (delayMs > 0) this.#count('late answer of a scheduler');
    const waitMs = this.#random.next() * (thinksMs + delayMs);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (!confused) return answers;
    this.#count('nonsense of a scheduler');
    return this.#confuse(answers, picture);
  }

  #confuse(
    answers: readonly PlacementAnswer[],
    picture: readonly ClusterPicture[],
  ): readonly PlacementAnswer[] {
    const anywhere = (): string | undefined =>
      picture.length > 0 ? this.#random.pick(picture).id : undefined;
    const nonsense: readonly (() => readonly PlacementAnswer[])[] = [
      () => [],
      () => answers.slice(1),
      () => [...answers, ...answers],
      () => answers.map((answer) => ({ ...answer, clusterId: 'ffffffffffffffffffffffff' })),
      () => answers.map((answer) => ({ ...answer, instanceId: 'eeeeeeeeeeeeeeeeeeeeeeee' })),
      () => answers.map((answer) => ({ ...answer, verdict: 'PLACED', clusterId: anywhere() })),
    ];
    return this.#random.pick(nonsense)();
  }
}
