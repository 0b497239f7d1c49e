import { expect } from 'vitest';
import { enrolmentToken, startTestStore } from '../../support/app.js';
import { buildTestApp } from '../../support/unstarted.js';
import { parsed, send, type Schemas } from '../../support/calls.js';
import { contract } from '../../support/contract.js';
import type { Case } from '../context.js';

export const systemCases: readonly Case[] = [
  {
    operationId: 'getVersion',
    status: 200,
    name: 'for the administrator',
    request: () => ({ path: '/api/v1/version' }),
    check: (answer) => {
      expect(parsed<Schemas['Version']>(answer)).toMatchObject({
        contract: contract.document.info.version,
        node: process.version,
      });
    },
  },
  {
    operationId: 'getVersion',
    status: 200,
    name: 'for whoever wants to enrol',
    request: () => ({ path: '/api/v1/version', token: enrolmentToken }),
  },
  {
    operationId: 'getVersion',
    status: 200,
    name: 'for a cluster',
    request: ({ resident }) => ({ path: '/api/v1/version', token: resident.cluster.credential }),
  },
  {
    operationId: 'getStorm',
    status: 200,
    name: 'while there is none',
    request: () => ({ path: '/api/v1/system/storm' }),
    check: (answer) => {
      expect(parsed(answer)).toEqual({ active: false, of: 0, vanished: [] });
    },
  },
  {
    operationId: 'releaseStorm',
    status: 200,
    name: 'while there is none changes nothing',
    request: () => ({ method: 'POST', path: '/api/v1/system/storm/release' }),
    check: (answer) => {
      expect(parsed(answer)).toEqual({ active: false, of: 0, vanished: [] });
    },
  },
  {
    operationId: 'getHealth',
    status: 200,
    name: 'without a token',
    request: () => ({ path: '/healthz', token: null }),
  },
  {
    operationId: 'getReadiness',
    status: 200,
    name: 'without a token, once started',
    request: () => ({ path: '/readyz', token: null }),
    check: (answer) => {
      const { checks } = parsed<Schemas['Readiness']>(answer);
      expect(checks).toEqual({ store: 'ok', feed: 'ok', control: 'ok' });
    },
  },
  {
    operationId: 'getReadiness',
    status: 503,
    name: 'before the start',
    problem: { code: 'unavailable' },
    request: () => ({ path: '/readyz', token: null }),
    transport: async (_, call) => {
      const { store, close } = await startTestStore();
      const app = await buildTestApp(store);
      try {
        return await send(app.http, call);
      } finally {
        await app.stop();
        await close();
      }
    },
  },
  {
    operationId: 'getMetrics',
    status: 200,
    name: 'in the text format of Prometheus',
    request: () => ({ path: '/metrics' }),
    check: (answer) => {
      expect(answer.text).toMatch(/^# TYPE sm_gateway_sessions gauge$/m);
    },
  },
  {
    operationId: 'getContract',
    status: 200,
    name: 'as it was written, without a token',
    request: () => ({ path: '/openapi.yaml', token: null }),
    check: (answer) => {
      expect(answer.text).toBe(contract.text);
    },
  },
  {
    operationId: 'getDocs',
    status: 200,
    name: 'without a token',
    request: () => ({ path: '/docs', token: null }),
    check: (answer) => {
      expect(answer.text).toContain('swagger-ui');
    },
  },
];
