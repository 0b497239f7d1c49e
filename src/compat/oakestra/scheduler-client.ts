/**
 * The scheduler of Oakestra. It is asked over HTTP with the whole service, reads the clusters at the port for resources, and posts what
 * it has decided, later, and now and then twice. A decision counts for the question that waits for it; any other changes nothing.
 */
import { Verdict } from '../../domain/instance/instance.js';
import type { ServiceStore } from '../../domain/ports.js';
import type {
  PlacementAnswer,
  RemoteRequest,
  RemoteScheduler,
} from '../../domain/scheduling/remote.js';
import type { ClusterPicture, Scheduler } from '../../domain/scheduling/scheduling.js';
import type { Service } from '../../domain/service/service.js';
import type { Fields } from './input.js';
import type { NeighbourAnswer } from './neighbour.js';

export interface SchedulerClientOptions {
  readonly name: string;
  readonly services: Pick<ServiceStore, 'find'>;
  readonly call: (method: 'POST', path: string, body: unknown) => Promise<NeighbourAnswer>;
  /** The service without instances, as peers read it; its id is a plain text. */
  readonly describe: (service: Service) => Fields;
  /** Decides what this scheduler cannot be asked. */
  readonly builtIn: Scheduler;
}

/** What the scheduler has decided on a service. */
export interface SchedulerDecision {
  readonly serviceId: string;
  readonly verdict: Verdict;
  readonly clusterId?: string | undefined;
}

const directTo = ({ placement }: RemoteRequest): readonly Fields[] =>
  placement.cluster === undefined
    ? []
    : [{ type: 'direct', cluster: placement.cluster, node: placement.worker ?? '' }];

/** What the scheduler reads of a service: what it needs, and to which cluster it has to go. */
const question = (request: RemoteRequest, document: Fields): Fields => ({
  ...document,
  _id: request.serviceId,
  virtualization: request.runtime,
  memory: request.resources.memoryMiB,
  vcpus: request.resources.cpuMillicores / 1000,
  constraints: directTo(request),
});

/** The scheduler knows nothing of places, labels and distances. */
const isBeyondIt = ({ placement }: RemoteRequest): boolean =>
  placement.location !== undefined ||
  placement.labels !== undefined ||
  placement.near !== undefined ||
  placement.spreadBy !== undefined;

/** Requests that are one question: of the same service, to the same cluster. */
function groupsOf(requests: readonly RemoteRequest[]): readonly (readonly RemoteRequest[])[] {
  const groups = new Map<string, RemoteRequest[]>();
  for (const request of requests) {
    const key = `${request.serviceId} ${request.placement.cluster ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(request);
    else groups.set(key, [request]);
  }
  return [...groups.values()];
}

export class SchedulerClient implements RemoteScheduler {
  readonly name: string;
  readonly kind = 'http';
  readonly requestsMax = 200;
  readonly #options: SchedulerClientOptions;
  /** Who waits for the decision on a service. */
  readonly #waiting = new Map<string, (decision: SchedulerDecision) => void>();

  constructor(options: SchedulerClientOptions) {
    this.#options = options;
    this.name = options.name;
  }

  /** Takes a decision over that was posted. @returns whether a question waited for it */
  take(decision: SchedulerDecision): boolean {
    const give = this.#waiting.get(decision.serviceId);
    give?.(decision);
    return give !== undefined;
  }

  async place(
    requests: readonly RemoteRequest[],
    picture: readonly ClusterPicture[],
    _deadlineMs: number,
    signal: AbortSignal,
  ): Promise<readonly PlacementAnswer[]> {
    const beyond = requests.filter(isBeyondIt);
    const own = beyond.length === 0 ? [] : await this.#options.builtIn.place(beyond, picture);
    const groups = groupsOf(requests.filter((request) => !isBeyondIt(request)));
    const outcomes = await Promise.allSettled(groups.map((group) => this.#decide(group, signal)));
    const answers = outcomes.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    const failed = outcomes.find((each) => each.status === 'rejected');
    // Where the deadline has come, nothing is wrong with the connection.
    if (own.length + answers.length === 0 && failed && !signal.aborted) throw failed.reason;
    return [...own, ...answers];
  }

  async #decide(
    group: readonly RemoteRequest[],
    signal: AbortSignal,
  ): Promise<readonly PlacementAnswer[]> {
    const [first] = group;
    if (first === undefined || this.#waiting.has(first.serviceId)) return [];
    const service = await this.#options.services.find(first.serviceId);
    const document = service ? this.#options.describe(service) : {};
    const decision = await this.#ask(first.serviceId, question(first, document), signal);
    if (decision === undefined) return [];
    const { verdict, clusterId } = decision;
    return group.map(({ instanceId }) => ({ instanceId, verdict, clusterId }));
  }

  /** @returns nothing when the signal was raised before it was decided. @throws Error - it could not be asked */
  async #ask(
    serviceId: string,
    body: Fields,
    signal: AbortSignal,
  ): Promise<SchedulerDecision | undefined> {
    let end: () => void = () => undefined;
    // From before it is asked: it may decide while the answer to the question is still on its way.
    const decided = new Promise<SchedulerDecision | undefined>((resolve) => {
      this.#waiting.set(serviceId, resolve);
      end = () => {
        resolve(undefined);
      };
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
    });
    try {
      const asked = this.#post(body);
      return await Promise.race([decided, asked.then(() => decided)]);
    } finally {
      this.#waiting.delete(serviceId);
      signal.removeEventListener('abort', end);
    }
  }

  async #post(body: Fields): Promise<void> {
    const { status } = await this.#options.call('POST', '/api/calculate/deploy', body);
    if (status >= 300) throw new Error(`the scheduler answered with ${status}`);
  }
}

const negative: ReadonlySet<string> = new Set(
  Object.values(Verdict).filter((each) => each !== Verdict.PLACED),
);

/** Statuses of Oakestra that turn a service down in other words than ours. */
const otherWords: ReadonlySet<string> = new Set([
  'NO_WORKER_CAPACITY',
  'NO_QUALIFIED_WORKER_FOUND',
  'NO_NODE_FOUND',
]);

/** What a status means that stands in place of a cluster; nothing for a word that nobody knows. */
export const verdictOf = (status: string): Verdict | undefined => {
  if (negative.has(status)) return status as Verdict;
  return otherWords.has(status) ? Verdict.NoActiveClusterWithCapacity : undefined;
};
