import type { FastifyInstance } from 'fastify';

const methods = 'GET, PUT, POST, PATCH, DELETE';
const requestHeaders =
  'authorization, content-type, idempotency-key, if-match, last-event-id, x-request-id';
const answerHeaders =
  'etag, location, retry-after, ratelimit, ratelimit-policy, x-request-id, idempotency-replayed';
const preflightSeconds = 600;

/**
 * Lets pages of these origins, and no others, read answers. Tokens are sent in a header by the page itself, so no credentials of the
 * browser are allowed.
 *
 * @param origins - as in `https://console.example.org`
 */
export const useCors = (app: FastifyInstance, origins: readonly string[]): void => {
  if (origins.length === 0) return;
  const allowed = new Set(origins);
  app.addHook('onRequest', (request, reply, done) => {
    const { origin, 'access-control-request-method': asked } = request.headers;
    void reply.header('vary', 'Origin');
    if (origin === undefined || !allowed.has(origin)) {
      done();
      return;
    }
    void reply.headers({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': answerHeaders,
      'cross-origin-resource-policy': 'cross-origin',
    });
    if (request.method !== 'OPTIONS' || asked === undefined) {
      done();
      return;
    }
    void reply
      .code(204)
      .headers({
        'access-control-allow-methods': methods,
        'access-control-allow-headers': requestHeaders,
        'access-control-max-age': String(preflightSeconds),
      })
      .send();
  });
};
