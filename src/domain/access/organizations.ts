import { DomainError } from '../errors.js';
import type { ClusterStore, ServiceStore } from '../ports.js';
import { requireVersion } from '../versions.js';
import type { WebhookStore } from '../webhook/ports.js';
import { noAmounts, type Guest, type Organization, type Quota } from './organization.js';
import type { AccessPorts, OrganizationStore } from './ports.js';

/** What a new organization is made of. */
export interface OrganizationWish {
  readonly name: string;
  readonly displayName?: string | undefined;
  readonly quota?: Quota | undefined;
}

/** What can be changed of an organization; what is absent stays. A quota is replaced as a whole. */
export type OrganizationChange = Pick<OrganizationWish, 'displayName' | 'quota'>;

/** @throws DomainError `organization-not-found` - also for one that the caller does not belong to */
export async function getOrganization(
  ports: Pick<AccessPorts, 'organizations'> & { readonly organizationId?: string | undefined },
  id: string,
): Promise<Organization> {
  const foreign = ports.organizationId !== undefined && ports.organizationId !== id;
  const organization = foreign ? undefined : await ports.organizations.find(id);
  if (organization) return organization;
  throw new DomainError('organization-not-found', 'There is no organization with this id.');
}

/** @throws DomainError `organization-name-in-use` */
export async function createOrganization(
  ports: AccessPorts,
  wish: OrganizationWish,
): Promise<Organization> {
  const now = ports.now();
  const organization: Organization = {
    id: ports.newId(),
    name: wish.name,
    displayName: wish.displayName,
    quota: wish.quota ?? {},
    used: noAmounts,
    createdAt: now,
    updatedAt: now,
    version: 1,
    ledgerVersion: 1,
  };
  await ports.organizations.insert(organization);
  return organization;
}

/** @throws DomainError `organization-not-found`, `version-mismatch` */
export const updateOrganization = (
  ports: AccessPorts,
  id: string,
  change: OrganizationChange,
  version: number | undefined,
): Promise<Organization> =>
  ports.work.transaction(async () => {
    const organization = await getOrganization(ports, id);
    requireVersion(organization, version);
    return ports.organizations.replace({
      ...organization,
      displayName: change.displayName ?? organization.displayName,
      quota: change.quota ?? organization.quota,
      updatedAt: ports.now(),
    });
  });

/** What interfaces can change where organizations have other names and guests. */
export type OrganizationShape = Pick<OrganizationWish, 'displayName'> & {
  readonly name?: string | undefined;
  /** All of them. */
  readonly guests?: readonly Guest[] | undefined;
};

/** What is absent stays. @throws DomainError `organization-not-found`, `organization-name-in-use` */
export const reshapeOrganization = (
  ports: AccessPorts,
  id: string,
  shape: OrganizationShape,
): Promise<Organization> =>
  ports.work.transaction(async () => {
    const organization = await getOrganization(ports, id);
    return ports.organizations.replace({
      ...organization,
      name: shape.name ?? organization.name,
      displayName: shape.displayName ?? organization.displayName,
      guests: shape.guests ?? organization.guests,
      updatedAt: ports.now(),
    });
  });

/**
 * Notes that something begins to belong to the organization, so that it cannot be removed at the same time.
 *
 * @throws DomainError `organization-not-found`; `write-conflict` - try the transaction again
 */
export async function joinOrganization(
  organizations: OrganizationStore,
  id: string,
): Promise<void> {
  const organization = await getOrganization({ organizations }, id);
  await organizations.settle(organization, organization.used);
}

/** What may belong to an organization, beside users and keys. */
export interface Belongings {
  readonly services: Pick<ServiceStore, 'list'>;
  readonly clusters: Pick<ClusterStore, 'list'>;
  readonly webhooks: Pick<WebhookStore, 'removeOf'>;
}

/**
 * Removes an organization to which nothing belongs any more; its API keys, enrolment tokens and webhooks go with it.
 *
 * @throws DomainError `organization-not-found`, `version-mismatch`, `organization-in-use`
 */
export const removeOrganization = (
  ports: AccessPorts,
  { services, clusters, webhooks }: Belongings,
  id: string,
  version: number | undefined,
): Promise<void> =>
  ports.work.transaction(async () => {
    const organization = await getOrganization(ports, id);
    requireVersion(organization, version);
    const one = { limit: 1 };
    const left = [
      ['users', await ports.users.list({ organizationId: id }, one)],
      ['services', await services.list({ organizationId: id }, one)],
      ['clusters', await clusters.list({ organizationId: id }, one)],
    ] as const;
    const still = left.filter(([, { items }]) => items.length > 0).map(([name]) => name);
    if (still.length > 0)
      throw new DomainError(
        'organization-in-use',
        `The organization ${organization.name} has ${still.join(' and ')} still; remove these first.`,
      );
    await ports.apiKeys.removeOf(id);
    await ports.enrolmentTokens.removeOf(id);
    await webhooks.removeOf(id);
    await ports.organizations.remove(organization);
  });
