import { expect } from 'vitest';
import { parsed, type Answer, type Schemas } from '../../support/calls.js';
import type { World } from '../../support/world.js';
import { createSubject, type Case, type Context } from '../context.js';
import { validRequest } from '../valid-requests.js';

const services = '/api/v1/services';

/** A service that is being terminated and cannot end, because its cluster does not say so. */
async function terminatingService(world: World): Promise<Schemas['Service']> {
  const { service } = await createSubject(world);
  const { operation } = await world.ask<Schemas['ServiceAccepted']>(202, {
    method: 'DELETE',
    path: `${services}/${service.id}`,
  });
  expect(operation.state).toBe('running');
  await world.until('its instance is told to stop', async () => {
    const [instance] = await world.instancesOf(service.id);
    return instance?.phase === 'UNDEPLOYING';
  });
  return service;
}

export const accepted =
  (kind: Schemas['OperationKind']): NonNullable<Case['check']> =>
  async (answer: Answer, { world }: Context) => {
    const { service, operation } = parsed<Schemas['ServiceAccepted']>(answer);
    expect(answer.headers['location']).toBe(`/api/v1/operations/${operation.id}`);
    expect(answer.headers['etag']).toBe(`"${service.version}"`);
    expect([operation.kind, operation.subjectId]).toEqual([kind, service.id]);
    const address = answer.headers['location'] ?? '';
    const read = await world.ask<Schemas['Operation']>(200, { path: address });
    expect(read.id).toBe(operation.id);
  };

const invalid = (name: string, fields: Readonly<Record<string, unknown>>, pointer: string) =>
  (['deployService', 'planService', 'updateService'] as const).map((operationId): Case => ({
    operationId,
    status: 400,
    name,
    problem: { code: 'validation-failed', pointers: [pointer] },
    request: (context) => {
      const call = validRequest(operationId, context.resident, context.world);
      return { ...call, json: { ...(call.json as object), ...fields } };
    },
  }));

export const serviceCases: readonly Case[] = [
  {
    operationId: 'listServices',
    status: 200,
    name: 'by name, application and phase',
    request: ({ resident: { service } }) => ({
      path: `${services}?name=${service.name}&application=default&phase=RUNNING`,
    }),
    check: (answer, { resident }) => {
      const { items } = parsed<Schemas['ServicePage']>(answer);
      expect(items.map(({ id }) => id)).toEqual([resident.service.id]);
    },
  },
  {
    operationId: 'listServices',
    status: 200,
    name: 'that are terminated only when asked for',
    request: async ({ world }) => {
      const { service } = await world.deploy({ replicas: 0 });
      const path = `${services}/${service.id}`;
      const gone = await world.ask<Schemas['ServiceAccepted']>(202, { method: 'DELETE', path });
      await world.succeeded(gone.operation);
      const page = await world.ask<Schemas['ServicePage']>(200, {
        path: `${services}?name=${service.name}`,
      });
      expect(page.items).toEqual([]);
      return { path: `${services}?phase=UNDEPLOYED&name=${service.name}` };
    },
    check: (answer) => {
      const { items } = parsed<Schemas['ServicePage']>(answer);
      expect(items.map(({ phase }) => phase)).toEqual(['UNDEPLOYED']);
    },
  },
  {
    operationId: 'deployService',
    status: 202,
    name: 'with nothing but what is required',
    request: ({ world, resident }) => validRequest('deployService', resident, world),
    check: accepted('deploy'),
  },
  {
    operationId: 'deployService',
    status: 400,
    name: 'with negative replicas',
    problem: { code: 'validation-failed', pointers: ['#/replicas'] },
    request: ({ world }) => ({
      ...{ method: 'POST', path: services, json: world.descriptor({ replicas: -1 }) },
    }),
  },
  ...invalid('of a process without a command', { command: undefined }, '#/command'),
  ...invalid('of a container without an image', { runtime: 'docker' }, '#/image'),
  ...invalid('of one shot that always restarts', { oneShot: true }, '#/restart'),
  ...invalid(
    'whose updates could replace nothing',
    { update: { maxSurge: 0, maxUnavailable: '0%' } },
    '#/update/maxSurge',
  ),
  ...invalid('with a surge that is no amount', { update: { maxSurge: '25' } }, '#/update/maxSurge'),
  {
    operationId: 'deployService',
    status: 409,
    name: 'under a name in use',
    problem: { code: 'service-name-in-use', pointers: ['#/name'] },
    request: ({ world, resident }) => ({
      ...{ method: 'POST', path: services },
      json: world.descriptor({ name: resident.service.name }),
    }),
  },
  {
    operationId: 'planService',
    status: 200,
    name: 'tells a place for each replica, and why',
    request: ({ world, resident }) => ({
      ...{ method: 'POST', path: `${services}/plan` },
      json: world.descriptor({ replicas: 2, placement: { cluster: resident.cluster.name } }),
    }),
    check: (answer, { resident }) => {
      const { placements, clusters } = parsed<Schemas['Plan']>(answer);
      const place = { clusterId: resident.cluster.id, verdict: 'PLACED' };
      expect(placements).toMatchObject([
        { ordinal: 0, ...place },
        { ordinal: 1, ...place },
      ]);
      expect(clusters[0]).toMatchObject({ clusterId: resident.cluster.id });
    },
  },
  {
    operationId: 'getService',
    status: 200,
    name: 'with its version as ETag',
    request: ({ world, resident }) => validRequest('getService', resident, world),
    check: (answer) => {
      const { version, phase, instances } = parsed<Schemas['Service']>(answer);
      expect(answer.headers['etag']).toBe(`"${version}"`);
      expect([phase, instances]).toEqual(['RUNNING', { RUNNING: 1 }]);
    },
  },
  {
    operationId: 'updateService',
    status: 202,
    name: 'makes a new revision',
    request: async ({ world }) => validRequest('updateService', await createSubject(world), world),
    check: async (answer, context, call) => {
      await accepted('update')(answer, context, call);
      expect(parsed<Schemas['ServiceAccepted']>(answer).service.revision).toBe(2);
    },
  },
  ...(['name', 'application'] as const).map((field): Case => ({
    operationId: 'updateService',
    status: 400,
    name: `with another ${field}`,
    problem: { code: 'validation-failed', pointers: [`#/${field}`] },
    request: (context) => {
      const call = validRequest('updateService', context.resident, context.world);
      return { ...call, json: { ...(call.json as object), [field]: 'other' } };
    },
  })),
  {
    operationId: 'terminateService',
    status: 202,
    name: 'that runs',
    request: async ({ world }) =>
      validRequest('terminateService', await createSubject(world), world),
    check: accepted('terminate'),
  },
  {
    operationId: 'terminateService',
    status: 202,
    name: 'twice is answered with the operation that is under way',
    request: async ({ world }) => {
      const { id } = await terminatingService(world);
      return { method: 'DELETE', path: `${services}/${id}` };
    },
    check: async (answer, { world }) => {
      const { service } = parsed<Schemas['ServiceAccepted']>(answer);
      const path = `/api/v1/operations?subjectId=${service.id}&state=running`;
      const { items } = await world.ask<Schemas['OperationPage']>(200, { path });
      expect(items.map(({ kind }) => kind)).toEqual(['terminate']);
    },
  },
  ...([{ replicas: 3 }, { by: 2 }, { by: -1 }] as const).map((json): Case => ({
    operationId: 'scaleService',
    status: 202,
    name: `with ${JSON.stringify(json)}`,
    request: async ({ world }) => {
      const { service } = await world.deploy({ placement: { cluster: 'nowhere' } });
      return { method: 'POST', path: `${services}/${service.id}/scale`, json };
    },
    check: async (answer, context, call) => {
      await accepted('scale')(answer, context, call);
      const { service } = parsed<Schemas['ServiceAccepted']>(answer);
      expect(service.replicas).toBe('replicas' in json ? json.replicas : 1 + json.by);
    },
  })),
  ...([{ replicas: 1, by: 1 }, {}] as const).map((json): Case => ({
    operationId: 'scaleService',
    status: 400,
    name: `with ${JSON.stringify(json)}`,
    problem: { code: 'validation-failed', pointers: ['#'] },
    request: ({ resident }) => ({
      ...{ method: 'POST', path: `${services}/${resident.service.id}/scale`, json },
    }),
  })),
  ...(
    [
      ['replicas-below-zero', { by: -2 }],
      ['replicas-above-limit', { by: 100_000 }],
    ] as const
  ).map(([code, json]): Case => ({
    operationId: 'scaleService',
    status: 409,
    name: `with ${JSON.stringify(json)}`,
    problem: { code },
    request: ({ resident }) => ({
      ...{ method: 'POST', path: `${services}/${resident.service.id}/scale`, json },
    }),
  })),
  ...(
    [
      'updateService',
      'scaleService',
      'migrateService',
      'rollbackService',
      'pauseUpdate',
      'resumeUpdate',
    ] as const
  ).map((operationId): Case => ({
    operationId,
    status: 409,
    name: 'of a service that is being terminated',
    problem: { code: 'service-terminating' },
    request: async ({ world, resident }) => {
      const service = await terminatingService(world);
      const { instanceId, operationId: deployed, cluster } = resident;
      const subject = { cluster, service, instanceId, operationId: deployed };
      return validRequest(operationId, subject, world);
    },
  })),
  {
    operationId: 'migrateService',
    status: 202,
    name: 'to where it is already ends at once',
    request: async ({ world }) => validRequest('migrateService', await createSubject(world), world),
    check: async (answer, context, call) => {
      await accepted('migrate')(answer, context, call);
      await context.world.succeeded(parsed<Schemas['ServiceAccepted']>(answer).operation);
    },
  },
  {
    operationId: 'migrateService',
    status: 404,
    name: 'of an instance that the service does not have',
    problem: { code: 'instance-not-found' },
    request: ({ resident: { service, cluster } }) => ({
      ...{ method: 'POST', path: `${services}/${service.id}/migrate` },
      json: { to: { cluster: cluster.name }, instanceIds: ['f'.repeat(24)] },
    }),
  },
  {
    operationId: 'migrateService',
    status: 409,
    name: 'to nowhere',
    problem: { code: 'destination-not-found' },
    request: ({ resident: { service } }) => ({
      ...{ method: 'POST', path: `${services}/${service.id}/migrate` },
      json: { to: { cluster: 'nowhere' } },
    }),
  },
  {
    operationId: 'migrateService',
    status: 409,
    name: 'of instances without a place',
    problem: { code: 'nothing-to-migrate' },
    request: async ({ world, resident }) => {
      const { service } = await world.deploy({ placement: { cluster: 'nowhere' } });
      const json = { to: { cluster: resident.cluster.name } };
      return { method: 'POST', path: `${services}/${service.id}/migrate`, json };
    },
  },
];
