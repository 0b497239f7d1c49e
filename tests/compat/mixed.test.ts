/** Both ways at once: our own API at a cluster of 2021, and the endpoints of 2021 at a cluster with an agent. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EdgeioClusterManager } from '../support/edgeio-cluster-manager.js';
import { EdgeioSite } from '../support/edgeio-site.js';
import type { Member } from '../support/site.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: EdgeioSite;
let munich: EdgeioClusterManager;
let garching: EdgeioClusterManager;
let agent: Member;
let other: Member;

beforeAll(async () => {
  site = await EdgeioSite.start();
  munich = await site.join({ name: 'munich-1', location: 'munich' });
  garching = await site.join({ name: 'garching-1', location: 'garching' });
  const room = { capacity: { cpuCores: 8, memoryMiB: 8192 }, capabilities: ['docker'] };
  agent = await site.enrolObedient({ ...room, name: 'attic-1', location: 'attic' });
  other = await site.enrolObedient({ ...room, name: 'cellar-1', location: 'cellar' });
});

afterAll(() => site.close());

const peers = (): EdgeioClusterManager[] => [munich, garching];

describe('our own API at clusters of 2021', () => {
  let id: string;

  const runs = (at: EdgeioClusterManager, count: number): Promise<void> =>
    site.reportingUntil(peers(), `${count} run at ${at.name}`, async () => {
      // Each by itself: the summary may be of a moment before the others were wanted.
      const instances = await site.instancesOf(id);
      const settled = instances.every(
        ({ phase, clusterId, halves }) =>
          phase === 'RUNNING' && clusterId === at.id && halves.length === 1,
      );
      const { phase } = await site.service(id);
      return phase === 'RUNNING' && settled && instances.length === count;
    });

  it('deploys', async () => {
    const accepted = await site.deploy({
      runtime: 'docker',
      image: 'nginx:1.27',
      replicas: 2,
      resources: { cpuCores: 0.5, memoryMiB: 64 },
      ports: [{ containerPort: 80, hostPort: 8080 }],
      placement: { cluster: 'munich-1' },
    });
    id = accepted.service.id;
    await runs(munich, 2);
    await site.succeeded(accepted.operation);
    expect(munich.jobs.get(id)).toMatchObject({
      replicas: 2,
      starts: 1,
      descriptor: {
        api_version: 'v0.1',
        job_name: `default.${accepted.service.name}`,
        image: 'nginx:1.27',
        image_runtime: 'docker',
        port: '8080:80',
        requirements: { cpu: 0.5, memory: 64 },
        cluster: { name: 'munich-1' },
        system_job_id: id,
      },
    });
  });

  it('scales up and down', async () => {
    await site.scale(id, 4);
    await runs(munich, 4);
    expect(munich.jobs.get(id)?.replicas).toBe(4);
    await site.scale(id, 1);
    await runs(munich, 1);
    expect(munich.jobs.get(id)?.replicas).toBe(1);
  });

  it('migrates, and the source stops after the target runs (P7)', async () => {
    const operation = await site.migrate(id, 'garching-1');
    await garching.orders.find(
      'the deployment',
      (each): each is typeof each => each.path === '/api/deploy',
    );
    expect(munich.jobs.has(id)).toBe(true);
    await runs(garching, 1);
    expect(munich.jobs.has(id)).toBe(false);
    await site.succeeded(operation);
  });

  it('says so when a node is not there, and the source stays (P7)', async () => {
    const move = { job_id: id, cluster: 'garching', from_node: 'node-1', to_node: 'node-9' };
    expect((await site.post('/api/nodes/move', move)).status).toBe(200);
    await site.reportingUntil(peers(), 'the move has failed', async () => {
      const path = `/api/v1/operations?subjectId=${id}&state=failed`;
      const page = await site.ask<{ items: { reason?: string }[] }>(200, { path });
      return page.items.some(({ reason }) => reason?.includes('Target Node Not Found') === true);
    });
    await runs(garching, 1);
    expect(garching.jobs.get(id)).toMatchObject({ node: 'node-1', replicas: 1 });
  });

  it('updates: the old job is deleted before the new one is deployed', async () => {
    const { descriptor } = await site.service(id);
    const from = garching.orders.all.length;
    await site.update(id, {
      ...descriptor,
      image: 'nginx:1.28',
      replicas: 1,
      placement: { cluster: 'garching-1' },
    });
    await runs(garching, 1);
    await site.reportingUntil(peers(), 'the new revision runs', async () => {
      const [instance] = await site.instancesOf(id);
      return instance?.revision === 2;
    });
    const calls = garching.orders.all.slice(from).map(({ path }) => path);
    expect(calls.slice(0, 2)).toEqual([`/api/delete/${id}`, '/api/deploy']);
    expect(garching.jobs.get(id)?.descriptor['image']).toBe('nginx:1.28');
  });

  it('terminates, and nothing is left anywhere (P4)', async () => {
    const operation = await site.terminate(id);
    await site.reportingUntil(
      peers(),
      'it is terminated',
      async () => (await site.service(id)).phase === 'UNDEPLOYED',
    );
    await site.succeeded(operation);
    expect([munich.jobs.size, garching.jobs.size]).toEqual([0, 0]);
  });
});

describe('the endpoints of 2021 at clusters with an agent', () => {
  let job: string;

  const runsAt = (member: Member, count: number): Promise<unknown> =>
    site.until(`${count} run at ${member.name}`, async () => {
      const instances = await site.instancesOf(job);
      const settled = instances.every(
        ({ phase, clusterId, halves }) =>
          phase === 'RUNNING' && clusterId === member.id && halves.length === 1,
      );
      return settled && instances.length === count && (await site.jobStatus(job)) === 'RUNNING';
    });

  it('deploys a YAML file; the agent gets our own form of it', async () => {
    job = await site.deployJob({
      job_name: 'My Job_1',
      cluster_location: 'attic',
      port: 8080,
      surplus: true,
    });
    await runsAt(agent, 1);
    const service = await site.service(job);
    expect(service.name).toMatch(/^my-job-1-[0-9a-f]{8}$/);
    expect(service.descriptor).toEqual({
      name: service.name,
      application: 'edgeio',
      replicas: 1,
      runtime: 'docker',
      image: 'docker.io/library/nginx:1.27',
      resources: { cpuCores: 1, memoryMiB: 128, gpus: 0 },
      ports: [{ containerPort: 8080 }],
      placement: { location: 'attic' },
      restart: 'always',
      oneShot: false,
      whenLost: 'keep',
    });
  });

  it('replicates, moves and deletes', async () => {
    await site.post('/api/replicate_up', { job_id: job, replicas: 2 });
    await runsAt(agent, 2);
    await site.plain(`/api/replicate_down/${job}/1`, { method: 'POST' });
    await runsAt(agent, 1);
    const move = { job_id: job, from_location: 'attic', to_location: 'cellar' };
    expect((await site.post('/api/clusters/move', move)).status).toBe(200);
    await runsAt(other, 1);
    await site.plain(`/api/delete/${job}`);
    await site.statusBecomes(job, 'UNDEPLOYED');
  });

  it('moves to a cluster of 2021 and back', async () => {
    job = await site.deployJob({ job_name: 'traveller', cluster_location: 'attic' });
    await runsAt(agent, 1);
    await site.post('/api/clusters/move', {
      job_id: job,
      from_location: 'attic',
      to_location: 'munich',
    });
    await site.reportingUntil(peers(), 'it is there', async () => {
      const [instance] = await site.instancesOf(job);
      return instance?.clusterId === munich.id && instance.halves.length === 1;
    });
    await site.post('/api/clusters/move', {
      job_id: job,
      from_location: 'munich',
      to_location: 'attic',
    });
    await site.reportingUntil(peers(), 'it is back', async () => {
      const [instance] = await site.instancesOf(job);
      return instance?.clusterId === agent.id && instance.halves.length === 1;
    });
    expect(munich.jobs.has(job)).toBe(false);
  });

  it('counts no worker of theirs away', async () => {
    await agent.agent.report([], { workers: [{ name: 'w-1' }] });
    expect(await site.plain(`/api/cluster/${agent.id}/decr_node`)).toMatchObject({ status: 409 });
    expect(await site.plain(`/api/cluster/${agent.id}/nodes/0`)).toMatchObject({ status: 409 });
    expect((await site.cluster(agent.id)).workerCount).toBe(1);
  });

  it('cannot report in their name, nor take their name (P9)', async () => {
    const answer = await site.post(`/api/information/${agent.id}`, { jobs: [], cpu_cores: 1 });
    expect(answer.status).toBe(404);
    const impostor = await site.createPeer({ name: 'attic-1', location: 'attic' });
    await expect(impostor.register()).rejects.toThrow('disconnected');
    expect((await site.cluster(agent.id)).capacity.cpuCores).toBe(8);
  });
});
