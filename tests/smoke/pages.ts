/** What the example service shows of itself: the page of each instance, and the process behind it. */
import type { Instance, SystemManagerClient } from '@system-manager/client';
import { until } from '../../scripts/plant.js';
import { must } from './table.js';

/** A page that was fetched from an instance. */
export interface Page {
  readonly instanceId: string;
  readonly pid: number;
}

const pagePattern = /^Hello from instance ([0-9a-f]{24}) \(replica \d+\), process (\d+)$/;
const fetchTimeoutMs = 5_000;

/**
 * Fetches the page of an instance over HTTP, without a second attempt.
 *
 * @throws Error - it does not answer, or answers for another instance
 */
export async function fetchPage({ id, addresses }: Instance): Promise<Page> {
  const [address] = addresses ?? [];
  must(address !== undefined, `instance ${id} has no address`);
  const url = `http://${address.host}:${address.port}/`;
  const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs) });
  const text = (await response.text()).trim();
  const [, instanceId = '', pid = ''] = pagePattern.exec(text) ?? [];
  must(response.ok && instanceId === id, `${url} is not the page of instance ${id}: ${text}`);
  return { instanceId, pid: Number(pid) };
}

export async function listInstances(
  client: SystemManagerClient,
  serviceId: string,
): Promise<Instance[]> {
  const instances: Instance[] = [];
  const init = { params: { query: { serviceId } } };
  for await (const instance of client.paginate('/api/v1/instances', init)) instances.push(instance);
  return instances;
}

/** Waits until exactly so many instances are there and all of them run. */
export async function runningInstances(
  client: SystemManagerClient,
  serviceId: string,
  count: number,
): Promise<Instance[]> {
  return until(`${count} instances are RUNNING`, async () => {
    const instances = await listInstances(client, serviceId);
    const all = instances.every(({ phase }) => phase === 'RUNNING');
    return instances.length === count && all && instances;
  });
}

/** Fetches the page of each; two instances with one process would be a fault. */
export async function fetchPages(instances: readonly Instance[]): Promise<Map<string, number>> {
  const pages = await Promise.all(instances.map(fetchPage));
  const pids = new Map(pages.map(({ instanceId, pid }) => [instanceId, pid]));
  must(new Set(pids.values()).size === instances.length, 'two instances share one process');
  return pids;
}
