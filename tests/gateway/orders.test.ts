/** Orders are told until they are confirmed; told twice or answered twice, their effect is that of once (P6). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settledDump } from '../support/dump.js';
import { referenceTo } from '../support/fake-agent.js';
import { Site, type Member } from '../support/site.js';

let site: Site;

beforeAll(async () => {
  site = await Site.start();
});

afterAll(() => site.close());

/** The only half of the only instance of a service. */
async function halfOf(serviceId: string) {
  const [instance] = await site.instancesOf(serviceId);
  const [half] = instance?.halves ?? [];
  if (instance === undefined || half === undefined) throw new Error('there is no half');
  return { instance, half };
}

const acknowledged = (serviceId: string) =>
  site.until('the order is confirmed', async () => (await halfOf(serviceId)).half.acknowledged);

/** A service at a new cluster whose agent has got the order, and nothing more. */
async function ordered(): Promise<Member & { serviceId: string }> {
  const member = await site.enrol();
  const { service } = await site.deployAt(member, { environment: { COLOUR: 'red' } });
  await member.agent.run();
  return { ...member, serviceId: service.id };
}

describe('an order', () => {
  it('reaches the agent in an apply frame, with all that it needs', async () => {
    const { agent, serviceId } = await ordered();
    const { order, frame } = await agent.run();
    const { instance, half } = await halfOf(serviceId);
    expect(frame.id).toMatch(/\S/);
    expect(order).toMatchObject({
      instanceId: instance.id,
      generation: half.generation,
      action: 'run',
      serviceId,
      ordinal: 0,
      revision: 1,
      descriptor: { environment: { COLOUR: 'red' }, command: ['serve'], restart: 'always' },
    });
    expect([half.phase, half.acknowledged]).toEqual(['CLUSTER_SCHEDULED', false]);
  });

  it('that is confirmed is not told again', async () => {
    const member = await ordered();
    member.agent.ack((await member.agent.run()).frame);
    await acknowledged(member.serviceId);
    const again = await site.rejoin(member);
    await again.agent.flush();
    const { instance } = await halfOf(member.serviceId);
    await again.agent.report([{ instanceId: instance.id, generation: 1, phase: 'CREATING' }]);
    await again.agent.flush();
    expect(again.agent.orders).toEqual([]);
  });

  it('that is not confirmed is told again after a reconnect, the same as before', async () => {
    const member = await ordered();
    const { order } = await member.agent.run();
    await member.agent.drop();
    const again = await site.rejoin(member);
    expect((await again.agent.run()).order).toEqual(order);
  });

  it('that is confirmed twice, and its report doubled, has the effect of once', async () => {
    const member = await site.enrol();
    member.agent.double();
    member.agent.obey();
    const { service, operation } = await site.deployAt(member);
    await site.succeeded(operation);
    await member.agent.flush();
    const { instance, half } = await halfOf(service.id);
    expect([instance.phase, half.generation, instance.halves.length]).toEqual(['RUNNING', 1, 1]);
    expect(member.agent.orders).toHaveLength(1);
  });

  it('that was superseded cannot be confirmed any more', async () => {
    const member = await ordered();
    const { frame } = await member.agent.run();
    const operation = await site.terminate(member.serviceId);
    await member.agent.stop();
    // The confirmation of the run comes after the stop was told: it says nothing about the stop.
    member.agent.ack(frame);
    await member.agent.report();
    expect((await halfOf(member.serviceId)).half).toMatchObject({
      action: 'stop',
      acknowledged: false,
    });
    const { instance } = await halfOf(member.serviceId);
    await member.agent.report([{ instanceId: instance.id, generation: 1, phase: 'UNDEPLOYED' }]);
    await site.succeeded(operation);
  });

  it('of another cluster cannot be confirmed (P9)', async () => {
    const member = await ordered();
    const other = await site.enrol();
    const { frame, order } = await member.agent.run();
    other.agent.send({ type: 'ack', id: frame.id, orders: [referenceTo(order)] });
    await other.agent.report();
    expect((await halfOf(member.serviceId)).half.acknowledged).toBe(false);
  });

  it('that is refused leaves the instance REQUESTED with the reason, and is tried again', async () => {
    const { agent, serviceId } = await ordered();
    const from = agent.frames.all.length;
    const { frame } = await agent.run();
    agent.nack(frame, 'there is no disk left');
    const refused = await site.until('the refusal is noted', async () => {
      const [instance] = await site.instancesOf(serviceId);
      return instance?.reason === undefined ? undefined : instance;
    });
    expect([refused.phase, refused.reason, refused.clusterId]).toEqual([
      'REQUESTED',
      'there is no disk left',
      undefined,
    ]);
    const again = await agent.run(from);
    expect(again.order).toMatchObject({ instanceId: refused.id, generation: 2 });
    agent.ack(again.frame);
    await agent.report([{ instanceId: refused.id, generation: 2, phase: 'RUNNING' }]);
    await site.until('it runs', async () => (await halfOf(serviceId)).instance.phase === 'RUNNING');
    expect((await site.instance(refused.id)).reason).toBeUndefined();
  });

  it('is confirmed by a report of its run as well', async () => {
    const { agent, serviceId } = await ordered();
    const { order } = await agent.run();
    await agent.report([
      { instanceId: order.instanceId, generation: order.generation, phase: 'RUNNING' },
    ]);
    expect((await halfOf(serviceId)).half.acknowledged).toBe(true);
  });
});

describe('a full report', () => {
  it('without an instance that was confirmed has the order told again', async () => {
    const { agent, serviceId } = await ordered();
    const { frame, order } = await agent.run();
    agent.ack(frame);
    await acknowledged(serviceId);
    const from = agent.frames.all.length;
    await agent.report([], { full: true });
    expect((await agent.run(from)).order).toEqual(order);
  });

  it('without an instance that was confirmed by its report alone has the order told again', async () => {
    const { agent } = await ordered();
    const { instanceId, generation } = (await agent.run()).order;
    await agent.report([{ instanceId, generation, phase: 'RUNNING' }]);
    const from = agent.frames.all.length;
    await agent.report([], { full: true });
    expect((await agent.run(from)).order).toMatchObject({ instanceId, generation });
  });

  it('that has everything changes nothing', async () => {
    const { agent, serviceId } = await ordered();
    const { frame, order } = await agent.run();
    agent.ack(frame);
    await acknowledged(serviceId);
    const { instanceId, generation } = order;
    await agent.report([{ instanceId, generation, phase: 'RUNNING' }], { full: true });
    const before = (await settledDump(site.manager))['instances'];
    await agent.report([{ instanceId, generation, phase: 'RUNNING' }], { full: true });
    await agent.flush();
    expect((await settledDump(site.manager))['instances']).toEqual(before);
    expect(agent.orders).toHaveLength(1);
  });
});
