/**
 * Puts the manager and what it needs of others into few files: 600 modules one by one take a second to load, which is half of a
 * start. What brings files of its own along (native code, threads, pages) stays where it is.
 */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';

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

/** What both builds have in common. */
const common: BuildOptions = {
  absWorkingDir: project,
  outbase: 'src',
  outdir: target,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  banner: { js: banner },
  logLevel: 'warning',
};

await rm(target, { recursive: true, force: true });
await build({
  ...common,
  // Beside the program what tests run in processes of their own.
  entryPoints: ['src/main.ts', 'src/embedded/index.ts', 'src/failpoints.ts'],
  chunkNames: 'parts/[name]-[hash]',
  splitting: true,
  // Names of classes are in logs, and Mongoose tells types by them.
  keepNames: true,
  external: [...withFiles, ...optional],
});
// The store's thread: names that are kept cost it a tenth of its time, since each function that it makes is given its own.
await build({
  ...common,
  entryPoints: ['src/embedded/worker.ts'],
  // Where tests make things go wrong has to be the same place for both.
  external: [...withFiles, '../failpoints.js'],
});
