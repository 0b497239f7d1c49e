import {
  type Belongings,
  createOrganization,
  getOrganization,
  removeOrganization,
  updateOrganization,
} from '../../domain/access/organizations.js';
import type { Amounts, Organization, Quota } from '../../domain/access/organization.js';
import type { AccessPorts } from '../../domain/access/ports.js';
import { accessFor, organizationOf } from '../../domain/access/tenancy.js';
import { defined, toTimestamp } from '../../wire/values.js';
import type { Handlers, Schema } from '../contract.js';
import { fromPage, toPageRequest } from '../paging.js';
import { etag, expectedVersion } from '../views.js';

const fromQuota = ({ instances, cpuCores, memoryMiB }: Schema<'Quota'>): Quota =>
  defined({
    instances,
    memoryMiB,
    cpuMillicores: cpuCores === undefined ? undefined : Math.round(cpuCores * 1000),
  });

const toQuota = ({ instances, cpuMillicores, memoryMiB }: Quota): Schema<'Quota'> =>
  defined({
    instances,
    memoryMiB,
    cpuCores: cpuMillicores === undefined ? undefined : cpuMillicores / 1000,
  });

const toUsed = ({ instances, cpuMillicores, memoryMiB }: Amounts): Schema<'OrganizationUse'> => ({
  instances,
  cpuCores: cpuMillicores / 1000,
  memoryMiB,
});

const toOrganization = (organization: Organization): Schema<'Organization'> => ({
  ...defined({ displayName: organization.displayName }),
  id: organization.id,
  name: organization.name,
  quota: toQuota(organization.quota),
  used: toUsed(organization.used),
  createdAt: toTimestamp(organization.createdAt),
  updatedAt: toTimestamp(organization.updatedAt),
  version: organization.version,
});

/** Teams that share the installation. */
export const organizationHandlers = (access: AccessPorts, belongings: Belongings) => {
  const answer = (organization: Organization) => ({
    status: 200 as const,
    headers: { ETag: etag(organization) },
    body: toOrganization(organization),
  });
  return {
    listOrganizations: async ({ principal, query }) => {
      const own = organizationOf(principal);
      const page =
        own === undefined
          ? await access.organizations.list(toPageRequest(query))
          : { items: [await getOrganization(access, own)] };
      return { status: 200, body: fromPage(page, toOrganization) };
    },
    createOrganization: async ({ body }) => {
      const organization = await createOrganization(access, {
        ...defined({ displayName: body.displayName }),
        name: body.name,
        quota: fromQuota(body.quota ?? {}),
      });
      return {
        status: 201,
        headers: {
          Location: `/api/v1/organizations/${organization.id}`,
          ETag: etag(organization),
        },
        body: toOrganization(organization),
      };
    },
    getOrganization: async ({ principal, path }) =>
      answer(await getOrganization(accessFor(access, principal), path.organizationId)),
    updateOrganization: async ({ path, header, body }) => {
      const change = defined({
        displayName: body.displayName,
        quota: body.quota && fromQuota(body.quota),
      });
      const version = expectedVersion(header['If-Match']);
      return answer(await updateOrganization(access, path.organizationId, change, version));
    },
    removeOrganization: async ({ path, header }) => {
      const version = expectedVersion(header['If-Match']);
      await removeOrganization(access, belongings, path.organizationId, version);
      return { status: 204, body: undefined };
    },
  } satisfies Partial<Handlers>;
};
