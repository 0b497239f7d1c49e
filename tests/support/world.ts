/** A manager and what users do with it over HTTP, so that tests say what they mean. */
import { expect } from 'vitest';
import type { PendingOrder } from '../../src/domain/instance/orders.js';
import { pendingOrders } from '../../src/domain/instance/orders.js';
import type { TestManager } from './app.js';
import { parsed, send, type Answer, type Call, type Schemas } from './calls.js';

/** A cluster that was registered over HTTP, and whose reports the test writes itself. */
export interface HttpCluster {
  readonly id: string;
  readonly name: string;
  readonly credential: string;
  readonly session: number;
}

type Descriptor = Partial<Schemas['ServiceDescriptor']>;

const waitsAtMostMs = 15_000;

/** Remembers that something has happened until it is asked for. */
class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  readonly ring = (): void => {
    this.#rung = true;
    this.#wake?.();
  };

  /** @returns false when nothing has happened within the time */
  async wait(ms: number): Promise<boolean> {
    if (!this.#rung) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, Math.max(0, ms));
      });
      clearTimeout(timer);
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung;
  }
}

export class World {
  readonly manager: TestManager;
  #names = 0;
  readonly #sequences = new Map<string, number>();

  constructor(manager: TestManager) {
    this.manager = manager;
  }

  /** A name that nobody has. */
  name(prefix = 'n'): string {
    this.#names += 1;
    return `${prefix}-${this.#names}`;
  }

  send(call: Call): Promise<Answer> {
    return send(this.manager.app.http, call);
  }

  /** The body of an answer that must have this status. */
  async ask<T>(status: number, call: Call): Promise<T> {
    const answer = await this.send(call);
    expect([call.method ?? 'GET', call.path, answer.status, answer.text]).toEqual([
      call.method ?? 'GET',
      call.path,
      status,
      expect.anything(),
    ]);
    return parsed<T>(answer);
  }

  /**
   * Asks again after every change of state, until the answer is neither undefined nor false.
   *
   * @throws Error - it did not come to be in time
   */
  async until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
    const deadline = performance.now() + waitsAtMostMs;
    const { feed, events } = this.manager.store;
    const changes = new Bell();
    const stops = [feed.onChange(changes.ring), events.onAppend(changes.ring)];
    try {
      for (;;) {
        const found = await look();
        if (found !== undefined && found !== false) return found;
        if (!(await changes.wait(deadline - performance.now())))
          throw new Error(`did not come to be in time: ${what}`);
      }
    } finally {
      for (const stop of stops) stop();
    }
  }

  async register(fields: Partial<Schemas['ClusterRegistration']> = {}): Promise<HttpCluster> {
    const registered = await this.ask<Schemas['ClusterRegistered']>(201, {
      method: 'POST',
      path: '/api/v1/clusters',
      json: { name: this.name('cluster'), ...fields },
    });
    const { cluster, credential, session } = registered;
    return { id: cluster.id, name: cluster.name, credential, session };
  }

  /** Reports over HTTP in the name of the cluster, with the next sequence number. */
  report(
    cluster: HttpCluster,
    instances: readonly Schemas['InstanceReport'][] = [],
    fields: Partial<Schemas['Report']> = {},
  ): Promise<Schemas['ReportReceipt']> {
    const sequence = (this.#sequences.get(cluster.id) ?? 0) + 1;
    this.#sequences.set(cluster.id, sequence);
    return this.ask(200, {
      method: 'POST',
      path: `/api/v1/clusters/${cluster.id}/reports`,
      token: cluster.credential,
      json: { session: cluster.session, sequence, instances, ...fields },
    });
  }

  /** A cluster that has been heard of and has room. */
  async activeCluster(
    fields: Partial<Schemas['ClusterRegistration']> = {},
    capacity: Partial<Schemas['Resources']> = { cpuCores: 1000, memoryMiB: 1_000_000 },
  ): Promise<HttpCluster> {
    const cluster = await this.register(fields);
    await this.report(cluster, [], {
      capacity: { cpuCores: 0, memoryMiB: 0, gpus: 0, ...capacity },
    });
    return cluster;
  }

  /** Does in the name of the cluster what it is told: everything runs at once, and ends at once. */
  async obey(cluster: HttpCluster): Promise<readonly PendingOrder[]> {
    const instances = await this.manager.store.instances.atCluster(cluster.id);
    const orders = instances.flatMap((instance) => pendingOrders(instance, cluster.id));
    await this.report(
      cluster,
      orders.map(({ instanceId, generation, action }) => ({
        instanceId,
        generation,
        phase: action === 'run' ? 'RUNNING' : 'UNDEPLOYED',
      })),
    );
    return orders;
  }

  descriptor(fields: Descriptor = {}): Descriptor & { name: string } {
    return { name: this.name('service'), command: ['serve'], ...fields };
  }

  deploy(fields: Descriptor = {}): Promise<Schemas['ServiceAccepted']> {
    return this.ask(202, {
      method: 'POST',
      path: '/api/v1/services',
      json: this.descriptor(fields),
    });
  }

  service(id: string): Promise<Schemas['Service']> {
    return this.ask(200, { path: `/api/v1/services/${id}` });
  }

  cluster(id: string): Promise<Schemas['Cluster']> {
    return this.ask(200, { path: `/api/v1/clusters/${id}` });
  }

  instance(id: string): Promise<Schemas['Instance']> {
    return this.ask(200, { path: `/api/v1/instances/${id}` });
  }

  async instancesOf(serviceId: string): Promise<readonly Schemas['Instance'][]> {
    const path = `/api/v1/instances?limit=500&serviceId=${serviceId}`;
    const page = await this.ask<Schemas['InstancePage']>(200, { path });
    return page.items;
  }

  /** The operation when it has ended. */
  async ended(operation: { readonly id: string }): Promise<Schemas['Operation']> {
    const path = `/api/v1/operations/${operation.id}?waitMs=${waitsAtMostMs}`;
    const ended = await this.ask<Schemas['Operation']>(200, { path });
    expect(ended.state).not.toBe('running');
    return ended;
  }

  async succeeded(operation: { readonly id: string }): Promise<Schemas['Operation']> {
    const ended = await this.ended(operation);
    expect([ended.state, ended.reason]).toEqual(['succeeded', undefined]);
    return ended;
  }

  /** A service whose instances all run at the cluster. */
  async runningAt(
    cluster: HttpCluster,
    fields: Descriptor = {},
  ): Promise<Schemas['ServiceAccepted']> {
    const accepted = await this.deploy({ placement: { cluster: cluster.name }, ...fields });
    const { id, replicas } = accepted.service;
    await this.until('the instances are placed', async () => {
      const placed = (await this.instancesOf(id)).filter((each) => each.clusterId === cluster.id);
      return placed.length === replicas;
    });
    await this.obey(cluster);
    await this.succeeded(accepted.operation);
    return accepted;
  }

  /** Terminates the service, whose instances are at the cluster, and waits until nothing of it is left. */
  async terminateAt(cluster: HttpCluster, serviceId: string): Promise<void> {
    const path = `/api/v1/services/${serviceId}`;
    const accepted = await this.ask<Schemas['ServiceAccepted']>(202, { method: 'DELETE', path });
    await this.until('it is told to stop', async () => {
      const orders = await this.obey(cluster);
      return orders.some((order) => order.serviceId === serviceId && order.action === 'stop');
    });
    await this.succeeded(accepted.operation);
  }
}
