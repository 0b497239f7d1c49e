/** What a report means that knows instances by service and number. */
import { describe, expect, it } from 'vitest';
import type { Half } from '../../../src/domain/instance/instance.js';
import {
  meaningOfNumbered,
  type NumberedObservation,
} from '../../../src/domain/instance/record-numbered.js';
import { aHalf, anInstance, id } from '../../support/builders.js';

const cluster = id(0xc1);
const service = id(0x5e);

const instanceWith = (...halves: Partial<Half>[]) =>
  anInstance({
    serviceId: service,
    number: 3,
    halves: halves.map((half, index) =>
      aHalf({ clusterId: cluster, generation: index + 1, phase: 'CLUSTER_SCHEDULED', ...half }),
    ),
  });

const meaning = (
  halves: Partial<Half>[],
  seen: Partial<NumberedObservation> | undefined,
  mayForget = true,
) =>
  meaningOfNumbered(
    cluster,
    seen === undefined ? [] : [{ serviceId: service, number: 3, ...seen }],
    [instanceWith(...halves)],
    () => mayForget,
  );

const run: Partial<Half> = { action: 'run', acknowledged: true };
const pending: Partial<Half> = { action: 'run', acknowledged: false };
const stop: Partial<Half> = { action: 'stop', acknowledged: true, role: 'retiring' };
const told: Partial<Half> = { action: 'stop', acknowledged: false, role: 'retiring' };

describe('an instance that is to run', () => {
  it('is as the cluster says', () => {
    const { observations, forgotten, strays } = meaning([run], { phase: 'RUNNING', worker: 'w' });
    expect(observations).toMatchObject([{ generation: 1, phase: 'RUNNING', worker: 'w' }]);
    expect([...forgotten, ...strays]).toEqual([]);
  });

  it('that is not reported is forgotten once it must have been', () => {
    expect(meaning([run], undefined).forgotten).toMatchObject([{ generation: 1, action: 'run' }]);
    expect(meaning([run], undefined, false).forgotten).toEqual([]);
  });

  it('that has come to its end by itself is not missed', () => {
    expect(meaning([{ ...run, phase: 'COMPLETED' }], undefined).forgotten).toEqual([]);
  });

  it('that was not acknowledged is not missed, and counts when it is seen', () => {
    expect(meaning([pending], undefined).forgotten).toEqual([]);
    expect(meaning([pending], { phase: 'RUNNING' }).observations).toHaveLength(1);
    expect(meaning([pending], { phase: 'UNDEPLOYED' }).observations).toEqual([]);
    expect(meaning([{ ...pending, deferred: true }], { phase: 'RUNNING' }).observations).toEqual(
      [],
    );
  });

  it('has failed while its cluster looks for another worker, and not before it had one', () => {
    expect(meaning([{ ...run, phase: 'RUNNING' }], { waits: true }).observations).toMatchObject([
      { phase: 'FAILED' },
    ]);
    expect(meaning([run], { waits: true }).observations).toEqual([]);
  });

  it('in a word that nobody knows is only there', () => {
    const { observations, forgotten, strays } = meaning([run], {});
    expect([...observations, ...forgotten, ...strays]).toEqual([]);
  });

  it('is not taken for the one whose place it is to take', () => {
    expect(meaning([run, pending], { phase: 'RUNNING' }).observations).toMatchObject([
      { generation: 1 },
    ]);
  });
});

describe('an instance that is to end', () => {
  it('has ended when it was told and is not reported', () => {
    expect(meaning([stop], undefined).observations).toMatchObject([{ phase: 'UNDEPLOYED' }]);
    expect(meaning([told], undefined).observations).toEqual([]);
  });

  it('has ended when the cluster says so, whatever it was told', () => {
    expect(meaning([told], { phase: 'UNDEPLOYED' }).observations).toMatchObject([
      { phase: 'UNDEPLOYED' },
    ]);
  });

  it('is told again when it is still there although it was told', () => {
    expect(meaning([stop], { phase: 'RUNNING' }).forgotten).toMatchObject([{ action: 'stop' }]);
    expect(meaning([stop], { phase: 'RUNNING' }, false).forgotten).toEqual([]);
  });

  it('has ended when another one of its number is there', () => {
    expect(meaning([stop, run], { phase: 'RUNNING' }).observations).toMatchObject([
      { generation: 1, phase: 'UNDEPLOYED' },
      { generation: 2, phase: 'RUNNING' },
    ]);
  });
});

describe('what is not bound to the cluster', () => {
  it('is a stray, unless it has ended', () => {
    const seen = { serviceId: service, number: 4 };
    const strays = (phase: 'RUNNING' | 'UNDEPLOYED') =>
      meaningOfNumbered(cluster, [{ ...seen, phase }], [instanceWith(run)], () => true).strays;
    expect(strays('RUNNING')).toMatchObject([seen]);
    expect(strays('UNDEPLOYED')).toEqual([]);
  });

  it('may be an instance that is bound to another one', () => {
    const elsewhere = meaning([{ ...run, clusterId: id(0xc2) }], { phase: 'RUNNING' });
    expect(elsewhere.strays).toHaveLength(1);
    expect(elsewhere.observations).toEqual([]);
  });
});

describe('a report', () => {
  const isSettled = (...args: Parameters<typeof meaning>) => meaning(...args).settled !== undefined;

  it('leaves nothing open when all that is bound was reported, and nothing else', () => {
    expect(meaning([run], { phase: 'RUNNING' }).settled).toEqual([instanceWith(run).id]);
    expect(meaningOfNumbered(cluster, [], [], () => true).settled).toEqual([]);
  });

  it.each<[string, Parameters<typeof meaning>]>([
    ['an instance is missing that may be forgotten later', [[run], undefined, false]],
    ['an instance is missing', [[run], undefined, true]],
    ['an order has not been acknowledged', [[told], { phase: 'RUNNING' }]],
    ['a stop has not been carried out', [[stop], { phase: 'RUNNING' }, false]],
    ['it does not say how the instance is doing', [[run], {}]],
    ['the instance is bound twice', [[run, stop], { phase: 'RUNNING' }]],
    ['nothing of what is there is bound', [[], { phase: 'RUNNING' }]],
  ])('leaves something open when %s', (_, args) => {
    expect(isSettled(...args)).toBe(false);
  });

  it('leaves something open when the instance is at another cluster too', () => {
    const moving = instanceWith(run, { ...run, clusterId: id(0xc2) });
    const seen = { serviceId: service, number: 3, phase: 'RUNNING' } as const;
    expect(meaningOfNumbered(cluster, [seen], [moving], () => true).settled).toBeUndefined();
  });
});
