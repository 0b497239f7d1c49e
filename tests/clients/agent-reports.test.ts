import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstanceReport } from '../../clients/typescript/src/agent/index.js';
import { AgentUnderTest } from './support/agent-under-test.js';
import { FakeManager, type FakeSession } from './support/fake-manager.js';

const id = 'a'.repeat(24);
const other = 'b'.repeat(24);
const saying = (instanceId: string, phase: InstanceReport['phase']): InstanceReport => ({
  instanceId,
  generation: 1,
  phase,
});

let manager: FakeManager;
const agents: AgentUnderTest[] = [];

beforeEach(async () => {
  manager = await FakeManager.start({ reportIntervalMs: 10_000 });
});

afterEach(async () => {
  await Promise.all(agents.splice(0).map(({ agent }) => agent.close()));
  await manager.close();
});

async function start(
  prepare: (subject: AgentUnderTest) => void = () => undefined,
  overrides: ConstructorParameters<typeof AgentUnderTest>[1] = {},
): Promise<{ subject: AgentUnderTest; session: FakeSession }> {
  const subject = new AgentUnderTest(manager, overrides);
  agents.push(subject);
  prepare(subject);
  await subject.agent.start();
  const session = await manager.session();
  await session.report('the first report', () => true);
  return { subject, session };
}

function answer(session: FakeSession, applied = true): void {
  const { session: of, sequence } = session.reports().at(-1) as {
    session: number;
    sequence: number;
  };
  session.send({ type: 'reported', session: of, sequence, applied });
}

describe('reports', () => {
  it('begin with the full state, as sequence 1', async () => {
    const { session } = await start((subject) => subject.set(saying(id, 'RUNNING')), {
      use: () => ({ cpuCores: 0.5, memoryMiB: 100 }),
      workers: () => [{ name: 'w-1' }],
    });
    expect(session.reports()).toEqual([
      {
        type: 'report',
        session: 1,
        sequence: 1,
        full: true,
        capacity: { cpuCores: 4, memoryMiB: 8192, gpus: 0 },
        use: { cpuCores: 0.5, memoryMiB: 100 },
        workers: [{ name: 'w-1' }],
        instances: [saying(id, 'RUNNING')],
      },
    ]);
  });

  it('tell changes soon and together, the latest of each generation', async () => {
    const { subject, session } = await start();
    await session.heard();
    subject.agent.reportChanged(saying(id, 'CREATING'));
    subject.agent.reportChanged(saying(other, 'CREATING'));
    subject.agent.reportChanged(saying(id, 'RUNNING'));
    subject.clock.advance(49);
    await session.heard();
    expect(session.reports()).toHaveLength(1);
    subject.clock.advance(1);
    const second = await session.report('the change', ({ sequence }) => sequence === 2);
    expect(second.full).toBeUndefined();
    expect(second.workers).toBeUndefined();
    expect(second.instances).toEqual([saying(id, 'RUNNING'), saying(other, 'CREATING')]);
  });

  it('come at the regular interval although nothing changed, with what was not urgent', async () => {
    const { subject, session } = await start();
    await session.heard();
    subject.agent.reportChanged(saying(id, 'RUNNING'), { urgent: false });
    subject.clock.advance(9_999);
    await session.heard();
    expect(session.reports()).toHaveLength(1);
    subject.clock.advance(1);
    const second = await session.report('the regular one', ({ sequence }) => sequence === 2);
    expect(second.instances).toEqual([saying(id, 'RUNNING')]);
    await session.heard();
    subject.clock.advance(10_000);
    const third = await session.report('the next', ({ sequence }) => sequence === 3);
    expect(third.instances).toEqual([]);
  });

  it('tell the full state every five minutes', async () => {
    const { subject, session } = await start((it) => it.set(saying(id, 'RUNNING')));
    for (let minute = 0; minute < 30; minute += 1) {
      await session.heard();
      subject.clock.advance(10_000);
    }
    await session.report('report 31', ({ sequence }) => sequence === 31);
    expect(session.reports().flatMap(({ full, sequence }) => (full ? [sequence] : []))).toEqual([
      1, 31,
    ]);
  });

  it('are one in flight; what changes meanwhile goes into the next', async () => {
    manager.options = { ...manager.options, answersReports: false };
    const { subject, session } = await start();
    subject.agent.reportChanged(saying(id, 'CREATING'));
    subject.clock.advance(50);
    subject.agent.reportChanged(saying(id, 'RUNNING'));
    subject.clock.advance(50);
    await session.heard();
    expect(session.reports()).toHaveLength(1);
    answer(session);
    const second = await session.report('the next', ({ sequence }) => sequence === 2);
    expect(second.instances).toEqual([saying(id, 'RUNNING')]);
  });

  it('repeat in the next session what was not confirmed, also of instances that are gone', async () => {
    manager.options = { ...manager.options, answersReports: false };
    const { subject, session } = await start((it) => it.set(saying(other, 'RUNNING')));
    answer(session);
    await session.heard();
    subject.agent.reportChanged(saying(id, 'UNDEPLOYED'));
    subject.agent.reportChanged(saying(other, 'CREATING'));
    subject.clock.advance(50);
    await session.report('the change', ({ sequence }) => sequence === 2);
    session.drop();
    await subject.disconnected(1);
    subject.clock.advance(250);
    const next = await manager.session();
    const full = await next.report('the full state', () => true);
    expect(full).toMatchObject({ session: 2, sequence: 1, full: true });
    expect(full.instances).toEqual([saying(other, 'RUNNING'), saying(id, 'UNDEPLOYED')]);
  });

  it('say everything anew after one that the manager took for stale', async () => {
    manager.options = { ...manager.options, answersReports: false };
    const { subject, session } = await start();
    answer(session);
    await session.heard();
    subject.agent.reportChanged(saying(id, 'UNDEPLOYED'));
    subject.clock.advance(50);
    await session.report('the change', ({ sequence }) => sequence === 2);
    answer(session, false);
    await session.heard();
    expect(session.reports()).toHaveLength(2);
    subject.clock.advance(10_000);
    const third = await session.report('the next', ({ sequence }) => sequence === 3);
    expect(third.full).toBe(true);
    expect(third.instances).toEqual([saying(id, 'UNDEPLOYED')]);
  });

  it('name the workers again only when they change', async () => {
    let workers = [{ name: 'w-1', use: { cpuCores: 0 } }];
    const { subject, session } = await start(undefined, { workers: () => workers });
    await session.heard();
    workers = [{ name: 'w-1', use: { cpuCores: 1 } }];
    subject.clock.advance(10_000);
    const second = await session.report('the second', ({ sequence }) => sequence === 2);
    expect(second.workers).toBeUndefined();
    await session.heard();
    workers = [...workers, { name: 'w-2', use: { cpuCores: 0 } }];
    subject.clock.advance(10_000);
    const third = await session.report('the third', ({ sequence }) => sequence === 3);
    expect(third.workers).toHaveLength(2);
  });

  it('end a session in which they are never answered', async () => {
    manager.options = { ...manager.options, answersReports: false };
    const { subject, session } = await start();
    for (let second = 0; second < 60; second += 10) {
      await session.heard();
      subject.clock.advance(10_000);
    }
    expect((await subject.disconnected(1)).reason).toContain('does not answer reports');
  });

  it('are left out, not fatal, when the state cannot be read', async () => {
    let broken = true;
    const subject = new AgentUnderTest(manager, {
      instances: () => {
        if (broken) throw new Error('not now');
        return [];
      },
    });
    agents.push(subject);
    await subject.agent.start();
    const session = await manager.session();
    await subject.connected(1);
    expect(session.reports()).toHaveLength(0);
    broken = false;
    subject.clock.advance(10_000);
    const first = await session.report('the first', () => true);
    expect(first).toMatchObject({ full: true });
  });
});
