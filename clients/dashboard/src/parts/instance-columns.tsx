import type { Instance } from '@system-manager/client';
import { Link } from 'wouter';
import { Badge } from './badge.js';
import type { Column } from './table.js';

const name: Column<Instance> = {
  title: 'Instance',
  width: '1.6fr',
  cell: ({ id, serviceName, ordinal }) => (
    <Link href={`/instances/${id}`}>
      {serviceName} {ordinal}
    </Link>
  ),
};

const phase: Column<Instance> = {
  title: 'Phase',
  width: '1.6fr',
  cell: ({ phase: word }) => <Badge word={word} />,
};

const cluster: Column<Instance> = {
  title: 'Cluster',
  width: '1.6fr',
  cell: ({ clusterId, clusterName }) =>
    clusterId === undefined ? '–' : <Link href={`/clusters/${clusterId}`}>{clusterName}</Link>,
};

const rest: readonly Column<Instance>[] = [
  { title: 'Worker', width: '1.6fr', wide: true, cell: ({ worker }) => worker ?? '–' },
  { title: 'Revision', width: '0.8fr', wide: true, cell: ({ revision }) => revision },
  {
    title: 'Address',
    width: '1.6fr',
    wide: true,
    cell: ({ addresses = [] }) =>
      addresses.map(({ host, port }) => `${host}:${port}`).join(', ') || '–',
  },
  {
    title: 'Why',
    width: '2fr',
    wide: true,
    cell: ({ reason }) => <span title={reason}>{reason ?? ''}</span>,
  },
];

export const instanceColumns: readonly Column<Instance>[] = [name, phase, cluster, ...rest];
/** Where the cluster is known. */
export const instanceColumnsAtCluster: readonly Column<Instance>[] = [name, phase, ...rest];
