/** A scheduler of Oakestra decides: what it is asked, what it reads, and what becomes of its decisions. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PeerSite } from './peer-site.js';
import { askRaw } from './raw-http.js';
import type { ClusterManagerStandIn } from './stand-ins/cluster-manager.js';
import { SchedulerStandIn } from './stand-ins/scheduler.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let scheduler: SchedulerStandIn;
let site: PeerSite;
let busy: ClusterManagerStandIn;
let idle: ClusterManagerStandIn;

beforeAll(async () => {
  scheduler = await SchedulerStandIn.listen();
  site = await PeerSite.open({
    schedulerDeadlineMs: 5_000,
    oakestra: { schedulerUrl: scheduler.url },
  });
  scheduler.pointTo(site.oak, site.resources);
  busy = await site.join();
  idle = await site.join();
  await report();
});

afterEach(() => {
  scheduler.silent = false;
  scheduler.times = 1;
});

afterAll(async () => {
  await site.close();
  await scheduler.close();
});

async function report(): Promise<void> {
  await busy.report({ cpu_percent: 80 });
  await idle.report({ cpu_percent: 5 });
}

const decisionOf = async (id: string) => {
  const [instance] = await site.instancesOf(id);
  return instance && (await site.manager.app.ports.instances.find(instance.id))?.decision;
};

const placed = async (id: string, clusterId: string): Promise<void> => {
  await site.until('it is placed', async () => (await decisionOf(id))?.clusterId === clusterId);
};

describe('a question', () => {
  it('is the whole service, and its decision counts', async () => {
    const { id, jobName } = await site.microservice();
    await placed(id, idle.id);
    expect((await decisionOf(id))?.scheduler).toBe('oakestra-scheduler');
    const question = scheduler.questions.all.find(({ _id }) => _id === id);
    expect(question).toMatchObject({
      _id: id,
      job_name: jobName,
      virtualization: 'docker',
      memory: 100,
      vcpus: 1,
      constraints: [],
      instance_list: [],
    });
    await idle.order('POST', `/${id}/0`);
  });

  it('with a direct constraint names the cluster', async () => {
    await report();
    const { id } = await site.microservice({
      constraints: [{ type: 'direct', cluster: busy.options.name, node: '' }],
    });
    await placed(id, busy.id);
    const question = scheduler.questions.all.find(({ _id }) => _id === id);
    expect(question?.['constraints']).toEqual([
      { type: 'direct', cluster: busy.options.name, node: '' },
    ]);
  });

  it('that finds no place is told as the scheduler has told it', async () => {
    await report();
    const { id } = await site.microservice({ vcpus: 4_000 });
    await site.until('it is turned down', async () => {
      const decision = await decisionOf(id);
      return decision?.verdict === 'NoActiveClusterWithCapacity';
    });
    expect((await decisionOf(id))?.scheduler).toBe('oakestra-scheduler');
    await site.end(id);
  });

  it('that is not decided in time is decided by the manager', async () => {
    scheduler.silent = true;
    await report();
    const { id } = await site.microservice();
    await site.until('it is placed', async () => (await decisionOf(id))?.verdict === 'PLACED');
    expect((await decisionOf(id))?.scheduler).toBe('built-in');
    expect((await decisionOf(id))?.reason).toContain('did not answer in time');
  });
});

describe('a decision', () => {
  it('that comes several times, or late, changes nothing', async () => {
    await report();
    scheduler.times = 3;
    const { id } = await site.microservice();
    await placed(id, idle.id);
    await scheduler.posted.find(
      'the decision',
      (each): each is typeof each => each['job_id'] === id,
    );
    const before = await site.service(id);
    const late = { job_id: id, candidate_id: busy.id };
    expect(await scheduler.post(late)).toEqual({ status: 200, body: 'ok' });
    const failed = { job_id: id, status: 'NoActiveClusterWithCapacity' };
    expect(await scheduler.post(failed)).toEqual({ status: 200, body: 'ok' });
    const instances = await site.instancesOf(id);
    expect(instances.map(({ clusterId, halves }) => [clusterId, halves.length])).toEqual([
      [idle.id, 1],
    ]);
    expect((await site.service(id)).version).toBe(before.version);
  });

  it('for a cluster that there is not is asked for again', async () => {
    scheduler.silent = true;
    await report();
    const { id } = await site.microservice();
    await scheduler.questions.find(
      'the question',
      (each): each is typeof each => each['_id'] === id,
    );
    scheduler.silent = false;
    await scheduler.post({ job_id: id, candidate_id: 'cccccccccccccccccccccccc' });
    await placed(id, idle.id);
    expect(scheduler.questions.all.filter(({ _id }) => _id === id).length).toBeGreaterThan(1);
  });
});

describe('the port for resources', () => {
  const read = async (path: string) => {
    const { status, headers, body } = await askRaw(site.resources, { path });
    return { status, type: headers['content-type'], body: JSON.parse(body) as unknown };
  };

  it('lists what is active with what is free of it, and ignores what it does not know', async () => {
    await report();
    const fields = 'constraints,_id,virtualization,csi_drivers,volumes,memory,vcpus,cpu_percent';
    const answer = await read(`/api/v1/resources/?active=true&${fields}`);
    expect(answer).toMatchObject({ status: 200, type: 'application/json' });
    const all = answer.body as Record<string, unknown>[];
    expect(all.map(({ _id }) => _id)).toEqual([busy.id, idle.id]);
    const { capacity, reserved } = (await site.manager.app.ports.clusters.find(idle.id)) ?? {};
    expect(all[1]).toMatchObject({
      candidate_name: idle.options.name,
      ip: '127.0.0.1',
      port: String(idle.port),
      virtualization: ['docker', 'docker'],
      csi_drivers: null,
      cpu_percent: 5,
      vcpus: ((capacity?.cpuMillicores ?? 0) - (reserved?.cpuMillicores ?? 0)) / 1000,
      memory: (capacity?.memoryMiB ?? 0) - (reserved?.memoryMiB ?? 0),
    });
    expect(all[1]).not.toHaveProperty('active');
    expect(all[1]).not.toHaveProperty('cluster_name');
  });

  it('lists by name, with the fields that are asked for', async () => {
    const answer = await read(
      `/api/v1/resources?candidate_name=${busy.options.name}&resources=active,last_modified_timestamp`,
    );
    expect(answer.body).toMatchObject([{ _id: busy.id, active: true }]);
    expect((answer.body as object[])[0]).toHaveProperty('last_modified_timestamp');
    expect((await read('/api/v1/resources?candidate_name=nobody')).body).toEqual([]);
  });

  it('does not list as active what takes nothing', async () => {
    const other = await site.join();
    const listed = async () =>
      ((await read('/api/v1/resources?active=true')).body as { _id: string }[]).map(
        ({ _id }) => _id,
      );
    expect(await listed()).toContain(other.id);
    await site.drain({ id: other.id });
    expect(await listed()).not.toContain(other.id);
  });

  it('reads one, in its own form', async () => {
    const answer = await read(`/api/v1/resources/${idle.id}`);
    expect(answer).toMatchObject({ status: 200, type: 'application/json' });
    expect(answer.body).toMatchObject({
      _id: idle.id,
      candidate_name: idle.options.name,
      active: true,
      vcpus: 4,
      memory: 7900,
      gpu_percent: 0,
      aggregation_per_architecture: {},
    });
    expect(answer.body).not.toHaveProperty('cpu_history');
  });

  it('lists and reads applications and services', async () => {
    const { id, jobName } = await site.microservice({}, 0);
    const jobs = await read(`/api/v1/jobs?job_name=${jobName}`);
    expect(jobs).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(jobs.body).toMatchObject([{ _id: id, job_name: jobName, instance_list: [] }]);
    const job = await read(`/api/v1/jobs/${id}/`);
    expect(job.body).toMatchObject({ _id: id });
    const { applicationID } = job.body as { applicationID: string };
    const application = await read(`/api/v1/applications/${applicationID}`);
    expect(application.body).toMatchObject({
      _id: applicationID,
      applicationID,
      userId: 'Admin',
      microservices: [id],
    });
    expect((await read(`/api/v1/applications/${applicationID}?userId=other`)).body).toBeNull();
    expect((await read('/api/v1/applications?userId=other')).body).toEqual([]);
    expect((await read(`/api/v1/jobs?applicationID=${applicationID}`)).body).toHaveLength(1);
  });

  it.each([
    ['/api/v1/resources?active=perhaps', 422],
    ['/api/v1/resources?job_id=x', 400],
    ['/api/v1/resources?job_id=dddddddddddddddddddddddd', 404],
    ['/api/v1/resources/x', 400],
    ['/api/v1/resources/dddddddddddddddddddddddd', 404],
    ['/api/v1/jobs/x', 400],
    ['/api/v1/jobs/dddddddddddddddddddddddd', 404],
    ['/api/v1/nothing', 404],
  ])('answers %s with %i', async (path, status) => {
    const answer = await read(path);
    expect(answer.status).toBe(status);
    if (status === 422)
      expect(answer.body).toEqual({
        details: { query: { active: ['Not a valid boolean.'] } },
        message: 'Invalid input',
      });
  });

  it('answers ok at its root, and has no hooks', async () => {
    const { status, body } = await askRaw(site.resources, { path: '/' });
    expect({ status, body }).toEqual({ status: 200, body: 'ok' });
    expect((await read('/api/v1/hooks')).body).toEqual([]);
    expect((await read('/api/v1/custom-resources')).body).toEqual([]);
  });

  it.each([
    ['POST', '/api/v1/resources'],
    ['PUT', '/api/v1/resources/'],
    ['PATCH', '/api/v1/resources/dddddddddddddddddddddddd'],
    ['DELETE', '/api/v1/jobs/dddddddddddddddddddddddd/0'],
    ['POST', '/api/v1/hooks'],
  ])('refuses %s %s, since nobody proves there who they are', async (method, path) => {
    const { status, body } = await askRaw(site.resources, { method, path });
    expect(status).toBe(501);
    expect(JSON.parse(body)).toMatchObject({ code: 501 });
    expect(body).toContain('nobody proves here who they are');
  });
});
