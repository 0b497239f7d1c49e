import { expect } from 'vitest';
import { parsed, type Schemas } from '../../support/calls.js';
import { createSubject, type Case } from '../context.js';
import { validRequest } from '../valid-requests.js';

export const operationCases: readonly Case[] = [
  {
    operationId: 'listOperations',
    status: 200,
    name: 'by subject and state',
    request: ({ resident }) => ({
      path: `/api/v1/operations?subjectId=${resident.service.id}&state=succeeded`,
    }),
    check: (answer, { resident }) => {
      const { items } = parsed<Schemas['OperationPage']>(answer);
      expect(items.map(({ id }) => id)).toEqual([resident.operationId]);
    },
  },
  {
    operationId: 'getOperation',
    status: 200,
    name: 'that has ended',
    request: ({ world, resident }) => validRequest('getOperation', resident, world),
    check: (answer) => {
      const { state, progress, endedAt } = parsed<Schemas['Operation']>(answer);
      expect([state, progress]).toEqual(['succeeded', { done: 1, total: 1 }]);
      expect(endedAt).toBeDefined();
    },
  },
  {
    operationId: 'cancelOperation',
    status: 200,
    name: 'that scales: the number of replicas is what it was',
    request: async ({ world }) => {
      const { service } = await world.deploy({ placement: { cluster: 'nowhere' } });
      const { operation } = await world.ask<Schemas['ServiceAccepted']>(202, {
        ...{ method: 'POST', path: `/api/v1/services/${service.id}/scale`, json: { replicas: 4 } },
      });
      return { method: 'POST', path: `/api/v1/operations/${operation.id}/cancel` };
    },
    check: async (answer, { world }, call) => {
      const { state, reason, subjectId, endedAt } = parsed<Schemas['Operation']>(answer);
      expect([state, reason]).toEqual(['cancelled', 'cancelled; 1 replicas are wished']);
      expect(endedAt).toBeDefined();
      expect((await world.service(subjectId)).replicas).toBe(1);
      expect((await world.send(call)).text).toBe(answer.text);
    },
  },
  {
    operationId: 'cancelOperation',
    status: 409,
    name: 'that has ended',
    problem: { code: 'operation-not-cancellable' },
    request: ({ world, resident }) => validRequest('cancelOperation', resident, world),
  },
  {
    operationId: 'cancelOperation',
    status: 409,
    name: 'that terminates',
    problem: { code: 'operation-not-cancellable' },
    request: async ({ world }) => {
      const { service } = await createSubject(world);
      const path = `/api/v1/services/${service.id}`;
      const { operation } = await world.ask<Schemas['ServiceAccepted']>(202, {
        ...{ method: 'DELETE', path },
      });
      return { method: 'POST', path: `/api/v1/operations/${operation.id}/cancel` };
    },
  },
];
