/** Draining and removing clusters through agents on real sockets: how fast, how far, and the way back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Schemas } from '../support/calls.js';
import { settledDump } from '../support/dump.js';
import { Site, type Member } from '../support/site.js';

let site: Site;

beforeAll(async () => {
  site = await Site.start();
});

afterAll(() => site.close());

interface Scene {
  readonly from: Member;
  readonly to: Member;
  readonly serviceIds: readonly string[];
}

/** Services with one instance each that run at one cluster; the other one takes orders only when it is told to. */
async function running(count: number): Promise<Scene> {
  const labels = { group: site.name('group') };
  const from = await site.enrolObedient({ labels });
  const serviceIds: string[] = [];
  for (let times = 0; times < count; times += 1) {
    const { service, operation } = await site.deploy({
      placement: { labels },
      update: { healthySeconds: 0 },
    });
    await site.succeeded(operation);
    serviceIds.push(service.id);
  }
  return { from, to: await site.enrol({ labels }), serviceIds };
}

const runs = ({ agent }: Pick<Member, 'agent'>) =>
  agent.orders.filter(({ action }) => action === 'run');

/** The target runs the instance that it was told as the nth. */
async function runNth({ agent }: Pick<Member, 'agent'>, index: number): Promise<void> {
  const order = runs({ agent })[index];
  if (order === undefined) throw new Error('there is no such order');
  const { instanceId, generation } = order;
  await agent.report([{ instanceId, generation, phase: 'RUNNING' }]);
}

const operation = (id: string) =>
  site.ask<Schemas['Operation']>(200, { path: `/api/v1/operations/${id}` });

const progress = (id: string, done: number) =>
  site.until(`${done} are done`, async () => {
    const { progress: at, reason } = await operation(id);
    return at.done === done && (reason ?? true);
  });

/** Each test waits for several things, on a machine that may be busy. */
const testTimeoutMs = 90_000;

describe.each(['drain', 'remove'] as const)(
  'to %s a cluster',
  { timeout: testTimeoutMs },
  (verb) => {
    const begin = (cluster: Member, query: string) =>
      verb === 'drain' ? site.drain(cluster, query) : site.remove(cluster, query);

    it('moves no more instances at once than asked for, and says how far it is and what waits', async () => {
      const { from, to } = await running(3);
      const { id } = await begin(from, '?parallelMoves=1');
      for (let done = 0; done < 3; done += 1) {
        await site.until('the next one moves', () => Promise.resolve(runs(to).length === done + 1));
        await settledDump(site.manager);
        expect(runs(to)).toHaveLength(done + 1);
        const { reason, progress: at } = await operation(id);
        expect(at).toEqual({ done, total: 3 });
        expect(reason).toContain(`${3 - done} left: `);
        if (done === 0) expect(reason).toContain('2 waits for its turn; 1 moves');
        await runNth(to, done);
        await progress(id, done + 1);
      }
      await site.succeeded({ id });
    });

    it('can be taken back: what has moved stays there, the rest stays here', async () => {
      const { from, to, serviceIds } = await running(3);
      const { id } = await begin(from, '?parallelMoves=2');
      await site.until('two move', () => Promise.resolve(runs(to).length === 2));
      await runNth(to, 0);
      await progress(id, 1);
      const path =
        verb === 'drain' ? `/api/v1/clusters/${from.id}/resume` : `/api/v1/operations/${id}/cancel`;
      await site.ask(200, { method: 'POST', path });
      expect(await operation(id)).toMatchObject({
        state: 'cancelled',
        reason: 'the cluster was resumed',
      });
      const placesOf = async () => {
        const instances = await Promise.all(serviceIds.map((each) => site.instancesOf(each)));
        return instances.flat();
      };
      await site.until('the moves under way are called off', async () => {
        const halves = (await placesOf()).flatMap((each) => each.halves);
        return halves.every(({ role }) => role !== 'incoming');
      });
      to.agent.obey(({ action }) => (action === 'stop' ? 'UNDEPLOYED' : undefined));
      await site.until('nothing of them is left', async () =>
        (await placesOf()).every(({ halves }) => halves.length === 1),
      );
      await settledDump(site.manager);
      const places = (await placesOf()).map(({ clusterId }) => clusterId);
      expect(places.filter((each) => each === to.id)).toHaveLength(1);
      expect(places.filter((each) => each === from.id)).toHaveLength(2);
      expect((await site.cluster(from.id)).schedulable).toBe(true);
    });
  },
);

describe('removing a cluster by force', () => {
  it('forgets it at once and places its instances elsewhere', async () => {
    const { from, to, serviceIds } = await running(1);
    await from.agent.drop();
    to.agent.obey();
    await site.succeeded(await site.remove(from, '?force=true'));
    await site.until('it runs elsewhere', async () => {
      const [instance] = await site.instancesOf(serviceIds[0] ?? '');
      return instance?.clusterId === to.id && instance.phase === 'RUNNING';
    });
  });
});
