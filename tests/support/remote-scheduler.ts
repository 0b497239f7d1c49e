/** A remote scheduler that answers when the test says so, and a manager's desk around it. No I/O; time stands still unless moved. */
import { pino } from 'pino';
import { decide } from '../../src/domain/scheduling/decide.js';
import { SchedulerRegistry } from '../../src/domain/scheduling/registry.js';
import type {
  PlacementAnswer,
  RemoteRequest,
  RemoteScheduler,
} from '../../src/domain/scheduling/remote.js';
import type {
  ClusterPicture,
  Outcome,
  PlacementRequest,
} from '../../src/domain/scheduling/scheduling.js';
import { builtInScheduler } from '../../src/scheduler/built-in/built-in-scheduler.js';
import { RemoteDesk, type DeskOptions } from '../../src/scheduler/remote/placement-desk.js';
import { startedAt } from './builders.js';

export interface Batch {
  readonly requests: readonly RemoteRequest[];
  readonly picture: readonly ClusterPicture[];
  answer(answers: readonly PlacementAnswer[]): Promise<void>;
  breakOff(): Promise<void>;
}

/** Lets everything happen that only waits for a turn. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class PlayedScheduler implements RemoteScheduler {
  readonly name: string;
  readonly kind = 'played';
  readonly requestsMax: number;
  readonly batches: Batch[] = [];

  constructor(name = 'far', requestsMax = 100) {
    this.name = name;
    this.requestsMax = requestsMax;
  }

  place(
    requests: readonly RemoteRequest[],
    picture: readonly ClusterPicture[],
    _deadlineMs: number,
    signal: AbortSignal,
  ): Promise<readonly PlacementAnswer[]> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        resolve([]);
      });
      this.batches.push({
        requests,
        picture,
        answer: (answers) => {
          resolve(answers);
          return turn();
        },
        breakOff: () => {
          reject(new Error('the connection broke'));
          return turn();
        },
      });
    });
  }

  /** The batch that was asked last. */
  get last(): Batch {
    const batch = this.batches.at(-1);
    if (batch === undefined) throw new Error('nothing was asked');
    return batch;
  }
}

export class PlayedDesk {
  now = startedAt;
  readonly registry = new SchedulerRegistry(builtInScheduler);
  readonly enqueued = new Set<string>();
  readonly desk: RemoteDesk;

  constructor(options: Partial<DeskOptions> = {}) {
    this.desk = new RemoteDesk({
      registry: this.registry,
      defaultScheduler: 'far',
      fallback: 'built-in',
      deadlineMs: 10_000,
      now: () => this.now,
      random: () => 1,
      enqueue: (id) => this.enqueued.add(id),
      logger: pino({ level: 'silent' }),
      ...options,
    });
  }

  /** One pass of the reconciler: what is decided counts as written. */
  async pass(
    requests: readonly PlacementRequest[],
    picture: readonly ClusterPicture[],
  ): Promise<{ outcomes: readonly Outcome[]; again: ReadonlyMap<string, number> }> {
    this.enqueued.clear();
    const pictures = new Map(picture.map((each) => [each.id, each]));
    const deciders = { builtIn: this.registry.builtIn, desk: this.desk };
    const decisions = await decide(deciders, requests, pictures);
    const open = decisions.outcomes.filter(({ verdict }) => verdict !== 'PLACED');
    this.desk.settle(
      requests.map(({ serviceId }) => serviceId),
      new Set(open.map(({ instanceId }) => instanceId)),
    );
    if (this.desk.ready) this.desk.dispatch(picture);
    return decisions;
  }
}
