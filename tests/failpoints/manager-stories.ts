/** What users and agents do with a manager at which something fails. Each story ends well, or throws. */
import { expect } from 'vitest';
import type { Schemas } from '../support/calls.js';
import { FakeAgent } from '../support/fake-agent.js';
import { enrolmentToken } from '../support/app.js';
import { Receiver } from '../support/receiver.js';
import type { Site } from '../support/site.js';
import { MemoryCluster } from '../scenarios/memory-cluster.js';

type Method = 'POST' | 'PUT' | 'DELETE';

const triesMax = 20;

export class ManagerStories {
  readonly #site: Site;
  readonly #clusters: MemoryCluster[] = [];
  #home: MemoryCluster | undefined;
  #count = 0;

  constructor(site: Site) {
    this.#site = site;
  }

  async register(): Promise<void> {
    const name = this.#name();
    await this.#insist('POST', '/api/v1/clusters', { name });
    expect(await this.#clusterIds(name)).toHaveLength(1);
  }

  async enrol(): Promise<void> {
    const { name } = await this.#join(this.#name());
    expect(await this.#clusterIds(name)).toHaveLength(1);
  }

  /** The credential of a first enrolment never arrives. */
  async enrolAgain(): Promise<void> {
    const name = this.#name();
    const lost = await FakeAgent.connect(this.#site.url);
    await lost.hello({ name });
    await lost.drop();
    await this.#join(name);
    expect(await this.#clusterIds(name)).toHaveLength(1);
  }

  /** A token for one cluster is spent once, whatever happens on the way. */
  async enrolWithToken(): Promise<void> {
    const name = this.#name();
    const { token } = await this.#accept<Schemas['EnrolmentTokenCreated']>(
      'POST',
      '/api/v1/enrolment-tokens',
      {},
    );
    await this.#join(name, token);
    expect(await this.#clusterIds(name)).toHaveLength(1);
    const second = await FakeAgent.connect(this.#site.url, { token });
    second.send({ type: 'hello', name: this.#name(), capabilities: [] });
    expect((await second.closed).code).toBe(4403);
  }

  /** Who is told, is told of everything, whatever happens on the way. */
  async deliver(): Promise<void> {
    const receiver = await Receiver.start();
    const { webhook } = await this.#accept<Schemas['WebhookWithSecret']>(
      'POST',
      '/api/v1/webhooks',
      { url: receiver.url, types: ['cluster.registered'] },
    );
    const ids: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      ids.push((await this.#site.register()).id);
      const told = ids.length;
      await expect
        .poll(() => new Set(receiver.events.map(({ subjectId }) => subjectId)).size, {
          timeout: 20_000,
        })
        .toBe(told);
    }
    const path = `/api/v1/webhooks/${webhook.id}`;
    await expect
      .poll(async () => (await this.#site.ask<Schemas['Webhook']>(200, { path })).lastSequence, {
        timeout: 20_000,
      })
      .toBeGreaterThanOrEqual(receiver.events.at(-1)?.sequence ?? Infinity);
    await this.#site.send({ method: 'DELETE', path });
    await receiver.close();
  }

  async deploy(): Promise<void> {
    await this.#deployed(await this.#place());
  }

  async change(): Promise<void> {
    const home = await this.#place();
    const service = await this.#deployed(home);
    const path = `/api/v1/services/${service.id}`;
    await this.#wish('POST', `${path}/scale`, { by: 1 });
    expect(await this.#runningAt(home, service.id)).toBe(3);
  }

  async drain(): Promise<void> {
    const { id } = await this.#site.register();
    await this.#wish('POST', `/api/v1/clusters/${id}/drain`);
  }

  async count(): Promise<void> {
    const { cluster } = await this.#accept<Schemas['ClusterRegistered']>(
      'POST',
      '/api/v1/clusters',
      { name: this.#name() },
    );
    const path = `/api/v1/clusters/${cluster.id}`;
    await this.#insist('POST', `${path}/workers`, {});
    expect((await this.#site.cluster(cluster.id)).workerCount).toBe(1);
  }

  async refuse(): Promise<void> {
    const name = this.#name();
    const { service } = await this.#accept<Schemas['ServiceAccepted']>('POST', '/api/v1/services', {
      ...{ name, replicas: 1, command: ['x'] },
      placement: { cluster: name },
    });
    let credential: string | undefined;
    await this.#site.until('the refusal is stored', async () => {
      const agent = await FakeAgent.connect(
        this.#site.url,
        credential === undefined ? {} : { token: credential },
      );
      try {
        credential = (await agent.hello({ name })).credential ?? credential;
        await agent.report([], { full: true });
        agent.nack((await agent.run()).frame, 'not here');
        const outcome = await this.#site.until('the reason is told, or all is over', async () => {
          if (await Promise.race([agent.closed, Promise.resolve(undefined)])) return 'closed';
          const [instance] = await this.#site.instancesOf(service.id);
          return instance?.reason?.includes('not here') === true && 'told';
        });
        return outcome === 'told';
      } finally {
        await agent.drop();
      }
    });
    const [instance] = await this.#site.instancesOf(service.id);
    expect(instance?.phase).not.toBe('RUNNING');
  }

  /** The history has no gap and no duplicate, and tells every service once. */
  async checkHistory(): Promise<void> {
    const { events } = this.#site.manager.store;
    const last = await this.#site.register();
    const all = await this.#site.until('the last change is told', async () => {
      const read = await events.read(0, 100_000);
      return read.some(({ subjectId }) => subjectId === last.id) && read;
    });
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => index + 1));
    for (const type of ['service.deployed', 'operation.accepted', 'cluster.registered']) {
      const subjects = all.filter((each) => each.type === type).map(({ subjectId }) => subjectId);
      expect(new Set(subjects).size, type).toBe(subjects.length);
    }
  }

  async end(): Promise<void> {
    for (const cluster of this.#clusters) await cluster.disconnect();
  }

  /** A cluster that obeys, the same for all stories. */
  async #place(): Promise<MemoryCluster> {
    this.#home ??= await this.#join(this.#name());
    return this.#home;
  }

  async #join(name: string, token = enrolmentToken): Promise<MemoryCluster> {
    const cluster = new MemoryCluster(name);
    this.#clusters.push(cluster);
    await cluster.connect(this.#site.url, token);
    return cluster;
  }

  async #deployed(home: MemoryCluster): Promise<{ id: string }> {
    const { service, operation } = await this.#accept<Schemas['ServiceAccepted']>(
      'POST',
      '/api/v1/services',
      {
        ...{ name: this.#name(), replicas: 2, command: ['x'] },
        placement: { cluster: home.name },
      },
    );
    await this.#site.succeeded(operation);
    expect(await this.#runningAt(home, service.id)).toBe(2);
    return service;
  }

  /** How many instances were started there; none of them twice. */
  async #runningAt(home: MemoryCluster, serviceId: string): Promise<number> {
    const started = home.started.filter((order) => order.serviceId === serviceId);
    expect(new Set(started.map(({ ordinal }) => ordinal)).size).toBe(started.length);
    const running = (await this.#site.instancesOf(serviceId)).filter(
      ({ phase }) => phase === 'RUNNING',
    );
    expect(running).toHaveLength(started.length);
    return started.length;
  }

  async #wish(method: Method, path: string, json?: unknown): Promise<void> {
    const { operation } = await this.#accept<Schemas['ServiceAccepted']>(method, path, json);
    await this.#site.succeeded(operation);
  }

  async #accept<T>(method: Method, path: string, json?: unknown): Promise<T> {
    return JSON.parse(await this.#insist(method, path, json)) as T;
  }

  /** Sends a write again, with its key, until it is acknowledged. */
  async #insist(method: Method, path: string, json?: unknown): Promise<string> {
    const headers = { 'idempotency-key': `failpoint-${(this.#count += 1)}` };
    for (let left = triesMax; ; left -= 1) {
      const answer = await this.#site.send({ method, path, headers, json });
      if (answer.status < 300) return answer.text;
      if (answer.status < 500 || left === 0)
        throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    }
  }

  async #clusterIds(name: string): Promise<readonly string[]> {
    const all = await this.#site.manager.store.clusters.list({ name }, { limit: 10 });
    return all.items.map(({ id }) => id);
  }

  #name(): string {
    return this.#site.name('failing');
  }
}
