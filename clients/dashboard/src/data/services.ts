import type { components, Operation, Service } from '@system-manager/client';
import { PagedList } from '../live/paged-list.js';
import { Resource } from '../live/resource.js';
import type { Connection } from '../session/connection.js';

export interface ServiceFilter {
  readonly name: string;
  readonly application: string;
}

export const serviceList = ({ client, live }: Connection, { name, application }: ServiceFilter) =>
  new PagedList<Service>(live, {
    load: (cursor, signal) => {
      const query = {
        limit: 100,
        ...(name && { name }),
        ...(application && { application }),
        ...(cursor && { cursor }),
      };
      return client.get('/api/v1/services', { params: { query }, signal });
    },
    concerns: ({ subjectKind }) => subjectKind === 'service' || subjectKind === 'instance',
  });

const aboutService =
  (serviceId: string) =>
  ({ subjectId, relatedIds }: { subjectId: string; relatedIds?: readonly string[] }): boolean =>
    subjectId === serviceId || relatedIds?.includes(serviceId) === true;

export const serviceOf = ({ client, live }: Connection, serviceId: string) =>
  new Resource<Service>(live, {
    load: (signal) =>
      client.get('/api/v1/services/{serviceId}', { params: { path: { serviceId } }, signal }),
    concerns: aboutService(serviceId),
  });

export type Revision = components['schemas']['Revision'];

export const revisionsOf = ({ client, live }: Connection, serviceId: string) =>
  new Resource<readonly Revision[]>(live, {
    load: async (signal) => {
      const path = { serviceId };
      const answer = await client.get('/api/v1/services/{serviceId}/revisions', {
        params: { path },
        signal,
      });
      return answer.items.toSorted((a, b) => b.revision - a.revision);
    },
    concerns: ({ subjectId }) => subjectId === serviceId,
  });

/** The last operations on something, newest first. */
export const operationsOf = ({ client, live }: Connection, subjectId: string) =>
  new Resource<readonly Operation[]>(live, {
    load: async (signal) => {
      const query = { subjectId, limit: 10 };
      const { items } = await client.get('/api/v1/operations', { params: { query }, signal });
      return items;
    },
    concerns: ({ subjectKind, relatedIds }) =>
      subjectKind === 'operation' && relatedIds?.includes(subjectId) === true,
  });
