import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Happenings } from './waiting.js';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Answer = (seen: Seen, response: ServerResponse) => void;

/** An HTTP server that answers each request as a test has told it, in order; the last answer stays. */
export class HttpStub {
  readonly seen = new Happenings<Seen>();
  readonly #server: Server;
  #answers: Answer[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', 'http://stub');
        const seen: Seen = {
          method: request.method ?? '',
          path: url.pathname,
          query: url.searchParams,
          headers: request.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        };
        const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
        this.seen.add(seen);
        answer?.(seen, response);
      });
    });
  }

  static async start(): Promise<HttpStub> {
    const stub = new HttpStub();
    await new Promise<void>((resolve) => stub.#server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  answer(...answers: Answer[]): void {
    this.#answers = answers;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_seen, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };

export const problem = (
  status: number,
  code: string,
  headers: Record<string, string> = {},
): Answer =>
  json(
    status,
    { type: `/problems/${code}`, title: code, status },
    {
      'content-type': 'application/problem+json',
      ...headers,
    },
  );

/** Breaks the connection without an answer. */
export const hangUp: Answer = (_seen, response) => {
  response.destroy();
};

/** Begins an answer and breaks off in the middle of it. */
export const breakOff: Answer = (_seen, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"items":', () => response.destroy());
};

export const silence: Answer = () => undefined;

/** Sends a piece of a stream and either keeps it open or ends it. */
export const stream =
  (text: string, { end = true } = {}): Answer =>
  (_seen, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(text);
    if (end) response.end();
  };
