/** Who may bring a cluster, and what happens until somebody has approved it, and once that is taken back (P9). */
import { JournaledAgent, memoryPlace } from '@system-manager/client/agent';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEnrolmentToken, createOrganization } from '../contract/context.js';
import { enrolmentToken } from '../support/app.js';
import type { Schemas } from '../support/calls.js';
import { FakeClock } from '../support/clock.js';
import type { FakeAgent, ManagerFrame } from '../support/fake-agent.js';
import { Site } from '../support/site.js';
import { upgrade } from '../support/upgrade.js';

const clock = new FakeClock(Date.now());
let site: Site;

beforeAll(async () => {
  site = await Site.start({
    now: clock.now,
    inactiveAfterMs: 1_000_000_000,
    lostAfterMs: 2_000_000_000,
  });
});

afterAll(() => site.close());

const hourMs = 3_600_000;

/** The problem that the agent is told last, and the code with which the session ends. */
async function ending(agent: FakeAgent): Promise<readonly [string, number]> {
  const { code } = await agent.closed;
  const last = agent.frames.all.at(-1);
  return [last?.type === 'error' ? last.problem.type : (last?.type ?? 'nothing'), code];
}

async function come(token: string, name: string): Promise<FakeAgent> {
  const agent = await site.connect({ token });
  agent.send({ type: 'hello', name, capabilities: ['process'] });
  return agent;
}

const decide = (id: string, verb: 'approve' | 'reject' | 'revoke') =>
  site.ask<Schemas['Cluster']>(200, { method: 'POST', path: `/api/v1/clusters/${id}/${verb}` });

const token = async (wish: object = {}): Promise<string> =>
  (await createEnrolmentToken(site, wish)).token;

/** A cluster that waits for approval, with its credential. */
async function pending(name = site.name('pending')) {
  const agent = await come(await token({ requiresApproval: true }), name);
  const { clusterId: id, credential = '' } = await agent.next('welcome');
  expect(await ending(agent)).toEqual(['/problems/cluster-pending', 4403]);
  return { id, name, credential };
}

describe('an enrolment token', () => {
  it('is good for as many clusters as it says, and each of them comes back with its credential', async () => {
    const given = await token({ uses: 2 });
    const one = await site.enrol({}, { token: given });
    await site.enrol({}, { token: given });
    const third = await come(given, site.name('site'));
    expect(await ending(third)).toEqual(['/problems/enrolment-token-spent', 4403]);
    expect((await site.rejoin(one)).agent.clusterId).toBe(one.id);
  });

  it('is spent once by two agents that come at the same time', async () => {
    const given = await token();
    const agents = await Promise.all([
      come(given, site.name('twin')),
      come(given, site.name('twin')),
    ]);
    const firsts = await Promise.all(
      agents.map(({ frames }) =>
        frames.find('an answer', (each): each is ManagerFrame => each.type !== 'apply'),
      ),
    );
    expect(firsts.map(({ type }) => type).sort()).toEqual(['error', 'welcome']);
  });

  it('is not spent by a name that is in use', async () => {
    const { name } = await site.enrol();
    const given = await token();
    expect(await ending(await come(given, name))).toEqual(['/problems/cluster-name-in-use', 4409]);
    await site.enrol({}, { token: given });
  });

  it('for one cluster brings no other', async () => {
    const given = await token({ clusterName: 'garage' });
    expect(await ending(await come(given, 'cellar'))).toEqual(['/problems/forbidden', 4403]);
    expect((await site.enrol({ name: 'garage' }, { token: given })).name).toBe('garage');
  });

  it('gives another credential to whom the first one never reached, without another use', async () => {
    const given = await token();
    const name = site.name('lost');
    const lost = await come(given, name);
    const { clusterId } = await lost.next('welcome');
    await lost.drop();
    const again = await site.enrol({ name }, { token: given });
    expect(again.id).toBe(clusterId);
    // It has reported now: its name is nobody else's, whatever token they hold.
    for (const other of [given, await token(), enrolmentToken])
      expect(await ending(await come(other, name))).toEqual([
        '/problems/cluster-name-in-use',
        4409,
      ]);
  });

  it('takes over no cluster that came with another token', async () => {
    const name = site.name('lost');
    const lost = await come(await token(), name);
    await lost.next('welcome');
    await lost.drop();
    expect(await ending(await come(enrolmentToken, name))).toEqual([
      '/problems/cluster-name-in-use',
      4409,
    ]);
  });

  it('opens no door once it has expired, or was revoked', async () => {
    const knock = async (given: string): Promise<number> =>
      (await upgrade(site.url, { path: '/register', token: given })).status;
    const short = await token({ hours: 1 });
    expect(await knock(short)).toBe(101);
    clock.advance(hourMs);
    expect(await knock(short)).toBe(401);
    const revoked = await createEnrolmentToken(site);
    const { id } = revoked.enrolmentToken;
    const path = `/api/v1/enrolment-tokens/${id}`;
    expect((await site.send({ method: 'DELETE', path })).status).toBe(204);
    expect(await knock(revoked.token)).toBe(401);
  });

  it('of an organization brings clusters of that organization', async () => {
    const { id: organizationId } = await createOrganization(site, site.name('team'));
    const { id } = await site.enrol({}, { token: await token({ organizationId }) });
    expect((await site.cluster(id)).organizationId).toBe(organizationId);
  });
});

describe('a cluster that waits for approval', () => {
  it('has its credential, and is sent away until it is approved', async () => {
    const { id, name, credential } = await pending();
    expect(await ending(await come(credential, name))).toEqual(['/problems/cluster-pending', 4403]);
    const before = await site.cluster(id);
    expect([before.state, before.admission, before.lastHeardAt]).toEqual([
      'pending',
      'pending',
      undefined,
    ]);
    expect((await decide(id, 'approve')).state).toBe('registered');
    const { agent } = await site.rejoin({ id, name, credential });
    expect(agent.clusterId).toBe(id);
    expect((await site.cluster(id)).state).toBe('active');
  });

  it('gets no instance', async () => {
    const { name } = await pending();
    const { service } = await site.deployAt({ name });
    const [reason] = await site.until('the scheduler has decided', async () => {
      const reasons = (await site.instancesOf(service.id)).flatMap((each) => each.reason ?? []);
      return reasons.length > 0 && reasons;
    });
    expect(reason).toBe('TargetClusterNotActive');
  });

  it('is lost to nobody who has the same token, once its agent has shown its credential', async () => {
    const given = await token({ requiresApproval: true, uses: 5 });
    const name = site.name('pending');
    const agent = await come(given, name);
    const { credential = '' } = await agent.next('welcome');
    expect((await ending(agent))[0]).toBe('/problems/cluster-pending');
    expect((await ending(await come(credential, name)))[0]).toBe('/problems/cluster-pending');
    expect(await ending(await come(given, name))).toEqual(['/problems/cluster-name-in-use', 4409]);
  });

  it('is told when it is rejected, and may be approved after all', async () => {
    const { id, name, credential } = await pending();
    await decide(id, 'reject');
    expect(await ending(await come(credential, name))).toEqual([
      '/problems/cluster-rejected',
      4403,
    ]);
    await decide(id, 'approve');
    expect((await site.rejoin({ id, name, credential })).agent.clusterId).toBe(id);
  });

  it('comes by itself as soon as it is approved, where its agent is the client', async () => {
    const name = site.name('patient');
    const agent = await JournaledAgent.open({
      url: site.url,
      name,
      capabilities: ['process'],
      token: await token({ requiresApproval: true }),
      place: memoryPlace(),
      capacity: () => ({ cpuCores: 1 }),
      run: () => Promise.resolve({}),
      stop: () => Promise.resolve(),
      timing: { reconnectDelayMsMax: 50 },
    });
    const refused: string[] = [];
    agent.on('refused', ({ status, problem }) => {
      refused.push(`${status} ${problem?.type ?? ''}`);
    });
    await agent.start();
    const { id } = await site.until('it waits', async () => {
      const { items } = await site.ask<Schemas['ClusterPage']>(200, {
        path: `/api/v1/clusters?state=pending&name=${name}`,
      });
      return items[0];
    });
    await expect.poll(() => refused.length).toBeGreaterThan(1);
    expect(new Set(refused)).toEqual(new Set(['403 /problems/cluster-pending']));
    await decide(id, 'approve');
    await site.until('it is active', async () => (await site.cluster(id)).state === 'active');
    await agent.close();
  });

  it('is every one that enrols, where the installation wants that', async () => {
    const strict = await Site.start({ approveClusters: true });
    const agent = await strict.connect();
    agent.send({ type: 'hello', name: 'newcomer', capabilities: [] });
    expect(await ending(agent)).toEqual(['/problems/cluster-pending', 4403]);
    await strict.close();
  });
});

describe('a cluster that is shut out', () => {
  it('loses its session, is heard no more, and gets nothing new', async () => {
    const member = await site.enrolObedient();
    const { operation } = await site.deployAt(member);
    await site.succeeded(operation);
    const orders = member.agent.orders.length;
    await decide(member.id, 'revoke');
    expect(await ending(member.agent)).toEqual(['/problems/cluster-revoked', 4403]);
    expect(await ending(await come(member.credential, member.name))).toEqual([
      '/problems/cluster-revoked',
      4403,
    ]);
    const { service } = await site.deployAt(member);
    await site.until('the scheduler has decided', async () => {
      const [instance] = await site.instancesOf(service.id);
      return instance?.reason === 'TargetClusterNotActive';
    });
    expect(member.agent.orders).toHaveLength(orders);
  });

  it('is taken back with its instances', async () => {
    const member = await site.enrolObedient();
    const { operation, service } = await site.deployAt(member);
    await site.succeeded(operation);
    await decide(member.id, 'revoke');
    await member.agent.closed;
    await decide(member.id, 'approve');
    await site.rejoin(member);
    const [instance] = await site.instancesOf(service.id);
    expect([instance?.phase, instance?.clusterId]).toEqual(['RUNNING', member.id]);
  });

  it('is in the history with what was decided', async () => {
    const { id } = await pending();
    for (const verb of ['reject', 'approve', 'revoke'] as const) await decide(id, verb);
    const types = await site.until('the history tells it', async () => {
      const { items } = await site.ask<Schemas['EventPage']>(200, {
        path: `/api/v1/events?subjectId=${id}`,
      });
      return items.length === 4 && items.map(({ type }) => type);
    });
    expect(types).toEqual([
      'cluster.registered',
      'cluster.rejected',
      'cluster.approved',
      'cluster.revoked',
    ]);
  });
});
