/** The lists of clusters, which need no token. */
import type { Ports } from '../../domain/ports.js';
import { clusterDocument, type Reported } from './documents.js';
import { txt } from './http/encodings.js';
import type { Fields } from './input.js';
import type { Route } from './http/routes.js';

/** How long after its last sign a cluster is active. */
export const activeMs = 30_000;

/** All clusters that may take part. */
export async function clusterDocuments(
  { clusters, now }: Pick<Ports, 'clusters' | 'now'>,
  reported: Reported,
): Promise<readonly Fields[]> {
  const all = (await clusters.all()).filter(({ admission }) => admission === 'approved');
  const reports = await reported.clusters(all.map(({ id }) => id));
  const activeSince = now() - activeMs;
  return all.map((cluster) => clusterDocument(cluster, reports.get(cluster.id), activeSince));
}

export const clusterRoutes = (ports: Ports, reported: Reported): readonly Route[] => [
  {
    id: 'oakestraListClusters',
    method: 'GET',
    path: '/api/clusters/',
    guard: 'peer',
    handle: async () => txt(await clusterDocuments(ports, reported)),
  },
  {
    id: 'oakestraListActiveClusters',
    method: 'GET',
    path: '/api/clusters/active',
    guard: 'peer',
    handle: async () => {
      const all = await clusterDocuments(ports, reported);
      return txt(all.filter(({ active }) => active === true));
    },
  },
];
