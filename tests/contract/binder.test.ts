import Fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/domain/errors.js';
import { guardRoutes } from '../../src/http/binder.js';
import type { Handlers } from '../../src/http/contract.js';
import {
  as,
  clusterId,
  contract,
  stubHandlers,
  stubServer,
  type StubServer,
} from './binder-stub-server.js';

const servers: StubServer[] = [];

const start = async (...args: Parameters<typeof stubServer>): Promise<StubServer> => {
  const server = await stubServer(...args);
  servers.push(server);
  return server;
};

afterEach(async () => {
  await Promise.all(servers.splice(0).map(({ app }) => app.close()));
});

const without = (name: string): Handlers => {
  const handlers: Record<string, unknown> = { ...stubHandlers() };
  Reflect.deleteProperty(handlers, name);
  return handlers as unknown as Handlers;
};

describe('boot', () => {
  it('stops when an operation has no handler', async () => {
    await expect(stubServer({}, { handlers: without('getCluster') })).rejects.toThrow(
      'operations without handler: getCluster',
    );
  });

  it('stops when a handler has no operation', async () => {
    const handlers = stubHandlers({ conquerWorld: async () => ({ status: 200, body: {} }) });
    await expect(stubServer({}, { handlers })).rejects.toThrow(
      'handlers without operation: conquerWorld',
    );
  });

  it('stops when a security scheme has no handler', async () => {
    const operations = contract.operations.map((operation) =>
      operation.id === 'getCluster'
        ? { ...operation, schemes: new Map([['handshake', []]]) }
        : operation,
    );
    await expect(stubServer({}, { contract: { ...contract, operations } })).rejects.toThrow(
      'getCluster: no handler for security scheme handshake',
    );
  });

  it('stops at a route outside the contract', () => {
    const app = Fastify();
    guardRoutes(app, contract);
    expect(() => app.get('/backdoor', async () => 'open')).toThrow(
      'the contract has no operation for the route GET /backdoor',
    );
  });

  it('answers every operation of the contract, and every answer fits the contract', async () => {
    const { app } = await start();
    for (const operation of contract.operations) {
      if (operation.tag === 'gateway' || operation.body !== undefined) continue;
      const { schemes } = operation;
      const url = operation.url
        .replace(':schedulerName', 'built-in')
        .replaceAll(/:\w+/g, clusterId);
      const answer = await app.inject({
        method: operation.method,
        url,
        headers: as(schemes.size === 0 || schemes.has('administrator') ? 'administrator' : 'user'),
      });
      expect([operation.id, answer.statusCode >= 200 && answer.statusCode < 300]).toEqual([
        operation.id,
        true,
      ]);
    }
  });
});

describe('answers', () => {
  it('become 500 when they break the contract, and the log says how', async () => {
    const { app, log } = await start({
      getHealth: async () => ({ status: 200, body: { status: 'ok', secret: 'x' } }),
    });
    const answer = await app.inject('/healthz');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
    expect(JSON.stringify(log)).toContain('#/secret is not known here');
  });

  it('become 500 when their status is not declared', async () => {
    const { app } = await start({ getHealth: async () => ({ status: 204, body: undefined }) });
    expect((await app.inject('/healthz')).statusCode).toBe(500);
  });

  it('of a failed handler tell nothing of the cause, and the log does', async () => {
    const { app, log } = await start({
      getHealth: async () => {
        throw new Error('database password is hunter2');
      },
    });
    const answer = await app.inject('/healthz');
    expect(answer.json()).toMatchObject({ type: '/problems/internal', status: 500 });
    expect(answer.body).not.toContain('hunter2');
    expect(JSON.stringify(log)).toContain('hunter2');
  });

  it('carry Retry-After when a retry may help', async () => {
    const { app } = await start({
      listClusters: async () => {
        throw new DomainError('overloaded', 'Too much.', { retryAfterSeconds: 7 });
      },
    });
    const answer = await app.inject({ url: '/api/v1/clusters', headers: as('administrator') });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('7');
  });

  it('carry the request id, that of the caller if it is sane', async () => {
    const { app } = await start();
    const given = await app.inject({ url: '/nowhere', headers: { 'x-request-id': 'abc-1' } });
    expect(given.headers['x-request-id']).toBe('abc-1');
    expect(given.json()).toMatchObject({ instance: 'abc-1', type: '/problems/route-not-found' });
    const wild = await app.inject({ url: '/healthz', headers: { 'x-request-id': 'a b\u00e4' } });
    expect(wild.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('requests', () => {
  it('reach the handler with defaults filled in and parameters coerced', async () => {
    const seen: unknown[] = [];
    const { app } = await start(
      {
        deployService: async ({ body, header }) => {
          seen.push(body, header);
          return { status: 202, body: undefined };
        },
        listClusters: async ({ query }) => {
          seen.push(query);
          return { status: 200, body: undefined };
        },
      },
      { checkResponses: false },
    );
    const headers = as('administrator');
    const payload = 'name: hello\nresources: { cpuCores: 0.5 }\n';
    await app.inject({
      method: 'POST',
      url: '/api/v1/services',
      headers: { ...headers, 'content-type': 'text/yaml; charset=utf-8', 'idempotency-key': 'k' },
      payload,
    });
    await app.inject({ url: '/api/v1/clusters?name=a', headers });
    expect(seen).toEqual([
      expect.objectContaining({
        name: 'hello',
        replicas: 1,
        application: 'default',
        resources: { cpuCores: 0.5, memoryMiB: 0, gpus: 0 },
      }),
      { 'Idempotency-Key': 'k' },
      { name: 'a', limit: 50 },
    ]);
  });

  it('with the same idempotency key do their work once', async () => {
    let calls = 0;
    const { app } = await start(
      {
        drainCluster: async () => {
          calls += 1;
          return { status: 202, body: { calls }, headers: { ETag: '"1"' } };
        },
      },
      { checkResponses: false },
    );
    const drain = (headers: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url: `/api/v1/clusters/${clusterId}/drain`,
        headers: { ...as('administrator'), ...headers },
      });
    const first = await drain({ 'idempotency-key': 'one' });
    const second = await drain({ 'idempotency-key': 'one' });
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.headers['etag']).toBe('"1"');
    expect(second.body).toBe(first.body);
    await drain({});
    expect(calls).toBe(2);
  });

  it('to a gateway door without an upgrade are told to upgrade, after they are known', async () => {
    const { app } = await start();
    expect((await app.inject('/register')).statusCode).toBe(401);
    const foreign = await app.inject({ url: '/register', headers: as('administrator') });
    expect(foreign.statusCode).toBe(403);
    const plain = await app.inject({ url: '/register', headers: as('cluster') });
    expect(plain.statusCode).toBe(426);
    expect(plain.headers['upgrade']).toBe('websocket');
    expect(plain.json()).toMatchObject({ type: '/problems/upgrade-required' });
  });

  it('are refused until the manager is ready, but its health is told', async () => {
    const { app } = await start({}, { ready: () => false });
    const answer = await app.inject({ url: '/api/v1/clusters', headers: as('administrator') });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('1');
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  });

  it('that wait end when the server closes', async () => {
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { app } = await start(
      {
        getHealth: ({ signal }) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              resolve({ status: 200, body: { status: 'ok' } });
            });
            arrive();
          }),
      },
      {},
    );
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const waiting = fetch(`${address}/healthz`);
    await arrived;
    await app.close();
    expect((await waiting).status).toBe(200);
  });
});

describe('log and metrics', () => {
  it('have one line a request, and no secret', async () => {
    const { app, log } = await start();
    app.log.info({ cluster: { credential: 'smc_secret' }, authorization: 'Bearer admin' }, 'x');
    await app.inject({ url: '/api/v1/clusters', headers: as('administrator') });
    await app.inject('/healthz');
    const lines = log.filter(({ msg }) => msg === 'request');
    expect(lines.map(({ operation, level }) => [operation, level])).toEqual([
      ['listClusters', 30],
      ['getHealth', 20],
    ]);
    expect(JSON.stringify(log)).not.toMatch(/smc_secret|Bearer/);
  });

  it('count requests by operation, and ask other rooms for their gauges', async () => {
    const { app, metrics } = await start();
    metrics.registerGauge({
      name: 'sm_instances',
      help: 'Instances by phase.',
      labelNames: ['phase'],
      collect: () => [{ labels: { phase: 'RUNNING' }, value: 2 }],
    });
    metrics.registerGauge({
      name: 'sm_broken',
      help: 'Cannot be read.',
      collect: () => Promise.reject(new Error('away')),
    });
    await app.inject('/healthz');
    await metrics.text();
    const text = await metrics.text();
    expect(text).toContain('sm_instances{phase="RUNNING"} 2');
    expect(text).toMatch(
      /sm_http_request_duration_seconds_count\{operation="getHealth",status="200"\} 1/,
    );
    expect(text).toMatch(/sm_metrics_collect_failures_total\{gauge="sm_broken"\} [12]/);
    expect(text).not.toContain('\nsm_broken 0');
  });
});

describe('docs', () => {
  it('serve Swagger UI and the contract without a token', async () => {
    const { app } = await start();
    const page = await app.inject('/docs');
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect((await app.inject('/docs/static/swagger-ui-bundle.js')).statusCode).toBe(200);
    const text = await app.inject('/openapi.yaml');
    expect(text.headers['content-type']).toBe('application/yaml; charset=utf-8');
    expect(text.body).toBe(contract.text);
    const missing = await app.inject('/docs/static/nothing.js');
    expect(missing.json()).toMatchObject({ type: '/problems/route-not-found' });
  });
});
