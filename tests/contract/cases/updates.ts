import { expect } from 'vitest';
import { parsed, type Schemas } from '../../support/calls.js';
import { createSubject, type Case } from '../context.js';
import { validRequest } from '../valid-requests.js';
import { accepted } from './services.js';

const services = '/api/v1/services';

/** Revisions of a service, and steering its updates. */
export const updateCases: readonly Case[] = [
  {
    operationId: 'listRevisions',
    status: 200,
    name: 'the newest first',
    request: async ({ world }) => {
      const subject = await createSubject(world);
      await world.ask(202, validRequest('updateService', subject, world));
      return { path: `${services}/${subject.service.id}/revisions` };
    },
    check: (answer) => {
      const { items } = parsed<Schemas['RevisionList']>(answer);
      expect(items.map(({ revision, current, stable }) => [revision, current, stable])).toEqual([
        [2, true, false],
        [1, false, true],
      ]);
      expect(items.map(({ descriptor }) => descriptor.command)).toEqual([
        ['serve', '--better'],
        ['serve'],
      ]);
    },
  },
  ...([{}, { revision: 1 }] as const).map((json): Case => ({
    operationId: 'rollbackService',
    status: 202,
    name: `with ${JSON.stringify(json)}`,
    request: async ({ world }) => {
      const subject = await createSubject(world);
      await world.ask(202, validRequest('updateService', subject, world));
      return { method: 'POST', path: `${services}/${subject.service.id}/rollback`, json };
    },
    check: async (answer, context, call) => {
      await accepted('rollback')(answer, context, call);
      const { service } = parsed<Schemas['ServiceAccepted']>(answer);
      expect([service.revision, service.descriptor.command]).toEqual([1, ['serve']]);
    },
  })),
  ...([{}, { revision: 7 }] as const).map((json): Case => ({
    operationId: 'rollbackService',
    status: 409,
    name: `where there is none, with ${JSON.stringify(json)}`,
    problem: { code: 'revision-not-found' },
    request: ({ resident: { service } }) => ({
      ...{ method: 'POST', path: `${services}/${service.id}/rollback`, json },
    }),
  })),
  {
    operationId: 'pauseUpdate',
    status: 200,
    name: 'keeps the old revision running',
    request: async ({ world }) => validRequest('pauseUpdate', await createSubject(world), world),
    check: (answer) => {
      const { rollout, version } = parsed<Schemas['Service']>(answer);
      expect(rollout.state).toBe('paused');
      expect(answer.headers['etag']).toBe(`"${version}"`);
    },
  },
  {
    operationId: 'resumeUpdate',
    status: 202,
    name: 'names the operation that is under way',
    request: async ({ world }) => {
      const subject = await createSubject(world);
      await world.ask(200, validRequest('pauseUpdate', subject, world));
      await world.ask(202, validRequest('updateService', subject, world));
      return validRequest('resumeUpdate', subject, world);
    },
    check: async (answer, context, call) => {
      await accepted('update')(answer, context, call);
      const { service } = parsed<Schemas['ServiceAccepted']>(answer);
      const path = `/api/v1/operations?subjectId=${service.id}`;
      const { items } = await context.world.ask<Schemas['OperationPage']>(200, { path });
      expect(items.map(({ kind }) => kind)).toEqual(['update', 'deploy']);
    },
  },
];
