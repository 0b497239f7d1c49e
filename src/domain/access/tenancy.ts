/**
 * What somebody who belongs to an organization can see and do. Verbs are given stores in which only that exists: to them another
 * organization's id is the same as one that nobody has, and so are the answers.
 */
import type { Cluster } from '../cluster/cluster.js';
import { DomainError } from '../errors.js';
import type { ClusterStore, Ports } from '../ports.js';
import { joinOrganization } from './organizations.js';
import type { AccessPorts, OrganizationStore } from './ports.js';
import type { Principal } from './principal.js';

/** The organization that somebody belongs to; nothing for those who act for the whole installation. */
export const organizationOf = (principal: Principal | undefined): string | undefined =>
  principal !== undefined && 'organizationId' in principal ? principal.organizationId : undefined;

interface Owned {
  readonly organizationId?: string | undefined;
}

const notYours = (): DomainError =>
  new DomainError('forbidden', 'This cluster is changed by the installation alone.');

/** Clusters of the installation serve everybody, and are changed by the installation alone. */
function clustersOf(
  clusters: ClusterStore,
  organizations: OrganizationStore,
  organizationId: string,
): ClusterStore {
  const visible = ({ organizationId: owner }: Owned): boolean =>
    owner === undefined || owner === organizationId;
  return {
    ...clusters,
    async find(id) {
      const cluster = await clusters.find(id);
      return cluster && visible(cluster) ? cluster : undefined;
    },
    list: (filter, page) => clusters.list({ ...filter, visibleTo: organizationId }, page),
    all: async () => (await clusters.all()).filter(visible),
    async offerCredential(id, hash) {
      const cluster = await clusters.find(id);
      if (cluster && cluster.organizationId !== organizationId) throw notYours();
      return clusters.offerCredential(id, hash);
    },
    async insert(cluster) {
      await joinOrganization(organizations, organizationId);
      await clusters.insert(cluster);
    },
    async replace(cluster: Cluster) {
      if (cluster.organizationId !== organizationId) throw notYours();
      return clusters.replace(cluster);
    },
  };
}

/** The same ports, narrowed to what the principal can see. */
export function portsFor(
  ports: Ports,
  organizations: OrganizationStore,
  principal: Principal | undefined,
): Ports {
  const organizationId = organizationOf(principal);
  if (organizationId === undefined) return ports;
  const own = (item: Owned): boolean => item.organizationId === organizationId;
  const ownOrNothing = <T extends Owned>(item: T | undefined): T | undefined =>
    item && own(item) ? item : undefined;
  const { services, instances, operations, events } = ports;
  return {
    ...ports,
    organizationId,
    clusters: clustersOf(ports.clusters, organizations, organizationId),
    services: {
      ...services,
      find: async (id) => ownOrNothing(await services.find(id)),
      list: (filter, page) => services.list({ ...filter, organizationId }, page),
    },
    instances: {
      ...instances,
      find: async (id) => ownOrNothing(await instances.find(id)),
      findMany: async (ids) => (await instances.findMany(ids)).filter(own),
      list: (filter, page) => instances.list({ ...filter, organizationId }, page),
      liveOf: async (serviceId) => (await instances.liveOf(serviceId)).filter(own),
    },
    operations: {
      ...operations,
      find: async (id) => ownOrNothing(await operations.find(id)),
      list: (filter, page) => operations.list({ ...filter, organizationId }, page),
      openFor: async (ids) => (await operations.openFor(ids)).filter(own),
    },
    events: {
      read: (after, limit, subjectId) => events.read(after, limit, subjectId, organizationId),
      readBack: (before, limit, subjectId) =>
        events.readBack(before, limit, subjectId, organizationId),
      next: (after, limit, subjectId) => events.next(after, limit, subjectId, organizationId),
      bounds: () => events.bounds(),
      onAppend: (listener) => events.onAppend(listener),
    },
  };
}

/** The same for people and keys. */
export function accessFor(access: AccessPorts, principal: Principal | undefined): AccessPorts {
  const organizationId = organizationOf(principal);
  if (organizationId === undefined) return access;
  const { users, apiKeys, enrolmentTokens } = access;
  const ownOrNothing = <T extends Owned>(item: T | undefined): T | undefined =>
    item?.organizationId === organizationId ? item : undefined;
  return {
    ...access,
    organizationId,
    users: {
      ...users,
      find: async (id) => ownOrNothing(await users.find(id)),
      list: (filter, page) => users.list({ ...filter, organizationId }, page),
    },
    apiKeys: {
      ...apiKeys,
      find: async (id) => ownOrNothing(await apiKeys.find(id)),
      list: (filter, page) => apiKeys.list({ ...filter, organizationId }, page),
    },
    enrolmentTokens: {
      ...enrolmentTokens,
      find: async (id) => ownOrNothing(await enrolmentTokens.find(id)),
      list: (filter, page) => enrolmentTokens.list({ ...filter, organizationId }, page),
    },
  };
}
