import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeManager } from './support/fake-manager.js';
import { LocalAgentProcess } from './support/local-agent-process.js';
import { freshId, run, server, shell, sleeper, stop } from './support/programs.js';
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

const pids = async (id?: string): Promise<number[]> =>
  (await agent.processes(id)).map(({ pid }) => pid);

describe('after kill -9 the agent', () => {
  it('finds what still runs, restarts what does not, and remembers what was stopped', async () => {
    const [serving, dying, once, stopped] = [freshId(), freshId(), freshId(), freshId()];
    agent.start(manager);
    const before = await manager.session();
    await before.acked(
      before.apply(
        run(serving, server),
        run(dying, sleeper),
        run(once, { ...sleeper, restart: 'never' }),
        stop(stopped),
      ),
      4,
    );
    const { addresses } = await before.phase(serving, 'RUNNING');
    await before.phase(dying, 'RUNNING');
    await before.phase(once, 'RUNNING');
    const [survivor] = await pids(serving);

    await agent.kill('SIGKILL');
    const lost = [...(await pids(dying)), ...(await pids(once))];
    expect(lost).toHaveLength(2);
    for (const pid of lost) process.kill(pid, 'SIGKILL');
    await eventually('both are gone', async () => {
      return (await pids(dying)).length + (await pids(once)).length === 0;
    });

    agent.start(manager);
    const after = await manager.session();
    expect(after.token).toBe('credential-of-local-a');
    const full = await after.report('the first report', ({ full }) => full === true);
    expect(full.instances.find(({ instanceId }) => instanceId === serving)).toMatchObject({
      phase: 'RUNNING',
      addresses,
      restarts: 0,
    });
    expect(await pids(serving)).toEqual([survivor]);
    expect((await after.phase(dying, 'RUNNING')).restarts).toBe(1);
    expect((await after.phase(once, 'DEAD')).reason).toContain('while the agent was away');

    await after.acked(after.apply(run(serving, server), run(stopped, sleeper)), 2);
    expect(await pids(serving)).toEqual([survivor]);
    expect(await pids(stopped)).toEqual([]);

    await after.acked(after.apply(stop(serving), stop(dying)), 2);
    await after.phase(serving, 'UNDEPLOYED');
    await after.phase(dying, 'UNDEPLOYED');
    expect(await pids()).toEqual([]);
  });

  it('notices the end of a process that it has found again', async () => {
    const id = freshId();
    agent.start(manager);
    const before = await manager.session();
    await before.acked(before.apply(run(id, sleeper)));
    await before.phase(id, 'RUNNING');
    await agent.kill('SIGKILL');
    agent.start(manager);
    const after = await manager.session();
    await after.phase(id, 'RUNNING');
    for (const pid of await pids(id)) process.kill(pid, 'SIGKILL');
    await after.phase(id, 'FAILED');
    await after.report('the restart', ({ instances }) =>
      instances.some((one) => one.phase === 'RUNNING' && one.restarts === 1),
    );
    expect(await pids(id)).toHaveLength(1);
  });

  it('finds a process that was started right before, and stops one that nobody knows', async () => {
    const [unwritten, unknown] = [freshId(), freshId()];
    agent.start(manager);
    const before = await manager.session();
    await before.acked(before.apply(run(unwritten, server), run(unknown, sleeper)), 2);
    const { addresses } = await before.phase(unwritten, 'RUNNING');
    await before.phase(unknown, 'RUNNING');
    const [survivor] = await pids(unwritten);
    await agent.kill('SIGKILL');

    // As if the crash had come between the start of the process and the write that names it.
    const journal = await agent.journal();
    journal.instances = journal.instances.filter(({ order }) => order.instanceId === unwritten);
    for (const record of journal.instances) delete record.process;
    await writeFile(join(agent.dataDir, 'journal.json'), JSON.stringify(journal));

    agent.start(manager);
    const after = await manager.session();
    expect((await after.phase(unwritten, 'RUNNING')).addresses).toEqual(addresses);
    expect(await pids(unwritten)).toEqual([survivor]);
    expect(await pids(unknown)).toEqual([]);
  });

  it('ends a stop that was under way', async () => {
    const id = freshId();
    agent.start(manager, '--stop-timeout-ms', '60000');
    const before = await manager.session();
    await before.acked(
      before.apply(run(id, { command: shell('trap "" TERM; echo on; sleep 1000; true') })),
    );
    await before.phase(id, 'RUNNING');
    await eventually('it ignores SIGTERM', () =>
      existsSync(join(agent.dataDir, 'logs', `${id}-1.log`)),
    );
    await before.acked(before.apply(stop(id)));
    await agent.kill('SIGKILL');
    agent.start(manager, '--stop-timeout-ms', '100');
    const after = await manager.session();
    await after.phase(id, 'UNDEPLOYED');
    expect(await pids()).toEqual([]);
  });
});

describe('on SIGTERM the agent', () => {
  it('stops its instances, says so, and starts them again next time', async () => {
    const id = freshId();
    agent.start(manager);
    const before = await manager.session();
    await before.acked(before.apply(run(id, sleeper)));
    await before.phase(id, 'RUNNING');
    expect(await agent.kill('SIGTERM')).toBe(0);
    expect(await pids()).toEqual([]);
    expect(before.latest(id)).toMatchObject({ phase: 'FAILED', reason: 'the agent was shut down' });
    expect(before.frames.all.at(-1)?.type).toBe('bye');
    agent.start(manager);
    await (await manager.session()).phase(id, 'RUNNING');
    expect(await pids(id)).toHaveLength(1);
  });

  it('leaves its instances alone when told to', async () => {
    const id = freshId();
    agent.start(manager, '--keep-instances');
    const before = await manager.session();
    await before.acked(before.apply(run(id, sleeper)));
    await before.phase(id, 'RUNNING');
    const survivors = await pids(id);
    expect(await agent.kill('SIGTERM')).toBe(0);
    expect(await pids(id)).toEqual(survivors);
    agent.start(manager);
    await (await manager.session()).phase(id, 'RUNNING');
    expect(await pids(id)).toEqual(survivors);
  });
});

describe('when its cluster was removed the agent', () => {
  it('stops everything, forgets its credential and ends', async () => {
    const id = freshId();
    agent.start(manager);
    const session = await manager.session();
    await session.acked(session.apply(run(id, sleeper)));
    await session.phase(id, 'RUNNING');
    session.close(4410, 'cluster removed');
    expect(await agent.exited).toBe(0);
    expect(await pids()).toEqual([]);
    expect(existsSync(join(agent.dataDir, 'credential'))).toBe(false);
    expect((await agent.journal()).instances).toEqual([]);
  });
});
