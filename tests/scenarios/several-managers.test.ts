import { once } from 'node:events';
import type { Event, Operation, SystemManagerClient } from '@system-manager/client';
import { ConnectionError, ProblemError } from '@system-manager/client';
import { SchedulerSession } from '@system-manager/client/scheduler';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../scripts/plant.js';
import { problemOf } from '../support/calls.js';
import { FakeAgent } from '../support/fake-agent.js';
import { upgrade } from '../support/upgrade.js';
import { adminToken, enrolmentToken } from './crashing-manager.js';
import { ManagerFleet, type Member } from './manager-fleet.js';
import { MemoryCluster } from './memory-cluster.js';

const deploy = (client: SystemManagerClient, name: string, replicas: number, cluster?: string) =>
  client.post('/api/v1/services', {
    body: { name, replicas, command: [name], ...(cluster && { placement: { cluster } }) },
  });

const ends = async (client: SystemManagerClient, { id }: Operation): Promise<string> => {
  const { state } = await client.waitForOperation(id, { timeoutMs: 30_000 });
  return state;
};

async function readHistory(client: SystemManagerClient): Promise<Event[]> {
  const events: Event[] = [];
  const init = { params: { query: { after: 0, limit: 500 } } };
  for await (const event of client.paginate('/api/v1/events', init)) events.push(event);
  return events;
}

/** The history once it tells of an operation; without a gap and without a duplicate, or the test fails. */
async function historyWith(client: SystemManagerClient, { id }: Operation): Promise<Event[]> {
  const isThere = (event: Event): boolean =>
    event.type === 'operation.succeeded' && event.subjectId === id;
  const events = await until('the history tells it', async () => {
    const read = await readHistory(client);
    return read.some(isThere) && read;
  });
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  return events;
}

describe('two managers on one store', () => {
  let fleet: ManagerFleet;
  let leader: Member;
  let follower: Member;

  beforeAll(async () => {
    fleet = await ManagerFleet.start({ names: ['north', 'south'], leaseSeconds: 60 });
    const roles = await fleet.roles();
    leader = roles.leader;
    follower = roles.followers[0] as Member;
  }, 60_000);

  afterAll(() => fleet.close(), 60_000);

  test('one leads, the other is ready too', async () => {
    expect([await leader.role(), await follower.role()]).toEqual(['leader', 'follower']);
    const metric = async ({ url }: Member): Promise<string> => {
      const headers = { authorization: `Bearer ${adminToken}` };
      const text = await (await fetch(`${url}/metrics`, { headers })).text();
      return /^sm_leader (.*)$/m.exec(text)?.[1] ?? '';
    };
    expect([await metric(leader), await metric(follower)]).toEqual(['1', '0']);
  });

  test('an order for a cluster at one is delivered although the other has placed it', async () => {
    const cluster = new MemoryCluster('at-the-follower');
    await cluster.connect(follower.url, enrolmentToken);
    const { operation } = await deploy(leader.client, 'placed-there', 3);
    expect(await ends(follower.client, operation)).toBe('succeeded');
    expect(cluster.started).toHaveLength(3);
    await cluster.disconnect();
  }, 60_000);

  test('P8: events reach a watcher at the manager that does not write them', async () => {
    const events = await readHistory(follower.client);
    const signal = AbortSignal.timeout(30_000);
    const after = events.at(-1)?.sequence ?? 0;
    const watching = (async () => {
      for await (const event of follower.client.watchEvents({ after, signal }))
        if (event.type === 'service.deployed') return event;
      return undefined;
    })();
    const { service } = await deploy(leader.client, 'watched', 0);
    expect((await watching)?.subjectId).toBe(service.id);
  }, 60_000);

  test('P6: a newer session at one manager ends the older one at the other', async () => {
    const older = await FakeAgent.connect(follower.url);
    const { credential = '', session } = await older.hello({ name: 'wanderer' });
    const newer = await FakeAgent.connect(leader.url, { token: credential });
    expect((await newer.hello({ name: 'wanderer' })).session).toBe(session + 1);
    expect(await older.closed).toMatchObject({ reason: 'session-ended' });
    await newer.report([], { full: true });
    await newer.drop();
  }, 60_000);

  test('P6: one Idempotency-Key at both managers at once is one wish', async () => {
    const body = { name: 'twice-at-once', replicas: 0, command: ['x'] };
    const init = { params: { header: { 'Idempotency-Key': 'at-both' } }, body };
    const answers = await Promise.all(
      [leader, follower, leader, follower].map(({ client }) =>
        client.post('/api/v1/services', init),
      ),
    );
    expect(new Set(answers.map(({ operation }) => operation.id)).size).toBe(1);
  }, 60_000);

  test('a scheduler is refused by the one that does not lead, and told to come back', async () => {
    const answer = await upgrade(follower.url, { path: '/schedule', token: adminToken });
    expect([answer.status, problemOf(answer).code]).toEqual([503, 'unavailable']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('a leader that ends in order gives the lease back: nobody waits for its end, and schedulers find the next', async () => {
    const connected: string[] = [];
    const scheduler = new SchedulerSession({
      url: [follower.url, leader.url],
      name: 'pathfinder',
      token: adminToken,
      place: (requests, picture) => requests.map((request) => picture.refuse(request, 'full')),
    });
    scheduler.on('connected', ({ url }) => connected.push(url));
    const found = once(scheduler, 'connected');
    scheduler.start();
    await found;
    const doorOf = ({ url }: Member): string => `${url.replace('http', 'ws')}/schedule`;
    // The first address refused it.
    expect(connected).toEqual([doorOf(leader)]);

    const foundAgain = once(scheduler, 'connected');
    leader.signal('SIGTERM');
    // The lease itself would last much longer.
    await follower.is('leader');
    await foundAgain;
    expect(connected).toEqual([doorOf(leader), doorOf(follower)]);
    const params = { path: { schedulerName: 'pathfinder' } };
    const asked = await until('it is asked there', () =>
      follower.client.post('/api/v1/schedulers/{schedulerName}/test', { params }),
    );
    expect(asked).toMatchObject({ answered: true, reason: 'full' });
    await scheduler.close();
  }, 60_000);
});

/** Ways to lose the leader, and to have it back. The last one is for good. */
const losses = [
  [
    'paused',
    (member: Member) => member.signal('SIGSTOP'),
    (member: Member) => Promise.resolve(member.signal('SIGCONT')),
  ],
  [
    'cut off from the store',
    (member: Member) => {
      member.proxy.goAway();
    },
    (member: Member) => member.proxy.comeBack(),
  ],
  ['killed', (member: Member) => member.signal('SIGKILL'), undefined],
] as const;

const mayRepeat = (error: unknown): boolean =>
  error instanceof ConnectionError || (error instanceof ProblemError && error.status === 503);

/** Counts workers up at one manager, each until it is acknowledged, for as long as the test wants. */
async function countUp(
  member: Member,
  clusterId: string,
  signal: AbortSignal,
  fallback: () => Member,
): Promise<number> {
  let acknowledged = 0;
  let at = member;
  while (!signal.aborted) {
    const key = `${clusterId}-${member.name}-${acknowledged}`;
    const params = { header: { 'Idempotency-Key': key }, path: { clusterId } };
    for (;;) {
      try {
        const timeout = AbortSignal.timeout(5_000);
        const init = { params, body: {}, signal: timeout };
        await at.client.post('/api/v1/clusters/{clusterId}/workers', init);
        acknowledged += 1;
        break;
      } catch (error) {
        const gone = error instanceof Error && error.name === 'TimeoutError';
        if (!gone && !mayRepeat(error))
          throw new Error(`${at.name} refused: ${await at.whyItFailed()}`, { cause: error });
        at = fallback();
      }
    }
  }
  return acknowledged;
}

describe('a leader that is', () => {
  let fleet: ManagerFleet;

  beforeAll(async () => {
    fleet = await ManagerFleet.start({ names: ['east', 'west'], leaseSeconds: 1 });
  }, 60_000);

  afterAll(() => fleet.close(), 60_000);

  test.each(losses)(
    '%s is followed by another, and nothing is lost or done twice',
    async (how, lose, comeBack) => {
      const { leader, followers } = await fleet.roles();
      const [heir = leader] = followers;
      const name = (what: string): string => `${what}-${how.replaceAll(' ', '-')}`;
      const cluster = new MemoryCluster(name('site'));
      await cluster.connect(heir.url, enrolmentToken);
      const counted = await leader.client.post('/api/v1/clusters', {
        body: { name: name('counted') },
      });
      const clusterId = counted.cluster.id;
      const before = await deploy(leader.client, name('before'), 2, name('site'));
      expect(await ends(leader.client, before.operation)).toBe('succeeded');

      const enough = new AbortController();
      const counting = [leader, heir].map((member) =>
        countUp(member, clusterId, enough.signal, () => heir),
      );
      const open = await deploy(leader.client, name('open'), 2, name('site'));
      lose(leader);
      await heir.is('leader');
      const after = await deploy(heir.client, name('after'), 2, name('site'));
      for (const { operation } of [open, after])
        expect(await ends(heir.client, operation)).toBe('succeeded');
      if (comeBack) {
        await comeBack(leader);
        await leader.is('follower');
        await heir.is('leader');
      }
      enough.abort();
      const acknowledged = (await Promise.all(counting)).reduce((one, other) => one + other);

      const { count } = await heir.client.get('/api/v1/clusters/{clusterId}/workers', {
        params: { path: { clusterId } },
      });
      expect(count).toBe(acknowledged);
      const last = await deploy(heir.client, name('last'), 1, name('site'));
      expect(await ends(heir.client, last.operation)).toBe('succeeded');
      const events = await historyWith(heir.client, last.operation);
      const counts = events
        .filter(
          ({ type, subjectId }) => type === 'cluster.workersCounted' && subjectId === clusterId,
        )
        .map(({ data }) => Number(data['count']));
      expect(counts.at(-1)).toBe(acknowledged);
      expect(counts).toHaveLength(acknowledged);
      const starts = cluster.started.map(({ serviceId, ordinal }) => `${serviceId} ${ordinal}`);
      expect(starts).toHaveLength(7);
      expect(new Set(starts).size).toBe(7);
      await cluster.disconnect();
    },
    120_000,
  );
});
