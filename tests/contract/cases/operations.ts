import { expect } from 'vitest';
import { parsed, type Schemas } from '../../support/calls.js';
import type { Case } from '../context.js';
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
];
