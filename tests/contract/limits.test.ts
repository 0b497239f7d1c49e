/** How often somebody may ask, and what those are told who ask more often. */
import { connect, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { openDoor, type DoorSettings } from '../../src/door.js';
import { rateRules } from '../../src/domain/limits/rate-limits.js';
import { parseNetworks } from '../../src/networks.js';
import { FakeClock } from '../support/clock.js';
import { as, clusterId, stubServer } from './binder-stub-server.js';

const none = { read: 0, write: 0, signIn: 0, unproven: 0, connect: 0, session: 0 };

/** A server whose clock stands still. `0.2` a second is two at once, and the next after five seconds. */
async function limited(rates: Partial<typeof none>, more: Partial<DoorSettings> = {}) {
  const clock = new FakeClock();
  const door = openDoor({ rates: rateRules({ ...none, ...rates }), ...more }, clock.now);
  const { limits, remote, guard: connections } = door;
  const server = await stubServer({}, { rates: limits, remote, connections });
  return { ...server, clock };
}

const list = { url: '/api/v1/schedulers' };

const statuses = async (
  app: FastifyInstance,
  times: number,
  request: InjectOptions,
): Promise<readonly number[]> => {
  const found: number[] = [];
  for (let n = 0; n < times; n += 1) found.push((await app.inject(request)).statusCode);
  return found;
};

describe('a caller', () => {
  it('who asks too often gets 429 and is told when to come again, and what is left (P10)', async () => {
    const { app, clock } = await limited({ read: 0.2 });
    const request = { ...list, headers: as('administrator') };
    const first = await app.inject(request);
    expect(first.statusCode).toBe(200);
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"read";q=2;w=10',
      ratelimit: '"read";r=1;t=5',
    });
    await app.inject(request);
    const refused = await app.inject(request);
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({ type: '/problems/rate-limited', status: 429 });
    expect(refused.headers).toMatchObject({ 'retry-after': '5', ratelimit: '"read";r=0;t=10' });
    clock.advance(5_000);
    expect((await app.inject(request)).statusCode).toBe(200);
    await app.close();
  });

  it('takes nothing from others, wherever they come from, and its reads nothing from its writes', async () => {
    const { app } = await limited({ read: 0.1, write: 0.1 });
    const version = { url: '/api/v1/version' };
    expect(await statuses(app, 2, { ...version, headers: as('administrator') })).toEqual([
      200, 429,
    ]);
    expect(await statuses(app, 2, { ...version, headers: as('cluster') })).toEqual([200, 429]);
    const url = `/api/v1/clusters/${clusterId}/drain`;
    const write = { method: 'POST' as const, url, headers: as('administrator') };
    expect(await statuses(app, 2, write)).toEqual([202, 429]);
    await app.close();
  });

  it('is written to the log once when it begins to be refused', async () => {
    const { app, log } = await limited({ read: 0.1 });
    await statuses(app, 5, { ...list, headers: as('administrator') });
    const refusals = log.filter((line) => line['problem'] === 'rate-limited');
    expect(refusals.map(({ level }) => level)).toEqual([40, 20, 20, 20]);
    await app.close();
  });
});

describe('an address', () => {
  it('that shows wrong tokens too often shows no more of them, right ones included, for a while', async () => {
    const { app, clock } = await limited({ unproven: 0.2 });
    const wrong = { ...list, headers: { authorization: 'Bearer wrong' } };
    expect(await statuses(app, 3, wrong)).toEqual([401, 401, 429]);
    expect(await statuses(app, 1, { ...list, headers: as('administrator') })).toEqual([429]);
    clock.advance(5_000);
    expect(await statuses(app, 9, { ...list, headers: as('administrator') })).toEqual(
      Array.from({ length: 9 }, () => 200),
    );
    await app.close();
  });

  it.each(['/docs', '/docs/static/index.html', '/openapi.yaml', '/nowhere'])(
    'that proves nothing is limited at %s',
    async (url) => {
      const { app } = await limited({ unproven: 0.1 });
      const [first, second] = await statuses(app, 2, { url });
      expect(first).toBeLessThan(429);
      expect(second).toBe(429);
      await app.close();
    },
  );

  it('that signs in is limited apart from everything else', async () => {
    const { app } = await limited({ signIn: 0.1, unproven: 1 });
    const signIn = {
      method: 'POST' as const,
      url: '/api/v1/sessions',
      payload: { name: 'ada', password: 'a long sentence' },
    };
    expect(await statuses(app, 2, signIn)).toEqual([201, 429]);
    expect(await statuses(app, 1, { url: '/openapi.yaml' })).toEqual([200]);
    await app.close();
  });

  it('is asked whether it lives as often as it likes', async () => {
    const { app } = await limited({ unproven: 0.1 });
    expect(await statuses(app, 5, { url: '/healthz' })).toEqual([200, 200, 200, 200, 200]);
    await app.close();
  });

  it('behind a proxy is the one that the proxy tells', async () => {
    const { app } = await limited({ unproven: 0.1 }, { proxies: parseNetworks('127.0.0.0/8') });
    const by = (address: string) => ({
      url: '/openapi.yaml',
      headers: { 'x-forwarded-for': address },
    });
    expect(await statuses(app, 2, by('192.0.2.1'))).toEqual([200, 429]);
    expect(await statuses(app, 1, by('192.0.2.2'))).toEqual([200]);
    await app.close();
  });
});

const open = (port: number): Promise<{ socket: Socket; answer: Promise<string> }> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      resolve({ socket, answer });
    });
    const answer = new Promise<string>((told) => {
      let text = '';
      socket.on('data', (bytes) => (text += bytes.toString()));
      socket.on('close', () => {
        told(text);
      });
    });
    socket.on('error', reject);
  });

describe('pages of other origins', () => {
  const origin = 'https://console.example';
  const ask = async (corsOrigins: readonly string[], from: string, method: 'GET' | 'OPTIONS') => {
    const { app } = await stubServer({}, { corsOrigins });
    const preflight = method === 'OPTIONS' ? { 'access-control-request-method': 'GET' } : {};
    const headers = { ...as('administrator'), ...preflight, origin: from };
    const answer = await app.inject({ ...list, method, headers });
    await app.close();
    return answer;
  };

  it('may read nothing unless they are named', async () => {
    for (const [origins, from] of [
      [[], origin],
      [[origin], 'https://other.example'],
    ] as const) {
      const { headers } = await ask(origins, from, 'GET');
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect((await ask(origins, from, 'OPTIONS')).statusCode).toBe(404);
    }
  });

  it('that are named may read answers, and never with credentials of the browser', async () => {
    const answer = await ask([origin], origin, 'GET');
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin' });
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    const preflight = await ask([origin], origin, 'OPTIONS');
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers['access-control-allow-headers']).toContain('authorization');
  });
});

describe('requests under way', () => {
  it('of one caller get no more than their part, so that others are answered (P10)', async () => {
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let onInside: () => void = () => undefined;
    const inside = new Promise<void>((resolve) => {
      onInside = resolve;
    });
    const answer = {
      status: 200,
      body: { version: '1', contract: '1', node: '1', store: 'embedded' },
    };
    const getVersion = async () => {
      onInside();
      await gate;
      return answer;
    };
    const load = { requestsMax: 2, waitersMax: 2 };
    const { app } = await stubServer(
      { listSchedulers: getVersion },
      { load, checkResponses: false },
    );
    const ask = (who: Parameters<typeof as>[0]) => app.inject({ ...list, headers: as(who) });
    const accepted = ask('administrator');
    await inside;
    const refused = await ask('administrator');
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '1']);
    const other = ask('reader');
    letGo();
    expect([(await accepted).statusCode, (await other).statusCode]).toEqual([200, 200]);
    await app.close();
  });

  it('bring no more bytes than there is room for, also where they do not say how many', async () => {
    const load = { requestsMax: 10, waitersMax: 10, bodyBytesMax: 4_000, callerShare: 1 };
    const { app } = await stubServer({}, { load, bodyLimitBytes: 2_000 });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const head = [
      'POST /api/v1/services HTTP/1.1',
      'host: a',
      `authorization: ${as('administrator').authorization}`,
      'content-type: application/json',
    ].join('\r\n');
    const arrivals = new Promise<void>((resolve) => {
      let arrived = 0;
      app.server.on('request', () => {
        arrived += 1;
        if (arrived === 2) resolve();
      });
    });
    const unfinished = [await open(port), await open(port)];
    unfinished[0]?.socket.write(`${head}\r\ncontent-length: 2000\r\n\r\n{`);
    unfinished[1]?.socket.write(`${head}\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n`);
    await arrivals;
    const payload = { name: 'a' };
    const deploy = () =>
      app.inject({
        method: 'POST',
        url: '/api/v1/services',
        headers: as('administrator'),
        payload,
      });
    const refused = await deploy();
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '1']);
    for (const { socket } of unfinished) socket.destroy();
    for (const { answer } of unfinished) await answer;
    await expect.poll(async () => (await deploy()).statusCode).toBe(202);
    await app.close();
  });
});

describe('connections of an address', () => {
  it('that are too many are refused with 429, and taken again when others are closed', async () => {
    const { app } = await limited({}, { connections: { max: 0, perAddressMax: 2 } });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const [first] = [await open(port), await open(port)] as const;
    const third = await open(port);
    third.socket.write('GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n');
    const refused = await third.answer;
    expect(refused).toMatch(/^HTTP\/1.1 429 /);
    expect(refused).toContain('retry-after: 5');
    expect(JSON.parse(refused.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      type: '/problems/rate-limited',
    });
    first?.socket.destroy();
    const status = async (): Promise<string> => {
      const { socket, answer } = await open(port);
      socket.write('GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
      return (await answer).slice(9, 12);
    };
    await expect.poll(status).toBe('200');
    await app.close();
  });
});
