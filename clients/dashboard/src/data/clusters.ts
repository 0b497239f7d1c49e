import type { Cluster, Event, Worker } from '@system-manager/client';
import type { Connection } from '../session/connection.js';
import { PagedList } from '../live/paged-list.js';
import { Resource } from '../live/resource.js';

export interface ClusterFilter {
  readonly name: string;
  readonly location: string;
  /** Empty: any. */
  readonly state: '' | 'registered' | 'active' | 'inactive' | 'removing';
}

const pageSize = 100;

const aboutClusters = ({ subjectKind, type }: Event): boolean =>
  subjectKind === 'cluster' || type === 'instance.placed' || type === 'instance.unplaced';

const filled = <T extends object>(query: T): Partial<T> =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')) as Partial<T>;

export const clusterList = ({ client, live }: Connection, filter: ClusterFilter) =>
  new PagedList<Cluster>(live, {
    load: (cursor, signal) => {
      const { state, ...rest } = filter;
      const query = { limit: pageSize, ...filled(rest), ...(state && { state }), ...(cursor && { cursor }) };
      return client.get('/api/v1/clusters', { params: { query }, signal });
    },
    concerns: aboutClusters,
  });

export const clusterOf = ({ client, live }: Connection, clusterId: string) =>
  new Resource<Cluster>(live, {
    load: (signal) =>
      client.get('/api/v1/clusters/{clusterId}', { params: { path: { clusterId } }, signal }),
    concerns: ({ subjectId, relatedIds }) =>
      subjectId === clusterId || relatedIds?.includes(clusterId) === true,
    // Heartbeats and measured use are no events.
    everyMs: 5_000,
  });

/** Every cluster, for the map: it needs where each of them is. */
export const allClusters = ({ client, live }: Connection) =>
  new Resource<readonly Cluster[]>(live, {
    load: async (signal) => {
      const clusters: Cluster[] = [];
      const query = { limit: 500 };
      for await (const cluster of client.paginate('/api/v1/clusters', { params: { query }, signal }))
        clusters.push(cluster);
      return clusters;
    },
    concerns: ({ subjectKind }) => subjectKind === 'cluster',
  });

/** Names of clusters that take instances, to choose a destination from; with very many clusters the first of them. */
export const destinations = ({ client, live }: Connection) =>
  new Resource<readonly string[]>(live, {
    load: async (signal) => {
      const query = { limit: 500, state: 'active' as const };
      const { items } = await client.get('/api/v1/clusters', { params: { query }, signal });
      return items.filter(({ schedulable }) => schedulable).map(({ name }) => name);
    },
    concerns: ({ subjectKind }) => subjectKind === 'cluster',
  });

/** A worker as a list shows it. Its name is unique in its cluster. */
export type ListedWorker = Worker & { readonly id: string };

export const workerList = ({ client, live }: Connection, clusterId: string) =>
  new PagedList<ListedWorker>(live, {
    load: async (cursor, signal) => {
      const { items, nextCursor } = await client.get('/api/v1/clusters/{clusterId}/workers', {
        params: { path: { clusterId }, query: { limit: pageSize, ...(cursor && { cursor }) } },
        signal,
      });
      const named = items.map((worker) => ({ ...worker, id: worker.name }));
      return { items: named, ...(nextCursor && { nextCursor }) };
    },
    concerns: ({ subjectId }) => subjectId === clusterId,
  });
