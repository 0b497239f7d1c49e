/** An installation of 2021 is switched over: what stands in its database goes on, under the ids that everybody knows. */
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Schemas } from '../support/calls.js';
import { EdgeioClusterManager } from '../support/edgeio-cluster-manager.js';
import { EdgeioSite } from '../support/edgeio-site.js';

const { Double, Int32, ObjectId } = mongoose.mongo;

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const ids = {
  munich: '5ff000000000000000000001',
  nameless: '5ff000000000000000000002',
  runs: '5ff0000000000000000000a1',
  lost: '5ff0000000000000000000a2',
  waits: '5ff0000000000000000000a3',
  turnedDown: '5ff0000000000000000000a4',
  broken: '5ff0000000000000000000a5',
} as const;

const content = (name: string, fields: object = {}) => ({
  api_version: 'v0.1',
  job_name: name,
  image: 'nginx',
  requirements: { cpu: 1, memory: 64 },
  cluster_location: 'munich',
  surplus: ['kept'],
  ...fields,
});

const job = (id: string, name: string, fields: object) => ({
  _id: new ObjectId(id),
  job_name: name,
  file_content: content(name),
  ...fields,
});

let site: EdgeioSite;
let munich: EdgeioClusterManager;

const collection = (database: 'clusters' | 'jobs') =>
  site.manager.store.models[database === 'jobs' ? 'services' : 'clusters'].collection;

beforeAll(async () => {
  munich = await EdgeioClusterManager.create('', { name: 'munich-1', location: 'munich' });
  munich.id = ids.munich;
  munich.jobs.set(ids.runs, {
    status: 'RUNNING',
    replicas: 2,
    node: 'node-1',
    descriptor: { ...content('runs'), system_job_id: ids.runs },
    starts: 1,
  });
  const at = { cluster: new ObjectId(ids.munich) };
  site = await EdgeioSite.start({
    prepare: async ({ models }) => {
      await models.clusters.collection.insertMany([
        {
          _id: new ObjectId(ids.munich) as never,
          cluster_name: 'munich-1',
          cluster_location: 'munich',
          ip: '127.0.0.1',
          port: String(munich.port),
          clusterinfo: { from: '2021' },
          nodes: new Int32(3),
          aggregated_cpu_percent: 12.5,
          total_cpu_cores: 6,
          aggregated_memory_percent: 40,
          memory_in_mb: 8000,
          active_nodes: 2,
          technology: ['docker'],
          more: 0,
          last_modified: new Date(1_610_000_000_000),
          last_modified_timestamp: new Double(1_610_000_000.5),
        },
        { _id: new ObjectId(ids.nameless) as never, cluster_location: 'nowhere' },
      ]);
      await models.services.collection.insertMany([
        job(ids.runs, 'runs', { ...at, status: 'RUNNING', replicas: new Int32(2) }),
        job(ids.lost, 'lost', { ...at, status: 'RUNNING', replicas: 1 }),
        job(ids.waits, 'waits', { status: 'REQUESTED' }),
        job(ids.turnedDown, 'turned.down', { status: 'TargetClusterNotFound' }),
        job(ids.broken, 'broken', { status: 'REQUESTED', file_content: { image: 'nginx' } }),
      ] as never[]);
    },
  });
  munich.pointTo(site.url);
});

afterAll(async () => {
  await site.close();
  await munich.goAway();
});

const running = (id: string, count: number): Promise<void> =>
  site.reportingUntil([munich], `${id} runs`, async () => {
    const { phase, instances } = await site.service(id);
    return phase === 'RUNNING' && instances.RUNNING === count;
  });

const deployed = (id: string): number =>
  munich
    .told('/api/deploy')
    .filter(({ body }) => (body as { system_job_id: string }).system_job_id === id).length;

describe('what an installation of 2021 has left', () => {
  it('is there from the first moment, under its ids, in both views', async () => {
    expect(await site.jobStatus(ids.runs)).toBe('RUNNING');
    const service = await site.service(ids.runs);
    expect(service).toMatchObject({ phase: 'RUNNING', replicas: 2, application: 'edgeio' });
    const instances = await site.instancesOf(ids.runs);
    expect(instances.map(({ phase, clusterId }) => [phase, clusterId])).toEqual([
      ['RUNNING', ids.munich],
      ['RUNNING', ids.munich],
    ]);
    expect(await site.cluster(ids.munich)).toMatchObject({
      name: 'munich-1',
      location: 'munich',
      workerCount: 3,
      capabilities: ['docker'],
    });
    const jobs = JSON.parse((await site.plain('/api/jobs')).text) as { job_name: string }[];
    expect(jobs.map(({ job_name }) => job_name)).toEqual(
      expect.arrayContaining(['runs', 'lost', 'waits', 'turned.down']),
    );
  });

  it('keeps the fields of the database API as they were', async () => {
    const cluster = await collection('clusters').findOne({
      _id: new ObjectId(ids.munich) as never,
    });
    expect(cluster).toMatchObject({
      ip: '127.0.0.1',
      port: String(munich.port),
      clusterinfo: { from: '2021' },
      nodes: 3,
      aggregated_cpu_percent: 12.5,
      total_cpu_cores: 6,
      memory_in_mb: 8000,
      last_modified: new Date(1_610_000_000_000),
      last_modified_timestamp: 1_610_000_000.5,
    });
    const document = await collection('jobs').findOne({ _id: new ObjectId(ids.runs) as never });
    expect(document).toMatchObject({
      job_name: 'runs',
      file_content: content('runs'),
      status: 'RUNNING',
      cluster: new ObjectId(ids.munich),
      replicas: 2,
    });
  });

  it('goes on: what runs is left alone, what was lost and what waited is deployed', async () => {
    await running(ids.runs, 2);
    await running(ids.lost, 1);
    await running(ids.waits, 1);
    await running(ids.turnedDown, 1);
    expect([ids.runs, ids.lost, ids.waits, ids.turnedDown].map(deployed)).toEqual([0, 1, 1, 1]);
    expect(munich.jobs.get(ids.runs)).toMatchObject({ starts: 1, replicas: 2 });
    expect(munich.told('/api/replicate/')).toEqual([]);
    // Six cores were free beside the two that it had taken already.
    expect((await site.cluster(ids.munich)).capacity.cpuCores).toBe(8);
  });

  it('is told in the history', async () => {
    for (const [subject, type] of [
      [ids.munich, 'cluster.registered'],
      [ids.runs, 'service.deployed'],
    ] as const) {
      const path = `/api/v1/events?subjectId=${subject}&limit=500`;
      await site.until(type, async () => {
        const page = await site.ask<Schemas['EventPage']>(200, { path });
        return page.items.filter((event) => event.type === type).length === 1;
      });
    }
  });

  it('has its clusters register again under their ids', async () => {
    expect(await munich.register()).toBe(ids.munich);
  });

  it('is scaled and deleted like everything else', async () => {
    await site.post('/api/replicate_down/' + ids.runs + '/1', {});
    await site.reportingUntil(
      [munich],
      'the cluster is told',
      () => munich.jobs.get(ids.runs)?.replicas === 1,
    );
    await running(ids.runs, 1);
    await site.plain(`/api/delete/${ids.runs}`);
    await site.reportingUntil(
      [munich],
      'it is gone',
      async () => (await site.jobStatus(ids.runs)) === 'UNDEPLOYED',
    );
    expect(munich.jobs.has(ids.runs)).toBe(false);
  });

  it('and makes no sense stays as it is, and disturbs nobody', async () => {
    for (const [id, database] of [
      [ids.broken, 'jobs'],
      [ids.nameless, 'clusters'],
    ] as const) {
      const document = await collection(database).findOne({ _id: new ObjectId(id) as never });
      expect(document).not.toHaveProperty('version');
    }
    expect((await site.plain(`/api/job/status/${ids.broken}`)).status).toBe(404);
    expect((await site.plain(`/api/delete/${ids.broken}`)).status).toBe(404);
    expect((await site.post(`/api/information/${ids.nameless}`, { jobs: [] })).status).toBe(404);
    expect((await site.plain(`/api/cluster/${ids.nameless}/incr_node`)).status).toBe(404);
  });
});

describe('what others write while the manager runs', () => {
  const adopted = (id: string): Promise<boolean> =>
    site.until(
      'it is adopted',
      async () => (await site.plain(`/api/job/status/${id}`)).status === 200,
    );

  it('as a whole job is adopted, and carried out', async () => {
    const id = new ObjectId();
    const written = job(id.toHexString(), 'written', { status: 'REQUESTED' });
    await collection('jobs').insertOne(written as never);
    await adopted(id.toHexString());
    await running(id.toHexString(), 1);
  });

  it('under a name that is taken stays as it is', async () => {
    const id = new ObjectId();
    await collection('jobs').insertOne(job(id.toHexString(), 'waits', {}) as never);
    const other = new ObjectId();
    await collection('jobs').insertOne(job(other.toHexString(), 'after', {}) as never);
    await adopted(other.toHexString());
    await running(other.toHexString(), 1);
    expect((await site.plain(`/api/job/status/${id.toHexString()}`)).status).toBe(404);
  });
});
