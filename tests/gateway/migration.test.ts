/** A migration makes before it breaks; where it fails, the source stays and the operation says why (P2, P7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settledDump } from '../support/dump.js';
import { Site, type Member } from '../support/site.js';

let site: Site;

beforeAll(async () => {
  site = await Site.start();
});

afterAll(() => site.close());

interface Scene {
  readonly source: Member;
  readonly serviceId: string;
  readonly instanceId: string;
}

async function runningAtSource(replicas = 1): Promise<Scene> {
  const source = await site.enrolObedient();
  const { service, operation } = await site.deployAt(source, { replicas });
  await site.succeeded(operation);
  const [instance] = await site.instancesOf(service.id);
  return { source, serviceId: service.id, instanceId: instance?.id ?? '' };
}

const stops = ({ agent }: Member) => agent.orders.filter(({ action }) => action === 'stop');

/** The source has not been told anything that it has not got yet. */
async function nothingIsUnderWay({ source }: Scene): Promise<void> {
  await settledDump(site.manager);
  await source.agent.flush();
}

/** After a failed migration: where it was, as it was. */
async function stayed(scene: Scene): Promise<void> {
  const { source, instanceId } = scene;
  await site.until('the target is cleared away', async () => {
    const { halves } = await site.instance(instanceId);
    return halves.length === 1;
  });
  await nothingIsUnderWay(scene);
  expect(stops(source)).toEqual([]);
  expect(await site.instance(instanceId)).toMatchObject({
    phase: 'RUNNING',
    clusterId: source.id,
    halves: [{ generation: 1, role: 'current', action: 'run' }],
  });
}

describe('a migration', () => {
  it('tells the source to stop only after the target runs (P7)', async () => {
    const scene = await runningAtSource();
    const { source, serviceId, instanceId } = scene;
    const target = await site.enrol();
    const operation = await site.migrate(serviceId, target.name);
    const { order, frame } = await target.agent.run();
    expect(order).toMatchObject({ instanceId, generation: 2 });
    target.agent.ack(frame);
    await target.agent.report([{ instanceId, generation: 2, phase: 'CREATING' }]);
    await nothingIsUnderWay(scene);
    expect(stops(source)).toEqual([]);
    expect((await site.instance(instanceId)).halves).toMatchObject([
      { role: 'current', phase: 'RUNNING', clusterId: source.id },
      { role: 'incoming', phase: 'CREATING', clusterId: target.id },
    ]);

    await target.agent.report([{ instanceId, generation: 2, phase: 'RUNNING' }]);
    expect((await source.agent.stop()).order).toMatchObject({ instanceId, generation: 1 });
    await site.succeeded(operation);
    await site.until('one half is left', async () => {
      const { halves } = await site.instance(instanceId);
      return halves.length === 1;
    });
    expect(await site.instance(instanceId)).toMatchObject({
      phase: 'RUNNING',
      clusterId: target.id,
      halves: [{ generation: 2, role: 'current' }],
    });
  });

  it('of all instances moves each of them', async () => {
    const { source, serviceId } = await runningAtSource(3);
    const target = await site.enrolObedient();
    const ended = await site.succeeded(await site.migrate(serviceId, target.name));
    expect(ended.progress).toEqual({ done: 3, total: 3 });
    const moved = await site.instancesOf(serviceId);
    expect(moved.map(({ clusterId }) => clusterId)).toEqual([target.id, target.id, target.id]);
    await site.until('the source is empty', async () => {
      const { instances } = await site.service(serviceId);
      const left = await site.manager.store.instances.atCluster(source.id);
      return left.length === 0 && instances['RUNNING'] === 3;
    });
  });

  it('whose target dies leaves the source running and says why (P7)', async () => {
    const scene = await runningAtSource();
    const target = await site.enrolObedient({}, ({ action }) =>
      action === 'run' ? 'DEAD' : 'UNDEPLOYED',
    );
    const ended = await site.ended(await site.migrate(scene.serviceId, target.name));
    expect(ended.state).toBe('failed');
    expect(ended.reason).toContain(target.name);
    expect(ended.reason).toContain('it was killed');
    await stayed(scene);
    expect(stops(target)).toMatchObject([{ instanceId: scene.instanceId, generation: 2 }]);
  });

  it('whose target refuses leaves the source running and says why (P7)', async () => {
    const scene = await runningAtSource();
    const target = await site.enrol();
    const operation = await site.migrate(scene.serviceId, target.name);
    target.agent.nack((await target.agent.run()).frame, 'there is no disk left');
    const ended = await site.ended(operation);
    expect([ended.state, ended.reason]).toEqual([
      'failed',
      expect.stringContaining('there is no disk left'),
    ]);
    await stayed(scene);
  });

  it('whose target does not run in time leaves the source running and says why (P7)', async () => {
    const scene = await runningAtSource();
    const target = await site.enrolObedient({}, ({ action }) =>
      action === 'run' ? 'CREATING' : 'UNDEPLOYED',
    );
    const ended = await site.ended(
      await site.migrate(scene.serviceId, target.name, { timeoutSeconds: 1 }),
    );
    expect([ended.state, ended.reason]).toEqual([
      'failed',
      expect.stringContaining('did not run in time (CREATING)'),
    ]);
    await stayed(scene);
  });

  it('to a cluster without room leaves the source running and says why (P7)', async () => {
    const source = await site.enrolObedient();
    const { service, operation } = await site.deployAt(source, {
      resources: { cpuCores: 50, memoryMiB: 0, gpus: 0 },
    });
    await site.succeeded(operation);
    const [instance] = await site.instancesOf(service.id);
    const target = await site.enrol({ capacity: { cpuCores: 1, memoryMiB: 1, gpus: 0 } });
    const ended = await site.ended(await site.migrate(service.id, target.name));
    expect([ended.state, ended.reason]).toEqual([
      'failed',
      expect.stringContaining('TargetClusterNoCapacity'),
    ]);
    await stayed({ source, serviceId: service.id, instanceId: instance?.id ?? '' });
    expect(target.agent.orders).toEqual([]);
  });

  it('whose source is away fails once the time is up, and says so; the source is stopped on its return (P2)', async () => {
    const { source, serviceId, instanceId } = await runningAtSource();
    await source.agent.drop();
    const target = await site.enrolObedient();
    const ended = await site.ended(
      await site.migrate(serviceId, target.name, { timeoutSeconds: 1 }),
    );
    expect([ended.state, ended.reason]).toEqual([
      'failed',
      expect.stringContaining(`${source.name} has not confirmed that it has stopped there`),
    ]);
    expect(await site.instance(instanceId)).toMatchObject({
      phase: 'RUNNING',
      clusterId: target.id,
    });
    const again = await site.rejoin(source);
    await again.agent.report([{ instanceId, generation: 1, phase: 'RUNNING' }], { full: true });
    expect((await again.agent.stop()).order).toMatchObject({ instanceId, generation: 1 });
    again.agent.obey();
    await site.until('one half is left', async () => {
      const { halves } = await site.instance(instanceId);
      return halves.length === 1;
    });
  });
});
