/** Neither a slow reader nor a fast writer makes the manager hold more than its limits (P10). */
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Happenings } from '../support/happenings.js';
import { Site } from '../support/site.js';

interface LogLine {
  readonly msg: string;
}

const log = new Happenings<LogLine>();
const logger = pino(
  { level: 'warn' },
  {
    write: (line: string) => {
      log.add(JSON.parse(line) as LogLine);
    },
  },
);
const bufferedBytesMax = 64 * 1024;
let site: Site;

beforeAll(async () => {
  const sessionLimits = {
    bufferedBytesMax,
    takenWithinMs: 500,
    ordersPerFrameMax: 1,
    inboxMax: 2,
  };
  site = await Site.start({ logger, sessionLimits });
});

afterAll(() => site.close());

describe('a slow reader', () => {
  const replicas = 300;
  /** Far more in all than what the sockets of the operating system take. */
  const environment = { PADDING_1: 'x'.repeat(32_000), PADDING_2: 'x'.repeat(32_000) };

  it('has its session closed with a problem, and is told everything when it comes back', async () => {
    const member = await site.enrol();
    member.agent.pauseReading();
    await site.deployAt(member, { replicas, environment });
    await log.find('the word that it reads too slowly', (line): line is LogLine =>
      line.msg.includes('reads too slowly'),
    );
    expect(site.manager.app.gateway.sessions).toBe(0);
    member.agent.resumeReading();
    expect((await member.agent.closed).code).toBe(4429);
    expect(member.agent.orders.length).toBeLessThan(replicas);
    expect(member.agent.frames.all.at(-1)).toMatchObject({
      type: 'error',
      problem: { type: '/problems/slow-reader' },
    });

    const again = await site.rejoin(member);
    const told = new Set<number>();
    again.agent.obey(({ ordinal, action }) => {
      told.add(ordinal ?? -1);
      return action === 'run' ? 'RUNNING' : 'UNDEPLOYED';
    });
    await again.agent.order('the last one', () => told.size === replicas);
  });
});

describe('a fast writer', () => {
  it('is read no faster than it is served, and every frame is answered in order', async () => {
    const { agent } = await site.enrol();
    const from = agent.frames.all.length;
    const sent = Array.from({ length: 50 }, () => agent.tell([]));
    await agent.report();
    const answers = agent.frames.all.slice(from);
    expect(answers.map((frame) => frame.type === 'reported' && frame.applied)).toEqual(
      answers.map(() => true),
    );
    expect(answers.map((frame) => frame.type === 'reported' && frame.sequence)).toEqual([
      ...sent,
      (sent.at(-1) ?? 0) + 1,
    ]);
  });
});
