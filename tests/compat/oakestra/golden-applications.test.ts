/** Applications and clusters of section 1.3, row by row. */
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import {
  checkRow,
  error,
  malformed,
  noToken,
  nobody,
  page,
  twice,
  unsound,
  type Known,
  type Row,
} from './golden.js';
import { openGoldenWorld } from './golden-world.js';
import type { OakSite } from './oak-site.js';
import { anApplication, anSla } from './slas.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: OakSite;
let known: Known;

beforeAll(async () => {
  ({ site, known } = await openGoldenWorld());
});

afterAll(() => site.close());

const application = (known: Known): string =>
  `{"applicationID": "${known['hers']}", "application_name": "shop", "application_namespace": "prod", "application_desc": "demo", "microservices": ["${known['herService']}"], "userId": "ada", "_id": {"$oid": "${known['hers']}"}}`;

const noApplication = error(404, 'Not Found', 'There is no such application.');
const applicationOf = (id: (known: Known) => string | undefined) => (known: Known) =>
  `/api/application/${id(known)}`;
const applications: readonly Row[] = [
  {
    name: 'POST: a name that is taken',
    method: 'POST',
    path: '/api/application/',
    as: 'ada',
    body: anSla(),
    status: 409,
    answer: error(409, 'Conflict', 'You have an application shop.prod already.'),
  },
  {
    name: 'POST: names that clusters know already',
    method: 'POST',
    path: '/api/application/',
    as: 'admin',
    body: anSla(),
    status: 409,
    answer: /"code":409,"message":".* has a service named web-front already.*","status":"Conflict"/,
  },
  {
    name: 'POST: the same twice',
    method: 'POST',
    path: '/api/application/',
    as: 'ada',
    body: anSla(
      anApplication({ application_name: 'new' }),
      anApplication({ application_name: 'new' }),
    ),
    status: 409,
    answer: /"code":409/,
  },
  {
    name: 'POST: a field that is wrong',
    method: 'POST',
    path: '/api/application/',
    as: 'ada',
    body: anSla(anApplication({ application_name: 'a.b' })),
    status: 422,
    answer:
      /^\{"code":422,"message":"\/applications\/0\/application_name: .*","status":"Unprocessable Entity"\}\n$/,
  },
  {
    name: 'POST: no version',
    method: 'POST',
    path: '/api/application/',
    as: 'ada',
    body: {},
    status: 422,
    answer: /sla_version/,
  },
  {
    name: 'POST: nothing',
    method: 'POST',
    path: '/api/application/',
    as: 'ada',
    status: 422,
    answer: error(422, 'Unprocessable Entity', 'An SLA in JSON is needed.'),
  },
  {
    name: 'POST: malformed, also without a token',
    method: 'POST',
    path: '/api/application/',
    body: '{',
    status: 400,
    answer: unsound,
  },
  {
    name: 'POST: no token',
    method: 'POST',
    path: '/api/application/',
    body: anSla(),
    status: 401,
    answer: noToken,
  },
  {
    name: 'POST: nothing is made, all are listed',
    method: 'POST',
    path: '/api/application/',
    as: 'ada',
    body: { ...anSla(), applications: [] },
    status: 200,
    answer: (known) => twice(`[${application(known)}]`),
  },
  {
    name: 'GET /api/applications/<userid>: good',
    path: ({ userId }) => `/api/applications/${userId}`,
    as: 'ada',
    status: 200,
    answer: (known) => twice(`[${application(known)}]`),
  },
  {
    name: 'GET /api/applications/<userid>: of somebody else',
    path: ({ userId }) => `/api/applications/${userId}`,
    as: 'admin',
    status: 401,
    answer: error(401, 'Unauthorized', 'These are the applications of somebody else.'),
  },
  {
    name: 'GET /api/applications/: all',
    path: '/api/applications/',
    as: 'admin',
    status: 200,
    answer: (known) =>
      new RegExp(
        String.raw`^"\[\{\\"applicationID\\": \\"${known['hers']}\\".*\\"${known['app']}\\"\}\}\]"\n$`,
      ),
  },
  {
    name: 'GET: good',
    path: applicationOf(({ hers }) => hers),
    as: 'ada',
    status: 200,
    answer: ({ hers, herService }) =>
      `{"_id":{"$oid":"${hers}"},"applicationID":"${hers}","application_desc":"demo","application_name":"shop","application_namespace":"prod","microservices":["${herService}"],"userId":"ada"}\n`,
  },
  {
    name: 'GET: of somebody else',
    path: applicationOf(({ hers }) => hers),
    as: 'admin',
    status: 404,
    answer: noApplication,
  },
  {
    name: 'GET: unknown',
    path: applicationOf(() => nobody),
    as: 'ada',
    status: 404,
    answer: noApplication,
  },
  {
    name: 'GET: no id',
    path: applicationOf(() => 'xyz'),
    as: 'ada',
    status: 404,
    answer: noApplication,
  },
  {
    name: 'PUT: good, with all that was shown',
    method: 'PUT',
    path: applicationOf(({ hers }) => hers),
    as: 'ada',
    body: ({ hers }: Known) => ({
      _id: { $oid: hers },
      applicationID: hers,
      application_name: 'shop',
      application_namespace: 'prod',
      application_desc: 'demo',
      microservices: [],
      userId: 'other',
    }),
    status: 200,
    answer: '{"message":"Application is updated"}\n',
  },
  {
    name: 'PUT: changes neither owner nor services',
    path: applicationOf(({ hers }) => hers),
    as: 'ada',
    status: 200,
    answer: ({ herService }) => new RegExp(`"microservices":\\["${herService}"\\],"userId":"ada"`),
  },
  {
    name: 'PUT: of somebody else',
    method: 'PUT',
    path: applicationOf(({ hers }) => hers),
    as: 'admin',
    body: {},
    status: 404,
    answer: noApplication,
  },
  {
    name: 'PUT: no JSON',
    method: 'PUT',
    path: applicationOf(({ hers }) => hers),
    as: 'ada',
    status: 400,
    answer: error(400, 'Bad Request', 'A JSON object is needed.'),
  },
  {
    name: 'PUT: malformed',
    method: 'PUT',
    path: applicationOf(({ hers }) => hers),
    as: 'ada',
    body: '{',
    status: 400,
    answer: malformed,
  },
  {
    name: 'DELETE: of somebody else',
    method: 'DELETE',
    path: applicationOf(({ hers }) => hers),
    as: 'admin',
    status: 404,
    answer: noApplication,
  },
  {
    name: 'DELETE: no id',
    method: 'DELETE',
    path: applicationOf(() => 'xyz'),
    as: 'ada',
    status: 404,
    answer: noApplication,
  },
  {
    name: 'DELETE: good',
    method: 'DELETE',
    path: applicationOf(({ hers }) => hers),
    as: 'ada',
    status: 200,
    answer: '{"message":"Application Deleted"}\n',
  },
  {
    name: 'nothing is left',
    path: ({ userId }) => `/api/applications/${userId}`,
    as: 'ada',
    status: 200,
    answer: twice('[]'),
  },
];

const clusters: readonly Row[] = [
  {
    name: 'all, without a token',
    path: '/api/clusters/',
    status: 200,
    type: page,
    answer: ({ cluster }) =>
      `[{"_id": "${cluster}", "active_nodes": 0, "cpu_percent": 0, "memory_percent": 0, "cpu_history": [], "memory_history": [], "csi_drivers": [], "gpu_drivers": [], "gpu_percent": 0, "gpu_temp": 0, "memory": 0, "supported_addons": [], "vcpus": 0, "vgpus": 0, "virtualization": ["process"], "vram": 0, "vram_percent": 0, "active": false, "candidate_location": "48.1,11.5,1000", "candidate_name": "c1", "ip": "", "port": "", "last_modified_timestamp": 0, "cluster_name": "c1", "cluster_location": "48.1,11.5,1000", "aggregated_cpu_percent": 0, "memory_in_mb": 0, "total_cpu_cores": 0, "total_gpu_cores": 0}]`,
  },
  {
    name: 'those that have reported within 30 seconds',
    path: '/api/clusters/active',
    status: 200,
    type: page,
    answer: '[]',
  },
  {
    name: 'with a token that is wrong, which nobody looks at',
    path: '/api/clusters/active',
    headers: { authorization: 'Bearer x' },
    status: 200,
    type: page,
    answer: '[]',
  },
];

describe('applications', () => {
  it.each(applications)('$name', (row) => checkRow(site, row, known));
});

describe('clusters', () => {
  it.each(clusters)('$name', (row) => checkRow(site, row, known));
});
