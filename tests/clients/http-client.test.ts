import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import {
  ConnectionError,
  OperationTimeoutError,
  ProblemError,
  createClient,
  type ClientOptions,
  type SystemManagerClient,
} from '../../clients/typescript/src/index.js';
import { HttpStub, breakOff, hangUp, json, problem, silence } from './support/http-stub.js';

const serviceId = 'a'.repeat(24);
const quick = { delayMsMin: 1, delayMsMax: 4 };

let stub: HttpStub;
const clients: SystemManagerClient[] = [];

beforeEach(async () => {
  stub = await HttpStub.start();
});

afterEach(async () => {
  await stub.close();
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

function connect(options: Partial<ClientOptions> = {}): SystemManagerClient {
  const client = createClient({ baseUrl: stub.url, token: 'secret', retry: quick, ...options });
  clients.push(client);
  return client;
}

describe('calls', () => {
  it('hand out the body of a success, and send token, path, query and body', async () => {
    stub.answer(json(200, { items: [] }), json(202, { service: {}, operation: { id: 'o' } }));
    const client = connect({ token: () => Promise.resolve('rotating') });
    const page = await client.get('/api/v1/services', { params: { query: { limit: 5 } } });
    expect(page.items).toEqual([]);
    const accepted = await client.post('/api/v1/services/{serviceId}/scale', {
      params: { path: { serviceId } },
      body: { replicas: 4 },
    });
    expect(accepted.operation.id).toBe('o');
    const [listed, scaled] = stub.seen.all;
    expect(listed).toMatchObject({ method: 'GET', path: '/api/v1/services' });
    expect(listed?.query.get('limit')).toBe('5');
    expect(listed?.headers.authorization).toBe('Bearer rotating');
    expect(scaled?.path).toBe(`/api/v1/services/${serviceId}/scale`);
    expect(JSON.parse(scaled?.body ?? '')).toEqual({ replicas: 4 });
  });

  it('throw the problem of a refusal, with its code', async () => {
    const errors = [{ pointer: '#/replicas', detail: 'must be >= 0' }];
    const body = { type: '/problems/validation-failed', title: 'Wrong', status: 400, errors };
    stub.answer(json(400, body));
    const refused = connect().post('/api/v1/services', { body: { name: 'hello', replicas: -1 } });
    const error = await refused.catch((thrown: unknown) => thrown as ProblemError);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ status: 400, code: 'validation-failed', problem: { errors } });
    expect(stub.seen.all).toHaveLength(1);
  });

  it('make a problem of what a proxy answers', async () => {
    stub.answer((_seen, response) => response.writeHead(502).end('<h1>bad gateway</h1>'));
    const error = await connect()
      .get('/api/v1/version')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 502, problem: { type: 'about:blank' } });
  });

  it('pass on values of enumerations that they do not know', async () => {
    const operation = { id: 'o', kind: 'teleport', state: 'suspended', subjectKind: 'planet' };
    stub.answer(json(200, { items: [operation] }), json(200, operation));
    const client = connect();
    const { items } = await client.get('/api/v1/operations');
    expect(items).toEqual([operation]);
    // Only `running` is not final, whatever comes later.
    const { state } = await client.waitForOperation('o');
    expect(state).toBe('suspended');
    expectTypeOf(state).toExtend<string>();
    expectTypeOf<'suspended'>().toExtend<typeof state>();
    expectTypeOf<'running'>().toExtend<typeof state>();
    expectTypeOf<42>().not.toExtend<typeof state>();
  });

  it('give status and headers to those who want them', async () => {
    stub.answer(json(200, { id: serviceId }, { etag: '"3"' }));
    const { data, response } = await connect().http.GET('/api/v1/services/{serviceId}', {
      params: { path: { serviceId } },
    });
    expect(data?.id).toBe(serviceId);
    expect(response.headers.get('etag')).toBe('"3"');
  });
});

describe('retries', () => {
  it('repeat a write with the same idempotency key', async () => {
    stub.answer(hangUp, problem(503, 'unavailable'), problem(429, 'overloaded'), json(202, {}));
    await connect().delete('/api/v1/services/{serviceId}', { params: { path: { serviceId } } });
    const keys = stub.seen.all.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('keep the key of the caller, and a new one for each write', async () => {
    stub.answer(json(202, {}));
    const client = connect();
    const path = { serviceId };
    const header = { 'Idempotency-Key': 'mine' };
    await client.delete('/api/v1/services/{serviceId}', { params: { path, header } });
    await client.delete('/api/v1/services/{serviceId}', { params: { path } });
    await client.delete('/api/v1/services/{serviceId}', { params: { path } });
    const keys = stub.seen.all.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toBe('mine');
    expect(new Set(keys).size).toBe(3);
  });

  it('send the body again, and none of a read', async () => {
    stub.answer(hangUp, json(202, {}));
    await connect().post('/api/v1/services', { body: { name: 'hello' } });
    expect(stub.seen.all.map(({ body }) => body)).toEqual(['{"name":"hello"}', '{"name":"hello"}']);
    await connect().get('/api/v1/services');
    expect(stub.seen.all.at(-1)?.headers['idempotency-key']).toBeUndefined();
  });

  it('repeat after an answer that broke off in the middle', async () => {
    stub.answer(breakOff, json(200, { items: [] }));
    expect(await connect().get('/api/v1/services')).toEqual({ items: [] });
  });

  it('wait as long as Retry-After asks', async () => {
    stub.answer(problem(503, 'unavailable', { 'retry-after': '1' }), json(200, { items: [] }));
    const startedAt = performance.now();
    await connect().get('/api/v1/services');
    expect(performance.now() - startedAt).toBeGreaterThan(990);
  });

  it('do not wait for a Retry-After beyond the bound', async () => {
    stub.answer(problem(503, 'unavailable', { 'retry-after': '3600' }));
    const error = await connect()
      .get('/api/v1/services')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'unavailable', retryAfterMs: 3_600_000 });
    expect(stub.seen.all).toHaveLength(1);
  });

  it('end with the refusal after the last attempt', async () => {
    stub.answer(problem(429, 'overloaded'));
    const client = connect({ retry: { ...quick, attempts: 3 } });
    await expect(client.get('/api/v1/services')).rejects.toMatchObject({ code: 'overloaded' });
    expect(stub.seen.all).toHaveLength(3);
  });

  it('end with a connection error when nobody answers', async () => {
    stub.answer(silence);
    const client = connect({ timeoutMs: 40, retry: { ...quick, attempts: 2 } });
    const error = await client.get('/api/v1/services').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ timedOut: true, attempts: 2 });
    await stub.close();
    const refused = await client.get('/api/v1/services').catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({ name: 'ConnectionError', timedOut: false });
    expect((refused as Error).message).toContain('ECONNREFUSED');
    stub = await HttpStub.start();
  });

  it('end when the caller does not want to wait any longer', async () => {
    stub.answer(silence);
    const controller = new AbortController();
    const call = connect().get('/api/v1/services', { signal: controller.signal });
    await stub.seen.find('the request', () => true);
    controller.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    expect(stub.seen.all).toHaveLength(1);
  });
});

describe('paginate', () => {
  it('hands out every item, and asks for a page only when it is needed', async () => {
    stub.answer(
      json(200, { items: [{ name: 'a' }, { name: 'b' }], nextCursor: 'two' }),
      json(200, { items: [{ name: 'c' }], nextCursor: 'three' }),
      json(200, { items: [] }),
    );
    const names: string[] = [];
    const init = { params: { query: { limit: 2, location: 'munich' } } };
    for await (const cluster of connect().paginate('/api/v1/clusters', init)) {
      names.push(cluster.name);
    }
    expect(names).toEqual(['a', 'b', 'c']);
    expect(stub.seen.all.map(({ query }) => query.get('cursor'))).toEqual([null, 'two', 'three']);
    expect(stub.seen.all.every(({ query }) => query.get('location') === 'munich')).toBe(true);
  });

  it('goes through the history by its sequence', async () => {
    stub.answer(
      json(200, { items: [{ sequence: 1 }, { sequence: 2 }], lastSequence: 2 }),
      json(200, { items: [], lastSequence: 2 }),
    );
    const seen: number[] = [];
    for await (const event of connect().paginate('/api/v1/events')) seen.push(event.sequence);
    expect(seen).toEqual([1, 2]);
    expect(stub.seen.all[1]?.query.get('after')).toBe('2');
  });

  it('goes back through the history where the newest comes first', async () => {
    stub.answer(
      json(200, { items: [{ sequence: 9 }, { sequence: 8 }], lastSequence: 9 }),
      json(200, { items: [], lastSequence: 7 }),
    );
    const seen: number[] = [];
    const init = { params: { query: { order: 'newestFirst' as const } } };
    for await (const event of connect().paginate('/api/v1/events', init)) seen.push(event.sequence);
    expect(seen).toEqual([9, 8]);
    const { query } = stub.seen.all[1] ?? {};
    expect([query?.get('before'), query?.get('after')]).toEqual(['8', null]);
  });
});

describe('waitForOperation', () => {
  const operation = (state: string) => json(200, { id: 'o', state });

  it('waits at the manager until the operation has ended', async () => {
    stub.answer(operation('running'), operation('failed'));
    const ended = await connect().waitForOperation('o', { timeoutMs: 5_000 });
    expect(ended.state).toBe('failed');
    expect(Number(stub.seen.all[0]?.query.get('waitMs'))).toBeGreaterThan(4_000);
  });

  it('ends when the time is up, and does not hammer a manager that answers at once', async () => {
    stub.answer(operation('running'));
    const waiting = connect().waitForOperation('o', { timeoutMs: 450 });
    await expect(waiting).rejects.toBeInstanceOf(OperationTimeoutError);
    expect(stub.seen.all.length).toBeLessThanOrEqual(4);
  });
});
