import type { ServiceStore, UnitOfWork } from '../ports.js';
import type { Service } from '../service/service.js';
import { charge, sameAmounts, wantedBy } from './organization.js';
import { getOrganization } from './organizations.js';
import type { OrganizationStore } from './ports.js';

/**
 * Services whose wishes are held against the quota of their organization, whoever wishes. What an organization uses is written in the
 * transaction of the wish, on the condition that it is still what was read: of two wishes at once that fit only alone, one is refused.
 */
export function withQuotas(
  services: ServiceStore,
  organizations: OrganizationStore,
  work: UnitOfWork,
): ServiceStore {
  const settle = async (before: Service | undefined, after: Service): Promise<void> => {
    if (after.organizationId === undefined) return;
    const [old, wanted] = [wantedBy(before), wantedBy(after)];
    if (before !== undefined && sameAmounts(old, wanted)) return;
    const organization = await getOrganization({ organizations }, after.organizationId);
    await organizations.settle(organization, charge(organization, old, wanted));
  };
  return {
    ...services,
    insert: (service) =>
      work.transaction(async () => {
        await settle(undefined, service);
        await services.insert(service);
      }),
    replace: (service) =>
      work.transaction(async () => {
        if (service.organizationId !== undefined)
          await settle(await services.find(service.id), service);
        return services.replace(service);
      }),
  };
}
