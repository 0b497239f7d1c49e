/** Two managers' data layers on one store: whoever led before can write nothing any more, however it was interrupted. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Instance } from '../../src/domain/instance/instance.js';
import type { LeadHolder } from '../../src/domain/leadership.js';
import { startEmbeddedStore, type EmbeddedStore } from '../../src/embedded/index.js';
import { FencedOffError } from '../../src/store/errors.js';
import type { StoreLead } from '../../src/store/lead.js';
import { openStore, type Store } from '../../src/store/store.js';
import { aCluster, anInstance, aService, id } from '../support/builders.js';
import { confident, takeLead } from '../support/lead.js';

let dataDir: string;
let embedded: EmbeddedStore;
let one: Store;
let other: Store;
let old: StoreLead;
let refusals = 0;
let ids = 0;

const counting: LeadHolder = { mayAct: () => true, onRefused: () => void (refusals += 1) };

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sm-leases-'));
  // With the times of production: what a paused manager left open would be given up after a minute only.
  embedded = await startEmbeddedStore({ dataDir });
  const open = (managerName: string): Promise<Store> =>
    openStore({
      uri: embedded.uri,
      now: Date.now,
      managerName,
      onError: (error) => {
        throw error instanceof Error ? error : new Error(String(error));
      },
    });
  one = await open('one');
  other = await open('other');
});

afterAll(async () => {
  await one.close();
  await other.close();
  await embedded.close();
  await rm(dataDir, { recursive: true });
});

beforeEach(async () => {
  refusals = 0;
  old = await takeLead(one, counting);
});

/** The reconciler's write: one new instance of a service of its own. */
async function decision(): Promise<{ commit: (lead: StoreLead) => Promise<void>; created: Instance }> {
  ids += 1;
  const service = aService({ id: id(0x5000 + ids), name: `service-${ids}` });
  await one.services.insert(service);
  const created = anInstance({ id: id(0x1000 + ids), serviceId: service.id });
  const changes = {
    services: [],
    createdInstances: [created],
    instances: [],
    operations: [],
    reservations: new Map(),
    abandoned: new Set<string>(),
  };
  return { created, commit: (lead) => lead.reconciliation.commit(changes, new Map(), Date.now()) };
}

const take = (): Promise<StoreLead> => takeLead(other);

describe('the lease', () => {
  it('is taken by one of two that try at once', async () => {
    const seen = await one.leases.read();
    const leads = await Promise.all(
      [one, other].map((store) => store.leases.take(seen, confident)),
    );
    expect(leads.filter((lead) => lead !== undefined)).toHaveLength(1);
  });

  it('cannot be taken by somebody who has seen it before it was renewed', async () => {
    const seen = await other.leases.read();
    expect(await old.renew()).toBe(true);
    expect(await other.leases.take(seen, confident)).toBeUndefined();
    expect(await old.renew()).toBe(true);
  });

  it('has a higher number with every change of hands, and cannot be renewed by who lost it', async () => {
    const next = await take();
    expect(next.fence).toBe(old.fence + 1);
    expect(await old.renew()).toBe(false);
    await old.release();
    expect(await next.renew()).toBe(true);
  });

  it('that is given back is nobody’s', async () => {
    await old.release();
    expect((await other.leases.read())?.holder).toBeUndefined();
  });
});

describe('after another manager has taken over, the old one', () => {
  it('binds nothing any more (P2)', async () => {
    const { commit, created } = await decision();
    const next = await take();
    await expect(commit(old)).rejects.toThrow(FencedOffError);
    expect(await one.instances.find(created.id)).toBeUndefined();
    await commit(next);
    expect(await one.instances.find(created.id)).toBeDefined();
    expect(refusals).toBe(1);
  });

  it('cannot end a transaction that it had begun before, and that does not hold up the other', async () => {
    const { commit, created } = await decision();
    let next: StoreLead | undefined;
    const late = old.work.transaction(async () => {
      await commit(old);
      // It is paused here, with all its writes done and the commit to come.
      next ??= await take();
    });
    await expect(late).rejects.toThrow(FencedOffError);
    expect(await one.instances.find(created.id)).toBeUndefined();
    await commit(next as StoreLead);
    expect(await one.instances.find(created.id)).toBeDefined();
  });

  it('writes nothing into the history, and the new one goes on without a gap (P8)', async () => {
    const draft = {
      type: 'cluster.updated',
      at: 1,
      subjectKind: 'cluster',
      subjectId: id(1),
      relatedIds: [],
      data: {},
    } as const;
    const { sequence } = await old.history.position();
    await old.history.append(sequence, [draft], { _data: '01' });
    const next = await take();
    await expect(
      old.history.append(sequence + 1, [draft, draft], { _data: '03' }),
    ).rejects.toThrow(FencedOffError);
    await expect(old.history.declareGap()).rejects.toThrow(FencedOffError);
    expect(await next.history.position()).toEqual({
      sequence: sequence + 1,
      resumeToken: { _data: '01' },
    });
    await next.history.append(sequence + 1, [draft], { _data: '02' });
    const events = await other.events.read(0, 10_000);
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, n) => n + 1));
    await expect(old.history.trim(0)).rejects.toThrow(FencedOffError);
  });

  it('declares no cluster silent', async () => {
    ids += 1;
    const cluster = aCluster({
      id: id(0xc000 + ids),
      name: `cluster-${ids}`,
      liveness: 'active',
      lastHeardAt: 1,
    });
    await one.clusters.insert(cluster);
    await take();
    await expect(old.clusters.markInactive([cluster])).rejects.toThrow(FencedOffError);
    expect((await one.clusters.find(cluster.id))?.liveness).toBe('active');
  });
});

describe('a manager whose lease has lapsed by its own clock', () => {
  it('writes nothing, before anybody has taken over', async () => {
    const lapsed = await takeLead(one, { ...confident, mayAct: () => false });
    const { commit, created } = await decision();
    await expect(commit(lapsed)).rejects.toMatchObject({ code: 'write-conflict' });
    expect(await one.instances.find(created.id)).toBeUndefined();
  });
});
