import { describe, expect, it } from 'vitest';
import { SharedSummaries } from '../../../src/domain/summary/shared-summaries.js';
import {
  sumClusters,
  summarise,
  sumServices,
  type Summary,
} from '../../../src/domain/summary/summary.js';

const resources = (cpuMillicores: number, memoryMiB: number, gpus = 0) => ({
  cpuMillicores,
  memoryMiB,
  gpus,
});

const cluster = (
  liveness: 'active' | 'inactive',
  lifecycle: 'present' | 'removing' = 'present',
) => ({
  liveness,
  lifecycle,
  admission: 'approved' as const,
  workerCount: 3,
  capacity: resources(4000, 100, 1),
  reserved: resources(1500, 10),
});

describe('the sum of clusters', () => {
  it('counts states and workers, and adds resources up', () => {
    const clusters = [cluster('active'), cluster('inactive'), cluster('active', 'removing')];
    expect(sumClusters(clusters)).toEqual({
      clusters: { active: 1, inactive: 1, removing: 1 },
      workers: 9,
      capacity: resources(12_000, 300, 3),
      reserved: resources(4500, 30),
    });
  });

  it('of none is nothing', () => {
    expect(sumClusters([])).toMatchObject({ clusters: {}, workers: 0, capacity: resources(0, 0) });
  });
});

describe('the sum of services', () => {
  it('counts services by their phase, and their instances by theirs', () => {
    const services = [
      { phase: 'RUNNING' as const, phaseCounts: { RUNNING: 3, LOST: 1 } },
      { phase: 'RUNNING' as const, phaseCounts: { RUNNING: 2 } },
      { phase: 'REQUESTED' as const, phaseCounts: {} },
    ];
    expect(sumServices(services)).toEqual({
      services: { RUNNING: 2, REQUESTED: 1 },
      instances: { RUNNING: 5, LOST: 1 },
    });
  });
});

describe('a summary', () => {
  it('asks for what the organization can see, and reads the position of the history first', async () => {
    const asked: string[] = [];
    const note = <T>(name: string, answer: T) => {
      asked.push(name);
      return Promise.resolve(answer);
    };
    const summary = await summarise({
      organizationId: 'o1',
      now: () => 5,
      events: { bounds: () => note('bounds', { last: 17 }) },
      totals: {
        clusters: (whose) => note(`clusters of ${whose ?? 'all'}`, [cluster('active')]),
        services: (whose) => note(`services of ${whose ?? 'all'}`, []),
        runningOperations: (whose) => note(`operations of ${whose ?? 'all'}`, 2),
      },
    });
    expect(asked).toEqual(['bounds', 'clusters of o1', 'services of o1', 'operations of o1']);
    expect(summary).toMatchObject({ lastSequence: 17, runningOperations: 2, countedAt: 5 });
  });
});

describe('shared summaries', () => {
  const counting = () => {
    let now = 0;
    let counts = 0;
    const shared = new SharedSummaries(() => now);
    return {
      advance: (ms: number) => (now += ms),
      counts: () => counts,
      get: (whose?: string, tookMs = 0) =>
        shared.get(whose, () => {
          counts += 1;
          now += tookMs;
          return Promise.resolve({ runningOperations: counts } as Summary);
        }),
    };
  };

  it('are counted once for all who ask at the same time', async () => {
    const { get, counts } = counting();
    const [first, second] = await Promise.all([get(), get()]);
    expect(first).toBe(second);
    expect(counts()).toBe(1);
  });

  it('are counted anew after a quarter of a second', async () => {
    const { get, advance, counts } = counting();
    await get();
    advance(249);
    await get();
    expect(counts()).toBe(1);
    advance(1);
    await get();
    expect(counts()).toBe(2);
  });

  it('are kept twice as long as they took', async () => {
    const { get, advance, counts } = counting();
    await get(undefined, 200);
    advance(399);
    await get();
    expect(counts()).toBe(1);
    advance(1);
    await get();
    expect(counts()).toBe(2);
  });

  it('are told to nobody of another organization', async () => {
    const { get } = counting();
    const [all, one] = await Promise.all([get(), get('o1')]);
    expect(all).not.toBe(one);
  });

  it('are counted anew after a failure', async () => {
    const shared = new SharedSummaries(() => 0);
    await expect(shared.get(undefined, () => Promise.reject(new Error('away')))).rejects.toThrow(
      'away',
    );
    const summary = { runningOperations: 1 } as Summary;
    expect(await shared.get(undefined, () => Promise.resolve(summary))).toBe(summary);
  });
});
