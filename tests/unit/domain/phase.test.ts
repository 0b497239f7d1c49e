import { describe, expect, it } from 'vitest';
import { canMove, move, Phase, summarisePhase } from '../../../src/domain/phase.js';

const phases = Object.values(Phase);

describe('the table of legal moves', () => {
  it('lets nothing come back from UNDEPLOYED', () => {
    for (const to of phases) expect(canMove('UNDEPLOYED', to)).toBe(to === 'UNDEPLOYED');
  });

  it('lets what has ended for good only be cleared away', () => {
    for (const from of ['COMPLETED', 'DEAD'] as const)
      expect(phases.filter((to) => to !== from && canMove(from, to))).toEqual([
        'UNDEPLOYING',
        'UNDEPLOYED',
      ]);
  });

  it('lets whatever has been bound end', () => {
    for (const from of phases)
      if (from !== 'UNDEPLOYED') expect(canMove(from, 'UNDEPLOYED')).toBe(true);
  });

  it('throws on an illegal move', () => {
    expect(move('CREATING', 'RUNNING')).toBe('RUNNING');
    expect(() => move('DEAD', 'RUNNING')).toThrow('illegal-transition');
  });
});

describe('the phase of a service', () => {
  it.each([
    ['the least advanced of its instances', { RUNNING: 2, CREATING: 1 }, 3, 'CREATING'],
    ['REQUESTED while instances are missing', { RUNNING: 2 }, 3, 'REQUESTED'],
    ['DEAD when one is, also while others are missing', { DEAD: 1, RUNNING: 1 }, 3, 'DEAD'],
    ['RUNNING when all run', { RUNNING: 3 }, 3, 'RUNNING'],
    ['RUNNING when none is wanted', {}, 0, 'RUNNING'],
    ['COMPLETED when all have completed', { COMPLETED: 2 }, 2, 'COMPLETED'],
  ] as const)('is %s', (_, counts, replicas, phase) => {
    expect(summarisePhase(counts, replicas)).toBe(phase);
  });
});
