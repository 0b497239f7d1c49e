import { describe, expect, it } from 'vitest';
import type { AgentFrame } from '../../../src/gateway/frames.js';
import { gatherFrames, type Gathered } from '../../../src/gateway/gathered-frames.js';
import { id } from '../../support/builders.js';

const instance = (number: number) => ({
  instanceId: id(number),
  generation: 1,
  phase: 'RUNNING' as const,
});

const report = (sequence: number, numbers: number[], fields: object = {}): AgentFrame => ({
  type: 'report',
  session: 3,
  sequence,
  instances: numbers.map(instance),
  ...fields,
});

const ack = (...numbers: number[]): AgentFrame => ({
  type: 'ack',
  id: 'some',
  orders: numbers.map((number) => ({ instanceId: id(number), generation: 1, action: 'run' })),
});

interface Taken {
  readonly gathered: Gathered | undefined;
  /** How many frames are left. */
  readonly left: number;
}

/** @param newest - number of the newest report that was handled */
function gather([first, ...rest]: readonly AgentFrame[], newest = 0): Taken {
  if (first === undefined) throw new Error('nothing to gather');
  const texts = rest.map((frame) => JSON.stringify(frame));
  const waiting = { peek: () => texts[0], take: () => void texts.shift() };
  const gathered = gatherFrames(first, waiting, { session: 3, sequence: newest });
  return { gathered, left: texts.length };
}

const sequences = ({ gathered }: Taken) => gathered?.reports.map(({ sequence }) => sequence);

describe('frames that wait', () => {
  it('are handled together as long as they are acknowledgements and reports of changes', () => {
    const taken = gather([ack(1, 2), report(1, [1]), ack(3), report(2, [2, 3])]);
    expect(taken.left).toBe(0);
    expect(sequences(taken)).toEqual([1, 2]);
    expect(taken.gathered?.acknowledged.map(({ instanceId }) => instanceId)).toEqual(
      [1, 2, 3].map((number) => id(number)),
    );
  });

  it('are left where they are when the first one stands alone', () => {
    expect(gather([report(1, [1], { full: true }), ack(1)])).toEqual({
      gathered: undefined,
      left: 1,
    });
    expect(gather([ack(1)])).toEqual({ gathered: undefined, left: 0 });
    expect(gather([ack(1), { type: 'rotate' }])).toEqual({ gathered: undefined, left: 1 });
  });

  it.each<[string, AgentFrame]>([
    ['says the same instance again', report(2, [1])],
    ['tells everything', report(2, [2], { full: true })],
    ['tells of the cluster as well', report(2, [2], { use: { cpuCores: 1 } })],
    ['is of another session', report(2, [2], { session: 2 })],
    ['comes again', report(1, [2])],
    ['is no report', { type: 'bye' }],
  ])('end before one that %s', (_, barrier) => {
    const taken = gather([ack(1), report(1, [1]), barrier, ack(2)]);
    expect([sequences(taken), taken.left]).toEqual([[1], 2]);
  });

  it('end before one that does not parse, which is told so in its turn', () => {
    const broken = { type: 'report', session: 'three' } as unknown as AgentFrame;
    const taken = gather([ack(1), ack(2), broken]);
    expect([taken.gathered?.acknowledged.length, taken.left]).toEqual([2, 1]);
  });

  it('do not carry a report along that was handled already (P6)', () => {
    expect(gather([report(4, [1]), report(5, [2])], 4)).toEqual({ gathered: undefined, left: 1 });
    expect(gather([ack(1), report(4, [1]), report(5, [2])], 4).gathered).toBeUndefined();
  });

  it('are no more than 100 at once', () => {
    const many = Array.from({ length: 150 }, (_, index) => ack(index + 1));
    expect(gather(many).left).toBe(50);
  });
});
