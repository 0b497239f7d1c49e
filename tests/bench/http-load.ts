import autocannon from 'autocannon';
import type { Run } from './measure.js';

/** Hands of the cases without HTTP. */
export const hands = 16;

const connections = 50;

interface Load {
  readonly url: string;
  /** Path of the next POST, where they differ. */
  readonly path?: () => string;
  readonly token?: string;
  /** Body of the next POST; absent: GET. */
  readonly body?: () => string;
}

/** Requests by a fixed number of connections, each the next one as soon as the answer is there. */
export const httpLoad =
  ({ url, path, token, body }: Load): Run =>
  async (seconds) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const result = await autocannon({
      url,
      connections,
      duration: seconds,
      headers,
      ...(body === undefined
        ? {}
        : { requests: [post(path ?? (() => new URL(url).pathname), headers, body)] }),
    });
    if (result.errors > 0 || result.non2xx > 0) {
      throw new Error(`${url}: ${result.errors} errors, ${result.non2xx} answers were not 2xx`);
    }
    return { rate: result['2xx'] / result.duration };
  };

let keys = 0;

function post(path: () => string, headers: Readonly<Record<string, string>>, body: () => string) {
  return {
    method: 'POST',
    setupRequest: (request: object) => ({
      ...request,
      path: path(),
      headers: {
        ...headers,
        'content-type': 'application/json',
        // As every write of the client has one.
        'idempotency-key': `bench-${process.pid}-${(keys += 1)}`,
      },
      body: body(),
    }),
  };
}
