/** How the page for people is served: what browsers may keep, and what they may run. */
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDashboard } from '../../src/http/dashboard.js';
import { startTestManager, type TestManager } from '../support/app.js';

let manager: TestManager;

beforeAll(async () => {
  manager = await startTestManager({ dashboard: loadDashboard() });
});

afterAll(() => manager.close());

const ask = (url: string, headers: Record<string, string> = {}) =>
  manager.app.http.inject({ url, headers });

const scriptOf = async (): Promise<string> => {
  const [, script] = /src="(\/ui\/assets\/[^"]+\.js)"/.exec((await ask('/ui')).body) ?? [];
  if (script === undefined) throw new Error('the page has no script');
  return script;
};

describe('the page', () => {
  it('runs nothing but files of its own origin, and looks after changes each time', async () => {
    const { statusCode, headers, body } = await ask('/ui');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-cache');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(body).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|https?:\/\//);
  });

  it('is what every address of the page leads to', async () => {
    const page = (await ask('/ui')).body;
    for (const path of ['/ui/', '/ui/services/66b2f0a1c3d4e5f607182932', '/ui/events?kind=cluster'])
      expect((await ask(path)).body).toBe(page);
  });

  it('is not sent again to whoever has it', async () => {
    const { headers } = await ask('/ui');
    const again = await ask('/ui', { 'if-none-match': String(headers['etag']) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });
});

describe('a file of the page', () => {
  it('may be kept for ever, since its name tells its content', async () => {
    const { headers } = await ask(await scriptOf());
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toContain('immutable');
  });

  it('comes compressed in the way that the browser prefers of those that it knows', async () => {
    const script = await scriptOf();
    const plain = await ask(script);
    expect(plain.headers['content-encoding']).toBeUndefined();
    const zipped = await ask(script, { 'accept-encoding': 'gzip, deflate' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.rawPayload).equals(plain.rawPayload)).toBe(true);
    const both = await ask(script, { 'accept-encoding': 'gzip, deflate, br' });
    expect(both.headers['content-encoding']).toBe('br');
    const refused = await ask(script, { 'accept-encoding': 'gzip;q=0, br;q=0' });
    expect(refused.headers['content-encoding']).toBeUndefined();
    expect(new Set([plain, zipped, both].map(({ headers }) => headers['etag'])).size).toBe(3);
  });

  it('that is not there is no page', async () => {
    const { statusCode, headers } = await ask('/ui/assets/index-00000000.js');
    expect(statusCode).toBe(404);
    expect(headers['content-type']).toContain('application/problem+json');
  });

  it('is one of the page, whatever the path says', async () => {
    for (const path of ['/ui/../package.json', '/ui/%2e%2e/%2e%2e/package.json'])
      expect((await ask(path)).statusCode).toBe(404);
  });
});

describe('at first load', () => {
  it('are at most 300 KB compressed', async () => {
    const { body } = await ask('/ui');
    const files = [...body.matchAll(/(?:src|href)="(\/ui\/[^"]+)"/g)].map(([, path]) => path ?? '');
    const sizes = await Promise.all(
      files.map(async (path) => (await ask(path, { 'accept-encoding': 'gzip' })).rawPayload.length),
    );
    expect(sizes.reduce((sum, size) => sum + size, body.length)).toBeLessThan(300_000);
  });
});

describe('switched off', () => {
  it('there is no page', async () => {
    const other = await startTestManager();
    const { statusCode } = await other.app.http.inject({ url: '/ui' });
    await other.close();
    expect(statusCode).toBe(404);
  });
});
