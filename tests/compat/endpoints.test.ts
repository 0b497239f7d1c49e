/** Each endpoint of 2021 with its good and its bad answers, in the words and with the newlines of that time. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { answersOf, compatOperations } from '../support/contract.js';
import type { EdgeioClusterManager } from '../support/edgeio-cluster-manager.js';
import { sendJson } from '../support/edgeio-cluster-manager.js';
import { EdgeioSite } from '../support/edgeio-site.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const nobody = '000000000000000000000000';

let site: EdgeioSite;
let munich: EdgeioClusterManager;
let job: string;

beforeAll(async () => {
  site = await EdgeioSite.start();
  munich = await site.join({ name: 'munich-1', location: 'munich' });
  await site.join({ name: 'garching-1', location: 'garching' });
  job = await site.deployJob({ cluster_location: 'munich' });
  await site.reportingUntil(
    [munich],
    'it runs',
    async () => (await site.jobStatus(job)) === 'RUNNING',
  );
});

afterAll(() => site.close());

interface Case {
  readonly operation: string;
  readonly status: number;
  readonly name: string;
  readonly method?: 'GET' | 'POST';
  readonly path: () => string;
  /** A JSON body, or a text that is sent as it is. */
  readonly body?: (() => unknown) | undefined;
  readonly answer?: string | RegExp | ((text: string) => void);
}

const get = (
  operation: string,
  status: number,
  name: string,
  path: () => string,
  answer?: Case['answer'],
): Case => ({ operation, status, name, path, ...(answer === undefined ? {} : { answer }) });

const post = (
  operation: string,
  status: number,
  name: string,
  path: string,
  body: () => unknown,
  answer?: Case['answer'],
): Case => ({
  operation,
  status,
  name,
  method: 'POST',
  path: () => path,
  body,
  ...(answer === undefined ? {} : { answer }),
});

const move = (fields: object) => () => ({
  job_id: job,
  from_location: 'munich',
  to_location: 'munich',
  ...fields,
});
const nodeMove = (fields: object) => () => ({
  job_id: job,
  cluster: 'munich',
  from_node: 'node-1',
  to_node: 'node-2',
  ...fields,
});
const result = (fields: object) => () => ({ job_id: job, cluster: munich.id, ...fields });
const isArray = (text: string): void => {
  expect(Array.isArray(JSON.parse(text))).toBe(true);
};

const cases: readonly Case[] = [
  get('edgeioStatus', 200, 'ok', () => '/status', 'ok'),
  get('edgeioFeedback', 200, 'ok', () => '/api/feedback', 'ok'),
  get(
    'edgeioListJobs',
    200,
    'the jobs',
    () => '/api/jobs',
    (text) => {
      expect(JSON.parse(text)).toEqual([
        {
          _id: { $oid: job },
          job_name: 'web',
          file_content: {
            api_version: 'v0.1',
            job_name: 'web',
            image: 'docker.io/library/nginx:1.27',
            requirements: { cpu: 1, memory: 128 },
            cluster_location: 'munich',
          },
          status: 'RUNNING',
          cluster: { $oid: munich.id },
          replicas: 1,
        },
      ]);
    },
  ),
  get('edgeioJobStatus', 200, 'the status', () => `/api/job/status/${job}`, 'RUNNING\n'),
  get('edgeioJobStatus', 404, 'unknown', () => `/api/job/status/${nobody}`, /no service/),
  get('edgeioJobStatus', 404, 'malformed', () => '/api/job/status/xyz', /no such job/),
  get('edgeioDelete', 404, 'unknown', () => `/api/delete/${nobody}`),
  get('edgeioDelete', 404, 'malformed', () => '/api/delete/%24where'),
  post('edgeioDeployResult', 200, 'taken', '/api/result/deploy', result({}), 'ok'),
  post(
    'edgeioDeployResult',
    200,
    'taken, twice encoded, with a date in milliseconds',
    '/api/result/deploy',
    () =>
      JSON.stringify(
        JSON.stringify({
          job_id: job,
          replicas: 1,
          job: {},
          cluster: { _id: { $oid: munich.id }, last_modified: { $date: 1_610_000_000_000 } },
        }),
      ),
    'ok',
  ),
  post('edgeioDeployResult', 400, 'no JSON', '/api/result/deploy', () => '{'),
  post('edgeioDeployResult', 400, 'no cluster', '/api/result/deploy', () => ({ job_id: job })),
  post('edgeioDeployResult', 404, 'unknown job', '/api/result/deploy', result({ job_id: nobody })),
  post(
    'edgeioReplicateResult',
    200,
    'taken',
    '/api/result/replicate',
    result({ replicas: 1 }),
    'ok',
  ),
  post(
    'edgeioReplicateResult',
    400,
    'no number',
    '/api/result/replicate',
    result({ replicas: -1 }),
  ),
  post(
    'edgeioReplicateResult',
    404,
    'unknown job',
    '/api/result/replicate',
    result({ job_id: nobody, replicas: 1 }),
  ),
  get('edgeioTestScheduler', 503, 'none', () => '/api/test/scheduler', 'Scheduler Request failed.'),
  get('edgeioListClusters', 200, 'all', () => '/api/clusters_all', isArray),
  get('edgeioListActiveClusters', 200, 'active', () => '/api/clusters', isArray),
  get('edgeioCountClusters', 200, 'the number', () => '/api/clusters/count', '2'),
  post('edgeioMoveBetweenClusters', 200, 'is there', '/api/clusters/move', move({}), 'ok\n'),
  post(
    'edgeioMoveBetweenClusters',
    400,
    'no target',
    '/api/clusters/move',
    move({ to_location: 1 }),
  ),
  post(
    'edgeioMoveBetweenClusters',
    404,
    'unknown source',
    '/api/clusters/move',
    move({ from_location: 'nowhere' }),
    'Error: Source Cluster does not exist',
  ),
  post(
    'edgeioMoveBetweenClusters',
    404,
    'unknown target',
    '/api/clusters/move',
    move({ to_location: 'nowhere' }),
    'Error: Target Cluster does not exist',
  ),
  post(
    'edgeioMoveBetweenClusters',
    404,
    'unknown job',
    '/api/clusters/move',
    move({ job_id: 'x' }),
  ),
  post(
    'edgeioMoveBetweenClusters',
    409,
    'not there',
    '/api/clusters/move',
    move({ from_location: 'garching', to_location: 'munich' }),
    'Error: the job is not at garching',
  ),
  post('edgeioMoveBetweenNodes', 400, 'no target', '/api/nodes/move', nodeMove({ to_node: null })),
  post(
    'edgeioMoveBetweenNodes',
    404,
    'unknown cluster',
    '/api/nodes/move',
    nodeMove({ cluster: 'nowhere' }),
    'ClusterNotFound\n',
  ),
  post(
    'edgeioMoveBetweenNodes',
    404,
    'unknown job',
    '/api/nodes/move',
    nodeMove({ job_id: nobody }),
  ),
  post(
    'edgeioMoveBetweenNodes',
    409,
    'not there',
    '/api/nodes/move',
    nodeMove({ cluster: 'garching' }),
  ),
  post(
    'edgeioReplicateUp',
    200,
    'taken',
    '/api/replicate_up',
    () => ({ job_id: job, replicas: 1 }),
    'ok',
  ),
  post('edgeioReplicateUp', 400, 'no number', '/api/replicate_up', () => ({
    job_id: job,
    replicas: {},
  })),
  post('edgeioReplicateUp', 404, 'unknown', '/api/replicate_up', () => ({
    job_id: nobody,
    replicas: 2,
  })),
  post('edgeioReplicateUp', 409, 'down', '/api/replicate_up', () => ({ job_id: job, replicas: 0 })),
  get('edgeioReplicateDown', 200, 'taken', () => `/api/replicate_down/${job}/1`, 'ok'),
  get('edgeioReplicateDown', 400, 'no number', () => `/api/replicate_down/${job}/one`),
  get('edgeioReplicateDown', 404, 'unknown', () => `/api/replicate_down/${nobody}/1`),
  get('edgeioReplicateDown', 409, 'up', () => `/api/replicate_down/${job}/9`),
  {
    ...get('edgeioReplicateDownByPost', 200, 'taken', () => `/api/replicate_down/${job}/1`, 'ok'),
    method: 'POST',
  },
  {
    ...get('edgeioReplicateDownByPost', 400, 'no number', () => `/api/replicate_down/${job}/1.5`),
    method: 'POST',
  },
  {
    ...get('edgeioReplicateDownByPost', 404, 'unknown', () => `/api/replicate_down/${nobody}/1`),
    method: 'POST',
  },
  {
    ...get('edgeioReplicateDownByPost', 409, 'up', () => `/api/replicate_down/${job}/2`),
    method: 'POST',
  },
  post(
    'edgeioReplicate',
    200,
    'taken',
    '/api/replicate',
    () => ({ job_id: job, replicas: 1 }),
    'ok',
  ),
  post('edgeioReplicate', 400, 'no object', '/api/replicate', () => [1]),
  post('edgeioReplicate', 404, 'unknown', '/api/replicate', () => ({
    job_id: nobody,
    replicas: 1,
  })),
  get('edgeioAddNode', 200, 'counted', () => `/api/cluster/${munich.id}/incr_node`, 'ok'),
  get('edgeioAddNode', 404, 'unknown', () => `/api/cluster/${nobody}/incr_node`),
  get('edgeioRemoveNode', 200, 'counted', () => `/api/cluster/${munich.id}/decr_node`, 'ok'),
  get('edgeioRemoveNode', 404, 'malformed', () => '/api/cluster/1/decr_node'),
  get('edgeioSetNodes', 200, 'set', () => `/api/cluster/${munich.id}/nodes/4`, 'ok'),
  get('edgeioSetNodes', 400, 'no number', () => `/api/cluster/${munich.id}/nodes/-1`),
  get('edgeioSetNodes', 404, 'unknown', () => `/api/cluster/${nobody}/nodes/4`),
  post('edgeioReport', 400, 'no JSON', `/api/information/${nobody}`, () => 'nothing'),
  post('edgeioReport', 404, 'unknown', `/api/information/${nobody}`, () => ({ jobs: [] })),
];

describe.each(cases)('$operation', ({ status, name, method = 'GET', path, body, answer }) => {
  it(`answers ${status}: ${name}`, async () => {
    const url = `${site.url}${path()}`;
    const got = body ? await sendJson('POST', url, body()) : await site.plain(path(), { method });
    expect([got.status, got.text]).toEqual([status, expect.anything()]);
    if (typeof answer === 'string') expect(got.text).toBe(answer);
    else if (answer instanceof RegExp) expect(got.text).toMatch(answer);
    else answer?.(got.text);
  });
});

describe('every endpoint', () => {
  it('has a case for each documented answer, here or in a file of its own', () => {
    const elsewhere = [
      'edgeioDeploy 200',
      'edgeioDeploy 400',
      'edgeioDeploy 409',
      'edgeioDeploy 413',
      'edgeioDeploy 415',
      'edgeioDelete 200',
      'edgeioReport 200',
      'edgeioReadReport 200',
      'edgeioReadReport 400',
      'edgeioReadReport 404',
      'edgeioMoveBetweenNodes 200',
      'edgeioTestScheduler 200',
      'edgeioReplicate 409',
      'edgeioSetNodes 409',
    ];
    const produced = new Set([
      ...cases.map(({ operation, status }) => `${operation} ${status}`),
      ...elsewhere,
    ]);
    const documented = answersOf(compatOperations('edgeio'))
      .filter(({ status }) => status !== 403)
      .map(({ operationId, status }) => `${operationId} ${status}`);
    expect(documented.filter((pair) => !produced.has(pair))).toEqual([]);
  });
});
