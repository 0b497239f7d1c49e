/**
 * Brings orders to the Cluster Managers of Oakestra. Nothing is queued: what a cluster still has to be told follows from the halves that
 * it has not acknowledged. An answer, whatever it is, means that the order has arrived: clusters answer an instance that they have
 * already as they answer what they cannot do, and their next reports show which of the two it was.
 */
import type { Logger } from 'pino';
import type { ChangeFeed } from '../../../domain/change.js';
import type { Endpoint } from '../../../domain/cluster/cluster.js';
import { acknowledgeOrders, endOrders, refuseOrders } from '../../../domain/instance/orders.js';
import type { Instance } from '../../../domain/instance/instance.js';
import type { InstanceNumber } from '../../../domain/instance/record-numbered.js';
import type { Ports } from '../../../domain/ports.js';
import { descriptorAt, type Service } from '../../../domain/service/service.js';
import { AnswerTimes } from '../../delivery/answer-times.js';
import type { PeerAnswer, PeerCall } from '../../delivery/peer-client.js';
import { Rounds, type Peer } from '../../delivery/rounds.js';
import type { Fields } from '../../input.js';
import { isBound, nextOrder, type Order } from './plan.js';

export interface CourierOptions {
  readonly ports: Ports;
  readonly feed: ChangeFeed;
  readonly call: (endpoint: Endpoint, call: PeerCall) => Promise<PeerAnswer>;
  /** The service with this one instance of it, as clusters read it; its id is a plain text. */
  readonly describe: (service: Service, instance: Instance, clusterId: string) => Promise<Fields>;
  /** Tells the network component of the service first; never waits long. */
  readonly announce: (serviceId: string) => Promise<void>;
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

/** Orders about one service in a row; a service has at most so many instances, each with a few orders. */
const ordersMax = 1_000_000;

const pathOf = (serviceId: string, number: number): string => `/api/service/${serviceId}/${number}`;

const isRefusal = ({ status }: PeerAnswer): boolean => status >= 400 && status < 500;
const isDone = ({ status }: PeerAnswer): boolean => status >= 200 && status < 300;

export class OakestraCourier {
  readonly #options: CourierOptions;
  readonly #rounds: Rounds;
  readonly #answers: AnswerTimes;
  /** Numbers that a cluster has without being told; it reports them again, so they need not survive a restart. */
  readonly #strays = new Map<string, Set<number>>();

  constructor(options: CourierOptions) {
    const { retryMsMin, retryMsMax, settleMs } = { ...defaultTiming, ...options.timing };
    this.#options = options;
    this.#answers = new AnswerTimes(options.ports.now, settleMs);
    this.#rounds = new Rounds({
      ...options,
      protocol: 'oakestra',
      serve: (clusterId, serviceId) => this.#serve(clusterId, serviceId),
      retryMsMin,
      retryMsMax,
    });
  }

  /** Resolves once everything that was left open is on its way. It may be stopped and started again. */
  start(): Promise<void> {
    return this.#rounds.start();
  }

  async stop(): Promise<void> {
    await this.#rounds.stop();
    this.#strays.clear();
  }

  /** Whether the cluster was told of the instance so long ago that its reports must know of it. */
  mayForget(clusterId: string, { serviceId, number }: InstanceNumber): boolean {
    return this.#answers.mayForget(
      `${clusterId}${pathOf(serviceId, number)}`,
      this.#rounds.startedAt,
    );
  }

  /** The cluster has an instance that is not bound to it: it is told to delete it, unless it becomes bound before. */
  discard(clusterId: string, instance: InstanceNumber): void {
    if (!this.#rounds.peer(clusterId) || !this.mayForget(clusterId, instance)) return;
    const key = `${clusterId}/${instance.serviceId}`;
    const numbers = this.#strays.get(key) ?? new Set();
    this.#strays.set(key, numbers.add(instance.number));
    this.#rounds.offer(clusterId, instance.serviceId);
  }

  async #serve(clusterId: string, serviceId: string): Promise<void> {
    const { instances, services } = this.#options.ports;
    for (let count = 1; count <= ordersMax; count += 1) {
      const peer = this.#rounds.peer(clusterId);
      if (peer === undefined) return;
      // Those of the cluster, and not those of the service: it may have many more elsewhere.
      const all = (await instances.atCluster(clusterId)).filter(
        (instance) => instance.serviceId === serviceId,
      );
      const service = await services.find(serviceId);
      // Where the service has been deleted, the reconciler is about to say what is to stop; then this is looked at again.
      const order = nextOrder(all, clusterId, service?.lifecycle === 'live');
      if (order === undefined) return this.#clearStrays(peer, serviceId, all);
      if (order.kind !== 'deploy') await this.#end(peer, serviceId, order);
      else if (service) await this.#deploy(peer, service, all, order);
    }
    throw new Error(`the orders about ${serviceId} do not come to an end`);
  }

  async #clearStrays(peer: Peer, serviceId: string, all: readonly Instance[]): Promise<void> {
    const key = `${peer.id}/${serviceId}`;
    const numbers = this.#strays.get(key) ?? new Set();
    for (const number of numbers) {
      if (!isBound(all, peer.id, number)) await this.#delete(peer, serviceId, number);
      numbers.delete(number);
    }
    this.#strays.delete(key);
  }

  async #deploy(
    peer: Peer,
    service: Service,
    all: readonly Instance[],
    { number, revision, replaces, reference }: Extract<Order, { kind: 'deploy' }>,
  ): Promise<void> {
    const { ports, describe, announce } = this.#options;
    const instance = all.find(({ id }) => id === reference.instanceId);
    if (instance === undefined) return;
    await announce(service.id);
    if (replaces) await this.#delete(peer, service.id, number);
    const descriptor = descriptorAt(service, revision);
    const body = await describe({ ...service, descriptor }, instance, peer.id);
    const answer = await this.#call(peer, service.id, number, { method: 'POST', body });
    if (isRefusal(answer)) {
      const reason = answer.text.trim().slice(0, 200) || `refused with ${answer.status}`;
      return refuseOrders(ports, peer.id, peer.session, [reference], reason);
    }
    // What is in the way may not be gone yet, and would be taken for its successor.
    if (replaces && !isDone(answer))
      throw new Error(`the deployment was answered with ${answer.status}`);
    await acknowledgeOrders(ports, peer.id, [reference]);
  }

  async #end(
    peer: Peer,
    serviceId: string,
    order: Exclude<Order, { kind: 'deploy' }>,
  ): Promise<void> {
    const { ports } = this.#options;
    if (order.kind === 'settle') return endOrders(ports, peer.id, [order.reference]);
    const answer = await this.#delete(peer, serviceId, order.number);
    const gone = answer.status === 404 || answer.status === 410;
    await (gone ? endOrders : acknowledgeOrders)(ports, peer.id, [order.reference]);
  }

  #delete(peer: Peer, serviceId: string, number: number): Promise<PeerAnswer> {
    return this.#call(peer, serviceId, number, { method: 'DELETE' });
  }

  /** @throws Error - it was not answered */
  async #call(
    { id, endpoint }: Peer,
    serviceId: string,
    number: number,
    call: Omit<PeerCall, 'path'>,
  ): Promise<PeerAnswer> {
    const { logger } = this.#options;
    const path = pathOf(serviceId, number);
    const answer = await this.#options.call(endpoint, { ...call, path });
    this.#answers.remember(`${id}${path}`);
    const level = isDone(answer) ? 'info' : 'warn';
    logger[level](
      { clusterId: id, serviceId, number, order: call.method, status: answer.status },
      'an order was answered',
    );
    return answer;
  }
}
