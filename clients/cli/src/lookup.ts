/** From what people type to what the contract calls by id. */
import type { Cluster, Instance, Service, SystemManagerClient } from '@system-manager/client';
import { CommandFailed, UsageError } from './errors.js';

const idPattern = /^[0-9a-f]{24}$/;

/** Whether it looks like an id of the contract. */
export const isId = (text: string): boolean => idPattern.test(text);

/** All items of a list. */
export async function all<Item>(pages: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

/**
 * A service by name, as `APPLICATION.NAME` (as operations name it), or by id.
 *
 * @throws CommandFailed - there is none
 * @throws UsageError - several applications have one
 */
export async function findService(
  client: SystemManagerClient,
  typed: string,
  application?: string,
): Promise<Service> {
  if (isId(typed)) {
    const path = { serviceId: typed };
    return client.get('/api/v1/services/{serviceId}', { params: { path } });
  }
  const [name = '', within = application] = typed.split('.').reverse();
  const query = { name, ...(within === undefined ? {} : { application: within }) };
  const found = await all(client.paginate('/api/v1/services', { params: { query } }));
  const [first, ...more] = found;
  if (first === undefined)
    throw new CommandFailed(
      `there is no service ${typed}`,
      'smctl get services lists what there is.',
    );
  if (more.length > 0) {
    const names = found.map((each) => each.application).join(', ');
    throw new UsageError(`several applications have a service ${typed} (${names}): --application`);
  }
  return first;
}

/** A cluster by name or id. @throws CommandFailed - there is none */
export async function findCluster(client: SystemManagerClient, typed: string): Promise<Cluster> {
  const query = { limit: 500 };
  for await (const cluster of client.paginate('/api/v1/clusters', { params: { query } }))
    if (cluster.name === typed || cluster.id === typed) return cluster;
  throw new CommandFailed(
    `there is no cluster ${typed}`,
    'smctl get clusters lists what there is.',
  );
}

/** All instances of a service, by ordinal. */
export async function instancesOf(
  client: SystemManagerClient,
  serviceId: string,
): Promise<Instance[]> {
  const query = { serviceId, limit: 500 };
  const found = await all(client.paginate('/api/v1/instances', { params: { query } }));
  return found.sort((one, other) => one.ordinal - other.ordinal);
}

/** An instance by id, or as `SERVICE/ORDINAL`. @throws CommandFailed - there is none */
export async function findInstance(
  client: SystemManagerClient,
  typed: string,
  application?: string,
): Promise<Instance> {
  if (isId(typed)) {
    const path = { instanceId: typed };
    return client.get('/api/v1/instances/{instanceId}', { params: { path } });
  }
  const [name = '', ordinal, ...rest] = typed.split('/');
  if (ordinal === undefined || !/^\d+$/.test(ordinal) || rest.length > 0)
    throw new UsageError(`an instance is named by its id, or as SERVICE/ORDINAL: not ${typed}`);
  const service = await findService(client, name, application);
  const found = (await instancesOf(client, service.id)).find(
    (instance) => instance.ordinal === Number(ordinal),
  );
  if (found) return found;
  throw new CommandFailed(
    `${name} has no instance ${ordinal}`,
    `smctl get instances --service ${name} lists what there is.`,
  );
}
