/** The life of a service over real sockets: updates, ways back, cancelling, restarts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Schemas } from '../support/calls.js';
import type { Behaviour, Order } from '../support/fake-agent.js';
import { Site, type Member } from '../support/site.js';

let site: Site;

beforeAll(async () => {
  site = await Site.start();
});

afterAll(() => site.close());

type Update = NonNullable<Schemas['ServiceDescriptor']['update']>;

const atOnce: Update = { healthySeconds: 0 };

/** An agent that runs everything but what a test keeps from running. */
const obedientBut =
  (keep: (order: Order) => ReturnType<Behaviour>): Behaviour =>
  (order) =>
    order.action === 'stop' ? 'UNDEPLOYED' : (keep(order) ?? 'RUNNING');

interface Scene {
  readonly member: Member;
  readonly id: string;
  readonly next: Schemas['ServiceDescriptor'];
}

/** A service that runs at one cluster, and the descriptor of its next revision. */
async function scene(
  replicas: number,
  update: Update = atOnce,
  behave?: Behaviour,
  fields: Partial<Schemas['HelloFrame']> = {},
): Promise<Scene> {
  const member = await site.enrolObedient(fields, behave);
  const resources = { cpuCores: 1, memoryMiB: 0, gpus: 0 };
  const wish = { replicas, update, resources };
  const { service, operation } = await site.deployAt(member, wish);
  await site.succeeded(operation);
  const placement = { cluster: member.name };
  const next = { ...wish, name: service.name, command: ['serve', 'anew'], placement };
  return { member, id: service.id, next };
}

const post = <T>(status: number, path: string, json?: object): Promise<T> =>
  site.ask<T>(status, { method: 'POST', path: `/api/v1/${path}`, ...(json ? { json } : {}) });

const cancel = ({ id }: { readonly id: string }) =>
  post<Schemas['Operation']>(200, `operations/${id}/cancel`);

const revisionsOf = async (id: string): Promise<readonly number[]> =>
  (await site.instancesOf(id)).map(({ revision }) => revision).sort();

const allRun = (id: string, revision: number) =>
  site.until(`all run revision ${revision}`, async () => {
    const instances = await site.instancesOf(id);
    return instances.every(
      (each) => each.phase === 'RUNNING' && each.revision === revision && each.halves.length === 1,
    );
  });

describe('an update', () => {
  it('makes room first on a cluster that is full', async () => {
    const capacity = { cpuCores: 3, memoryMiB: 0, gpus: 0 };
    const policy = { ...atOnce, maxSurge: 0, maxUnavailable: 1 };
    const { id, next } = await scene(3, policy, undefined, { capacity });
    await site.succeeded(await site.update(id, next));
    expect(await revisionsOf(id)).toEqual([2, 2, 2]);
    expect((await site.service(id)).rollout).toEqual({ state: 'settled', stableRevision: 2 });
  });

  it('whose revision does not come up stops by itself; a rollback touches only what has moved', async () => {
    const started: number[] = [];
    const behave = obedientBut(({ revision = 0 }) => {
      if (revision !== 2) return undefined;
      started.push(revision);
      return started.length === 1 ? undefined : 'DEAD';
    });
    const { id, next, member } = await scene(3, { ...atOnce, maxSurge: 1 }, behave);
    const ended = await site.ended(await site.update(id, next));
    expect([ended.state, ended.reason]).toEqual([
      'failed',
      expect.stringContaining('1 of 3 run revision 2') as string,
    ]);
    expect(await revisionsOf(id)).toEqual([1, 1, 2]);
    expect((await site.service(id)).rollout).toMatchObject({ state: 'halted', stableRevision: 1 });

    const before = member.agent.orders.filter(({ action }) => action === 'run').length;
    const { operation } = await post<Schemas['ServiceAccepted']>(
      202,
      `services/${id}/rollback`,
      {},
    );
    expect(operation.kind).toBe('rollback');
    await site.succeeded(operation);
    await allRun(id, 1);
    const runs = member.agent.orders.filter(({ action }) => action === 'run');
    expect(runs.length - before).toBe(1);
    expect(runs.at(-1)?.descriptor?.command).toEqual(['serve']);
  });

  it('pauses and resumes', async () => {
    const { id, next } = await scene(3);
    const paused = await post<Schemas['Service']>(200, `services/${id}/update/pause`);
    expect(paused.rollout.state).toBe('paused');
    const operation = await site.update(id, next);
    await site.until('the operation says that it is paused', async () => {
      const path = `/api/v1/operations/${operation.id}`;
      const { reason } = await site.ask<Schemas['Operation']>(200, { path });
      return reason?.startsWith('paused');
    });
    expect(await revisionsOf(id)).toEqual([1, 1, 1]);
    const resumed = await post<Schemas['ServiceAccepted']>(202, `services/${id}/update/resume`);
    expect(resumed.operation.id).toBe(operation.id);
    await site.succeeded(operation);
    expect(await revisionsOf(id)).toEqual([2, 2, 2]);
  });

  it('that is cancelled goes back', async () => {
    const behave = obedientBut(({ revision }) => (revision === 2 ? 'CREATING' : undefined));
    const { id, next } = await scene(2, atOnce, behave);
    const operation = await site.update(id, { ...next, replicas: 3 });
    await site.until('something moves', async () =>
      (await site.instancesOf(id)).some(({ halves }) => halves.length === 2),
    );
    const cancelled = await cancel(operation);
    expect([cancelled.state, cancelled.reason]).toEqual([
      'cancelled',
      expect.stringContaining('it goes back to revision 1') as string,
    ]);
    const rollback = /operation (\w+)/.exec(cancelled.reason ?? '')?.[1] ?? '';
    await site.succeeded({ id: rollback });
    await allRun(id, 1);
    expect((await site.service(id)).replicas).toBe(2);
  });
});

describe('cancelling', () => {
  it('a deployment terminates the service', async () => {
    const { service, operation } = await site.deploy({ placement: { cluster: 'nowhere' } });
    const cancelled = await cancel(operation);
    expect(cancelled.state).toBe('cancelled');
    await site.succeeded({ id: /operation (\w+)/.exec(cancelled.reason ?? '')?.[1] ?? '' });
    expect((await site.service(service.id)).phase).toBe('UNDEPLOYED');
  });

  it('a migration leaves where it is what has not moved (P7)', async () => {
    const { id, member } = await scene(1);
    const target = await site.enrolObedient();
    const operation = await site.migrate(id, target.name, { healthySeconds: 3_600 });
    await site.until('the target runs', async () => {
      const [instance] = await site.instancesOf(id);
      return instance?.halves.some(
        ({ clusterId, phase }) => clusterId === target.id && phase === 'RUNNING',
      );
    });
    expect(member.agent.orders.filter(({ action }) => action === 'stop')).toEqual([]);
    expect((await cancel(operation)).state).toBe('cancelled');
    await target.agent.stop();
    await site.until('one half is left', async () => {
      const [instance] = await site.instancesOf(id);
      return instance?.halves.length === 1;
    });
    expect(await site.instancesOf(id)).toMatchObject([
      { clusterId: member.id, phase: 'RUNNING', halves: [{ generation: 1, action: 'run' }] },
    ]);
  });

  it('a drain has the cluster take instances again', async () => {
    const { member } = await scene(1);
    const operation = await site.drain(member);
    expect((await cancel(operation)).state).toBe('cancelled');
    expect(await site.cluster(member.id)).toMatchObject({ draining: false, schedulable: true });
  });
});

describe('scaling down', () => {
  it('tells which instances go, and why', async () => {
    const { id } = await scene(3);
    const before = await site.instancesOf(id);
    const { removals } = await site.succeeded(await site.scale(id, 1));
    expect(removals?.map(({ ordinal }) => ordinal)).toEqual([2, 1]);
    const [removal] = removals ?? [];
    expect(removal?.reason).toContain('chosen by scaling to 1');
    const victim = await site.instance(before.find(({ ordinal }) => ordinal === 2)?.id ?? '');
    expect([victim.phase, victim.removalReason]).toEqual(['UNDEPLOYED', removal?.reason]);
  });
});

describe('an instance that its agent has given up', () => {
  it('is placed anew under the next generation', async () => {
    const behave = obedientBut(({ generation }) => (generation === 1 ? 'DEAD' : undefined));
    const { id } = await scene(1, atOnce, behave);
    expect(await site.instancesOf(id)).toMatchObject([
      { phase: 'RUNNING', halves: [{ generation: 2 }] },
    ]);
  });
});

describe('a one-shot service', () => {
  it('is deployed when all its instances have completed', async () => {
    const member = await site.enrol();
    const { service, operation } = await site.deployAt(member, {
      oneShot: true,
      restart: 'onFailure',
    });
    const { order, frame } = await member.agent.run();
    const { instanceId, generation } = order;
    member.agent.ack(frame);
    await member.agent.report([{ instanceId, generation, phase: 'RUNNING' }]);
    await site.until('it runs', async () => (await site.service(service.id)).phase === 'RUNNING');
    const path = `/api/v1/operations/${operation.id}`;
    expect((await site.ask<Schemas['Operation']>(200, { path })).state).toBe('running');
    await member.agent.report([{ instanceId, generation, phase: 'COMPLETED', exitCode: 0 }]);
    await site.succeeded(operation);
  });
});

describe('P7 a migration that breaks before it makes', () => {
  it('stops the source before the target is told; where that fails it goes back', async () => {
    const { id, member } = await scene(1);
    const target = await site.enrol();
    const operation = await site.migrate(id, target.name, { strategy: 'breakBeforeMake' });
    const { order, frame } = await target.agent.run();
    const stopped = member.agent.orders.filter(({ action }) => action === 'stop');
    expect(stopped).toMatchObject([{ generation: 1 }]);
    const [there] = (await site.instancesOf(id))[0]?.halves ?? [];
    expect(there).toMatchObject({ clusterId: target.id });
    target.agent.ack(frame);
    const { instanceId, generation } = order;
    await target.agent.report([{ instanceId, generation, phase: 'DEAD', reason: 'no disk' }]);
    const ended = await site.ended(operation);
    expect([ended.state, ended.reason]).toEqual(['failed', expect.stringContaining('no disk')]);
    target.agent.obey();
    await site.until('it is back', async () => {
      const [instance] = await site.instancesOf(id);
      return (
        instance?.phase === 'RUNNING' &&
        instance.clusterId === member.id &&
        instance.halves.length === 1
      );
    });
  });
});
