import autocannon from 'autocannon';
import type { Run } from './measure.js';

/** Requests under way at any time, also of the cases without HTTP. */
export const hands = 16;

interface Load {
  readonly url: string;
  readonly token?: string;
  /** Body of the next POST; absent: GET. */
  readonly body?: () => string;
}

/** Requests by a fixed number of connections, each the next one as soon as the answer is there. */
export const httpLoad =
  ({ url, token, body }: Load): Run =>
  async (seconds) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const result = await autocannon({
      url,
      connections: hands,
      duration: seconds,
      headers,
      ...(body === undefined ? {} : { requests: [post(url, headers, body)] }),
    });
    if (result.errors > 0 || result.non2xx > 0) {
      throw new Error(`${url}: ${result.errors} errors, ${result.non2xx} answers were not 2xx`);
    }
    return { rate: result['2xx'] / result.duration };
  };

let keys = 0;

function post(url: string, headers: Readonly<Record<string, string>>, body: () => string) {
  return {
    method: 'POST',
    path: new URL(url).pathname,
    setupRequest: (request: object) => ({
      ...request,
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
