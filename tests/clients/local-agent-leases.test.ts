import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstanceReport } from '../../clients/typescript/src/agent/index.js';
import { ProcessTable } from '../../clients/local-agent/src/proc.js';
import { FakeManager, type FakeSession } from './support/fake-manager.js';
import { LocalAgentProcess } from './support/local-agent-process.js';
import { freshId, run, shell, sleeper } from './support/programs.js';
import { eventually } from './support/waiting.js';

// Nothing here depends on how long something takes; processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

let manager: FakeManager;
let agent: LocalAgentProcess;

beforeEach(async () => {
  manager = await FakeManager.start();
  agent = await LocalAgentProcess.create();
});

afterEach(async () => {
  await agent.destroy();
  await manager.close();
});

/** Long on the clock of the machine, which nobody waits for: a test lets the time pass. */
const leaseMs = 3_600_000;
const leased = { ...sleeper, whenLost: 'move' as const, leaseSeconds: leaseMs / 1000 };
/** The agent begins to stop this long before the end of a lease; the watchdog acts at the end only. */
const stopTimeoutMs = 120_000;

const pids = async (id?: string): Promise<number[]> =>
  (await agent.processes(id)).map(({ pid }) => pid);

const gone = (id: string): Promise<unknown> =>
  eventually('nothing of it is left', async () => (await pids(id)).length === 0);

/** All that was said of an instance, in whichever session. */
const reportsOf = (id: string): readonly InstanceReport[] =>
  manager.frames.all
    .flatMap((frame) => (frame.type === 'report' ? frame.instances : []))
    .filter(({ instanceId }) => instanceId === id);

interface Leases {
  readonly watchdogPid: number;
  readonly renewedAt: number;
  readonly leases: readonly unknown[];
}

const leases = async (): Promise<Leases> =>
  JSON.parse(await readFile(join(agent.dataDir, 'leases.json'), 'utf8')) as Leases;

const isAlive = (pid: number): boolean => new ProcessTable().find(pid) !== undefined;

/** The agent has had its first answer: leases count from there. */
async function answered(): Promise<FakeSession> {
  const session = await manager.session();
  await session.report('the first report', ({ full }) => full === true);
  await session.heard();
  return session;
}

/** An instance under a lease and one without, both running. */
async function running(descriptor: typeof leased = leased, ...args: string[]) {
  const [moving, kept] = [freshId(), freshId()];
  agent.start(manager, ...args);
  const session = await answered();
  await session.acked(session.apply(run(moving, descriptor), run(kept, sleeper)), 2);
  await session.phase(moving, 'RUNNING');
  await session.phase(kept, 'RUNNING');
  return { moving, kept };
}

describe('P2 a process under a lease', () => {
  it('is ended by the agent when the manager does not answer, and reported when it is back', async () => {
    const { moving, kept } = await running(leased, '--stop-timeout-ms', String(stopTimeoutMs));
    await manager.stopListening();
    await agent.pass(leaseMs - stopTimeoutMs / 2);
    await gone(moving);
    expect(await pids(kept)).toHaveLength(1);
    const from = manager.frames.all.length;
    await manager.listen();
    expect((await manager.phase(moving, 'UNDEPLOYED', from)).reason).toContain('lease of 3600 s');
    await manager.phase(kept, 'RUNNING', from);
  });

  it('goes on for longer than the lease while the manager answers', async () => {
    manager.options = { reportIntervalMs: 100 };
    const { moving } = await running();
    const [pid] = await pids(moving);
    for (let passed = 0; passed < 2 * leaseMs; passed += leaseMs / 2) {
      const before = (await leases()).renewedAt;
      await agent.pass(leaseMs / 2);
      // The watchdog goes by what is written.
      await eventually('it is renewed', async () => {
        return (await leases()).renewedAt >= before + leaseMs / 2;
      });
    }
    expect(await pids(moving)).toEqual([pid]);
    expect(reportsOf(moving).at(-1)?.phase).toBe('RUNNING');
  });

  it('that ignores SIGTERM is gone all the same, with whatever has left its group', async () => {
    const stubborn = {
      ...leased,
      command: shell('trap "" TERM; setsid sleep 1000 & while :; do sleep 1; done'),
    };
    const { moving } = await running(stubborn, '--stop-timeout-ms', '2000');
    await manager.stopListening();
    await agent.pass(leaseMs - 1_000);
    await gone(moving);
  });

  it('does not outlive its lease when the agent was killed, and is not started again', async () => {
    const { moving, kept } = await running();
    await agent.kill('SIGKILL');
    expect(await pids(moving)).toHaveLength(1);
    await agent.pass(leaseMs);
    await gone(moving);
    expect(await pids(kept)).toHaveLength(1);

    const from = manager.frames.all.length;
    agent.start(manager);
    await manager.phase(moving, 'UNDEPLOYED', from);
    await manager.phase(kept, 'RUNNING', from);
    expect(await pids(moving)).toEqual([]);
  });

  it('does not outlive its lease when the agent is stopped, and is not started again', async () => {
    const { moving } = await running();
    agent.signal('SIGSTOP');
    await agent.pass(leaseMs);
    await gone(moving);
    // It may come back in this session or in another one.
    const from = manager.frames.all.length;
    agent.signal('SIGCONT');
    expect((await manager.phase(moving, 'UNDEPLOYED', from)).reason).toContain('lease of 3600 s');
    expect(await pids(moving)).toEqual([]);
    const restarts = reportsOf(moving).map((report) => report.restarts ?? 0);
    expect(Math.max(...restarts)).toBe(0);
  });

  it('goes on over a restart of the agent within the lease, under a watchdog of the new one', async () => {
    const { moving } = await running();
    const [pid] = await pids(moving);
    const { watchdogPid } = await leases();
    await agent.kill('SIGKILL');
    expect(isAlive(watchdogPid)).toBe(true);
    const from = manager.frames.all.length;
    agent.start(manager);
    await manager.phase(moving, 'RUNNING', from);
    expect(await pids(moving)).toEqual([pid]);
    await eventually('the first watchdog has gone', () => !isAlive(watchdogPid));
    expect(isAlive((await leases()).watchdogPid)).toBe(true);
  });
});

describe('the watchdog', () => {
  it('is there only while something runs under a lease', async () => {
    const id = freshId();
    agent.start(manager);
    const session = await answered();
    await session.acked(session.apply(run(freshId(), sleeper)));
    expect(existsSync(join(agent.dataDir, 'leases.json'))).toBe(false);
    await session.acked(session.apply(run(id, leased)));
    const { watchdogPid } = await leases();
    expect(isAlive(watchdogPid)).toBe(true);
    await session.phase(id, 'RUNNING');
    session.apply({ action: 'stop', instanceId: id, generation: 1 });
    await session.phase(id, 'UNDEPLOYED');
    await eventually('it has gone', () => !isAlive(watchdogPid));
    await eventually('nothing is leased', async () => (await leases()).leases.length === 0);
  });

  it('is replaced when somebody ends it', async () => {
    await running();
    const { watchdogPid } = await leases();
    process.kill(watchdogPid, 'SIGKILL');
    await eventually('there is another one', async () => {
      const next = (await leases()).watchdogPid;
      return next !== watchdogPid && isAlive(next);
    });
  });

  it('knows no token', async () => {
    await running();
    const environment = await readFile(`/proc/${(await leases()).watchdogPid}/environ`, 'utf8');
    expect(environment).not.toContain('SM_');
    expect(environment).toContain('PATH=');
  });
});
