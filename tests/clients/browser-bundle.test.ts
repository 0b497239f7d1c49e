/** The client for users in a bundle for browsers: nothing of Node.js in it, and it works on what the web has. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { createClient } from '../../clients/typescript/src/index.js';
import { HttpStub, json } from './support/http-stub.js';

const entry = fileURLToPath(new URL('../../clients/typescript/dist/index.js', import.meta.url));

let directory: string;
let metafile: Metafile;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sm-bundle-'));
  // A built-in module of Node.js cannot be resolved for a browser: the build would fail.
  const outfile = join(directory, 'client.mjs');
  const options = { bundle: true, platform: 'browser', format: 'esm', target: 'es2022' } as const;
  ({ metafile } = await build({ ...options, entryPoints: [entry], outfile, metafile: true }));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('a bundle for browsers', () => {
  it('has nothing of Node.js in it', () => {
    const inputs = Object.keys(metafile.inputs);
    expect(
      inputs.filter((path) => /(undici|node_modules\/ws\/|platform\/node)/.test(path)),
    ).toEqual([]);
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
    expect(imports).toEqual([]);
  });

  it('reads page after page, and writes safely', async () => {
    const module = (await import(pathToFileURL(join(directory, 'client.mjs')).href)) as {
      createClient: typeof createClient;
    };
    const stub = await HttpStub.start();
    const client = module.createClient({ baseUrl: stub.url, token: 'secret' });
    stub.answer(
      json(200, { items: [{ name: 'munich-1' }] }),
      json(202, { operation: { id: 'o' } }),
    );
    const names = [];
    for await (const { name } of client.paginate('/api/v1/clusters')) names.push(name);
    expect(names).toEqual(['munich-1']);
    const body = { name: 'hello', command: ['true'] };
    expect(await client.post('/api/v1/services', { body })).toEqual({ operation: { id: 'o' } });
    expect(stub.seen.all.at(-1)?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    await client.close();
    await stub.close();
  });
});
