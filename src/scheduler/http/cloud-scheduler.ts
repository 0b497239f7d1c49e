/**
 * A Cloud Scheduler of 2021. It is asked over HTTP, decides for a service as a whole, and answers in two ways: it posts a result, and
 * it writes its decision into the database, which is the only way when it turns a service down.
 */
import type { Logger } from 'pino';
import type { Change, ChangeFeed } from '../../domain/change.js';
import type { ServiceStore } from '../../domain/ports.js';
import type {
  PlacementAnswer,
  RemoteRequest,
  RemoteScheduler,
} from '../../domain/scheduling/remote.js';
import type { ClusterPicture } from '../../domain/scheduling/scheduling.js';
import type { Service } from '../../domain/service/service.js';
import { toJobFields } from '../../wire/job-descriptor.js';
import { builtInScheduler } from '../built-in/built-in-scheduler.js';
import { CloudClient } from './cloud-client.js';
import { cloudSchedulerName } from './name.js';
import { fromWritten, placedAt, Verdicts, type CloudVerdict } from './verdicts.js';

export interface CloudSchedulerOptions {
  readonly url: string;
  readonly services: ServiceStore;
  readonly feed: ChangeFeed;
  /** Has the service scaled. */
  readonly scale: (serviceId: string, replicas: number) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  readonly logger: Logger;
}

/** How long after a decision it may still come in the other way, and a number of replicas with it. */
const trailingMs = 5_000;
const rememberedMax = 10_000;

/** A decision that came over HTTP. */
export interface CloudResult {
  readonly serviceId: string;
  readonly clusterId?: string | undefined;
}

const groupByService = (
  requests: readonly RemoteRequest[],
): ReadonlyMap<string, readonly RemoteRequest[]> => {
  const groups = new Map<string, RemoteRequest[]>();
  for (const request of requests) {
    const group = groups.get(request.serviceId);
    if (group) group.push(request);
    else groups.set(request.serviceId, [request]);
  }
  return groups;
};

/** A request that the user has aimed somewhere else than the descriptor says is no question for this scheduler. */
const isMove = (request: RemoteRequest, service: Service | undefined): boolean =>
  service !== undefined &&
  (request.placement.location !== service.descriptor.placement?.location ||
    request.placement.cluster !== service.descriptor.placement?.cluster ||
    request.placement.worker !== service.descriptor.placement?.worker);

/** A service that is not in the database: a plan, or a test of the scheduler. */
const draftJob = ({ serviceName, runtime, resources, placement }: RemoteRequest) => ({
  api_version: 'v0.1',
  job_name: serviceName,
  image_runtime: runtime,
  ...(placement.location === undefined ? {} : { cluster_location: placement.location }),
  requirements: { cpu: resources.cpuMillicores / 1000, memory: resources.memoryMiB },
});

export class CloudScheduler implements RemoteScheduler {
  readonly name = cloudSchedulerName;
  readonly kind = 'http';
  readonly requestsMax = 200;
  readonly #options: CloudSchedulerOptions;
  readonly #client: CloudClient;
  readonly #verdicts = new Verdicts();
  readonly #underWay = new Set<Promise<void>>();
  readonly #decidedAt = new Map<string, number>();
  #unsubscribe: (() => void) | undefined;
  #enqueue: ((serviceId: string) => void) | undefined;

  constructor(options: CloudSchedulerOptions) {
    this.#options = options;
    this.#client = new CloudClient(options.url, options.random);
  }

  /**
   * Follows what is written into the database, until `stop`.
   *
   * @param enqueue - has a service looked at soon
   */
  start(enqueue: (serviceId: string) => void): Promise<void> {
    this.#enqueue = enqueue;
    this.#unsubscribe = this.#options.feed.onChange((change) => {
      if (change.subject === 'service') this.#onService(change);
    });
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#enqueue = undefined;
    await Promise.allSettled(this.#underWay);
  }

  /** Ends its connections, for good. */
  close(): Promise<void> {
    return this.#client.close();
  }

  probe(): Promise<number | undefined> {
    return this.#client.status();
  }

  /**
   * Takes a decision over that was posted. One that comes late answers the next question; one that comes twice says nothing new.
   *
   * @returns whether somebody waited for it
   */
  async take({ serviceId, clusterId }: CloudResult): Promise<boolean> {
    if (clusterId === undefined) return false;
    const verdict = placedAt(clusterId);
    if (this.#give(serviceId, verdict)) return true;
    // What was just read in the database comes a second time.
    if (this.#sinceDecision(serviceId) >= trailingMs) await this.#keepLate(serviceId, verdict);
    return false;
  }

  async place(
    requests: readonly RemoteRequest[],
    picture: readonly ClusterPicture[],
    _deadlineMs: number,
    signal: AbortSignal,
  ): Promise<readonly PlacementAnswer[]> {
    const groups = [...groupByService(requests)];
    const outcomes = await Promise.allSettled(
      groups.map(([serviceId, group]) => this.#decide(serviceId, group, picture, signal)),
    );
    const answers = outcomes.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    const failed = outcomes.find((each) => each.status === 'rejected');
    // Where the deadline has come, nothing is wrong with the connection.
    if (answers.length === 0 && failed && !signal.aborted) throw failed.reason;
    return answers;
  }

  async #decide(
    serviceId: string,
    requests: readonly RemoteRequest[],
    picture: readonly ClusterPicture[],
    signal: AbortSignal,
  ): Promise<readonly PlacementAnswer[]> {
    const service = await this.#options.services.find(serviceId);
    const moves = requests.filter((request) => isMove(request, service));
    const questions = requests.filter((request) => !moves.includes(request));
    const decided = moves.length === 0 ? [] : await builtInScheduler.place(moves, picture);
    const [first] = questions;
    if (first === undefined) return decided;
    const verdict = await this.#ask(service, first, signal);
    if (verdict === undefined) return decided;
    return [...decided, ...questions.map(({ instanceId }) => ({ instanceId, ...verdict }))];
  }

  async #ask(
    service: Service | undefined,
    request: RemoteRequest,
    signal: AbortSignal,
  ): Promise<CloudVerdict | undefined> {
    const { serviceId, refusal } = request;
    const late = this.#verdicts.takeLate(serviceId, this.#options.now()) ?? writtenBy(service);
    if (late !== undefined && refusal === undefined) return late;
    if (this.#verdicts.isAwaited(serviceId)) return undefined;
    const ended = new AbortController();
    const end = (): void => {
      ended.abort();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    // From before it is asked: it may decide while the answer to the question is still on its way, or after that was lost.
    const verdict = this.#verdicts.wait(serviceId, ended.signal);
    try {
      const asked = this.#post(service, request, ended.signal);
      return await Promise.race([verdict, asked.then(() => verdict)]);
    } finally {
      end();
      signal.removeEventListener('abort', end);
    }
  }

  async #post(
    service: Service | undefined,
    request: RemoteRequest,
    signal: AbortSignal,
  ): Promise<void> {
    const { serviceId, siblings } = request;
    if (service) await this.#options.services.invite(serviceId);
    if (service && siblings.size > 0) {
      const body = { job: serviceId, replicas: service.replicas };
      return this.#client.post('/api/calculate/replicate', body, signal);
    }
    const body = { job: jobOf(service) ?? draftJob(request), system_job_id: serviceId };
    return this.#client.post('/api/calculate/deploy', body, signal);
  }

  #onService({ id, after, fields }: Extract<Change, { subject: 'service' }>): void {
    if (after?.lifecycle !== 'live') return;
    const { outside } = after;
    const written = fromWritten(outside?.status, outside?.clusterId);
    // An answer about replicas may leave the status as it is. What the manager itself writes changes its own fields too.
    const foreign = fields.has('cluster') && !fields.has('phaseCounts') && !fields.has('phase');
    const verdict =
      written ?? (foreign && after.clusterId !== undefined ? placedAt(after.clusterId) : undefined);
    if (verdict && this.#give(id, verdict)) return;
    if (outside === undefined || this.#verdicts.isAwaited(id)) return;
    this.#track(this.#takeOver(after));
  }

  #give(serviceId: string, verdict: CloudVerdict): boolean {
    if (!this.#verdicts.give(serviceId, verdict)) return false;
    this.#decidedAt.delete(serviceId);
    this.#decidedAt.set(serviceId, this.#options.now());
    const [oldest] = this.#decidedAt.keys();
    if (this.#decidedAt.size > rememberedMax && oldest !== undefined)
      this.#decidedAt.delete(oldest);
    return true;
  }

  #sinceDecision(serviceId: string): number {
    return this.#options.now() - (this.#decidedAt.get(serviceId) ?? Number.NEGATIVE_INFINITY);
  }

  /** The scheduler places one replica, however many are wanted; its number says so, and is no wish. */
  #trails({ id, replicas, outside }: Service): boolean {
    return this.#sinceDecision(id) < trailingMs && (outside?.replicas ?? 0) < replicas;
  }

  /** Something was written that nobody asked for, or not any more. */
  async #takeOver(service: Service): Promise<void> {
    const { services, scale } = this.#options;
    const { id, outside, phase } = service;
    if (
      outside?.status === undefined &&
      outside?.replicas !== undefined &&
      !this.#trails(service)
    ) {
      await scale(id, outside.replicas);
      return;
    }
    const written = fromWritten(outside?.status, outside?.clusterId);
    if (written?.clusterId !== undefined && phase === 'REQUESTED') this.#enqueue?.(id);
    else await services.restore(service);
  }

  async #keepLate(serviceId: string, verdict: CloudVerdict): Promise<void> {
    const service = await this.#options.services.find(serviceId);
    if (service?.lifecycle !== 'live' || service.phase !== 'REQUESTED') return;
    this.#verdicts.keep(serviceId, verdict, this.#options.now());
    this.#enqueue?.(serviceId);
  }

  #track(work: Promise<void>): void {
    const tracked: Promise<void> = work
      .catch((error: unknown) => {
        this.#options.logger.error({ err: error }, 'a decision could not be taken over');
      })
      .finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }
}

/** A decision that stands in the database and was not taken over yet: after a crash, or a late one. */
const writtenBy = (service: Service | undefined): CloudVerdict | undefined => {
  const verdict = fromWritten(service?.outside?.status, service?.outside?.clusterId);
  return verdict?.clusterId === undefined ? undefined : verdict;
};

const jobOf = (service: Service | undefined): Readonly<Record<string, unknown>> | undefined =>
  service && (service.descriptor.job?.fields ?? toJobFields(service.descriptor));
