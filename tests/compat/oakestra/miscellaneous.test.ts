/** What is left of section 1.3: the description of the endpoints, and the uploader. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { page } from './golden.js';
import { OakSite } from './oak-site.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: OakSite;

beforeAll(async () => {
  site = await OakSite.open();
});

afterAll(() => site.close());

describe('the description', () => {
  it('names every endpoint, with what it takes', async () => {
    const { status, headers, body } = await site.raw({ path: '/docs/openapi.json' });
    expect([status, headers['content-type']]).toEqual([200, 'application/json']);
    const document = JSON.parse(body) as {
      openapi: string;
      info: object;
      paths: Record<string, Record<string, { security?: object[]; parameters: object[] }>>;
    };
    expect(document).toMatchObject({
      openapi: '3.0.2',
      info: { title: 'Oakestra root api', version: 'v1' },
    });
    expect(document.paths['/api/auth/login']?.['post']).not.toHaveProperty('security');
    expect(document.paths['/api/service/{id}/instance/{number}']?.['delete']).toMatchObject({
      security: [{ bearer: [] }],
      parameters: [{ name: 'id' }, { name: 'number' }],
    });
    for (const [path, operations] of Object.entries(document.paths))
      for (const method of Object.keys(operations)) {
        const answer = await site.raw({
          method: method.toUpperCase(),
          path: path.replace(/\{\w+\}/g, 'x'),
        });
        expect([path, method, answer.status]).not.toEqual([path, method, 405]);
      }
  });

  it('is there for people in Swagger UI, which has all that it needs here', async () => {
    const { status, headers, body } = await site.raw({ path: '/api/docs/' });
    expect([status, headers['content-type']]).toEqual([200, page]);
    const parts = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(parts).toEqual(['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js']);
    const [style, bundle, start] = await Promise.all(
      parts.map((name) => site.raw({ path: `/api/docs/${name}` })),
    );
    expect(style?.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(style?.body).toContain('.swagger-ui');
    expect(bundle?.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(bundle?.body).toContain('SwaggerUIBundle');
    expect(start?.body).toBe(
      "SwaggerUIBundle({ url: '/docs/openapi.json', dom_id: '#swagger-ui' });\n",
    );
    expect((await site.raw({ path: '/api/docs' })).status).toBe(308);
  });

  it.each(['other.js', '..%2fpackage.json', 'swagger-ui.js', '__proto__'])(
    'has no part %s',
    async (name) => {
      expect((await site.raw({ path: `/api/docs/${name}` })).status).toBe(404);
    },
  );
});

describe('the uploader', () => {
  const form = (
    name: string,
    field = 'file',
  ): { body: string; headers: Record<string, string> } => ({
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: `--b\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\ntext\r\n--b--\r\n`,
  });
  const upload = (request: { body?: unknown; headers?: Record<string, string> }) =>
    site.raw({ method: 'POST', path: '/frontend/uploader', ...request });

  it('says that a GET is none', async () => {
    expect(await site.raw({ path: '/frontend/uploader' })).toMatchObject({
      status: 200,
      body: 'Not a valid request',
    });
  });

  it.each([
    ['sla.json', '/sla.json'],
    ['../../etc/passwd.txt', '/passwd.txt'],
    ['a b.YML', '/a_b.YML'],
  ])('takes %s', async (name, path) => {
    const { status, headers, body } = await upload(form(name));
    expect([status, headers['content-type'], body]).toEqual([200, page, `{"path": "${path}"}`]);
  });

  it('takes nothing else', async () => {
    for (const request of [form('sla.exe'), form('sla.json', 'other'), {}, { body: '{}' }])
      expect(await upload(request)).toMatchObject({ status: 400, body: 'Not a valid file' });
  });
});
