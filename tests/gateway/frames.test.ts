/** Frames that break the contract: each has its problem and its close code, and changes nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Schemas } from '../support/calls.js';
import { settledDump } from '../support/dump.js';
import { Site, type Member } from '../support/site.js';

let site: Site;

beforeAll(async () => {
  site = await Site.start();
});

afterAll(() => site.close());

/** What comes of a frame that a connected agent sends: problem, fields that it names, close code. */
async function refusal(send: (member: Member) => void) {
  const member = await site.enrol();
  const before = await settledDump(site.manager);
  send(member);
  const { code } = await member.agent.closed;
  expect(await settledDump(site.manager)).toEqual(before);
  const last = member.agent.frames.all.at(-1);
  const problem: Schemas['Problem'] | undefined = last?.type === 'error' ? last.problem : undefined;
  const pointers = (problem?.errors ?? []).map((each) => each.pointer);
  return { code, type: problem?.type, pointers, problem };
}

describe('a frame', () => {
  it.each(['{"type":', 'hello', '', '[1,'])(
    'that is no JSON (%j) ends the session',
    async (text) => {
      const refused = await refusal(({ agent }) => {
        agent.sendText(text);
      });
      expect(refused).toMatchObject({ code: 4400, type: '/problems/malformed-frame' });
    },
  );

  it.each([{ type: 'greet' }, { type: 7 }, {}, [], null, 'text'])(
    'of an unknown type (%j) ends the session; the problem names the known ones',
    async (frame) => {
      const refused = await refusal(({ agent }) => {
        agent.sendText(JSON.stringify(frame));
      });
      const expected = { code: 4400, type: '/problems/invalid-frame', pointers: ['#/type'] };
      expect(refused).toMatchObject(expected);
      for (const known of ['hello', 'report', 'ack', 'nack', 'bye'])
        expect(refused.problem?.errors?.[0]?.detail).toContain(known);
    },
  );

  it.each([
    ['an unknown field', { colour: 'red' }, '#/colour'],
    ['a wrong type', { sequence: '7' }, '#/sequence'],
    ['a negative number', { sequence: -1 }, '#/sequence'],
    ['an unknown phase', { instances: [{ phase: 'RESTING' }] }, '#/instances/0/phase'],
    ['a field missing', { instances: undefined }, '#/instances'],
  ])('with %s ends the session; the problem names the field', async (_, fields, pointer) => {
    const refused = await refusal(({ agent }) => {
      const [instance] = 'instances' in fields ? (fields.instances ?? []) : [];
      const report = { type: 'report', session: agent.welcome.session, sequence: 9, instances: [] };
      const instances = [{ instanceId: 'f'.repeat(24), generation: 1, ...instance }];
      agent.send({ ...report, ...fields, ...(instance ? { instances } : {}) });
    });
    expect(refused).toMatchObject({ code: 4400, type: '/problems/invalid-frame' });
    expect(refused.pointers).toEqual([pointer]);
  });

  it('that is binary ends the session', async () => {
    const refused = await refusal(({ agent }) => {
      agent.sendBinary(Buffer.from('{"type":"bye"}'));
    });
    expect(refused).toMatchObject({ code: 4400, type: '/problems/malformed-frame' });
  });

  it('of 5 MiB ends the session with 1009', async () => {
    const refused = await refusal(({ agent }) => {
      agent.sendText(JSON.stringify({ type: 'bye' }).padEnd(5 * 1024 * 1024));
    });
    expect(refused.code).toBe(1009);
  });

  it('of 3 MiB is taken', async () => {
    const { agent, id } = await site.enrol();
    const workers = Array.from({ length: 9_000 }, (_, index) => ({ name: `worker-${index}` }));
    const text = JSON.stringify({
      type: 'report',
      session: agent.welcome.session,
      sequence: 2,
      workers,
      instances: [],
    });
    const from = agent.frames.all.length;
    agent.sendText(text.padEnd(3 * 1024 * 1024));
    expect((await agent.next('reported', from)).applied).toBe(true);
    expect((await site.cluster(id)).workerCount).toBe(9_000);
  });
});
