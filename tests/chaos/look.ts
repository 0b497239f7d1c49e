import type { SystemManagerClient } from '@system-manager/client';
import type { Look } from '../simulation/look.js';

type Service = Look['services'][number];

/** All items. The manager is of this version, so no enumeration holds a value that is not known here. */
async function all<Known>(pages: AsyncIterable<unknown>): Promise<Known[]> {
  const items: Known[] = [];
  for await (const item of pages) items.push(item as Known);
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
      ...(await all<Service>(client.paginate('/api/v1/services', { params: { query } }))),
      ...(await all<Service>(client.paginate('/api/v1/services', { params: { query: ended } }))),
    ],
    instances: await all(client.paginate('/api/v1/instances', { params: { query } })),
    operations: await all(client.paginate('/api/v1/operations', { params: { query } })),
    // The history itself says where it ends; that everything was told is held against the resources.
    lastEvent: 0,
  };
}
