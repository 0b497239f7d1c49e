/** Who did what is remembered, and whoever changes it afterwards is found out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { AuditWriter } from '../../src/control/audit-writer.js';
import type { AuditDraft } from '../../src/domain/audit/entry.js';
import { verifyAudit } from '../../src/domain/audit/verify.js';
import { secrets } from '../../src/secrets.js';
import { adminToken, startTestManager, startTestStore, type TestStore } from '../support/app.js';
import type { Schemas } from '../support/calls.js';
import { World } from '../support/world.js';
import { signInNew } from '../contract/context.js';

type Entry = Schemas['AuditEntry'];

const sha256 = (text: string): string => secrets.hash(text);

const draft = (at: number): AuditDraft => ({
  at,
  actor: { kind: 'administrator' },
  address: '127.0.0.1',
  operationId: 'deployService',
  subjectId: 'a'.repeat(24),
  status: 202,
  requestId: `request-${at}`,
});

const drafts = (from: number, count: number): readonly AuditDraft[] =>
  Array.from({ length: count }, (_, n) => draft(from + n));

describe('the audit log', () => {
  let world: World;

  beforeAll(async () => {
    world = new World(await startTestManager());
  });

  afterAll(() => world.manager.close());

  /** Asks until there are as many entries as that, since they are written after the answer. */
  async function entries(query: string, count: number): Promise<readonly Entry[]> {
    const path = `/api/v1/audit?limit=500&${query}`;
    const read = async () => (await world.ask<Schemas['AuditPage']>(200, { path })).items;
    await expect.poll(async () => (await read()).length).toBe(count);
    return read();
  }

  it('names who has changed something, from where, and with which result', async () => {
    const person = await signInNew(world, ['infrastructureProvider']);
    const token = person.accessToken;
    const { cluster } = await world.ask<Schemas['ClusterRegistered']>(201, {
      method: 'POST',
      path: '/api/v1/clusters',
      token,
      headers: { 'x-request-id': 'ada-registers' },
      json: { name: 'audited' },
    });
    const path = `/api/v1/clusters/${cluster.id}`;
    await world.ask(200, { method: 'PATCH', path, json: { labels: { tier: 'gold' } } });
    const [changed, registered] = await entries(`subjectId=${cluster.id}`, 2);
    expect(registered).toMatchObject({
      operationId: 'registerCluster',
      actor: { kind: 'user', id: person.user.id, name: person.user.name },
      address: '127.0.0.1',
      status: 201,
      requestId: 'ada-registers',
    });
    expect(changed).toMatchObject({
      operationId: 'updateCluster',
      actor: { kind: 'administrator' },
    });
    expect(await entries(`actorId=${person.user.id}`, 1)).toEqual([registered]);
  });

  it('names who was refused, and who wanted to sign in, under which name', async () => {
    const { accessToken: token, user } = await signInNew(world, ['viewer']);
    await world.ask(403, { path: '/api/v1/users', token });
    await world.ask(401, {
      method: 'POST',
      path: '/api/v1/sessions',
      token: null,
      json: { name: 'mallory', password: 'let me in, please' },
    });
    const [refused] = await entries(`actorId=${user.id}&outcome=refused`, 1);
    expect(refused).toMatchObject({ operationId: 'listUsers', status: 403, code: 'forbidden' });
    const [signIn] = await entries('operation=signIn&outcome=refused', 1);
    expect(signIn).toMatchObject({
      actor: { kind: 'nobody', name: 'mallory' },
      code: 'sign-in-refused',
    });
    expect(JSON.stringify(signIn)).not.toContain('let me in');
  });

  it('leaves out what changes nothing, what agents report, and what proves nothing', async () => {
    const cluster = await world.register();
    await world.report(cluster);
    await world.ask(200, { path: `/api/v1/clusters/${cluster.id}` });
    await world.ask(200, {
      method: 'POST',
      path: '/api/v1/services/plan',
      json: world.descriptor(),
    });
    await world.ask(401, { method: 'DELETE', path: `/api/v1/clusters/${cluster.id}`, token: null });
    await world.ask(202, { method: 'DELETE', path: `/api/v1/clusters/${cluster.id}` });
    const found = await entries(`subjectId=${cluster.id}`, 2);
    expect(found.map(({ operationId }) => operationId)).toEqual([
      'removeCluster',
      'registerCluster',
    ]);
    expect(await entries('operation=planService', 0)).toEqual([]);
  });

  it('is read page by page, newest first, and between two times', async () => {
    const all = (await world.ask<Schemas['AuditPage']>(200, { path: '/api/v1/audit?limit=500' }))
      .items;
    const paged: Entry[] = [];
    for (let path = '/api/v1/audit?limit=3'; ;) {
      const page = await world.ask<Schemas['AuditPage']>(200, { path });
      paged.push(...page.items);
      if (page.nextCursor === undefined) break;
      path = `/api/v1/audit?limit=3&cursor=${page.nextCursor}`;
    }
    expect(paged).toEqual(all);
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, n) => all.length - n));
    const until = all[1]?.at ?? '';
    const before = all.filter(({ at }) => at < until);
    expect(await entries(`until=${until}`, before.length)).toEqual(before);
    const since = all.filter(({ at }) => at >= until);
    expect(await entries(`from=${until}`, since.length)).toEqual(since);
  });

  it('keeps no secret', async () => {
    const text = JSON.stringify(await world.ask(200, { path: '/api/v1/audit?limit=500' }));
    expect(text).not.toContain(adminToken);
  });

  it.each([
    ['changed', { $set: { status: 204 } }, /^entry 1 was changed$/],
    [
      'that another one stands for',
      { $set: { previousHash: 'f'.repeat(64) } },
      /^entry 1 does not follow/,
    ],
  ])('finds an entry that was %s', async (_, change, fault) => {
    const { audit } = world.manager.store.models;
    const before = await audit.findOne({ _id: 1 }).lean();
    await audit.updateOne({ _id: 1 }, change);
    const verdict = await world.ask<Schemas['AuditVerdict']>(200, {
      path: '/api/v1/audit/verification',
    });
    expect(verdict).toMatchObject({ intact: false, entries: 0 });
    expect(verdict.fault).toMatch(fault);
    await audit.updateOne(
      { _id: 1 },
      { $set: { status: before?.status, previousHash: before?.previousHash } },
    );
  });
});

describe('the chain', () => {
  let opened: TestStore;

  beforeAll(async () => {
    opened = await startTestStore();
  });

  afterAll(() => opened.close());

  it('stays one when many append at once', async () => {
    const { audit } = opened.store.access;
    await Promise.all(Array.from({ length: 20 }, (_, n) => audit.append(drafts(n * 10, 10))));
    expect(await verifyAudit(audit, sha256)).toMatchObject({ intact: true, entries: 200 });
  });

  it('is verified from its anchor when the oldest entries are forgotten, by number and by age', async () => {
    const { audit } = opened.store.access;
    expect(await audit.trim(150, 0)).toBe(50);
    expect(await verifyAudit(audit, sha256)).toMatchObject({ intact: true, entries: 150 });
    await audit.append(drafts(1_000, 20));
    expect(await audit.trim(1_000, 1_005)).toBe(155);
    const verdict = await verifyAudit(audit, sha256);
    expect(verdict).toMatchObject({ intact: true, entries: 15, head: { sequence: 220 } });
  });

  it.each([
    ['an entry', { _id: 215 }, 'entry 215 is missing'],
    ['everything after an entry', { _id: { $gte: 210 } }, 'entry 210 is missing'],
  ])('shows that %s was removed', async (_, filter, fault) => {
    const { store } = opened;
    await store.models.audit.deleteMany(filter);
    expect(await verifyAudit(store.access.audit, sha256)).toMatchObject({ intact: false, fault });
  });
});

describe('a store that cannot be written', () => {
  const logger = pino({ level: 'silent' });

  it('is tried again, and loses nothing of what waits', async () => {
    const written: AuditDraft[] = [];
    let failures = 2;
    const append = async (batch: readonly AuditDraft[]): Promise<void> => {
      failures -= 1;
      if (failures >= 0) throw new Error('the store is away');
      written.push(...batch);
    };
    const writer = new AuditWriter({ store: { append }, logger, random: () => 0 });
    for (const each of drafts(0, 5)) writer.record(each);
    await writer.close();
    expect(written).toEqual(drafts(0, 5));
  });

  it('has changes refused once half of the room is used; refusals are counted after that', async () => {
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const store = { append: () => gate };
    const writer = new AuditWriter({ store, logger, random: () => 0, waitingMax: 4 });
    writer.record(draft(1));
    writer.requireRoom();
    writer.record(draft(2));
    expect(() => {
      writer.requireRoom();
    }).toThrow(/nothing is changed without it/);
    for (const each of drafts(3, 3)) writer.record(each);
    expect([writer.waiting, writer.lost]).toEqual([4, 1]);
    letGo();
    await writer.close();
    expect(writer.waiting).toBe(0);
    writer.requireRoom();
  });
});
