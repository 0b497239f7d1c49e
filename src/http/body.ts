/** Reads request bodies. Whatever cannot be read is refused with the place where it breaks. */
import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../domain/errors.js';
import { parseYaml } from '../wire/yaml.js';
import type { Operation } from './contract-document.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Size of the body as it arrived. */
    bodyBytes: number;
  }
}

const jsonType = 'application/json';
const yamlType = 'application/yaml';

/** Other names under which YAML is sent (RFC 9512 names them as aliases). */
const yamlAliases = ['text/yaml', 'application/x-yaml', 'text/x-yaml'];

const mediaTypeOf = (request: FastifyRequest): string | undefined => {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return type !== undefined && yamlAliases.includes(type) ? yamlType : type;
};

/** How many bytes of body a request may bring: as many as it says, or as many as are taken where it does not say. */
export const announcedBytes = ({ headers }: FastifyRequest, bytesMax: number): number => {
  if (headers['transfer-encoding'] !== undefined) return bytesMax;
  return Math.min(bytesMax, Number(headers['content-length'] ?? 0));
};

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/**
 * Refuses a body of a foreign type before it is read.
 *
 * @throws DomainError `unsupported-media-type`
 */
export const checkMediaType = (operation: Operation, request: FastifyRequest): void => {
  if (operation.body === undefined || !hasBody(request)) return;
  const taken = Object.keys(operation.body.media);
  const type = mediaTypeOf(request);
  if (type === undefined || !taken.includes(type)) {
    const given = type === undefined ? 'No content type is given' : `${type} is not taken here`;
    throw new DomainError('unsupported-media-type', `${given}; send ${taken.join(' or ')}.`);
  }
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new DomainError('unsupported-media-type', 'Encoded bodies are not taken; send it plain.');
  }
};

const decode = (bytes: Buffer): string => {
  if (!isUtf8(bytes)) throw new DomainError('malformed-body', 'The body is not UTF-8.');
  return bytes.toString('utf8');
};

const placeOf = (text: string, position: number): string => {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const at = placeOf(text, position === undefined ? text.length : Number(position));
    throw new DomainError('malformed-body', `The body is not JSON: it breaks at ${at}.`, {
      cause: error,
    });
  }
};

/**
 * Refuses the two keys that change an object's prototype when a careless copy is made of it. Goes without recursion: the body is
 * not yet validated and may be nested deeper than the stack.
 */
const refusePoison = (body: unknown): void => {
  const pending = [body];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (Object.hasOwn(node, '__proto__')) {
      throw new DomainError('malformed-body', 'The key `__proto__` is not taken.');
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === 'constructor' && typeof child === 'object' && child !== null) {
        throw new DomainError(
          'malformed-body',
          'The key `constructor` with an object is not taken.',
        );
      }
      pending.push(child);
    }
  }
};

/** Only a text with one of these can hold such a key; a backslash may hide it. */
const maybePoison = /__proto__|constructor|\\/;

const parse = (request: FastifyRequest, bytes: Buffer): unknown => {
  const { operation } = request.routeOptions.config;
  // No operation: the address is unknown, and the answer is 404 whatever the body is.
  if (operation === undefined || bytes.length === 0) return undefined;
  if (operation.body === undefined) {
    const errors = [{ pointer: '#', detail: 'must be absent' }];
    throw new DomainError('validation-failed', 'This operation takes no body.', { errors });
  }
  request.bodyBytes = bytes.length;
  const text = decode(bytes);
  const body = mediaTypeOf(request) === jsonType ? parseJson(text) : parseYaml(text);
  if (maybePoison.test(text)) refusePoison(body);
  return body;
};

/** Replaces the framework's parsers by one that reads what the contract declares, and nothing else. */
export const useBodyParsers = (app: FastifyInstance): void => {
  app.decorateRequest('bodyBytes', 0);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      done(null, parse(request, bytes));
    } catch (error) {
      done(error instanceof Error ? error : new Error('body parser', { cause: error }));
    }
  });
};
