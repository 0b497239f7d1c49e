/** How often somebody gets a socket, and how much is read from it. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rateRules } from '../../src/domain/limits/rate-limits.js';
import { enrolmentToken } from '../support/app.js';
import { problemOf } from '../support/calls.js';
import { FakeClock } from '../support/clock.js';
import { Site } from '../support/site.js';
import { upgrade } from '../support/upgrade.js';

const none = { read: 0, write: 0, signIn: 0, unproven: 0, connect: 0, session: 0 };

/** A manager whose clock stands still. `0.2` a second is two at once, and the next after five seconds. */
const limited = (rates: Partial<typeof none>): Promise<Site> =>
  Site.start({
    door: { rates: rateRules({ ...none, ...rates }) },
    monotonic: new FakeClock().now,
  });

describe('an upgrade', () => {
  it('that comes too often from an address gets 429 and the limit (P10)', async () => {
    const site = await limited({ connect: 0.2 });
    const call = { path: '/register', token: enrolmentToken };
    for (let n = 0; n < 2; n += 1) expect((await upgrade(site.url, call)).status).toBe(101);
    const refused = await upgrade(site.url, call);
    expect([refused.status, problemOf(refused).code]).toEqual([429, 'rate-limited']);
    expect(refused.headers).toMatchObject({
      'retry-after': '5',
      'ratelimit-policy': '"connect";q=2;w=10',
    });
    await site.close();
  });

  it('with wrong tokens is not even looked at after some of them', async () => {
    const site = await limited({ unproven: 0.2 });
    const wrong = { path: '/register', token: 'nobody-knows-this-token' };
    const found: number[] = [];
    for (let n = 0; n < 3; n += 1) found.push((await upgrade(site.url, wrong)).status);
    expect(found).toEqual([401, 401, 429]);
    await site.close();
  });

  it('of one cluster that begins sessions too often is refused, that of another one is not', async () => {
    const site = await limited({ session: 0.1 });
    const [one, other] = [await site.enrol(), await site.enrol()];
    await site.rejoin(one);
    await expect(site.rejoin(one)).rejects.toThrow('429');
    await site.rejoin(other);
    await site.close();
  });
});

describe('a peer', () => {
  let site: Site;

  beforeAll(async () => {
    site = await Site.start({
      heartbeatMs: 50,
      sessionLimits: { framesPerSecondMax: 50, framesAtOnceMax: 5, bufferedBytesMax: 64 * 1024 },
    });
  });

  afterAll(() => site.close());

  it('that sends faster than it may is read more slowly, and every frame is answered', async () => {
    const { agent } = await site.enrol();
    const startedAt = performance.now();
    for (let n = 0; n < 30; n += 1) agent.tell([]);
    await agent.report();
    // All of them may have arrived in one piece; what is sent now is not read until the time for them is over.
    await agent.report();
    // Of more than thirty frames five may come at once; the other ones need at least half a second at fifty a second.
    expect(performance.now() - startedAt).toBeGreaterThan(450);
    expect(site.manager.app.gateway.sessions).toBe(1);
  });

  it('that was refused loses its connection, also when it keeps its own half open', async () => {
    const socket = connect({ port: Number(new URL(site.url).port), allowHalfOpen: true });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(
      'GET /register HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    await new Promise((resolve) => socket.once('end', resolve));
    const open = (): Promise<number> =>
      new Promise((resolve, reject) => {
        site.manager.app.http.server.getConnections((error, count) => {
          if (error) reject(error);
          else resolve(count);
        });
      });
    // The agent of the test before is still there.
    await expect.poll(open).toBe(1);
    socket.destroy();
    await closed;
  });
});
