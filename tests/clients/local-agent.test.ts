import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeManager, type FakeSession } from './support/fake-manager.js';
import { LocalAgentProcess } from './support/local-agent-process.js';
import { freshId, run, server, shell, sleeper, stop } from './support/programs.js';
import { eventually } from './support/waiting.js';

let manager: FakeManager;
let agent: LocalAgentProcess;
let session: FakeSession;

beforeAll(async () => {
  manager = await FakeManager.start({ reportIntervalMs: 500 });
  agent = (await LocalAgentProcess.create()).start(
    manager,
    ...['--stop-timeout-ms', '400', '--cpu-cores', '8', '--memory-mib', '8192'],
    ...['--location', 'munich', '--label', 'tier=gold', '--label', 'zone=b'],
  );
  session = await manager.session();
});

afterAll(async () => {
  await agent.destroy();
  await manager.close();
});

async function pidOf(instanceId: string): Promise<number | undefined> {
  return (await agent.processes(instanceId))[0]?.pid;
}

async function stopAndWait(instanceId: string, generation = 1): Promise<void> {
  await session.acked(session.apply(stop(instanceId, generation)));
  await session.phase(instanceId, 'UNDEPLOYED', generation);
}

describe('the agent', () => {
  it('tells who it is and what it has', async () => {
    expect(await session.hello()).toMatchObject({
      name: 'local-a',
      location: 'munich',
      capabilities: ['process'],
      labels: { tier: 'gold', zone: 'b' },
      capacity: { cpuCores: 8, memoryMiB: 8192, gpus: 0 },
    });
    const full = await session.report('the first report', ({ full }) => full === true);
    expect(full.workers).toEqual([
      { name: 'local-a-worker-1', capacity: { cpuCores: 4, memoryMiB: 4096, gpus: 0 } },
      { name: 'local-a-worker-2', capacity: { cpuCores: 4, memoryMiB: 4096, gpus: 0 } },
    ]);
  });

  it('refuses a data directory that another agent uses', async () => {
    const second = await LocalAgentProcess.create();
    try {
      second.start(manager, '--data-dir', agent.dataDir);
      expect(await second.exited).toBe(1);
      expect(second.output).toContain('is in use by the agent with pid');
    } finally {
      await second.destroy();
    }
  });
});

describe('an instance', () => {
  it('runs as a process with its environment, its port and its log', async () => {
    const id = freshId();
    const environment = { GREETING: 'hi', SM_SERVICE: 'forged' };
    await session.acked(session.apply(run(id, { ...server, environment }, { ordinal: 3 })));
    const { addresses, restarts } = await session.phase(id, 'RUNNING');
    const [address] = addresses ?? [];
    expect(address).toMatchObject({ host: '127.0.0.1', containerPort: 8080, protocol: 'tcp' });
    expect(restarts).toBe(0);
    const page = await fetch(`http://127.0.0.1:${address?.port}`);
    const seen = (await page.json()) as Record<string, string>;
    expect(seen).toMatchObject({
      GREETING: 'hi',
      PORT: String(address?.port),
      PORT_8080: String(address?.port),
      SM_INSTANCE_ID: id,
      SM_GENERATION: '1',
      SM_ORDINAL: '3',
      SM_SERVICE: 'hello',
    });
    expect(Object.keys(seen).filter((name) => name.startsWith('SM_AGENT'))).toEqual([
      'SM_AGENT_ID',
    ]);
    expect(seen['PWD'] ?? join(agent.dataDir, 'instances', `${id}-1`)).toContain(id);
    expect(await readFile(join(agent.dataDir, 'logs', `${id}-1.log`), 'utf8')).toBe('serving\n');
    await stopAndWait(id);
    expect(await agent.processes(id)).toEqual([]);
    await eventually('its directory is gone', () => {
      return !existsSync(join(agent.dataDir, 'instances', `${id}-1`));
    });
  });

  it('is one process however often its order comes', async () => {
    const id = freshId();
    await session.acked(session.apply(run(id, sleeper), run(id, sleeper)), 2);
    await session.phase(id, 'RUNNING');
    const pid = await pidOf(id);
    await session.acked(session.apply(run(id, sleeper)));
    expect((await agent.processes(id)).map((one) => one.pid)).toEqual([pid]);
    await stopAndWait(id);
  });

  it('runs in two generations side by side', async () => {
    const id = freshId();
    const first = run(id, server, { worker: 'local-a-worker-1' });
    const second = run(id, server, { worker: 'local-a-worker-2', generation: 2 });
    await session.acked(session.apply(first, second), 2);
    const old = await session.phase(id, 'RUNNING', 1);
    const young = await session.phase(id, 'RUNNING', 2);
    expect(old.worker).toBe('local-a-worker-1');
    expect(young.worker).toBe('local-a-worker-2');
    expect(old.addresses?.[0]?.port).not.toBe(young.addresses?.[0]?.port);
    await stopAndWait(id, 1);
    const page = await fetch(`http://127.0.0.1:${young.addresses?.[0]?.port}`);
    expect(page.status).toBe(200);
    await stopAndWait(id, 2);
  });

  it('never runs after its stop has come', async () => {
    const id = freshId();
    await stopAndWait(id);
    const from = session.frames.all.length;
    await session.acked(session.apply(run(id, sleeper)));
    await session.phase(id, 'UNDEPLOYED', 1, from);
    expect(await agent.processes(id)).toEqual([]);
  });

  it('goes to the least loaded worker', async () => {
    const [big, small, next] = [freshId(), freshId(), freshId()];
    const worker = 'local-a-worker-2';
    const resources = { cpuCores: 3, memoryMiB: 64 };
    await session.acked(session.apply(run(big, { ...sleeper, resources }, { worker })));
    await session.acked(session.apply(run(small, { ...sleeper, resources: { cpuCores: 1 } })));
    await session.acked(session.apply(run(next, { ...sleeper, resources: { cpuCores: 1 } })));
    expect((await session.phase(small, 'RUNNING')).worker).toBe('local-a-worker-1');
    expect((await session.phase(next, 'RUNNING')).worker).toBe('local-a-worker-1');
    await Promise.all([big, small, next].map((id) => stopAndWait(id)));
  });

  it.each([
    ['a worker that does not exist', {}, { worker: 'w-9' }, '/problems/worker-not-found'],
    ['a runtime that it lacks', { runtime: 'docker' }, {}, '/problems/runtime-not-offered'],
    ['a process without a command', { command: [] }, {}, '/problems/validation-failed'],
  ])('is refused with %s', async (_what, descriptor, more, type) => {
    const order = run(freshId(), { ...sleeper, ...descriptor }, more);
    expect((await session.nacked(session.apply(order))).type).toBe(type);
  });
});

describe('the end of a process', () => {
  it.each([
    ['completes a one-shot that succeeds', 'exit 0', { oneShot: true }, 'COMPLETED', 0],
    ['is final when restarts are off', 'exit 3', { restart: 'never' }, 'DEAD', 3],
    [
      'is final when it succeeds and only failures count',
      'exit 0',
      { restart: 'onFailure' },
      'DEAD',
      0,
    ],
    [
      'is final for a one-shot that is not repeated',
      'exit 4',
      { oneShot: true, restart: 'never' },
      'DEAD',
      4,
    ],
  ] as const)('%s', async (_what, script, policy, phase, exitCode) => {
    const id = freshId();
    await session.acked(session.apply(run(id, { command: shell(script), ...policy })));
    expect(await session.phase(id, phase)).toMatchObject({ exitCode, restarts: 0 });
    await stopAndWait(id);
  });

  it.each(['always', 'onFailure'] as const)('leads to a restart by policy %s', async (restart) => {
    const id = freshId();
    await session.acked(session.apply(run(id, { command: shell('exit 7'), restart })));
    const failed = await session.phase(id, 'FAILED');
    expect(failed).toMatchObject({ reason: 'exited with 7', exitCode: 7 });
    await session.report('a restart', ({ instances }) =>
      instances.some((one) => one.instanceId === id && (one.restarts ?? 0) >= 1),
    );
    await stopAndWait(id);
  });

  it('takes what it left behind along before the restart', async () => {
    const id = freshId();
    await session.acked(session.apply(run(id, { command: shell('sleep 1000 & exit 1') })));
    await session.phase(id, 'FAILED');
    expect((await agent.processes(id)).length).toBeLessThanOrEqual(1);
    await stopAndWait(id);
    expect(await agent.processes(id)).toEqual([]);
  });

  it.each([
    ['a program', { command: ['no-such-program'] }, 'command not found'],
    ['a directory', { ...sleeper, workingDirectory: '/no/such/place' }, 'no directory'],
  ])('comes at once without %s that exists', async (_what, descriptor, reason) => {
    const id = freshId();
    await session.acked(session.apply(run(id, descriptor)));
    expect((await session.phase(id, 'DEAD')).reason).toContain(reason);
    await stopAndWait(id);
  });
});

describe('a stop', () => {
  it('kills what does not listen to SIGTERM, also what has left the group', async () => {
    const id = freshId();
    const script =
      'trap "" TERM; setsid sh -c "trap \\"\\" TERM; sleep 1000; true" & sleep 1000; true';
    await session.acked(session.apply(run(id, { command: shell(script) })));
    await eventually('all are there', async () => (await agent.processes(id)).length === 4);
    const askedAt = performance.now();
    await stopAndWait(id);
    expect(performance.now() - askedAt).toBeGreaterThan(390);
    expect(await agent.processes(id)).toEqual([]);
  });

  it('lets a process end in order, with the help of others', async () => {
    const id = freshId();
    const script =
      'trap "sleep 0.1 && echo bye; exit 0" TERM; echo hi; while true; do sleep 0.02; done';
    await session.acked(session.apply(run(id, { command: shell(script) })));
    const log = join(agent.dataDir, 'logs', `${id}-1.log`);
    await eventually('it says hi', async () => {
      return existsSync(log) && (await readFile(log, 'utf8')) === 'hi\n';
    });
    await stopAndWait(id);
    expect(await readFile(log, 'utf8')).toMatch(/^hi\n[^]*bye\n$/);
  });

  it('comes through while an instance waits for its restart', async () => {
    const id = freshId();
    await session.acked(session.apply(run(id, { command: shell('exit 1') })));
    await session.phase(id, 'FAILED');
    await stopAndWait(id);
    expect(session.latest(id)?.phase).toBe('UNDEPLOYED');
  });
});

describe('ports', () => {
  it('waits for a fixed host port that is in use', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, resolve));
    const { port } = holder.address() as AddressInfo;
    const id = freshId();
    const ports = [{ containerPort: 8080, hostPort: port }];
    await session.acked(session.apply(run(id, { ...server, ports })));
    expect((await session.phase(id, 'FAILED')).reason).toContain(`${port}/tcp is in use`);
    await new Promise((resolve) => holder.close(resolve));
    expect((await session.phase(id, 'RUNNING')).addresses?.[0]?.port).toBe(port);
    await stopAndWait(id);
  });

  it('tells each port, of both protocols', async () => {
    const id = freshId();
    const ports = [{ containerPort: 53, protocol: 'udp' as const }, { containerPort: 8080 }];
    const command = server.command?.map((part) => part.replace('.PORT)', '.PORT_8080)')) ?? [];
    await session.acked(session.apply(run(id, { command, ports })));
    const { addresses } = await session.phase(id, 'RUNNING');
    expect(addresses?.map(({ containerPort, protocol }) => [containerPort, protocol])).toEqual([
      [53, 'udp'],
      [8080, 'tcp'],
    ]);
    expect(new Set(addresses?.map(({ port }) => port)).size).toBe(2);
    await stopAndWait(id);
  });
});

describe('use', () => {
  it('is what the processes of an instance really take', async () => {
    const id = freshId();
    const command = ['node', '-e', 'const b = Buffer.alloc(64 << 20, 1); for (;;) b[0]++;'];
    await session.acked(session.apply(run(id, { command })));
    const report = await session.report('measured use', ({ instances }) =>
      instances.some((one) => one.instanceId === id && (one.use?.cpuCores ?? 0) > 0.2),
    );
    const its = report.instances.find(({ instanceId }) => instanceId === id);
    expect(its?.use?.memoryMiB).toBeGreaterThan(64);
    expect(its?.use?.memoryMiB).toBeLessThan(400);
    expect(its?.use?.cpuCores).toBeLessThan(1.5);
    expect(report.use?.cpuCores).toBeGreaterThanOrEqual(its?.use?.cpuCores ?? 0);
    await stopAndWait(id);
  });
});
