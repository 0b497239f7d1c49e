/** Orders to Cluster Managers of Oakestra: what they are told, and what becomes of it when something goes wrong. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PeerSite } from './peer-site.js';
import type { ClusterManagerStandIn } from './stand-ins/cluster-manager.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: PeerSite;
let cluster: ClusterManagerStandIn;

beforeAll(async () => {
  site = await PeerSite.open();
});

beforeEach(async () => {
  cluster = await site.join({ location: 'munich' });
});

afterAll(() => site.close());

const here = () => ({
  constraints: [{ type: 'direct', cluster: cluster.options.name, node: '' }],
});

const instancesThere = (id: string): readonly number[] => [
  ...(cluster.jobs.get(id)?.instances.keys() ?? []),
];

const runs = (id: string, phases: Readonly<Record<number, string>>): Promise<void> =>
  site.reportingUntil([cluster], `it is ${JSON.stringify(phases)}`, async () => {
    return JSON.stringify(await site.phases(id)) === JSON.stringify(phases);
  });

describe('a deployment', () => {
  it('brings the whole service with exactly the instance that is deployed', async () => {
    const { id, jobName } = await site.microservice({
      ...here(),
      port: '8080:80/tcp',
      environment: ['A=1'],
    });
    const { path, body } = await cluster.order('POST', `/${id}/0`);
    expect(path).toBe(`/api/service/${id}/0`);
    expect(body).toMatchObject({
      _id: id,
      job_name: jobName,
      microserviceID: id,
      microservice_name: 'web',
      microservice_namespace: 'front',
      virtualization: 'docker',
      image: 'docker.io/library/nginx:latest',
      code: 'docker.io/library/nginx:latest',
      memory: 100,
      vcpus: 1,
      port: '8080:80/tcp',
      environment: ['A=1'],
      app_ns: 'prod',
      service_name: 'web',
      service_ns: 'front',
    });
    expect(body['instance_list']).toEqual([
      {
        instance_number: 0,
        cluster_id: cluster.id,
        cluster_location: 'munich',
        status: 'CLUSTER_SCHEDULED',
      },
    ]);
    await runs(id, { 0: 'RUNNING' });
  });

  it('gives every instance a number of its own, and no number twice', async () => {
    const { id } = await site.microservice(here(), 2);
    await runs(id, { 0: 'RUNNING', 1: 'RUNNING' });
    await site.replicas(id, 1);
    await site.reportingUntil([cluster], 'one is left', () => instancesThere(id).length === 1);
    await site.replicas(id, 2);
    await site.reportingUntil([cluster], 'another one has come', () =>
      instancesThere(id).includes(2),
    );
    const deployed = cluster.told('POST').map(({ path }) => path.split('/').at(-1));
    expect([...new Set(deployed)]).toEqual(['0', '1', '2']);
  });

  it('that was not answered is told again', async () => {
    await cluster.goAway();
    const { id } = await site.microservice(here());
    await cluster.comeBack();
    await runs(id, { 0: 'RUNNING' });
  });

  it('whose answer was lost is not started a second time', async () => {
    let lost = true;
    cluster.intercept = ({ method }) => {
      if (method !== 'POST' || !lost) return undefined;
      lost = false;
      return { status: 500, text: '' };
    };
    const { id } = await site.microservice(here());
    await runs(id, { 0: 'RUNNING' });
    expect(instancesThere(id)).toEqual([0]);
  });

  it('that a cluster does not report of is told again', async () => {
    const { id } = await site.microservice(here());
    await runs(id, { 0: 'RUNNING' });
    cluster.jobs.clear();
    await site.reportingUntil(
      [cluster],
      'it is there again',
      () => instancesThere(id).length === 1,
    );
    expect(cluster.told('POST').length).toBeGreaterThan(1);
  });

  it('that is refused is tried elsewhere, or later', async () => {
    cluster.intercept = ({ method }) =>
      method === 'POST' ? { status: 400, text: 'no such image' } : undefined;
    const { id } = await site.microservice(here());
    await cluster.order('POST', `/${id}/0`);
    cluster.intercept = () => undefined;
    await runs(id, { 0: 'RUNNING' });
    expect(cluster.told('POST').length).toBeGreaterThan(1);
  });
});

describe('an end', () => {
  it('is told by number, and is over when the cluster does not report it any more', async () => {
    const { id } = await site.microservice(here(), 3);
    await runs(id, { 0: 'RUNNING', 1: 'RUNNING', 2: 'RUNNING' });
    await site.end(id);
    await site.reportingUntil(
      [cluster],
      'nothing is left',
      async () => Object.keys(await site.phases(id)).length === 0,
    );
    expect(instancesThere(id)).toEqual([]);
    const deleted = cluster.told('DELETE').map(({ path }) => path);
    expect([...deleted].sort()).toEqual([0, 1, 2].map((number) => `/api/service/${id}/${number}`));
  });

  it('that has no effect is told again', async () => {
    const { id } = await site.microservice(here());
    await runs(id, { 0: 'RUNNING' });
    let deaf = true;
    cluster.intercept = ({ method }) =>
      method === 'DELETE' && deaf ? { status: 200, text: '{"status": "ok"}' } : undefined;
    await site.end(id);
    await cluster.order('DELETE', `/${id}/0`);
    deaf = false;
    await site.reportingUntil([cluster], 'it is gone', () => instancesThere(id).length === 0);
  });
});

describe('what a cluster has without being told', () => {
  const strange = { instance_number: 7, status: 'RUNNING' };

  it('of a service that there is not is deleted as a whole', async () => {
    const id = 'aaaaaaaaaaaaaaaaaaaaaaaa';
    const job = { _id: id, job_name: 'a.b.c.d', status: 'RUNNING', instance_list: [strange] };
    const answer = await cluster.report({ jobs: [job] });
    expect(answer).toMatchObject({ status: 200, body: 'ok' });
    expect((await cluster.order('DELETE', '/-1')).path).toBe(`/api/service/${id}/-1`);
  });

  it('of a service that runs elsewhere too is deleted by its number', async () => {
    const { id } = await site.microservice(here());
    await runs(id, { 0: 'RUNNING' });
    cluster.jobs.get(id)?.instances.set(7, { status: 'RUNNING', fields: {} });
    await site.reportingUntil([cluster], 'it is gone', () => !instancesThere(id).includes(7));
    expect(cluster.told('DELETE').map(({ path }) => path)).toEqual([`/api/service/${id}/7`]);
    expect(instancesThere(id)).toEqual([0]);
  });
});

describe('a new descriptor', () => {
  it('takes the place of the old one under the same number', async () => {
    const { id } = await site.microservice(here());
    await runs(id, { 0: 'RUNNING' });
    const { descriptor } = await site.service(id);
    await site.update(id, {
      ...descriptor,
      replicas: 1,
      image: 'docker.io/library/nginx:2',
    });
    await site.reportingUntil([cluster], 'the new one runs', async () => {
      const { revision, phase } = await site.service(id);
      const instances = await site.instancesOf(id);
      return (
        revision === 2 &&
        phase === 'RUNNING' &&
        instances.length === 1 &&
        instances.every(({ halves }) => halves.length === 1 && halves[0]?.revision === 2)
      );
    });
    expect(cluster.orders.all.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST /api/service/${id}/0`,
      `DELETE /api/service/${id}/0`,
      `POST /api/service/${id}/0`,
    ]);
    expect(cluster.jobs.get(id)?.document['image']).toBe('docker.io/library/nginx:2');
  });
});

describe('what a cluster tells of an instance', () => {
  it.each([
    ['FAILED', 'FAILED', 'FAILED'],
    ['DEAD', 'FAILED', 'DEAD'],
    ['REQUESTED', 'FAILED', undefined],
    ['NO_WORKER_CAPACITY', 'FAILED', 'NO_WORKER_CAPACITY'],
    ['COMPLETED', 'COMPLETED', undefined],
  ])('%s after it has run means %s', async (status, phase, reason) => {
    const { id } = await site.microservice(here());
    await runs(id, { 0: 'RUNNING' });
    cluster.jobs.get(id)?.instances.set(0, { status, fields: {} });
    await runs(id, { 0: phase });
    const [instance] = await site.instancesOf(id);
    expect(instance?.halves[0]?.reason).toBe(reason);
    expect(cluster.told('POST').length).toBe(1);
  });

  it('that it runs again counts', async () => {
    const { id } = await site.microservice(here());
    await runs(id, { 0: 'RUNNING' });
    cluster.jobs.get(id)?.instances.set(0, { status: 'DEAD', fields: {} });
    await runs(id, { 0: 'FAILED' });
    cluster.jobs.get(id)?.instances.set(0, { status: 'RUNNING', fields: {} });
    await runs(id, { 0: 'RUNNING' });
  });

  it('a word that nobody knows says that it is there', async () => {
    const { id } = await site.microservice(here());
    await runs(id, { 0: 'RUNNING' });
    cluster.jobs.get(id)?.instances.set(0, { status: 'BORED', fields: {} });
    for (let count = 0; count < 3; count += 1) await cluster.report();
    expect(await site.phases(id)).toEqual({ 0: 'RUNNING' });
    expect(cluster.orders.all.length).toBe(1);
  });
});
