/**
 * Brings orders to the clusters of 2021. Nothing is queued: what a cluster still has to be told follows from the halves that it has
 * not acknowledged, so a crash loses nothing, and an order that has become outdated is not told any more.
 */
import type { Logger } from 'pino';
import type { ChangeFeed } from '../../domain/change.js';
import type { Endpoint } from '../../domain/cluster/cluster.js';
import type { Instance } from '../../domain/instance/instance.js';
import { acknowledgeOrders, endOrders, refuseOrders } from '../../domain/instance/orders.js';
import type { Ports } from '../../domain/ports.js';
import { descriptorAt } from '../../domain/service/service.js';
import { toJobFields } from '../../wire/job-descriptor.js';
import { AnswerTimes } from '../delivery/answer-times.js';
import type { PeerAnswer, PeerCall } from '../delivery/peer-client.js';
import { Rounds, type Peer } from '../delivery/rounds.js';
import { nextStep, type Step } from './plan.js';

export interface CourierOptions {
  readonly ports: Ports;
  readonly feed: ChangeFeed;
  readonly call: (endpoint: Endpoint, call: PeerCall) => Promise<PeerAnswer>;
  readonly logger: Logger;
  readonly random: () => number;
  readonly timing?: Partial<typeof defaultTiming> | undefined;
}

const defaultTiming = {
  retryMsMin: 1_000,
  retryMsMax: 60_000,
  /** How long after an answer a report may come that does not know of it yet: two reports. */
  settleMs: 30_000,
};

/** Steps about one service in a row; each brings the cluster closer, so it never comes to this. */
const stepsMax = 1_000;

/** Calls that would bring up something. */
const starting: ReadonlySet<Step['kind']> = new Set<Step['kind']>(['deploy', 'redeploy', 'move']);

const noEffects = { acknowledges: [], ends: [] };

export class Courier {
  readonly #options: CourierOptions;
  readonly #rounds: Rounds;
  readonly #answers: AnswerTimes;
  /** What a cluster has without being told; it reports that again, so it need not survive a restart. */
  readonly #strays = new Set<string>();

  constructor(options: CourierOptions) {
    const { retryMsMin, retryMsMax, settleMs } = { ...defaultTiming, ...options.timing };
    this.#options = options;
    this.#answers = new AnswerTimes(options.ports.now, settleMs);
    this.#rounds = new Rounds({
      ...options,
      protocol: undefined,
      serve: (clusterId, serviceId) => this.#serve(clusterId, serviceId),
      retryMsMin,
      retryMsMax,
    });
  }

  /** Resolves once everything that was left open is on its way. It may be stopped and started again. */
  start(): Promise<void> {
    return this.#rounds.start();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** Whether the cluster was told of the service so long ago that its reports must know of it. */
  mayForget(clusterId: string, serviceId: string): boolean {
    return this.#answers.mayForget(`${clusterId}/${serviceId}`, this.#rounds.startedAt);
  }

  /** The cluster has a service that is not bound to it: it is told to delete that, unless it becomes bound before. */
  discard(clusterId: string, serviceId: string): void {
    if (!this.#rounds.peer(clusterId) || !this.mayForget(clusterId, serviceId)) return;
    this.#strays.add(`${clusterId}/${serviceId}`);
    this.#rounds.offer(clusterId, serviceId);
  }

  async #serve(clusterId: string, serviceId: string): Promise<void> {
    const { instances } = this.#options.ports;
    for (let steps = 1; steps <= stepsMax; steps += 1) {
      const peer = this.#rounds.peer(clusterId);
      if (peer === undefined) return;
      const all = await instances.liveOf(serviceId);
      const step = nextStep(all, clusterId);
      if (step === undefined) return this.#clearStray(peer, serviceId, all);
      // Where the service has been deleted, the reconciler is about to say what is to stop; then this is looked at again.
      if (starting.has(step.kind) && !(await this.#isLive(serviceId))) return;
      await this.#take(peer, serviceId, step);
    }
    throw new Error(`the orders about ${serviceId} do not come to an end`);
  }

  async #isLive(serviceId: string): Promise<boolean> {
    const service = await this.#options.ports.services.find(serviceId);
    return service?.lifecycle === 'live';
  }

  async #clearStray(
    { id, endpoint }: Peer,
    serviceId: string,
    instances: readonly Instance[],
  ): Promise<void> {
    const key = `${id}/${serviceId}`;
    if (!this.#strays.has(key)) return;
    const bound = instances.some(({ halves }) => halves.some(({ clusterId }) => clusterId === id));
    if (!bound) await this.#tell(endpoint, serviceId, { kind: 'delete', ...noEffects });
    this.#answers.remember(key);
    this.#strays.delete(key);
  }

  async #take(peer: Peer, serviceId: string, step: Step): Promise<void> {
    const { ports, logger } = this.#options;
    const { acknowledges, ends } = step;
    if (step.kind === 'refuse')
      return refuseOrders(ports, peer.id, peer.session, acknowledges, step.reason);
    const answer = await this.#tell(peer.endpoint, serviceId, step);
    if (answer !== undefined) {
      this.#answers.remember(`${peer.id}/${serviceId}`);
      logger.info(
        { clusterId: peer.id, serviceId, order: step.kind, status: answer.status },
        'an order was answered',
      );
    }
    const gone = step.kind === 'delete' && (answer?.status === 404 || answer?.status === 410);
    if (gone) return endOrders(ports, peer.id, acknowledges);
    if (answer !== undefined && answer.status >= 400 && answer.status < 500) {
      const reason = answer.text.trim().slice(0, 200) || `refused with ${answer.status}`;
      // A run that is refused ends; a stop cannot be refused, it is told again.
      if (!acknowledges.some(({ action }) => action === 'run'))
        throw new Error(`${step.kind} was refused with ${answer.status}: ${reason}`);
      return refuseOrders(ports, peer.id, peer.session, acknowledges, reason);
    }
    if (answer !== undefined && (answer.status < 200 || answer.status >= 300))
      throw new Error(`${step.kind} was answered with ${answer.status}`);
    await acknowledgeOrders(ports, peer.id, acknowledges);
    await endOrders(ports, peer.id, ends);
  }

  /** @returns nothing where there is nothing to tell */
  async #tell(endpoint: Endpoint, serviceId: string, step: Step): Promise<PeerAnswer | undefined> {
    const { call } = this.#options;
    switch (step.kind) {
      case 'deploy':
        return call(endpoint, await this.#deployment(serviceId, step.revision));
      case 'redeploy': {
        // The cluster has one job of this id, so the new one cannot start beside the old one.
        const deleted = await call(endpoint, {
          method: 'GET',
          path: `/api/delete/${serviceId}`,
        });
        if (deleted.status >= 300 && deleted.status !== 404) return deleted;
        return call(endpoint, await this.#deployment(serviceId, step.revision));
      }
      case 'replicate': {
        const { replicas } = step;
        const body = { job: serviceId, replicas, int_replicas: replicas };
        return call(endpoint, { method: 'POST', path: '/api/replicate/', body });
      }
      case 'move': {
        const body = { job: serviceId, node_from: step.from, node_to: step.to };
        return call(endpoint, { method: 'POST', path: '/api/move/', body });
      }
      case 'delete':
        return call(endpoint, { method: 'GET', path: `/api/delete/${serviceId}` });
      case 'settle':
      case 'refuse':
        return undefined;
    }
  }

  /** The same bytes each time: clusters find a job by what they were sent. */
  async #deployment(serviceId: string, revision: number): Promise<PeerCall> {
    const service = await this.#options.ports.services.find(serviceId);
    if (service === undefined) throw new Error(`there is no service ${serviceId}`);
    const descriptor = descriptorAt(service, revision);
    const fields = descriptor.job?.fields ?? toJobFields(descriptor);
    return {
      method: 'POST',
      path: '/api/deploy',
      body: { ...fields, system_job_id: serviceId },
    };
  }
}
