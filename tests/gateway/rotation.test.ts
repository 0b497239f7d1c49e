/** How a cluster changes its credential. */
import { memoryPlace, JournaledAgent, type Place } from '@system-manager/client/agent';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enrolmentToken } from '../support/app.js';
import type { FakeAgent } from '../support/fake-agent.js';
import { Site } from '../support/site.js';
import { upgrade } from '../support/upgrade.js';

let site: Site;

beforeAll(async () => {
  site = await Site.start();
});

afterAll(() => site.close());

/** Asks for another credential. */
async function rotate(agent: FakeAgent): Promise<string> {
  const from = agent.frames.all.length;
  agent.send({ type: 'rotate' });
  return (await agent.next('credential', from)).credential;
}

/** 101 when it opens the door, 401 when nobody knows it any more. */
const knock = async (token: string): Promise<number> =>
  (await upgrade(site.url, { path: '/register', token })).status;

describe('another credential', () => {
  it('takes the place of the present one as soon as it is used, not before', async () => {
    const member = await site.enrol();
    const next = await rotate(member.agent);
    expect(next).not.toBe(member.credential);
    expect(await knock(member.credential)).toBe(101);
    expect(await knock(member.credential)).toBe(101);
    expect(await knock(next)).toBe(101);
    expect(await knock(member.credential)).toBe(401);
    expect(await knock(next)).toBe(101);
  });

  it('opens a session of the same cluster', async () => {
    const member = await site.enrol();
    const credential = await rotate(member.agent);
    const again = await site.rejoin({ ...member, credential });
    expect(again.agent.clusterId).toBe(member.id);
  });

  it('is void when it was asked for again before it was used', async () => {
    const member = await site.enrol();
    const lost = await rotate(member.agent);
    const next = await rotate(member.agent);
    expect(await knock(lost)).toBe(401);
    expect(await knock(member.credential)).toBe(101);
    expect(await knock(next)).toBe(101);
  });

  it('is told apart from those of other clusters', async () => {
    const [one, other] = [await site.enrol(), await site.enrol()];
    await rotate(one.agent);
    const next = await rotate(other.agent);
    expect(await knock(next)).toBe(101);
    expect(await knock(one.credential)).toBe(101);
  });
});

describe('an agent that changes its credential', () => {
  async function start(place: Place) {
    const agent = await JournaledAgent.open({
      url: site.url,
      name: site.name('rotating'),
      capabilities: ['process'],
      token: enrolmentToken,
      place,
      capacity: () => ({ cpuCores: 1 }),
      run: () => Promise.resolve({}),
      stop: () => Promise.resolve(),
    });
    const connected = () =>
      new Promise<void>((resolve) => agent.once('connected', () => resolve()));
    const first = connected();
    await agent.start();
    await first;
    return { agent, connected };
  }

  it('stores the new one, uses it at once, and the old one is good for nothing', async () => {
    const place = memoryPlace();
    const { agent, connected } = await start(place);
    const old = (await place.read('credential'))?.trim() ?? '';
    const again = connected();
    await agent.rotateCredential();
    const stored = (await place.read('credential'))?.trim();
    expect(stored).toMatch(/^smc_/);
    expect(stored).not.toBe(old);
    await again;
    expect(await knock(old)).toBe(401);
    await agent.close();
  });

  it('keeps the old one when the new one cannot be stored', async () => {
    const place = memoryPlace();
    let full = false;
    const { agent } = await start({
      ...place,
      write: (name, text) =>
        full ? Promise.reject(new Error('the disk is full')) : place.write(name, text),
    });
    const old = (await place.read('credential'))?.trim() ?? '';
    full = true;
    await expect(agent.rotateCredential()).rejects.toThrow('the disk is full');
    expect((await place.read('credential'))?.trim()).toBe(old);
    expect(await knock(old)).toBe(101);
    await agent.close();
  });

  it('is told when there is no session to ask in', async () => {
    const { agent } = await start(memoryPlace());
    await agent.close();
    await expect(agent.rotateCredential()).rejects.toThrow('no session');
  });
});
