import type { Event, Instance, Phase, PlacementExplanation } from '@system-manager/client';
import { PagedList } from '../live/paged-list.js';
import { Resource } from '../live/resource.js';
import type { Connection } from '../session/connection.js';

export interface InstanceFilter {
  readonly serviceId?: string;
  readonly clusterId?: string;
  readonly phase?: Phase;
}

export const instanceList = ({ client, live }: Connection, filter: InstanceFilter) => {
  const { serviceId, clusterId } = filter;
  const related = [serviceId, clusterId].filter((id) => id !== undefined);
  return new PagedList<Instance>(live, {
    load: (cursor, signal) => {
      const query = { limit: 100, ...filter, ...(cursor && { cursor }) };
      return client.get('/api/v1/instances', { params: { query }, signal });
    },
    concerns: ({ subjectKind, relatedIds = [] }) =>
      subjectKind === 'instance' && related.every((id) => relatedIds.includes(id)),
  });
};

const about = (instanceId: string) => (event: Event) => event.subjectId === instanceId;

export const instanceOf = ({ client, live }: Connection, instanceId: string) =>
  new Resource<Instance>(live, {
    load: (signal) =>
      client.get('/api/v1/instances/{instanceId}', { params: { path: { instanceId } }, signal }),
    concerns: about(instanceId),
    everyMs: 10_000,
  });

export const explanationOf = ({ client, live }: Connection, instanceId: string) =>
  new Resource<PlacementExplanation>(live, {
    load: (signal) =>
      client.get('/api/v1/instances/{instanceId}/explanation', {
        params: { path: { instanceId } },
        signal,
      }),
    concerns: about(instanceId),
  });

/** The history of one instance, oldest first. What came before the last 500 events is left out. */
export const historyOf = ({ client, live }: Connection, instanceId: string) =>
  new Resource<readonly Event[]>(live, {
    load: async (signal) => {
      const query = { subjectId: instanceId, limit: 500, order: 'newestFirst' as const };
      const { items } = await client.get('/api/v1/events', { params: { query }, signal });
      return items.toReversed();
    },
    concerns: about(instanceId),
  });
