import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, subtractResources } from '../../../src/domain/resources.js';
import type { PlacementAnswer } from '../../../src/domain/scheduling/remote.js';
import type {
  ClusterPicture,
  PlacementRequest,
} from '../../../src/domain/scheduling/scheduling.js';
import { aPicture, aRequest, id } from '../../support/builders.js';
import { PlayedDesk, PlayedScheduler, turn } from '../../support/remote-scheduler.js';

const c1 = aPicture();
const c2 = aPicture({ id: id(0xc2), name: 'c2', location: 'hamburg' });
const request = aRequest();
const placed = (fields: Partial<PlacementAnswer> = {}): PlacementAnswer => ({
  instanceId: request.instanceId,
  verdict: 'PLACED',
  clusterId: c2.id,
  ...fields,
});

const connected = (options: ConstructorParameters<typeof PlayedDesk>[0] = {}) => {
  const played = new PlayedDesk(options);
  const far = new PlayedScheduler();
  played.registry.add(far);
  const pass = (requests: readonly PlacementRequest[] = [request], picture = [c1, c2]) =>
    played.pass(requests, picture);
  return { played, far, pass };
};

describe('a remote scheduler', () => {
  it('is asked once, and its answer is taken in when the service is looked at again', async () => {
    const { played, far, pass } = connected();
    expect((await pass()).outcomes).toEqual([
      { instanceId: request.instanceId, verdict: 'PENDING', reason: undefined },
    ]);
    await pass();
    expect(far.batches).toHaveLength(1);
    await far.last.answer([placed({ score: 0.5, reason: 'closest to the sea' })]);
    expect([...played.enqueued]).toEqual([request.serviceId]);
    const [outcome] = (await pass()).outcomes;
    expect(outcome).toMatchObject({
      verdict: 'PLACED',
      scheduler: 'far',
      clusterId: c2.id,
      clusterName: 'c2',
      score: 0.5,
      reason: 'closest to the sea',
    });
    expect(played.registry.list().find(({ name }) => name === 'far')).toMatchObject({
      available: true,
      decisions: 1,
      verdicts: { PLACED: 1 },
      latency: { p50Ms: expect.any(Number) as number },
    });
  });

  it('holds up nobody who wants another scheduler', async () => {
    const { played, pass } = connected();
    const near = new PlayedScheduler('near');
    played.registry.add(near);
    const own = aRequest({ instanceId: id(2), serviceId: id(2), scheduler: 'built-in' });
    const other = aRequest({ instanceId: id(3), serviceId: id(3), scheduler: 'near' });
    const { outcomes } = await pass([request, own, other]);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['PENDING', 'PLACED', 'PENDING']);
    await near.last.answer([placed({ instanceId: other.instanceId })]);
    const [first, second] = (await pass([request, other])).outcomes;
    expect(first?.verdict).toBe('PENDING');
    expect(second).toMatchObject({ verdict: 'PLACED', scheduler: 'near' });
  });

  it('sees what was answered before and is not bound yet as taken', async () => {
    const played = new PlayedDesk();
    const far = new PlayedScheduler('far', 1);
    played.registry.add(far);
    const second = aRequest({ instanceId: id(2), serviceId: id(2) });
    await played.pass([request, second], [c1, c2]);
    await far.last.answer([placed()]);
    await played.pass([second], [c1, c2]);
    expect(far.last.requests[0]?.instanceId).toBe(second.instanceId);
    expect(far.last.picture.find(({ id }) => id === c2.id)?.free).toEqual(
      subtractResources(c2.free, request.resources),
    );
  });

  it.each<[string, Partial<PlacementAnswer>, Partial<ClusterPicture>, string]>([
    ['a cluster that nobody knows', { clusterId: id(0xdead) }, {}, 'unknown'],
    ['no cluster at all', { clusterId: undefined }, {}, 'unknown'],
    ['a silent cluster', {}, { active: false }, 'liveness'],
    ['a cluster that takes nothing new', {}, { schedulable: false }, 'schedulable'],
    ['a cluster without the runtime', {}, { capabilities: [] }, 'capability'],
    ['a cluster with a taint', {}, { taints: ['gold-only'] }, 'taints'],
    ['a full cluster', {}, { free: { cpuMillicores: 999, memoryMiB: 1, gpus: 0 } }, 'capacity'],
    ['a worker that is not there', { worker: 'w9' }, {}, 'worker'],
  ])(
    'that names %s is told so and asked again; the third time the fallback decides',
    async (_, answer, fields, filter) => {
      const { played, far, pass } = connected();
      const picture = [c1, { ...c2, ...fields }];
      for (let round = 1; round <= 3; round += 1) {
        await pass([request], picture);
        expect(far.batches).toHaveLength(round);
        await far.last.answer([placed(answer)]);
        const { outcomes, again } = await pass([request], picture);
        if (round === 3) {
          expect(outcomes[0]).toMatchObject({
            verdict: 'PLACED',
            scheduler: 'built-in',
            clusterId: c1.id,
            reason: expect.stringContaining(filter) as string,
          });
          continue;
        }
        expect(outcomes[0]?.verdict).toBe('PENDING');
        // It is not asked again at once.
        expect(far.batches).toHaveLength(round);
        expect(again.get(request.serviceId)).toBeGreaterThan(played.now);
        played.now = again.get(request.serviceId) ?? 0;
        await pass([request], picture);
        expect(far.last.requests[0]?.refusal).toMatchObject({ droppedBy: filter });
      }
      expect(played.registry.list().find(({ name }) => name === 'far')?.refused).toBe(3);
    },
  );

  it('that places beside the demands of the user is refused', async () => {
    for (const placement of [
      { cluster: 'c1' },
      { location: 'munich' },
      { worker: 'w1' },
      { labels: { tier: 'gold' } },
    ]) {
      const { far, pass } = connected();
      const demanding = aRequest({ placement });
      await pass([demanding]);
      await far.last.answer([placed()]);
      expect((await pass([demanding])).outcomes[0]?.verdict).toBe('PENDING');
    }
  });

  it('whose answers never hold is asked on and on where nobody else may decide', async () => {
    const { played, far, pass } = connected({ fallback: 'wait' });
    for (let round = 1; round <= 10; round += 1) {
      await pass();
      expect(far.batches).toHaveLength(round);
      await far.last.answer([placed({ clusterId: id(0xdead) })]);
      const { outcomes, again } = await pass();
      expect(outcomes[0]?.verdict).toBe('PENDING');
      if (round >= 3)
        expect(outcomes[0]).toMatchObject({
          reason: expect.stringContaining('do not hold') as string,
        });
      played.now = again.get(request.serviceId) ?? 0;
    }
  });

  it('that does not answer in time is not waited for', async () => {
    const { played, far, pass } = connected({ deadlineMs: 1 });
    await pass();
    while (played.enqueued.size === 0) await turn();
    expect((await pass()).outcomes[0]).toMatchObject({
      verdict: 'PLACED',
      scheduler: 'built-in',
      reason: 'The scheduler far did not answer in time.',
    });
    expect(played.registry.list().find(({ name }) => name === 'far')?.unanswered).toBe(1);
    await far.last.answer([placed()]);
    expect(played.enqueued.size).toBe(0);
  });

  it('that answers a part has the rest decided by the fallback', async () => {
    const { far, pass } = connected();
    const second = aRequest({ instanceId: id(2) });
    await pass([request, second]);
    await far.last.answer([placed()]);
    const { outcomes } = await pass([request, second]);
    expect(outcomes).toMatchObject([{ scheduler: 'far' }, { scheduler: 'built-in' }]);
  });

  it('that is away is waited for until the deadline, and no longer once that is over', async () => {
    const played = new PlayedDesk();
    const { again } = await played.pass([request], [c1]);
    expect(again.get(request.serviceId)).toBe(played.now + 10_000);
    played.now += 10_000;
    const reason = 'The scheduler far is not connected.';
    const [outcome] = (await played.pass([request], [c1])).outcomes;
    expect(outcome).toMatchObject({ verdict: 'PLACED', scheduler: 'built-in', reason });
    const next = aRequest({ instanceId: id(2) });
    expect((await played.pass([next], [c1])).outcomes[0]).toMatchObject({ verdict: 'PLACED' });
  });

  it('that is away is waited for as long as it takes where nobody else may decide', async () => {
    const played = new PlayedDesk({ fallback: 'wait' });
    await played.pass([request], [c1]);
    played.now += 3_600_000;
    const [outcome] = (await played.pass([request], [c1])).outcomes;
    expect(outcome).toMatchObject({
      verdict: 'PENDING',
      reason: 'The scheduler far is not connected.',
    });
    const far = new PlayedScheduler();
    played.registry.add(far);
    expect(played.enqueued.has(request.serviceId)).toBe(true);
    await played.pass([request], [c1]);
    expect(far.batches).toHaveLength(1);
  });

  it('that goes away while it is asked is asked again when it is back', async () => {
    const { played, far, pass } = connected();
    await pass();
    played.registry.remove(far);
    await far.last.breakOff();
    await pass();
    const back = new PlayedScheduler();
    played.registry.add(back);
    await pass();
    expect(back.last.requests).toMatchObject([{ instanceId: request.instanceId }]);
    await back.last.answer([placed()]);
    expect((await pass()).outcomes[0]).toMatchObject({ verdict: 'PLACED', scheduler: 'far' });
  });

  it('that goes away whenever it is asked is given up', async () => {
    const { played, pass } = connected();
    for (let round = 1; round <= 5; round += 1) {
      const [remote] = [played.registry.find('far')];
      await pass();
      if (remote) played.registry.remove(remote);
      await (remote as PlayedScheduler).last.breakOff();
      played.registry.add(new PlayedScheduler());
    }
    expect((await pass()).outcomes[0]).toMatchObject({ verdict: 'PLACED', scheduler: 'built-in' });
  });

  it('changes nothing with an answer to what is no longer wanted', async () => {
    const { far, pass } = connected();
    await pass();
    const anew = aRequest({ generation: 2 });
    await pass([anew]);
    await far.last.answer([placed()]);
    expect((await pass([anew])).outcomes[0]?.verdict).toBe('PENDING');
    expect(far.batches).toHaveLength(2);
    expect(far.last.requests[0]?.generation).toBe(2);
  });

  it('that says no is believed, and asked again when the service is looked at later', async () => {
    const { played, far, pass } = connected();
    await pass();
    const no = placed({ verdict: 'NoActiveClusterWithCapacity', clusterId: undefined });
    await far.last.answer([no]);
    const first = await pass();
    expect(first.outcomes[0]).toMatchObject({
      verdict: 'NoActiveClusterWithCapacity',
      scheduler: 'far',
    });
    expect(first.again.size).toBe(0);
    const second = await pass();
    expect(second.outcomes[0]?.verdict).toBe('NoActiveClusterWithCapacity');
    played.now = second.again.get(request.serviceId) ?? 0;
    await pass();
    expect(far.batches).toHaveLength(2);
  });

  it('never overcommits a cluster, whatever it answers (P3)', async () => {
    const answers = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean()), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(answers, async (chosen) => {
        const { far, pass } = connected();
        const clusters = [c1, c2, aPicture({ id: id(0xc3), name: 'c3' })];
        const requests = chosen.map(([, own], n) =>
          aRequest({ instanceId: id(n), ...(own ? { scheduler: 'built-in' } : {}) }),
        );
        await pass(
          requests.filter(({ scheduler }) => scheduler === undefined),
          clusters,
        );
        if (far.batches.length > 0)
          await far.last.answer(
            chosen.map(([n], each) => placed({ instanceId: id(each), clusterId: id(0xc1 + n) })),
          );
        const { outcomes } = await pass(requests, clusters);
        const free = new Map(clusters.map((each) => [each.id, each.free]));
        for (const outcome of outcomes) {
          if (outcome.verdict !== 'PLACED') continue;
          const left = free.get(outcome.clusterId ?? '');
          expect(left && fits(request.resources, left)).toBe(true);
          if (left) free.set(outcome.clusterId ?? '', subtractResources(left, request.resources));
        }
      }),
    );
  });
});
