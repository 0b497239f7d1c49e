/** Tokens with which clusters enrol, and what is decided about clusters that came with them. */
import { expect } from 'vitest';
import { parsed, type Call, type Schemas } from '../../support/calls.js';
import type { World } from '../../support/world.js';
import { createEnrolmentToken, type Case } from '../context.js';

const register = (token: string, name: string): Call => ({
  method: 'POST',
  path: '/api/v1/clusters',
  token,
  json: { name },
});

/** A cluster that waits for approval. */
async function pendingCluster(world: World): Promise<Schemas['ClusterRegistered']> {
  const { token } = await createEnrolmentToken(world, { requiresApproval: true });
  const registered = await world.ask<Schemas['ClusterRegistered']>(
    201,
    register(token, world.name('pending')),
  );
  expect(registered.cluster).toMatchObject({ state: 'pending', admission: 'pending' });
  return registered;
}

const report = (id: string, token: string): Call => ({
  method: 'POST',
  path: `/api/v1/clusters/${id}/reports`,
  token,
  json: { session: 1, sequence: 1, instances: [] },
});

const decide = (id: string, verb: 'approve' | 'reject' | 'revoke'): Call => ({
  method: 'POST',
  path: `/api/v1/clusters/${id}/${verb}`,
});

const tokenCases: readonly Case[] = [
  {
    operationId: 'listEnrolmentTokens',
    status: 200,
    name: 'without the tokens themselves',
    request: () => ({ path: '/api/v1/enrolment-tokens?limit=500' }),
    check: (answer, { world }) => {
      const { items } = parsed<Schemas['EnrolmentTokenPage']>(answer);
      expect(items).toContainEqual(world.enrolmentToken.enrolmentToken);
      expect(answer.text).not.toContain('sme_');
    },
  },
  {
    operationId: 'createEnrolmentToken',
    status: 201,
    name: 'for one cluster, and no other',
    request: () => ({
      method: 'POST',
      path: '/api/v1/enrolment-tokens',
      json: { clusterName: 'only-this-one', hours: 1 },
    }),
    check: async (answer, { world }) => {
      const { token, enrolmentToken } = parsed<Schemas['EnrolmentTokenCreated']>(answer);
      expect(enrolmentToken).toMatchObject({ uses: 1, usesLeft: 1, requiresApproval: false });
      await world.ask(403, register(token, world.name('another')));
      const { cluster } = await world.ask<Schemas['ClusterRegistered']>(
        201,
        register(token, 'only-this-one'),
      );
      expect(cluster).toMatchObject({ state: 'registered', admission: 'approved' });
    },
  },
  {
    operationId: 'createEnrolmentToken',
    status: 400,
    name: 'for an organization that nobody knows',
    problem: { code: 'validation-failed', pointers: ['#/organizationId'] },
    request: () => ({
      method: 'POST',
      path: '/api/v1/enrolment-tokens',
      json: { organizationId: 'f'.repeat(24) },
    }),
  },
  {
    operationId: 'registerCluster',
    status: 403,
    name: 'with an enrolment token that is used up',
    problem: { code: 'enrolment-token-spent' },
    request: async ({ world }) => {
      const { token } = await createEnrolmentToken(world);
      await world.ask(201, register(token, world.name('first')));
      return register(token, world.name('second'));
    },
  },
  {
    operationId: 'revokeEnrolmentToken',
    status: 204,
    name: 'nobody knows it any more',
    request: async ({ world }) => {
      const { enrolmentToken, token } = await createEnrolmentToken(world);
      await world.ask(200, { path: '/api/v1/version', token });
      return { method: 'DELETE', path: `/api/v1/enrolment-tokens/${enrolmentToken.id}` };
    },
    check: async (_, { world }, { path }) => {
      await world.ask(404, { method: 'DELETE', path });
    },
  },
];

const decisionCases: readonly Case[] = [
  {
    operationId: 'approveCluster',
    status: 200,
    name: 'one that waits; then it is heard',
    request: async ({ world }) => {
      const { cluster, credential } = await pendingCluster(world);
      await world.ask(403, report(cluster.id, credential));
      return { ...decide(cluster.id, 'approve'), headers: { 'x-request-id': credential } };
    },
    check: async (answer, { world }, { headers }) => {
      const { id, state, admission } = parsed<Schemas['Cluster']>(answer);
      expect([state, admission]).toEqual(['registered', 'approved']);
      await world.ask(200, report(id, headers?.['x-request-id'] ?? ''));
    },
  },
  {
    operationId: 'submitReport',
    status: 403,
    name: 'of a cluster that waits for approval',
    problem: { code: 'cluster-pending' },
    request: async ({ world }) => {
      const { cluster, credential } = await pendingCluster(world);
      return report(cluster.id, credential);
    },
  },
  {
    operationId: 'rejectCluster',
    status: 200,
    name: 'one that waits',
    request: async ({ world }) => decide((await pendingCluster(world)).cluster.id, 'reject'),
    check: (answer) => {
      expect(parsed(answer)).toMatchObject({ state: 'rejected', admission: 'rejected' });
    },
  },
  {
    operationId: 'rejectCluster',
    status: 409,
    name: 'one that takes part',
    problem: { code: 'illegal-transition' },
    request: async ({ world }) => decide((await world.register()).id, 'reject'),
  },
  {
    operationId: 'revokeCluster',
    status: 200,
    name: 'one that takes part',
    request: async ({ world }) => decide((await world.activeCluster()).id, 'revoke'),
    check: (answer) => {
      expect(parsed(answer)).toMatchObject({
        state: 'revoked',
        admission: 'revoked',
        schedulable: false,
      });
    },
  },
  {
    operationId: 'revokeCluster',
    status: 409,
    name: 'one that waits for approval',
    problem: { code: 'illegal-transition' },
    request: async ({ world }) => decide((await pendingCluster(world)).cluster.id, 'revoke'),
  },
  {
    operationId: 'forgetClusterCertificate',
    status: 200,
    name: 'one that has none',
    request: async ({ world }) => ({
      method: 'DELETE',
      path: `/api/v1/clusters/${(await world.register()).id}/certificate`,
    }),
    check: (answer) => {
      expect(parsed(answer)).not.toHaveProperty('certificateKey');
    },
  },
  ...(['the administrator', 'the cluster itself'] as const).map((who): Case => ({
    operationId: 'rotateClusterCredential',
    status: 200,
    name: `by ${who}; the old one is good until the new one is used`,
    request: async ({ world }) => {
      const { id, credential } = await world.register();
      const call = { method: 'POST', path: `/api/v1/clusters/${id}/credential` } as const;
      return who === 'the cluster itself' ? { ...call, token: credential } : call;
    },
    check: async (answer, { world }, { path, token }) => {
      const { credential } = parsed<Schemas['ClusterCredential']>(answer);
      const knows = async (given: string) =>
        (await world.send({ path: '/api/v1/version', token: given })).status;
      if (token) expect(await knows(token)).toBe(200);
      const id = path.split('/')[4] ?? '';
      await world.ask(200, report(id, credential));
      if (token) expect(await knows(token)).toBe(401);
    },
  })),
  {
    operationId: 'rotateClusterCredential',
    status: 403,
    name: 'by a cluster that was shut out',
    problem: { code: 'cluster-revoked' },
    request: async ({ world }) => {
      const { id, credential } = await world.activeCluster();
      await world.ask(200, decide(id, 'revoke'));
      return { method: 'POST', path: `/api/v1/clusters/${id}/credential`, token: credential };
    },
  },
];

export const enrolmentCases: readonly Case[] = [...tokenCases, ...decisionCases];
