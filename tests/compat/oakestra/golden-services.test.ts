/** Services of section 1.3, row by row. */
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import {
  checkRow,
  error,
  forbidden,
  noTokenThere,
  nobody,
  twice,
  unsound,
  type Known,
  type Row,
} from './golden.js';
import { openGoldenWorld } from './golden-world.js';
import type { OakSite } from './oak-site.js';
import { aMicroservice, anApplication, anSla } from './slas.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: OakSite;
let known: Known;

beforeAll(async () => {
  ({ site, known } = await openGoldenWorld());
});

afterAll(() => site.close());

const service = ({ app, service: id }: Known): string =>
  String.raw`{"job_name": "other.prod.web.front", "microserviceID": "${id}", "microservice_name": "web", "microservice_namespace": "front", "memory": 100, "vcpus": 1, "code": "docker.io/library/nginx:latest", "port": "8080:80/tcp", "environment": ["A=1"], "addresses": {"rr_ip": "10.30.30.30"}, "note": "gr\u00f6\u00dfer", "virtualization": "docker", "applicationID": "${app}", "app_name": "other", "app_ns": "prod", "service_name": "web", "service_ns": "front", "image": "docker.io/library/nginx:latest", "next_instance_progressive_number": 0, "RR_ip": "10.30.30.30", "RR_ip_v6": null, "_id": {"$oid": "${id}"}, "instance_list": []}`;

const noApplication = error(404, 'Not Found', 'There is no such application.');
const noService = error(404, 'Not Found', 'There is no such service.');
const serviceOf =
  (id: (known: Known) => string | undefined, rest = '') =>
  (known: Known) =>
    `/api/service/${id(known)}${rest}`;

const services: readonly Row[] = [
  {
    name: 'GET: good',
    path: serviceOf(({ service }) => service),
    as: 'admin',
    status: 200,
    answer: (known) => twice(service(known)),
  },
  {
    name: 'GET: of somebody else',
    path: serviceOf(({ service }) => service),
    as: 'ada',
    status: 404,
    answer: noService,
  },
  { name: 'GET: no id', path: serviceOf(() => 'xyz'), as: 'ada', status: 404, answer: noService },
  {
    name: 'GET: no token',
    path: serviceOf(({ service }) => service),
    status: 401,
    answer: noTokenThere,
  },
  {
    name: 'GET /api/services/<appid>: good',
    path: ({ app }) => `/api/services/${app}`,
    as: 'admin',
    status: 200,
    answer: (known) => twice(`[${service(known)}]`),
  },
  {
    name: 'GET /api/services/<appid>: of somebody else',
    path: ({ app }) => `/api/services/${app}`,
    as: 'ada',
    status: 404,
    answer: noApplication,
  },
  {
    name: 'GET /api/services/: all',
    path: '/api/services/',
    as: 'admin',
    status: 200,
    answer: /^"\[\{\\"job_name\\": \\"shop\.prod\.web\.front\\".*other\.prod\.web\.front/,
  },
  {
    name: 'GET /api/services/: not for everybody',
    path: '/api/services/',
    as: 'ada',
    status: 403,
    answer: forbidden,
  },
  {
    name: 'POST: good',
    method: 'POST',
    path: '/api/service/',
    as: 'admin',
    body: ({ app }: Known) =>
      anSla(
        anApplication({
          applicationID: app,
          microservices: [aMicroservice({ microservice_name: 'db' })],
        }),
      ),
    status: 200,
    answer:
      /^\{"deployed_services":\[\{"service_name":"db","status":200\}\],"failed_services":\[\],"job_id":"[0-9a-f]{24}"\}\n$/,
  },
  {
    name: 'POST: again, under its id',
    method: 'POST',
    path: '/api/service/',
    as: 'admin',
    body: ({ app }: Known) =>
      anSla(
        anApplication({ applicationID: app, microservices: [aMicroservice({ note: 'größer' })] }),
      ),
    status: 200,
    answer: ({ service }) =>
      `{"deployed_services":[{"service_name":"web","status":200}],"failed_services":[],"job_id":"${service}"}\n`,
  },
  {
    name: 'POST: into an application of somebody else',
    method: 'POST',
    path: '/api/service/',
    as: 'ada',
    body: ({ app }: Known) => anSla(anApplication({ applicationID: app })),
    status: 400,
    answer: error(
      400,
      'Bad Request',
      'applications/0/applicationID: you have no such application.',
    ),
  },
  {
    name: 'POST: no application',
    method: 'POST',
    path: '/api/service/',
    as: 'ada',
    body: { ...anSla(), applications: [] },
    status: 400,
    answer: error(400, 'Bad Request', 'applications: one is needed.'),
  },
  {
    name: 'POST: a field that is wrong',
    method: 'POST',
    path: '/api/service/',
    as: 'ada',
    body: { ...anSla(), customerID: 1 },
    status: 400,
    answer: /"code":400,"message":"\/customerID: /,
  },
  {
    name: 'POST: malformed, also without a token',
    method: 'POST',
    path: '/api/service/',
    body: '[',
    status: 400,
    answer: unsound,
  },
  {
    name: 'PUT: good, plain',
    method: 'PUT',
    path: serviceOf(({ service }) => service),
    as: 'admin',
    body: anSla(anApplication({ microservices: [aMicroservice({ memory: 200 })] })),
    status: 200,
    answer: ({ service: id, app }) =>
      `{"RR_ip":"10.30.30.30","RR_ip_v6":null,"_id":{"$oid":"${id}"},"addresses":{"rr_ip":"10.30.30.30"},"app_name":"other","app_ns":"prod","applicationID":"${app}","code":"docker.io/library/nginx:latest","environment":["A=1"],"image":"docker.io/library/nginx:latest","instance_list":[],"job_name":"other.prod.web.front","memory":200,"microserviceID":"${id}","microservice_name":"web","microservice_namespace":"front","next_instance_progressive_number":0,"port":"8080:80/tcp","service_name":"web","service_ns":"front","vcpus":1,"virtualization":"docker"}\n`,
  },
  {
    name: 'PUT: another name',
    method: 'PUT',
    path: serviceOf(({ service }) => service),
    as: 'admin',
    body: anSla(anApplication({ microservices: [aMicroservice({ microservice_name: 'db' })] })),
    status: 409,
    answer: error(409, 'Conflict', 'A service keeps its name, other.prod.web.front.'),
  },
  {
    name: 'PUT: no service in it',
    method: 'PUT',
    path: serviceOf(({ service }) => service),
    as: 'admin',
    body: { ...anSla(), applications: [] },
    status: 400,
    answer: error(400, 'Bad Request', 'applications/0/microservices/0 is needed.'),
  },
  {
    name: 'POST …/instance: unknown',
    method: 'POST',
    path: serviceOf(() => nobody, '/instance'),
    as: 'ada',
    status: 200,
    answer: '{"message":"ok"}\n',
  },
  {
    name: 'POST …/instance: of somebody else, nothing happens',
    method: 'POST',
    path: serviceOf(({ service }) => service, '/instance'),
    as: 'ada',
    status: 200,
    answer: '{"message":"ok"}\n',
  },
  {
    name: 'POST …/instance: no token',
    method: 'POST',
    path: serviceOf(({ service }) => service, '/instance'),
    status: 401,
    answer: noTokenThere,
  },
  {
    name: 'DELETE …/instance/<n>: unknown',
    method: 'DELETE',
    path: serviceOf(({ service }) => service, '/instance/7'),
    as: 'admin',
    status: 200,
    answer: '{"message":"ok"}\n',
  },
  {
    name: 'DELETE …/instance/-1: none there',
    method: 'DELETE',
    path: serviceOf(({ service }) => service, '/instance/-1'),
    as: 'admin',
    status: 200,
    answer: '{"message":"ok"}\n',
  },
  {
    name: 'DELETE …/instance/<n>: no number',
    method: 'DELETE',
    path: serviceOf(({ service }) => service, '/instance/all'),
    as: 'admin',
    status: 400,
    answer: error(
      400,
      'Bad Request',
      'The number of an instance is a whole number, or -1 for all.',
    ),
  },
  {
    name: 'DELETE: of somebody else',
    method: 'DELETE',
    path: serviceOf(({ service }) => service),
    as: 'ada',
    status: 404,
    answer: noService,
  },
  {
    name: 'DELETE: good',
    method: 'DELETE',
    path: serviceOf(({ herService }) => herService),
    as: 'ada',
    status: 200,
    answer: '{"message":"Job deleted"}\n',
  },
  {
    name: 'DELETE: again',
    method: 'DELETE',
    path: serviceOf(({ herService }) => herService),
    as: 'ada',
    status: 404,
    answer: noService,
  },
];

describe('services', () => {
  it.each(services)('$name', (row) => checkRow(site, row, known));
});
