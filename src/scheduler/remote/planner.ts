import { decide } from '../../domain/scheduling/decide.js';
import type { SchedulerRegistry } from '../../domain/scheduling/registry.js';
import type { Opinion, PlacementAnswer, PlacementDesk } from '../../domain/scheduling/remote.js';
import type {
  ClusterPicture,
  PlacementRequest,
  PlacementResult,
  Scheduler,
} from '../../domain/scheduling/scheduling.js';
import { askInTime } from './ask.js';

export interface PlannerOptions {
  readonly registry: SchedulerRegistry;
  readonly defaultScheduler: string;
  readonly deadlineMs: number;
}

/** A desk for one batch whose answers are there already. */
const answeredDesk = (
  scheduler: string,
  answers: readonly PlacementAnswer[],
  missing: string,
): PlacementDesk => {
  const byInstance = new Map(answers.map((answer) => [answer.instanceId, answer]));
  return {
    consult({ instanceId }): Opinion {
      const answer = byInstance.get(instanceId);
      return answer ? { kind: 'answer', scheduler, answer } : { kind: 'fallback', reason: missing };
    },
    refuse: (_, { detail }) => ({ kind: 'fallback', reason: detail }),
    settle: () => undefined,
    ready: false,
    dispatch: () => undefined,
  };
};

async function askOnce(
  { registry, deadlineMs }: PlannerOptions,
  name: string,
  requests: readonly PlacementRequest[],
  picture: readonly ClusterPicture[],
): Promise<PlacementDesk> {
  const remote = registry.find(name);
  if (remote === undefined)
    return answeredDesk(name, [], `The scheduler ${name} is not connected.`);
  const silent = `The scheduler ${name} did not answer in time.`;
  try {
    const batch = requests.slice(0, remote.requestsMax);
    const { answers } = await askInTime(remote, batch, picture, deadlineMs);
    return answeredDesk(name, answers, silent);
  } catch {
    return answeredDesk(name, [], `The scheduler ${name} could not be asked.`);
  }
}

/**
 * Says where instances of one service would go: asks the scheduler that would be asked, once, and lets the built-in one stand in
 * for what it does not answer. Binds nothing.
 */
export const createPlanner = (options: PlannerOptions): Scheduler => {
  const { registry, defaultScheduler } = options;
  return {
    name: defaultScheduler,
    async place(requests, picture): Promise<readonly PlacementResult[]> {
      const name = requests[0]?.scheduler ?? defaultScheduler;
      const { builtIn } = registry;
      if (name === builtIn.name) return builtIn.place(requests, picture);
      const desk = await askOnce(options, name, requests, picture);
      const pictures = new Map(picture.map((cluster) => [cluster.id, cluster]));
      const { outcomes } = await decide({ builtIn, desk }, requests, pictures);
      return outcomes.filter((outcome) => outcome.verdict !== 'PENDING');
    },
    explain: (request, picture) => registry.builtIn.explain(request, picture),
  };
};
