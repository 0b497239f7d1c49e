import { expect } from 'vitest';
import { parsed, type Schemas } from '../../support/calls.js';
import type { Case } from '../context.js';
import { validRequest } from '../valid-requests.js';

export const instanceCases: readonly Case[] = [
  {
    operationId: 'listInstances',
    status: 200,
    name: 'by service, cluster and phase',
    request: ({ resident: { service, cluster } }) => ({
      path: `/api/v1/instances?serviceId=${service.id}&clusterId=${cluster.id}&phase=RUNNING`,
    }),
    check: (answer, { resident }) => {
      const { items } = parsed<Schemas['InstancePage']>(answer);
      expect(items.map(({ id }) => id)).toEqual([resident.instanceId]);
    },
  },
  {
    operationId: 'getInstance',
    status: 200,
    name: 'with its version as ETag',
    request: ({ world, resident }) => validRequest('getInstance', resident, world),
    check: (answer, { resident }) => {
      const { version, phase, clusterId } = parsed<Schemas['Instance']>(answer);
      expect(answer.headers['etag']).toBe(`"${version}"`);
      expect([phase, clusterId]).toEqual(['RUNNING', resident.cluster.id]);
    },
  },
  {
    operationId: 'explainPlacement',
    status: 200,
    name: 'of one that has a place',
    request: ({ world, resident }) => validRequest('explainPlacement', resident, world),
    check: (answer, { resident }) => {
      const { decision, clusters } = parsed<Schemas['PlacementExplanation']>(answer);
      const place = { verdict: 'PLACED', clusterId: resident.cluster.id, scheduler: 'built-in' };
      expect(decision).toMatchObject(place);
      expect(clusters[0]?.scores).toBeDefined();
    },
  },
  {
    operationId: 'explainPlacement',
    status: 200,
    name: 'of one that has none',
    request: async ({ world }) => {
      const { service } = await world.deploy({ placement: { cluster: 'nowhere' } });
      const instance = await world.until('the verdict is there', async () =>
        (await world.instancesOf(service.id)).find((each) => each.reason !== undefined),
      );
      expect(instance.reason).toBe('TargetClusterNotFound');
      return { path: `/api/v1/instances/${instance.id}/explanation` };
    },
    check: (answer) => {
      const { decision, clusters } = parsed<Schemas['PlacementExplanation']>(answer);
      expect(decision?.verdict).toBe('TargetClusterNotFound');
      expect(new Set(clusters.map(({ droppedBy }) => droppedBy))).toEqual(new Set(['cluster']));
    },
  },
];
