import type { SystemManagerClient } from '@system-manager/client';
import type { Look } from '../simulation/look.js';

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

/** Everything that the API shows of the resources. */
export async function lookAround(client: SystemManagerClient): Promise<Look> {
  const limit = 500;
  const query = { limit };
  const ended = { limit, phase: 'UNDEPLOYED' as const };
  return {
    clusters: await all(client.paginate('/api/v1/clusters', { params: { query } })),
    services: [
      ...(await all(client.paginate('/api/v1/services', { params: { query } }))),
      ...(await all(client.paginate('/api/v1/services', { params: { query: ended } }))),
    ],
    instances: await all(client.paginate('/api/v1/instances', { params: { query } })),
    operations: await all(client.paginate('/api/v1/operations', { params: { query } })),
    // The history itself says where it ends; that everything was told is held against the resources.
    lastEvent: 0,
  };
}
