import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  OrderRefused,
  type InstanceReport,
  type RunOrder,
} from '../../clients/typescript/src/agent/index.js';
import { AgentUnderTest, runOrder, stopOrder } from './support/agent-under-test.js';
import { FakeManager, type FakeSession } from './support/fake-manager.js';
import { eventually } from './support/waiting.js';

const id = 'a'.repeat(24);
const idOf = (number: number): string => number.toString(16).padStart(24, '0');

let manager: FakeManager;
const agents: AgentUnderTest[] = [];

beforeEach(async () => {
  manager = await FakeManager.start();
});

afterEach(async () => {
  await Promise.all(agents.splice(0).map(({ agent }) => agent.close()));
  await manager.close();
});

async function start(
  overrides: ConstructorParameters<typeof AgentUnderTest>[1] = {},
): Promise<{ subject: AgentUnderTest; session: FakeSession }> {
  const subject = new AgentUnderTest(manager, overrides);
  agents.push(subject);
  await subject.agent.start();
  const session = await manager.session();
  await session.report('the first report', () => true);
  return { subject, session };
}

/** A handler that waits until it is let go. */
function gate() {
  const begun: RunOrder[] = [];
  const waiting: (() => void)[] = [];
  return {
    begun,
    onRun: (order: RunOrder) => {
      begun.push(order);
      return new Promise<void>((resolve) => waiting.push(resolve));
    },
    letGo: () => waiting.splice(0).forEach((resolve) => resolve()),
  };
}

describe('orders', () => {
  it('hands an order on whole, and confirms it', async () => {
    const { subject, session } = await start();
    const order = { ...runOrder(id), worker: 'w-1' };
    await session.acked(session.apply(order));
    expect(subject.orders.all).toEqual([order]);
  });

  it('confirms all orders of a frame in one answer', async () => {
    const { session } = await start();
    const orders = Array.from({ length: 200 }, (_, number) => runOrder(idOf(number)));
    await session.acked(session.apply(...orders), 200);
    const acks = session.frames.all.filter(({ type }) => type === 'ack');
    expect(acks.length).toBeLessThan(20);
  });

  it('has one effect for an order that is told again, and confirms each telling', async () => {
    const { subject, session } = await start();
    await session.acked(session.apply(runOrder(id)));
    await session.acked(session.apply(runOrder(id), runOrder(id)), 2);
    session.drop();
    await subject.disconnected(1);
    subject.clock.advance(1_000);
    const next = await manager.session();
    await next.acked(next.apply(runOrder(id)));
    expect(subject.orders.all).toHaveLength(1);
  });

  it('carries a run out again that is told because the cluster has lost the instance', async () => {
    const instances: InstanceReport[] = [];
    const { subject, session } = await start({ instances: () => instances });
    const [order, lost] = [runOrder(idOf(1)), runOrder(idOf(2))];
    await session.acked(session.apply(order, lost), 2);
    instances.push({ instanceId: order.instanceId, generation: 1, phase: 'RUNNING' });
    session.drop();
    await subject.disconnected(1);
    subject.clock.advance(1_000);
    const next = await manager.session();
    await next.report('the full report', ({ full }) => full === true);
    await next.acked(next.apply(order, lost), 2);
    expect(subject.orders.all).toEqual([order, lost, lost]);
  });

  it('joins an order that is told again while it is being carried out', async () => {
    const { begun, onRun, letGo } = gate();
    const { session } = await start({ onRun });
    const first = session.apply(runOrder(id));
    const second = session.apply(runOrder(id));
    await eventually('the order is begun', () => begun.length > 0);
    letGo();
    await Promise.all([session.acked(first), session.acked(second)]);
    expect(begun).toHaveLength(1);
  });

  it('makes a run void that comes after the stop of its generation', async () => {
    const { subject, session } = await start();
    await session.acked(session.apply(stopOrder(id)));
    const from = session.frames.all.length;
    await session.acked(session.apply(runOrder(id)));
    subject.clock.advance(50);
    await session.phase(id, 'UNDEPLOYED', 1, from);
    expect(subject.orders.all).toEqual([stopOrder(id)]);
  });

  it('never begins a run that is stopped while it waits', async () => {
    const { begun, onRun, letGo } = gate();
    const { subject, session } = await start({ onRun, concurrency: 1 });
    const blocking = session.apply(runOrder(idOf(1)));
    await eventually('the first is begun', () => begun.length === 1);
    const both = session.apply(runOrder(id), stopOrder(id));
    await session.heard();
    letGo();
    await Promise.all([session.acked(blocking), session.acked(both, 2)]);
    expect(begun.map(({ instanceId }) => instanceId)).toEqual([idOf(1)]);
    expect(subject.orders.all).toEqual([stopOrder(id)]);
  });

  it('stops only after the run of the same generation has been taken in', async () => {
    const { begun, onRun, letGo } = gate();
    const { subject, session } = await start({ onRun });
    const frame = session.apply(runOrder(id));
    const stop = session.apply(stopOrder(id));
    await eventually('the run is begun', () => begun.length === 1);
    expect(subject.orders.all).toEqual([]);
    letGo();
    await Promise.all([session.acked(frame), session.acked(stop)]);
    expect(subject.orders.all).toEqual([stopOrder(id)]);
  });

  it('carries different generations out side by side, within its bound', async () => {
    const { begun, onRun, letGo } = gate();
    const { session } = await start({ onRun, concurrency: 2 });
    const frame = session.apply(runOrder(id, 1), runOrder(id, 2), runOrder(id, 3));
    await eventually('two are begun', () => begun.length === 2);
    expect(begun.map(({ generation }) => generation)).toEqual([1, 2]);
    letGo();
    await eventually('the third is begun', () => begun.length === 3);
    letGo();
    await session.acked(frame, 3);
  });

  it('confirms the stop of what it never had, and reports it gone', async () => {
    const { subject, session } = await start();
    await session.acked(session.apply(stopOrder(id, 7)));
    subject.clock.advance(50);
    await session.phase(id, 'UNDEPLOYED', 7);
  });

  it('refuses with the problem of the handler, and never runs what it has refused (P2, P6)', async () => {
    let asked = 0;
    const { session } = await start({
      onRun: () => {
        asked += 1;
        if (asked > 1) return Promise.resolve();
        return Promise.reject(new OrderRefused('worker-not-found', 'No such worker', 'w-9', 404));
      },
    });
    const problem = {
      type: '/problems/worker-not-found',
      title: 'No such worker',
      status: 404,
      detail: 'w-9',
    };
    expect(await session.nacked(session.apply(runOrder(id)))).toEqual(problem);
    expect(await session.nacked(session.apply(runOrder(id)))).toEqual(problem);
    expect(asked).toBe(1);
    await session.acked(session.apply(stopOrder(id)));
    await session.acked(session.apply(runOrder(id, 2)));
  });

  it('refuses with a problem of its own when the handler just fails', async () => {
    const { session } = await start({ onRun: () => Promise.reject(new Error('disk full')) });
    const problem = await session.nacked(session.apply(runOrder(id)));
    expect(problem).toMatchObject({ type: '/problems/order-failed', detail: 'disk full' });
  });

  it('refuses a run order that lacks its descriptor', async () => {
    const { session } = await start();
    const { instanceId, generation, action } = runOrder(id);
    const problem = await session.nacked(session.apply({ instanceId, generation, action }));
    expect(problem.type).toBe('/problems/validation-failed');
  });

  it('stops reading while too many orders wait, and loses none', async () => {
    const { begun, onRun, letGo } = gate();
    const { session } = await start({ onRun, concurrency: 4, queueLimit: 10 });
    const frames = Array.from({ length: 30 }, (_, number) => session.apply(runOrder(idOf(number))));
    await eventually('four are begun', () => begun.length === 4);
    const release = setInterval(letGo, 1);
    try {
      await Promise.all(frames.map((frame) => session.acked(frame)));
    } finally {
      clearInterval(release);
    }
    expect(new Set(begun.map(({ instanceId }) => instanceId)).size).toBe(30);
    expect(begun).toHaveLength(30);
  });
});
