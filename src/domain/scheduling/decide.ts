import { subtractResources, type Resources } from '../resources.js';
import type { Opinion, PlacementAnswer, PlacementDesk } from './remote.js';
import type { ClusterPicture, Outcome, PlacementRequest, Scheduler } from './scheduling.js';
import { verify } from './verify.js';

export interface Deciders {
  readonly builtIn: Scheduler;
  /** Absent where there are no remote schedulers: the built-in one decides everything then. */
  readonly desk?: PlacementDesk | undefined;
}

export interface Decisions {
  /** One for each request, in the same order. */
  readonly outcomes: readonly Outcome[];
  /** When to look at a service again although nothing has changed, by its id (epoch milliseconds). */
  readonly again: ReadonlyMap<string, number>;
}

/** What is left of the clusters while answers are taken in one after another. */
class Remains {
  readonly #pictures: ReadonlyMap<string, ClusterPicture>;
  readonly #free = new Map<string, Resources>();

  constructor(pictures: ReadonlyMap<string, ClusterPicture>) {
    this.#pictures = pictures;
  }

  free(cluster: ClusterPicture): Resources {
    return this.#free.get(cluster.id) ?? cluster.free;
  }

  take(cluster: ClusterPicture, wanted: Resources): void {
    this.#free.set(cluster.id, subtractResources(this.free(cluster), wanted));
  }

  pictures(): readonly ClusterPicture[] {
    const all = [...this.#pictures.values()];
    return this.#free.size === 0 ? all : all.map((each) => ({ ...each, free: this.free(each) }));
  }
}

const toResult = (
  scheduler: string,
  answer: PlacementAnswer,
  target: ClusterPicture | undefined,
  { placement }: PlacementRequest,
): Outcome => ({
  instanceId: answer.instanceId,
  verdict: answer.verdict,
  scheduler,
  ...(answer.verdict === 'PLACED'
    ? {
        clusterId: target?.id,
        clusterName: target?.name,
        worker: answer.worker ?? placement.worker,
        score: answer.score,
      }
    : {}),
  considered: 0,
  dropped: {},
  reason: answer.reason,
});

/**
 * Decides what can be decided now: takes in what remote schedulers have answered, as far as it holds, has the others asked, and
 * lets the built-in scheduler place on what is left.
 */
export async function decide(
  { builtIn, desk }: Deciders,
  requests: readonly PlacementRequest[],
  pictures: ReadonlyMap<string, ClusterPicture>,
): Promise<Decisions> {
  const remains = new Remains(pictures);
  const again = new Map<string, number>();
  const outcomes: Outcome[] = requests.map(({ instanceId }) => ({
    instanceId,
    verdict: 'PENDING',
  }));
  const own: { index: number; request: PlacementRequest; reason?: string }[] = [];
  const takeIn = (request: PlacementRequest, index: number, opinion: Opinion): void => {
    const { instanceId, serviceId, resources } = request;
    if ('again' in opinion && opinion.again !== undefined)
      again.set(serviceId, Math.min(again.get(serviceId) ?? opinion.again, opinion.again));
    switch (opinion.kind) {
      case 'built-in':
        own.push({ index, request });
        return;
      case 'fallback':
        own.push({ index, request, reason: opinion.reason });
        return;
      case 'pending':
        outcomes[index] = { instanceId, verdict: 'PENDING', reason: opinion.reason };
        return;
      case 'answer': {
        const { answer, scheduler } = opinion;
        const target = pictures.get(answer.clusterId ?? '');
        const refusal = verify(request, answer, target, target ? remains.free(target) : resources);
        if (refusal && desk) takeIn(request, index, desk.refuse(request, refusal));
        else {
          if (target && answer.verdict === 'PLACED') remains.take(target, resources);
          outcomes[index] = toResult(scheduler, answer, target, request);
        }
      }
    }
  };
  requests.forEach((request, index) => {
    takeIn(request, index, desk?.consult(request) ?? { kind: 'built-in' });
  });
  if (own.length > 0) {
    const wanted = own.map(({ request }) => request);
    const results = await builtIn.place(wanted, remains.pictures());
    own.forEach(({ index, reason }, nth) => {
      const result = results[nth];
      if (result) outcomes[index] = reason === undefined ? result : { ...result, reason };
    });
  }
  return { outcomes, again };
}
