/**
 * Routes of a compatibility surface: operations of one tag of the contract that speak the protocol of older peers. They know no
 * tokens, so who may come in is decided by the peer's address; failures leave as plain text; bodies are handed on as they came.
 */
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../domain/errors.js';
import type { Auditor } from './audit.js';
import type { Load } from './binder-load.js';
import { announcedBytes } from './body.js';
import type { RequestSignals } from './binder-signals.js';
import type { Contract, Operation } from './contract-document.js';
import { problemStatus, toDomainError } from './problem.js';
import { responseCheck, type ResponseCheck } from './validation-response.js';

export interface CompatRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body: Buffer;
}

export interface CompatAnswer {
  readonly status: number;
  readonly type: 'text/plain' | 'application/json';
  readonly body: string | Readable;
}

/** What a compatibility room offers: one handler for each operation of its tag. */
export interface CompatSurface {
  readonly tag: string;
  /** Whether a peer with this IP address may use the surface. */
  readonly allows: (address: string) => boolean;
  /** Largest body, in bytes; for uploads with what frames them. */
  readonly bodyBytesMax: number;
  readonly handlers: Readonly<Record<string, (request: CompatRequest) => Promise<CompatAnswer>>>;
}

/** Tags of the contract whose operations are served only where their surface is switched on. */
const compatTags: ReadonlySet<string> = new Set(['edgeio']);

/** The contract without the operations of compatibility surfaces. */
export const ownContract = (contract: Contract): Contract => ({
  ...contract,
  operations: contract.operations.filter(({ tag }) => !compatTags.has(tag)),
});

interface CompatBinding {
  readonly contract: Contract;
  readonly signals: RequestSignals;
  readonly load: Load;
  readonly auditor: Auditor;
  readonly ready: () => boolean;
  readonly checkResponses: boolean;
  readonly classify: (error: unknown) => DomainError | undefined;
}

/** @throws Error - handlers and operations of the tag differ */
const compareNames = (operations: readonly Operation[], { tag, handlers }: CompatSurface): void => {
  const wanted = operations.map(({ id }) => id).sort();
  const given = Object.keys(handlers).sort();
  if (JSON.stringify(wanted) !== JSON.stringify(given)) {
    throw new Error(
      `the contract has the operations ${wanted.join(', ')} of the tag ${tag}, and there are handlers for ${given.join(', ')}`,
    );
  }
};

const entrance =
  (binding: CompatBinding, surface: CompatSurface, operation: Operation) =>
  (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    try {
      if (!surface.allows(request.socket.remoteAddress ?? ''))
        throw new DomainError('forbidden', 'This address may not use this surface.');
      if (binding.signals.closing)
        throw new DomainError('shutting-down', 'The manager is shutting down.');
      if (!binding.ready()) throw new DomainError('unavailable', 'The manager is not ready yet.');
      const bodyBytes = announcedBytes(request, surface.bodyBytesMax);
      const { address: caller } = request;
      binding.auditor.requireRoom(operation);
      binding.load.enter({ operationId: operation.id, caller, bodyBytes }, reply.raw);
      done();
    } catch (error) {
      done(error as DomainError);
    }
  };

/** The framework reads no body of a GET; some peers send one. */
async function bodyOf(request: FastifyRequest, bytesMax: number): Promise<Buffer> {
  if (Buffer.isBuffer(request.body)) return request.body;
  if (request.method !== 'GET') return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.raw as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytesMax)
      throw new DomainError('body-too-large', `A body may have ${bytesMax} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws DomainError `internal` - the answer is not what the contract says */
function check(
  by: ResponseCheck,
  operation: Operation,
  { status, type, body }: CompatAnswer,
): void {
  if (typeof body !== 'string') return;
  const declared = operation.responses.get(String(status)) ?? operation.responses.get('default');
  const fault =
    declared?.[type] === undefined
      ? `${operation.id} does not declare ${type} for ${status}`
      : type === 'application/json'
        ? by(operation.id, status, JSON.parse(body))
        : undefined;
  if (fault !== undefined) throw new DomainError('internal', fault, { cause: new Error(fault) });
}

const answer = (reply: FastifyReply, { status, type, body }: CompatAnswer): FastifyReply =>
  reply.code(status).type(`${type}; charset=utf-8`).header('cache-control', 'no-store').send(body);

const bindAll = (app: FastifyInstance, binding: CompatBinding, surface: CompatSurface): void => {
  const operations = binding.contract.operations.filter(({ tag }) => tag === surface.tag);
  compareNames(operations, surface);
  const by = binding.checkResponses ? responseCheck(binding.contract) : undefined;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (_request, bytes, done) => {
    done(null, bytes);
  });
  app.setErrorHandler((thrown, request, reply) => {
    const error = binding.classify(thrown) ?? toDomainError(thrown, surface.bodyBytesMax);
    request.failure = error;
    binding.auditor.refused(request, error);
    const body =
      error.code === 'internal'
        ? `Something went wrong inside; the log has it under ${request.id}.`
        : error.detail;
    return answer(reply, { status: problemStatus[error.code], type: 'text/plain', body });
  });
  for (const operation of operations) {
    const handler = surface.handlers[operation.id];
    app.route({
      method: operation.method,
      url: operation.url,
      bodyLimit: surface.bodyBytesMax,
      config: { operation },
      onRequest: entrance(binding, surface, operation),
      handler: async (request, reply) => {
        if (handler === undefined) throw new Error(`operation without handler: ${operation.id}`);
        const made = await handler({
          path: request.params as Readonly<Record<string, string>>,
          contentType: request.headers['content-type'] ?? '',
          body: await bodyOf(request, surface.bodyBytesMax),
        });
        if (by) check(by, operation, made);
        binding.auditor.done(request, operation, made.status, undefined);
        return answer(reply, made);
      },
    });
  }
};

/**
 * Makes the routes of the surfaces that are switched on, each with its own way of reading bodies and telling failures.
 *
 * @throws Error - handlers and operations of a tag differ
 */
export const bindCompat = async (
  app: FastifyInstance,
  binding: CompatBinding,
  surfaces: readonly CompatSurface[],
): Promise<void> => {
  for (const surface of surfaces)
    await app.register((scope, _options, done) => {
      bindAll(scope, binding, surface);
      done();
    });
};
