import { expect } from 'vitest';
import { parsed, type Schemas } from '../../support/calls.js';
import type { Case } from '../context.js';
import { validRequest } from '../valid-requests.js';

export const schedulerCases: readonly Case[] = [
  {
    operationId: 'listSchedulers',
    status: 200,
    name: 'with what they have decided',
    request: () => ({ path: '/api/v1/schedulers' }),
    check: (answer) => {
      const [builtIn] = parsed<Schemas['SchedulerList']>(answer).items;
      expect(builtIn).toMatchObject({ name: 'built-in', kind: 'built-in', available: true });
      expect(builtIn?.verdicts['PLACED']).toBeGreaterThan(0);
    },
  },
  {
    operationId: 'testScheduler',
    status: 200,
    name: 'the built-in one',
    request: ({ world, resident }) => validRequest('testScheduler', resident, world),
    check: (answer) => {
      expect(parsed(answer)).toMatchObject({ scheduler: 'built-in', answered: true });
    },
  },
];
