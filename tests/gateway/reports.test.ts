/** Reports may come twice, late and out of order; each cluster speaks for itself only (P6, P9). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dump, settledDump } from '../support/dump.js';
import type { FakeAgent, InstanceReport } from '../support/fake-agent.js';
import { Site, type Member } from '../support/site.js';

let site: Site;

beforeAll(async () => {
  site = await Site.start();
});

afterAll(() => site.close());

interface Running extends Member {
  readonly serviceId: string;
  readonly instanceId: string;
}

/** A service with one instance that runs. */
async function running(fields: Parameters<Site['deployAt']>[1] = {}): Promise<Running> {
  const member = await site.enrolObedient();
  const { service, operation } = await site.deployAt(member, fields);
  await site.succeeded(operation);
  const [instance] = await site.instancesOf(service.id);
  return { ...member, serviceId: service.id, instanceId: instance?.id ?? '' };
}

const phaseOf = async ({ instanceId }: Running) => (await site.instance(instanceId)).phase;

const inPhase = (running: Running, phase: InstanceReport['phase']) =>
  site.until(`the instance is ${phase}`, async () => (await phaseOf(running)) === phase);

const observed = ({ instanceId }: Running, phase: InstanceReport['phase']): InstanceReport => ({
  instanceId,
  generation: 1,
  phase,
});

const instancesOf = async () => (await dump(site.manager.store))['instances'];

describe('a report', () => {
  it('is answered with its session and sequence once it is taken in', async () => {
    const { agent } = await site.enrol();
    expect(await agent.report()).toEqual({
      ...{ type: 'reported', session: agent.welcome.session, sequence: 2, applied: true },
    });
  });

  it('with others behind it is taken in together with them, and each is answered', async () => {
    const { agent, serviceId } = await running({ replicas: 3 });
    const instances = await site.instancesOf(serviceId);
    agent.hold();
    const sequences = instances.map(({ id }) =>
      agent.tell([{ instanceId: id, generation: 1, phase: 'RUNNING', worker: 'w7' }]),
    );
    const from = agent.frames.all.length;
    agent.release();
    const answers = () =>
      agent.frames.all.slice(from).flatMap((frame) => (frame.type === 'reported' ? [frame] : []));
    await expect.poll(() => answers().length).toBe(3);
    expect(answers().map(({ sequence, applied }) => [sequence, applied])).toEqual(
      sequences.map((sequence) => [sequence, true]),
    );
    const seen = await site.instancesOf(serviceId);
    expect(seen.map(({ halves }) => halves[0]?.worker)).toEqual(['w7', 'w7', 'w7']);
  });

  it('that comes twice is taken in once (P6)', async () => {
    const member = await running();
    const first = await member.agent.report([observed(member, 'FAILED')]);
    await member.agent.report([observed(member, 'RUNNING')]);
    const before = (await settledDump(site.manager))['instances'];
    const again = await member.agent.report([observed(member, 'FAILED')], {
      sequence: first.sequence,
    });
    expect([first.applied, again.applied]).toEqual([true, false]);
    expect(await instancesOf()).toEqual(before);
    expect(await phaseOf(member)).toBe('RUNNING');
  });

  it('that is overtaken by a newer one changes nothing (P6)', async () => {
    const member = await running();
    const { agent } = member;
    agent.hold();
    const older = agent.tell([observed(member, 'FAILED')]);
    const newer = agent.tell([observed(member, 'RUNNING')], { use: { cpuCores: 2 } });
    const from = agent.frames.all.length;
    agent.release((texts) => [...texts].reverse());
    const answers = [await agent.next('reported', from), await agent.next('reported', from + 1)];
    expect(answers.map(({ sequence, applied }) => [sequence, applied])).toEqual([
      [newer, true],
      [older, false],
    ]);
    await inPhase(member, 'RUNNING');
    expect((await site.cluster(member.id)).use?.cpuCores).toBe(2);
  });

  it('from an ended session changes nothing, also when its number is high (P6)', async () => {
    const member = await running();
    const { session } = member.agent.welcome;
    await member.agent.drop();
    const again = await site.rejoin(member);
    const before = (await settledDump(site.manager))['instances'];
    const late = await again.agent.report([observed(member, 'DEAD')], { session, sequence: 999 });
    expect(late.applied).toBe(false);
    expect(await instancesOf()).toEqual(before);
    expect((await again.agent.report([observed(member, 'RUNNING')])).applied).toBe(true);
  });

  it('of a session that was never given ends the session', async () => {
    const { agent } = await site.enrol();
    agent.tell([], { session: agent.welcome.session + 1 });
    const error = await agent.next('error');
    expect(error.problem.type).toBe('/problems/session-unknown');
    expect((await agent.closed).code).toBe(4409);
  });

  it('of an illegal move leaves the instance as it is', async () => {
    const member = await running({ restart: 'never' });
    await member.agent.report([observed(member, 'DEAD')]);
    await inPhase(member, 'DEAD');
    const before = (await settledDump(site.manager))['instances'];
    await member.agent.report([observed(member, 'RUNNING')]);
    expect((await settledDump(site.manager))['instances']).toEqual(before);
  });
});

/** What an agent is told about an instance that is not its own. */
async function strangerAt(agent: FakeAgent, report: InstanceReport) {
  const from = agent.frames.all.length;
  await agent.report([report]);
  const error = await agent.next('error', from);
  const { order } = await agent.stop(from);
  return { type: error.problem.type, order };
}

describe('a report for an instance', () => {
  it('of another cluster changes nothing, and the reporter is told to stop it (P9)', async () => {
    const owner = await running();
    const other = await site.enrol();
    const before = (await settledDump(site.manager))['instances'];
    const told = await strangerAt(other.agent, observed(owner, 'DEAD'));
    expect(told.type).toBe('/problems/instance-not-yours');
    const { instanceId } = owner;
    expect(told.order).toMatchObject({ instanceId, generation: 1, action: 'stop' });
    expect(await instancesOf()).toEqual(before);
    expect((await other.agent.report()).applied).toBe(true);
  });

  it('that nobody knows changes nothing, and the reporter is told to stop it', async () => {
    const { agent } = await site.enrol();
    const before = (await settledDump(site.manager))['instances'];
    const instanceId = 'f'.repeat(24);
    const told = await strangerAt(agent, { instanceId, generation: 3, phase: 'RUNNING' });
    expect(told.type).toBe('/problems/instance-not-yours');
    expect(told.order).toMatchObject({ instanceId, generation: 3, action: 'stop' });
    expect(await instancesOf()).toEqual(before);
  });

  it('of an older generation has that one stopped, and leaves the present one alone (P2)', async () => {
    const member = await running();
    const before = (await settledDump(site.manager))['instances'];
    const told = await strangerAt(member.agent, { ...observed(member, 'RUNNING'), generation: 7 });
    expect(told.order).toMatchObject({ generation: 7, action: 'stop' });
    expect(await instancesOf()).toEqual(before);
  });

  it('that is not there any more is no stranger', async () => {
    const { agent } = await site.enrol();
    const from = agent.frames.all.length;
    await agent.report([{ instanceId: 'f'.repeat(24), generation: 1, phase: 'UNDEPLOYED' }]);
    await agent.flush();
    expect(agent.frames.all.slice(from).map(({ type }) => type)).toEqual(['reported']);
  });
});
