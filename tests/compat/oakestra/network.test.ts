/** What the network component is told, in which order, and that nothing is lost or held up when it is away. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PeerSite, quickTiming } from './peer-site.js';
import type { ClusterManagerStandIn } from './stand-ins/cluster-manager.js';
import { NetworkStandIn } from './stand-ins/network-component.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let network: NetworkStandIn;
let site: PeerSite;
let cluster: ClusterManagerStandIn;

beforeAll(async () => {
  network = await NetworkStandIn.listen();
  const timing = { ...quickTiming, announceMsMax: 5_000, callMsMax: 10_000 };
  site = await PeerSite.open({ oakestra: { networkUrl: network.url, timing } });
  cluster = await site.join({ networkPort: 10_111, vcpus: 64 });
});

beforeEach(() => {
  network.intercept = () => undefined;
});

afterAll(async () => {
  await site.close();
  await network.goAway();
});

const here = () => ({
  constraints: [{ type: 'direct', cluster: cluster.options.name, node: '' }],
});

const told = (id: string): readonly string[] =>
  network.calls.all
    .filter(({ path, body }) => path.includes(id) || body['_id'] === id)
    .map(({ method, path }) => `${method} ${path.replace(id, '<id>')}`);

const until = (what: string, look: () => boolean): Promise<void> =>
  site.reportingUntil([cluster], what, look);

const runs = (id: string, phases: Readonly<Record<number, string>>): Promise<void> =>
  site.reportingUntil([cluster], `it is ${JSON.stringify(phases)}`, async () => {
    return JSON.stringify(await site.phases(id)) === JSON.stringify(phases);
  });

describe('the network component', () => {
  it('is told of a cluster, with the address of its connection and the port of its own component', async () => {
    await until('it is told', () => network.clusters.has(cluster.id));
    expect(network.told('/api/net/cluster').map(({ method, body }) => ({ method, body }))).toEqual([
      {
        method: 'POST',
        body: { cluster_id: cluster.id, cluster_address: '127.0.0.1', cluster_port: 10_111 },
      },
    ]);
  });

  it('is told of a service before its instances, and of an instance before its cluster', async () => {
    let knownBefore: boolean | undefined;
    cluster.intercept = ({ method, path }) => {
      const id = path.split('/')[3] ?? '';
      if (method === 'POST') knownBefore = network.services.get(id)?.has(0);
      return undefined;
    };
    const { id, jobName } = await site.microservice({
      ...here(),
      addresses: { rr_ip: '10.30.30.30' },
    });
    await runs(id, { 0: 'RUNNING' });
    expect(knownBefore).toBe(true);
    expect(told(id)).toEqual(['POST /api/net/service/deploy', 'POST /api/net/instance/deploy']);
    const [service, instance] = network.calls.all.filter(({ body }) => body['_id'] === id);
    const descriptor = service?.body['deployment_descriptor'] as Record<string, unknown>;
    expect(descriptor).toMatchObject({
      job_name: jobName,
      microserviceID: '',
      microservice_name: 'web',
      microservice_namespace: 'front',
      app_ns: 'prod',
      RR_ip: '10.30.30.30',
    });
    expect(descriptor).not.toHaveProperty('_id');
    expect(instance?.body).toEqual({ instance_number: 0, cluster_id: cluster.id, _id: id });
  });

  it('is told of a service without instances', async () => {
    const { id } = await site.microservice({}, 0);
    await until('it is told', () => network.services.has(id));
    expect(told(id)).toEqual(['POST /api/net/service/deploy']);
  });

  it('is told of the end of each instance, and of the service after all of them', async () => {
    const { id } = await site.microservice(here(), 2);
    await runs(id, { 0: 'RUNNING', 1: 'RUNNING' });
    await site.end(id);
    await until('it is forgotten', () => !network.services.has(id));
    const all = told(id);
    expect([...all.slice(3, 5)].sort()).toEqual([
      'DELETE /api/net/<id>/0',
      'DELETE /api/net/<id>/1',
    ]);
    expect(all.at(-1)).toBe('DELETE /api/net/service/<id>');
    expect(all.length).toBe(6);
  });

  it('has all of it cleared that stands in the way of an end', async () => {
    const { id } = await site.microservice({}, 0);
    await until('it is told', () => network.services.has(id));
    network.services.get(id)?.set(41, 'another cluster');
    await site.end(id);
    await until('it is forgotten', () => !network.services.has(id));
    expect(told(id)).toContain('DELETE /api/net/<id>/-1');
  });

  it('that is away holds nothing up, and is told later', async () => {
    await network.goAway();
    const { id } = await site.microservice(here());
    await runs(id, { 0: 'RUNNING' });
    await network.comeBack();
    await until('it is told', () => network.services.get(id)?.get(0) === cluster.id);
  });

  it('that fails is told again, until it takes it', async () => {
    let failures = 3;
    network.intercept = () => (failures-- > 0 ? { status: 500, text: 'no database' } : undefined);
    const { id } = await site.microservice(here());
    await until('it is told', () => network.services.get(id)?.get(0) === cluster.id);
    await runs(id, { 0: 'RUNNING' });
  });

  it('is not told of services whose names it does not take', async () => {
    const { service } = await site.deployAt(
      { name: cluster.options.name },
      { runtime: 'docker', image: 'nginx' },
    );
    await runs(service.id, { 0: 'RUNNING' });
    const { id } = await site.microservice(here());
    await until('a later one is told', () => network.services.get(id)?.has(0) === true);
    expect(told(service.id)).toEqual([]);
  });

  it('is told nothing twice, also by a manager that leads anew', async () => {
    const { id } = await site.microservice(here());
    await until('it is told', () => network.services.get(id)?.has(0) === true);
    // Noted once the network component has answered.
    const { notices } = site.manager.store;
    await expect.poll(async () => (await notices.all()).get(`instance/${id}/0`)).toBe(cluster.id);
    expect([...(await notices.all()).keys()]).toContain(`service/${id}`);
    const clusters = network.told('/api/net/cluster').length;
    await cluster.register();
    const { id: next } = await site.microservice({}, 0);
    await until('a later one is told', () => network.services.has(next));
    expect(network.told('/api/net/cluster').length).toBe(clusters);
  });
});
