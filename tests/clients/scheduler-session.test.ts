/** The client for schedulers against a real manager. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  SchedulerSession,
  type PlacementAnswer,
  type SchedulerSessionOptions,
} from '../../clients/typescript/src/scheduler/index.js';
import { schedulerToken } from '../support/app.js';
import type { Schemas } from '../support/calls.js';
import { Site, type Member } from '../support/site.js';

const example = fileURLToPath(new URL('../../examples/scheduler.ts', import.meta.url));

let site: Site;
let small: Member;
let large: Member;

beforeAll(async () => {
  site = await Site.start({ schedulerDeadlineMs: 1_000 });
  small = await site.enrolObedient({ capacity: { cpuCores: 4, memoryMiB: 1_000, gpus: 0 } });
  large = await site.enrolObedient({
    capacity: { cpuCores: 4, memoryMiB: 8_000, gpus: 0 },
    labels: { tier: 'gold' },
    location: 'cellar',
  });
});

afterAll(() => site.close());

async function start(options: Partial<SchedulerSessionOptions> = {}) {
  const name = site.name('client');
  const session = new SchedulerSession({
    url: site.url,
    token: schedulerToken,
    place: (requests, picture) =>
      requests.map((request) => {
        const [first] = picture.candidates(request);
        return first ? picture.assign(request, first) : picture.refuse(request);
      }),
    ...options,
    name,
  });
  const connected = once(session, 'connected');
  session.start();
  await connected;
  return { name, session };
}

const decisionOf = async ({ service }: Schemas['ServiceAccepted']) => {
  const [instance] = await site.instancesOf(service.id);
  const path = `/api/v1/instances/${instance?.id ?? ''}/explanation`;
  return (await site.ask<Schemas['PlacementExplanation']>(200, { path })).decision;
};

describe('a scheduler session', () => {
  it('hands requests to its author, and the answers to the manager', async () => {
    const { name, session } = await start();
    const deployed = await site.deploy({
      scheduler: name,
      placement: { labels: { tier: 'gold' }, location: 'cellar' },
    });
    await site.succeeded(deployed.operation);
    expect(await decisionOf(deployed)).toMatchObject({ scheduler: name, clusterId: large.id });
    await session.close();
  });

  it('gives each request of a batch what those before it have left', async () => {
    const { name, session } = await start({
      place: (requests, picture) =>
        requests.map((request) => {
          const [best] = picture
            .candidates(request)
            .sort((a, b) => a.free.memoryMiB - b.free.memoryMiB);
          return best ? picture.assign(request, best) : picture.refuse(request);
        }),
    });
    const resources = { cpuCores: 0, memoryMiB: 600, gpus: 0 };
    const { service, operation } = await site.deploy({ scheduler: name, replicas: 2, resources });
    await site.succeeded(operation);
    const places = (await site.instancesOf(service.id)).map(({ clusterId }) => clusterId);
    expect(places.sort()).toEqual([small.id, large.id].sort());
    const { items } = await site.ask<Schemas['SchedulerList']>(200, {
      path: '/api/v1/schedulers',
    });
    expect(items.find((each) => each.name === name)).toMatchObject({ refused: 0, late: 0 });
    await session.close();
  });

  it.each([
    ['cluster', { cluster: 'nowhere' }, 'TargetClusterNotFound'],
    ['room', { location: 'cellar' }, 'TargetClusterNoCapacity'],
    ['anything', {}, 'NoActiveClusterWithCapacity'],
  ])('refuses with the verdict that fits, for want of %s', async (_, placement, verdict) => {
    const { name, session } = await start();
    const resources = { cpuCores: 1_000, memoryMiB: 0, gpus: 0 };
    const deployed = await site.deploy({ scheduler: name, placement, resources });
    await site.until('the verdict is told', async () => {
      const [instance] = await site.instancesOf(deployed.service.id);
      return instance?.reason === verdict;
    });
    expect(await decisionOf(deployed)).toMatchObject({ scheduler: name, verdict });
    await session.close();
  });

  it('sends nothing after the deadline, and tells its author', async () => {
    let late: (answers: readonly PlacementAnswer[]) => void = () => undefined;
    const { name, session } = await start({
      place: (_, __, { signal }) =>
        new Promise((resolve) => {
          late = resolve;
          signal.addEventListener('abort', () => {
            late([]);
          });
        }),
    });
    const missed = once(session, 'missed');
    const deployed = await site.deploy({ scheduler: name });
    expect(await missed).toEqual([{ requests: 1 }]);
    await site.succeeded(deployed.operation);
    expect(await decisionOf(deployed)).toMatchObject({ scheduler: 'built-in' });
    await session.close();
  });

  it('survives an author who fails', async () => {
    let calls = 0;
    const { name, session } = await start({
      place: (requests, picture) => {
        calls += 1;
        if (calls === 1) throw new Error('out of ideas');
        return requests.map((request) => picture.refuse(request, 'no'));
      },
    });
    const missed = once(session, 'missed');
    await site.deploy({ scheduler: name });
    expect(((await missed) as [{ error: Error }])[0].error.message).toBe('out of ideas');
    const test = await site.ask<Schemas['SchedulerTest']>(200, {
      method: 'POST',
      path: `/api/v1/schedulers/${name}/test`,
    });
    expect(test).toMatchObject({ answered: true, verdict: 'NoActiveClusterWithCapacity' });
    await session.close();
  });

  it('tries the next manager when one refuses', async () => {
    const { session } = await start({
      url: ['http://127.0.0.1:1', site.url],
      timing: { reconnectDelayMsMin: 1, reconnectDelayMsMax: 5 },
    });
    await session.close();
  });

  it('tells that its token is refused, and asks on', async () => {
    const session = new SchedulerSession({
      url: site.url,
      name: 'stranger',
      token: 'nobody-knows-this-token',
      place: () => [],
    });
    const refused = once(session, 'refused');
    session.start();
    expect(await refused).toMatchObject([{ status: 401 }]);
    await session.close();
  });
});

describe('the example', () => {
  it('is a scheduler of less than 40 lines that works', async () => {
    expect((await readFile(example, 'utf8')).trim().split('\n').length).toBeLessThan(40);
    const child = spawn(process.execPath, ['--import', 'tsx', example], {
      env: { ...process.env, SM_URL: site.url, SM_SCHEDULER_TOKEN: schedulerToken },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    const deployed = await site.deploy({ scheduler: 'roomiest' });
    await site.succeeded(deployed.operation);
    expect(await decisionOf(deployed)).toMatchObject({
      scheduler: 'roomiest',
      clusterId: large.id,
      reason: 'has the most free memory',
    });
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });
});
