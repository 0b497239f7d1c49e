import type { Cluster } from '@system-manager/client';
import { useState } from 'react';
import { Link } from 'wouter';
import { clusterList, type ClusterFilter } from '../data/clusters.js';
import { cores, count, memory, percent, share } from '../model/numbers.js';
import { Badge } from '../parts/badge.js';
import { Field } from '../parts/field.js';
import { Listing } from '../parts/listing.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { Search } from '../parts/search.js';
import type { Column } from '../parts/table.js';
import { useConnection } from '../session/connection.js';

const states = ['registered', 'active', 'inactive', 'removing'] as const;

const taken = ({ capacity, reserved }: Cluster, what: 'cpuCores' | 'memoryMiB'): string =>
  percent(share(reserved[what] ?? 0, capacity[what] ?? 0));

const columns: readonly Column<Cluster>[] = [
  {
    title: 'Name',
    width: '2fr',
    cell: ({ id, name }) => <Link href={`/clusters/${id}`}>{name}</Link>,
  },
  {
    title: 'State',
    width: '1.4fr',
    cell: ({ state, draining }) => <Badge word={draining ? 'draining' : state} />,
  },
  { title: 'Location', width: '1.5fr', wide: true, cell: ({ location }) => location ?? '–' },
  { title: 'Workers', width: '1fr', wide: true, cell: ({ workerCount }) => count(workerCount) },
  {
    title: 'CPU',
    width: '1.6fr',
    cell: (cluster) => `${taken(cluster, 'cpuCores')} of ${cores(cluster.capacity.cpuCores ?? 0)}`,
  },
  {
    title: 'Memory',
    width: '1.6fr',
    wide: true,
    cell: (cluster) =>
      `${taken(cluster, 'memoryMiB')} of ${memory(cluster.capacity.memoryMiB ?? 0)}`,
  },
  {
    title: 'Last heard',
    width: '1.4fr',
    wide: true,
    cell: ({ lastHeardAt }) => (lastHeardAt ? <Moment at={lastHeardAt} /> : 'never'),
  },
];

/** All clusters, narrowed by what the contract can narrow. */
export function ClustersPage() {
  const connection = useConnection();
  const [filter, setFilter] = useState<ClusterFilter>({ name: '', location: '', state: '' });
  const search = (fields: Readonly<Record<string, string>>): void =>
    setFilter({
      name: fields['name'] ?? '',
      location: fields['location'] ?? '',
      state: states.find((state) => state === fields['state']) ?? '',
    });
  return (
    <Page title="Clusters" actions={<Link href="/map">Map</Link>}>
      <Search label="Clusters" onSearch={search}>
        <Field label="Name">{(ids) => <input {...ids} name="name" placeholder="exact" />}</Field>
        <Field label="Location">
          {(ids) => <input {...ids} name="location" placeholder="exact" />}
        </Field>
        <Field label="State">
          {(ids) => (
            <select {...ids} name="state">
              <option value="">any</option>
              {states.map((state) => (
                <option key={state}>{state}</option>
              ))}
            </select>
          )}
        </Field>
      </Search>
      <Listing
        key={JSON.stringify(filter)}
        label="Clusters"
        empty="There is no such cluster. Agents enrol by themselves; see the README."
        columns={columns}
        list={() => clusterList(connection, filter)}
      />
    </Page>
  );
}
