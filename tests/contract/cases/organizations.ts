import { expect } from 'vitest';
import { parsed, type Schemas } from '../../support/calls.js';
import { createOrganization, signInNew, type Case } from '../context.js';

const organizationPath = ({ id }: { readonly id: string }): string => `/api/v1/organizations/${id}`;

export const organizationCases: readonly Case[] = [
  {
    operationId: 'listOrganizations',
    status: 200,
    name: 'all of them, to the administrator',
    request: () => ({ path: '/api/v1/organizations' }),
    check: (answer, { world }) => {
      const { items } = parsed<Schemas['OrganizationPage']>(answer);
      expect(items.map(({ id }) => id)).toContain(world.organization.id);
    },
  },
  {
    operationId: 'createOrganization',
    status: 201,
    name: 'a team with a quota',
    request: ({ world }) => ({
      method: 'POST',
      path: '/api/v1/organizations',
      json: { name: world.name('team'), quota: { instances: 5, cpuCores: 0.5 } },
    }),
    check: (answer) => {
      const { quota, used } = parsed<Schemas['Organization']>(answer);
      expect(quota).toEqual({ instances: 5, cpuCores: 0.5 });
      expect(used).toEqual({ instances: 0, cpuCores: 0, memoryMiB: 0 });
    },
  },
  {
    operationId: 'createOrganization',
    status: 409,
    name: 'a name that another one has',
    problem: { code: 'organization-name-in-use', pointers: ['#/name'] },
    request: ({ world }) => ({
      method: 'POST',
      path: '/api/v1/organizations',
      json: { name: world.organization.name },
    }),
  },
  {
    operationId: 'getOrganization',
    status: 200,
    name: 'one of them',
    request: ({ world }) => ({ path: organizationPath(world.organization) }),
  },
  {
    operationId: 'updateOrganization',
    status: 200,
    name: 'another quota, as a whole',
    request: async ({ world }) => {
      const organization = await createOrganization(world, world.name('team'), { instances: 5 });
      return {
        method: 'PATCH',
        path: organizationPath(organization),
        json: { quota: { memoryMiB: 1024 } },
      };
    },
    check: (answer) => {
      expect(parsed<Schemas['Organization']>(answer)).toMatchObject({
        quota: { memoryMiB: 1024 },
        version: 2,
      });
    },
  },
  {
    operationId: 'removeOrganization',
    status: 204,
    name: 'one to which nothing belongs',
    request: async ({ world }) => ({
      method: 'DELETE',
      path: organizationPath(await createOrganization(world, world.name('team'))),
    }),
    check: async (_, { world }, { path }) => {
      await world.ask(404, { path });
    },
  },
  {
    operationId: 'removeOrganization',
    status: 409,
    name: 'one that has users',
    problem: { code: 'organization-in-use' },
    request: async ({ world }) => {
      const organization = await createOrganization(world, world.name('team'));
      await signInNew(world, ['viewer'], organization.id);
      return { method: 'DELETE', path: organizationPath(organization) };
    },
  },
];
