import { expect } from 'vitest';
import { enrolmentToken, schedulerToken } from '../../support/app.js';
import type { Answer } from '../../support/calls.js';
import { subprotocol, upgrade } from '../../support/upgrade.js';
import type { Case } from '../context.js';
import { validRequest } from '../valid-requests.js';

const throughUpgrade: NonNullable<Case['transport']> = ({ world }, call) =>
  upgrade(world.manager.url, call);

/** The gateway answers upgrades before there is a request with an id. */
const withRequestId: NonNullable<Case['transport']> = async (context, call) => {
  const answer: Answer = await throughUpgrade(context, call);
  expect(answer.headers['connection']).toBe('close');
  return answer;
};

export const gatewayCases: readonly Case[] = [
  {
    operationId: 'connectAgent',
    status: 101,
    name: 'with the enrolment token',
    request: () => ({ path: '/register', token: enrolmentToken }),
    transport: throughUpgrade,
    check: (answer) => {
      expect(answer.headers['sec-websocket-protocol']).toBe(subprotocol);
    },
  },
  {
    operationId: 'connectAgent',
    status: 101,
    name: 'with the credential of a cluster',
    request: ({ resident }) => ({ path: '/register', token: resident.cluster.credential }),
    transport: throughUpgrade,
  },
  ...(['connectAgent', 'connectScheduler'] as const).map((operationId): Case => ({
    operationId,
    status: 426,
    name: 'without an upgrade',
    problem: { code: 'upgrade-required' },
    request: ({ world, resident }) => validRequest(operationId, resident, world),
    check: (answer) => {
      expect(answer.headers['upgrade']).toBe('websocket');
    },
  })),
  {
    operationId: 'connectScheduler',
    status: 101,
    name: 'with the scheduler token',
    request: () => ({ path: '/schedule', token: schedulerToken }),
    transport: throughUpgrade,
    check: (answer) => {
      expect(answer.headers['sec-websocket-protocol']).toBe(subprotocol);
    },
  },
  {
    operationId: 'connectScheduler',
    status: 101,
    name: 'with the token of the administrator',
    request: () => ({ path: '/schedule' }),
    transport: throughUpgrade,
  },
  ...(['connectAgent', 'connectScheduler'] as const).flatMap((operationId) =>
    ([401, 403] as const).map((status): Case => ({
      operationId,
      status,
      name: 'in the upgrade',
      problem: { code: status === 401 ? 'unauthenticated' : 'forbidden' },
      request: () => {
        const path = operationId === 'connectAgent' ? '/register' : '/schedule';
        if (status === 401) return { path, token: 'nobody-knows-this-token' };
        return operationId === 'connectAgent' ? { path } : { path, token: enrolmentToken };
      },
      transport: withRequestId,
    })),
  ),
];
