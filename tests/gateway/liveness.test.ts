/** What silence means: first inactive, then lost, and back again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/clock.js';
import { Site, type Member } from '../support/site.js';

/** The loop that looks for silence turns four times in this time, by the real clock; silence is measured by the fake one. */
const inactiveAfterMs = 400;
const lostAfterMs = 1_000;
const clock = new FakeClock();
let site: Site;

beforeAll(async () => {
  site = await Site.start({ now: clock.now, inactiveAfterMs, lostAfterMs });
});

afterAll(() => site.close());

const inState = (id: string, state: string) =>
  site.until(`the cluster is ${state}`, async () => (await site.cluster(id)).state === state);

const inPhase = (id: string, phase: string) =>
  site.until(`the instance is ${phase}`, async () => (await site.instance(id)).phase === phase);

interface Silent extends Member {
  readonly serviceId: string;
  readonly instanceId: string;
}

/** A cluster whose connection has broken while an instance ran there. */
async function silent(): Promise<Silent> {
  const member = await site.enrolObedient();
  const { service, operation } = await site.deployAt(member);
  await site.succeeded(operation);
  const [instance] = await site.instancesOf(service.id);
  await member.agent.drop();
  // The manager looks: it counts silence from the look at which it has seen the last sign.
  await site.ask(200, { path: '/api/v1/system/storm' });
  return { ...member, serviceId: service.id, instanceId: instance?.id ?? '' };
}

async function lose(member: Silent): Promise<void> {
  clock.advance(inactiveAfterMs + 1);
  await inState(member.id, 'inactive');
  clock.advance(lostAfterMs - inactiveAfterMs);
  await inPhase(member.instanceId, 'LOST');
}

describe('a silent cluster', () => {
  it('is inactive after its time, while what runs there still counts as running', async () => {
    const member = await silent();
    clock.advance(inactiveAfterMs + 1);
    await inState(member.id, 'inactive');
    expect((await site.instance(member.instanceId)).phase).toBe('RUNNING');
    expect((await site.service(member.serviceId)).phase).toBe('RUNNING');
  });

  it('gets no new instances', async () => {
    const member = await silent();
    clock.advance(inactiveAfterMs + 1);
    await inState(member.id, 'inactive');
    const { service } = await site.deployAt(member);
    const instance = await site.until('the verdict is there', async () =>
      (await site.instancesOf(service.id)).find((each) => each.reason !== undefined),
    );
    expect([instance.phase, instance.reason]).toEqual(['REQUESTED', 'TargetClusterNotActive']);
    // It is placed as soon as the cluster is back.
    const again = await site.rejoin(member);
    expect(
      (await again.agent.order('the new one', (order) => order.serviceId === service.id)).order,
    ).toMatchObject({ action: 'run' });
  });

  it('has its instances LOST after the grace time; they stay bound there (P2)', async () => {
    const member = await silent();
    const other = await site.enrol();
    await lose(member);
    const instance = await site.instance(member.instanceId);
    expect([instance.clusterId, instance.halves.length]).toEqual([member.id, 1]);
    expect((await site.service(member.serviceId)).phase).toBe('LOST');
    await other.agent.flush();
    expect(other.agent.orders).toEqual([]);
  });

  it('has its instances RUNNING again when it returns, without a new order (P2)', async () => {
    const member = await silent();
    await lose(member);
    const again = await site.rejoin(member);
    const { instanceId } = member;
    await again.agent.report([{ instanceId, generation: 1, phase: 'RUNNING' }], { full: true });
    await inState(member.id, 'active');
    await inPhase(instanceId, 'RUNNING');
    await again.agent.flush();
    expect(again.agent.orders).toEqual([]);
  });

  it('is told to stop what was terminated while it was away (P4)', async () => {
    const member = await silent();
    await lose(member);
    const operation = await site.terminate(member.serviceId);
    expect(operation.state).toBe('running');
    const again = await site.rejoin(member);
    await again.agent.report([{ instanceId: member.instanceId, generation: 1, phase: 'RUNNING' }], {
      full: true,
    });
    expect((await again.agent.stop()).order.instanceId).toBe(member.instanceId);
    again.agent.obey();
    await site.succeeded(operation);
    expect(await site.instancesOf(member.serviceId)).toEqual([]);
    expect((await site.service(member.serviceId)).phase).toBe('UNDEPLOYED');
  });
});

describe('a cluster that reports', () => {
  it('stays active however much time passes', async () => {
    const { agent, id } = await site.enrol();
    const other = await silent();
    for (let times = 0; times < 5; times += 1) {
      clock.advance(inactiveAfterMs - 1);
      await agent.report();
    }
    // The loop has looked: it has found the other one.
    await inState(other.id, 'inactive');
    expect((await site.cluster(id)).state).toBe('active');
  });
});
