import { expect } from 'vitest';
import { parsed, type Schemas } from '../../support/calls.js';
import type { Case } from '../context.js';

export const auditCases: readonly Case[] = [
  {
    operationId: 'listAudit',
    status: 200,
    name: 'what happened to one thing',
    request: async ({ world }) => {
      const { id } = await world.register();
      const path = `/api/v1/audit?subjectId=${id}`;
      await expect
        .poll(async () => (await world.ask<Schemas['AuditPage']>(200, { path })).items.length)
        .toBe(1);
      return { path };
    },
    check: (answer) => {
      const [entry] = parsed<Schemas['AuditPage']>(answer).items;
      expect(entry).toMatchObject({
        operationId: 'registerCluster',
        status: 201,
        actor: { kind: 'administrator' },
        address: '127.0.0.1',
      });
    },
  },
  {
    operationId: 'verifyAudit',
    status: 200,
    name: 'nobody has changed anything',
    request: () => ({ path: '/api/v1/audit/verification' }),
    check: (answer) => {
      expect(parsed<Schemas['AuditVerdict']>(answer)).toMatchObject({ intact: true, trimmedTo: 0 });
    },
  },
];
