/** A manager with agents on real sockets. */
import { startTestManager, type TestManager } from './app.js';
import type { Schemas } from './calls.js';
import { FakeAgent, type Behaviour } from './fake-agent.js';
import { World } from './world.js';

/** A cluster with an agent that is connected. */
export interface Member {
  readonly agent: FakeAgent;
  readonly id: string;
  readonly name: string;
  readonly credential: string;
}

export class Site extends World {
  readonly #agents: FakeAgent[] = [];

  static async start(options: Parameters<typeof startTestManager>[0] = {}): Promise<Site> {
    return new Site(await startTestManager(options));
  }

  get url(): string {
    return this.manager.url;
  }

  async connect(options: Parameters<typeof FakeAgent.connect>[1] = {}): Promise<FakeAgent> {
    const agent = await FakeAgent.connect(this.url, options);
    this.#agents.push(agent);
    return agent;
  }

  /** Enrols a new cluster and sends its first, full report. */
  async enrol(
    fields: Partial<Schemas['HelloFrame']> = {},
    options: Parameters<typeof FakeAgent.connect>[1] = {},
  ): Promise<Member> {
    const name = fields.name ?? this.name('site');
    const agent = await this.connect(options);
    const { clusterId, credential } = await agent.hello({ ...fields, name });
    if (credential === undefined) throw new Error('no credential came');
    await agent.report([], { full: true });
    return { agent, id: clusterId, name, credential };
  }

  /** Enrols a cluster whose agent obeys. */
  async enrolObedient(
    fields: Partial<Schemas['HelloFrame']> = {},
    behave?: Behaviour,
  ): Promise<Member> {
    const member = await this.enrol(fields);
    member.agent.obey(behave);
    return member;
  }

  /** The agent of a known cluster comes again; `hello` is said, nothing is reported. */
  async rejoin(member: Omit<Member, 'agent'>, fields: Partial<Schemas['HelloFrame']> = {}) {
    const agent = await this.connect({ token: member.credential });
    await agent.hello({ name: member.name, ...fields });
    return { ...member, agent };
  }

  /** Deploys to one cluster by name. */
  deployAt(
    { name }: Pick<Member, 'name'>,
    fields: Partial<Schemas['ServiceDescriptor']> = {},
  ): Promise<Schemas['ServiceAccepted']> {
    return this.deploy({ placement: { cluster: name }, ...fields });
  }

  async drain(cluster: Pick<Member, 'id'>, query = ''): Promise<Schemas['Operation']> {
    const path = `/api/v1/clusters/${cluster.id}/drain${query}`;
    return (await this.ask<Schemas['ClusterAccepted']>(202, { method: 'POST', path })).operation;
  }

  async remove(cluster: Pick<Member, 'id'>, query = ''): Promise<Schemas['Operation']> {
    const path = `/api/v1/clusters/${cluster.id}${query}`;
    return (await this.ask<Schemas['ClusterAccepted']>(202, { method: 'DELETE', path })).operation;
  }

  private async wish(method: 'POST' | 'PUT' | 'DELETE', path: string, json?: unknown) {
    const call = { method, path: `/api/v1/services/${path}`, json };
    return (await this.ask<Schemas['ServiceAccepted']>(202, call)).operation;
  }

  scale(serviceId: string, replicas: number): Promise<Schemas['Operation']> {
    return this.wish('POST', `${serviceId}/scale`, { replicas });
  }

  /** A target counts as healthy as soon as it runs, unless `how` says otherwise. */
  migrate(
    serviceId: string,
    cluster: string,
    how: Partial<Schemas['MigrateRequest']> = {},
  ): Promise<Schemas['Operation']> {
    const json = { to: { cluster }, healthySeconds: 0, ...how };
    return this.wish('POST', `${serviceId}/migrate`, json);
  }

  update(serviceId: string, descriptor: object): Promise<Schemas['Operation']> {
    return this.wish('PUT', serviceId, descriptor);
  }

  terminate(serviceId: string): Promise<Schemas['Operation']> {
    return this.wish('DELETE', serviceId);
  }

  async close(): Promise<void> {
    const manager: TestManager = this.manager;
    await manager.close();
  }
}
