/** Lists page by page, plans, and operations that are waited for. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestManager } from '../support/app.js';
import { problemOf, type Schemas } from '../support/calls.js';
import { dump, settledDump } from '../support/dump.js';
import { World } from '../support/world.js';

let world: World;

beforeAll(async () => {
  world = new World(await startTestManager());
});

afterAll(() => world.manager.close());

interface Page {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly nextCursor?: string;
}

/** All pages of a list, as the keys of their items. */
async function walk(path: string, limit: number, key = 'id'): Promise<readonly unknown[][]> {
  const pages: unknown[][] = [];
  let cursor: string | undefined;
  do {
    const next = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const separator = path.includes('?') ? '&' : '?';
    const page = await world.ask<Page>(200, { path: `${path}${separator}limit=${limit}${next}` });
    pages.push(page.items.map((item) => item[key]));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return pages;
}

const many = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Array.from({ length: count }).reduce<Promise<T[]>>(async (before, _, index) => {
    const made = await before;
    return [...made, await make(index)];
  }, Promise.resolve([]));

describe('paging', () => {
  it.each([1, 2, 3, 7, 8])('gives every cluster once and in order, %i at a time', async (limit) => {
    const location = world.name('place');
    const ids = (await many(7, () => world.register({ location }))).map(({ id }) => id);
    const pages = await walk(`/api/v1/clusters?location=${location}`, limit);
    expect(pages.flat()).toEqual(ids);
    expect(pages).toHaveLength(Math.ceil(7 / limit));
  });

  it('gives every service, instance, operation and worker once and in order', async () => {
    const application = world.name('application');
    const deployed = await many(5, () => world.deploy({ application, replicas: 2 }));
    const services = deployed.map(({ service }) => service.id);
    expect((await walk(`/api/v1/services?application=${application}`, 2)).flat()).toEqual(services);

    const [id = ''] = services;
    const instances = await world.until('the instances are there', async () => {
      const found = await world.instancesOf(id);
      return found.length === 2 && found;
    });
    expect(await walk(`/api/v1/instances?serviceId=${id}`, 1)).toEqual(
      instances.map((each) => [each.id]),
    );

    const scaled = await many(3, () =>
      world.ask<Schemas['ServiceAccepted']>(202, {
        ...{ method: 'POST', path: `/api/v1/services/${id}/scale`, json: { by: 1 } },
      }),
    );
    const newestFirst = [
      ...scaled.map(({ operation }) => operation.id).reverse(),
      deployed[0]?.operation.id,
    ];
    expect((await walk(`/api/v1/operations?subjectId=${id}`, 3)).flat()).toEqual(newestFirst);

    const cluster = await world.register();
    const path = `/api/v1/clusters/${cluster.id}/workers`;
    for (const name of ['c', 'a', 'b'])
      await world.ask(200, { method: 'POST', path, json: { name } });
    expect(await walk(path, 2, 'name')).toEqual([['a', 'b'], ['c']]);
  });

  it('goes on where it was although items came and went meanwhile', async () => {
    const location = world.name('place');
    const clusters = await many(4, () => world.register({ location }));
    const path = `/api/v1/clusters?location=${location}&limit=2`;
    const first = await world.ask<Page>(200, { path });
    const [, last] = clusters.slice(0, 2);
    const gone = await world.ask<Schemas['ClusterAccepted']>(202, {
      ...{ method: 'DELETE', path: `/api/v1/clusters/${last?.id ?? ''}` },
    });
    await world.succeeded(gone.operation);
    const added = await world.register({ location });
    const second = `${path}&cursor=${first.nextCursor ?? ''}`;
    const again = await world.ask<Page>(200, { path: second });
    expect(again.items.map(({ id }) => id)).toEqual(clusters.slice(2).map(({ id }) => id));
    const third = `${path}&cursor=${again.nextCursor ?? ''}`;
    expect((await world.ask<Page>(200, { path: third })).items).toMatchObject([{ id: added.id }]);
  });

  it.each(['clusters', 'services', 'instances', 'operations'])(
    'of %s refuses a cursor that is none of ours',
    async (noun) => {
      for (const cursor of ['zz', 'Zm9v', 'f'.repeat(24)]) {
        const answer = await world.send({ path: `/api/v1/${noun}?cursor=${cursor}` });
        expect([answer.status, problemOf(answer)]).toEqual([
          400,
          { code: 'malformed-cursor', pointers: ['#/query/cursor'] },
        ]);
      }
    },
  );
});

describe('a plan', () => {
  it('changes nothing, and is what a deployment then does', async () => {
    const labels = { group: world.name('group') };
    const cluster = await world.activeCluster({ labels }, { cpuCores: 2, memoryMiB: 100 });
    const resources = { cpuCores: 1, memoryMiB: 10, gpus: 0 };
    const descriptor = world.descriptor({ replicas: 3, placement: { labels }, resources });
    const before = await settledDump(world.manager);
    const plan = await world.ask<Schemas['Plan']>(200, {
      ...{ method: 'POST', path: '/api/v1/services/plan', json: descriptor },
    });
    expect(await dump(world.manager.store)).toEqual(before);
    const verdicts = plan.placements.map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['PLACED', 'PLACED', 'NoActiveClusterWithCapacity']);

    const { service } = await world.deploy(descriptor);
    const instances = await world.until('all are decided', async () => {
      const found = await world.instancesOf(service.id);
      return found.length === 3 && found.every((each) => each.clusterId ?? each.reason) && found;
    });
    expect(instances.map(({ clusterId }) => clusterId)).toEqual([
      cluster.id,
      cluster.id,
      undefined,
    ]);
  });
});

describe('waiting for an operation', () => {
  const get = (id: string, waitMs: number) =>
    world.ask<Schemas['Operation']>(200, { path: `/api/v1/operations/${id}?waitMs=${waitMs}` });

  it('is answered when it ends', async () => {
    const cluster = await world.activeCluster();
    const { service, operation } = await world.deploy({ placement: { cluster: cluster.name } });
    const waiting = get(operation.id, 60_000);
    await world.until('it is placed', async () => {
      const [instance] = await world.instancesOf(service.id);
      return instance?.clusterId !== undefined;
    });
    await world.obey(cluster);
    expect(await waiting).toMatchObject({ state: 'succeeded', progress: { done: 1, total: 1 } });
  });

  it('is answered with what there is when the time is up', async () => {
    const { operation } = await world.deploy({ placement: { cluster: 'nowhere' } });
    const begun = performance.now();
    const answer = await get(operation.id, 200);
    expect(answer.state).toBe('running');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(190);
  });

  it('is answered at once when it has ended, and when nobody waits', async () => {
    const { operation } = await world.deploy({ replicas: 0 });
    await world.succeeded(operation);
    const begun = performance.now();
    expect((await get(operation.id, 60_000)).state).toBe('succeeded');
    const { operation: open } = await world.deploy({ placement: { cluster: 'nowhere' } });
    expect((await get(open.id, 0)).state).toBe('running');
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
