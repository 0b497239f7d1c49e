import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClusterAgentOptions, Order } from '../../clients/typescript/src/agent/index.js';
import { AgentUnderTest, MemoryStore, runOrder, stopOrder } from './support/agent-under-test.js';
import { FakeManager } from './support/fake-manager.js';
import { eventually } from './support/waiting.js';

const id = 'a'.repeat(24);
const leaseMs = 60_000;
/** The agent is told to stop it this long before the end of the lease. */
const leadMs = 5_000;

const leased = (generation = 1, whenLost: 'move' | 'duplicate' = 'move') => {
  const order = runOrder(id, generation);
  return { ...order, descriptor: { ...order.descriptor, whenLost, leaseSeconds: 60 } };
};

let manager: FakeManager;
let subject: AgentUnderTest;

beforeEach(async () => {
  manager = await FakeManager.start({
    heartbeatIntervalMs: 3_600_000,
    reportIntervalMs: 3_600_000,
  });
});

afterEach(async () => {
  await subject.agent.close();
  await manager.close();
});

const create = (overrides: Partial<ClusterAgentOptions> = {}, store = new MemoryStore()) => {
  subject = new AgentUnderTest(manager, overrides, store);
  return subject;
};

/** An agent in its first session, in which an order was told and everything is answered. */
async function running(order = leased()) {
  const { agent } = create();
  await agent.start();
  const session = await manager.session();
  await subject.connected(1);
  await session.report('the first report', ({ full }) => full === true);
  await session.acked(session.apply(order));
  // Changes gather for a moment; a lease has itself renewed with them.
  subject.clock.advance(50);
  if (order.descriptor.whenLost === 'move')
    await session.report('the renewal', ({ sequence }) => sequence === 2);
  await session.heard();
  return session;
}

/** The manager is gone: nothing is answered any more. */
async function goAway(): Promise<void> {
  await manager.stopListening();
  await subject.disconnected(1);
}

const stops = (): readonly Order[] => subject.orders.all.filter(({ action }) => action === 'stop');

describe('P2 an instance under a lease', () => {
  it('is stopped in time when the manager does not answer for the lease', async () => {
    await running();
    await goAway();
    subject.clock.advance(leaseMs - leadMs - 1);
    expect(stops()).toEqual([]);
    subject.clock.advance(1);
    const stop = await subject.orders.find('the stop', (one) => one.action === 'stop' && one);
    expect(stop).toMatchObject({ instanceId: id, generation: 1, leaseEnd: { withinMs: leadMs } });
  });

  it('counts from when the answered report was sent, not from when the answer came', async () => {
    const session = await running();
    manager.options = { ...manager.options, answersReports: false };
    const from = session.frames.all.length;
    subject.clock.advance(leaseMs / 3);
    const { session: of, sequence } = await session.report('the renewal', () => true, from);
    const answeredAfterMs = 7_000;
    subject.clock.advance(answeredAfterMs);
    session.send({ type: 'reported', session: of, sequence, applied: true });
    await session.heard();
    await goAway();
    subject.clock.advance(leaseMs - leadMs - answeredAfterMs - 1);
    expect(stops()).toEqual([]);
    subject.clock.advance(1);
    await subject.orders.find('the stop', (one) => one.action === 'stop');
  });

  it('is not renewed by a report that was stale, nor by anything but an answer', async () => {
    const session = await running();
    manager.options = { ...manager.options, answersReports: false };
    const from = session.frames.all.length;
    subject.clock.advance(leaseMs / 3);
    const { session: of, sequence } = await session.report('the renewal', () => true, from);
    session.send({ type: 'reported', session: of, sequence, applied: false });
    session.send({ type: 'apply', id: 'more', orders: [stopOrder('b'.repeat(24))] });
    await session.acked('more');
    await goAway();
    subject.clock.advance((leaseMs * 2) / 3 - leadMs);
    await subject.orders.find('the stop', (one) => one.action === 'stop' && one.instanceId === id);
  });

  it('is renewed often enough also when nothing changes', async () => {
    const session = await running();
    for (let times = 0; times < 6; times += 1) {
      const from = session.frames.all.length;
      subject.clock.advance(leaseMs / 3);
      await session.report('a renewal', () => true, from);
      await session.heard();
    }
    expect(stops()).toEqual([]);
  });

  it('that has ended does not come back: it is reported, and a later run of it is void', async () => {
    await running();
    await goAway();
    subject.clock.advance(leaseMs);
    await subject.orders.find('the stop', (one) => one.action === 'stop');
    await manager.listen();
    // An attempt may still be failing; the next one follows within the longest delay.
    const session = await eventually('the next session', () => {
      subject.clock.advance(15_000);
      return manager.sessions.all[1];
    });
    const { reason } = await session.phase(id, 'UNDEPLOYED');
    expect(reason).toContain('lease of 60 s');
    const runs = () => subject.orders.all.filter(({ action }) => action === 'run').length;
    expect(runs()).toBe(1);
    await session.acked(session.apply(leased()));
    expect(runs()).toBe(1);
    await session.acked(session.apply(leased(2)));
    expect(runs()).toBe(2);
  });

  it('is refused when the order was on its way for longer than the lease', async () => {
    const { agent } = create();
    await agent.start();
    const session = await manager.session();
    await session.report('the first report', ({ full }) => full === true);
    await session.heard();
    subject.clock.advance(leaseMs);
    const problem = await session.nacked(session.apply(leased()));
    expect(problem).toMatchObject({ type: '/problems/lease-over' });
    expect(subject.orders.all).toEqual([]);
  });

  it('that lives on from before a restart has to stop, unless the last renewal is known', async () => {
    const held = [{ instanceId: id, generation: 1, leaseMs }];
    const store = new MemoryStore('credential');
    create({ leases: { held } }, store);
    await subject.agent.start();
    await subject.orders.find('the stop', (one) => one.action === 'stop');
    await subject.agent.close();

    create({}, store);
    const renewedAt = subject.clock.now() - 10_000;
    const known = new AgentUnderTest(manager, { leases: { held, renewedAt } }, store);
    subject = known;
    await manager.stopListening();
    await known.agent.start();
    known.clock.advance(leaseMs - leadMs - 10_000 - 1);
    expect(stops()).toEqual([]);
    known.clock.advance(1);
    await known.orders.find('the stop', (one) => one.action === 'stop');
  });
});

describe('an instance without a lease', () => {
  it('goes on however long the manager is away', async () => {
    await running(leased(1, 'duplicate'));
    await goAway();
    subject.clock.advance(100 * leaseMs);
    expect(stops()).toEqual([]);
  });
});
