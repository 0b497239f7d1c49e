import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  JournaledAgent,
  OrderRefused,
  directoryPlace,
  memoryPlace,
  type JournaledAgentOptions,
  type Place,
  type RunOrder,
  type StopOrder,
} from '../../clients/typescript/src/agent/index.js';
import { runOrder, stopOrder } from './support/agent-under-test.js';
import { FakeManager, enrolmentToken, type FakeSession } from './support/fake-manager.js';
import { Happenings } from './support/waiting.js';

const id = 'a'.repeat(24);
const idOf = (number: number): string => number.toString(16).padStart(24, '0');

let manager: FakeManager;
let agents: JournaledAgent[] = [];

beforeEach(async () => {
  manager = await FakeManager.start();
});

afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.close()));
  await manager.close();
});

interface Effect {
  readonly did: 'run' | 'stop';
  readonly order: RunOrder | StopOrder;
  readonly interrupted?: boolean;
}

/** An agent at a place, the session that it gets, and what its handlers were called with. */
async function start(place: Place, overrides: Partial<JournaledAgentOptions> = {}) {
  const effects = new Happenings<Effect>();
  const agent = await JournaledAgent.open({
    url: manager.url,
    name: 'site-a',
    capabilities: ['process'],
    token: enrolmentToken,
    place,
    capacity: () => ({ cpuCores: 4 }),
    run: (order, { interrupted }) => {
      effects.add({ did: 'run', order, interrupted });
      return Promise.resolve({ worker: 'w-1' });
    },
    stop: (order) => {
      effects.add({ did: 'stop', order });
      return Promise.resolve();
    },
    ...overrides,
  });
  agents.push(agent);
  await agent.start();
  const session = await manager.session();
  await session.report('the first report', () => true);
  return { agent, session, effects };
}

/** As a killed process leaves it: nothing is said or written any more. */
async function crash(agent: JournaledAgent, session: FakeSession): Promise<void> {
  session.drop();
  agents = agents.filter((one) => one !== agent);
  await agent.close();
}

describe('an order that was carried out', () => {
  it('is confirmed, reported with what the handler said, and in the next full report', async () => {
    const place = memoryPlace();
    const first = await start(place);
    await first.session.acked(first.session.apply(runOrder(id)));
    expect(await first.session.phase(id, 'RUNNING')).toMatchObject({ worker: 'w-1' });
    await crash(first.agent, first.session);

    const second = await start(place);
    const full = second.session.reports()[0];
    expect(full).toMatchObject({ full: true });
    expect(full?.instances).toEqual([
      { instanceId: id, generation: 1, phase: 'RUNNING', worker: 'w-1' },
    ]);
  });

  it('has no second effect when it is told again after a restart', async () => {
    const place = memoryPlace();
    const first = await start(place);
    await first.session.acked(first.session.apply(runOrder(id)));
    await crash(first.agent, first.session);

    const second = await start(place);
    await second.session.acked(second.session.apply(runOrder(id)));
    expect(second.effects.all).toEqual([]);
    await second.session.phase(id, 'RUNNING');
  });

  it('does not come back after its stop, whatever is told after a restart', async () => {
    const place = memoryPlace();
    const first = await start(place);
    await first.session.acked(first.session.apply(runOrder(id)));
    await first.session.acked(first.session.apply(stopOrder(id)));
    await first.session.phase(id, 'UNDEPLOYED');
    await crash(first.agent, first.session);

    const second = await start(place);
    await second.session.acked(second.session.apply(runOrder(id)));
    await second.session.phase(id, 'UNDEPLOYED');
    expect(second.effects.all).toEqual([]);
  });

  it('may have become something else meanwhile: `resume` says what', async () => {
    const place = memoryPlace();
    const first = await start(place);
    const applied = first.session.apply(runOrder(id), runOrder(idOf(1)));
    await first.session.acked(applied, 2);
    await crash(first.agent, first.session);

    const { session } = await start(place, {
      resume: (order, last) => {
        expect(last.phase).toBe('RUNNING');
        return Promise.resolve(order.instanceId === id ? { phase: 'DEAD', reason: 'gone' } : {});
      },
    });
    expect(session.latest(id)).toMatchObject({ phase: 'DEAD', reason: 'gone', worker: 'w-1' });
    expect(session.latest(idOf(1))).toMatchObject({ phase: 'RUNNING' });
  });
});

describe('an order that a crash has cut off', () => {
  it('is finished by the next start, which knows that it may have had its effect', async () => {
    const place = memoryPlace();
    const begun = new Happenings<boolean>();
    const first = await start(place, {
      run: (_order, { interrupted }) => {
        begun.add(interrupted);
        return new Promise(() => undefined);
      },
    });
    first.session.apply(runOrder(id));
    expect(await begun.find('its beginning', (interrupted) => ({ interrupted }))).toEqual({
      interrupted: false,
    });
    await crash(first.agent, first.session);

    const second = await start(place);
    await second.session.phase(id, 'RUNNING');
    expect(second.effects.all).toEqual([{ did: 'run', order: runOrder(id), interrupted: true }]);
  });

  it('to stop is finished by the next start', async () => {
    const place = memoryPlace();
    const begun = new Happenings<StopOrder>();
    const first = await start(place, {
      stop: (order) => {
        begun.add(order);
        return new Promise(() => undefined);
      },
    });
    await first.session.acked(first.session.apply(runOrder(id)));
    first.session.apply(stopOrder(id));
    await begun.find('its beginning', () => true);
    await crash(first.agent, first.session);

    const second = await start(place);
    await second.session.phase(id, 'UNDEPLOYED');
    expect(second.effects.all).toEqual([{ did: 'stop', order: stopOrder(id) }]);
  });

  it('is not begun at all when it cannot be written down', async () => {
    const place = memoryPlace();
    let full = false;
    const { session, effects } = await start({
      ...place,
      write: (name, text) =>
        full ? Promise.reject(new Error('the disk is full')) : place.write(name, text),
    });
    full = true;
    const problem = await session.nacked(session.apply(runOrder(id)));
    expect(problem.detail).toBe('the disk is full');
    expect(effects.all).toEqual([]);
    full = false;
    // Refused once, refused for good: the manager may have placed it elsewhere. It comes back as another generation.
    await session.nacked(session.apply(runOrder(id)));
    await session.acked(session.apply(runOrder(id, 2)));
    expect(effects.all).toMatchObject([{ did: 'run', interrupted: false }]);
  });
});

describe('an order that is refused', () => {
  it('is answered with the reason, and leaves nothing in the journal', async () => {
    const place = memoryPlace();
    const { session } = await start(place, {
      run: () => Promise.reject(new OrderRefused('no-room', 'No room', 'the rack is full')),
    });
    const problem = await session.nacked(session.apply(runOrder(id)));
    expect(problem).toMatchObject({ type: '/problems/no-room', detail: 'the rack is full' });
    expect(await session.phase(id, 'UNDEPLOYED')).toMatchObject({ reason: 'the rack is full' });
    expect(JSON.parse((await place.read('journal.json')) ?? '')).toMatchObject({ instances: [] });
  });
});

describe('an instance that ends by itself', () => {
  it('is reported, and is what it was after a restart', async () => {
    const place = memoryPlace();
    const first = await start(place);
    await first.session.acked(first.session.apply(runOrder(id)));
    first.agent.report(runOrder(id), { phase: 'COMPLETED', exitCode: 0 });
    await first.session.phase(id, 'COMPLETED');
    await crash(first.agent, first.session);
    const { session } = await start(place);
    expect(session.latest(id)).toMatchObject({ phase: 'COMPLETED', exitCode: 0 });
  });

  it('while its start is under way is not reported as running', async () => {
    const { session } = await start(memoryPlace(), {
      run: (order) => {
        agents[0]?.report(order, { phase: 'DEAD', reason: 'no such program' });
        return Promise.resolve({});
      },
    });
    await session.acked(session.apply(runOrder(id)));
    await session.phase(id, 'DEAD');
    const said = session.reports().flatMap(({ instances }) => instances.map(({ phase }) => phase));
    expect(said).not.toContain('RUNNING');
  });

  it('is not reported when it is being stopped, or was never there', async () => {
    const { agent, session } = await start(memoryPlace(), {
      stop: (order) => {
        agents[0]?.report(order, { phase: 'DEAD' });
        return Promise.resolve();
      },
    });
    agent.report(runOrder(idOf(1)), { phase: 'RUNNING' });
    await session.acked(session.apply(runOrder(id)));
    await session.acked(session.apply(stopOrder(id)));
    await session.phase(id, 'UNDEPLOYED');
    const said = session.reports().flatMap(({ instances }) => instances);
    expect(said.filter(({ phase }) => phase === 'DEAD')).toEqual([]);
    expect(said.filter(({ instanceId }) => instanceId === idOf(1))).toEqual([]);
  });
});

describe('a removed cluster', () => {
  it('has everything stopped, what was begun too, and forgets its credential', async () => {
    const place = memoryPlace();
    const first = await start(place, {
      run: (order) =>
        order.instanceId === id ? new Promise(() => undefined) : Promise.resolve({}),
    });
    first.session.apply(runOrder(id));
    await first.session.acked(first.session.apply(runOrder(idOf(1))));
    await first.session.phase(id, 'CREATING');
    await crash(first.agent, first.session);

    manager.refusal = {
      status: 403,
      problem: { type: '/problems/cluster-removed', title: 'Removed', status: 403 },
    };
    const effects = new Happenings<string>();
    const agent = await JournaledAgent.open({
      url: manager.url,
      name: 'site-a',
      capabilities: ['process'],
      place,
      capacity: () => ({}),
      run: () => Promise.resolve({}),
      stop: (order) => {
        effects.add(order.instanceId);
        return Promise.resolve();
      },
    });
    agents.push(agent);
    const removed = new Promise<void>((resolve) => agent.once('removed', resolve));
    await agent.start();
    await removed;
    expect([...effects.all].sort()).toEqual([idOf(1), id]);
    expect(await place.read('credential')).toBeUndefined();
  });
});

describe('a directory as the place', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sm-place-'));
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('keeps credential and journal, readable by the owner only, and nothing else', async () => {
    const place = directoryPlace(join(directory, 'agent'));
    const { session } = await start(place);
    const orders = Array.from({ length: 100 }, (_, number) => runOrder(idOf(number)));
    await session.acked(session.apply(...orders), orders.length);
    const names = await readdir(join(directory, 'agent'));
    expect(names.sort()).toEqual(['credential', 'journal.json']);
    for (const name of names) {
      expect((await stat(join(directory, 'agent', name))).mode & 0o777).toBe(0o600);
    }
    const journal = JSON.parse(
      await readFile(join(directory, 'agent', 'journal.json'), 'utf8'),
    ) as { instances: { stage: string }[] };
    expect(journal.instances.map(({ stage }) => stage)).toEqual(orders.map(() => 'started'));
  });

  it('whose journal cannot be understood is no place to start from', async () => {
    await writeFile(join(directory, 'journal.json'), '{"version":7}');
    await expect(start(directoryPlace(directory))).rejects.toThrow('not a journal');
  });
});
