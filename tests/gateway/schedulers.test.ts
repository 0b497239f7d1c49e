/** Schedulers of others over real sockets: what they are told, asked, and believed. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parsed, type Schemas } from '../support/calls.js';
import { FakeScheduler } from '../support/fake-scheduler.js';
import { Site, type Member } from '../support/site.js';

let site: Site;
let here: Member;
let there: Member;

beforeAll(async () => {
  site = await Site.start({ schedulerDeadlineMs: 2_000 });
  here = await site.enrolObedient({ location: 'here' });
  there = await site.enrolObedient({ location: 'there' });
});

afterAll(() => site.close());

/** A scheduler with a name that no other test uses. */
async function join(requestsMax?: number) {
  const name = site.name('scheduler');
  return { name, far: await FakeScheduler.connect(site.url, name, requestsMax) };
}

const at = ({ id }: Pick<Member, 'id'>) => ({ verdict: 'PLACED' as const, clusterId: id });

const standingOf = async (name: string) => {
  const { items } = await site.ask<Schemas['SchedulerList']>(200, { path: '/api/v1/schedulers' });
  return items.find((each) => each.name === name);
};

const test = (name: string) =>
  site.ask<Schemas['SchedulerTest']>(200, {
    method: 'POST',
    path: `/api/v1/schedulers/${name}/test`,
  });

const explanation = (instanceId: string) =>
  site.ask<Schemas['PlacementExplanation']>(200, {
    path: `/api/v1/instances/${instanceId}/explanation`,
  });

describe('a scheduler', () => {
  it('is welcomed, told the whole picture, and then what changes of it', async () => {
    const { far } = await join();
    const welcome = await far.next('welcome');
    expect(welcome).toMatchObject({ heartbeatIntervalMs: 15_000, deadlineMs: 2_000 });
    const first = await far.next('clusters');
    expect(first).toMatchObject({ version: 1, full: true, more: false, removed: [] });
    expect(first.clusters.find(({ id }) => id === here.id)).toMatchObject({
      name: here.name,
      location: 'here',
      active: true,
      schedulable: true,
      capabilities: ['process'],
      capacity: { cpuCores: 100 },
    });
    const fresh = await site.activeCluster();
    const news = await far.next(
      'clusters',
      ({ full, clusters }) => !full && clusters.some(({ id, active }) => id === fresh.id && active),
    );
    expect(news.clusters.some(({ id }) => id === here.id)).toBe(false);
    await site.remove(fresh, '?force=true');
    const gone = await far.next('clusters', ({ removed }) => removed.includes(fresh.id));
    expect(gone.version).toBeGreaterThan(news.version);
    await far.drop();
  });

  it('decides for the services that name it, and for no others', async () => {
    const { name, far } = await join();
    const own = await site.deploy({ scheduler: name, labels: { tier: 'gold' } });
    const others = await site.deploy();
    const batch = await far.asked(own.service.id);
    expect(batch.requests).toMatchObject([
      { serviceName: own.service.name, application: 'default', labels: { tier: 'gold' } },
    ]);
    await site.succeeded(others.operation);
    far.answer(batch, () => ({ ...at(there), score: 3, reason: 'because of the view' }));
    await site.succeeded(own.operation);
    const [instance] = await site.instancesOf(own.service.id);
    expect(instance?.clusterId).toBe(there.id);
    const { decision } = await explanation(instance?.id ?? '');
    expect(decision).toMatchObject({
      scheduler: name,
      score: 3,
      reason: 'because of the view',
    });
    expect(await standingOf(name)).toMatchObject({
      kind: 'websocket',
      available: true,
      decisions: 1,
      verdicts: { PLACED: 1 },
      refused: 0,
    });
    const asked = far.frames.all.flatMap((frame) =>
      frame.type === 'place' ? frame.requests.map(({ serviceId }) => serviceId) : [],
    );
    expect(asked).not.toContain(others.service.id);
    await far.drop();
  });

  it('sees what its last answers have taken when it is asked for the next', async () => {
    const { name, far } = await join(1);
    const resources = { cpuCores: 7, memoryMiB: 0, gpus: 0 };
    const { service, operation } = await site.deploy({ scheduler: name, replicas: 2, resources });
    far.answer(await far.asked(service.id), () => at(here));
    const second = await far.asked(service.id, 2);
    const told = far.frames.all.flatMap((frame) =>
      frame.type === 'clusters' && frame.version <= second.version ? frame.clusters : [],
    );
    const free = told.filter(({ id }) => id === here.id).map((each) => each.free.cpuCores);
    expect((free.at(-2) ?? 0) - (free.at(-1) ?? 0)).toBe(7);
    expect(second.requests[0]?.siblings).toEqual([{ clusterId: here.id, count: 1 }]);
    far.answer(second, () => at(there));
    await site.succeeded(operation);
    await far.drop();
  });

  it('that answers nonsense is told why and asked again', async () => {
    const { name, far } = await join();
    const { service, operation } = await site.deploy({ scheduler: name });
    const nobody = 'f'.repeat(24);
    far.answer(await far.asked(service.id), () => at({ id: nobody }));
    const again = await far.asked(service.id, 2);
    expect(again.requests[0]?.refusal).toMatchObject({ clusterId: nobody, filter: 'unknown' });
    far.answer(again, () => at(here));
    await site.succeeded(operation);
    expect(await standingOf(name)).toMatchObject({ refused: 1, decisions: 2 });
    await far.drop();
  });

  it('that says nothing in time has the built-in one decide, with the reason; late answers change nothing', async () => {
    const { name, far } = await join();
    const { service, operation } = await site.deploy({
      scheduler: name,
      placement: { location: 'here' },
    });
    const batch = await far.asked(service.id);
    await site.succeeded(operation);
    far.answer(batch, () => at(there));
    const { problem } = await far.next('error');
    expect(problem).toMatchObject({ type: '/problems/placement-not-asked', status: 409 });
    const [instance] = await site.instancesOf(service.id);
    expect(instance?.clusterId).toBe(here.id);
    const { decision } = await explanation(instance?.id ?? '');
    expect(decision).toMatchObject({
      scheduler: 'built-in',
      reason: `The scheduler ${name} did not answer in time.`,
    });
    expect(await standingOf(name)).toMatchObject({ unanswered: 1, late: 1, decisions: 0 });
    await far.drop();
  });

  it('has its first answer count when it answers twice', async () => {
    const { name, far } = await join();
    const { service, operation } = await site.deploy({ scheduler: name, replicas: 2 });
    const batch = await far.asked(service.id);
    const [first, second] = batch.requests.map(({ instanceId }) => instanceId);
    far.send({ type: 'placed', id: batch.id, placements: [{ instanceId: first, ...at(here) }] });
    far.send({ type: 'placed', id: batch.id, placements: [{ instanceId: first, ...at(there) }] });
    far.send({ type: 'placed', id: batch.id, placements: [{ instanceId: second, ...at(there) }] });
    await site.succeeded(operation);
    const places = (await site.instancesOf(service.id)).map(({ id, clusterId }) => [id, clusterId]);
    expect(Object.fromEntries(places)).toEqual({
      [first ?? '']: here.id,
      [second ?? '']: there.id,
    });
    await far.drop();
  });

  it('that goes away with requests open is asked again when it comes back', async () => {
    const { name, far } = await join();
    const { service, operation } = await site.deploy({ scheduler: name });
    await far.asked(service.id);
    await far.drop();
    const back = await FakeScheduler.connect(site.url, name);
    back.answer(await back.asked(service.id), () => at(there));
    await site.succeeded(operation);
    expect((await site.instancesOf(service.id))[0]?.clusterId).toBe(there.id);
    await back.drop();
  });

  it('that is nowhere to be found is replaced by the built-in one', async () => {
    const { service, operation } = await site.deploy({ scheduler: 'nowhere' });
    await site.succeeded(operation);
    const [instance] = await site.instancesOf(service.id);
    const { decision } = await explanation(instance?.id ?? '');
    expect(decision).toMatchObject({
      scheduler: 'built-in',
      reason: 'The scheduler nowhere is not connected.',
    });
  });

  it('is asked for plans and tests too, and nothing is bound', async () => {
    const { name, far } = await join();
    const testing = test(name);
    const probe = await far.next('place');
    far.answer(probe, () => at(here));
    expect(await testing).toMatchObject({ scheduler: name, answered: true, verdict: 'PLACED' });
    const planning = site.ask<Schemas['Plan']>(200, {
      method: 'POST',
      path: '/api/v1/services/plan',
      json: { name: 'planned', replicas: 2, command: ['true'], scheduler: name },
    });
    const plan = await far.next('place', ({ id }) => id !== probe.id);
    far.answer(plan, ({ instanceId }) =>
      instanceId === plan.requests[0]?.instanceId ? at(here) : at({ id: 'f'.repeat(24) }),
    );
    const { placements } = await planning;
    expect(placements).toMatchObject([
      { scheduler: name, clusterId: here.id },
      { scheduler: 'built-in', reason: expect.stringContaining('There is no') as string },
    ]);
    await far.drop();
    await vi.waitFor(async () => {
      expect(await standingOf(name)).toMatchObject({ available: false });
    }, 10_000);
    expect(await test(name)).toMatchObject({ answered: false });
  });
});

describe('a scheduler session', () => {
  it('is taken over by the next one of the same name', async () => {
    const { name, far } = await join();
    const next = await FakeScheduler.connect(site.url, name);
    expect(await far.closed).toEqual({ code: 4408, reason: 'session-ended' });
    expect(await standingOf(name)).toMatchObject({ available: true });
    await next.drop();
  });

  it.each([
    ['the name of the built-in one', { type: 'hello', name: 'built-in' }, 4403, 'forbidden'],
    ['a frame that breaks the contract', { type: 'hello' }, 4400, 'invalid-frame'],
    ['an answer before hello', { type: 'placed', id: '1', placements: [] }, 4400, 'invalid-frame'],
  ])('ends with a problem after %s', async (_, frame, code, reason) => {
    const far = await FakeScheduler.connect(site.url);
    far.send(frame);
    expect(await far.closed).toEqual({ code, reason });
    expect((await far.next('error')).problem.type).toBe(`/problems/${reason}`);
  });

  it('ends in order with bye', async () => {
    const { far } = await join();
    far.send({ type: 'bye' });
    expect(await far.closed).toEqual({ code: 1000, reason: 'bye' });
  });

  it('is refused by nobody less than a known scheduler: an unknown name has no test', async () => {
    const answer = await site.send({ method: 'POST', path: '/api/v1/schedulers/unheard-of/test' });
    expect([answer.status, parsed<Schemas['Problem']>(answer).type]).toEqual([
      404,
      '/problems/scheduler-not-found',
    ]);
  });
});
