/** How a session begins, is taken over, and ends. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/clock.js';
import { enrolmentToken } from '../support/app.js';
import { Site } from '../support/site.js';
import type { FakeAgent } from '../support/fake-agent.js';

const heartbeatMs = 100;
let site: Site;

beforeAll(async () => {
  site = await Site.start({ heartbeatMs });
});

afterAll(() => site.close());

/** The problem that the agent is told last, and the code with which the session ends. */
async function ending(agent: FakeAgent): Promise<readonly [string, number]> {
  const { code } = await agent.closed;
  const last = agent.frames.all.at(-1);
  return [last?.type === 'error' ? last.problem.type : (last?.type ?? 'nothing'), code];
}

const hello = (name: string) => ({ type: 'hello', name, capabilities: ['process'] });

describe('enrolment', () => {
  it('gives a credential once, and with it a higher session each time', async () => {
    const member = await site.enrol();
    const first = member.agent.welcome;
    expect(first.credential).toMatch(/^smc_[0-9a-f]{24}_\S{20,}$/);
    expect(first).toMatchObject({ heartbeatIntervalMs: heartbeatMs, reportIntervalMs: 15_000 });
    await member.agent.drop();
    const again = await site.rejoin(member);
    expect(again.agent.welcome.credential).toBeUndefined();
    expect(again.agent.clusterId).toBe(member.id);
    expect(again.agent.welcome.session).toBeGreaterThan(first.session);
  });

  it('makes a cluster that is active and has what its agent said', async () => {
    const { id } = await site.enrol({
      location: 'munich',
      labels: { tier: 'gold' },
      agentVersion: '1.2.3',
      capacity: { cpuCores: 4, memoryMiB: 4096, gpus: 1 },
    });
    expect(await site.cluster(id)).toMatchObject({
      state: 'active',
      location: 'munich',
      labels: { tier: 'gold' },
      agentVersion: '1.2.3',
      capacity: { cpuCores: 4, memoryMiB: 4096, gpus: 1 },
    });
  });

  it('under a name in use is refused, and the one who has it is left in peace (P9)', async () => {
    const member = await site.enrol();
    const before = await site.cluster(member.id);
    const intruder = await site.connect();
    intruder.send(hello(member.name));
    expect(await ending(intruder)).toEqual(['/problems/cluster-name-in-use', 4409]);
    expect(await site.cluster(member.id)).toEqual(before);
    expect((await member.agent.report()).applied).toBe(true);
  });

  it('under another name than that of the credential is refused (P9)', async () => {
    const [member, other] = [await site.enrol(), await site.enrol()];
    const before = await site.cluster(other.id);
    const intruder = await site.connect({ token: member.credential });
    intruder.send(hello(other.name));
    expect(await ending(intruder)).toEqual(['/problems/forbidden', 4403]);
    expect(await site.cluster(other.id)).toEqual(before);
    expect((await other.agent.report()).applied).toBe(true);
  });
});

describe('hello', () => {
  it('comes first: a report before it ends the session', async () => {
    const agent = await site.connect();
    agent.send({ type: 'report', session: 1, sequence: 1, instances: [] });
    expect(await ending(agent)).toEqual(['/problems/invalid-frame', 4400]);
  });

  it('comes once: a second one ends the session', async () => {
    const { agent, name } = await site.enrol();
    agent.send(hello(name));
    expect(await ending(agent)).toEqual(['/problems/invalid-frame', 4400]);
  });

  it('comes in time: silence ends the session', async () => {
    // A site of its own: on a busy machine others may take longer than that.
    const hasty = await Site.start({ sessionLimits: { helloTimeoutMs: 50 } });
    const agent = await hasty.connect();
    expect(await ending(agent)).toEqual(['/problems/invalid-frame', 4400]);
    await hasty.close();
  });
});

describe('a session', () => {
  it('is ended by the next connection of the same cluster', async () => {
    const member = await site.enrol();
    const successor = await site.rejoin(member);
    expect(await ending(member.agent)).toEqual(['/problems/session-ended', 4408]);
    expect((await successor.agent.report()).applied).toBe(true);
  });

  it('ends with a bye, and the cluster stays as it is', async () => {
    const { agent, id } = await site.enrol();
    agent.send({ type: 'bye' });
    expect((await agent.closed).code).toBe(1000);
    expect((await site.cluster(id)).state).toBe('active');
  });

  it('is dropped when heartbeats are missed, and one that answers them is not', async () => {
    const clock = new FakeClock();
    const own = await Site.start({ now: clock.now, heartbeatMs });
    const silent = await own.enrol({}, { socket: { autoPong: false } });
    const alert = await own.enrol();
    for (let passed = 0; passed <= 3 * heartbeatMs; passed += heartbeatMs) {
      clock.advance(heartbeatMs);
      await alert.agent.report();
    }
    expect((await silent.agent.closed).code).toBe(1006);
    expect(own.manager.app.gateway.sessions).toBe(1);
    expect((await alert.agent.report()).applied).toBe(true);
    await own.close();
  });

  it('of a cluster that was removed by force is refused with its credential', async () => {
    const member = await site.enrol();
    await site.succeeded(await site.remove(member, '?force=true'));
    const agent = await site.connect({ token: member.credential });
    agent.send(hello(member.name));
    expect(await ending(agent)).toEqual(['/problems/cluster-removed', 4410]);
    // The name is free for a new enrolment.
    const successor = await site.enrol({ name: member.name });
    expect(successor.id).not.toBe(member.id);
  });

  it('under way when its cluster is removed by force ends with the next report', async () => {
    const member = await site.enrol();
    await site.succeeded(await site.remove(member, '?force=true'));
    member.agent.tell([]);
    expect((await member.agent.closed).code).toBe(4410);
  });
});

describe('the end of the manager', () => {
  it('is told to agents that have said hello and to those that have not', async () => {
    const own = await Site.start();
    const welcomed = (await own.enrol()).agent;
    const waiting = await own.connect({ token: enrolmentToken });
    await own.close();
    for (const agent of [welcomed, waiting])
      expect(await ending(agent)).toEqual(['/problems/shutting-down', 1001]);
  });
});
