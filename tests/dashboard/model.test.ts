import type { Cluster, Event } from '@system-manager/client';
import { describe, expect, it } from 'vitest';
import { faultsOf, readText } from '../../clients/dashboard/src/model/descriptor.js';
import { passes, subjectOf, whatHappened } from '../../clients/dashboard/src/model/event-text.js';
import { memory, percent, share } from '../../clients/dashboard/src/model/numbers.js';
import { inOrder, inWords, toneOf } from '../../clients/dashboard/src/model/phases.js';
import { livenessOf, placesOf } from '../../clients/dashboard/src/model/places.js';
import { ago, duration } from '../../clients/dashboard/src/model/time.js';
import { timelineOf } from '../../clients/dashboard/src/model/timeline.js';

const anEvent = (fields: Partial<Event>): Event => ({
  sequence: 1,
  type: 'instance.phaseChanged',
  at: '2026-01-05T09:30:00.000Z',
  subjectKind: 'instance',
  subjectId: 'i1',
  data: {},
  ...fields,
});

describe('a descriptor that is being written', () => {
  const text = 'name: hello\nreplicas: many\nports:\n  - containerPort: 0\n';

  it('is read as what it says', () => {
    expect(readText('name: hello\nreplicas: 2\n').descriptor).toEqual({
      name: 'hello',
      replicas: 2,
    });
  });

  it('has its faults where the manager means them', () => {
    const { document } = readText(text);
    const faults = faultsOf(document, [
      { pointer: '#/replicas', detail: 'must be integer' },
      { pointer: '#/ports/0/containerPort', detail: 'must be >= 1' },
    ]);
    expect(faults.map(({ from, to }) => text.slice(from, to))).toEqual([
      'replicas: many',
      'containerPort: 0',
    ]);
    expect(faults[0]?.message).toBe('replicas must be integer');
  });

  it('has a fault of a field that is missing at the nearest one around it', () => {
    const { document } = readText(text);
    const [fault] = faultsOf(document, [{ pointer: '#/ports/0/protocol', detail: 'is missing' }]);
    expect(text.slice(fault?.from, fault?.to)).toContain('containerPort');
  });

  it('that is no YAML, or no map, says so', () => {
    expect(readText('name: [').faults).toHaveLength(1);
    expect(readText('just words').faults).toHaveLength(1);
    expect(readText('').descriptor).toBeUndefined();
  });
});

describe('an event', () => {
  it('is told in words', () => {
    const event = anEvent({ data: { ordinal: 2, phase: 'RUNNING', clusterName: 'attic' } });
    expect(subjectOf(event)).toBe('instance 2');
    expect(whatHappened(event)).toBe('phase changed, is running, at attic');
  });

  it('passes a filter of kind and part of the type', () => {
    expect(passes({ kind: '', type: '' })(anEvent({}))).toBe(true);
    expect(passes({ kind: 'instance', type: 'PHASE' })(anEvent({}))).toBe(true);
    expect(passes({ kind: 'cluster', type: '' })(anEvent({}))).toBe(false);
  });
});

describe('the life of an instance', () => {
  it('is what has changed, each with how long it lasted', () => {
    const at = (second: number) => `2026-01-05T09:30:0${second}.000Z`;
    const steps = timelineOf(
      [
        anEvent({ sequence: 1, at: at(0), data: { phase: 'CREATING', clusterName: 'a' } }),
        anEvent({ sequence: 2, at: at(3), data: { phase: 'RUNNING', clusterName: 'a' } }),
        anEvent({ sequence: 3, at: at(4), data: { phase: 'RUNNING', clusterName: 'a' } }),
        anEvent({ sequence: 4, at: at(5), subjectId: 'other', data: { phase: 'FAILED' } }),
        anEvent({ sequence: 5, at: at(9), data: { phase: 'RUNNING', clusterName: 'b' } }),
      ],
      'i1',
    );
    expect(steps.map(({ phase, clusterName, lastedMs }) => [phase, clusterName, lastedMs])).toEqual(
      [
        ['CREATING', 'a', 3_000],
        ['RUNNING', 'a', 6_000],
        ['RUNNING', 'b', undefined],
      ],
    );
  });
});

describe('places', () => {
  const cluster = (name: string, latitude?: number, state = 'active'): Cluster =>
    ({
      name,
      state,
      ...(latitude === undefined ? {} : { coordinates: { latitude, longitude: 11 } }),
    }) as Cluster;

  it('are clusters that lie close together; those that tell no coordinates are nowhere', () => {
    const { places, nowhere } = placesOf([
      cluster('a', 48.1),
      cluster('b', -30),
      cluster('c', 48.2),
      cluster('d'),
    ]);
    expect(places.map(({ clusters }) => clusters.map(({ name }) => name))).toEqual([
      ['a', 'c'],
      ['b'],
    ]);
    expect(nowhere.map(({ name }) => name)).toEqual(['d']);
  });

  it('are good only if all of their clusters are heard of', () => {
    const away = cluster('b', 1, 'inactive');
    expect([
      livenessOf([cluster('a')]),
      livenessOf([cluster('a'), away]),
      livenessOf([away]),
    ]).toEqual(['good', 'busy', 'bad']);
  });
});

describe('words and numbers', () => {
  it('are for people', () => {
    expect([inWords('CLUSTER_SCHEDULED'), inWords('makeBeforeBreak')]).toEqual([
      'cluster scheduled',
      'make before break',
    ]);
    expect([memory(512), memory(1536), memory(2 * 1024 * 1024)]).toEqual([
      '512 MiB',
      '1.5 GiB',
      '2 TiB',
    ]);
    expect([percent(share(1, 3)), percent(share(1, 0)), percent(share(9, 3))]).toEqual([
      '33 %',
      '0 %',
      '100 %',
    ]);
    expect([duration(12), duration(65_000), duration(7_260_000)]).toEqual([
      '12 ms',
      '1 min 5 s',
      '2 h 1 min',
    ]);
    expect(ago('2026-01-05T09:30:00.000Z', Date.parse('2026-01-05T09:31:00.000Z'))).toBe(
      '1 min 0 s ago',
    );
  });

  it('of phases come in the order of a life, and unknown ones are neither good nor bad', () => {
    expect(inOrder({ LOST: 1, RUNNING: 2, DEAD: 0 }).map(([phase]) => phase)).toEqual([
      'RUNNING',
      'LOST',
    ]);
    expect(toneOf('SOMETHING_NEW')).toBe('idle');
  });
});
