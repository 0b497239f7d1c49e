/**
 * Serves the page for people at `/ui`: a fixed set of files that is read once, at the start. Nothing of a request ever becomes a path
 * of the file system.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../domain/errors.js';
import { projectFolder } from '../project-folder.js';
import type { Contract } from './contract-document.js';

interface DashboardFile {
  readonly type: string;
  readonly etag: string;
  /** By content coding; `identity` is always there. */
  readonly bodies: ReadonlyMap<string, Buffer>;
}

/** The built page: its files by their path below `/ui/`. */
export type Dashboard = ReadonlyMap<string, DashboardFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** In the order of preference. The build writes the first two beside each file that gains by it. */
const codings = [
  ['br', '.br'],
  ['gzip', '.gz'],
  ['identity', ''],
] as const;

const indexFile = 'index.html';
/** Files whose names carry a hash of their content never change. */
const hashed = /^assets\//;

/** Everything comes from this manager alone, and nothing stands in the page itself that could run. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function readFile(folder: string, name: string): DashboardFile {
  const bodies = new Map(
    codings
      .filter(([, suffix]) => existsSync(join(folder, name + suffix)))
      .map(([coding, suffix]) => [coding as string, readFileSync(join(folder, name + suffix))]),
  );
  const content = bodies.get('identity') ?? Buffer.alloc(0);
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 22);
  return { type: types[extname(name)] ?? 'application/octet-stream', etag: `"${hash}"`, bodies };
}

/**
 * Reads the built page.
 *
 * @throws Error - it has not been built
 */
export function loadDashboard(
  folder: string = join(projectFolder(), 'clients', 'dashboard', 'dist'),
): Dashboard {
  if (!existsSync(join(folder, indexFile)))
    throw new Error(
      'the dashboard is not built: run `make build`, or switch it off with SM_UI=off',
    );
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) in types)
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return new Map(names.map((name) => [name, readFile(folder, name)]));
}

const accepted = (request: FastifyRequest): ReadonlySet<string> =>
  new Set(
    String(request.headers['accept-encoding'] ?? '')
      .split(',')
      .filter((each) => !/;\s*q=0(\.0*)?\s*$/.test(each))
      .map((each) => each.split(';', 1)[0]?.trim() ?? ''),
  );

function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: DashboardFile,
  immutable: boolean,
): FastifyReply {
  const wanted = accepted(request);
  const coding = [...file.bodies.keys()].find((each) => wanted.has(each)) ?? 'identity';
  void reply
    .header('content-security-policy', contentSecurityPolicy)
    .header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('vary', 'accept-encoding')
    // Each coding is a representation of its own.
    .header('etag', coding === 'identity' ? file.etag : file.etag.replace(/"$/, `-${coding}"`));
  if (request.headers['if-none-match'] === reply.getHeader('etag')) return reply.code(304).send();
  if (coding !== 'identity') void reply.header('content-encoding', coding);
  return reply.type(file.type).send(file.bodies.get(coding));
}

/** `/ui` and everything below it. Addresses of the page itself (`/ui/services/…`) are answered with the page, which reads them. */
export function useDashboard(app: FastifyInstance, contract: Contract, files: Dashboard): void {
  const operation = contract.operations.find(({ id }) => id === 'getDashboard');
  const index = files.get(indexFile);
  if (operation === undefined || index === undefined)
    throw new Error('the contract has no dashboard, or the dashboard no page');
  const config = { operation };
  app.get(operation.url, { config }, (request, reply) => sendFile(request, reply, index, false));
  app.get(`${operation.url}/*`, { config }, (request, reply) => {
    const { '*': name } = request.params as { '*': string };
    const file = files.get(name);
    if (file) return sendFile(request, reply, file, hashed.test(name));
    if (extname(name) !== '')
      throw new DomainError('route-not-found', 'The dashboard has no such file; load it anew.');
    return sendFile(request, reply, index, false);
  });
}
