/**
 * Puts the manager and what it needs of others into few files: 600 modules one by one take a second to load, which is half of a
 * start. What brings files of its own along (native code, threads, pages) stays where it is.
 */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const project = fileURLToPath(new URL('..', import.meta.url));
const target = `${project}dist/src`;

const withFiles = ['lmdb', '@node-rs/argon2', '@fastify/swagger-ui', 'pino', 'pino-pretty'];
/** Of the driver; who wants one installs it, and it says what it misses. */
const optional = [
  '@aws-sdk/credential-providers',
  '@mongodb-js/zstd',
  'aws4',
  'gcp-metadata',
  'kerberos',
  'mongodb-client-encryption',
  'snappy',
  'socks',
];
/** What packages in CommonJS expect to be there. */
const banner = `import { createRequire as createRequireOfBundle } from 'node:module';
import { dirname as dirnameOfBundle } from 'node:path';
import { fileURLToPath as pathOfBundle } from 'node:url';
const require = createRequireOfBundle(import.meta.url);
const __filename = pathOfBundle(import.meta.url);
const __dirname = dirnameOfBundle(__filename);`;

await rm(target, { recursive: true, force: true });
await build({
  absWorkingDir: project,
  // Beside the program what tests run in processes of their own.
  entryPoints: ['main.ts', 'embedded/worker.ts', 'embedded/index.ts', 'failpoints.ts'].map(
    (path) => `src/${path}`,
  ),
  outbase: 'src',
  outdir: target,
  chunkNames: 'parts/[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // Names of classes are in logs, and Mongoose tells types by them.
  keepNames: true,
  external: [...withFiles, ...optional],
  banner: { js: banner },
  logLevel: 'warning',
});
