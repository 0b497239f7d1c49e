/**
 * The whole story of Oakestra over real sockets: Cluster Managers register, a user deploys, the scheduler decides, the network component
 * is told, instances come and go. At each step the native API, the surface of 2021 and that of Oakestra say the same.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PeerSite } from './peer-site.js';
import { askRaw } from './raw-http.js';
import type { ClusterManagerStandIn } from './stand-ins/cluster-manager.js';
import { NetworkStandIn } from './stand-ins/network-component.js';
import { SchedulerStandIn } from './stand-ins/scheduler.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

type Fields = Record<string, unknown>;

let network: NetworkStandIn;
let scheduler: SchedulerStandIn;
let site: PeerSite;
let munich: ClusterManagerStandIn;
let garching: ClusterManagerStandIn;
let application: string;
let service: string;

beforeAll(async () => {
  network = await NetworkStandIn.listen();
  scheduler = await SchedulerStandIn.listen();
  site = await PeerSite.open({
    edgeio: { clients: '127.0.0.0/8' },
    oakestra: { networkUrl: network.url, schedulerUrl: scheduler.url },
  });
  scheduler.pointTo(site.oak, site.resources);
});

afterAll(async () => {
  await site.close();
  await scheduler.close();
  await network.goAway();
});

/** Clients decode a text once more where they find one. */
const decode = (body: string): unknown => {
  const value = JSON.parse(body) as unknown;
  return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
};

async function user(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await site.as(undefined, { method, path, body });
  expect([method, path, answer.status, answer.body]).toEqual([method, path, 200, answer.body]);
  return decode(answer.body);
}

interface Seen {
  readonly status: string | undefined;
  /** Cluster and status by number. */
  readonly instances: Readonly<Record<number, readonly [string, string]>>;
}

/** As a client of Oakestra sees the service. */
async function atOakestra(): Promise<Seen> {
  const document = (await user('GET', `/api/service/${service}`)) as Fields;
  const list = document['instance_list'] as Fields[];
  return {
    status: document['status'] as string | undefined,
    instances: Object.fromEntries(
      list.map((each) => [
        each['instance_number'] as number,
        [each['cluster_id'] as string, each['status'] as string] as const,
      ]),
    ),
  };
}

/** As everybody else sees it. */
async function atHome(): Promise<Seen> {
  const { phase } = await site.service(service);
  const numbers = await site.numbers(service);
  const instances = await site.instancesOf(service);
  return {
    status: phase,
    instances: Object.fromEntries(
      instances
        .filter((each) => each.clusterId !== undefined && each.phase !== 'UNDEPLOYING')
        .map((each) => [numbers.get(each.id) ?? -1, [each.clusterId ?? '', each.phase] as const]),
    ),
  };
}

const of2021 = async (): Promise<string> =>
  (await (await fetch(`${site.url}/api/job/status/${service}`)).text()).trim();

/** Has clusters report until all three views say this. */
async function allSay(status: string, instances: Seen['instances']): Promise<void> {
  const wanted = JSON.stringify({ status, instances });
  await site.reportingUntil([munich, garching], wanted, async () => {
    const views = [await atOakestra(), await atHome()].map((view) => JSON.stringify(view));
    return views.every((view) => view === wanted) && (await of2021()) === status;
  });
}

const sla = {
  sla_version: 'v2.0',
  customerID: 'Admin',
  applications: [
    {
      applicationID: '',
      application_name: 'shop',
      application_namespace: 'prod',
      application_desc: 'demo',
      microservices: [
        {
          microserviceID: '',
          microservice_name: 'web',
          microservice_namespace: 'front',
          virtualization: 'container',
          memory: 100,
          vcpus: 1,
          code: 'docker.io/library/nginx:latest',
          port: '8080:80/tcp',
          environment: ['A=1'],
          addresses: { rr_ip: '10.30.30.30' },
        },
      ],
    },
  ],
};

describe('a service through the endpoints of Oakestra at its Cluster Managers', () => {
  it('has clusters that are clusters for everybody', async () => {
    munich = await site.join({ name: 'munich', location: 'munich', cpu: 90 });
    garching = await site.join({ name: 'garching', location: 'garching', cpu: 3 });
    const listed = (await user('GET', '/api/clusters/active')) as Fields[];
    expect(listed.map(({ _id: id, cluster_name: name }) => [id, name])).toEqual([
      [munich.id, 'munich'],
      [garching.id, 'garching'],
    ]);
    expect(await site.cluster(munich.id)).toMatchObject({
      name: 'munich',
      location: 'munich',
      state: 'active',
    });
    expect(await (await fetch(`${site.url}/api/clusters/count`)).text()).toBe('2');
    await site.reportingUntil([munich, garching], 'the network knows both', () =>
      [munich, garching].every(({ id }) => network.clusters.has(id)),
    );
  });

  it('is created with its application, and is not deployed yet', async () => {
    const all = (await user('POST', '/api/application/', sla)) as Fields[];
    expect(all).toMatchObject([{ application_name: 'shop', application_namespace: 'prod' }]);
    const [{ applicationID, microservices } = {}] = all as {
      applicationID?: string;
      microservices?: string[];
    }[];
    application = applicationID ?? '';
    service = microservices?.[0] ?? '';
    expect(service).toMatch(/^[0-9a-f]{24}$/);
    expect(await atOakestra()).toEqual({ status: undefined, instances: {} });
    expect(await site.service(service)).toMatchObject({ replicas: 0 });
    await site.reportingUntil([munich, garching], 'the network knows it', () =>
      network.services.has(service),
    );
    expect(munich.orders.all.concat(garching.orders.all)).toEqual([]);
  });

  it('is deployed where the scheduler says, after the network knows', async () => {
    expect(await user('POST', `/api/service/${service}/instance`)).toEqual({ message: 'ok' });
    await garching.order('POST', `/api/service/${service}/0`);
    expect(network.services.get(service)?.get(0)).toBe(garching.id);
    await allSay('RUNNING', { 0: [garching.id, 'RUNNING'] });
    expect(scheduler.questions.all.map(({ _id: id }) => id)).toEqual([service]);
    const document = (await user('GET', `/api/service/${service}`)) as { instance_list: Fields[] };
    expect(document.instance_list[0]).toMatchObject({
      cluster_location: 'garching',
      cpu_percent: '0.100000',
      publicip: '10.0.0.5',
      host_port: 50_011,
      logs: 'hello',
    });
  });

  it('is read the same from the port for resources', async () => {
    const path = `/api/v1/jobs/${service}`;
    const job = JSON.parse((await askRaw(site.resources, { path })).body) as Fields;
    expect(job).toMatchObject({
      _id: service,
      job_name: 'shop.prod.web.front',
      applicationID: application,
      status: 'RUNNING',
      next_instance_progressive_number: 1,
    });
  });

  it('fails and comes back at its cluster, in all views', async () => {
    garching.jobs.get(service)?.instances.set(0, { status: 'FAILED', fields: {} });
    await allSay('FAILED', { 0: [garching.id, 'FAILED'] });
    garching.jobs.get(service)?.instances.set(0, { status: 'RUNNING', fields: {} });
    await allSay('RUNNING', { 0: [garching.id, 'RUNNING'] });
  });

  it('scales up and down, and gives no number twice', async () => {
    await user('POST', `/api/service/${service}/instance`);
    await allSay('RUNNING', {
      0: [garching.id, 'RUNNING'],
      1: [garching.id, 'RUNNING'],
    });
    await user('DELETE', `/api/service/${service}/instance/1`);
    await allSay('RUNNING', { 0: [garching.id, 'RUNNING'] });
    await user('POST', `/api/service/${service}/instance`);
    await allSay('RUNNING', {
      0: [garching.id, 'RUNNING'],
      2: [garching.id, 'RUNNING'],
    });
    await site.reportingUntil([munich, garching], 'the network knows', () =>
      [0, 2].every((number) => network.services.get(service)?.has(number) === true),
    );
    expect(network.services.get(service)?.has(1)).toBe(false);
  });

  it('moves to the other cluster for users of the native API, under the same number', async () => {
    await site.migrate(service, 'munich');
    await allSay('RUNNING', { 0: [munich.id, 'RUNNING'], 2: [munich.id, 'RUNNING'] });
    await site.reportingUntil([munich, garching], 'nothing is left there', () => {
      const known = network.services.get(service);
      return (
        !garching.jobs.has(service) && [0, 2].every((number) => known?.get(number) === munich.id)
      );
    });
  });

  it('is deleted, and nothing of it is left anywhere', async () => {
    await user('DELETE', `/api/application/${application}`);
    await site.reportingUntil([munich, garching], 'it is gone', async () => {
      const { status } = await askRaw(site.resources, { path: `/api/v1/jobs/${service}` });
      return status === 404 && !munich.jobs.has(service) && !network.services.has(service);
    });
    expect(await user('GET', '/api/services/')).toEqual([]);
    expect((await site.instancesOf(service)).length).toBe(0);
    await site.until('all say so', async () => (await of2021()) === 'UNDEPLOYED');
  });
});
