import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileCredentialStore } from '../../clients/typescript/src/agent/index.js';
import { AgentUnderTest, MemoryStore, runOrder } from './support/agent-under-test.js';
import { FakeManager, enrolmentToken, type FakeManagerOptions } from './support/fake-manager.js';
import { eventually } from './support/waiting.js';

const id = 'a'.repeat(24);

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
  store?: MemoryStore,
): Promise<AgentUnderTest> {
  const subject = new AgentUnderTest(manager, overrides, store);
  agents.push(subject);
  await subject.agent.start();
  return subject;
}

async function restart(options: FakeManagerOptions): Promise<void> {
  await manager.close();
  manager = await FakeManager.start(options);
}

describe('enrolment', () => {
  it('proves itself with the enrolment token, says who it is, and keeps the credential', async () => {
    const subject = await start({ labels: { tier: 'gold' }, agentVersion: 'test 1' });
    const session = await manager.session();
    await subject.connected(1);
    expect(manager.upgrades.all).toEqual([
      { token: enrolmentToken, protocol: 'system-manager.v1' },
    ]);
    expect(await session.hello()).toEqual({
      type: 'hello',
      name: 'site-a',
      location: 'munich',
      capabilities: ['process'],
      labels: { tier: 'gold' },
      agentVersion: 'test 1',
      capacity: { cpuCores: 4, memoryMiB: 8192, gpus: 0 },
    });
    expect(subject.store.credential).toBe('credential-of-site-a');
  });

  it('uses the stored credential from then on', async () => {
    manager.credentials.set('site-a', 'kept');
    const subject = await start({}, new MemoryStore('kept'));
    await subject.connected(1);
    expect(manager.upgrades.all[0]?.token).toBe('kept');
    expect(subject.store.credential).toBe('kept');
  });

  it('works on with a credential that cannot be stored, and stores it in the next session', async () => {
    const store = new MemoryStore();
    store.failures = 1;
    const subject = await start({}, store);
    const session = await manager.session();
    await subject.connected(1);
    expect(store.credential).toBeUndefined();
    session.drop();
    await subject.disconnected(1);
    subject.clock.advance(250);
    await subject.connected(2);
    expect(manager.upgrades.all[1]?.token).toBe('credential-of-site-a');
    expect(store.credential).toBe('credential-of-site-a');
  });

  it('does not start with neither credential nor enrolment token', async () => {
    const subject = new AgentUnderTest(manager, { token: '' });
    await expect(subject.agent.start()).rejects.toThrow('no enrolment token');
  });

  it('keeps a credential in a file that only its owner reads, and replaces it whole', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sm-credential-'));
    try {
      const store = fileCredentialStore(join(directory, 'below', 'credential'));
      expect(await store.load()).toBeUndefined();
      await store.save('first');
      await store.save('second');
      expect(await store.load()).toBe('second');
      expect((await stat(join(directory, 'below', 'credential'))).mode & 0o777).toBe(0o600);
      expect(await readdir(join(directory, 'below'))).toEqual(['credential']);
      await store.clear();
      expect(await store.load()).toBeUndefined();
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe('connection', () => {
  it('comes back after a drop with growing delays, and resumes', async () => {
    const subject = await start();
    const first = await manager.session();
    await subject.connected(1);
    await manager.stopListening();
    await first.closed;
    const delays: number[] = [];
    for (let loss = 1; loss <= 9; loss += 1) {
      const { retryInMs } = await subject.disconnected(loss);
      delays.push(retryInMs);
      subject.clock.advance(retryInMs - 1);
      expect(subject.told.all.filter(({ event }) => event === 'disconnected')).toHaveLength(loss);
      subject.clock.advance(1);
    }
    expect(delays).toEqual([125, 250, 500, 1000, 2000, 4000, 7500, 7500, 7500]);
    await subject.disconnected(10);
    await manager.listen();
    subject.clock.advance(7500);
    const second = await manager.session();
    expect((await second.hello()).resume).toBe(1);
    expect(second.token).toBe('credential-of-site-a');
  });

  it('begins the delays anew after a session that was stable', async () => {
    const subject = await start();
    for (const [session, expected] of [125, 250, 500].entries()) {
      (await manager.session()).drop();
      const { retryInMs } = await subject.disconnected(session + 1);
      expect(retryInMs).toBe(expected);
      subject.clock.advance(retryInMs);
    }
    const stable = await manager.session();
    await subject.connected(4);
    await stable.report('the first report', () => true);
    subject.clock.advance(9_999);
    stable.socket.ping();
    subject.clock.advance(1);
    stable.drop();
    expect((await subject.disconnected(4)).retryInMs).toBe(125);
  });

  it('takes silence for three heartbeats for the end', async () => {
    await restart({ heartbeatIntervalMs: 1_000, pings: false });
    const subject = await start();
    const session = await manager.session();
    await subject.connected(1);
    await session.report('the first report', () => true);
    await session.heard();
    subject.clock.advance(2_999);
    await session.heard();
    subject.clock.advance(2_999);
    expect(subject.agent.session).toBe(1);
    subject.clock.advance(1);
    expect((await subject.disconnected(1)).reason).toContain('nothing heard');
    await session.closed;
  });

  it('gives up a connection whose manager never says welcome', async () => {
    await restart({ welcomes: false });
    const subject = await start();
    await (await manager.session()).hello();
    subject.clock.advance(10_000);
    expect((await subject.disconnected(1)).reason).toContain('nothing heard');
  });

  it('enrols again with a credential that was never accepted, and keeps to one that was (P1)', async () => {
    const subject = await start();
    /** Waits for the nth loss of the connection, and lets the agent try again. */
    const again = async (loss: number): Promise<void> => {
      const { retryInMs } = await subject.disconnected(loss);
      subject.clock.advance(retryInMs);
    };
    await subject.connected(1);
    manager.credentials.clear();
    (await manager.session()).socket.terminate();
    await again(1);
    await again(2);
    await subject.connected(2);
    (await manager.session()).socket.terminate();
    await again(3);
    await subject.connected(3);
    manager.credentials.clear();
    (await manager.session()).socket.terminate();
    await again(4);
    await again(5);
    await subject.disconnected(6);
    const credential = 'credential-of-site-a';
    expect(manager.upgrades.all.map(({ token }) => token)).toEqual([
      enrolmentToken,
      credential,
      enrolmentToken,
      credential,
      credential,
      credential,
    ]);
  });

  it('says that it is refused, and asks on at the slowest pace', async () => {
    const subject = await start({ token: '' }, new MemoryStore('revoked'));
    const refused = await subject.told.find('refusal', (one) => one.event === 'refused' && one);
    expect(refused.status).toBe(401);
    expect((await subject.disconnected(1)).retryInMs).toBe(11_250);
    expect(subject.store.credential).toBe('revoked');
    manager.credentials.set('site-a', 'revoked');
    subject.clock.advance(11_250);
    await subject.connected(1);
  });

  it('waits as long as an overloaded manager asks', async () => {
    const problem = { type: '/problems/overloaded', title: 'Too much work', status: 503 };
    manager.refusal = { status: 503, problem, headers: { 'retry-after': '7' } };
    const subject = await start();
    expect(await subject.disconnected(1)).toMatchObject({ retryInMs: 7_000 });
    expect(subject.told.all.some(({ event }) => event === 'refused')).toBe(false);
  });

  it('ignores frames that it does not know or cannot read', async () => {
    const subject = await start();
    const session = await manager.session();
    await subject.connected(1);
    session.sendText('{"type":"applause","loud":true}');
    session.sendText('no json');
    session.sendText('[]');
    session.sendText('{"type":"welcome"}');
    session.sendText('{"type":"toString"}');
    session.sendText('{"type":"apply","id":"x","orders":[null,{"action":"dance"}]}');
    session.socket.send(Buffer.from([1, 2, 3]));
    await session.acked(session.apply(runOrder(id)));
    expect(subject.agent.session).toBe(1);
    expect(subject.logged.all.map(({ message }) => message)).toEqual([
      'a frame of a kind that this version does not know',
      'a frame that cannot be read',
      'a frame that cannot be read',
      'a frame that cannot be read',
      'a frame of a kind that this version does not know',
      'an order that cannot be read',
      'an order that cannot be read',
      'a frame that cannot be read',
    ]);
  });

  it('hands on the problem of an error frame that ends a session', async () => {
    const subject = await start();
    const session = await manager.session();
    await subject.connected(1);
    const problem = { type: '/problems/slow-reader', title: 'Reads too slowly', status: 429 };
    const lost = new Promise((resolve) => subject.agent.once('disconnected', resolve));
    session.send({ type: 'error', problem });
    session.close(4429, 'slow reader');
    expect(await lost).toMatchObject({ code: 4429, problem, reason: 'slow reader' });
  });

  it('survives a listener that throws', async () => {
    const subject = new AgentUnderTest(manager);
    agents.push(subject);
    subject.agent.on('connected', () => {
      throw new Error('mine');
    });
    await subject.agent.start();
    const session = await manager.session();
    await session.report('the first report', ({ full }) => full === true);
    expect(subject.logged.all.map(({ message }) => message)).toEqual(['a listener failed']);
  });
});

describe('the end', () => {
  it('stops everything and forgets its credential when the cluster was removed', async () => {
    const subject = await start();
    const session = await manager.session();
    await session.acked(session.apply(runOrder(id), runOrder(id, 2)), 2);
    session.close(4410, 'cluster removed');
    await subject.told.find('removal', (one) => one.event === 'removed');
    expect(subject.orders.all.filter(({ action }) => action === 'stop')).toHaveLength(2);
    expect(subject.instances.size).toBe(0);
    expect(subject.store.credential).toBeUndefined();
    expect(subject.clock.delays()).toEqual([]);
  });

  it('learns of the removal at the door as well', async () => {
    const problem = { type: '/problems/cluster-removed', title: 'Removed', status: 401 };
    manager.refusal = { status: 401, problem };
    const subject = await start({}, new MemoryStore('old'));
    await subject.told.find('removal', (one) => one.event === 'removed');
    expect(subject.store.credential).toBeUndefined();
  });

  it('hands over its last changes before it leaves', async () => {
    const subject = await start();
    const session = await manager.session();
    await session.report('the first report', () => true);
    subject.agent.reportChanged({ instanceId: id, generation: 1, phase: 'FAILED' });
    await subject.agent.leave();
    expect(await session.closed).toBe(1000);
    expect(session.latest(id)?.phase).toBe('FAILED');
    expect(session.frames.all.at(-1)).toEqual({ type: 'bye' });
    expect(subject.clock.delays()).toEqual([]);
  });

  it('leaves all the same when its last report is never answered', async () => {
    await restart({ answersReports: false });
    const subject = await start();
    const session = await manager.session();
    await session.report('the first report', () => true);
    const left = subject.agent.leave();
    subject.clock.advance(2_000);
    await left;
    expect(session.frames.all.at(-1)).toEqual({ type: 'bye' });
  });

  it('can be closed in every state, twice', async () => {
    await new AgentUnderTest(manager).agent.close();
    const connecting = await start();
    await connecting.agent.close();
    const connected = await start();
    await connected.told.find('a session', ({ event }) => event === 'connected');
    await Promise.all([connected.agent.close(), connected.agent.close()]);
    expect(connected.clock.delays()).toEqual([]);
    await eventually('no session left', () => connected.agent.session === undefined);
  });
});
