/** The Cloud Scheduler of 2021 decides: over HTTP, and through the database that it shares. */
import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Schemas } from '../support/calls.js';
import { EdgeioCloudScheduler, type Question } from '../support/edgeio-cloud-scheduler.js';
import type { EdgeioClusterManager } from '../support/edgeio-cluster-manager.js';
import { EdgeioSite, quickTiming } from '../support/edgeio-site.js';

const { ObjectId } = mongoose.mongo;

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: EdgeioSite;
let scheduler: EdgeioCloudScheduler;
let munich: EdgeioClusterManager;
let names = 0;

beforeAll(async () => {
  scheduler = await EdgeioCloudScheduler.listen();
  site = await EdgeioSite.start({
    tcp: true,
    schedulerUrl: scheduler.url,
    schedulerFallback: 'wait',
    schedulerDeadlineMs: 2_000,
    edgeio: { clients: '127.0.0.0/8', timing: quickTiming },
  });
  await scheduler.connect(site.url, site.manager.tcpUri ?? '');
  munich = await site.join({ name: 'munich-1', location: 'munich', cores: 64, memory: 64_000 });
});

afterAll(async () => {
  await site.close();
  await scheduler.close();
});

beforeEach(async () => {
  scheduler.telling = 'double-encoded';
  scheduler.silent = false;
  scheduler.mute = false;
  scheduler.failsWith = undefined;
  await munich.report();
});

const deploy = (fields: Readonly<Record<string, unknown>> = {}): Promise<string> => {
  names += 1;
  return site.deployJob({ job_name: `job-${names}`, cluster_location: 'munich', ...fields });
};

const asked = (path: string, job: string): Promise<Question> =>
  scheduler.questions.find(
    `${path} about ${job}`,
    (each): each is Question =>
      each.path === path && [each.body['system_job_id'], each.body['job']].includes(job),
  );

const running = (job: string, count = 1): Promise<void> =>
  site.reportingUntil([munich], `${job} runs`, async () => {
    const { phase, instances } = await site.service(job);
    return phase === 'RUNNING' && instances.RUNNING === count;
  });

describe('a Cloud Scheduler of 2021', () => {
  it('is asked with the descriptor and the id, and its double-encoded result is carried out', async () => {
    const job = await deploy({ extra: { kept: true } });
    expect((await asked('/api/calculate/deploy', job)).body).toEqual({
      job: {
        api_version: 'v0.1',
        job_name: `job-${names}`,
        image: 'docker.io/library/nginx:1.27',
        requirements: { cpu: 1, memory: 128 },
        cluster_location: 'munich',
        extra: { kept: true },
      },
      system_job_id: job,
    });
    await running(job);
    const [instance] = await site.instancesOf(job);
    const path = `/api/v1/instances/${instance?.id}/explanation`;
    const { decision } = await site.ask<Schemas['PlacementExplanation']>(200, { path });
    expect(decision).toMatchObject({ verdict: 'PLACED', scheduler: 'cloud-scheduler' });
  });

  it('may send its result as a plain object', async () => {
    scheduler.telling = 'plain';
    await running(await deploy());
  });

  it('may only write it into the database', async () => {
    scheduler.telling = 'database only';
    const job = await deploy();
    await running(job);
    const document = await scheduler.jobs.findOne({ _id: new ObjectId(job) });
    expect(document).toMatchObject({ status: 'RUNNING', replicas: 1 });
    expect(document?.['cluster']).toEqual(new ObjectId(munich.id));
  });

  it('turns a job down in the database only; both views tell the verdict, and it is asked again', async () => {
    const job = await deploy({ cluster_location: 'nowhere' });
    await site.statusBecomes(job, 'TargetClusterNotFound');
    expect(await site.service(job)).toMatchObject({
      phase: 'REQUESTED',
      reason: 'TargetClusterNotFound',
    });
    const nowhere = await site.join({ name: 'nowhere-1', location: 'nowhere' });
    await site.reportingUntil(
      [nowhere],
      'it runs there',
      async () => (await site.jobStatus(job)) === 'RUNNING',
    );
  });

  it.each([
    ['TargetClusterNoCapacity', { requirements: { cpu: 1000, memory: 1 } }],
    ['NoActiveClusterWithCapacity', { cluster_location: undefined }],
  ])('turns a job down with %s', async (verdict, fields) => {
    const job = await deploy(fields);
    await site.statusBecomes(job, verdict);
    await site.plain(`/api/delete/${job}`);
    await site.statusBecomes(job, 'UNDEPLOYED');
  });

  it('takes results that come twice for one', async () => {
    const job = await deploy();
    await running(job);
    const cluster = await scheduler.clusters.findOne({ cluster_name: munich.name });
    for (const _ of [1, 2])
      expect(await scheduler.post('deploy', job, cluster)).toEqual({ status: 200, text: 'ok' });
    await running(job);
    expect(munich.jobs.get(job)).toMatchObject({ replicas: 1, starts: 1 });
    expect((await site.instancesOf(job)).length).toBe(1);
  });

  it('may answer late, after it was given up', async () => {
    scheduler.silent = true;
    const job = await deploy();
    await asked('/api/calculate/deploy', job);
    await site.until('it was given up', async () => {
      const [instance] = await site.instancesOf(job);
      return instance?.reason === 'The scheduler cloud-scheduler did not answer in time.';
    });
    const cluster = await scheduler.clusters.findOne({ cluster_name: munich.name });
    await scheduler.post('deploy', job, cluster);
    await running(job);
  });

  it('is believed although its answer to the question itself never comes', async () => {
    scheduler.mute = true;
    const job = await deploy();
    await running(job);
    expect(munich.jobs.get(job)).toMatchObject({ replicas: 1, starts: 1 });
  });

  it('is asked about replicas of what runs already', async () => {
    const job = await deploy();
    await running(job);
    expect(await site.post('/api/replicate', { job_id: job, replicas: 3 })).toEqual({
      status: 200,
      text: 'ok',
    });
    expect((await asked('/api/calculate/replicate', job)).body).toEqual({ job, replicas: 3 });
    await running(job, 3);
    expect(munich.jobs.get(job)?.replicas).toBe(3);
  });

  it('may write another number of replicas by itself', async () => {
    const job = await deploy();
    await running(job);
    await scheduler.jobs.updateOne({ _id: new ObjectId(job) }, { $set: { replicas: 2 } });
    await running(job, 2);
    expect((await site.service(job)).replicas).toBe(2);
  });

  it('cannot write a status that is not true', async () => {
    const job = await deploy();
    await running(job);
    const filter = { _id: new ObjectId(job) };
    await scheduler.jobs.updateOne(filter, { $set: { status: 'TargetClusterNotFound' } });
    await site.until('the truth is there again', async () => {
      const document = await scheduler.jobs.findOne(filter);
      return document?.['status'] === 'RUNNING';
    });
    expect(await site.service(job)).toMatchObject({ phase: 'RUNNING' });
  });

  it('is not asked for what users aim at a place themselves', async () => {
    const garching = await site.join({ name: 'garching-1', location: 'garching' });
    const job = await deploy();
    await running(job);
    const before = scheduler.questions.all.length;
    await site.post('/api/clusters/move', {
      job_id: job,
      from_location: 'munich',
      to_location: 'garching',
    });
    await site.reportingUntil([munich, garching], 'it is there', async () => {
      const [instance] = await site.instancesOf(job);
      return instance?.clusterId === garching.id && instance.halves.length === 1;
    });
    expect(scheduler.questions.all.length).toBe(before);
  });

  it('places services that were deployed in the other way', async () => {
    const { service } = await site.deploy({
      runtime: 'docker',
      image: 'nginx',
      replicas: 2,
      placement: { location: 'munich' },
    });
    await running(service.id, 2);
    expect(munich.jobs.get(service.id)).toMatchObject({ replicas: 2, starts: 1 });
    expect((await asked('/api/calculate/deploy', service.id)).body['job']).toEqual({
      api_version: 'v0.1',
      job_name: `default.${service.name}`,
      image: 'nginx',
      image_runtime: 'docker',
      cluster_location: 'munich',
      requirements: { cpu: 0, memory: 0 },
    });
  });

  it('can be tried out', async () => {
    expect(await site.plain('/api/test/scheduler')).toMatchObject({
      status: 200,
      text: 'Scheduler Request successfull.',
    });
    scheduler.failsWith = 418;
    expect(await site.plain('/api/test/scheduler')).toMatchObject({
      status: 418,
      text: 'Scheduler Request successfull.',
    });
  });

  it('is asked again while it fails', async () => {
    scheduler.failsWith = 503;
    const job = await deploy();
    await site.until('it is not connected', async () => {
      const [instance] = await site.instancesOf(job);
      return instance?.reason === 'The scheduler cloud-scheduler is not connected.';
    });
    scheduler.failsWith = undefined;
    await running(job);
  });
});
