import type { components, Operation } from '@system-manager/client';
import { Resource } from '../live/resource.js';
import type { Connection } from '../session/connection.js';

export type Summary = components['schemas']['Summary'];

export const summaryOf = ({ client, live }: Connection) =>
  new Resource<Summary>(live, {
    load: (signal) => client.get('/api/v1/summary', { signal }),
    concerns: () => true,
    upTo: ({ lastSequence }) => lastSequence,
  });

/** What is under way, newest first. */
export const runningOperations = ({ client, live }: Connection) =>
  new Resource<readonly Operation[]>(live, {
    load: async (signal) => {
      const query = { state: 'running' as const, limit: 20 };
      const { items } = await client.get('/api/v1/operations', { params: { query }, signal });
      return items;
    },
    concerns: ({ subjectKind }) => subjectKind === 'operation',
  });
