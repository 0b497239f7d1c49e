import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProcessTable } from '../../clients/local-agent/src/proc.js';
import { FakeManager, type FakeSession } from './support/fake-manager.js';
import { LocalAgentProcess } from './support/local-agent-process.js';
import { freshId, run, shell, sleeper } from './support/programs.js';
import { eventually } from './support/waiting.js';

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

/** Shorter than users may ask for. */
const under = (leaseSeconds: number) => ({ ...sleeper, whenLost: 'move' as const, leaseSeconds });

const pids = async (id?: string): Promise<number[]> =>
  (await agent.processes(id)).map(({ pid }) => pid);

const gone = (id: string): Promise<unknown> =>
  eventually('nothing of it is left', async () => (await pids(id)).length === 0);

interface Leases {
  readonly watchdogPid: number;
  readonly leases: readonly unknown[];
}

const leases = async (): Promise<Leases> =>
  JSON.parse(await readFile(join(agent.dataDir, 'leases.json'), 'utf8')) as Leases;

const isAlive = (pid: number): boolean => new ProcessTable().find(pid) !== undefined;

/** A session in which the agent has had its first answer: leases count from there. */
async function answered(): Promise<FakeSession> {
  const session = await manager.session();
  await session.report('the first report', ({ full }) => full === true);
  await session.heard();
  return session;
}

/** An instance under a lease and one without, both running. */
async function running(leaseSeconds: number, leased = under(leaseSeconds)) {
  const [moving, kept] = [freshId(), freshId()];
  agent.start(manager, '--stop-timeout-ms', '500');
  const session = await answered();
  await session.acked(session.apply(run(moving, leased), run(kept, sleeper)), 2);
  await session.phase(moving, 'RUNNING');
  await session.phase(kept, 'RUNNING');
  return { session, moving, kept };
}

describe('P2 a process under a lease', () => {
  it('is ended by the agent when the manager does not answer, and reported when it is back', async () => {
    const { moving, kept } = await running(5);
    await manager.stopListening();
    await gone(moving);
    expect(await pids(kept)).toHaveLength(1);
    await manager.listen();
    const after = await manager.session();
    expect((await after.phase(moving, 'UNDEPLOYED')).reason).toContain('lease of 5 s');
    await after.phase(kept, 'RUNNING');
  });

  it('goes on for longer than the lease while the manager answers', async () => {
    const { session, moving } = await running(5);
    const [pid] = await pids(moving);
    const startedAt = performance.now();
    await session.frames.find('reports over two leases', (frame) => {
      return frame.type === 'report' && performance.now() - startedAt > 8_000;
    });
    expect(await pids(moving)).toEqual([pid]);
    expect(session.latest(moving)?.phase).toBe('RUNNING');
  });

  it('that ignores SIGTERM is gone all the same, with whatever has left its group', async () => {
    const stubborn = {
      ...under(5),
      command: shell('trap "" TERM; setsid sleep 1000 & while :; do sleep 1; done'),
    };
    const { moving } = await running(5, stubborn);
    await manager.stopListening();
    await gone(moving);
  });

  it('does not outlive its lease when the agent was killed, and is not started again', async () => {
    const { moving, kept } = await running(5);
    await agent.kill('SIGKILL');
    expect(await pids(moving)).toHaveLength(1);
    await gone(moving);
    expect(await pids(kept)).toHaveLength(1);

    agent.start(manager);
    const after = await manager.session();
    await after.phase(moving, 'UNDEPLOYED');
    await after.phase(kept, 'RUNNING');
    expect(await pids(moving)).toEqual([]);
  });

  it('does not outlive its lease when the agent is stopped, and is not started again', async () => {
    const { moving, session } = await running(5);
    const from = session.frames.all.length;
    agent.signal('SIGSTOP');
    await gone(moving);
    agent.signal('SIGCONT');
    const reported = await session.frames.find(
      'the end',
      (frame) => {
        if (frame.type !== 'report') return undefined;
        return frame.instances.find(
          (one) => one.instanceId === moving && one.phase === 'UNDEPLOYED',
        );
      },
      { from },
    );
    expect(reported.reason).toContain('lease of 5 s');
    expect(await pids(moving)).toEqual([]);
  });

  it('goes on over a restart of the agent within the lease, under a watchdog of the new one', async () => {
    const { moving } = await running(3_600);
    const [pid] = await pids(moving);
    const { watchdogPid } = await leases();
    await agent.kill('SIGKILL');
    expect(isAlive(watchdogPid)).toBe(true);
    agent.start(manager);
    const after = await manager.session();
    await after.phase(moving, 'RUNNING');
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
    await session.acked(session.apply(run(id, under(60))));
    const { watchdogPid } = await leases();
    expect(isAlive(watchdogPid)).toBe(true);
    await session.phase(id, 'RUNNING');
    session.apply({ action: 'stop', instanceId: id, generation: 1 });
    await session.phase(id, 'UNDEPLOYED');
    await eventually('it has gone', () => !isAlive(watchdogPid));
    await eventually('nothing is leased', async () => (await leases()).leases.length === 0);
  });

  it('is replaced when somebody ends it', async () => {
    await running(60);
    const { watchdogPid } = await leases();
    process.kill(watchdogPid, 'SIGKILL');
    await eventually('there is another one', async () => {
      const next = (await leases()).watchdogPid;
      return next !== watchdogPid && isAlive(next);
    });
  });

  it('knows no token', async () => {
    await running(60);
    const environment = await readFile(`/proc/${(await leases()).watchdogPid}/environ`, 'utf8');
    expect(environment).not.toContain('SM_');
    expect(environment).toContain('PATH=');
  });
});
