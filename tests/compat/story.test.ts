/** The whole story of 2021: a Cluster Manager registers, users deploy, scale, move and delete; all of it over real sockets. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EdgeioSite } from '../support/edgeio-site.js';
import type { EdgeioClusterManager } from '../support/edgeio-cluster-manager.js';
import type { Schemas } from '../support/calls.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: EdgeioSite;
let munich: EdgeioClusterManager;
let garching: EdgeioClusterManager;
let job: string;

beforeAll(async () => {
  site = await EdgeioSite.start();
  munich = await site.join({ name: 'munich-1', location: 'munich' });
  garching = await site.join({ name: 'garching-1', location: 'garching' });
});

afterAll(() => site.close());

const runs = (peer: EdgeioClusterManager): Promise<void> =>
  site.reportingUntil([munich, garching], 'it runs', async () => {
    const instances = await site.instancesOf(job);
    return (
      peer.jobs.has(job) &&
      (await site.jobStatus(job)) === 'RUNNING' &&
      instances.length > 0 &&
      instances.every(({ clusterId, halves }) => clusterId === peer.id && halves.length === 1)
    );
  });

describe('a job through the endpoints of 2021 at Cluster Managers of 2021', () => {
  it('registers clusters that are clusters for everybody', async () => {
    const cluster = await site.cluster(munich.id);
    expect(cluster).toMatchObject({ name: 'munich-1', location: 'munich', state: 'active' });
    expect((await site.plain('/api/clusters/count')).text).toBe('2');
  });

  it('deploys a YAML file, and delivers it to the cluster at its location', async () => {
    job = await site.deployJob({ cluster_location: 'munich', unknown_field: { kept: [1, 'two'] } });
    const order = await munich.orders.find(
      'the deployment',
      (each): each is typeof each => each.path === '/api/deploy',
    );
    expect(order).toEqual({
      method: 'POST',
      path: '/api/deploy',
      body: {
        api_version: 'v0.1',
        job_name: 'web',
        image: 'docker.io/library/nginx:1.27',
        requirements: { cpu: 1, memory: 128 },
        cluster_location: 'munich',
        unknown_field: { kept: [1, 'two'] },
        system_job_id: job,
      },
    });
  });

  it('is RUNNING once the cluster says so, in both views', async () => {
    await runs(munich);
    expect(await site.plain(`/api/job/status/${job}`)).toMatchObject({
      status: 200,
      text: 'RUNNING\n',
    });
    const service = await site.service(job);
    expect(service).toMatchObject({ phase: 'RUNNING', replicas: 1, name: 'web' });
    expect(service.descriptor).toMatchObject({ runtime: 'docker', application: 'edgeio' });
  });

  it('replicates up and down, with the id of the job and the number', async () => {
    expect(await site.post('/api/replicate_up', { job_id: job, replicas: 3 })).toEqual({
      status: 200,
      text: 'ok',
    });
    await site.reportingUntil([munich], 'three run', async () => {
      const { phase, instances } = await site.service(job);
      return phase === 'RUNNING' && instances.RUNNING === 3;
    });
    expect(munich.jobs.get(job)).toMatchObject({ replicas: 3, starts: 1 });
    expect(munich.told('/api/replicate/').at(-1)?.body).toEqual({
      job,
      replicas: 3,
      int_replicas: 3,
    });
    expect(await site.plain(`/api/replicate_down/${job}/1`)).toMatchObject({
      status: 200,
      text: 'ok',
    });
    await site.reportingUntil([munich], 'one is left', async () => {
      const instances = await site.instancesOf(job);
      return instances.length === 1 && munich.jobs.get(job)?.replicas === 1;
    });
    expect(munich.told('/api/delete/')).toEqual([]);
  });

  it('moves between nodes', async () => {
    const move = { job_id: job, cluster: 'munich', from_node: 'node-1', to_node: 'node-2' };
    expect(await site.post('/api/nodes/move', move)).toEqual({ status: 200, text: 'Ok\n' });
    await site.reportingUntil([munich], 'it has moved', async () => {
      const [instance] = await site.instancesOf(job);
      return instance?.worker === 'node-2' && instance.halves.length === 1;
    });
    expect(munich.told('/api/move/').map(({ body }) => body)).toEqual([
      { job, node_from: 'node-1', node_to: 'node-2' },
    ]);
    expect(munich.jobs.get(job)).toMatchObject({ node: 'node-2', replicas: 1, starts: 1 });
  });

  it('moves between clusters: it runs at the target before it is deleted at the source', async () => {
    const move = { job_id: job, from_location: 'munich', to_location: 'garching' };
    expect(await site.post('/api/clusters/move', move)).toEqual({ status: 200, text: 'ok\n' });
    await garching.orders.find(
      'the deployment',
      (each): each is typeof each => each.path === '/api/deploy',
    );
    expect(munich.jobs.has(job)).toBe(true);
    await runs(garching);
    expect(munich.jobs.has(job)).toBe(false);
    expect(munich.told('/api/delete/').map(({ path }) => path)).toEqual([`/api/delete/${job}`]);
  });

  it('counts nodes up, down, and to a number', async () => {
    const count = async (): Promise<number> => (await site.cluster(munich.id)).workerCount;
    expect(await count()).toBe(0);
    await site.plain(`/api/cluster/${munich.id}/decr_node`);
    expect(await count()).toBe(0);
    await site.plain(`/api/cluster/${munich.id}/nodes/5`);
    expect(await count()).toBe(5);
    await site.plain(`/api/cluster/${munich.id}/incr_node`);
    await site.plain(`/api/cluster/${munich.id}/incr_node`);
    await site.plain(`/api/cluster/${munich.id}/decr_node`);
    expect(await count()).toBe(6);
    await site.plain(`/api/cluster/${munich.id}/nodes/2`);
    expect(await count()).toBe(2);
  });

  it('deletes, and nothing is left', async () => {
    expect(await site.plain(`/api/delete/${job}`)).toMatchObject({ status: 200, text: 'ok\n' });
    await site.reportingUntil(
      [garching],
      'it is gone',
      async () => (await site.jobStatus(job)) === 'UNDEPLOYED',
    );
    expect(garching.jobs.size).toBe(0);
    expect((await site.instancesOf(job)).length).toBe(0);
    expect(JSON.parse((await site.plain('/api/jobs')).text)).toEqual([]);
    const page = await site.ask<Schemas['ServicePage']>(200, { path: '/api/v1/services' });
    expect(page.items).toEqual([]);
  });
});
