/** What happens to instances whose cluster falls silent, by their policy; over real sockets and under a clock of the test. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/clock.js';
import { settledDump } from '../support/dump.js';
import { RunningInstances } from '../support/running.js';
import { Site, type Member } from '../support/site.js';
import type { Schemas } from '../support/calls.js';

const inactiveAfterMs = 400;
const lostAfterMs = 1_000;
/** Each of them starts a manager and waits for several things, on a machine that may be busy. */
const testTimeoutMs = 90_000;
const leaseSeconds = 15;
/** The lease, 5 s and a twentieth. */
const leaseAndMarginMs = 15_000 + 5_000 + 750;

let clock: FakeClock;
let site: Site;

beforeEach(async () => {
  clock = new FakeClock();
  site = await Site.start({ now: clock.now, inactiveAfterMs, lostAfterMs });
});

afterEach(() => site.close());

/** A cluster whose agent obeys, with what really runs there. */
interface Played extends Member {
  readonly running: RunningInstances;
}

async function played(fields: Partial<Schemas['HelloFrame']> = {}): Promise<Played> {
  const running = new RunningInstances(clock.now);
  const member = await site.enrol(fields);
  member.agent.play(running, clock.now);
  member.agent.obey();
  await member.agent.report([], { full: true });
  return { ...member, running };
}

interface Scene {
  readonly from: Played;
  readonly to: Played;
  readonly serviceId: string;
  readonly instanceId: string;
}

/** An instance that runs at `from`; it may go to `to` too. */
async function running(whenLost: 'keep' | 'move' | 'duplicate'): Promise<Scene> {
  const labels = { group: site.name('group') };
  const from = await played({ labels });
  const { service, operation } = await site.deploy({
    placement: { labels },
    whenLost,
    leaseSeconds,
  });
  await site.succeeded(operation);
  const [instance] = await site.instancesOf(service.id);
  const to = await played({ labels });
  return { from, to, serviceId: service.id, instanceId: instance?.id ?? '' };
}

type Present = Pick<Member, 'agent'>;

/** Time passes, and the clusters that are there report often enough to be active. */
async function pass(ms: number, ...present: Present[]): Promise<void> {
  const stepMs = inactiveAfterMs - 100;
  for (let leftMs = ms; leftMs > 0; leftMs -= stepMs) {
    clock.advance(Math.min(stepMs, leftMs));
    for (const { agent } of present) await agent.report();
  }
}

/** Time passes until it has come to be. The manager may have noticed the silence late, and counts from then. */
async function passUntil(
  what: string,
  present: readonly Present[],
  look: () => Promise<boolean | undefined>,
): Promise<void> {
  for (let times = 0; times < 500; times += 1) {
    if ((await look()) === true) return;
    await pass(100, ...present);
  }
  throw new Error(`did not come to be while time passed: ${what}`);
}

/** Their connections break, and the manager has looked since: it counts silence from the look at which it has seen the last sign. */
async function vanish(...members: Present[]): Promise<void> {
  for (const { agent } of members) await agent.drop();
  await site.ask(200, { path: '/api/v1/system/storm' });
}

const lost = ({ instanceId }: Scene) =>
  site.until('the instance is lost', async () => {
    const { phase, reason } = await site.instance(instanceId);
    return phase === 'LOST' && reason;
  });

const placedAt = ({ instanceId }: Scene, to: Member, ...present: Present[]) =>
  passUntil('the instance runs elsewhere', [to, ...present], async () => {
    const { clusterId, phase } = await site.instance(instanceId);
    return clusterId === to.id && phase === 'RUNNING';
  });

const waitsFor = ({ instanceId }: Scene, reason: string, ...present: Present[]) =>
  passUntil(`the instance waits: ${reason}`, present, async () =>
    (await site.instance(instanceId)).reason?.includes(reason),
  );

const atRest = (): Promise<unknown> => settledDump(site.manager);

/** The cluster comes back with what really runs there. */
async function comeBack({ from, instanceId }: Scene): Promise<Played> {
  const { agent } = await site.rejoin(from);
  agent.play(from.running, clock.now);
  const runs = from.running
    .of(instanceId)
    .map((generation) => ({ instanceId, generation, phase: 'RUNNING' as const }));
  const ended = from.running.ended.map((each) => ({ ...each, phase: 'UNDEPLOYED' as const }));
  await agent.report([...runs, ...ended], { full: true });
  agent.obey();
  return { ...from, agent };
}

const oneHalf = ({ instanceId }: Scene) =>
  site.until('one half is left', async () => {
    const { halves } = await site.instance(instanceId);
    return halves.length === 1 && halves[0];
  });

describe('P2 an instance to be moved', { timeout: testTimeoutMs }, () => {
  it('is told its lease, and placed elsewhere only after the lease and the margin, when the old one has ended', async () => {
    const scene = await running('move');
    const { from, to, instanceId } = scene;
    const [order] = from.agent.orders;
    expect(order?.descriptor).toMatchObject({ whenLost: 'move', leaseSeconds });
    expect(from.running.of(instanceId)).toEqual([1]);
    await vanish(from);

    // Past the grace time, and a moment before the end of the lease: it still runs there.
    await pass(leaseSeconds * 1000 - 1, to);
    expect(await lost(scene)).toContain('lease of 15 s');
    await atRest();
    expect(from.running.of(instanceId)).toEqual([1]);
    expect(to.running.of(instanceId)).toEqual([]);

    // The lease has ended, the margin has not.
    await pass(leaseAndMarginMs - leaseSeconds * 1000, to);
    await atRest();
    expect(from.running.of(instanceId)).toEqual([]);
    expect(to.running.of(instanceId)).toEqual([]);

    await placedAt(scene, to);
    expect(to.running.of(instanceId)).toEqual([2]);
    expect(from.running.of(instanceId)).toEqual([]);
  });

  it('is renewed by every report that is answered, and by nothing else', async () => {
    const scene = await running('move');
    const { from, to, instanceId } = scene;
    for (let turn = 0; turn < 4; turn += 1) await pass(10_000, from, to);
    await atRest();
    expect(from.running.of(instanceId)).toEqual([1]);
    // Heartbeats keep the cluster active, yet answer nothing.
    await from.agent.flush();
    clock.advance(leaseSeconds * 1000);
    expect(from.running.of(instanceId)).toEqual([]);
  });

  it('goes on at its place when its cluster returns before the end of the lease', async () => {
    const scene = await running('move');
    const { from, to, instanceId } = scene;
    await vanish(from);
    await pass(10_000, to);
    await lost(scene);
    const back = await comeBack(scene);
    await site.until('it runs again', async () => {
      return (await site.instance(instanceId)).phase === 'RUNNING';
    });
    await pass(leaseAndMarginMs, back, to);
    await atRest();
    expect([...back.running.of(instanceId), ...to.running.of(instanceId)]).toEqual([1]);
    expect((await site.instance(instanceId)).halves).toMatchObject([{ generation: 1 }]);
  });

  it('that was replaced is gone for good when its cluster returns; its room is free then (P3)', async () => {
    const scene = await running('move');
    const { from, to, instanceId } = scene;
    await vanish(from);
    await pass(leaseAndMarginMs + lostAfterMs, to);
    await placedAt(scene, to);
    await comeBack(scene);
    expect(await oneHalf(scene)).toMatchObject({ generation: 2, clusterId: to.id });
    expect([...from.running.of(instanceId), ...to.running.of(instanceId)]).toEqual([2]);
    expect((await site.cluster(from.id)).reserved).toMatchObject({ cpuCores: 0, memoryMiB: 0 });
  });

  it('that has ended by its lease is started anew, also at the same place, when nothing was free elsewhere', async () => {
    const scene = await running('move');
    const { from, to, instanceId } = scene;
    await vanish(from, to);
    clock.advance(leaseAndMarginMs + lostAfterMs);
    await lost(scene);
    await comeBack(scene);
    await site.until('the end of the old one is known', async () => {
      return (await site.instance(instanceId)).halves.length === 0;
    });
    clock.advance(1_000);
    await site.until('it is placed anew', async () => {
      const { halves } = await site.instance(instanceId);
      return halves[0]?.generation === 2 && halves[0].phase === 'RUNNING';
    });
    expect(from.running.of(instanceId)).toEqual([2]);
  });
});

describe('an instance that may be duplicated', { timeout: testTimeoutMs }, () => {
  it('is placed elsewhere after the grace time; the old one is stopped on return (P2)', async () => {
    const scene = await running('duplicate');
    const { from, to, instanceId } = scene;
    await vanish(from);
    await pass(lostAfterMs - 1, to);
    await atRest();
    expect(to.running.of(instanceId)).toEqual([]);
    await pass(1, to);
    await placedAt(scene, to);
    expect([from.running.of(instanceId), to.running.of(instanceId)]).toEqual([[1], [2]]);
    await comeBack(scene);
    expect(await oneHalf(scene)).toMatchObject({ generation: 2, clusterId: to.id });
    expect([from.running.of(instanceId), to.running.of(instanceId)]).toEqual([[], [2]]);
  });

  it('P4 that is terminated while its cluster is away is stopped on return', async () => {
    const scene = await running('duplicate');
    const { from, to, instanceId } = scene;
    await vanish(from);
    await pass(lostAfterMs, to);
    await placedAt(scene, to);
    const operation = await site.terminate(scene.serviceId);
    await site.until('it is stopped at the new place', async () => {
      return Promise.resolve(to.running.of(instanceId).length === 0);
    });
    expect(from.running.of(instanceId)).toEqual([1]);
    await comeBack(scene);
    await site.succeeded(operation);
    expect(from.running.of(instanceId)).toEqual([]);
  });
});

describe('an instance to be kept', { timeout: testTimeoutMs }, () => {
  it('stays bound to its cluster however long that is away (P2)', async () => {
    const scene = await running('keep');
    const { from, to, instanceId } = scene;
    await vanish(from);
    await pass(10 * lostAfterMs, to);
    expect(await lost(scene)).toContain('left to its site');
    await atRest();
    expect(to.agent.orders).toEqual([]);
    expect(from.running.of(instanceId)).toEqual([1]);
  });
});

describe('a storm', { timeout: testTimeoutMs }, () => {
  /** Three clusters of four have vanished at once; an instance ran on each of them. */
  async function storm() {
    const scenes = [await running('duplicate'), await running('duplicate')];
    const [one, two] = scenes;
    if (!one || !two) throw new Error('two scenes were made');
    await vanish(one.from, two.from, two.to);
    await pass(lostAfterMs, one.to);
    return { one, two, there: one.to };
  }
  const state = () => site.ask<Schemas['Storm']>(200, { path: '/api/v1/system/storm' });
  const metric = async () => {
    const { text } = await site.send({ path: '/metrics' });
    return /^sm_storm_clusters (\d+)$/m.exec(text)?.[1];
  };

  it('holds back placing elsewhere, and says so to everybody who asks', async () => {
    const { one, there } = await storm();
    await waitsFor(one, '3 of 4 clusters vanished within 120 s', there);
    await pass(10 * lostAfterMs, there);
    await atRest();
    expect(there.agent.orders).toEqual([]);
    expect(await state()).toMatchObject({ active: true, of: 4 });
    expect((await state()).vanished).toHaveLength(3);
    expect(await metric()).toBe('3');
    await site.until('the history tells it', async () => {
      const page = await site.ask<Schemas['EventPage']>(200, {
        path: `/api/v1/events?subjectId=${one.instanceId}&limit=500`,
      });
      return page.items.some(({ data }) => String(data['reason']).includes('3 of 4 clusters'));
    });
  });

  it('ends when clusters return: what is still away some time later is placed elsewhere', async () => {
    const { one, two, there } = await storm();
    await waitsFor(one, 'vanished', there);
    const back = await comeBack(two);
    const other = await site.rejoin(two.to);
    await other.agent.report([], { full: true });
    await site.until('the storm is over', async () => !(await state()).active);
    await site.until('it gets time to come back', async () =>
      (await site.instance(one.instanceId)).reason?.includes('just coming back'),
    );
    expect(there.agent.orders).toEqual([]);
    await placedAt(one, there, back, other);
  });

  it('ends by the word of an administrator', async () => {
    const { one, there } = await storm();
    await waitsFor(one, 'vanished', there);
    const path = '/api/v1/system/storm/release';
    expect(await site.ask(200, { method: 'POST', path })).toMatchObject({ active: false });
    await placedAt(one, there);
    expect(await metric()).toBe('0');
  });
});
