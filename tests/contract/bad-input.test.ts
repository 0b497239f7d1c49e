import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { as, clusterId, stubServer } from './binder-stub-server.js';

let app: FastifyInstance;
let reached: string[] = [];

const reach = (name: string) => async () => {
  reached.push(name);
  return { status: 202, body: undefined };
};

beforeAll(async () => {
  const names = ['deployService', 'listClusters', 'getCluster', 'updateCluster', 'drainCluster'];
  const handlers = [...names, 'submitReport'].map((name) => [name, reach(name)] as const);
  ({ app } = await stubServer(Object.fromEntries(handlers), { checkResponses: false }));
});

beforeEach(() => {
  reached = [];
});

afterAll(() => app.close());

const admin = as('administrator');

const deploy = (payload: string | Buffer, type = 'application/json'): InjectOptions => ({
  method: 'POST',
  url: '/api/v1/services',
  headers: { ...admin, ...(type === '' ? {} : { 'content-type': type }) },
  payload,
});

/** The answer to a request that must not reach its handler. */
const refused = async (request: InjectOptions) => {
  const answer = await app.inject(request);
  expect(reached).toEqual([]);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const problem = answer.json<{
    type: string;
    status: number;
    detail: string;
    instance: string;
    errors?: { pointer: string; detail: string }[];
  }>();
  expect(problem.status).toBe(answer.statusCode);
  expect(problem.instance).toBe(answer.headers['x-request-id']);
  return { ...problem, headers: answer.headers, code: problem.type.replace('/problems/', '') };
};

describe('a body', () => {
  it('with an unknown field is refused, and the known ones are named', async () => {
    const problem = await refused(deploy('{"name":"a","replica":2}'));
    expect([problem.status, problem.code]).toEqual([400, 'validation-failed']);
    expect(problem.errors).toEqual([
      { pointer: '#/replica', detail: expect.stringContaining('replicas') as string },
    ]);
  });

  it('with wrong types is refused, field by field, and never coerced', async () => {
    const problem = await refused(
      deploy('{"replicas":"2","ports":[{"containerPort":0}],"environment":{"a/b":1}}'),
    );
    expect(problem.errors).toEqual([
      { pointer: '#/name', detail: 'is required' },
      { pointer: '#/replicas', detail: 'must be of type integer' },
      { pointer: '#/environment/a~1b', detail: 'must be of type string' },
      { pointer: '#/ports/0/containerPort', detail: 'must be >= 1' },
    ]);
  });

  it('with negative replicas is refused', async () => {
    const problem = await refused(deploy('{"name":"a","replicas":-1}'));
    expect(problem.errors).toEqual([{ pointer: '#/replicas', detail: 'must be >= 0' }]);
  });

  it('that is large gets its first fault only', async () => {
    const environment = Object.fromEntries(
      Array.from({ length: 900 }, (_, i) => [`k${i}-${'x'.repeat(20)}`, i]),
    );
    const problem = await refused(deploy(JSON.stringify({ name: 'a', environment })));
    expect(problem.errors).toHaveLength(1);
  });

  it('of broken JSON is refused with the place', async () => {
    const problem = await refused(deploy('{\n  "name": "a",\n}'));
    expect([problem.status, problem.code]).toEqual([400, 'malformed-body']);
    expect(problem.detail).toContain('line 3, column 1');
    const ended = await refused(deploy('{"name":'));
    expect(ended.detail).toContain('line 1, column 9');
  });

  it.each([
    ['broken', 'name: a\nb: [\n', 'line 3, column 1'],
    ['of two documents', 'name: a\n---\nname: b\n', 'a single document'],
    ['that is no mapping', '- a\n- b\n', 'mapping'],
    ['with a tag of its own', 'name: !!js/function "x"\n', 'unknown scalar tag'],
    ['with a key that stands twice', 'name: a\nname: b\n', 'line 2, column 1'],
    ['with a key that is a list', '? [a]\n: b\n', 'key'],
    ['nested too deeply', '['.repeat(20_000), 'nesting exceeded'],
    ['that contains itself', 'a: &a [*a]\n', 'an alias stands inside'],
    [
      'nested too deeply by its aliases',
      `a0: &a0 []\n${Array.from({ length: 120 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}]\n`).join('')}`,
      'aliases',
    ],
  ])('of YAML %s is refused', async (_name, text, detail) => {
    const problem = await refused(deploy(text, 'application/yaml'));
    expect([problem.status, problem.code]).toEqual([400, 'malformed-body']);
    expect(problem.detail).toContain(detail);
  });

  it('of YAML with an alias bomb is refused at once', async () => {
    const levels = [...'bcdefghij'].map(
      (name, level) => `${name}: &${name} [${`*${'abcdefghi'[level] ?? ''},`.repeat(9)}]`,
    );
    const started = performance.now();
    const problem = await refused(
      deploy(`a: &a [x,x,x]\n${levels.join('\n')}\n`, 'application/x-yaml'),
    );
    expect(problem.code).toBe('malformed-body');
    expect(problem.detail).toContain('aliases');
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it.each([
    ['text/plain', 'text/plain'],
    ['no', ''],
    ['a form', 'application/x-www-form-urlencoded'],
    ['an unreadable', 'nonsense'],
  ])('of %s content type is refused, and the taken ones are named', async (_name, type) => {
    const problem = await refused(deploy(Buffer.from('{"name":"a"}'), type));
    expect([problem.status, problem.code]).toEqual([415, 'unsupported-media-type']);
    expect(problem.detail).toContain('application/json or application/yaml');
  });

  it('of YAML is refused where only JSON is declared', async () => {
    const problem = await refused({
      ...deploy('schedulable: true', 'application/yaml'),
      method: 'PATCH',
      url: `/api/v1/clusters/${clusterId}`,
    });
    expect(problem.status).toBe(415);
    expect(problem.detail).toContain('send application/json.');
  });

  it('that is compressed is refused', async () => {
    const request = deploy('{"name":"a"}');
    const headers = { ...request.headers, 'content-encoding': 'gzip' };
    expect((await refused({ ...request, headers })).status).toBe(415);
  });

  it('of 2 MiB is refused', async () => {
    const problem = await refused(deploy(`{"name":"${'a'.repeat(2 * 1024 * 1024)}"}`));
    expect([problem.status, problem.code]).toEqual([413, 'body-too-large']);
  });

  it('of YAML may be as large as a body', async () => {
    const comment = (bytes: number) => `name: A\n#${'a'.repeat(bytes)}`;
    const wrongName = await refused(deploy(comment(1_000_000), 'text/yaml'));
    expect([wrongName.status, wrongName.code]).toEqual([400, 'validation-failed']);
    expect((await refused(deploy(comment(1_100_000), 'text/yaml'))).status).toBe(413);
  });

  it('that is empty is refused where one is needed', async () => {
    for (const request of [deploy(''), deploy('', '')]) {
      const problem = await refused(request);
      expect(problem.errors).toEqual([{ pointer: '#', detail: 'a body is required' }]);
    }
  });

  it('is refused where none is declared, and an empty one is not', async () => {
    const drain = { ...deploy('{"a":1}'), url: `/api/v1/clusters/${clusterId}/drain` };
    expect((await refused(drain)).errors).toEqual([{ pointer: '#', detail: 'must be absent' }]);
    await app.inject({ ...drain, payload: '' });
    expect(reached).toEqual(['drainCluster']);
  });

  it.each(['{"name":"a","labels":{"__proto__":{"x":1}}}', '{"labels":{"\\u005f_proto__":"x"}}'])(
    'that reaches for a prototype is refused: %s',
    async (text) => {
      const problem = await refused(deploy(text));
      expect(problem.code).toBe('malformed-body');
      expect(problem.detail).toContain('__proto__');
    },
  );

  it('that is not UTF-8 is refused', async () => {
    const problem = await refused(deploy(Buffer.from([0x22, 0xff, 0x22])));
    expect(problem.code).toBe('malformed-body');
  });

  it('nested a million times is refused and harms nothing', async () => {
    const problem = await refused(
      deploy(`{"labels":${'['.repeat(400_000)}${']'.repeat(400_000)},"\\u0061":1}`),
    );
    expect(problem.code).toBe('validation-failed');
  });
});

describe('a caller', () => {
  it('without a token is asked for one', async () => {
    const problem = await refused({ url: '/api/v1/clusters' });
    expect([problem.status, problem.code]).toEqual([401, 'unauthenticated']);
    expect(problem.headers['www-authenticate']).toBe('Bearer');
  });

  it.each(['Bearer wrong', 'Basic YWRtaW4=', 'Bearer', 'Bearer a b', `Bearer ${'x'.repeat(2000)}`])(
    'with a wrong token is refused: %.20s',
    async (authorization) => {
      const problem = await refused({ url: '/api/v1/clusters', headers: { authorization } });
      expect(problem.status).toBe(401);
    },
  );

  it('with a token for something else is refused before the body is looked at', async () => {
    const problem = await refused({ ...deploy('{'), headers: as('enrolment') });
    expect([problem.status, problem.code]).toEqual([403, 'forbidden']);
  });

  it('that is a cluster cannot tell another cluster from none', async () => {
    const problem = await refused({
      method: 'POST',
      url: '/api/v1/clusters/000000000000000000000000/reports',
      headers: as('cluster'),
      payload: { session: 1, sequence: 1, instances: [] },
    });
    expect([problem.status, problem.code]).toEqual([404, 'cluster-not-found']);
  });
});

describe('a parameter', () => {
  it('that is unknown is refused, and the known ones are named', async () => {
    const problem = await refused({ url: '/api/v1/clusters?limt=1&__proto__=x', headers: admin });
    expect(problem.code).toBe('validation-failed');
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual([
      '#/query/limt',
      '#/query/__proto__',
    ]);
    expect(problem.errors?.[0]?.detail).toContain('limit, cursor, state, name, location');
  });

  it.each([
    ['limit=0', '#/query/limit'],
    ['limit=ten', '#/query/limit'],
    ['limit=1e999', '#/query/limit'],
    ['limit=Infinity', '#/query/limit'],
    ['limit=1&limit=2', '#/query/limit'],
    ['state=lost', '#/query/state'],
  ])('in the query is held against its schema: %s', async (query, pointer) => {
    const problem = await refused({ url: `/api/v1/clusters?${query}`, headers: admin });
    expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('in the path is held against its schema', async () => {
    const problem = await refused({ url: '/api/v1/clusters/munich', headers: admin });
    expect(problem.status).toBe(400);
    expect(problem.errors?.[0]?.pointer).toBe('#/path/clusterId');
  });

  it('in a header is held against its schema', async () => {
    const problem = await refused({
      method: 'POST',
      url: `/api/v1/clusters/${clusterId}/drain`,
      headers: { ...admin, 'if-match': 'latest' },
    });
    expect(problem.errors?.[0]?.pointer).toBe('#/header/If-Match');
  });
});

describe('an address', () => {
  it.each([
    ['GET', '/api/v1/nothing', 404, 'route-not-found'],
    ['DELETE', '/api/v1/clusters', 404, 'route-not-found'],
    ['GET', '/api/v1/clusters/%zz', 400, 'validation-failed'],
  ] as const)('that is unknown or broken is refused: %s %s', async (method, url, status, code) => {
    const problem = await refused({ method, url, headers: admin });
    expect([problem.status, problem.code]).toEqual([status, code]);
  });
});

describe('on the socket', () => {
  const talk = (port: number, text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.on('data', (bytes) => (answer += bytes.toString()));
      socket.on('close', () => {
        resolve(answer);
      });
      socket.on('error', reject);
    });

  it.each([
    ['garbage', 'hello world\r\n\r\n', 400],
    ['huge headers', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'a double length',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
    ],
  ])('%s gets a problem, and the connection ends', async (_name, text, status) => {
    const server = await stubServer();
    const address = new URL(await server.app.listen({ port: 0, host: '127.0.0.1' }));
    const answer = await talk(Number(address.port), text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('application/problem+json');
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status });
    await server.app.close();
  });
});
