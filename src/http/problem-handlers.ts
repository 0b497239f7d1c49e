/** The one way out for every failure: those of handlers, of the framework, and of the HTTP parser. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../domain/errors.js';
import type { Auditor } from './audit.js';
import {
  problemMediaType,
  problemOf,
  toDomainError,
  type Problem,
  type ProblemAnswer,
} from './problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request failed with; told in its log line. */
    failure: DomainError | undefined;
  }
}

/** Answers a request with a problem, and keeps the failure for the log. */
export const sendProblem = (
  error: DomainError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  request.failure = error;
  const { problem, headers } = problemOf(error, request.id);
  return reply
    .code(problem.status)
    .headers(headers)
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .type(problemMediaType)
    .send(JSON.stringify(problem));
};

/** Failures of the HTTP parser that have a status of their own; all others are 400. */
const parserFailures: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};

const parserProblem = (code: string | undefined): ProblemAnswer => {
  const [status, detail] = parserFailures[code ?? ''] ?? [400, 'This is not an HTTP request.'];
  const { problem, headers } = problemOf(
    new DomainError('validation-failed', detail),
    randomUUID(),
  );
  return { problem: { ...problem, status }, headers };
};

/** Writes a problem where there is no request, and so nothing else that writes answers; then closes the connection. */
export const writeAnswer = (
  socket: Socket,
  problem: Problem,
  headers: Readonly<Record<string, string>>,
): void => {
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    `content-type: ${problemMediaType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${problem.instance ?? ''}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => {
    socket.destroySoon();
  });
};

/** Answers what is no HTTP with a problem and closes the connection. */
export const answerParserError = (error: NodeJS.ErrnoException, socket: Socket): void => {
  // The peer has gone: nobody is left to be told.
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { problem, headers } = parserProblem(error.code);
  writeAnswer(socket, problem, headers);
};

/** Makes every failure leave as a problem document. */
export const useProblems = (
  app: FastifyInstance,
  bodyLimitBytes: number,
  classify: (error: unknown) => DomainError | undefined,
  auditor: Auditor,
): void => {
  app.decorateRequest('failure', undefined);
  app.setErrorHandler((thrown, request, reply) => {
    const error = classify(thrown) ?? toDomainError(thrown, bodyLimitBytes);
    auditor.refused(request, error);
    return sendProblem(error, request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    const detail = 'The contract (/openapi.yaml) knows no such operation.';
    return sendProblem(new DomainError('route-not-found', detail), request, reply);
  });
};
