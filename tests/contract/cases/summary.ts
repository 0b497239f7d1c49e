import { expect } from 'vitest';
import { loadDashboard } from '../../../src/http/dashboard.js';
import { startTestStore } from '../../support/app.js';
import { parsed, send, type Schemas } from '../../support/calls.js';
import { buildTestApp } from '../../support/unstarted.js';
import type { Case } from '../context.js';

/** The numbers for everybody, and the page that shows them. */
export const summaryCases: readonly Case[] = [
  {
    operationId: 'getSummary',
    status: 200,
    name: 'counts what is there',
    request: async ({ world, resident }) => {
      const path = '/api/v1/summary';
      await world.until('the instance of the resident service is counted', async () => {
        const { instances } = await world.ask<Schemas['Summary']>(200, { path });
        return (instances['RUNNING'] ?? 0) > 0 && (await world.service(resident.service.id));
      });
      return { path };
    },
    check: (answer) => {
      const summary = parsed<Schemas['Summary']>(answer);
      expect(summary.clusters['active']).toBeGreaterThan(0);
      expect(summary.services['RUNNING']).toBeGreaterThan(0);
      expect(summary.workers).toBeGreaterThan(0);
      expect(summary.capacity.cpuCores).toBeGreaterThan(0);
      expect(summary.lastSequence).toBeGreaterThan(0);
    },
  },
  {
    operationId: 'getDashboard',
    status: 200,
    name: 'without a token',
    request: () => ({ path: '/ui', token: null }),
    transport: async (_, call) => {
      const { store, close } = await startTestStore();
      const app = await buildTestApp(store, { dashboard: loadDashboard() });
      try {
        return await send(app.http, call);
      } finally {
        await app.stop();
        await close();
      }
    },
    check: (answer) => {
      expect(answer.text).toContain('<div id="root">');
    },
  },
];
