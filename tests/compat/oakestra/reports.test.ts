/** The endpoints at which machines call the manager, good and bad: status, headers and body. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PeerSite } from './peer-site.js';
import { askRaw } from './raw-http.js';
import type { ClusterManagerStandIn } from './stand-ins/cluster-manager.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: PeerSite;
let cluster: ClusterManagerStandIn;

beforeAll(async () => {
  site = await PeerSite.open();
  cluster = await site.join({ location: 'munich' });
});

afterAll(() => site.close());

type Fields = Record<string, unknown>;

const shown = async (): Promise<Fields> => {
  const { body } = await site.raw({ path: '/api/clusters/' });
  return (JSON.parse(body) as Fields[]).find(({ _id }) => _id === cluster.id) ?? {};
};

const json = { 'content-type': 'application/json' };
const unknownId = 'bbbbbbbbbbbbbbbbbbbbbbbb';

describe('POST /api/information/<id>', () => {
  it('answers a bare ok', async () => {
    const answer = await cluster.report();
    expect(answer).toMatchObject({
      status: 200,
      body: 'ok',
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-length': '2',
        connection: 'close',
        'access-control-allow-origin': '*',
      },
    });
  });

  it('is kept with its types, and whole numbers without a fraction', async () => {
    await cluster.report({
      memory: 7900.7,
      gpu_percent: 12.7,
      cpu_percent: '12.5',
      vram: 100,
      anything: { else: ['is kept'] },
      virtualization: ['docker', 'docker', 'unikernel'],
      csi_drivers: ['nfs'],
    });
    expect(await shown()).toMatchObject({
      memory: 7900,
      memory_in_mb: 7900,
      gpu_percent: 12,
      cpu_percent: 12.5,
      aggregated_cpu_percent: 12.5,
      vcpus: 4,
      total_cpu_cores: 4,
      active: true,
      active_nodes: 1,
      anything: { else: ['is kept'] },
      virtualization: ['docker', 'docker', 'unikernel'],
      csi_drivers: ['nfs'],
      gpu_drivers: null,
    });
    expect(await site.cluster(cluster.id)).toMatchObject({
      capabilities: ['docker', 'unikernel'],
      capacity: { cpuCores: 4, memoryMiB: 7900, gpus: 0 },
      state: 'active',
    });
  });

  it('makes one point of a history, whatever histories it carries, and keeps a hundred', async () => {
    const other = await site.join();
    for (let count = 0; count < 104; count += 1) await other.report({ cpu_percent: count });
    const { body } = await site.raw({ path: '/api/clusters/active' });
    const found = (JSON.parse(body) as Fields[]).find(({ _id }) => _id === other.id);
    const history = found?.['cpu_history'] as { timestamp: number; value: number }[];
    expect(history.map(({ value }) => value)).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 4),
    );
    expect(typeof history[0]?.timestamp).toBe('number');
  });

  it('does not change name, place or address of the cluster', async () => {
    await cluster.report({
      candidate_name: 'other',
      candidate_location: 'other',
      cluster_name: 'other',
      ip: '10.9.8.7',
      port: '1',
      _id: unknownId,
      active: false,
    });
    expect(await shown()).toMatchObject({
      _id: cluster.id,
      candidate_name: cluster.options.name,
      candidate_location: 'munich',
      ip: '127.0.0.1',
      port: String(cluster.port),
      active: true,
    });
  });

  it('without workers is taken', async () => {
    const none = { memory: 0, vcpus: 0, active_nodes: 0, virtualization: null, jobs: [] };
    const lists = { supported_addons: null, gpu_drivers: null, csi_drivers: null };
    expect(await cluster.report({ ...none, ...lists })).toMatchObject({ status: 200, body: 'ok' });
    await cluster.report();
  });

  it('of a cluster that never registered is answered ok, and makes none', async () => {
    const body = cluster.reportBody();
    const path = `/api/information/${unknownId}`;
    expect(await site.raw({ method: 'POST', path, body })).toMatchObject({
      status: 200,
      body: 'ok',
    });
    expect(await site.manager.app.ports.clusters.find(unknownId)).toBeUndefined();
  });

  it('with jobs that make no sense counts for those that do', async () => {
    const { id } = await site.microservice({
      constraints: [{ type: 'direct', cluster: cluster.options.name, node: '' }],
    });
    await cluster.order('POST', `/${id}/0`);
    const sound = cluster.reportBody()['jobs'] as Fields[];
    const bad = [
      null,
      'job',
      { _id: 'no id', status: 'RUNNING', instance_list: [] },
      { _id: id, status: 1, instance_list: null },
      { _id: id, status: 'RUNNING', instance_list: [null, { instance_number: 'x' }, {}] },
      { status: 'RUNNING' },
    ];
    const answer = await cluster.report({ jobs: [...bad, ...sound] });
    expect(answer).toMatchObject({ status: 200, body: 'ok' });
    await site.until('it runs', async () => (await site.phases(id))[0] === 'RUNNING');
  });

  it('of 15 MiB is taken, of 17 MiB refused', async () => {
    const logs = (size: number) => ({
      jobs: [
        {
          _id: unknownId,
          status: 'RUNNING',
          instance_list: [{ instance_number: 0, logs: 'x'.repeat(size) }],
        },
      ],
    });
    expect((await cluster.report(logs(15 << 20))).status).toBe(200);
    const refused = await cluster.report(logs(17 << 20)).catch(() => ({ status: 413 }));
    expect(refused.status).toBe(413);
  });

  it.each([
    ['an id that is none', { path: '/api/information/nothing', body: { jobs: [] } }],
    ['no jobs', { body: { vcpus: 1 } }],
    ['jobs that are no list', { body: { jobs: {} } }],
    ['a number that is none', { body: { jobs: [], active_nodes: 'abc' } }],
    ['a list that is none', { body: { jobs: [], virtualization: 'docker' } }],
    ['an operator in it', { body: { jobs: [], extra: { $where: '1' } } }],
  ])('with %s is refused with 400 and a reason', async (_what, request) => {
    const path = `/api/information/${cluster.id}`;
    const answer = await site.raw({ method: 'POST', path, ...request });
    expect(answer.status).toBe(400);
    const body = JSON.parse(answer.body) as Fields;
    expect(body).toMatchObject({ code: 400, status: 'Bad Request' });
    expect(typeof body['message']).toBe('string');
  });

  it.each([
    [
      'that is no JSON',
      '{',
      400,
      '{"code":400,"errors":{"json":["Invalid JSON body."]},"status":"Bad Request"}\n',
    ],
    [
      'that is a list',
      '[]',
      422,
      '{"code":422,"errors":{"json":{"_schema":["Invalid input type."]}},"status":"Unprocessable Entity"}\n',
    ],
    [
      'that is a text',
      '"x"',
      422,
      '{"code":422,"errors":{"json":{"_schema":["Invalid input type."]}},"status":"Unprocessable Entity"}\n',
    ],
  ])('with a body %s is refused byte by byte', async (_what, text, status, body) => {
    const path = `/api/information/${cluster.id}`;
    const answer = await site.raw({ method: 'POST', path, headers: json, body: text });
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body });
    expect(answer.headers['content-type']).toBe('application/json');
  });

  it('from outside of the networks is refused', async () => {
    const closed = await PeerSite.open({ oakestra: { clients: '10.0.0.0/8' } });
    try {
      for (const path of [`/api/information/${cluster.id}`, '/api/result/deploy'])
        expect((await closed.raw({ method: 'POST', path, body: { jobs: [] } })).status).toBe(403);
    } finally {
      await closed.close();
    }
  });
});

describe('what was reported of an instance', () => {
  it('is shown with its types', async () => {
    const { id } = await site.microservice({
      constraints: [{ type: 'direct', cluster: cluster.options.name, node: '' }],
    });
    await cluster.order('POST', `/${id}/0`);
    await cluster.report();
    const job = cluster.jobs.get(id);
    job?.instances.set(0, {
      status: 'RUNNING',
      fields: { cpu_percent: 1.5, memory_percent: '2.5', host_port: 50_011, logs: 'l', disk: 7 },
    });
    await cluster.report();
    const { body } = await askRaw(site.resources, { path: `/api/v1/jobs/${id}/0` });
    const [instance] = (JSON.parse(body) as { instance_list: Fields[] }).instance_list;
    expect(instance).toMatchObject({
      instance_number: 0,
      cluster_id: cluster.id,
      cluster_location: 'munich',
      status: 'RUNNING',
      cpu_percent: '1.5',
      memory_percent: '2.5',
      disk: '7',
      logs: 'l',
      publicip: null,
      status_detail: 'No extra information',
      host_port: 50_011,
      last_modified_timestamp: null,
    });
    const history = instance?.['cpu_history'] as { value: string; timestamp: string }[];
    expect(history.map(({ value }) => value)).toEqual(['0.1', '1.5']);
    expect(history[0]?.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
  });
});

describe('POST /api/result/deploy', () => {
  const path = '/api/result/deploy';

  it.each([
    ['a place that nobody waits for', { job_id: unknownId, candidate_id: unknownId }],
    ['a reason that nobody waits for', { job_id: unknownId, status: 'TargetClusterNotActive' }],
  ])('with %s answers a bare ok', async (_what, body) => {
    const answer = await site.raw({ method: 'POST', path, body });
    expect(answer).toMatchObject({
      status: 200,
      body: 'ok',
      headers: { 'content-type': 'text/html; charset=utf-8', connection: 'close' },
    });
  });

  it.each([
    ['neither place nor reason', { job_id: unknownId }],
    ['a reason that nobody knows', { job_id: unknownId, status: 'RAINY' }],
    ['a status that is no reason', { job_id: unknownId, status: 'RUNNING' }],
    ['a job that is none', { job_id: 'x', status: 'TargetClusterNotActive' }],
    ['a place that is none', { job_id: unknownId, candidate_id: 'x' }],
  ])('with %s is refused with 400 and a reason', async (_what, body) => {
    const answer = await site.raw({ method: 'POST', path, body });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 400, status: 'Bad Request' });
  });

  it('with a text in place of an object is refused with 422', async () => {
    const answer = await site.raw({ method: 'POST', path, headers: json, body: '"{}"' });
    expect(answer.status).toBe(422);
  });
});
