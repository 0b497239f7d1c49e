import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/domain/change.js';
import { deriveEvents } from '../../../src/domain/event/derive.js';
import {
  aCluster,
  aHalf,
  anInstance,
  anOperation,
  aService,
  id,
  startedAt,
} from '../../support/builders.js';

const base = { id: id(1), at: startedAt } as const;
const update = (...fields: string[]) => ({
  ...base,
  kind: 'update' as const,
  fields: new Set(fields),
});
const insert = { ...base, kind: 'insert' as const, fields: new Set<string>() };
const moving = anInstance({
  halves: [
    aHalf(),
    aHalf({ generation: 2, role: 'incoming', clusterId: id(0xc2), clusterName: 'c2' }),
  ],
});

describe('deriving events from changes', () => {
  it.each<[string, Change]>([
    ['cluster.registered', { ...insert, subject: 'cluster', after: aCluster() }],
    [
      'cluster.draining',
      {
        ...update('lifecycle', 'version'),
        subject: 'cluster',
        after: aCluster({ lifecycle: 'draining' }),
      },
    ],
    [
      'cluster.removed',
      { ...update('lifecycle'), subject: 'cluster', after: aCluster({ lifecycle: 'removed' }) },
    ],
    [
      'cluster.activated',
      { ...update('liveness', 'lastHeardAt'), subject: 'cluster', after: aCluster() },
    ],
    [
      'cluster.inactivated',
      { ...update('liveness'), subject: 'cluster', after: aCluster({ liveness: 'inactive' }) },
    ],
    [
      'cluster.workersCounted',
      { ...update('nodes'), subject: 'cluster', after: aCluster({ anonymousWorkers: 2 }) },
    ],
    ['cluster.updated', { ...update('labels'), subject: 'cluster', after: aCluster() }],
    ['cluster.capacityChanged', { ...update('capacity'), subject: 'cluster', after: aCluster() }],
    ['service.deployed', { ...insert, subject: 'service', after: aService() }],
    [
      'service.scaled',
      { ...update('replicasWanted', 'version'), subject: 'service', after: aService() },
    ],
    [
      'service.updated',
      { ...update('revision', 'replicas'), subject: 'service', after: aService() },
    ],
    [
      'service.terminating',
      {
        ...update('lifecycle', 'status'),
        subject: 'service',
        after: aService({ lifecycle: 'terminating' }),
      },
    ],
    [
      'service.phaseChanged',
      { ...update('phase', 'status'), subject: 'service', after: aService() },
    ],
    ['instance.created', { ...insert, subject: 'instance', after: anInstance() }],
    [
      'instance.placed',
      { ...update('clusterId', 'phase'), subject: 'instance', after: anInstance() },
    ],
    [
      'instance.unplaced',
      { ...update('clusterId'), subject: 'instance', after: anInstance({ halves: [] }) },
    ],
    ['instance.moving', { ...update('incomingClusterId'), subject: 'instance', after: moving }],
    [
      'instance.moveGivenUp',
      { ...update('incomingClusterId'), subject: 'instance', after: anInstance() },
    ],
    ['instance.phaseChanged', { ...update('phase'), subject: 'instance', after: anInstance() }],
    ['operation.accepted', { ...insert, subject: 'operation', after: anOperation() }],
    [
      'operation.succeeded',
      {
        ...update('state', 'done'),
        subject: 'operation',
        after: anOperation({ state: 'succeeded' }),
      },
    ],
    ['operation.progressed', { ...update('done'), subject: 'operation', after: anOperation() }],
  ])('tells %s', (type, change) => {
    expect(deriveEvents(change).map((event) => event.type)).toEqual([type]);
  });

  it.each<[string, Change]>([
    [
      'a heartbeat',
      {
        ...update('lastHeardAt', 'last_modified', 'use', 'sequence'),
        subject: 'cluster',
        after: aCluster(),
      },
    ],
    [
      'a reservation',
      { ...update('reserved', 'ledgerVersion'), subject: 'cluster', after: aCluster() },
    ],
    [
      'an acknowledgement',
      { ...update('halves', 'version'), subject: 'instance', after: anInstance() },
    ],
    ['a deletion', { ...base, kind: 'delete', fields: new Set(), subject: 'service' }],
  ])('tells nothing of %s', (_, change) => {
    expect(deriveEvents(change)).toEqual([]);
  });

  it('tells of an operation that had nothing to do both that it was accepted and how it ended', () => {
    const events = deriveEvents({
      ...insert,
      subject: 'operation',
      after: anOperation({ state: 'succeeded' }),
    });
    expect(events.map(({ type }) => type)).toEqual(['operation.accepted', 'operation.succeeded']);
  });

  it('names the service and the clusters of an instance, and where it moves', () => {
    const [event] = deriveEvents({
      ...update('incomingClusterId'),
      subject: 'instance',
      after: moving,
    });
    expect(event?.relatedIds).toEqual([id(0x5e), id(0xc1), id(0xc2)]);
    expect(event?.data).toMatchObject({ clusterName: 'c1', toClusterName: 'c2' });
  });
});
