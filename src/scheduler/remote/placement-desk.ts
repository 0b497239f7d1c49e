/**
 * Asks remote schedulers on behalf of the reconciler and remembers the answers until they are bound. It owns no decision: what an
 * answer is worth is judged when it is taken in. One batch is on its way to each scheduler at a time, so that the next one sees
 * what the last one has taken; a scheduler that is slow or away holds up nobody but those who want it.
 */
import type { Logger } from 'pino';
import type { SchedulerRegistry } from '../../domain/scheduling/registry.js';
import type {
  Opinion,
  PlacementAnswer,
  PlacementDesk,
  Refusal,
  RemoteScheduler,
} from '../../domain/scheduling/remote.js';
import type { ClusterPicture, PlacementRequest } from '../../domain/scheduling/scheduling.js';
import { askInTime } from './ask.js';
import { Inquiries } from './inquiries.js';
import type { Inquiry } from './inquiry.js';
import { Lane, withoutAnswered } from './lane.js';

/** What happens without a usable answer: the built-in scheduler decides, or the request waits for its scheduler. */
export type FallbackPolicy = 'built-in' | 'wait';

export interface DeskOptions {
  readonly registry: SchedulerRegistry;
  /** Decides for services that name no scheduler. */
  readonly defaultScheduler: string;
  readonly fallback: FallbackPolicy;
  /** How long a batch may take, and how long a scheduler may be away until the fallback decides. */
  readonly deadlineMs: number;
  readonly now: () => number;
  /** Between 0 and 1. */
  readonly random: () => number;
  /** Has the service looked at soon. */
  readonly enqueue: (serviceId: string) => void;
  readonly logger: Logger;
}

/** Requests that one scheduler may have open; the others wait in the state. */
const openMax = 10_000;
/** Answers to one request that may fail to hold, and connections that may break over it, until it is given up. */
const refusalsMax = 3;
const interruptionsMax = 5;
/** How long a negative verdict stands before the same request is asked again. */
const standsMs = 1_000;
const refusalDelayMs = 100;
const silenceDelayMsMin = 1_000;
const silenceDelayMsMax = 60_000;

export class RemoteDesk implements PlacementDesk {
  readonly #options: DeskOptions;
  readonly #inquiries = new Inquiries();
  readonly #lanes = new Map<string, Lane>();
  /** Services that found too many requests open. */
  readonly #crowded = new Set<string>();
  readonly #asking = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  readonly #unsubscribe: () => void;
  #since: number;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#since = options.now();
    this.#unsubscribe = options.registry.onChange((name) => {
      this.#onChange(name);
    });
  }

  /** Schedulers that are not there yet count as away from now on, not from before anybody could connect. */
  begin(): void {
    this.#since = this.#options.now();
    for (const lane of this.#lanes.values())
      if (lane.awaySince !== undefined) lane.awaySince = this.#since;
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#stop.abort();
    await Promise.all(this.#asking);
  }

  consult(request: PlacementRequest): Opinion {
    const { registry, defaultScheduler } = this.#options;
    const name = request.scheduler ?? defaultScheduler;
    if (name === registry.builtIn.name) return { kind: 'built-in' };
    const lane = this.#lane(name);
    const known = this.#inquiries.find(lane, request);
    if (known) return this.#opinion(lane, known);
    if (lane.inquiries.size >= openMax) {
      this.#crowded.add(request.serviceId);
      return { kind: 'pending' };
    }
    return this.#opinion(lane, this.#inquiries.add(lane, request));
  }

  refuse(request: PlacementRequest, refusal: Refusal): Opinion {
    const { registry, defaultScheduler, now, logger } = this.#options;
    const lane = this.#lane(request.scheduler ?? defaultScheduler);
    const inquiry = this.#inquiries.find(lane, request);
    if (inquiry === undefined) return { kind: 'pending' };
    const { instanceId } = request;
    logger.info({ scheduler: lane.name, instanceId, ...refusal }, 'an answer does not hold');
    registry.statistics(lane.name).refused();
    inquiry.refusals += 1;
    inquiry.refusal = refusal;
    this.#wait(inquiry, now() + refusalDelayMs * 2 ** inquiry.refusals);
    if (inquiry.refusals >= refusalsMax)
      this.#giveUp(
        inquiry,
        `The answers of the scheduler ${lane.name} do not hold (${refusal.droppedBy}).`,
      );
    return this.#opinion(lane, inquiry);
  }

  settle(serviceIds: readonly string[], open: ReadonlySet<string>): void {
    for (const serviceId of serviceIds)
      this.#inquiries.settle(
        serviceId,
        ({ state, request }) => state !== 'failed' && open.has(request.instanceId),
      );
    for (const [name, lane] of this.#lanes)
      if (lane.inquiries.size === 0 && !this.#options.registry.knows(name))
        this.#lanes.delete(name);
    if (this.#crowded.size === 0) return;
    if ([...this.#lanes.values()].every(({ inquiries }) => inquiries.size >= openMax)) return;
    for (const serviceId of this.#crowded) this.#options.enqueue(serviceId);
    this.#crowded.clear();
  }

  get ready(): boolean {
    return this.#readyLanes().length > 0;
  }

  dispatch(picture: readonly ClusterPicture[]): void {
    const left = withoutAnswered(picture, this.#lanes.values());
    for (const { lane, remote } of this.#readyLanes()) {
      const asking = this.#ask(lane, remote, left).finally(() => this.#asking.delete(asking));
      this.#asking.add(asking);
    }
  }

  #readyLanes(): readonly { lane: Lane; remote: RemoteScheduler }[] {
    const now = this.#options.now();
    return [...this.#lanes.values()].flatMap((lane) => {
      const remote = this.#options.registry.find(lane.name);
      const ready = remote && !lane.busy && lane.retryAt <= now && lane.hasDue(now);
      return ready && !this.#stop.signal.aborted ? [{ lane, remote }] : [];
    });
  }

  async #ask(lane: Lane, remote: RemoteScheduler, picture: readonly ClusterPicture[]) {
    const { deadlineMs, now, registry, logger } = this.#options;
    const batch = lane.take(remote.requestsMax, now());
    for (const inquiry of batch) inquiry.state = 'asked';
    lane.busy = true;
    const requests = batch.map(({ request, refusal }) => ({ ...request, refusal }));
    const signal = this.#stop.signal;
    try {
      const { answers, latencyMs } = await askInTime(remote, requests, picture, deadlineMs, signal);
      lane.back();
      if (answers.length > 0)
        registry.statistics(lane.name).answered(
          answers.map(({ verdict }) => verdict),
          latencyMs,
        );
      this.#onAnswers(lane, batch, answers);
    } catch (error) {
      logger.warn({ err: error, scheduler: lane.name }, 'a scheduler could not be asked');
      lane.failed(now(), this.#options.random());
      this.#onInterrupted(lane, batch);
    }
    lane.busy = false;
    if (!signal.aborted) this.#enqueueAll(batch);
  }

  #onAnswers(lane: Lane, batch: readonly Inquiry[], answers: readonly PlacementAnswer[]): void {
    const byInstance = new Map(answers.map((answer) => [answer.instanceId, answer]));
    const silent: Inquiry[] = [];
    for (const inquiry of batch) {
      const answer = byInstance.get(inquiry.request.instanceId);
      if (!answer) silent.push(inquiry);
      else if (lane.inquiries.has(inquiry)) {
        inquiry.state = 'answered';
        inquiry.answer = answer;
        inquiry.answeredAt = this.#options.now();
        inquiry.told = false;
      }
    }
    if (silent.length === 0 || this.#stop.signal.aborted) return;
    this.#options.registry.statistics(lane.name).unanswered(silent.length);
    const { name } = lane;
    const reason = `The scheduler ${name} did not answer in time.`;
    // Who answers nothing at all would let one batch after another wait for nothing.
    const all = answers.length > 0 ? silent : [...silent, ...this.#waitingIn(lane)];
    for (const inquiry of all) {
      this.#wait(inquiry, this.#options.now() + this.#silenceDelayMs(inquiry));
      inquiry.silences += 1;
      this.#giveUp(inquiry, reason);
    }
    if (all !== silent) this.#enqueueAll(all);
  }

  #onInterrupted(lane: Lane, batch: readonly Inquiry[]): void {
    for (const inquiry of batch) {
      inquiry.interruptions += 1;
      this.#wait(inquiry, 0);
      if (inquiry.interruptions >= interruptionsMax)
        this.#giveUp(inquiry, `The scheduler ${lane.name} goes away whenever it is asked.`);
    }
  }

  #onChange(name: string): void {
    const lane = this.#lane(name);
    if (this.#options.registry.find(name)) lane.back();
    else lane.awaySince ??= this.#options.now();
    this.#enqueueAll(this.#waitingIn(lane));
  }

  #opinion(lane: Lane, inquiry: Inquiry): Opinion {
    const { now, deadlineMs } = this.#options;
    const { answer, answeredAt, told } = inquiry;
    if (inquiry.state === 'answered' && answer) {
      const until = answeredAt + standsMs;
      const negative = answer.verdict !== 'PLACED';
      if (!negative || !told || now() < until) {
        inquiry.told = true;
        const again = negative && told ? until : undefined;
        return { kind: 'answer', scheduler: lane.name, answer, again };
      }
      this.#wait(inquiry, 0);
    }
    const { awaySince } = lane;
    if (inquiry.state === 'waiting' && awaySince !== undefined && now() >= awaySince + deadlineMs)
      this.#giveUp(inquiry, `The scheduler ${lane.name} is not connected.`);
    if (inquiry.state === 'failed') return { kind: 'fallback', reason: inquiry.reason ?? '' };
    return { kind: 'pending', reason: inquiry.reason, again: this.#againOf(lane, inquiry) };
  }

  /** When something will have changed by time alone. What is on its way tells by itself, and so does a scheduler that comes. */
  #againOf(lane: Lane, { state, notBefore }: Inquiry): number | undefined {
    if (state !== 'waiting') return undefined;
    const now = this.#options.now();
    const { awaySince, retryAt } = lane;
    const givenUpAt = awaySince === undefined ? 0 : awaySince + this.#options.deadlineMs;
    const times = [notBefore, retryAt, givenUpAt].filter((time) => time > now);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #silenceDelayMs({ silences }: Inquiry): number {
    const boundMs = Math.min(silenceDelayMsMax, silenceDelayMsMin * 2 ** Math.min(10, silences));
    return boundMs * (0.5 + this.#options.random() / 2);
  }

  /** Without a usable answer the policy says who decides. Who waits is asked again from the beginning. */
  #giveUp(inquiry: Inquiry, reason: string): void {
    inquiry.reason = reason;
    if (this.#options.fallback === 'built-in') inquiry.state = 'failed';
    else if (inquiry.refusals >= refusalsMax || inquiry.interruptions >= interruptionsMax) {
      inquiry.refusals = 0;
      inquiry.interruptions = 0;
      inquiry.silences += 1;
      this.#wait(inquiry, this.#options.now() + this.#silenceDelayMs(inquiry));
    }
  }

  #wait(inquiry: Inquiry, notBefore: number): void {
    inquiry.state = 'waiting';
    inquiry.answer = undefined;
    inquiry.notBefore = notBefore;
  }

  #waitingIn(lane: Lane): readonly Inquiry[] {
    return [...lane.inquiries].filter(({ state }) => state === 'waiting');
  }

  #enqueueAll(inquiries: readonly Inquiry[]): void {
    for (const serviceId of new Set(inquiries.map(({ request }) => request.serviceId)))
      this.#options.enqueue(serviceId);
  }

  #lane(name: string): Lane {
    const known = this.#lanes.get(name);
    if (known) return known;
    const there = this.#options.registry.find(name) !== undefined;
    const lane = new Lane(name, there ? undefined : this.#since);
    this.#lanes.set(name, lane);
    return lane;
  }
}
