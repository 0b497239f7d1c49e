/** Health, readiness, metrics and the open pages. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../support/app.js';
import { parsed, problemOf, send, type Answer, type Schemas } from '../support/calls.js';
import { Site } from '../support/site.js';
import { buildTestApp } from '../support/unstarted.js';

let site: Site;

beforeAll(async () => {
  site = await Site.start();
});

afterAll(() => site.close());

const openly = (path: string): Promise<Answer> => site.send({ path, token: null });

describe('readiness', () => {
  let stored: TestStore;

  beforeAll(async () => {
    stored = await startTestStore();
  });

  afterAll(() => stored.close());

  it('is 503 with Retry-After before the start and 200 after it; health is 200 all the time', async () => {
    const app = await buildTestApp(stored.store);
    const ask = (path: string) => send(app.http, { path, token: null });
    const early = await ask('/readyz');
    expect([early.status, problemOf(early).code]).toEqual([503, 'unavailable']);
    expect(early.headers['retry-after']).toMatch(/^\d+$/);
    expect((await ask('/healthz')).status).toBe(200);
    const work = await send(app.http, { path: '/api/v1/clusters' });
    expect([work.status, problemOf(work).code]).toEqual([503, 'unavailable']);
    await app.start();
    expect(parsed(await ask('/readyz'))).toEqual({
      status: 'ready',
      role: 'leader',
      checks: { store: 'ok', feed: 'ok', control: 'ok' },
    });
    expect((await send(app.http, { path: '/api/v1/clusters' })).status).toBe(200);
    await app.stop();
    const late = await ask('/healthz').catch((error: unknown) => String(error));
    expect(typeof late === 'string' ? 'closed' : late.status).not.toBe(200);
  });
});

/** Value of a metric with the labels as they are written. */
const valueOf = (text: string, name: string): number | undefined => {
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
};

describe('metrics', () => {
  it('tell requests, operations, instances, sessions, feed lag and event-loop delay', async () => {
    const member = await site.enrolObedient();
    const { operation } = await site.deployAt(member, { replicas: 2 });
    await site.succeeded(operation);
    await site.deploy({ placement: { cluster: 'nowhere' } });
    const text = await site.until('the second one is counted', async () => {
      const answer = await site.send({ path: '/metrics' });
      expect(answer.headers['content-type']).toMatch(/^text\/plain/);
      return valueOf(answer.text, 'sm_instances{phase="REQUESTED"}') === 1 && answer.text;
    });
    expect(valueOf(text, 'sm_instances{phase="RUNNING"}')).toBe(2);
    expect(valueOf(text, 'sm_operations{state="succeeded"}')).toBe(1);
    expect(valueOf(text, 'sm_operations{state="running"}')).toBe(1);
    expect(valueOf(text, 'sm_gateway_sessions')).toBe(1);
    expect(valueOf(text, 'sm_feed_lag_seconds')).toBeGreaterThanOrEqual(0);
    const deployments =
      'sm_http_request_duration_seconds_count{operation="deployService",status="202"}';
    expect(valueOf(text, deployments)).toBe(2);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('are not for everybody', async () => {
    expect((await openly('/metrics')).status).toBe(401);
  });
});

describe('what is open', () => {
  it.each([
    ['/healthz', 'application/json'],
    ['/readyz', 'application/json'],
    ['/openapi.yaml', 'application/yaml'],
    ['/docs', 'text/html'],
  ])('%s needs no token', async (path, type) => {
    const answer = await openly(path);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain(type);
  });

  it('has the page of Swagger UI load its files and the contract without a token', async () => {
    const page = await openly('/docs');
    const files = [...page.text.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(
      ([, to]) => to,
    );
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const { pathname } = new URL(file ?? '', 'http://manager/docs');
      expect([pathname, (await openly(pathname)).status]).toEqual([pathname, 200]);
    }
  });

  it('is not the API', async () => {
    expect((await openly('/api/v1/clusters')).status).toBe(401);
    const { version } = parsed<Schemas['Version']>(await site.send({ path: '/api/v1/version' }));
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
  });
});
