import { expect } from 'vitest';
import { enrolmentToken } from '../../support/app.js';
import { parsed, type Schemas } from '../../support/calls.js';
import type { World } from '../../support/world.js';
import { createSubject, type Case, type Subject } from '../context.js';
import { validRequest } from '../valid-requests.js';

/** A cluster whose removal waits for an instance that can go nowhere else. */
export async function removingCluster(world: World): Promise<Subject> {
  const subject = await createSubject(world);
  const { operation } = await world.ask<Schemas['ClusterAccepted']>(202, {
    method: 'DELETE',
    path: `/api/v1/clusters/${subject.cluster.id}`,
  });
  await world.until('the operation says for what it waits', async () => {
    const path = `/api/v1/operations/${operation.id}`;
    const { reason } = await world.ask<Schemas['Operation']>(200, { path });
    return reason !== undefined;
  });
  return subject;
}

const session = (given: number, sequence: number) => ({ session: given, sequence, instances: [] });

export const clusterCases: readonly Case[] = [
  {
    operationId: 'listClusters',
    status: 200,
    name: 'all of them',
    request: () => ({ path: '/api/v1/clusters?limit=500' }),
    check: (answer, { resident }) => {
      const { items } = parsed<Schemas['ClusterPage']>(answer);
      expect(items.map(({ id }) => id)).toContain(resident.cluster.id);
    },
  },
  {
    operationId: 'listClusters',
    status: 200,
    name: 'by name, state and location',
    request: ({ resident }) => ({
      path: `/api/v1/clusters?name=${resident.cluster.name}&state=active&location=munich`,
    }),
    check: (answer, { resident }) => {
      const { items } = parsed<Schemas['ClusterPage']>(answer);
      expect(items.map(({ id }) => id)).toEqual([resident.cluster.id]);
    },
  },
  {
    operationId: 'registerCluster',
    status: 201,
    name: 'by the administrator',
    request: ({ world, resident }) => validRequest('registerCluster', resident, world),
    check: async (answer, { world }) => {
      const { cluster, credential } = parsed<Schemas['ClusterRegistered']>(answer);
      expect(cluster.state).toBe('registered');
      expect(answer.headers['location']).toBe(`/api/v1/clusters/${cluster.id}`);
      expect(answer.headers['etag']).toBe(`"${cluster.version}"`);
      expect(await world.cluster(cluster.id)).toEqual(cluster);
      expect((await world.send({ path: '/api/v1/version', token: credential })).status).toBe(200);
    },
  },
  {
    operationId: 'registerCluster',
    status: 201,
    name: 'with the enrolment token',
    request: ({ world, resident }) => ({
      ...validRequest('registerCluster', resident, world),
      token: enrolmentToken,
    }),
  },
  {
    operationId: 'registerCluster',
    status: 409,
    name: 'a name in use',
    problem: { code: 'cluster-name-in-use' },
    request: ({ resident }) => ({
      method: 'POST',
      path: '/api/v1/clusters',
      json: { name: resident.cluster.name },
    }),
  },
  {
    operationId: 'getCluster',
    status: 200,
    name: 'with its version as ETag',
    request: ({ world, resident }) => validRequest('getCluster', resident, world),
    check: (answer) => {
      const { version } = parsed<Schemas['Cluster']>(answer);
      expect(answer.headers['etag']).toBe(`"${version}"`);
    },
  },
  {
    operationId: 'updateCluster',
    status: 200,
    name: 'the fields that are present, and no others',
    request: async ({ world }) => {
      const { id } = await world.register({ location: 'munich', labels: { tier: 'gold' } });
      return { method: 'PATCH', path: `/api/v1/clusters/${id}`, json: { taints: ['gpu'] } };
    },
    check: (answer) => {
      const { taints, labels, location } = parsed<Schemas['Cluster']>(answer);
      expect({ taints, labels, location }).toEqual({
        taints: ['gpu'],
        labels: { tier: 'gold' },
        location: 'munich',
      });
    },
  },
  {
    operationId: 'updateCluster',
    status: 400,
    name: 'nothing to change',
    problem: { code: 'validation-failed', pointers: ['#'] },
    request: ({ resident }) => ({
      method: 'PATCH',
      path: `/api/v1/clusters/${resident.cluster.id}`,
      json: {},
    }),
  },
  ...(['', '?force=true'] as const).map((query): Case => ({
    operationId: 'removeCluster',
    status: 202,
    name: query === '' ? 'that is empty' : 'by force, with an instance on it',
    request: async ({ world }) => {
      const id =
        query === '' ? (await world.register()).id : (await createSubject(world)).cluster.id;
      return { method: 'DELETE', path: `/api/v1/clusters/${id}${query}` };
    },
    check: async (answer, { world }) => {
      const { operation, cluster } = parsed<Schemas['ClusterAccepted']>(answer);
      expect(answer.headers['location']).toBe(`/api/v1/operations/${operation.id}`);
      expect(cluster.state).toBe('removing');
      await world.succeeded(operation);
      expect((await world.send({ path: `/api/v1/clusters/${cluster.id}` })).status).toBe(404);
    },
  })),
  {
    operationId: 'drainCluster',
    status: 202,
    name: 'that is empty',
    request: async ({ world }) => {
      const { id } = await world.activeCluster();
      return { method: 'POST', path: `/api/v1/clusters/${id}/drain` };
    },
    check: async (answer, { world }) => {
      const { operation, cluster } = parsed<Schemas['ClusterAccepted']>(answer);
      expect(answer.headers['location']).toBe(`/api/v1/operations/${operation.id}`);
      expect([cluster.draining, cluster.schedulable]).toEqual([true, false]);
      await world.succeeded(operation);
    },
  },
  {
    operationId: 'resumeCluster',
    status: 200,
    name: 'that was drained; a drain under way is cancelled',
    request: async ({ world }) => {
      const { cluster } = await createSubject(world);
      await world.ask(202, { method: 'POST', path: `/api/v1/clusters/${cluster.id}/drain` });
      return { method: 'POST', path: `/api/v1/clusters/${cluster.id}/resume` };
    },
    check: async (answer, { world }) => {
      const { id, draining, schedulable } = parsed<Schemas['Cluster']>(answer);
      expect([draining, schedulable]).toEqual([false, true]);
      const page = await world.ask<Schemas['OperationPage']>(200, {
        path: `/api/v1/operations?subjectId=${id}`,
      });
      expect(page.items.map((each) => each.state)).toEqual(['cancelled']);
    },
  },
  {
    operationId: 'resumeCluster',
    status: 200,
    name: 'that is being removed; the removal is cancelled',
    request: async ({ world }) => {
      const { cluster } = await removingCluster(world);
      return { method: 'POST', path: `/api/v1/clusters/${cluster.id}/resume` };
    },
    check: async (answer, { world }) => {
      const { id, state, schedulable } = parsed<Schemas['Cluster']>(answer);
      expect([state, schedulable]).toEqual(['active', true]);
      const page = await world.ask<Schemas['OperationPage']>(200, {
        path: `/api/v1/operations?subjectId=${id}`,
      });
      expect(page.items.map((each) => each.state)).toEqual(['cancelled']);
    },
  },
  {
    operationId: 'drainCluster',
    status: 409,
    name: 'that is being removed',
    problem: { code: 'cluster-removing' },
    request: async ({ world }) => {
      const { cluster } = await removingCluster(world);
      return { method: 'POST', path: `/api/v1/clusters/${cluster.id}/drain` };
    },
  },
  {
    operationId: 'submitReport',
    status: 200,
    name: 'that is new',
    request: async ({ world }) => {
      const cluster = await world.register();
      return {
        ...{ method: 'POST', path: `/api/v1/clusters/${cluster.id}/reports` },
        ...{ token: cluster.credential, json: session(cluster.session, 1) },
      };
    },
    check: (answer) => {
      expect(parsed(answer)).toMatchObject({ session: 1, sequence: 1, applied: true });
    },
  },
  {
    operationId: 'submitReport',
    status: 200,
    name: 'that is stale changes nothing',
    request: async ({ world }) => {
      const cluster = await world.activeCluster();
      const capacity = { cpuCores: 7 };
      return {
        ...{ method: 'POST', path: `/api/v1/clusters/${cluster.id}/reports` },
        ...{ token: cluster.credential, json: { ...session(cluster.session, 1), capacity } },
      };
    },
    check: async (answer, { world }, { path }) => {
      expect(parsed(answer)).toMatchObject({ session: 1, sequence: 1, applied: false });
      const { capacity } = await world.cluster(path.split('/')[4] ?? '');
      expect(capacity.cpuCores).toBe(1000);
    },
  },
  {
    operationId: 'submitReport',
    status: 200,
    name: 'P9 for an instance that is not its own names it, and leaves it as it is',
    request: async ({ world, resident: { instanceId } }) => {
      const { id, credential } = await world.register();
      const stranger = { instanceId, generation: 1, phase: 'DEAD' };
      return {
        ...{ method: 'POST', path: `/api/v1/clusters/${id}/reports`, token: credential },
        json: { ...session(1, 1), instances: [stranger] },
      };
    },
    check: async (answer, { world, resident: { instanceId, cluster } }) => {
      const { strangers } = parsed<Schemas['ReportReceipt']>(answer);
      expect(strangers).toEqual([{ instanceId, generation: 1 }]);
      const instance = await world.instance(instanceId);
      expect([instance.phase, instance.clusterId]).toEqual(['RUNNING', cluster.id]);
    },
  },
  {
    operationId: 'submitReport',
    status: 400,
    name: 'of an instance in a phase that is the manager’s own',
    problem: { code: 'validation-failed', pointers: ['#/instances/0/phase'] },
    request: ({ resident: { cluster, instanceId } }) => ({
      ...{ method: 'POST', path: `/api/v1/clusters/${cluster.id}/reports` },
      token: cluster.credential,
      json: {
        ...session(cluster.session, 500),
        instances: [{ instanceId, generation: 1, phase: 'LOST' }],
      },
    }),
  },
  {
    operationId: 'submitReport',
    status: 404,
    name: 'P9 of another cluster, which is the same as one that does not exist',
    problem: { code: 'cluster-not-found' },
    request: async ({ world, resident }) => {
      const other = await world.register();
      return {
        ...{ method: 'POST', path: `/api/v1/clusters/${resident.cluster.id}/reports` },
        ...{ token: other.credential, json: session(1, 500) },
      };
    },
  },
  {
    operationId: 'submitReport',
    status: 409,
    name: 'of a session that was never given',
    problem: { code: 'session-unknown' },
    request: ({ resident: { cluster } }) => ({
      ...{ method: 'POST', path: `/api/v1/clusters/${cluster.id}/reports` },
      ...{ token: cluster.credential, json: session(99, 1) },
    }),
  },
];
