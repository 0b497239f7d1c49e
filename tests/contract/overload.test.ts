import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { as, stubHandlers, stubServer } from './binder-stub-server.js';

/** A server with room for two requests, whose `getVersion`-like work waits until it is let go. */
async function smallServer() {
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let inside = 0;
  let onInside: () => void = () => undefined;
  const twoInside = new Promise<void>((resolve) => {
    onInside = resolve;
  });
  const answer = stubHandlers().listSchedulers as () => Promise<{ status: number; body: unknown }>;
  const { app } = await stubServer(
    {
      listSchedulers: async () => {
        inside += 1;
        if (inside === 2) onInside();
        await gate;
        return answer();
      },
    },
    { load: { requestsMax: 2, waitersMax: 1, callerShare: 1 } },
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const get = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: as('administrator') });
  return { app, get, letGo, twoInside };
}

describe('overload', () => {
  it('is refused early with 503 and Retry-After, and passes when work is done (P10)', async () => {
    const { app, get, letGo, twoInside } = await smallServer();
    const accepted = [get('/api/v1/schedulers'), get('/api/v1/schedulers')];
    await twoInside;
    const refused = await get('/api/v1/schedulers');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ type: '/problems/overloaded' });
    expect((await get('/healthz')).status).toBe(200);
    letGo();
    for (const response of await Promise.all(accepted)) expect(response.status).toBe(200);
    expect((await get('/api/v1/schedulers')).status).toBe(200);
    await app.close();
  });

  it('does not count requests that are over', async () => {
    const { app } = await stubServer(
      {},
      { load: { requestsMax: 2, waitersMax: 1, callerShare: 1 } },
    );
    for (let n = 0; n < 20; n += 1) {
      const response = await app.inject({
        url: '/api/v1/schedulers',
        headers: as('administrator'),
      });
      expect(response.statusCode).toBe(200);
    }
    await app.close();
  });
});
